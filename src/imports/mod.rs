//! Imports: files of many records of one kind, one a line, taken in as they arrive. Whatever the size of the file, the
//! server holds a chunk of its lines and some of the reports on them. A chunk is one transaction; each line in it is judged as
//! the create of its record is, by the same code. A file that was broken off is sent again as a whole: what has an id that
//! stands with the same content is there already.

pub mod api;
mod below;
mod chunk;
mod dates;
mod kinds;
mod lines;
mod mapping;
mod report;
mod run;
mod source;
pub mod types;
pub mod whole;

use crate::http::csv;
use crate::http::endpoint::File;
use crate::http::export::JSON_LINES;

/// The largest file that is taken, in bytes.
const MOST_BYTES: u64 = 1024 * 1024 * 1024;

/// What files may look like, for the contract.
pub const OBSERVATIONS: &[File] = &[
    file(
        csv::MEDIA_TYPE,
        "id,body,perspective,tags\r\n01890a5d-ac96-774b-bcce-b302099a8057,Mevrouw kwam pas binnen toen de koffie buiten stond.,citizen,drempel;koffie\r\n",
    ),
    file(
        JSON_LINES,
        "{\"body\":\"Mevrouw kwam pas binnen toen de koffie buiten stond.\",\"perspective\":\"citizen\"}\n",
    ),
];
pub const PSEUDONYMS: &[File] = &[
    file(csv::MEDIA_TYPE, "ageBand,area\r\nage_65_79,Heumen\r\n"),
    file(JSON_LINES, "{\"ageBand\":\"age_65_79\",\"area\":\"Heumen\"}\n"),
];

const fn file(media_type: &'static str, example: &'static str) -> File {
    File { media_type, most_bytes: MOST_BYTES, example }
}
