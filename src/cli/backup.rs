//! The commands that copy a database, and put a copy back.

use super::args::{BackupArgs, RestoreArgs};
use super::{Complaint, Outcome, open_database, say, unusable};
use crate::access::{Access, tokens};
use crate::audit::verify::verify;
use crate::config::{LogFormat, redacted};
use crate::db::dialect::backup::{self, Extent, Scratch};
use crate::db::dialect::{Backend, sqlite_path};
use crate::db::migrate::{self, Standing};
use crate::erasures::{journal, replay};
use crate::ids::Id;
use crate::logging;
use actix_web::rt::System;
use crossbeam_channel::{RecvTimeoutError, bounded};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Between two words on how far a copy is.
const TELL: Duration = Duration::from_secs(2);
const MIB: u64 = 1 << 20;

/// Copies the database into a file that is not there yet.
pub fn backup(args: &BackupArgs) -> Outcome {
    let url = args.database.resolve()?;
    let (shown, file) = (redacted(&url), args.file.as_path());
    logging::init(LogFormat::Text, "warn");
    if sqlite_path(&url).is_some_and(|path| !Path::new(path).is_file()) {
        return Err(format!("There is no database at {shown}.").into());
    }
    if file.exists() {
        return Err(already_there(file).into());
    }
    // Readable by its owner alone, and gone if this does not come to its end.
    let part = tempfile::Builder::new()
        .prefix(".feedbacklus-backup-")
        .tempfile_in(backup::folder_of(file))
        .map_err(|error| format!("{}: cannot be written: {error}.", file.display()))?;
    let size = backup::size(&url).map_err(|error| unusable(&url, &error))?;
    say(&format!("Copying {shown}, about {} MiB", size.div_ceil(MIB)));
    let extent = watched(part.path(), size, || backup::copy_out(&url, part.path())).map_err(|error| {
        Complaint::from(format!("No backup was made of {shown}: {}", error.replace(&url, &shown)))
    })?;
    let failed = |error: std::io::Error| format!("{}: the backup cannot be kept: {error}.", file.display());
    backup::sync(part.path()).map_err(failed)?;
    part.persist_noclobber(file).map_err(|error| match file.exists() {
        true => already_there(file),
        false => failed(error.error),
    })?;
    backup::sync(file).map_err(failed)?;
    let bytes = file.metadata().map_or(0, |found| found.len());
    say(&format!("{} has {} in {} bytes.", file.display(), counted(extent), bytes));
    Ok(())
}

/// Puts a backup into a database that is empty, or with `--check` only says what would come of it.
pub fn restore(args: &RestoreArgs) -> Outcome {
    let url = args.database.resolve()?;
    logging::init(LogFormat::Text, "warn");
    let file = args.file.as_path();
    let kind =
        backup::kind_of(file).map_err(|error| format!("{} cannot be read: {error}.", file.display()))?;
    let Some(kind) = kind else {
        return Err(format!("{} is no backup of feedbacklus: it begins as none does.", file.display()).into());
    };
    if Backend::of(&url) != Some(kind) {
        let of = if kind == Backend::Sqlite { "SQLite" } else { "PostgreSQL" };
        return Err(
            format!("{} is a backup of {of}, and DATABASE_URL names another kind.", file.display()).into()
        );
    }
    let journal = if args.check { None } else { kept_journal(args, &url)? };
    if !args.check && !backup::is_empty(&url).map_err(|error| unusable(&url, &error))? {
        return Err(format!("{} is not empty: a backup is put into a new database.", redacted(&url)).into());
    }
    check(file, &url)?;
    if args.check {
        return Ok(());
    }
    backup::put_in(file, &url).map_err(|error| unusable(&url, &error))?;
    let db = open_database(&url, 1)?;
    System::new().block_on(async {
        // Nothing is signed here, so any secret will do.
        let access = Access::open(db, tokens::random()?.as_bytes()).await?;
        if let Some(journal) = journal {
            let entries = journal::read(&journal).map_err(replay::unreadable)?;
            let replayed = replay::carry_out(&access, entries).await?;
            say(&format!(
                "{} has {} erasures; {} that the backup did not know were carried out again.",
                journal.display(),
                replayed.known,
                replayed.done
            ));
        }
        say(&format!("{} was put into {}.", file.display(), redacted(&url)));
        Ok(())
    })
}

/// Where what was erased since the backup stands. Without it, it would come back: that has to be said in so many words.
fn kept_journal(args: &RestoreArgs, url: &str) -> Outcome<Option<PathBuf>> {
    if args.without_journal {
        return Ok(None);
    }
    match args.journal.resolve(Some(url))? {
        Some(journal) if journal.is_file() => Ok(Some(journal)),
        Some(journal) => Err(format!(
            "There is no journal of erasures at {}: what was erased since the backup would come back. Name the journal by \
             --erasure-journal, or say --without-journal where nothing was ever erased.",
            journal.display()
        )
        .into()),
        None => Err("ERASURE_JOURNAL is not set: what was erased since the backup would come back. Name the journal, or say \
                     --without-journal where nothing was ever erased."
            .to_owned()
            .into()),
    }
}

/// Puts the backup into a database of its own, and looks at all of it.
fn check(file: &Path, url: &str) -> Outcome {
    say(&format!("Checking {}", file.display()));
    let scratch =
        Scratch::beside(url, &format!("feedbacklus_check_{}", Id::new().to_string().replace('-', "")))?;
    let failed =
        |error: String| format!("It is damaged: {}", super::one_line(&error.replace(&scratch.url, "it")));
    backup::put_in(file, &scratch.url).map_err(failed)?;
    let faults = backup::faults(&scratch.url).map_err(failed)?;
    if !faults.is_empty() {
        return Err(faults
            .into_iter()
            .map(|fault| format!("It is damaged: {fault}"))
            .collect::<Vec<_>>()
            .into());
    }
    say("  it can be read whole, and what refers to something finds it");
    let extent = backup::extent_of(&scratch.url).map_err(failed)?;
    match migrate::standing(&scratch.url).map_err(failed)? {
        Standing { newer, .. } if !newer.is_empty() => {
            return Err(
                format!("It is of a newer version: this one does not know {}.", newer.join(", ")).into()
            );
        }
        Standing { applied: 0, .. } => return Err("It has no tables of feedbacklus.".to_owned().into()),
        Standing { pending, .. } if pending.is_empty() => say("  it is of this version"),
        Standing { pending, .. } => {
            say(&format!(
                "  it is of an older version, and would be brought up to date by {}",
                pending.join(", ")
            ));
        }
    }
    let db = open_database(&scratch.url, 1)?;
    let faults = System::new().block_on(async {
        let access = Access::open(db, tokens::random()?.as_bytes()).await?;
        let findings = verify(&access, None, &[], |_| ()).await?;
        let sound: i64 = findings.iter().map(|found| found.sound).sum();
        say(&format!("  {sound} rows of the logs are as they were"));
        let told = |found: &crate::audit::verify::Finding| {
            let (network_id, log) = (found.network_id, found.log);
            found
                .faults
                .iter()
                .map(|fault| format!("network {network_id} {log}: {fault}"))
                .collect::<Vec<_>>()
        };
        Outcome::Ok(findings.iter().flat_map(told).collect::<Vec<String>>())
    })?;
    if !faults.is_empty() {
        return Err(faults.into());
    }
    say(&format!("It is whole: {}.", counted(extent)));
    Ok(())
}

/// Works while the growing file is watched and told of.
fn watched<T>(file: &Path, size: u64, work: impl FnOnce() -> T) -> T {
    std::thread::scope(|scope| {
        let (done, waits) = bounded::<()>(0);
        scope.spawn(move || {
            while waits.recv_timeout(TELL) == Err(RecvTimeoutError::Timeout) {
                let written = file.metadata().map_or(0, |found| found.len());
                say(&format!("  {} of at most {} MiB", written / MIB, size.div_ceil(MIB)));
            }
        });
        let worked = work();
        drop(done);
        worked
    })
}

fn already_there(file: &Path) -> String {
    format!("{} is there already, and was left as it is.", file.display())
}

fn counted(extent: Extent) -> String {
    format!("{} rows in {} tables", extent.rows, extent.tables)
}
