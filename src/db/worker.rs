//! The threads that own the connections. A request hands over a job and waits for its answer.
//!
//! On SQLite one thread writes: it takes what waits, runs the jobs one by one, commits them together and only then
//! answers, so that one fsync serves many callers. A few threads read. On PostgreSQL every thread of the pool reads and
//! writes, each job in its own transaction.

use super::bell::{self, Bell, Ringer};
use super::connection::AnyConnection;
use super::dialect::{self, Backend, Purpose};
use crate::error::{Error, Result};
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use diesel::connection::{Connection, TransactionManager};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::{thread, time::Duration};
use tokio::sync::oneshot;

/// Jobs that may wait in a queue; one more is answered with 503 at once.
const QUEUE: usize = 1024;
/// Writes that SQLite commits together at most.
const GROUP: usize = 256;
/// Reads that share a transaction on SQLite at most.
const READS: usize = 8;
/// How often a transaction is run again after a deadlock or a lost connection.
const ATTEMPTS: u32 = 4;

/// What becomes of a transaction whose work succeeded.
pub enum Done<T> {
    Commit(T),
    /// The answer stands, but nothing is written: a replay found its record.
    Rollback(T),
}

/// The handle on the database's threads. Only `access` holds one.
#[derive(Clone)]
pub struct Db {
    reads: Sender<(Purpose, Box<dyn Job>)>,
    writes: Sender<(Purpose, Box<dyn Job>)>,
    bell: Bell,
    pub(super) url: Arc<str>,
}

impl Db {
    /// Starts the threads. `readers` is their number on SQLite, and that of all connections on PostgreSQL.
    pub fn start(url: &str, readers: usize) -> Result<Db, String> {
        let url: Arc<str> = url.into();
        let backend = Backend::of(&url).ok_or("DATABASE_URL names neither sqlite:// nor postgres://")?;
        // Fails here, in words, rather than at the first request.
        drop(dialect::open(&url, Purpose::Write).map_err(|e| format!("cannot open the database: {e}"))?);
        let (ringer, bell) = bell::hang(&url)?;
        let (reads, read_queue) = bounded(QUEUE);
        let writes = match backend {
            Backend::Postgres => reads.clone(),
            Backend::Sqlite => {
                let (writes, write_queue) = bounded(QUEUE);
                let mut desk = Desk::new(&url, Purpose::Write, &ringer);
                spawn("writer", move || desk.write_in_groups(&write_queue))?;
                writes
            }
        };
        for _ in 0..readers.max(1) {
            let queue = read_queue.clone();
            match backend {
                Backend::Sqlite => {
                    let mut desk = Desk::new(&url, Purpose::Read, &ringer);
                    spawn("reader", move || desk.read_in_groups(&queue))?;
                }
                Backend::Postgres => {
                    let mut desk = Desk::new(&url, Purpose::Write, &ringer);
                    spawn("database", move || desk.serve(&queue))?;
                }
            }
        }
        Ok(Db { reads, writes, bell, url })
    }

    /// Whether somebody waits to write.
    pub fn keeps_waiting(&self) -> bool {
        !self.writes.is_empty()
    }

    /// Rings when something was committed.
    pub fn bell(&self) -> Bell {
        self.bell.clone()
    }

    /// Runs `work` in a transaction that sees one moment and writes nothing.
    pub async fn read<T, F>(&self, mut work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut AnyConnection) -> Result<T> + Send + 'static,
    {
        submit(&self.reads, Purpose::Read, move |connection| work(connection).map(Done::Rollback)).await
    }

    /// Runs `work` in a transaction of its own; answers only after it is durable. `work` may run more than once, so it
    /// must do nothing outside of the transaction.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut AnyConnection) -> Result<Done<T>> + Send + 'static,
    {
        submit(&self.writes, Purpose::Write, work).await
    }
}

async fn submit<T, F>(queue: &Sender<(Purpose, Box<dyn Job>)>, purpose: Purpose, work: F) -> Result<T>
where
    T: Send + 'static,
    F: FnMut(&mut AnyConnection) -> Result<Done<T>> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    match queue.try_send((purpose, Box::new(Task { work, result: None, reply }))) {
        Ok(()) => answer.await.unwrap_or_else(|_| Err(Error::internal("the database thread dropped a job"))),
        Err(TrySendError::Full(_)) => Err(Error::Busy("the database's queue is full")),
        Err(TrySendError::Disconnected(_)) => Err(Error::Busy("the database's threads have stopped")),
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), String> {
    thread::Builder::new()
        .name(name.into())
        .spawn(work)
        .map(drop)
        .map_err(|e| format!("cannot start a thread: {e}"))
}

/// A job as the threads see it: run it (perhaps again), then say what became of the transaction.
trait Job: Send {
    fn run(&mut self, connection: &mut AnyConnection) -> Outcome;
    fn answer(self: Box<Self>, transaction: Result<()>);
}

#[derive(PartialEq, Clone, Copy)]
enum Outcome {
    Commit,
    Rollback,
    /// Failed in a way that may pass when it is run again.
    Again,
}

struct Task<T, F> {
    work: F,
    result: Option<Result<T>>,
    reply: oneshot::Sender<Result<T>>,
}

impl<T: Send, F: FnMut(&mut AnyConnection) -> Result<Done<T>> + Send> Job for Task<T, F> {
    fn run(&mut self, connection: &mut AnyConnection) -> Outcome {
        // A panic in one job must take neither the thread nor its neighbours' savepoints with it.
        let result = catch_unwind(AssertUnwindSafe(|| (self.work)(connection)))
            .unwrap_or_else(|_| Err(Error::internal("a handler panicked inside its transaction")));
        let (outcome, result) = match result {
            Ok(Done::Commit(value)) => (Outcome::Commit, Ok(value)),
            Ok(Done::Rollback(value)) => (Outcome::Rollback, Ok(value)),
            Err(Error::Database(e)) if dialect::may_succeed_again(&e) => {
                (Outcome::Again, Err(Error::Database(e)))
            }
            Err(error) => (Outcome::Rollback, Err(error)),
        };
        self.result = Some(result);
        outcome
    }

    fn answer(self: Box<Self>, transaction: Result<()>) {
        let result = self.result.unwrap_or_else(|| Err(Error::Busy("the database could not be reached")));
        // The caller may have hung up; its transaction stands all the same.
        let _ = self.reply.send(transaction.and(result));
    }
}

/// A thread's connection, opened when it is needed and again after it was lost.
struct Desk {
    url: Arc<str>,
    purpose: Purpose,
    connection: Option<AnyConnection>,
    ringer: Ringer,
}

impl Desk {
    fn new(url: &Arc<str>, purpose: Purpose, ringer: &Ringer) -> Desk {
        Desk { url: url.clone(), purpose, connection: None, ringer: ringer.clone() }
    }

    fn connection(&mut self) -> Result<&mut AnyConnection> {
        if self.connection.as_mut().is_some_and(dialect::is_broken) {
            self.connection = None;
        }
        if self.connection.is_none() {
            let opened = dialect::open(&self.url, self.purpose).map_err(|e| {
                log::error!("cannot open the database: {e}");
                Error::Busy("the database cannot be reached")
            })?;
            self.connection = Some(opened);
        }
        self.connection.as_mut().ok_or(Error::Busy("the database cannot be reached"))
    }

    /// One job at a time, each in its own transaction.
    fn serve(&mut self, queue: &Receiver<(Purpose, Box<dyn Job>)>) {
        while let Ok((purpose, job)) = queue.recv() {
            self.serve_one(purpose, job);
        }
    }

    fn serve_one(&mut self, purpose: Purpose, mut job: Box<dyn Job>) {
        let outcome = self.transact(purpose, job.as_mut());
        job.answer(outcome);
    }

    /// SQLite's readers: what waits shares one transaction, whose beginning and end cost as much as a small read. It
    /// begins after the last of them was asked, so that each sees all that had been answered by then.
    fn read_in_groups(&mut self, queue: &Receiver<(Purpose, Box<dyn Job>)>) {
        while let Ok((_, first)) = queue.recv() {
            let mut group = vec![first];
            // Half of what waits at most: the other readers are to find work too.
            group.extend(queue.try_iter().take((queue.len() / 2).min(READS - 1)).map(|(_, job)| job));
            let begun = self.connection().is_ok_and(|connection| dialect::begin_read(connection).is_ok());
            let mut again = Vec::new();
            for mut job in group {
                match self.connection.as_mut().filter(|_| begun).map(|connection| job.run(connection)) {
                    Some(Outcome::Commit | Outcome::Rollback) => job.answer(Ok(())),
                    Some(Outcome::Again) | None => again.push(job),
                }
            }
            if begun {
                self.rollback();
            }
            for job in again {
                self.serve_one(Purpose::Read, job);
            }
        }
    }

    fn transact(&mut self, purpose: Purpose, job: &mut dyn Job) -> Result<()> {
        for attempt in 1..=ATTEMPTS {
            if attempt > 1 {
                thread::sleep(Duration::from_millis(20 << attempt));
            }
            let connection = match self.connection() {
                Ok(connection) => connection,
                Err(_) if attempt < ATTEMPTS => continue,
                Err(busy) => return Err(busy),
            };
            let begun = match purpose {
                Purpose::Read => dialect::begin_read(connection),
                Purpose::Write => dialect::begin_write(connection),
            };
            if let Err(error) = begun {
                log::warn!("cannot begin a transaction: {error}");
                self.connection = None;
                continue;
            }
            match job.run(connection) {
                Outcome::Commit => return self.commit(),
                Outcome::Rollback => {
                    self.rollback();
                    return Ok(());
                }
                Outcome::Again => self.rollback(),
            }
        }
        Err(Error::Busy("the database is busy"))
    }

    /// A commit whose answer is lost may have taken place: the caller is told to try again, and the record's id
    /// makes that safe.
    fn commit(&mut self) -> Result<()> {
        let Some(connection) = self.connection.as_mut() else {
            return Err(Error::Busy("the database cannot be reached"));
        };
        type Manager = <AnyConnection as Connection>::TransactionManager;
        Manager::commit_transaction(connection).map_err(|error| {
            log::error!("commit failed: {error}");
            self.connection = None;
            Error::Busy("the change could not be made durable")
        })?;
        self.ringer.ring();
        Ok(())
    }

    fn rollback(&mut self) {
        type Manager = <AnyConnection as Connection>::TransactionManager;
        if let Some(connection) = self.connection.as_mut()
            && let Err(error) = Manager::rollback_transaction(connection)
        {
            log::warn!("rollback failed, opening the connection anew: {error}");
            self.connection = None;
        }
    }

    /// SQLite's writer: whatever waits is committed together.
    fn write_in_groups(&mut self, queue: &Receiver<(Purpose, Box<dyn Job>)>) {
        while let Ok((_, first)) = queue.recv() {
            let mut group = vec![first];
            group.extend(queue.try_iter().take(GROUP - 1).map(|(_, job)| job));
            let outcome = self.write_group(&mut group);
            for job in group {
                job.answer(match &outcome {
                    Ok(()) => Ok(()),
                    Err(reason) => Err(Error::Busy(reason)),
                });
            }
        }
    }

    /// Where any of the jobs is refused, all is taken back, and each runs again in a savepoint of its own: a refused job
    /// leaves no trace, whatever its neighbours do. Savepoints for all would cost more than the few groups run twice.
    fn write_group(&mut self, group: &mut [Box<dyn Job>]) -> Result<(), &'static str> {
        let connection = self.begin_group()?;
        if !group.iter_mut().all(|job| job.run(connection) == Outcome::Commit) {
            self.rollback();
            if group.len() == 1 {
                return Ok(());
            }
            self.run_apart(group)?;
        }
        self.commit().map_err(|_| "the change could not be made durable")
    }

    fn run_apart(&mut self, group: &mut [Box<dyn Job>]) -> Result<(), &'static str> {
        let connection = self.begin_group()?;
        for job in group {
            let savepoint = connection.transaction(|connection| match job.run(connection) {
                Outcome::Commit => Ok(()),
                Outcome::Rollback | Outcome::Again => Err(diesel::result::Error::RollbackTransaction),
            });
            match savepoint {
                Ok(()) | Err(diesel::result::Error::RollbackTransaction) => {}
                Err(error) => {
                    log::error!("a savepoint failed: {error}");
                    self.rollback();
                    return Err("the change could not be made durable");
                }
            }
        }
        Ok(())
    }

    fn begin_group(&mut self) -> Result<&mut AnyConnection, &'static str> {
        let begun =
            self.connection().map(dialect::begin_write).map_err(|_| "the database cannot be reached")?;
        if let Err(error) = begun {
            log::error!("cannot begin a transaction: {error}");
            self.connection = None;
            return Err("the database is locked or cannot be written");
        }
        self.connection.as_mut().ok_or("the database cannot be reached")
    }
}
