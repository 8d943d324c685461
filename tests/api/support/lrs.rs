//! A real learning record store: xapi-rs, a program of its own, on a PostgreSQL database of its own.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::client::{Client, Request};
use super::janitor::{self, Kept};
use super::postgres::Postgres;

/// Who the tests are there.
pub const USERNAME: &str = "store@lrs.example";
pub const PASSWORD: &str = "a password for the store";

/// The store, which can be stopped and started again where it was.
pub struct Lrs {
    pub base: String,
    pub database_url: String,
    port: u16,
    folder: PathBuf,
    process: Option<Kept>,
}

impl Lrs {
    /// A store with nothing in it, running.
    pub fn start() -> Lrs {
        let mut lrs = Lrs::to_come();
        lrs.run();
        lrs
    }

    /// A store that does not run yet.
    pub fn to_come() -> Lrs {
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("loopback").port();
        let folder = janitor::folder("lrs");
        std::fs::create_dir(folder.join("logs")).expect("our own folder");
        Lrs {
            base: format!("http://127.0.0.1:{port}"),
            database_url: Postgres::shared().database(),
            port,
            folder,
            process: None,
        }
    }

    pub fn run(&mut self) {
        let (server, name) = self.database_url.rsplit_once('/').expect("an address has a name");
        let log = std::fs::File::create(self.folder.join("log")).expect("our own folder");
        let mut command = Command::new(program());
        command
            .env_clear()
            .current_dir(&self.folder)
            .env("CARGO_MANIFEST_DIR", &self.folder)
            .env("DB_SERVER_URL", server)
            .env("DB_NAME", name)
            .env("DB_STATEMENTS_PAGE_LEN", "1000")
            .env("LRS_EXTERNAL_URL", &self.base)
            .env("LRS_MODE", "auth")
            .env("LRS_ROOT_EMAIL", USERNAME)
            .env("LRS_ROOT_PASSWORD", PASSWORD)
            .env("EXT_DEFAULT_LANGUAGE", "en")
            .env("RUST_LOG", "info")
            .env("ROCKET_ADDRESS", "127.0.0.1")
            .env("ROCKET_PORT", self.port.to_string())
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("our own file"))
            .stderr(log);
        self.process = Some(Kept::start(&mut command));
        let begun = Instant::now();
        while Client::anonymous(&self.base).try_send(&Request::new("GET", "/about")).is_err() {
            let log = || std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(begun.elapsed() < Duration::from_secs(60), "the store does not start: {}", log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// As a power cut would.
    pub fn stop(&mut self) {
        drop(self.process.take());
    }

    /// What the server is to be told of it.
    pub fn settings(&self) -> [(&str, &str); 4] {
        [
            ("PUBLIC_URL", "https://leren.example.org"),
            ("XAPI_LRS_URL", &self.base),
            ("XAPI_LRS_USERNAME", USERNAME),
            ("XAPI_LRS_PASSWORD", PASSWORD),
        ]
    }

    pub fn get(&self, path: &str) -> super::client::Answer {
        let credentials = STANDARD.encode(format!("{USERNAME}:{PASSWORD}"));
        let request = Request::new("GET", path)
            .header("Authorization", format!("Basic {credentials}"))
            .header("X-Experience-API-Version", "2.0.0");
        Client::anonymous(&self.base).try_send(&request).expect("the store answers")
    }

    /// All statements that it shows, by their ids, without what a store adds to them.
    pub fn statements(&self) -> Vec<Value> {
        let answer = self.get("/statements").expect(200);
        assert!(
            answer["more"].as_str().unwrap_or_default().is_empty(),
            "all on one page: {}",
            answer["more"]
        );
        let mut statements = answer["statements"].as_array().expect("statements").clone();
        for statement in &mut statements {
            let members = statement.as_object_mut().expect("a statement");
            assert!(members.contains_key("stored") && members.contains_key("authority"));
            members.retain(|member, _| !["stored", "authority", "version"].contains(&member.as_str()));
        }
        by_id(statements)
    }
}

/// Statements in the order of their ids.
pub fn by_id(mut statements: Vec<Value>) -> Vec<Value> {
    statements.sort_by_key(|statement| statement["id"].as_str().map(str::to_owned));
    statements
}

fn program() -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/bin/xapi-rs");
    assert!(
        path.is_file(),
        "the tests of forwarding need the learning record store xapi-rs at {}: run scripts/ensure-lrs, as make test does",
        path.display()
    );
    path
}
