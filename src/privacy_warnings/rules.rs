//! Which warnings a text has after it was written: what was found before and stands yet, what is new, and what is gone.

use super::types::{PrivacyWarning, WarningState};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::identifiers::Finding;
use crate::ids::Id;
use crate::transitions::not_allowed;
use std::collections::BTreeSet;

/// Something found in a text that is stored all the same.
#[derive(Clone, Debug)]
pub struct Warned {
    pub pointer: String,
    pub finding: Finding,
    /// One byte of a keyed digest of what stands there.
    pub trace: u8,
}

/// A record that was written.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    pub kind: &'static str,
    pub network_id: Id,
    pub cycle_id: Option<Id>,
    pub id: Id,
    pub private: bool,
}

/// The members that a patch left as they were, or changed.
pub enum Rewritten {
    /// Nothing that was there before: a new record, or the reason of a move.
    Nothing,
    /// The members of a patch.
    Members(BTreeSet<String>),
}

/// What becomes of warnings with a write.
#[derive(Debug, Default)]
pub struct Settled {
    pub new: Vec<PrivacyWarning>,
    /// Those that are other than they were, with what happened to each.
    pub changed: Vec<(&'static str, PrivacyWarning)>,
    /// Those that stand as they did, open ones alone.
    pub open: Vec<PrivacyWarning>,
    /// Of those that are other than they were: the ones that guides saw before, and their record's author alone sees now.
    pub covered: BTreeSet<Id>,
}

/// Holds what is found now against what was found before. What was confirmed and stands yet is not warned of again.
pub fn settle(
    before: Vec<PrivacyWarning>,
    found: Vec<Warned>,
    rewritten: &Rewritten,
    subject: &Subject,
    person_id: Id,
    confirms: bool,
    now: Instant,
) -> Settled {
    let (mut settled, mut found) = (Settled::default(), found);
    let rewrites = |warning: &PrivacyWarning| match rewritten {
        Rewritten::Nothing => false,
        Rewritten::Members(members) => {
            warning.pointer.split('/').nth(1).is_some_and(|member| members.contains(member))
        }
    };
    for mut warning in before {
        // Who sees a record sees what is to be looked at in it.
        let turned = warning.private != subject.private;
        warning.private = subject.private;
        if turned && warning.private {
            settled.covered.insert(warning.id);
        }
        if !rewrites(&warning) {
            if turned {
                settled.changed.push(("turned", warning));
            }
            continue;
        }
        let Some(at) = found.iter().position(|one| is_same(&warning, one)) else {
            warning.state = WarningState::Resolved;
            warning.trace = None;
            settled.changed.push(("resolved", warning));
            continue;
        };
        let starts = position(found.remove(at).finding.offset);
        let moved = warning.starts != starts;
        warning.starts = starts;
        if confirms && warning.state == WarningState::Open {
            confirm(&mut warning, person_id, now);
            settled.changed.push(("confirmed", warning));
        } else if moved || turned {
            settled.changed.push(("moved", warning));
        } else if warning.state == WarningState::Open {
            settled.open.push(warning);
        }
    }
    settled.new.extend(found.into_iter().map(|one| new(one, subject, person_id, confirms, now)));
    settled
}

fn is_same(warning: &PrivacyWarning, found: &Warned) -> bool {
    warning.pointer == found.pointer
        && warning.kind == found.finding.kind
        && warning.length == position(found.finding.length)
        && warning.trace == Some(i32::from(found.trace))
}

fn new(found: Warned, subject: &Subject, person_id: Id, confirms: bool, now: Instant) -> PrivacyWarning {
    let Warned { pointer, finding, trace } = found;
    let mut warning = PrivacyWarning {
        id: Id::new(),
        network_id: subject.network_id,
        cycle_id: subject.cycle_id,
        subject_kind: subject.kind.into(),
        subject_id: subject.id,
        pointer,
        kind: finding.kind,
        certainty: finding.certainty,
        starts: position(finding.offset),
        length: position(finding.length),
        trace: Some(i32::from(trace)),
        state: WarningState::Open,
        private: subject.private,
        author_id: person_id,
        confirmed_by: None,
        confirmed_at: None,
        created_at: now,
        updated_at: now,
        version: 1,
    };
    if confirms {
        confirm(&mut warning, person_id, now);
    }
    warning
}

/// Texts are far shorter than this can count.
fn position(scalars: u32) -> i32 {
    i32::try_from(scalars).unwrap_or(i32::MAX)
}

fn confirm(warning: &mut PrivacyWarning, person_id: Id, now: Instant) {
    warning.state = WarningState::Confirmed;
    warning.confirmed_by = Some(person_id);
    warning.confirmed_at = Some(now);
}

/// Confirms an open warning. 409 for one that was resolved or confirmed.
pub fn confirm_open(warning: &mut PrivacyWarning, person_id: Id, now: Instant) -> Result<&'static str> {
    match warning.state {
        WarningState::Open => {
            confirm(warning, person_id, now);
            Ok("open")
        }
        state => {
            let refusal: Error = not_allowed::<&str>(state.into(), WarningState::Confirmed.into(), &[]);
            Err(refusal)
        }
    }
}
