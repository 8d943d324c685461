//! A disk and a clock with faults, for one server: `faults.c` preloaded into it. Nothing but a C compiler is needed, which
//! SQLite needs too, and no rights; `make soak` does the same with a real full disk where it may mount one.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use super::janitor;
use super::server::{Kind, Server};

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/api/faults/faults.c");

fn library() -> &'static PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let built = janitor::folder("shim").join("faults.so");
        let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".into());
        let mut command = Command::new(compiler);
        command.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&built).arg(SOURCE).arg("-ldl");
        let output = command.output().expect("a C compiler, which SQLite needs too");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        built
    })
}

/// What is wrong with the disk or the clock of one server.
pub struct Shim {
    file: PathBuf,
    settings: Vec<(String, String)>,
}

impl Shim {
    /// For a server on this database, with all that lies beside its file.
    pub fn over(kind: Kind, database_url: &str) -> Shim {
        let file = janitor::folder("faults").join("wrong");
        std::fs::write(&file, "").expect("our own folder");
        let below = match kind {
            Kind::Sqlite => database_url.trim_start_matches("sqlite://"),
            // It has no file there.
            Kind::Postgres => "/nowhere",
        };
        let text = |path: &PathBuf| path.to_str().expect("plain").to_owned();
        let settings = vec![
            ("LD_PRELOAD".to_owned(), text(library())),
            ("FAULTS_FILE".to_owned(), text(&file)),
            ("FAULTS_BELOW".to_owned(), below.to_owned()),
        ];
        Shim { file, settings }
    }

    pub fn start(&self, database_url: &str) -> Server {
        let settings: Vec<_> = self.settings.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        Server::start(database_url, &settings)
    }

    /// From now on this is wrong. In one step: the program reads it at any moment.
    pub fn set(&self, wrong: &str) {
        let next = self.file.with_extension("next");
        std::fs::write(&next, wrong)
            .and_then(|()| std::fs::rename(&next, &self.file))
            .expect("our own folder");
    }

    pub fn mend(&self) {
        self.set("");
    }
}
