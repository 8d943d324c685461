//! What lies under an SQLite database: its file and the log of what was written last.

use super::sqlite_path;
use crate::clock;
use crate::db::AnyConnection;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The files that were opened, known by what they are and not by their names. PostgreSQL looks after its own.
pub struct Storage {
    files: Vec<(PathBuf, Identity)>,
    rescued: AtomicBool,
    /// When they were last found in their places, in microseconds of the program's life.
    found_at: AtomicU64,
}

/// For how many microseconds it is good enough for who reads that they were there.
const LATELY: u64 = 20_000;

type Identity = (u64, u64);

#[derive(QueryableByName)]
struct Checkpoint {
    #[diesel(sql_type = diesel::sql_types::Integer)]
    busy: i32,
}

impl Storage {
    /// To be asked while a connection is open, which keeps them from being made anew.
    pub fn of(url: &str) -> io::Result<Storage> {
        let names = sqlite_path(url).map(|path| [path.to_owned(), format!("{path}-wal")]);
        let mut files = Vec::new();
        for name in names.into_iter().flatten() {
            match fs::canonicalize(&name) {
                Ok(path) => {
                    let found = identity(&path)?;
                    files.push((path, found));
                }
                // A file that nothing was ever written to has no log yet.
                Err(error) if error.kind() == io::ErrorKind::NotFound && !files.is_empty() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Storage { files, rescued: AtomicBool::new(false), found_at: AtomicU64::new(0) })
    }

    /// Whether the names still lead to the files that are open. Where one was deleted, moved or replaced, what is written goes
    /// to a file without a name, and is gone with the process.
    pub fn is_in_place(&self) -> bool {
        let in_place =
            self.files.iter().all(|(path, known)| identity(path).is_ok_and(|found| found == *known));
        if !in_place {
            self.found_at.store(0, Ordering::Relaxed);
        }
        // Put back, it may go again.
        if in_place && self.rescued.load(Ordering::Relaxed) {
            self.rescued.store(false, Ordering::Relaxed);
        }
        in_place
    }

    /// The same as it was a moment ago: for who only reads, and asks often.
    pub fn was_in_place(&self) -> bool {
        let now = u64::try_from(clock::uptime().as_micros()).unwrap_or(u64::MAX);
        let found_at = self.found_at.load(Ordering::Relaxed);
        if found_at != 0 && now.saturating_sub(found_at) < LATELY {
            return true;
        }
        let in_place = self.is_in_place();
        if in_place {
            self.found_at.store(now, Ordering::Relaxed);
        }
        in_place
    }

    /// Where only the log lost its name: brings what it has into the file, once, so that nothing that was acknowledged is
    /// lost when the process ends.
    pub fn rescue(&self, connection: &mut AnyConnection) {
        let AnyConnection::Sqlite(connection) = connection else { return };
        let file_is_there =
            self.files.first().is_some_and(|(path, known)| identity(path).is_ok_and(|found| found == *known));
        if !file_is_there || self.rescued.load(Ordering::Relaxed) {
            return;
        }
        match sql_query("PRAGMA wal_checkpoint(FULL)").get_result::<Checkpoint>(connection) {
            Ok(done) if done.busy == 0 => {
                self.rescued.store(true, Ordering::Relaxed);
                log::error!(
                    "the database's log was deleted; what it had is in the file. Start the server anew."
                );
            }
            Ok(_) => {
                log::error!("the database's log was deleted; what it has is brought into the file later")
            }
            Err(error) => {
                log::error!("the database's log was deleted, and cannot be brought into the file: {error}")
            }
        }
    }
}

fn identity(path: &PathBuf) -> io::Result<Identity> {
    fs::metadata(path).map(|found| (found.dev(), found.ino()))
}
