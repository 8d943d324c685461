//! How instances on one PostgreSQL wake each other: LISTEN and NOTIFY, on a connection of their own, so that a commit waits
//! for none of it. (NOTIFY in the transaction itself takes a lock that all committing transactions share.) An SQLite file
//! has one server.

use super::dialect::{self, Backend, Purpose};
use crossbeam_channel::{Receiver, RecvTimeoutError};
use diesel::connection::SimpleConnection;
use std::error::Error;
use std::thread;
use std::time::Duration;
use tokio::sync::watch;

/// The channel's name in PostgreSQL, which has one set of them for each database.
const LISTEN: &str = "LISTEN feedbacklus_changes";
const NOTIFY: &str = "NOTIFY feedbacklus_changes";
/// Between two looks at what has arrived; no query is made for it.
const TICK: Duration = Duration::from_millis(50);
/// Between two notices of one instance at least, however much it commits.
const SPACING: Duration = Duration::from_millis(20);
/// After the connection was lost, before another is tried.
const PAUSE: Duration = Duration::from_secs(2);

/// Tells other instances when this one is `told` that it committed, and `ring`s when they do.
pub fn exchange(url: &str, told: Receiver<()>, ring: watch::Sender<()>) -> Result<(), String> {
    if Backend::of(url) != Some(Backend::Postgres) {
        return Ok(());
    }
    let url = url.to_owned();
    let work = move || {
        // Ends when all who commit are gone.
        while let Err(error) = attend(&url, &told, &ring) {
            log::warn!(
                "what other servers write is noticed some seconds later, until they can be heard again: {error}"
            );
            thread::sleep(PAUSE);
        }
    };
    thread::Builder::new()
        .name("notices".into())
        .spawn(work)
        .map(drop)
        .map_err(|e| format!("cannot start a thread: {e}"))
}

fn attend(url: &str, told: &Receiver<()>, ring: &watch::Sender<()>) -> Result<(), Box<dyn Error>> {
    let mut connection = dialect::open(url, Purpose::Write)?;
    connection.batch_execute(LISTEN)?;
    // Something may have been said while nobody listened.
    ring.send_replace(());
    loop {
        match told.recv_timeout(TICK) {
            Ok(()) => {
                connection.batch_execute(NOTIFY)?;
                thread::sleep(SPACING);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
        // One's own come back too: they ring once more than is needed.
        if dialect::was_notified(&mut connection)? {
            ring.send_replace(());
        }
    }
}
