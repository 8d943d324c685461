//! A real PostgreSQL for the tests: the server `TEST_DATABASE_URL` names, or a throw-away cluster of our own.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::sync::OnceLock;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};

use super::janitor;

/// A PostgreSQL server on which databases can be made.
pub struct Postgres {
    /// The address up to and with the last slash before a database's name.
    prefix: String,
    /// The query string of the given address, with its question mark.
    suffix: String,
    cluster: Option<Cluster>,
}

struct Cluster {
    binaries: PathBuf,
    folder: PathBuf,
    port: u16,
    fsync: bool,
}

static SHARED: OnceLock<Postgres> = OnceLock::new();

impl Postgres {
    /// The one of this test process.
    pub fn shared() -> &'static Postgres {
        SHARED.get_or_init(|| match std::env::var("TEST_DATABASE_URL") {
            Ok(url) if !url.is_empty() => Postgres::named(&url),
            _ => Postgres::throw_away(false),
        })
    }

    /// One that a test may restart. A named server is not ours to restart, see [`Postgres::interrupt`].
    pub fn private() -> Postgres {
        match std::env::var("TEST_DATABASE_URL") {
            Ok(url) if !url.is_empty() => Postgres::named(&url),
            _ => Postgres::throw_away(false),
        }
    }

    fn named(url: &str) -> Postgres {
        let (address, query) =
            url.split_once('?').map_or((url, String::new()), |(a, q)| (a, format!("?{q}")));
        let start = address.find("://").map_or(0, |at| at + 3);
        let end = address[start..].rfind('/').map_or(address.len(), |at| start + at);
        Postgres { prefix: format!("{}/", &address[..end]), suffix: query, cluster: None }
    }

    fn throw_away(fsync: bool) -> Postgres {
        let cluster = Cluster::start(fsync);
        let prefix = format!("postgres://postgres@127.0.0.1:{}/", cluster.port);
        Postgres { prefix, suffix: String::new(), cluster: Some(cluster) }
    }

    /// The address of a fresh, empty database.
    pub fn database(&self) -> String {
        let name = format!("feedbacklus_test_{}", uuid::Uuid::new_v4().simple());
        // template0, since nobody can be connected to it and so block the copying.
        self.execute(&format!("CREATE DATABASE {name} TEMPLATE template0"));
        if self.cluster.is_none() {
            janitor::drop_at_end(&self.url("postgres"), &name);
        }
        self.url(&name)
    }

    fn url(&self, database: &str) -> String {
        format!("{}{database}{}", self.prefix, self.suffix)
    }

    fn execute(&self, sql: &str) {
        let url = self.url("postgres");
        let mut connection =
            PgConnection::establish(&url).unwrap_or_else(|error| panic!("no PostgreSQL at {url}: {error}"));
        connection.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// The same as [`Postgres::private`], on a server that is our own whatever `TEST_DATABASE_URL` says: it is killed.
    pub fn mortal() -> Postgres {
        Postgres::throw_away(true)
    }

    /// The process that started all others of a cluster of our own.
    pub fn process(&self) -> String {
        let cluster = self.cluster.as_ref().expect("a cluster of our own");
        let file = std::fs::read_to_string(cluster.folder.join("data/postmaster.pid")).expect("it runs");
        file.lines().next().expect("its number").to_owned()
    }

    /// As a power cut would: nothing is finished, nothing is said to anybody. To be started again by [`Postgres::revive`].
    pub fn kill(&self) {
        run(Command::new("kill").args(["-KILL", &self.process()]));
    }

    /// Starts a cluster of our own that was killed, once what is left of it has gone.
    pub fn revive(&self) {
        let cluster = self.cluster.as_ref().expect("a cluster of our own");
        let revived = (0..100).any(|_| {
            let started = cluster.pg_ctl("start").success();
            if !started {
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            started
        });
        assert!(revived, "PostgreSQL does not start again: {}", log(&cluster.folder));
    }

    /// Stops or continues all processes of a cluster of our own, as a machine that hangs does.
    pub fn signal_all(&self, name: &str) {
        let parent = self.process();
        let children = Command::new("pgrep").args(["-P", &parent]).output().expect("pgrep can be started");
        let children = String::from_utf8_lossy(&children.stdout).into_owned();
        for process in std::iter::once(parent.as_str()).chain(children.lines()) {
            // One may have ended by itself meanwhile.
            let _ = Command::new("kill").args([&format!("-{name}"), process]).status();
        }
    }

    /// Runs SQL as its owner.
    pub fn run(&self, sql: &str) {
        self.execute(sql);
    }

    /// Cuts every connection to the database: by restarting our own cluster, or on a named server by ending its sessions.
    pub fn interrupt(&self, database_url: &str) {
        match &self.cluster {
            Some(cluster) => cluster.restart(),
            None => {
                let name = database_url
                    .split('?')
                    .next()
                    .and_then(|url| url.rsplit('/').next())
                    .expect("it has a name");
                self.execute(&format!(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
                ));
            }
        }
    }
}

impl Cluster {
    fn start(fsync: bool) -> Cluster {
        let binaries = binaries();
        let folder = janitor::folder("postgres");
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(&folder));
        }
        let data = folder.join("data");
        run(as_postgres(&binaries.join("initdb"), &folder)
            .args([
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
                "--pgdata",
            ])
            .arg(&data));
        // The port is free when it is chosen and may be taken before the server has it, so more than one try.
        for _ in 0..5 {
            let port = TcpListener::bind("127.0.0.1:0")
                .and_then(|socket| socket.local_addr())
                .expect("loopback")
                .port();
            let cluster = Cluster { binaries: binaries.clone(), folder: folder.clone(), port, fsync };
            if cluster.pg_ctl("start").success() {
                return cluster;
            }
        }
        panic!("PostgreSQL does not start: {}", log(&folder));
    }

    fn restart(&self) {
        assert!(self.pg_ctl("restart").success(), "PostgreSQL does not restart: {}", log(&self.folder));
    }

    fn pg_ctl(&self, verb: &str) -> ExitStatus {
        // Mostly no fsync: these data live for minutes. A restart loses nothing all the same, only a crash of the machine would.
        let settings = format!(
            "-c listen_addresses=127.0.0.1 -c port={} -c unix_socket_directories='' -c fsync={} -c max_connections={} -c shared_buffers=64MB",
            self.port,
            if self.fsync { "on" } else { "off" },
            // Those that are tormented have one server.
            if self.fsync { 40 } else { 200 },
        );
        as_postgres(&self.binaries.join("pg_ctl"), &self.folder)
            .args(["--wait", "--mode=fast", "--options", &settings, "--pgdata"])
            .arg(self.folder.join("data"))
            .arg("--log")
            .arg(self.folder.join("log"))
            .arg(verb)
            .stdin(std::process::Stdio::null())
            // Files, not pipes: the server would inherit a pipe and keep it open.
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .status()
            .expect("pg_ctl can be started")
    }
}

/// Where initdb lies: on the PATH, or where Debian puts it, the newest version.
fn binaries() -> PathBuf {
    let on_path = std::env::var_os("PATH")
        .into_iter()
        .flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    let mut debian: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    debian.sort();
    on_path
        .chain(debian.into_iter().rev().map(|(_, path)| path))
        .find(|path| path.join("initdb").is_file() && path.join("pg_ctl").is_file())
        .unwrap_or_else(|| {
            panic!("the API tests need PostgreSQL's initdb and pg_ctl (Debian: apt-get install postgresql), or TEST_DATABASE_URL=postgres://user@host/postgres")
        })
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id can be started");
    id.stdout.trim_ascii() == b"0"
}

/// initdb and the server refuse root.
fn as_postgres(program: &Path, folder: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir(folder);
    command
}

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let told = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&told));
}

/// What the server wrote. Its folder is gone by the time somebody reads the test's message.
fn log(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("log")).unwrap_or_default()
}
