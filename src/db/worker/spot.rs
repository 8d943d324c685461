//! Reads on the thread of who asks. SQLite finds a record sooner than a job is handed to another thread and back, so who looks for
//! little looks by themselves, with a connection of their thread's own that waits for no lock. Whatever goes wrong is left to
//! the threads that have time for it. (A disk that does not answer at all holds the thread that reads it, as it does where a file
//! is served.)

use super::desk::{Desk, Office};
use crate::db::AnyConnection;
use crate::db::dialect::{self, Purpose};
use crate::error::{Error, Result};
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use thread_local::ThreadLocal;

pub(super) struct Spot {
    office: Office,
    desks: ThreadLocal<RefCell<Desk>>,
}

impl Spot {
    pub(super) fn new(office: &Office) -> Spot {
        Spot { office: office.clone(), desks: ThreadLocal::new() }
    }

    /// Runs `work`, which reads. None where it has to be handed over after all.
    pub(super) fn look<T>(&self, work: impl FnMut(&mut AnyConnection) -> Result<T>) -> Option<Result<T>> {
        let desk = self.desks.get_or(|| RefCell::new(Desk::new(&self.office, Purpose::Look)));
        desk.try_borrow_mut().ok()?.look(work)
    }
}

impl Desk {
    fn look<T>(&mut self, mut work: impl FnMut(&mut AnyConnection) -> Result<T>) -> Option<Result<T>> {
        let connection = self.connection().ok()?;
        let told = catch_unwind(AssertUnwindSafe(|| work(connection)));
        let is_in_transaction = dialect::is_in_transaction(connection).unwrap_or(true);
        if is_in_transaction {
            self.rollback();
        }
        match told {
            Ok(Err(Error::Database(_) | Error::Busy(_))) | Err(_) => None,
            Ok(told) => Some(told),
        }
    }
}
