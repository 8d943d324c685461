//! The commands that look after a database, beside a running server or without one.

use super::args::{CutArgs, ReplayArgs};
use super::{Outcome, open_database, say};
use crate::access::{Access, tokens};
use crate::change_log::cut;
use crate::config::{DatabaseSetting, LogFormat, redacted};
use crate::erasures::{journal, replay};
use crate::{logging, search};
use actix_web::rt::System;

pub fn rebuild_search(database: &DatabaseSetting) -> Outcome {
    upkeep(database, async |access, shown| {
        say(&format!("Making anew what search looks in, in {shown}"));
        let rebuilt = search::rebuild::rebuild(&access, |progress| say(&format!("  {progress}"))).await?;
        say(&format!(
            "{} records can be found; {} that are gone were removed.",
            rebuilt.made, rebuilt.removed
        ));
        Ok(())
    })
}

pub fn cut_changes(args: &CutArgs) -> Outcome {
    upkeep(&args.database, async |access, shown| {
        let removed = cut::cut(&access, args.before).await?;
        say(&format!("{removed} changes from before {} were removed from {shown}.", args.before));
        Ok(())
    })
}

pub fn replay_erasures(args: &ReplayArgs) -> Outcome {
    let url = args.database.resolve()?;
    let file = match &args.file {
        Some(file) => file.clone(),
        None => args.journal.resolve(Some(&url))?.ok_or_else(|| {
            "ERASURE_JOURNAL: expected the file of the journal, there or as an argument.".to_owned()
        })?,
    };
    upkeep(&args.database, async |access, shown| {
        let entries = journal::read(&file).map_err(replay::unreadable)?;
        let replayed = replay::carry_out(&access, entries).await?;
        let name = file.display();
        say(&format!(
            "{} has {} erasures; {} that {shown} did not know were carried out again.",
            name, replayed.known, replayed.done
        ));
        Ok(())
    })
}

/// Work on a database that is named by one setting, and whose name is shown without a password.
pub(super) fn upkeep(
    database: &DatabaseSetting,
    work: impl AsyncFnOnce(Access, String) -> Outcome,
) -> Outcome {
    let url = database.resolve()?;
    logging::init(LogFormat::Text, "warn");
    let db = open_database(&url, 1)?;
    System::new().block_on(async {
        // Nothing is signed here, so any secret will do.
        let access = Access::open(db, tokens::random()?.as_bytes()).await?;
        work(access, redacted(&url)).await
    })
}
