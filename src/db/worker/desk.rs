//! A thread with its connection, and how it runs what it takes from the queue.

use super::job::{Due, Job, Outcome, Step};
use super::queue::{Queue, Waiting};
use crate::clock;
use crate::db::AnyConnection;
use crate::db::bell::Ringer;
use crate::db::dialect::{self, Purpose, Storage};
use crate::db::health::Health;
use crate::db::statement_log;
use crate::error::{Error, Result};
use diesel::connection::{Connection, TransactionManager};
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex};
use std::{thread, time::Duration};

/// Writes that SQLite commits together, at least where so many wait, and at most.
const GROUP: RangeInclusive<usize> = 8..=256;
/// How long the work of a group is to take: who comes next waits for all of it. In that time one commit is little.
const GROUP_WORK: Duration = Duration::from_millis(25);
/// Reads that share a transaction on SQLite at most.
const READS: usize = 8;
/// How often a transaction is run again after a deadlock or a lost connection.
const ATTEMPTS: u32 = 4;

const MOVED: &str = "the database's file is not the one that was opened";
const UNREACHABLE: &str = "the database cannot be reached";
const NOT_DURABLE: &str = "the change could not be made durable";

type Manager = <AnyConnection as Connection>::TransactionManager;

/// What all desks at one database share.
#[derive(Clone)]
pub(super) struct Office {
    pub url: Arc<str>,
    pub storage: Arc<Storage>,
    pub ringer: Ringer,
    pub health: Health,
    /// Of SQLite, a connection that serves nobody: while one is open, the log stays the same file whatever becomes of the
    /// others.
    pub keeper: Option<Arc<Mutex<AnyConnection>>>,
}

/// A thread's connection, opened when it is needed and again after it was lost.
pub(super) struct Desk {
    office: Office,
    purpose: Purpose,
    connection: Option<AnyConnection>,
    due: Due,
    /// How many writes make a group, by what those of the last one took.
    group: usize,
}

impl Desk {
    pub(super) fn new(office: &Office, purpose: Purpose) -> Desk {
        let office = office.clone();
        Desk { office, purpose, connection: None, due: Due::never(), group: *GROUP.start() }
    }

    /// What it is doing, for those who wait for it.
    pub(super) fn due(&self) -> Due {
        self.due.clone()
    }

    pub(super) fn connection(&mut self) -> Result<&mut AnyConnection> {
        self.in_place()?;
        if self.connection.as_mut().is_some_and(dialect::is_broken) {
            self.connection = None;
        }
        if self.connection.is_none() {
            let opened = dialect::open(&self.office.url, self.purpose).and_then(dialect::bound_waiting);
            let mut opened = opened.map_err(|e| {
                log::error!("cannot open the database: {e}");
                self.office.health.failed();
                Error::Busy(UNREACHABLE)
            })?;
            statement_log::follow(&mut opened);
            self.connection = Some(opened);
        }
        self.connection.as_mut().ok_or(Error::Busy(UNREACHABLE))
    }

    /// Fails where the database's file was deleted or another put in its place: what is written to the one that is open is
    /// gone with this process. Where only its log is gone, what that has is brought into the file.
    fn in_place(&mut self) -> Result<()> {
        let storage = &self.office.storage;
        let writes = self.purpose == Purpose::Write;
        let in_place = if writes { storage.is_in_place() } else { storage.was_in_place() };
        if in_place {
            return Ok(());
        }
        self.office.health.failed();
        if let Some(mut keeper) = self.office.keeper.as_ref().and_then(|keeper| keeper.lock().ok()) {
            self.office.storage.rescue(&mut keeper);
        }
        Err(Error::Busy(MOVED))
    }

    /// One job at a time, each in its own transaction.
    pub(super) fn serve(&mut self, queue: &Queue) {
        while let Some(taken) = queue.take(1, 1) {
            for Waiting { purpose, job, .. } in taken {
                self.serve_one(purpose, job);
            }
        }
    }

    fn serve_one(&mut self, purpose: Purpose, mut job: Box<dyn Job>) {
        let outcome = self.transact(purpose, job.as_mut());
        self.due.rest();
        job.answer(outcome);
    }

    /// SQLite's readers: what waits shares one transaction, whose beginning and end cost as much as a small read. It
    /// begins after the last of them was asked, so that each sees all that had been answered by then.
    pub(super) fn read_in_groups(&mut self, queue: &Queue) {
        // Half of what waits at most: the other readers are to find work too.
        while let Some(group) = queue.take(READS, 2) {
            self.due.begin(Step::Begin);
            let begun = self.connection().is_ok_and(|connection| dialect::begin_read(connection).is_ok());
            let mut again = Vec::new();
            for Waiting { mut job, .. } in group {
                self.step(Step::Work, std::slice::from_ref(&job));
                match self.connection.as_mut().filter(|_| begun).map(|connection| job.run(connection)) {
                    Some(Outcome::Commit | Outcome::Rollback) => job.answer(Ok(())),
                    Some(Outcome::Again | Outcome::Failed) | None => again.push(job),
                }
            }
            if begun {
                self.rollback();
            }
            for job in again {
                self.serve_one(Purpose::Read, job);
            }
            self.due.rest();
        }
    }

    fn step(&self, step: Step, jobs: &[Box<dyn Job>]) {
        self.due.begin(step);
        jobs.iter().for_each(|job| job.begin(step));
    }

    fn transact(&mut self, purpose: Purpose, job: &mut dyn Job) -> Result<()> {
        let due = self.due();
        let begin = |step, job: &dyn Job| {
            due.begin(step);
            job.begin(step);
        };
        for attempt in 1..=ATTEMPTS {
            if attempt > 1 {
                thread::sleep(Duration::from_millis(20 << attempt));
            }
            begin(Step::Begin, job);
            let connection = match self.connection() {
                Ok(connection) => connection,
                Err(_) if attempt < ATTEMPTS => continue,
                Err(busy) => return Err(busy),
            };
            let begun = match purpose {
                Purpose::Look => Ok(()),
                Purpose::Read => dialect::begin_read(connection),
                Purpose::Write => dialect::begin_write(connection),
            };
            if let Err(error) = begun {
                log::warn!("cannot begin a transaction: {error}");
                self.connection = None;
                continue;
            }
            begin(Step::Work, job);
            match job.run(connection) {
                Outcome::Commit => {
                    begin(Step::Commit, job);
                    return self.commit(!job.is_own());
                }
                Outcome::Rollback => {
                    self.rollback();
                    return Ok(());
                }
                // Outside of a transaction there is nothing to be at odds with: it is the connection that was lost.
                Outcome::Again if !self.is_in_transaction() => self.connection = None,
                Outcome::Again => self.rollback(),
                Outcome::Failed => {
                    self.fail();
                    return Ok(());
                }
            }
            if job.is_abandoned() {
                return Err(Error::Busy("nobody waits for it any longer"));
            }
        }
        Err(Error::Busy("the database is busy"))
    }

    /// A commit whose answer is lost may have taken place: the caller is told to try again, and the record's id
    /// makes that safe. `wrote` says that there was something to be made durable.
    fn commit(&mut self, wrote: bool) -> Result<()> {
        let Some(connection) = self.connection.as_mut() else {
            return Err(Error::Busy(UNREACHABLE));
        };
        if let Err(error) = Manager::commit_transaction(connection) {
            log::error!("commit failed: {error}");
            self.fail();
            return Err(Error::Busy(NOT_DURABLE));
        }
        // It may have been deleted meanwhile, and what was committed with it.
        self.in_place()?;
        if wrote {
            self.office.health.durable();
        }
        self.office.ringer.ring();
        Ok(())
    }

    /// After a fault of the database itself nothing is known of the connection.
    fn fail(&mut self) {
        self.connection = None;
        self.office.health.failed();
    }

    /// Whether a transaction was begun, or it cannot be told.
    fn is_in_transaction(&mut self) -> bool {
        let told = self.connection.as_mut().map(dialect::is_in_transaction);
        matches!(told, Some(Ok(true) | Err(_)))
    }

    /// Ends the transaction, where one was begun.
    pub(super) fn rollback(&mut self) {
        if self.is_in_transaction()
            && let Some(connection) = self.connection.as_mut()
            && let Err(error) = Manager::rollback_transaction(connection)
        {
            log::warn!("rollback failed, opening the connection anew: {error}");
            self.connection = None;
        }
    }

    /// SQLite's writer: what waits is committed together.
    pub(super) fn write_in_groups(&mut self, queue: &Queue) {
        while let Some(taken) = queue.take(self.group, 1) {
            let mut group: Vec<Box<dyn Job>> = taken.into_iter().map(|waiting| waiting.job).collect();
            let outcome = self.write_group(&mut group);
            self.due.rest();
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
        self.begin_group(group)?;
        self.step(Step::Work, group);
        let began = clock::uptime();
        let outcome = self.run_all(group);
        let mut wrote = group.iter().any(|job| !job.is_own());
        if outcome != Outcome::Commit {
            if outcome == Outcome::Failed {
                self.fail();
                return Err(NOT_DURABLE);
            }
            self.rollback();
            if group.len() == 1 {
                return Ok(());
            }
            wrote = self.run_apart(group)?;
        }
        self.group = as_many(group.len(), clock::uptime().saturating_sub(began));
        self.step(Step::Commit, group);
        self.commit(wrote).map_err(|_| NOT_DURABLE)
    }

    /// `Commit` where all are to be, else what the first of the others came to.
    fn run_all(&mut self, group: &mut [Box<dyn Job>]) -> Outcome {
        let Some(connection) = self.connection.as_mut() else { return Outcome::Failed };
        let mut outcomes = group.iter_mut().map(|job| job.run(connection));
        outcomes.find(|outcome| *outcome != Outcome::Commit).unwrap_or(Outcome::Commit)
    }

    /// Whether a request wrote something.
    fn run_apart(&mut self, group: &mut [Box<dyn Job>]) -> Result<bool, &'static str> {
        self.begin_group(group)?;
        self.step(Step::Work, group);
        let mut wrote = false;
        for job in group {
            let Some(connection) = self.connection.as_mut() else { return Err(UNREACHABLE) };
            let mut failed = false;
            let savepoint = connection.transaction(|connection| match job.run(connection) {
                Outcome::Commit => {
                    wrote |= !job.is_own();
                    Ok(())
                }
                outcome => {
                    failed = outcome == Outcome::Failed;
                    Err(diesel::result::Error::RollbackTransaction)
                }
            });
            match savepoint {
                Ok(()) | Err(diesel::result::Error::RollbackTransaction) if !failed => {}
                outcome => {
                    if let Err(error) = outcome {
                        log::error!("a savepoint failed: {error}");
                    }
                    self.fail();
                    return Err(NOT_DURABLE);
                }
            }
        }
        Ok(wrote)
    }

    fn begin_group(&mut self, group: &[Box<dyn Job>]) -> Result<(), &'static str> {
        self.step(Step::Begin, group);
        let begun = self.connection().map(dialect::begin_write).map_err(|error| match error {
            Error::Busy(reason) => reason,
            _ => UNREACHABLE,
        })?;
        if let Err(error) = begun {
            log::error!("cannot begin a transaction: {error}");
            self.fail();
            return Err("the database is locked or cannot be written");
        }
        Ok(())
    }
}

/// How many jobs make a group, where so many took so long.
fn as_many(jobs: usize, took: Duration) -> usize {
    let each = took.as_secs_f64() / jobs.max(1) as f64;
    ((GROUP_WORK.as_secs_f64() / each) as usize).clamp(*GROUP.start(), *GROUP.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_as_large_as_its_work_is_light() {
        let ms = Duration::from_millis;
        assert_eq!(as_many(10, ms(10)), 25);
        assert_eq!(as_many(1, ms(1_000)), 8, "a commit is shared even so");
        assert_eq!(as_many(64, ms(1)), 256);
        assert_eq!(as_many(1, Duration::ZERO), 256);
    }
}
