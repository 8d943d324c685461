//! The answer, as it comes about. It begins when the import is over, since many a client reads nothing before it has sent
//! everything, and a proxy such as nginx stops sending a body once its answer has begun. Until then a bounded part of it waits in
//! memory. One that is longer begins while the file arrives, and the file waits for its reader.

use super::lines::{Names, column_of};
use super::types::{Counts, ImportLine, ImportProblem};
use crate::error::Error;
use crate::http::problem::Problem;
use crate::privacy_warnings::types::PrivacyWarning;
use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt, stream};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::time::timeout;

/// Bytes of the answer that wait to be read, at most.
const WAITING: usize = 4 * 1024 * 1024;
/// Faults that are told of one line, at most.
const FAULTS: usize = 100;
/// How long a full answer waits for its reader.
const PATIENCE: Duration = Duration::from_secs(60);

/// The client is gone, or reads nothing.
#[derive(Debug, thiserror::Error)]
#[error("nobody reads the answer")]
pub struct Unread;

/// What to do with dates as spreadsheets write them.
const HINT: &str =
    " Write 2026-11-25T14:30:00Z, and 2026-11-25 for a day; dates=dutch reads 25-11-2026 14:30 as well.";

pub struct Report {
    sender: mpsc::UnboundedSender<Bytes>,
    room: Arc<Semaphore>,
    /// Dropped when the answer is to begin, at the latest with the report.
    held_back: Option<oneshot::Sender<Infallible>>,
    names: Names,
    pub counts: Counts,
}

/// When the answer is to begin.
pub struct Begins(oneshot::Receiver<Infallible>);

impl Begins {
    pub async fn wait(self) {
        // Nothing is ever sent: it ends when the other end is dropped.
        let _ = self.0.await;
    }
}

/// A report to write, when its answer begins, and the body that is sent of it.
pub fn report(names: Names) -> (Report, Begins, impl Stream<Item = Result<Bytes, Error>> + use<>) {
    let (sender, receiver) = mpsc::unbounded_channel::<Bytes>();
    let (held_back, begins) = oneshot::channel();
    let room = Arc::new(Semaphore::new(WAITING));
    let freed = room.clone();
    let pieces =
        stream::unfold(receiver, |mut receiver| async move { Some((receiver.recv().await?, receiver)) });
    let body = pieces.map(move |piece| {
        freed.add_permits(size(&piece));
        Ok(piece)
    });
    let report = Report { sender, room, held_back: Some(held_back), names, counts: Counts::default() };
    (report, Begins(begins), body)
}

/// What a piece takes of the room there is: one alone may be larger than it.
fn size(piece: &Bytes) -> usize {
    piece.len().min(WAITING)
}

impl Report {
    pub async fn refused(&mut self, line: u64, error: &Error) -> Result<(), Unread> {
        self.counts.refused += 1;
        let (status, problem) = self.problem(error);
        self.tell(&ImportLine::Refused { line, status, problem }).await
    }

    pub async fn warned(&mut self, line: u64, warnings: Vec<PrivacyWarning>) -> Result<(), Unread> {
        self.tell(&ImportLine::Warned { line, warnings }).await
    }

    pub async fn progress(&mut self) -> Result<(), Unread> {
        let Counts { lines, created, replayed, refused } = self.counts;
        self.tell(&ImportLine::Progress { lines, created, replayed, refused }).await
    }

    pub async fn stopped(&mut self, line: u64, error: &Error) -> Result<(), Unread> {
        let (status, problem) = self.problem(error);
        self.tell(&ImportLine::Stopped { line, status, problem }).await
    }

    pub async fn finished(&mut self, dry_run: bool) -> Result<(), Unread> {
        let Counts { lines, created, replayed, refused } = self.counts;
        self.tell(&ImportLine::Finished { dry_run, lines, created, replayed, refused }).await
    }

    async fn tell(&mut self, line: &ImportLine) -> Result<(), Unread> {
        let mut text = serde_json::to_vec(line).map_err(|_| Unread)?;
        text.push(b'\n');
        let piece = Bytes::from(text);
        let permits = u32::try_from(size(&piece)).map_err(|_| Unread)?;
        if self.room.available_permits() < size(&piece) {
            self.held_back = None;
        }
        tokio::select! {
            room = timeout(PATIENCE, self.room.acquire_many(permits)) => match room {
                Ok(Ok(room)) => room.forget(),
                _ => return Err(Unread),
            },
            () = self.sender.closed() => return Err(Unread),
        }
        self.sender.send(piece).map_err(|_| Unread)
    }

    /// The problem of an error, whose faults name their columns as well.
    fn problem(&self, error: &Error) -> (u16, ImportProblem) {
        let mut problem = Problem::from(error);
        problem.errors.truncate(FAULTS);
        for fault in &mut problem.errors {
            if fault.code == "bad_format" && fault.detail.contains("date") && !self.names.is_empty() {
                fault.detail.push_str(HINT);
            }
        }
        let status = problem.status.as_u16();
        (status, ImportProblem::new(problem, |pointer| column_of(&self.names, pointer).map(str::to_owned)))
    }
}
