//! A term: being a member or a participant from one instant on, and until another if it ends.

use crate::clock::Instant;
use crate::db::schema::{members, participants};
use diesel::prelude::*;

/// Members at an instant, which is today's where nothing else is asked.
#[diesel::dsl::auto_type]
pub fn member_at(now: Instant) -> _ {
    members::starts_at.le(now).and(members::ends_at.is_null().or(members::ends_at.gt(now)))
}

/// Participants at an instant.
#[diesel::dsl::auto_type]
pub fn participant_at(now: Instant) -> _ {
    participants::starts_at.le(now).and(participants::ends_at.is_null().or(participants::ends_at.gt(now)))
}
