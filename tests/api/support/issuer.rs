//! A real OpenID Provider: `oidc-provider`, a program of its own (`clients/issuer`), with keys that rotate.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock};

use serde_json::{Value, json};

use super::client::{Client, Request};
use super::janitor::{self, Kept};

pub struct Issuer {
    /// As it names itself.
    pub name: String,
    /// Whom its tokens are for.
    pub audience: String,
    beside: Client,
    _process: Mutex<Kept>,
}

impl Issuer {
    /// One for all tests, whose keys stay as they are.
    pub fn shared() -> &'static Issuer {
        static SHARED: OnceLock<Issuer> = OnceLock::new();
        SHARED.get_or_init(Issuer::start)
    }

    pub fn start() -> Issuer {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients");
        assert!(
            folder.join("node_modules/oidc-provider").is_dir(),
            "the tests of OpenID Connect need what clients/package-lock.json names: run scripts/ensure-clients, as make \
             test does"
        );
        let log = std::fs::File::create(janitor::folder("issuer").join("log")).expect("our own folder");
        let mut command = Command::new("node");
        command
            .arg(folder.join("issuer/issuer.mjs"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log);
        let mut process = Kept::start(&mut command);
        let lines = BufReader::new(process.child.stdout.take().expect("piped")).lines();
        let told: Value = lines
            .map_while(Result::ok)
            .find_map(|line| serde_json::from_str(&line).ok())
            .unwrap_or_else(|| panic!("the issuer does not start"));
        let text = |member: &str| told[member].as_str().expect("an address").to_owned();
        Issuer {
            name: text("issuer"),
            audience: text("audience"),
            beside: Client::anonymous(&text("beside")),
            _process: Mutex::new(process),
        }
    }

    /// What a server is to be told of it.
    pub fn settings(&self) -> [(&str, &str); 2] {
        [("OIDC_ISSUER", &self.name), ("OIDC_AUDIENCE", &self.audience)]
    }

    /// The access token that somebody gets who signs in there.
    pub fn sign_in(&self, subject: &str) -> String {
        text_of(&self.ask("/sign-in", json!({"subject": subject})), "accessToken")
    }

    /// The ID token that comes with it, which tells an app who it is and opens nothing.
    pub fn id_token(&self, subject: &str) -> String {
        text_of(&self.ask("/sign-in", json!({"subject": subject})), "idToken")
    }

    /// A token that it never gave: see `clients/issuer/issuer.mjs`.
    pub fn forge(&self, key: &str, header: Value, claims: Value) -> String {
        text_of(&self.ask("/forge", json!({"key": key, "header": header, "claims": claims})), "token")
    }

    /// Other keys from now on; those before are withdrawn, or still published.
    pub fn rotate(&self, withdraw: bool) {
        self.ask("/rotate", json!({"withdraw": withdraw}));
    }

    /// How often its keys were read.
    pub fn key_requests(&self) -> u64 {
        self.ask("/requests", json!({}))["keys"].as_u64().expect("a number")
    }

    /// From now on it hangs up (`down`) or answers 503 (`mute`); none: it works again.
    pub fn breaks(&self, how: Option<&str>) {
        self.ask("/break", json!({"how": how}));
    }

    fn ask(&self, what: &str, told: Value) -> Value {
        let answer = self.beside.try_send(&Request::new("POST", what).json(&told)).expect("it answers");
        assert_eq!(answer.status, 200, "{what}: {}", answer.text);
        serde_json::from_str(&answer.text).expect("JSON")
    }
}

fn text_of(told: &Value, member: &str) -> String {
    told[member].as_str().unwrap_or_else(|| panic!("{member} in {told}")).to_owned()
}
