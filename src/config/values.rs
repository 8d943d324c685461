//! The values of single settings, out of the text that was written.

use crate::http::public_url::PublicUrl;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// The framework tells at `info` how many workers it starts, and which of them it stops.
const LOG_FILTER: &str = "info,actix_server=warn";

/// How a line of the log is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LogFormat {
    /// For people: key=value pairs behind the message.
    Text,
    /// For programs: one JSON object a line.
    Json,
}

/// A setting that is set: compose files and shells easily hand over an empty one.
pub fn given(setting: &Option<String>) -> Option<&str> {
    setting.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

pub fn switch(name: &str, setting: &Option<String>) -> Result<bool, String> {
    match given(setting).map(str::to_ascii_lowercase).as_deref() {
        None | Some("false" | "no" | "off" | "0") => Ok(false),
        Some("true" | "yes" | "on" | "1") => Ok(true),
        Some(other) => Err(format!("{name}: expected true or false, not {other:?}.")),
    }
}

pub fn number(
    name: &str,
    setting: &Option<String>,
    default: usize,
    bounds: RangeInclusive<usize>,
) -> Result<usize, String> {
    let Some(text) = given(setting) else {
        return Ok(default);
    };
    text.parse().ok().filter(|number| bounds.contains(number)).ok_or_else(|| {
        format!("{name}: expected a whole number from {} to {}, not {text:?}.", bounds.start(), bounds.end())
    })
}

pub fn public_url(setting: &Option<String>) -> Result<PublicUrl, String> {
    let Some(text) = given(setting) else {
        return Ok(PublicUrl::default());
    };
    let base = PublicUrl::check(text).ok_or_else(|| {
        format!("PUBLIC_URL: expected an address such as https://leren.example.org, without a query, not {text:?}.")
    })?;
    Ok(PublicUrl(Some(base)))
}

pub fn log_format(setting: &Option<String>) -> Result<LogFormat, String> {
    match given(setting).map(str::to_ascii_lowercase).as_deref() {
        None | Some("text") => Ok(LogFormat::Text),
        Some("json") => Ok(LogFormat::Json),
        Some(other) => Err(format!("LOG_FORMAT: expected text or json, not {other:?}.")),
    }
}

/// The logger itself would leave out, with a warning, what it cannot read.
pub fn log_filter(setting: &Option<String>) -> Result<String, String> {
    let filter = given(setting).unwrap_or(LOG_FILTER);
    let readable = |part: &str| match part.split_once('=') {
        Some((_, level)) => level.trim().is_empty() || log::LevelFilter::from_str(level.trim()).is_ok(),
        None => true,
    };
    let levels = filter.split('/').next().unwrap_or_default();
    if filter.matches('/').count() > 1 || !levels.split(',').all(readable) {
        return Err(format!(
            "RUST_LOG: expected levels (off, error, warn, info, debug, trace) such as info or \
             warn,feedbacklus=debug, not {filter:?}."
        ));
    }
    Ok(filter.to_owned())
}
