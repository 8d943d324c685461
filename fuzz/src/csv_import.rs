//! Files in CSV, taken as a whole.

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::test::TestRequest;
use actix_web::web::Bytes;
use feedbacklus::http::arriving::Arriving;
use feedbacklus::http::body::Input;
use feedbacklus::http::csv::columns::of_input;
use feedbacklus::http::csv::{Delimiter, MEDIA_TYPE, write};
use feedbacklus::imports::whole::accept;
use feedbacklus::observations::types::ObservationCreate;
use feedbacklus::price_lists::prices::Price;
use feedbacklus::reflections::types::ReflectionCreate;
use futures_util::stream;
use serde::Serialize;
use serde_json::Value;
use std::sync::LazyLock;
use tokio::runtime::{Builder, Runtime};

const MOST_BYTES: u64 = 1024 * 1024;
const MOST_LINES: usize = 100;

/// How a file is read.
struct Manner<'a> {
    columns: Option<&'a str>,
    delimiter: Option<Delimiter>,
}

/// The first byte says what the lines are and how they are read: with `0x10`, its first line is the mapping of columns.
pub fn holds(data: &[u8]) {
    let (how, mut file) = super::choice(data);
    let delimiter = Delimiter::ALL.get(usize::from(how >> 2 & 3)).copied();
    let mut columns = None;
    if how & 0x10 != 0 {
        let end = file.iter().position(|byte| *byte == b'\n').unwrap_or(file.len());
        columns = std::str::from_utf8(&file[..end]).ok();
        file = file.get(end + 1..).unwrap_or_default();
    }
    let manner = Manner { columns, delimiter };
    match how & 3 {
        0 => lines::<ObservationCreate>(file, &manner),
        1 => lines::<ReflectionCreate>(file, &manner),
        _ => lines::<Price>(file, &manner),
    }
}

/// A file says the same in whatever pieces it arrives, and what was read is read again from the file that it is written to.
fn lines<B: Input + Serialize>(file: &[u8], manner: &Manner<'_>) {
    let read = taken::<B>(file, file.len().max(1), manner);
    for piece in [1, 7] {
        assert_eq!(read, taken::<B>(file, piece, manner), "in pieces of {piece}");
    }
    let Ok(bodies) = read else { return };
    assert!((1..=MOST_LINES).contains(&bodies.len()));
    for delimiter in Delimiter::ALL {
        let columns = of_input::<B>();
        let mut rows = write::Rows::new(delimiter);
        rows.header(&columns).expect("written to memory");
        for body in &bodies {
            rows.record(&columns, body).expect("written to memory");
        }
        let written = rows.into_bytes().expect("written to memory");
        let manner = Manner { columns: None, delimiter: Some(delimiter) };
        assert_eq!(
            Ok(&bodies),
            taken::<B>(&written, 64, &manner).as_ref(),
            "{}",
            String::from_utf8_lossy(&written)
        );
    }
}

/// The bodies of all lines, or what is told of the file.
fn taken<B: Input + Serialize>(file: &[u8], piece: usize, manner: &Manner<'_>) -> Result<Vec<Value>, Value> {
    static RUNTIME: LazyLock<Runtime> =
        LazyLock::new(|| Builder::new_current_thread().enable_time().build().expect("a runtime"));
    let request = TestRequest::default().insert_header((CONTENT_TYPE, MEDIA_TYPE)).to_http_request();
    let pieces: Vec<_> =
        file.chunks(piece).map(|piece| Ok::<_, PayloadError>(Bytes::copy_from_slice(piece))).collect();
    let payload: Payload = Payload::Stream { payload: Box::pin(stream::iter(pieces)) };
    let read = RUNTIME.block_on(async {
        let accepted = accept(&request, MOST_BYTES)?;
        let arriving = Arriving::new(&request, payload);
        accepted.read::<B>(arriving, manner.columns, manner.delimiter, MOST_LINES).await
    });
    let bodies = read.and_then(|sheet| sheet.all(|_| None));
    bodies
        .map(|bodies| bodies.iter().map(|body| serde_json::to_value(body).expect("JSON")).collect())
        .map_err(|error| super::told(&error))
}
