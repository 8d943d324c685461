//! The log, on standard error: a line a record, in text for people or in JSON for programs.

use crate::clock::{self, Instant};
use crate::config::LogFormat;
use chrono::SecondsFormat;
use log::Record;
use log::kv;
use serde_json::Value;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::Write;

const OWN_TARGETS: &str = "feedbacklus";
const BACKTRACE: &str = "backtrace";

/// Sets the log up for the whole program. `filter` is in the words of `RUST_LOG`.
pub fn init(format: LogFormat, filter: &str) {
    let line = match format {
        LogFormat::Text => text_line,
        LogFormat::Json => json_line,
    };
    let set = env_logger::Builder::new()
        .parse_filters(filter)
        .format(move |out, record| out.write_all(line(clock::now(), record).as_bytes()))
        .try_init();
    // A logger that is there already stays, and what it makes of panics too.
    if set.is_ok() {
        std::panic::set_hook(Box::new(|panic| {
            let backtrace = Backtrace::capture();
            match backtrace.status() {
                BacktraceStatus::Captured => {
                    log::error!(backtrace = backtrace.to_string().as_str(); "{panic}");
                }
                _ => log::error!("{panic}"),
            }
        }));
    }
}

/// `2026-01-02T03:04:05.000006Z INFO  request method=GET route=/v1/me status=200`. The target is named where it is
/// another crate's.
fn text_line(at: Instant, record: &Record) -> String {
    let mut line = format!("{} {:<5} ", written(at), record.level());
    if !record.target().starts_with(OWN_TARGETS) {
        line.push_str(record.target());
        line.push_str(": ");
    }
    // A line stays a line, whatever is told in it.
    for c in record.args().to_string().chars() {
        if c.is_control() { line.extend(c.escape_default()) } else { line.push(c) }
    }
    for (key, value) in pairs(record) {
        match value {
            // Who asked for one, with RUST_BACKTRACE, wants to read it.
            Value::String(text) if key == BACKTRACE => line.push_str(&format!("\n{}", text.trim_end())),
            Value::String(text) if is_plain(&text) => line.push_str(&format!(" {key}={text}")),
            value => line.push_str(&format!(" {key}={value}")),
        }
    }
    line.push('\n');
    line
}

/// One JSON object: `at`, `level`, `target`, `message`, and the record's key-values behind them.
fn json_line(at: Instant, record: &Record) -> String {
    let mut line = String::with_capacity(256);
    let mut member = |key: &str, value: Value| {
        let before = if line.is_empty() { '{' } else { ',' };
        line.push_str(&format!("{before}{}:{value}", Value::from(key)));
    };
    member("at", written(at).into());
    member("level", record.level().as_str().to_ascii_lowercase().into());
    member("target", record.target().into());
    member("message", record.args().to_string().into());
    for (key, value) in pairs(record) {
        member(&key, value);
    }
    line.push_str("}\n");
    line
}

/// All of one length, so that lines stand under each other and sort.
fn written(at: Instant) -> String {
    at.to_chrono().to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// Whether a text can stand behind `key=` without quotes.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '=' | '\\'))
}

fn pairs(record: &Record) -> Vec<(String, Value)> {
    let mut pairs = Pairs(Vec::new());
    // Only a value that cannot be visited ends this, and none here is one.
    let _ = record.key_values().visit(&mut pairs);
    pairs.0
}

struct Pairs(Vec<(String, Value)>);

impl<'kvs> kv::VisitSource<'kvs> for Pairs {
    fn visit_pair(&mut self, key: kv::Key<'kvs>, value: kv::Value<'kvs>) -> Result<(), kv::Error> {
        let mut shaped = Shaped(Value::Null);
        value.visit(&mut shaped)?;
        self.0.push((key.as_str().to_owned(), shaped.0));
        Ok(())
    }
}

/// A value of the log as one of JSON.
struct Shaped(Value);

impl<'v> kv::VisitValue<'v> for Shaped {
    fn visit_any(&mut self, value: kv::Value) -> Result<(), kv::Error> {
        self.0 = value.to_string().into();
        Ok(())
    }
    fn visit_null(&mut self) -> Result<(), kv::Error> {
        self.0 = Value::Null;
        Ok(())
    }
    fn visit_u64(&mut self, value: u64) -> Result<(), kv::Error> {
        self.0 = value.into();
        Ok(())
    }
    fn visit_i64(&mut self, value: i64) -> Result<(), kv::Error> {
        self.0 = value.into();
        Ok(())
    }
    /// To three decimals: the rest of a duration is noise.
    fn visit_f64(&mut self, value: f64) -> Result<(), kv::Error> {
        self.0 = ((value * 1e3).round() / 1e3).into();
        Ok(())
    }
    fn visit_bool(&mut self, value: bool) -> Result<(), kv::Error> {
        self.0 = value.into();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line of the request log, and one of another crate that tries to look like two.
    fn lines(line: fn(Instant, &Record) -> String) -> [String; 2] {
        let at = Instant::from_micros(1_767_323_045_000_006).expect("an instant");
        let pairs: [(&str, kv::Value); 5] = [
            ("method", "GET".into()),
            ("route", "/v1/cycles/{cycleId}".into()),
            ("status", 200_u16.into()),
            ("duration_ms", 0.834_123_f64.into()),
            ("agent", "two words".into()),
        ];
        let request = line(
            at,
            &Record::builder()
                .level(log::Level::Info)
                .target("feedbacklus::request")
                .args(format_args!("request"))
                .key_values(&pairs)
                .build(),
        );
        let foreign = line(
            at,
            &Record::builder()
                .level(log::Level::Warn)
                .target("actix_server")
                .args(format_args!("one\n{{\"two\"}}"))
                .build(),
        );
        [request, foreign]
    }

    #[test]
    fn text_is_for_people() {
        let expected = [
            "2026-01-02T03:04:05.000006Z INFO  request method=GET route=/v1/cycles/{cycleId} status=200 \
             duration_ms=0.834 agent=\"two words\"\n",
            "2026-01-02T03:04:05.000006Z WARN  actix_server: one\\n{\"two\"}\n",
        ];
        assert_eq!(lines(text_line), expected);
    }

    #[test]
    fn json_is_one_object_a_line() {
        let [request, foreign] = lines(json_line);
        assert_eq!(
            request,
            "{\"at\":\"2026-01-02T03:04:05.000006Z\",\"level\":\"info\",\"target\":\"feedbacklus::request\",\
             \"message\":\"request\",\"method\":\"GET\",\"route\":\"/v1/cycles/{cycleId}\",\"status\":200,\
             \"duration_ms\":0.834,\"agent\":\"two words\"}\n"
        );
        assert_eq!(foreign.lines().count(), 1);
        let parsed: Value = serde_json::from_str(&foreign).expect("JSON");
        assert_eq!(parsed["message"], "one\n{\"two\"}");
    }
}
