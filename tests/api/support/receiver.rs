//! A receiver of webhooks on this machine, that keeps what it gets and answers as it is told.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, OnceLock};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::people::{Api, Part};
use super::server::Kind;
use super::team::{Team, with};

/// Servers that may send to this machine and wait shortly: for receivers that fail once, and never for long.
pub const SETTINGS: [(&str, &str); 3] = [
    ("WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8"),
    ("WEBHOOK_TIME_OUT", "2"),
    ("WEBHOOK_RETRIES", "0.05,0.05,0.05,0.05"),
];

impl Api {
    /// A server with these settings, which all tests of webhooks share.
    pub fn sending(kind: Kind) -> &'static Api {
        static SQLITE: OnceLock<Api> = OnceLock::new();
        static POSTGRES: OnceLock<Api> = OnceLock::new();
        let api = match kind {
            Kind::Sqlite => &SQLITE,
            Kind::Postgres => &POSTGRES,
        };
        api.get_or_init(|| Api::start(kind, &SETTINGS))
    }
}

/// One request, as it came.
#[derive(Clone, Debug)]
pub struct Received {
    pub line: String,
    /// By their names in lower case.
    pub headers: HashMap<String, String>,
    pub body: Vec<u8>,
}

impl Received {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no {name} in {self:?}"))
    }

    pub fn id(&self) -> &str {
        self.header("webhook-id")
    }

    pub fn event(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }

    pub fn kind(&self) -> String {
        self.event()["type"].as_str().expect("a type").to_owned()
    }

    /// Whether the specification's own library takes it.
    pub fn verify(&self, secret: &str) -> Result<(), standardwebhooks::WebhookError> {
        let mut headers = reqwest::header::HeaderMap::new();
        for (name, value) in &self.headers {
            let name: reqwest::header::HeaderName = name.parse().expect("a header");
            headers.insert(name, value.parse().expect("a value"));
        }
        standardwebhooks::Webhook::new(secret)?.verify(&self.body, &headers)
    }
}

/// What to answer with.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub after: Duration,
}

impl Reply {
    pub fn of(status: u16) -> Reply {
        Reply { status, headers: Vec::new(), after: Duration::ZERO }
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Reply {
        self.headers.push((name, value.into()));
        self
    }

    pub fn after(self, after: Duration) -> Reply {
        Reply { after, ..self }
    }
}

type Answering = dyn Fn(usize, &Received) -> Reply + Send + Sync;

struct Shared {
    got: Mutex<Vec<Received>>,
    more: Condvar,
}

pub struct Receiver {
    pub url: String,
    shared: Arc<Shared>,
}

impl Receiver {
    /// That answers 204.
    pub fn start() -> Receiver {
        Receiver::answering(|_, _| Reply::of(204))
    }

    /// That answers as is said, by how many requests came before.
    pub fn answering(answer: impl Fn(usize, &Received) -> Reply + Send + Sync + 'static) -> Receiver {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
        let shared = Arc::new(Shared { got: Mutex::default(), more: Condvar::new() });
        let (kept, answer): (_, Arc<Answering>) = (Arc::clone(&shared), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (shared, answer) = (Arc::clone(&kept), Arc::clone(&answer));
                std::thread::spawn(move || {
                    // A sender that gave up is no failure of the receiver.
                    let _ = serve(stream, &shared, &*answer);
                });
            }
        });
        Receiver { url, shared }
    }

    pub fn all(&self) -> Vec<Received> {
        self.shared.got.lock().expect("one at a time").clone()
    }

    /// Waits until so many have come, and answers with all.
    #[track_caller]
    pub fn wait_for(&self, count: usize) -> Vec<Received> {
        let begun = Instant::now();
        let mut got = self.shared.got.lock().expect("one at a time");
        while got.len() < count {
            let left = Duration::from_secs(20).saturating_sub(begun.elapsed());
            assert!(!left.is_zero(), "{} of {count} came: {:?}", got.len(), kinds(&got));
            got = self.shared.more.wait_timeout(got, left).expect("one at a time").0;
        }
        got.clone()
    }

    /// Waits for one of this kind.
    #[track_caller]
    pub fn wait_for_kind(&self, kind: &str) -> Received {
        let begun = Instant::now();
        loop {
            let all = self.all();
            if let Some(found) = all.iter().find(|received| received.kind() == kind) {
                return found.clone();
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "no {kind} in {:?}", kinds(&all));
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

pub fn kinds(received: &[Received]) -> Vec<String> {
    received.iter().map(Received::kind).collect()
}

fn serve(mut stream: TcpStream, shared: &Shared, answer: &Answering) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut headers = HashMap::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let received = Received { line: line.trim_end().to_owned(), headers, body };
    let reply = {
        let mut got = shared.got.lock().expect("one at a time");
        let reply = answer(got.len(), &received);
        got.push(received);
        reply
    };
    shared.more.notify_all();
    std::thread::sleep(reply.after);
    let headers: String = reply.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    write!(
        stream,
        "HTTP/1.1 {} Said\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n",
        reply.status
    )?;
    stream.flush()
}

impl Api {
    /// A delivery of a webhook that tells of this kind, with its sendings, once it stands so.
    #[track_caller]
    pub fn delivery(&self, hook: &Hook, kind: &str, state: &str) -> Value {
        let coordinator = self.client(Part::Coordinator);
        let mut found = Value::Null;
        super::eventually(&format!("{kind} is {state}"), || {
            let all = coordinator.get(hook.path("deliveries?limit=200")).expect(200);
            let of_kind =
                all.items().iter().find(|item| item["kind"] == kind && item["state"] == state).cloned();
            found = of_kind.unwrap_or_default();
            !found.is_null()
        });
        let id = found["id"].as_str().expect("an id");
        coordinator.get(format!("/v1/webhook-deliveries/{id}")).expect(200).body
    }
}

/// What came of a delivery's sendings, the newest first.
pub fn outcomes(delivery: &Value) -> Vec<(&str, Option<i64>)> {
    let attempts = delivery["attempts"].as_array().expect("sendings").iter();
    attempts.map(|sent| (sent["outcome"].as_str().expect("an outcome"), sent["status"].as_i64())).collect()
}

/// A webhook of a team, and its secret.
pub struct Hook {
    pub id: String,
    pub secret: String,
}

impl Hook {
    pub fn path(&self, rest: &str) -> String {
        format!("/v1/webhooks/{}/{rest}", self.id)
    }

    pub fn itself(&self) -> String {
        format!("/v1/webhooks/{}", self.id)
    }
}

impl Team<'_> {
    pub fn hook(&self, receiver: &Receiver, members: Value) -> Hook {
        let body = with(json!({"url": receiver.url}), members);
        let made = self.coordinator().post(self.path("webhooks"), body).expect(201);
        Hook { id: made.id(), secret: made.text_of("secret") }
    }
}
