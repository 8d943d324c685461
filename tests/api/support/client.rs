//! A plain HTTP client that holds every answer it gets against the contract.

use std::ops::Index;
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::Value;

use super::contract;

/// One request, as it goes over the wire.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: &'static str,
    /// From the first slash, query included.
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<Vec<u8>>,
}

impl Request {
    pub fn new(method: &'static str, path: impl Into<String>) -> Request {
        Request { method, path: path.into(), headers: Vec::new(), body: None }
    }

    pub fn header(mut self, name: &str, value: impl Into<String>) -> Request {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// A JSON body under the media type that the method asks for.
    pub fn json(self, body: &Value) -> Request {
        let media_type =
            if self.method == "PATCH" { "application/merge-patch+json" } else { "application/json" };
        self.raw(media_type, body.to_string())
    }

    pub fn raw(mut self, media_type: &str, body: impl Into<Vec<u8>>) -> Request {
        self.body = Some(body.into());
        self.header("Content-Type", media_type)
    }

    pub fn if_match(self, version: i64) -> Request {
        self.header("If-Match", format!("\"{version}\""))
    }
}

/// Somebody, or nobody, talking to one server.
#[derive(Clone)]
pub struct Client {
    pub base: String,
    token: Option<String>,
}

/// One pool of connections for the process. No redirects: the API promises none.
fn agent() -> &'static ureq::Agent {
    static AGENT: OnceLock<ureq::Agent> = OnceLock::new();
    AGENT.get_or_init(|| {
        ureq::Agent::config_builder()
            // Sooner than the server hangs up on an idle connection, after 5 s: a POST that meets that is not sent again.
            .max_idle_age(Duration::from_secs(2))
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .build()
            .new_agent()
    })
}

impl Client {
    pub fn anonymous(base: &str) -> Client {
        Client { base: base.to_owned(), token: None }
    }

    pub fn with_token(base: &str, token: impl Into<String>) -> Client {
        Client { base: base.to_owned(), token: Some(token.into()) }
    }

    pub fn token(&self) -> &str {
        self.token.as_deref().expect("this client is signed in")
    }

    pub fn get(&self, path: impl Into<String>) -> Answer {
        self.send(Request::new("GET", path))
    }

    pub fn post(&self, path: impl Into<String>, body: Value) -> Answer {
        self.send(Request::new("POST", path).json(&body))
    }

    pub fn put(&self, path: impl Into<String>, body: Value) -> Answer {
        self.send(Request::new("PUT", path).json(&body))
    }

    pub fn patch(&self, path: impl Into<String>, version: i64, body: Value) -> Answer {
        self.send(Request::new("PATCH", path).if_match(version).json(&body))
    }

    pub fn delete(&self, path: impl Into<String>, version: i64) -> Answer {
        self.send(Request::new("DELETE", path).if_match(version))
    }

    /// Sends, and fails the test when the answer is not what the contract says.
    pub fn send(&self, request: Request) -> Answer {
        let answer = self
            .try_send(&request)
            .unwrap_or_else(|error| panic!("{} {}: {error}", request.method, request.path));
        contract::check(&self.base, &request, &answer);
        answer
    }

    /// For tests in which the server may be gone: an error where no answer came.
    pub fn try_send(&self, request: &Request) -> Result<Answer, ureq::Error> {
        let mut builder = ureq::http::Request::builder()
            .method(request.method)
            .uri(format!("{}{}", self.base, request.path));
        if let Some(token) = &self.token {
            builder = builder.header("Authorization", format!("Bearer {token}"));
        }
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        let mut response = match &request.body {
            Some(bytes) => agent().run(builder.body(bytes.as_slice())?)?,
            None => agent().run(builder.body(())?)?,
        };
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| {
                (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            })
            .collect();
        let bytes = response.body_mut().with_config().limit(64 << 20).read_to_vec()?;
        // Lossy: the docs page has pictures.
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let asked = format!("{} {}", request.method, request.path);
        Ok(Answer { bytes, ..Answer::new(asked, response.status().as_u16(), headers, text) })
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Method and path, for messages.
    pub asked: String,
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub text: String,
    /// As they came; none where the answer was not read by `Client`.
    pub bytes: Vec<u8>,
    /// Null when the text is no JSON.
    pub body: Value,
}

impl Answer {
    pub fn new(asked: String, status: u16, headers: Vec<(String, String)>, text: String) -> Answer {
        // Lines of JSON are none, though there be only one.
        let lines = headers.iter().any(|(_, value)| value.starts_with("application/jsonl"));
        let body = if lines { Value::Null } else { serde_json::from_str(&text).unwrap_or(Value::Null) };
        Answer { asked, status, headers, text, bytes: Vec::new(), body }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub fn media_type(&self) -> &str {
        self.header("content-type").unwrap_or("").split(';').next().unwrap_or("").trim()
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.text);
        self
    }

    /// A refusal with this status and code.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Answer {
        assert_eq!(
            (self.status, self.body["code"].as_str().unwrap_or("")),
            (status, code),
            "{}: {}",
            self.asked,
            self.text
        );
        self
    }

    /// A 400 with exactly these `(pointer, code)` pairs, in any order.
    #[track_caller]
    pub fn errors(self, expected: &[(&str, &str)]) -> Answer {
        assert_eq!(self.status, 400, "{}: {}", self.asked, self.text);
        self.pointers(expected)
    }

    #[track_caller]
    pub fn pointers(self, expected: &[(&str, &str)]) -> Answer {
        let mut got: Vec<(&str, &str)> = self.body["errors"]
            .as_array()
            .unwrap_or_else(|| panic!("{} names no errors: {}", self.asked, self.text))
            .iter()
            .map(|error| (error["pointer"].as_str().unwrap_or("?"), error["code"].as_str().unwrap_or("?")))
            .collect();
        got.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(got, expected, "{}: {}", self.asked, self.text);
        self
    }

    #[track_caller]
    pub fn id(&self) -> String {
        self.text_of("id")
    }

    #[track_caller]
    pub fn text_of(&self, member: &str) -> String {
        self.body[member]
            .as_str()
            .unwrap_or_else(|| panic!("{}: no text {member} in {}", self.asked, self.text))
            .to_owned()
    }

    #[track_caller]
    pub fn version(&self) -> i64 {
        self.body["version"].as_i64().unwrap_or_else(|| panic!("{}: no version in {}", self.asked, self.text))
    }

    #[track_caller]
    pub fn items(&self) -> &Vec<Value> {
        self.body["items"].as_array().unwrap_or_else(|| panic!("{}: no items in {}", self.asked, self.text))
    }

    /// The ids of a list, in its order.
    #[track_caller]
    pub fn ids(&self) -> Vec<String> {
        self.items().iter().map(|item| item["id"].as_str().expect("an item has an id").to_owned()).collect()
    }
}

impl Index<&str> for Answer {
    type Output = Value;
    fn index(&self, member: &str) -> &Value {
        &self.body[member]
    }
}
