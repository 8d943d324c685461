//! ZIP files (APPNOTE 6.3), as what is handed out in several documents is packed: written into a file without a name, so that
//! little of it is held in memory, and sent when it is whole.

use super::language::tag;
use super::xlsx::file;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::people::types::Locale;
use actix_web::HttpResponse;
use actix_web::http::header;
use chrono::{Datelike, Timelike};
use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use tokio::sync::{Semaphore, SemaphorePermit};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

pub const MEDIA_TYPE: &str = "application/zip";

/// Each ZIP that is being written keeps a thread of the database busy for as long as it takes; two leave others alone.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Waits until a ZIP may be written.
pub async fn turn() -> Result<SemaphorePermit<'static>> {
    AT_ONCE.acquire().await.map_err(Error::internal)
}

/// A ZIP that is being written, one entry after the other.
pub struct Zip {
    writer: ZipWriter<BufWriter<File>>,
    options: SimpleFileOptions,
}

impl Zip {
    /// Its entries are of this moment.
    pub fn new(made_at: Instant) -> Result<Zip> {
        let file = tempfile::tempfile().map_err(Error::internal)?;
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(moment(made_at));
        Ok(Zip { writer: ZipWriter::new(BufWriter::new(file)), options })
    }

    /// Ends the entry before, and begins one that is then written to.
    pub fn begin(&mut self, name: &str) -> Result<()> {
        self.writer.start_file(name, self.options).map_err(Error::internal)
    }

    /// An entry that is there as a whole.
    pub fn entry(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        self.begin(name)?;
        self.write_all(bytes).map_err(Error::internal)
    }

    /// The file, at its beginning.
    pub fn finish(self) -> Result<File> {
        let written = self.writer.finish().map_err(Error::internal)?;
        let mut file = written.into_inner().map_err(Error::internal)?;
        file.rewind().map_err(Error::internal)?;
        Ok(file)
    }
}

impl Write for Zip {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// A moment as ZIP keeps it; what it cannot keep is the beginning of its time.
fn moment(instant: Instant) -> DateTime {
    let time = instant.to_chrono();
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    let made = DateTime::from_date_and_time(
        u16::try_from(time.year()).unwrap_or_default(),
        small(time.month()),
        small(time.day()),
        small(time.hour()),
        small(time.minute()),
        small(time.second()),
    );
    made.unwrap_or_default()
}

/// 200 with a ZIP that speaks a language, to be kept under a name.
pub fn answer(file: File, name: &str, language: Locale) -> Result<HttpResponse> {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let name: String = name.chars().map(plain).collect();
    Ok(HttpResponse::Ok()
        .insert_header((header::VARY, "Accept-Language"))
        .insert_header((header::CONTENT_LANGUAGE, tag(language)))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.zip\"")))
        .content_type(MEDIA_TYPE)
        .body(file::body(file)?))
}
