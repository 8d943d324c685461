//! What an error of either database means for whoever asked. Neither tells everything by codes that reach us, so some is read
//! from the words, for which PostgreSQL is asked to speak English.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// Whether the same transaction may succeed when it is run again: deadlocks, serialization failures, a database that
/// is locked, and connections that were lost before commit.
pub fn may_succeed_again(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        DieselError::DatabaseError(DatabaseErrorKind::Unknown, info) => {
            info.message().contains("deadlock detected") || info.message().contains("database is locked")
        }
        other => lost_connection(other),
    }
}

/// Whether a statement was given up because it, or the lock that it waited for, took longer than `bound_waiting` lets it.
pub fn took_too_long(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::Unknown, info) => {
            ["due to lock timeout", "due to statement timeout"]
                .iter()
                .any(|sign| info.message().contains(sign))
        }
        _ => false,
    }
}

/// Whether an error tells of a database that cannot be read or written now, whatever was asked of it: no place left, a disk
/// that fails, a file or server that may not be written.
pub fn is_unusable(error: &DieselError) -> bool {
    const SIGNS: [&str; 11] = [
        "database or disk is full",
        "disk I/O error",
        "attempt to write a readonly database",
        "unable to open database file",
        "database disk image is malformed",
        "file is not a database",
        "No space left on device",
        "could not extend file",
        "could not write",
        "could not fsync",
        "out of shared memory",
    ];
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, _) => true,
        DieselError::DatabaseError(DatabaseErrorKind::Unknown, info) => {
            SIGNS.iter().any(|sign| info.message().contains(sign))
        }
        _ => false,
    }
}

/// Whether an error tells of a connection that is gone (a restart of PostgreSQL, a cut line).
fn lost_connection(error: &DieselError) -> bool {
    const SIGNS: [&str; 6] = [
        "server closed the connection",
        "terminating connection",
        "connection to server",
        "could not receive data",
        "no connection to the server",
        "the database system is",
    ];
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, _)
        | DieselError::BrokenTransactionManager => true,
        DieselError::DatabaseError(_, info) => SIGNS.iter().any(|sign| info.message().contains(sign)),
        _ => false,
    }
}
