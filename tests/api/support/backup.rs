//! Backups of a database, as an operator makes them and puts them back.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::janitor;
use super::server::Kind;
use super::stored::execute;

/// A copy of a database as it is, and back.
pub struct Backup {
    kind: Kind,
    url: String,
    copy: PathBuf,
}

impl Backup {
    pub fn take(kind: Kind, url: &str) -> Backup {
        let copy = janitor::folder("backup").join("copy");
        match kind {
            Kind::Sqlite => execute(kind, url, &format!("VACUUM INTO '{}'", copy.display())),
            Kind::Postgres => {
                let dumped = Command::new(tool("pg_dump"))
                    .args(["--format=custom", "--file"])
                    .arg(&copy)
                    .arg(url)
                    .output();
                let dumped = dumped.expect("pg_dump can be started");
                assert!(dumped.status.success(), "{}", String::from_utf8_lossy(&dumped.stderr));
            }
        }
        Backup { kind, url: url.to_owned(), copy }
    }

    pub fn put_back(&self) {
        match self.kind {
            Kind::Sqlite => {
                let path = self.url.trim_start_matches("sqlite://");
                for rest in ["-wal", "-shm"] {
                    let _ = std::fs::remove_file(format!("{path}{rest}"));
                }
                std::fs::copy(&self.copy, path).expect("the copy is put back");
            }
            Kind::Postgres => {
                let restored = Command::new(tool("pg_restore"))
                    .args(["--clean", "--if-exists", "--dbname", &self.url])
                    .arg(&self.copy)
                    .output()
                    .expect("pg_restore can be started");
                assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
            }
        }
    }
}

/// A program of PostgreSQL's: on the PATH, or where Debian puts it.
fn tool(name: &str) -> PathBuf {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let found = debian.map(|entry| entry.path().join("bin").join(name)).filter(|path| path.is_file()).max();
    found.unwrap_or_else(|| Path::new(name).to_owned())
}
