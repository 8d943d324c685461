//! Where the journal of erasures is.

use super::values::given;
use crate::db::dialect;
use clap::Args;
use std::path::{Path, PathBuf};

/// The setting of every command that needs the journal.
#[derive(Args, Clone, Default)]
pub struct JournalSetting {
    /// The journal of erasures [default: FILE.erasures beside SQLite; none with PostgreSQL]
    ///
    /// Each erasure is written there before it is answered, and carried out again at the start where a backup was put back.
    /// Keep it outside of the database and of what is put back with it. Instances each have their own, or share one.
    #[arg(long, env = "ERASURE_JOURNAL", value_name = "FILE")]
    pub erasure_journal: Option<String>,
}

impl JournalSetting {
    /// The file, which may not be there yet; none with PostgreSQL where it is not set.
    pub fn resolve(&self, database_url: Option<&str>) -> Result<Option<PathBuf>, String> {
        let beside = || Some(PathBuf::from(format!("{}.erasures", dialect::sqlite_path(database_url?)?)));
        let Some(file) = given(&self.erasure_journal).map(PathBuf::from) else { return Ok(beside()) };
        match file.parent() {
            _ if file.is_dir() => {
                Err(format!("ERASURE_JOURNAL: expected a file; {} is a folder.", file.display()))
            }
            Some(folder) if folder != Path::new("") && !folder.is_dir() => Err(format!(
                "ERASURE_JOURNAL: expected a file in a folder that exists; {} does not.",
                folder.display()
            )),
            _ => Ok(Some(file)),
        }
    }
}

/// What is told of it to people.
pub(super) fn shown(journal: &Option<PathBuf>) -> String {
    match journal {
        Some(file) => file.display().to_string(),
        None => "not set: what was erased comes back with an older backup".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::set;
    use super::*;

    #[test]
    fn the_journal_is_beside_a_file_or_where_it_is_set() {
        let resolve = |file: Option<&str>, url| {
            JournalSetting { erasure_journal: file.and_then(set) }.resolve(Some(url))
        };
        assert_eq!(resolve(None, "sqlite://a.sqlite"), Ok(Some("a.sqlite.erasures".into())));
        assert_eq!(resolve(None, "postgres://db.example/d"), Ok(None));
        assert_eq!(resolve(Some("journal"), "postgres://db.example/d"), Ok(Some("journal".into())));
        for bad in ["/no/such/folder/journal", "/"] {
            let fault = resolve(Some(bad), "sqlite://a.sqlite").expect_err(bad);
            assert!(fault.starts_with("ERASURE_JOURNAL: expected "), "{fault}");
        }
    }
}
