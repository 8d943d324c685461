//! The command line of backups.

use crate::config::{DatabaseSetting, JournalSetting};
use clap::Args;
use std::path::PathBuf;

/// Copy the database into a file
///
/// Copy all of the database as it is at one moment, beside a running server, into a file that is not there yet and that its
/// owner alone can read. It is durable when this ends well. PostgreSQL's is made by pg_dump, which has to be on the PATH, and
/// is in its custom format. The journal of erasures is not in it, and is to be kept elsewhere.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "Example:\n  \
    DATABASE_URL=sqlite://feedbacklus.sqlite feedbacklus backup /backups/2026-11-26.backup"
)]
pub struct BackupArgs {
    #[command(flatten)]
    pub database: DatabaseSetting,

    /// Where the copy is made
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Put a backup into a new database
///
/// Look at all of the backup, put it into a database that is empty (a file that is not there yet, or a database of
/// PostgreSQL without tables), bring it up to date, and carry out again what was erased since: the journal of erasures
/// says what. Nothing is put anywhere if there is something wrong with it.
///
/// With --check only look: whether it can be read whole, whether what refers to something finds it, whether this version
/// knows its tables, and whether the logs are as they were. It is put into a database for that which is gone afterwards:
/// a temporary file, or with PostgreSQL one on the server that DATABASE_URL names. It ends with 1 if something is wrong.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "Examples:\n  \
    feedbacklus restore --check /backups/2026-11-26.backup\n  \
    DATABASE_URL=sqlite://new.sqlite feedbacklus restore --erasure-journal feedbacklus.sqlite.erasures \\\n    \
    /backups/2026-11-26.backup"
)]
pub struct RestoreArgs {
    #[command(flatten)]
    pub database: DatabaseSetting,

    #[command(flatten)]
    pub journal: JournalSetting,

    /// Only say whether the backup is whole
    #[arg(long)]
    pub check: bool,

    /// Go without a journal of erasures: nothing was ever erased, or it may come back
    #[arg(long, conflicts_with = "erasure_journal")]
    pub without_journal: bool,

    /// What `backup` made
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}
