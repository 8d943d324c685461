//! The real program, started on a database of its own.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};

use super::instances;
use super::janitor::{self, Kept};
use super::postgres::Postgres;
use super::soak;

/// What every server of the tests signs its tokens with, so that tests can forge some.
pub const SECRET: &str = "a secret for the tests, of no use elsewhere";

const UNLIMITED: [(&str, &str); 3] =
    [("RATE_LIMIT_CREDENTIAL", "0"), ("RATE_LIMIT_ADDRESS", "0"), ("RATE_LIMIT_SIGN_IN", "0")];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    pub const BOTH: [Kind; 2] = [Kind::Sqlite, Kind::Postgres];

    /// The address of a fresh, empty database.
    pub fn database(self) -> String {
        match self {
            Kind::Sqlite => format!("sqlite://{}", janitor::folder("sqlite").join("data.sqlite").display()),
            Kind::Postgres => Postgres::shared().database(),
        }
    }
}

/// The program, with none of the settings that the developer's shell may have.
pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(soak::program());
    command.args(arguments).env_clear().stdin(Stdio::null()).current_dir(janitor::root());
    for kept in [
        "PATH",
        "HOME",
        "TMPDIR",
        "LD_LIBRARY_PATH",
        "LLVM_PROFILE_FILE",
        "PGPASSWORD",
        "PGPASSFILE",
        "PGSSLMODE",
    ] {
        if let Some(value) = std::env::var_os(kept) {
            command.env(kept, value);
        }
    }
    command
}

/// Runs a command of the program to its end, which must be a good one.
#[track_caller]
pub fn run(command: &mut Command) -> String {
    let output = command.output().expect("the program can be started");
    assert!(output.status.success(), "{command:?} failed: {}", both_outputs(&output));
    String::from_utf8(output.stdout).expect("the program writes UTF-8")
}

pub fn both_outputs(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Makes an administrator on the command line; answers with their id.
pub fn create_admin(database_url: &str, email: &str, name: &str, password: &str) -> String {
    let printed = run(program(&["admin", "create", "--email", email, "--name", name])
        .env("DATABASE_URL", database_url)
        .env("JWT_SECRET", SECRET)
        .env("ADMIN_PASSWORD", password));
    let is_id = |word: &&str| uuid::Uuid::parse_str(word).is_ok();
    printed
        .split_whitespace()
        .find(is_id)
        .unwrap_or_else(|| panic!("admin create prints an id: {printed}"))
        .to_owned()
}

/// A running server.
pub struct Server {
    pub base: String,
    /// Where the process itself listens, whatever stands before it.
    pub own_base: String,
    pub database_url: String,
    pub log: PathBuf,
    printed: Arc<Mutex<Vec<String>>>,
    process: Mutex<Kept>,
    /// Further instances on the same database, and what stands before all of them.
    others: Vec<Server>,
    _front: Option<Kept>,
}

impl Server {
    pub fn start(database_url: &str, settings: &[(&str, &str)]) -> Server {
        Server::start_by("serve", database_url, settings)
    }

    /// As many instances as the tests are run with, told as one.
    pub fn start_all(database_url: &str, settings: &[(&str, &str)]) -> Server {
        let mut first = Server::start(database_url, settings);
        if instances::wanted() > 1 && database_url.starts_with("postgres") {
            first.others = (1..instances::wanted()).map(|_| Server::start(database_url, settings)).collect();
            let all = std::iter::once(&first).chain(&first.others);
            let addresses: Vec<&str> = all.map(|one| one.base.trim_start_matches("http://")).collect();
            let (front, base) = instances::nginx(&addresses);
            (first._front, first.base) = (Some(front), base);
        }
        first
    }

    /// By another verb that ends in serving.
    pub fn start_by(verb: &str, database_url: &str, settings: &[(&str, &str)]) -> Server {
        let log = janitor::folder("server").join("log");
        let stderr = std::fs::File::create(&log).expect("our own folder");
        let mut command = program(&[verb]);
        command
            .env("DATABASE_URL", database_url)
            .env("BIND", "127.0.0.1:0")
            .env("JWT_SECRET", SECRET)
            // Tests share an address and often a sign-in. Those of the limits set their own.
            .envs(UNLIMITED)
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .stderr(stderr);
        let mut process = Kept::start(&mut command);
        let mut lines = BufReader::new(process.child.stdout.take().expect("piped")).lines();
        let printed = Arc::new(Mutex::new(Vec::new()));
        let base = loop {
            let Some(Ok(line)) = lines.next() else {
                panic!("{verb} ended with {} before it listened: {}", process.wait(), read(&log));
            };
            let base = line.trim().strip_prefix("listening on ").map(str::to_owned);
            printed.lock().expect("one at a time").push(line);
            if let Some(base) = base {
                break base;
            }
        };
        // Whatever else it prints must not fill the pipe.
        let keep = Arc::clone(&printed);
        std::thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| keep.lock().expect("one at a time").push(line));
        });
        let process = Mutex::new(process);
        Server {
            own_base: base.clone(),
            base,
            database_url: database_url.to_owned(),
            log,
            printed,
            process,
            others: Vec::new(),
            _front: None,
        }
    }

    /// As a power cut would: no chance to finish anything.
    pub fn kill(&self) {
        self.others.iter().for_each(Server::kill);
        let mut process = self.process.lock().expect("one at a time");
        process.signal("KILL");
        process.wait();
    }

    /// As an operator would; answers with how it ended.
    pub fn terminate(&self) -> std::process::ExitStatus {
        for other in &self.others {
            other.terminate();
        }
        let mut process = self.process.lock().expect("one at a time");
        process.signal("TERM");
        process.wait()
    }

    /// Waits until it has ended by itself.
    pub fn wait(&self) -> std::process::ExitStatus {
        self.process.lock().expect("one at a time").wait()
    }

    pub fn signal(&self, name: &str) {
        self.others.iter().for_each(|other| other.signal(name));
        self.process.lock().expect("one at a time").signal(name);
    }

    /// The lines it has printed on its standard output up to now.
    pub fn printed(&self) -> Vec<String> {
        self.printed.lock().expect("one at a time").clone()
    }

    /// Bytes of memory that it has made its own (proc_pid_status(5)); of a database's file it maps others besides.
    pub fn memory(&self) -> u64 {
        let id = self.process.lock().expect("one at a time").child.id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("the process runs");
        let value = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).expect("a row of it");
        let own = 1024 * value.trim().trim_end_matches(" kB").parse::<u64>().expect("kilobytes");
        own + self.others.iter().map(Server::memory).sum::<u64>()
    }

    /// Files without a name that it holds open, besides those of the database.
    pub fn nameless_files(&self) -> usize {
        let id = self.process.lock().expect("one at a time").child.id();
        let open = std::fs::read_dir(format!("/proc/{id}/fd")).expect("the process runs");
        let paths = open.filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok());
        let paths = paths.map(|path| path.to_string_lossy().into_owned());
        let own = paths.filter(|path| path.ends_with(" (deleted)") && !path.contains("etilqs")).count();
        own + self.others.iter().map(Server::nameless_files).sum::<usize>()
    }

    /// What the server wrote on its standard error.
    pub fn logged(&self) -> String {
        self.others.iter().fold(read(&self.log), |log, other| log + &other.logged())
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}
