//! One connection to a server, kept open, for those who ask so often that a general client would be what is measured.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

pub struct Wire {
    address: String,
    token: String,
    stream: Option<BufReader<TcpStream>>,
}

/// What came back, as far as these tests look.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub retry_after: Option<String>,
    pub media_type: String,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// A refusal that tells when to come again, as a problem.
    pub fn is_busy(&self) -> bool {
        self.status == 503
            && self.retry_after.as_deref().is_some_and(|seconds| seconds.parse::<u32>().is_ok())
            && self.media_type == "application/problem+json"
    }
}

impl Wire {
    pub fn to(base: &str, token: &str) -> Wire {
        let address = base.trim_start_matches("http://").to_owned();
        Wire { address, token: token.to_owned(), stream: None }
    }

    pub fn get(&mut self, path: &str) -> io::Result<Reply> {
        self.ask("GET", path, "", "")
    }

    pub fn post(&mut self, path: &str, body: &Value) -> io::Result<Reply> {
        self.post_text(path, &body.to_string())
    }

    /// The same with a body that is text already, for those who would else spend their time on writing it.
    pub fn post_text(&mut self, path: &str, body: &str) -> io::Result<Reply> {
        self.ask("POST", path, "Content-Type: application/json\r\n", body)
    }

    pub fn patch(&mut self, path: &str, version: i64, body: &Value) -> io::Result<Reply> {
        let headers = format!("Content-Type: application/merge-patch+json\r\nIf-Match: \"{version}\"\r\n");
        self.ask("PATCH", path, &headers, &body.to_string())
    }

    fn ask(&mut self, method: &str, path: &str, headers: &str, body: &str) -> io::Result<Reply> {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\n{headers}Content-Length: {}\r\n\r\n",
            self.address,
            self.token,
            body.len()
        );
        let reply = self.exchange(&[head.as_bytes(), body.as_bytes()].concat());
        if reply.is_err() {
            self.stream = None;
        }
        reply
    }

    fn exchange(&mut self, request: &[u8]) -> io::Result<Reply> {
        if self.stream.is_none() {
            let stream = TcpStream::connect(&self.address)?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(Duration::from_secs(60)))?;
            self.stream = Some(BufReader::new(stream));
        }
        let stream = self.stream.as_mut().ok_or(io::ErrorKind::NotConnected)?;
        stream.get_mut().write_all(request)?;
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or(io::ErrorKind::UnexpectedEof)?;
        let (mut length, mut closes) = (0, false);
        let mut reply = Reply { status, retry_after: None, media_type: String::new(), body: Vec::new() };
        loop {
            line.clear();
            stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap_or(0),
                "retry-after" => reply.retry_after = Some(value.to_owned()),
                "content-type" => reply.media_type = value.to_owned(),
                "connection" => closes = value.eq_ignore_ascii_case("close"),
                _ => {}
            }
        }
        reply.body.resize(length, 0);
        stream.read_exact(&mut reply.body)?;
        if closes {
            self.stream = None;
        }
        Ok(reply)
    }
}
