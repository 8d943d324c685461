//! When each API key was last used. Collected in memory, to the minute, and written now and then: a use is no change.

use crate::clock::Instant;
use crate::ids::Id;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

const MINUTE: i64 = 60_000_000;

/// The uses that are still to be written: of each key, by its network and its id, the last.
#[derive(Clone, Default)]
pub struct KeyUses(Arc<Mutex<BTreeMap<(Id, Id), Instant>>>);

impl KeyUses {
    /// Notes a use. More than one at a moment are one, so that work which is run again does no harm.
    pub(super) fn note(&self, network_id: Id, key_id: Id, at: Instant) {
        let minute = Instant::from_micros(at.micros() - at.micros().rem_euclid(MINUTE)).unwrap_or(at);
        self.merge([((network_id, key_id), minute)]);
    }

    /// Takes what is to be written.
    pub fn take(&self) -> BTreeMap<(Id, Id), Instant> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Adds uses, such as those that could not be written.
    pub fn merge(&self, uses: impl IntoIterator<Item = ((Id, Id), Instant)>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, at) in uses {
            known.entry(key).and_modify(|last| *last = at.max(*last)).or_insert(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;
    use chrono::Duration;

    #[test]
    fn the_last_use_of_each_key_is_kept_to_the_minute() {
        let (uses, network, one, other) = (KeyUses::default(), Id::new(), Id::new(), Id::new());
        let now = clock::now();
        uses.note(network, one, now);
        uses.note(network, one, now.minus(Duration::hours(1)));
        uses.note(network, other, now.minus(Duration::hours(2)));
        let taken = uses.take();
        assert!(uses.take().is_empty());
        let last = taken[&(network, one)];
        assert!(last <= now && now < last.plus(Duration::minutes(1)) && last.micros() % MINUTE == 0);
        uses.note(network, other, now);
        uses.merge(taken);
        assert_eq!(uses.take().values().collect::<Vec<_>>(), [&last, &last]);
    }
}
