//! An import from its first line to its last.

use super::MOST_BYTES;
use super::chunk::Desk;
use super::kinds::Kind;
use super::lines::{Format, Lines};
use super::report::{Report, Unread, report};
use super::source::Source;
use super::types::{Columns, ImportQuery};
use crate::access::{Guard, Locate};
use crate::error::{Error, Result};
use crate::http::arriving::{Arriving, Broken};
use crate::http::body::Input;
use crate::http::export::JSON_LINES;
use crate::run::Create;
use crate::screening::Answered;
use actix_web::HttpResponse;
use std::collections::HashMap;

/// Lines of a file at most: what a dry run remembers of each has a bound.
const LINES: u64 = 1_000_000;
/// Chunks after which the client is told how far it is.
const CHUNKS: u64 = 10;

/// Why an import has no last line.
#[derive(Debug, thiserror::Error)]
enum BrokenOff {
    #[error(transparent)]
    File(#[from] Broken),
    #[error(transparent)]
    Answer(#[from] Unread),
}

struct Import<L: Locate, B> {
    lines: Lines<B>,
    desk: Desk<L, B>,
    report: Report,
    dry_run: bool,
}

/// Begins an import. Who may not create such a record, and a file whose columns are not known, are refused as a problem;
/// all else is told in the answer.
pub async fn begin<L, B, K>(
    kind: Kind<L, B>,
    guard: Guard,
    query: ImportQuery<K>,
    format: Format,
    file: Arriving,
) -> Result<HttpResponse>
where
    L: Locate,
    B: Input + Create + Send + Sync,
{
    let columns = query.columns.as_deref().map(Columns::read).transpose()?.unwrap_or_default();
    guard.read(kind.op, kind.at.clone(), |_, _| Ok(())).await?;
    let source = Source::open(file, MOST_BYTES).await?;
    let (lines, names) = Lines::open(source, format, columns).await?;
    let (report, begins, body) = report(names);
    let dry_run = query.dry_run.unwrap_or_default().0;
    let desk = Desk { guard, kind, rehearsed: dry_run.then(HashMap::new) };
    let import = Import { lines, desk, report, dry_run };
    actix_web::rt::spawn(async move {
        if let Err(error) = import.run().await {
            log::warn!("an import was broken off: {error}");
        }
    });
    begins.wait().await;
    Ok(HttpResponse::Ok().content_type(JSON_LINES).streaming(body))
}

impl<L: Locate, B: Input + Create + Send + Sync> Import<L, B> {
    async fn run(mut self) -> Result<(), BrokenOff> {
        let mut last = 0;
        for chunks in 1.. {
            let chunk = match self.lines.chunk().await {
                Err(Broken::TooLarge) => {
                    return self.stop(last + 1, &Error::TooLarge(MOST_BYTES as usize)).await;
                }
                chunk => chunk?,
            };
            let Some(first) = chunk.first().map(|line| line.number) else { break };
            if self.report.counts.lines + chunk.len() as u64 > LINES {
                return self.stop(first, &too_many()).await;
            }
            let judged = match self.desk.take(chunk).await {
                Ok(judged) => judged,
                Err(error) => return self.stop(first, &error).await,
            };
            for (number, outcome) in judged {
                let counts = &mut self.report.counts;
                counts.lines += 1;
                last = number;
                match outcome {
                    Ok(Answered { value, warnings }) => {
                        let count = if value.fresh { &mut counts.created } else { &mut counts.replayed };
                        *count += 1;
                        if !warnings.is_empty() {
                            self.report.warned(number, warnings).await?;
                        }
                    }
                    Err(error) => self.report.refused(number, &error).await?,
                }
            }
            if chunks % CHUNKS == 0 {
                self.report.progress().await?;
            }
        }
        Ok(self.report.finished(self.dry_run).await?)
    }

    /// Tells why no more is taken. What is still arriving is read past, for clients that read no answer before they have
    /// sent everything.
    async fn stop(mut self, line: u64, error: &Error) -> Result<(), BrokenOff> {
        if matches!(error, Error::Internal(_) | Error::Database(_)) {
            log::error!("{error}");
        }
        self.report.stopped(line, error).await?;
        match self.lines.skip().await {
            Err(Broken::TooLarge) => Ok(()),
            skipped => Ok(skipped?),
        }
    }
}

fn too_many() -> Error {
    let detail = format!("A file has at most {LINES} lines. Send the rest in another.");
    Error::conflict("too_many_lines", detail)
}
