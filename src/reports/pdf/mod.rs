//! The report as a PDF: on A4, tagged for who cannot see it (PDF/UA-1), with page numbers and bookmarks. Typst sets it, as a
//! library, from `templates/report.typ`; what the report says reaches the template as data alone.
//!
//! Links to records are left out: paper has none, and who is handed the file may not open them.

mod letters;
mod name;
mod press;
mod sheet;

pub use name::named;

use super::document::Document;
use crate::error::{Error, Result};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

pub const CONTENT_TYPE: &str = "application/pdf";

/// Each takes a core for a part of a second and tens of megabytes; two keep the rest of the server alive.
static AT_ONCE: Semaphore = Semaphore::const_new(2);
/// How long one waits for its turn before its client is asked to come again.
const PATIENCE: Duration = Duration::from_secs(10);

/// The PDF of a document; the same document makes the same bytes. Set away from the workers, two at a time.
///
/// # Errors
/// 503 where those before it took too long.
pub async fn print(document: Document) -> Result<Vec<u8>> {
    let permit = turn(PATIENCE).await?;
    // The permit goes along: a client that hangs up does not end what it began.
    spawn_blocking(move || {
        let _permit = permit;
        print_now(&document)
    })
    .await
    .map_err(Error::internal)?
}

async fn turn(patience: Duration) -> Result<SemaphorePermit<'static>> {
    let turn = timeout(patience, AT_ONCE.acquire()).await;
    turn.map_err(|_| Error::Busy("too many reports are being printed"))?.map_err(Error::internal)
}

fn print_now(document: &Document) -> Result<Vec<u8>> {
    let (data, charts) = sheet::of(document)?;
    press::print(data, charts)
}

#[cfg(test)]
mod tests;
