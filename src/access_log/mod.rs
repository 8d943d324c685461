//! The access log: who read, exported or was refused what. The guard alone tells it of accesses ([`AccessLog::note`]); what was
//! changed the change log tells.
//!
//! A request waits for none of it. What is noted waits in a queue of bounded length and is written in batches, a second
//! after the first at the latest (`writer`): into the log, or where there is much to write into the `backlog`, which who reads
//! the log brings in first. An access that there is no room for waits a little until there is, so that who reads
//! much reads at the pace at which the log is written; and is not answered where that takes too long: 503. When the process is
//! killed, what was read in the last second may be lost, and nothing else: when it is told to stop, all is written. (A file
//! beside the server that survives a kill was weighed and left out: with PostgreSQL the server has no disk that it can count
//! on, it would hold who read what outside of the database's care, and each entry would need an index more so that none is
//! written twice.)

pub mod backlog;
pub mod cut;
pub mod rules;
mod store;
pub mod types;
pub mod writer;

pub use store::append;

use crate::error::{Error, Result};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::timeout;
use types::Access;

/// Accesses that wait at most: some megabytes, and seconds of the heaviest use.
const QUEUE: usize = 20_000;
/// How long an access waits for room.
const PATIENCE: Duration = Duration::from_secs(2);

/// The way to the log. Its other end is taken once, by what writes.
#[derive(Clone)]
pub struct AccessLog {
    queue: Sender<Access>,
    written: Arc<Mutex<Option<Receiver<Access>>>>,
}

impl Default for AccessLog {
    fn default() -> AccessLog {
        AccessLog::with_room(QUEUE)
    }
}

impl AccessLog {
    fn with_room(count: usize) -> AccessLog {
        let (queue, written) = channel(count);
        AccessLog { queue, written: Arc::new(Mutex::new(Some(written))) }
    }

    /// Notes accesses; 503 where there is no room for all of them, and then what was accessed must not be told.
    pub async fn note(&self, accesses: impl IntoIterator<Item = Access>) -> Result<()> {
        for access in accesses {
            let noted = match self.queue.try_send(access) {
                Err(TrySendError::Full(access)) => {
                    matches!(timeout(PATIENCE, self.queue.send(access)).await, Ok(Ok(())))
                }
                noted => noted.is_ok(),
            };
            if !noted {
                return Err(Error::Busy("the access log's queue is full"));
            }
        }
        Ok(())
    }

    /// What is noted, for the one who writes it.
    fn receiver(&self) -> Option<Receiver<Access>> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

#[cfg(test)]
mod tests {
    use super::types::{AccessAudience, AccessMeans, AccessOutcome, EventCode, RefusalReason};
    use super::*;
    use crate::clock;
    use crate::ids::Id;

    fn access() -> Access {
        Access {
            network_id: Id::NIL,
            number: 0,
            at: clock::now(),
            code: EventCode::R,
            operation: "getObservation".into(),
            person_id: None,
            role: None,
            acting_for: None,
            means: AccessMeans::Session,
            means_id: None,
            object_kind: None,
            object_id: None,
            audience: AccessAudience::Members,
            outcome: AccessOutcome::Success,
            reason: None,
            request_id: Some(Id::new()),
            emergency_access_id: None,
        }
    }

    #[actix_web::test]
    async fn what_there_is_no_room_for_waits_and_is_refused_in_the_end() {
        let log = AccessLog::with_room(2);
        assert!(log.note([access(), access()]).await.is_ok());
        assert!(matches!(log.note([access()]).await, Err(Error::Busy(_))));
        let mut receiver = log.receiver().expect("it is taken once");
        assert!(log.receiver().is_none());
        let (waited, taken) = tokio::join!(log.note([access()]), receiver.recv());
        assert!(waited.is_ok() && taken.is_some());
    }

    #[test]
    fn what_waits_in_the_backlog_comes_back_as_it_was() {
        let id = || Some(Id::new());
        let full = Access {
            person_id: id(),
            role: Some("reader".into()),
            acting_for: id(),
            means_id: id(),
            object_kind: Some("observation".into()),
            object_id: id(),
            audience: AccessAudience::Author,
            outcome: AccessOutcome::Refused,
            reason: Some(RefusalReason::NotFound),
            emergency_access_id: id(),
            ..access()
        };
        let all = vec![full, access()];
        let packed = rmp_serde::to_vec(&all).expect("it is packed");
        assert_eq!(rmp_serde::from_slice::<Vec<Access>>(&packed).expect("it is unpacked"), all);
    }

    #[test]
    fn one_request_reads_a_thing_once() {
        let (one, other) = (access(), access());
        let kept = rules::without_repeats(vec![one.clone(), other.clone(), one.clone()]);
        assert_eq!(kept, [one, other]);
    }
}
