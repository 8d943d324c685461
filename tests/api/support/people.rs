//! The cast: one person a role, plus outsiders and guests, made once per server since a password costs
//! deliberately much to hash. Every test has a network of its own and invites the cast into it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use serde_json::json;

use super::client::{Answer, Client};
use super::issuer::Issuer;
use super::server::{Kind, Server, create_admin};

/// The parts in the cast. Each keeps to its part in all tests: the outsider is a member of no tested network,
/// and nobody but the coordinator, the neighbour and the founder ever coordinates one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// An administrator who makes the networks of the tests, and so coordinates them.
    Founder,
    /// An administrator who is a member of nothing.
    Admin,
    Coordinator,
    Facilitator,
    Practitioner,
    /// A second practitioner.
    Colleague,
    Expert,
    Reader,
    Outsider,
    /// Coordinates networks that share a cycle with the team, and is not in the team.
    Neighbour,
    GuestFacilitator,
    GuestPractitioner,
    GuestReader,
}

const PARTS: usize = Part::GuestReader as usize + 1;

impl Part {
    fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }
}

pub struct Person {
    pub id: String,
    pub email: String,
    password: Mutex<String>,
    token: Mutex<Option<(String, Instant)>>,
}

impl Person {
    pub fn password(&self) -> String {
        self.password.lock().expect("one at a time").clone()
    }

    pub fn remember_password(&self, password: &str) {
        password.clone_into(&mut self.password.lock().expect("one at a time"));
    }
}

/// An administrator, made on the command line.
fn founder(database_url: &str, email: &str) -> Person {
    let password = "a founder's password";
    let id = create_admin(database_url, email, "Founder", password);
    Person { id, email: email.into(), password: Mutex::new(password.into()), token: Mutex::default() }
}

/// A server with its cast.
pub struct Api {
    pub kind: Kind,
    pub server: Arc<Server>,
    cast: [OnceLock<Person>; PARTS],
    counter: AtomicU64,
}

impl Api {
    /// A server on a fresh database, with a founder. It trusts the issuer that all tests share, where its settings name none.
    pub fn start(kind: Kind, settings: &[(&str, &str)]) -> Api {
        Api::founded(kind, &kind.database(), settings, Server::start_all)
    }

    /// The same as one process, however many instances the tests are run with: where it matters what a process keeps, or how it ends.
    pub fn start_one(kind: Kind, settings: &[(&str, &str)]) -> Api {
        Api::start_at(kind, &kind.database(), settings)
    }

    /// One process on a database that is there and empty.
    pub fn start_at(kind: Kind, database_url: &str, settings: &[(&str, &str)]) -> Api {
        Api::founded(kind, database_url, settings, Server::start)
    }

    fn founded(
        kind: Kind,
        database_url: &str,
        settings: &[(&str, &str)],
        start: impl FnOnce(&str, &[(&str, &str)]) -> Server,
    ) -> Api {
        super::server::run(super::server::program(&["migrate"]).env("DATABASE_URL", database_url));
        let founder = founder(database_url, "founder@tests.example");
        let settings = [&Issuer::shared().settings()[..], settings].concat();
        Api::with(kind, Arc::new(start(database_url, &settings)), founder, 0)
    }

    fn with(kind: Kind, server: Arc<Server>, founder: Person, counted: u64) -> Api {
        let cast = [const { OnceLock::new() }; PARTS];
        let api = Api { kind, server, cast, counter: AtomicU64::new(counted) };
        assert!(api.cast[Part::Founder as usize].set(founder).is_ok(), "set once");
        api
    }

    /// Another cast on the same server, whom nobody of this one knows.
    pub fn beside(&self) -> Api {
        let founder = founder(&self.server.database_url, "another.founder@tests.example");
        Api::with(self.kind, Arc::clone(&self.server), founder, 1_000_000)
    }

    /// On a database that has somebody else's cast.
    pub fn start_on(kind: Kind, server: Server) -> Api {
        let cast = [const { OnceLock::new() }; PARTS];
        Api { kind, server: Arc::new(server), cast, counter: AtomicU64::new(0) }
    }

    /// The same cast on a server that was started anew.
    pub fn on(self, server: Server) -> Api {
        Api { server: Arc::new(server), ..self }
    }

    pub fn shared(kind: Kind) -> &'static Api {
        static SQLITE: OnceLock<Api> = OnceLock::new();
        static POSTGRES: OnceLock<Api> = OnceLock::new();
        let api = match kind {
            Kind::Sqlite => &SQLITE,
            Kind::Postgres => &POSTGRES,
        };
        api.get_or_init(|| Api::start(kind, &[]))
    }

    /// A word that no other call on this server gives.
    pub fn unique(&self, word: &str) -> String {
        format!("{word}-{}", self.counter.fetch_add(1, Ordering::Relaxed))
    }

    pub fn anonymous(&self) -> Client {
        Client::anonymous(&self.server.base)
    }

    pub fn with_token(&self, token: impl Into<String>) -> Client {
        Client::with_token(&self.server.base, token)
    }

    /// The same client, past a proxy that may stand before the server: for what a proxy refuses by itself.
    pub fn directly(&self, client: &Client) -> Client {
        Client::with_token(&self.server.own_base, client.token())
    }

    /// Somebody of the cast, signed in.
    pub fn client(&self, part: Part) -> Client {
        self.signed_in(self.person(part))
    }

    pub fn founder(&self) -> Client {
        self.client(Part::Founder)
    }

    pub fn person(&self, part: Part) -> &Person {
        self.cast[part as usize].get_or_init(|| {
            let person = self.newcomer(&part.name());
            if part == Part::Admin {
                let founder = self.founder();
                let path = format!("/v1/people/{}", person.id);
                let version = founder.get(&path).expect(200).version();
                founder.patch(&path, version, json!({"systemRole": "admin"})).expect(200);
            }
            person
        })
    }

    /// Somebody with an account, who took up an invitation to a network that no test looks at.
    pub fn newcomer(&self, name: &str) -> Person {
        let founder = self.founder();
        let lobby =
            founder.post("/v1/networks", json!({"name": "Lobby", "kind": "community"})).expect(201).id();
        let email = format!("{}@tests.example", self.unique(name));
        let password = format!("the password of {name}");
        let invitation = founder
            .post(format!("/v1/networks/{lobby}/invitations"), json!({"email": email, "role": "reader"}))
            .expect(201);
        let account =
            json!({"token": invitation.text_of("token"), "displayName": name, "password": password});
        let tokens = self.anonymous().post("/v1/auth/accounts", account).expect(201);
        let token = tokens.text_of("accessToken");
        let id = self.with_token(&token).get("/v1/me").expect(200)["person"]["id"]
            .as_str()
            .expect("an id")
            .to_owned();
        Person { id, email, password: Mutex::new(password), token: Mutex::new(Some((token, Instant::now()))) }
    }

    /// Somebody on record who cannot sign in. Cheap: nothing is hashed.
    pub fn acquaintance(&self) -> String {
        let email = format!("{}@tests.example", self.unique("acquaintance"));
        self.founder().post("/v1/people", json!({"email": email, "displayName": "Somebody"})).expect(201).id()
    }

    /// With a token that lasts the test: a suite may take longer than the quarter of an hour that tokens live.
    pub fn signed_in(&self, person: &Person) -> Client {
        let mut token = person.token.lock().expect("one at a time");
        let fresh = token
            .as_ref()
            .filter(|(_, since)| since.elapsed() < Duration::from_secs(300))
            .map(|(token, _)| token.clone());
        let current = fresh.unwrap_or_else(|| {
            let made = self.sign_in(&person.email, &person.password()).expect(200).text_of("accessToken");
            *token = Some((made.clone(), Instant::now()));
            made
        });
        self.with_token(current)
    }

    pub fn sign_in(&self, email: &str, password: &str) -> Answer {
        self.anonymous().post("/v1/auth/tokens", json!({"email": email, "password": password}))
    }
}
