//! When an emergency access goes on and ends. Pure.

use super::types::EmergencyAccess;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::ids::Id;

/// The longest that one lasts. Who needs more states the cause again.
pub const MOST_HOURS: i64 = 24;
/// Where the body says nothing.
pub const USUAL_HOURS: i64 = 1;

/// Whether it goes on at a moment.
pub fn is_open(access: &EmergencyAccess, now: Instant) -> bool {
    access.ended_at.is_none() && now < access.expires_at
}

/// Ends one that goes on; 409 for one that has ended, by whomever or by itself. The state it had, by name.
pub fn end(access: &mut EmergencyAccess, person_id: Id, now: Instant) -> Result<&'static str> {
    if !is_open(access, now) {
        return Err(Error::conflict("emergency_access_ended", "The emergency access has ended already."));
    }
    access.ended_at = Some(now);
    access.ended_by = Some(person_id);
    Ok("open")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;
    use chrono::Duration;

    #[test]
    fn it_ends_once_by_somebody_or_by_itself() {
        let now = clock::now();
        let mut access = EmergencyAccess {
            id: Id::new(),
            network_id: Id::new(),
            person_id: Id::new(),
            cause: "Nobody else can look.".into(),
            created_at: now,
            updated_at: now,
            expires_at: now.plus(Duration::hours(1)),
            ended_at: None,
            ended_by: None,
            version: 1,
            digest: Vec::new(),
        };
        assert!(is_open(&access, now) && !is_open(&access, access.expires_at));
        assert!(end(&mut access.clone(), Id::NIL, access.expires_at).is_err());
        assert!(end(&mut access, Id::NIL, now).is_ok_and(|from| from == "open"));
        assert!(!is_open(&access, now) && end(&mut access, Id::NIL, now).is_err());
    }
}
