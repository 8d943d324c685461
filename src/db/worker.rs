//! The threads that own the connections. A request hands over a job and waits for its answer.
//!
//! On SQLite one thread writes: it takes what waits, runs the jobs one by one, commits them together and only then
//! answers, so that one fsync serves many callers. A few threads read. On PostgreSQL every thread of the pool reads and
//! writes, each job in its own transaction.
//!
//! Who looks for little on SQLite does so on their own thread (`spot`), and hands the job over only where that does not do.
//!
//! Nobody waits for ever: each step has a limit, after which the caller is told to try again. What became of its transaction
//! is not known then, and the record's id makes it safe to send it again.

mod desk;
mod job;
mod queue;
mod spot;

use super::bell::{self, Bell};
use super::connection::AnyConnection;
use super::dialect::{self, Backend, Purpose, Storage};
use super::health::{Health, Verdict};
use crate::error::{Error, Result};
use desk::{Desk, Office};
use job::{Due, Step, Task};
use queue::{Counter, queue};
use spot::Spot;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::thread;
use tokio::sync::oneshot;
use tokio::time::timeout;

/// What becomes of a transaction whose work succeeded.
pub enum Done<T> {
    Commit(T),
    /// The answer stands, but nothing is written: a replay found its record.
    Rollback(T),
}

/// The handle on the database's threads. Only `access` holds one.
#[derive(Clone)]
pub struct Db {
    reads: Counter,
    writes: Counter,
    bell: Bell,
    health: Health,
    /// Where SQLite is looked into without handing a job over.
    spot: Option<Arc<Spot>>,
    pub(super) url: Arc<str>,
}

impl Db {
    /// Starts the threads. `readers` is their number on SQLite, and that of all connections on PostgreSQL.
    pub fn start(url: &str, readers: usize) -> Result<Db, String> {
        let url: Arc<str> = url.into();
        let backend = Backend::of(&url).ok_or("DATABASE_URL names neither sqlite:// nor postgres://")?;
        // Fails here, in words, rather than at the first request.
        let keeper =
            dialect::open(&url, Purpose::Write).map_err(|e| format!("cannot open the database: {e}"))?;
        let storage = Storage::of(&url).map_err(|e| format!("cannot open the database: {e}"))?;
        let (ringer, bell) = bell::hang(&url)?;
        let health = Health::default();
        let keeper = (backend == Backend::Sqlite).then(|| Arc::new(Mutex::new(keeper)));
        let storage = Arc::new(storage);
        let office = Office { url: url.clone(), storage, ringer, health: health.clone(), keeper };
        let (reads, read_queue) = queue();
        let writes = match backend {
            Backend::Postgres => reads.clone(),
            Backend::Sqlite => {
                let (writes, write_queue) = queue();
                let mut desk = Desk::new(&office, Purpose::Write);
                write_queue.attend(desk.due())?;
                spawn("writer", move || desk.write_in_groups(&write_queue))?;
                writes
            }
        };
        let spot = (backend == Backend::Sqlite).then(|| Arc::new(Spot::new(&office)));
        for _ in 0..readers.max(1) {
            let queue = read_queue.clone();
            let purpose = if backend == Backend::Sqlite { Purpose::Read } else { Purpose::Write };
            let mut desk = Desk::new(&office, purpose);
            queue.attend(desk.due())?;
            match backend {
                Backend::Sqlite => spawn("reader", move || desk.read_in_groups(&queue))?,
                Backend::Postgres => spawn("database", move || desk.serve(&queue))?,
            }
        }
        Ok(Db { reads, writes, bell, health, spot, url })
    }

    /// Whether somebody waits to write.
    pub fn keeps_waiting(&self) -> bool {
        !self.writes.is_empty()
    }

    /// Rings when something was committed.
    pub fn bell(&self) -> Bell {
        self.bell.clone()
    }

    /// Fails where a request that comes now would be turned away.
    pub fn has_room(&self, purpose: Purpose) -> Result<()> {
        self.counter(purpose).has_room()
    }

    /// Fails where a thread that writes got stuck. Else tells whether what is written is made durable, as far as is known.
    pub fn verdict(&self) -> Result<Verdict> {
        self.writes.moves()?;
        Ok(self.health.verdict())
    }

    /// Notes that something was written just now and made durable.
    pub fn note_durable(&self) {
        self.health.durable();
    }

    /// Runs `work` in a transaction that sees one moment and writes nothing.
    pub async fn read<T, F>(&self, mut work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut AnyConnection) -> Result<T> + Send + 'static,
    {
        self.submit(Purpose::Read, false, move |connection| work(connection).map(Done::Rollback)).await
    }

    /// Runs `work` that reads with one statement, which sees one moment without a transaction; it begins one by itself where
    /// it needs more (`dialect::see_one_moment`).
    pub async fn look<T, F>(&self, mut work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut AnyConnection) -> Result<T> + Send + 'static,
    {
        match self.at_once(&mut work) {
            Some(told) => told,
            None => {
                let work = move |connection: &mut AnyConnection| work(connection).map(Done::Rollback);
                // In a box: where it is not needed, its room is not moved about with each request.
                Box::pin(self.submit(Purpose::Look, false, work)).await
            }
        }
    }

    /// Runs `work` that reads little, without handing it to another thread. None where it has to be: it is run there then.
    pub fn at_once<T>(&self, work: impl FnMut(&mut AnyConnection) -> Result<T>) -> Option<Result<T>> {
        self.spot.as_ref()?.look(work)
    }

    /// Runs `work` in a transaction of its own; answers only after it is durable. `work` may run more than once, so it
    /// must do nothing outside of the transaction.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut AnyConnection) -> Result<Done<T>> + Send + 'static,
    {
        self.submit(Purpose::Write, false, work).await
    }

    /// The same as [`Db::read`] for the server's own work, which is not turned away when there is much to do.
    pub async fn read_own<T, F>(&self, mut work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut AnyConnection) -> Result<T> + Send + 'static,
    {
        self.submit(Purpose::Read, true, move |connection| work(connection).map(Done::Rollback)).await
    }

    /// The same as [`Db::write`] for the server's own work.
    pub async fn write_own<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut AnyConnection) -> Result<Done<T>> + Send + 'static,
    {
        self.submit(Purpose::Write, true, work).await
    }

    fn counter(&self, purpose: Purpose) -> &Counter {
        match purpose {
            Purpose::Look | Purpose::Read => &self.reads,
            Purpose::Write => &self.writes,
        }
    }

    async fn submit<T, F>(&self, purpose: Purpose, own: bool, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut AnyConnection) -> Result<Done<T>> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let due = Due::never();
        due.begin(Step::Queued);
        self.counter(purpose).put(purpose, Box::new(Task::new(work, reply, due.clone(), own)))?;
        let mut answer = pin!(answer);
        loop {
            match timeout(due.left(), &mut answer).await {
                Ok(answered) => {
                    return answered
                        .unwrap_or_else(|_| Err(Error::internal("the database thread dropped a job")));
                }
                Err(_) if due.is_over() => {
                    self.health.failed();
                    return Err(Error::Busy("the database does not answer"));
                }
                // It is at another step by now.
                Err(_) => {}
            }
        }
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), String> {
    thread::Builder::new()
        .name(name.into())
        .spawn(work)
        .map(drop)
        .map_err(|e| format!("cannot start a thread: {e}"))
}
