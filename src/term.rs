//! Terms: the time for which somebody or something takes part, with a beginning and perhaps an end. A term that has
//! ended stays as it was; who comes back gets a new one.

use crate::clock::Instant;
use crate::error::{Error, FieldError, Result};
use crate::http::text::Nullable;

/// A term does not end before it begins: what the body alone shows.
pub fn ends_after_start(starts_at: Option<Instant>, ends_at: Option<Instant>, faults: &mut Vec<FieldError>) {
    if let (Some(starts_at), Some(ends_at)) = (starts_at, ends_at)
        && ends_at <= starts_at
    {
        faults.push(ends_too_early());
    }
}

/// 409 where a patch would end a term before it began.
pub fn may_end(starts_at: Instant, patch: &Nullable<Instant>) -> Result<()> {
    match patch.0 {
        Some(Some(ends_at)) if ends_at <= starts_at => Err(Error::inconsistent(vec![ends_too_early()])),
        _ => Ok(()),
    }
}

/// 409 for a change to a term that has ended; `what` begins the sentence.
pub fn not_ended(what: &str, ends_at: Option<Instant>, now: Instant) -> Result<()> {
    match ends_at {
        Some(end) if end <= now => Err(Error::conflict("ended", format!("{what} has ended."))),
        _ => Ok(()),
    }
}

fn ends_too_early() -> FieldError {
    FieldError::new("/endsAt", "inconsistent", "Must lie after startsAt.")
}
