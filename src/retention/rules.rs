//! What is due, and since when. Pure.

use super::types::{RetainedKind, RetentionRule};
use crate::clock::Instant;
use crate::removal::kinds::{self, Kind};
use chrono::Months;

/// What was closed or changed last before this is due today, by a rule. Whole days, in the Netherlands.
pub fn before(rule: &RetentionRule, now: Instant) -> Instant {
    let months = Months::new(u32::try_from(rule.months).unwrap_or(u32::MAX));
    match now.day().checked_sub_months(months) {
        Some(day) => Instant::at_start_of(day),
        None => Instant::at_start_of(chrono::NaiveDate::MIN),
    }
}

/// The records of a kind; none where they are no records.
pub fn kind(retained: RetainedKind) -> Option<Kind> {
    kinds::named(retained.into())
}

const OF_CYCLE: &str = "((r.cycle_id IS NULL AND r.updated_at < {before}) OR r.cycle_id IN (SELECT c.id FROM cycles c \
     WHERE c.network_id = {network} AND ((c.phase = 'closed' AND c.closed_at < {before}) \
     OR (c.phase = 'abandoned' AND c.updated_at < {before}))))";
const BY_ITSELF: &str = "r.updated_at < {before}";
const UNCHANGING: &str = "r.created_at < {before}";
const CLOSED: &str = "r.state = 'closed' AND r.updated_at < {before}";
const ABOUT_NOBODY: &str = "r.updated_at < {before} \
     AND NOT EXISTS (SELECT 1 FROM questions l WHERE l.network_id = r.network_id AND l.pseudonym_id = r.id) \
     AND NOT EXISTS (SELECT 1 FROM observations l WHERE l.network_id = r.network_id \
     AND l.on_behalf_of_pseudonym_id = r.id) \
     AND NOT EXISTS (SELECT 1 FROM observation_pseudonyms l WHERE l.network_id = r.network_id \
     AND l.pseudonym_id = r.id) \
     AND NOT EXISTS (SELECT 1 FROM perceptions l WHERE l.network_id = r.network_id AND l.pseudonym_id = r.id) \
     AND NOT EXISTS (SELECT 1 FROM effect_calculations l WHERE l.network_id = r.network_id \
     AND l.pseudonym_id = r.id) \
     AND NOT EXISTS (SELECT 1 FROM data_subject_requests l WHERE l.network_id = r.network_id \
     AND l.pseudonym_id = r.id AND l.decided_at IS NULL)";
const DECIDED: &str = "r.decided_at < {before}";

/// When a record `r` of a kind is due.
pub fn condition(retained: RetainedKind) -> &'static str {
    use RetainedKind::*;
    match retained {
        Question | Observation | Reflection | Action | Evaluation | Insight | Session => OF_CYCLE,
        EffectArena | EffectCalculation => OF_CYCLE,
        EffectSquare | Perception => BY_ITSELF,
        CheckIn => CLOSED,
        KeptReport | Change | Access => UNCHANGING,
        Pseudonym => ABOUT_NOBODY,
        DataSubjectRequest => DECIDED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator;

    #[test]
    fn months_are_counted_in_whole_days_of_the_netherlands() {
        let instant = |text: &str| serde_json::from_value::<Instant>(text.into()).expect("an instant");
        let rule = |months| RetentionRule { kind: RetainedKind::Observation, months };
        // Half past midnight there already, and the last day of a month that is shorter.
        let now = instant("2028-05-30T22:30:00Z");
        assert_eq!(before(&rule(3), now), instant("2028-02-28T23:00:00Z"));
        assert_eq!(before(&rule(24), now), instant("2026-05-30T22:00:00Z"));
    }

    #[test]
    fn each_kind_but_the_logs_is_of_records() {
        for retained in RetainedKind::iter() {
            let is_log = matches!(retained, RetainedKind::Change | RetainedKind::Access);
            assert_eq!(kind(retained).is_none(), is_log, "{retained:?}");
            let in_cycle = kind(retained).is_some_and(|kind| kind.in_cycle);
            assert_eq!(condition(retained) == OF_CYCLE, in_cycle, "{retained:?}");
        }
    }
}
