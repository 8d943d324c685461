//! Privacy warnings: what was found in texts that were stored all the same, for their authors and the network's guides to
//! look at.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::clock::Instant;
use crate::edits::Edit;
use crate::error::{Error, Result};
use crate::http::body::HappenedAt;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::transitions::{self, Moves};
use rules::{Rewritten, Settled, Subject, Warned};
use serde::Serialize;
use types::{PrivacyWarning, PrivacyWarningTransition, WarningState};

/// Whether a network ever had a warning.
pub fn are_there(tx: &mut Tx<'_>, network_id: Id) -> Result<bool> {
    Ok(store::are_there(tx, network_id)?)
}

/// The open warnings of a record: what its writer is told when the same is sent again.
pub fn open_of(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<PrivacyWarning>> {
    let mut standing = store::standing_of(tx, subject.network_id, subject.id)?;
    standing.retain(|warning| warning.state == WarningState::Open);
    Ok(standing)
}

/// Keeps what was found in texts that were just stored, and resolves what is gone from them. Answers with what their writer
/// is to look at, or has confirmed with them.
pub fn settle(
    tx: &mut Tx<'_>,
    subject: &Subject,
    found: Vec<Warned>,
    rewritten: &Rewritten,
    confirms: bool,
) -> Result<Vec<PrivacyWarning>> {
    let person_id = tx.acting.ok_or_else(|| Error::internal("a text was written by nobody"))?;
    let before = match rewritten {
        Rewritten::Nothing => Vec::new(),
        Rewritten::Members(_) => store::standing_of(tx, subject.network_id, subject.id)?,
    };
    let Settled { new, changed, open, covered } =
        rules::settle(before, found, rewritten, subject, person_id, confirms, tx.now);
    store::insert_all(tx, &new.iter().collect::<Vec<_>>())?;
    for warning in &new {
        tx.note("created", warning);
    }
    let mut told: Vec<PrivacyWarning> = open;
    for (what, mut warning) in changed {
        store::save(tx, &mut warning)?;
        let what_is_told = if matches!(what, "moved" | "turned") { "updated" } else { what };
        if covered.contains(&warning.id) {
            let seen = PrivacyWarning { private: false, ..warning.clone() };
            tx.note("hidden", &seen);
        }
        tx.note(what_is_told, &warning);
        // A confirmed one that only moved was looked at before, and what was not rewritten was told of.
        if what == "confirmed" || (what != "turned" && warning.state == WarningState::Open) {
            told.push(warning);
        }
    }
    told.extend(new);
    told.sort_by(|one, other| (&one.pointer, one.starts).cmp(&(&other.pointer, other.starts)));
    Ok(told)
}

/// Confirms a warning: somebody looked, and what it points at may stand.
pub fn transition(
    tx: &mut Tx<'_>,
    warning: PrivacyWarning,
    person_id: Id,
    if_match: &IfMatch,
    body: &PrivacyWarningTransition,
) -> Result<PrivacyWarning> {
    let confirms = Confirming { body, person_id, now: tx.now };
    transitions::move_one(tx, person_id, Edit { record: warning, if_match, body: &confirms }, store::save)
}

/// The move, and who makes it when: the warning says so by itself.
#[derive(Serialize)]
#[serde(transparent)]
struct Confirming<'b> {
    body: &'b PrivacyWarningTransition,
    #[serde(skip)]
    person_id: Id,
    #[serde(skip)]
    now: Instant,
}

impl Moves<PrivacyWarning> for Confirming<'_> {
    fn id(&self) -> Option<Id> {
        self.body.id
    }
    fn to(&self) -> &'static str {
        WarningState::Confirmed.into()
    }
    fn reason(&self) -> Option<&str> {
        None
    }
    fn happened_at(&self) -> Option<HappenedAt> {
        self.body.happened_at
    }
    fn apply(&self, warning: &mut PrivacyWarning) -> Result<&'static str> {
        rules::confirm_open(warning, self.person_id, HappenedAt::or_now(self.body.happened_at, self.now))
    }
}

/// Lets the warnings of a record lie where it lies now; it left the network `left`.
pub fn follow(tx: &mut Tx<'_>, left: Id, subject_id: Id, network_id: Id, cycle_id: Option<Id>) -> Result<()> {
    if tx.text_guard(left).is_none() {
        return Ok(());
    }
    store::follow(tx, left, subject_id, network_id, cycle_id)?;
    if left != network_id { tx.renew_text_guard(network_id) } else { Ok(()) }
}
