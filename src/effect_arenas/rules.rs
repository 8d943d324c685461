//! What makes a board whole, and how an arena moves.

use super::content::{
    ArenaActivity, ArenaCollector, ArenaContent, ArenaContentPatch, ArenaEffect, ArenaInvestor, ArenaStake,
};
use super::types::{ArenaState, EffectArena, EffectArenaPatch, EffectArenaTransition};
use crate::db::types::Json;
use crate::error::{Conflict, Error, FieldError, Result};
use crate::http::text::{Name, Text};
use crate::ids::Id;
use crate::label::Key;
use crate::practice::not_withdrawn;
use crate::transitions::not_allowed;
use serde_json::Map;
use std::collections::HashSet;

/// The parts of a board, as far as a body has them.
#[derive(Clone, Copy, Default)]
pub struct Parts<'a> {
    activities: Option<&'a [ArenaActivity]>,
    effects: Option<&'a [ArenaEffect]>,
    investors: Option<&'a [ArenaInvestor]>,
    collectors: Option<&'a [ArenaCollector]>,
}

impl<'a> From<&'a ArenaContent> for Parts<'a> {
    fn from(content: &'a ArenaContent) -> Parts<'a> {
        Parts {
            activities: Some(&content.activities),
            effects: Some(&content.effects),
            investors: Some(&content.investors),
            collectors: Some(&content.collectors),
        }
    }
}

impl<'a> From<&'a ArenaContentPatch> for Parts<'a> {
    fn from(patch: &'a ArenaContentPatch) -> Parts<'a> {
        Parts {
            activities: patch.activities.0.as_deref(),
            effects: patch.effects.0.as_deref(),
            investors: patch.investors.0.as_deref(),
            collectors: patch.collectors.0.as_deref(),
        }
    }
}

/// What does not go together: keys that are there twice, references to keys that are not there, and who is named in two
/// ways or in none. References into a list that the body does not have are not judged.
pub fn faults(parts: &Parts<'_>) -> Vec<FieldError> {
    let mut faults = Faults::default();
    let activity_keys = parts.activities.map(|list| list.iter().map(|part| &part.key).collect());
    let effect_keys = parts.effects.map(|list| list.iter().map(|part| &part.key).collect());
    for (at, activity) in parts.activities.into_iter().flatten().enumerate() {
        faults.key(&format!("activities/{at}"), &activity.key);
    }
    for (at, effect) in parts.effects.into_iter().flatten().enumerate() {
        let place = format!("effects/{at}");
        faults.key(&place, &effect.key);
        faults.known(
            &format!("{place}/activityKeys"),
            effect.activity_keys.as_deref(),
            activity_keys.as_ref(),
        );
    }
    for (at, investor) in parts.investors.into_iter().flatten().enumerate() {
        let place = format!("investors/{at}");
        faults.key(&place, &investor.key);
        faults.known(
            &format!("{place}/activityKeys"),
            investor.activity_keys.as_deref(),
            activity_keys.as_ref(),
        );
        faults.party(&place, investor.organisation_id, investor.name.as_ref());
        faults.stake(&place, investor.expected.as_ref().or(investor.seen.as_ref()));
    }
    for (at, collector) in parts.collectors.into_iter().flatten().enumerate() {
        let place = format!("collectors/{at}");
        faults.key(&place, &collector.key);
        if effect_keys.as_ref().is_some_and(|known: &HashSet<&Key>| !known.contains(&collector.effect_key)) {
            faults.unknown(&format!("{place}/effectKey"), &collector.effect_key);
        }
        faults.party(&place, collector.organisation_id, collector.name.as_ref());
        faults.stake(&place, collector.expected.as_ref().or(collector.seen.as_ref()));
    }
    faults.found
}

#[derive(Default)]
struct Faults<'a> {
    keys: HashSet<&'a Key>,
    found: Vec<FieldError>,
}

impl<'a> Faults<'a> {
    fn tell(&mut self, place: &str, code: &'static str, detail: impl Into<String>) {
        self.found.push(FieldError::new(format!("/content/{place}"), code, detail));
    }

    fn key(&mut self, place: &str, key: &'a Key) {
        if !self.keys.insert(key) {
            self.tell(&format!("{place}/key"), "duplicate", "Another part of the board has this key.");
        }
    }

    fn unknown(&mut self, place: &str, key: &Key) {
        self.tell(place, "unknown_key", format!("{key} is no key of such a part of the board."));
    }

    fn known(&mut self, place: &str, named: Option<&[Key]>, known: Option<&HashSet<&Key>>) {
        let Some(known) = known else { return };
        for (at, key) in named.into_iter().flatten().enumerate() {
            if !known.contains(key) {
                self.unknown(&format!("{place}/{at}"), key);
            }
        }
    }

    fn party(&mut self, place: &str, organisation_id: Option<Id>, name: Option<&Name>) {
        match (organisation_id, name) {
            (None, None) => {
                let detail = "Name the partner by its organisation, or whoever is none by `name`.";
                self.tell(&format!("{place}/organisationId"), "required", detail);
            }
            (Some(_), Some(_)) => {
                let detail = "A partner has the name of its organisation.";
                self.tell(&format!("{place}/name"), "inconsistent", detail);
            }
            _ => {}
        }
    }

    fn stake(&mut self, place: &str, either: Option<&ArenaStake>) {
        if either.is_none() {
            let detail = "Say what is expected, or what was seen.";
            self.tell(&format!("{place}/expected"), "required", detail);
        }
    }
}

/// Applies a patch: all of it to a draft; to what is agreed only what was seen, with its evidence.
pub fn amend(arena: &mut EffectArena, patch: EffectArenaPatch) -> Result<()> {
    not_withdrawn(arena.state == ArenaState::Withdrawn)?;
    let before = arena.clone();
    patch.title.apply(&mut arena.title, Text::into_string);
    patch.session_id.apply(&mut arena.session_id, |id| id);
    patch.participant_ids.apply(&mut arena.participant_ids, |ids| Json(ids.into_vec()));
    if let Some(patch) = patch.content.0 {
        let content = &mut arena.content.0;
        patch.activities.apply(&mut content.activities, |list| list);
        patch.effects.apply(&mut content.effects, |list| list);
        patch.investors.apply(&mut content.investors, |list| list);
        patch.collectors.apply(&mut content.collectors, |list| list);
    }
    let faults = faults(&Parts::from(&arena.content.0));
    if !faults.is_empty() {
        return Err(Error::inconsistent(faults));
    }
    match arena.state {
        ArenaState::Draft => Ok(()),
        ArenaState::Agreed | ArenaState::Evaluated => stands(&before, arena),
        ArenaState::Withdrawn => Ok(()),
    }
}

/// 409 with a pointer for each member that an agreement has fixed and that is another one now.
fn stands(before: &EffectArena, now: &EffectArena) -> Result<()> {
    let (fixed, wanted) = (before.content.as_agreed(), now.content.as_agreed());
    let evaluated = before.state == ArenaState::Evaluated;
    let changed = [
        ("/title", before.title != now.title),
        ("/sessionId", before.session_id != now.session_id),
        ("/participantIds", before.participant_ids != now.participant_ids),
        ("/content/activities", fixed.activities != wanted.activities),
        ("/content/effects", fixed.effects != wanted.effects),
        ("/content/investors", fixed.investors != wanted.investors),
        ("/content/collectors", fixed.collectors != wanted.collectors),
        ("/content", evaluated && before.content != now.content),
    ];
    let fault = |(pointer, _)| FieldError::new(pointer, "fixed", "It is fixed by what was agreed.");
    let errors: Vec<FieldError> = changed.into_iter().filter(|(_, changed)| *changed).map(fault).collect();
    if errors.is_empty() {
        return Ok(());
    }
    let (code, detail) = if evaluated {
        ("evaluated", "It was evaluated. Take it back to `draft`, with a reason, to change it.")
    } else {
        let detail = "It was agreed: what was seen can be added, with its evidence. Take it back to `draft`, with a \
                      reason, to change anything else.";
        ("agreed", detail)
    };
    Err(conflict(code, detail, errors))
}

fn conflict(code: &'static str, detail: &str, errors: Vec<FieldError>) -> Error {
    Error::Conflict(Box::new(Conflict { code, detail: detail.into(), extensions: Map::new(), errors }))
}

/// Moves the arena, and answers with the state that it had.
pub fn transition(arena: &mut EffectArena, body: &EffectArenaTransition) -> Result<ArenaState> {
    use ArenaState::{Agreed, Draft, Evaluated, Withdrawn};
    let from = arena.state;
    let possible: &[ArenaState] = match from {
        Draft => &[Agreed, Withdrawn],
        Agreed => &[Evaluated, Draft, Withdrawn],
        Evaluated => &[Draft, Withdrawn],
        Withdrawn => &[],
    };
    if !possible.contains(&body.to) {
        return Err(not_allowed(from.into(), body.to.into(), possible));
    }
    match body.to {
        Agreed => is_whole(&arena.content)?,
        Evaluated if !arena.content.has_seen() => {
            let detail = "Nothing was seen yet of what was expected.";
            return Err(conflict("nothing_seen", detail, vec![missing("/content", detail)]));
        }
        Evaluated | Draft | Withdrawn => {}
    }
    arena.state = body.to;
    arena.state_reason = body.reason.as_deref().map(Into::into);
    Ok(from)
}

/// 409 for a board on which nothing can be agreed yet.
fn is_whole(content: &ArenaContent) -> Result<()> {
    let lists = [
        ("/content/activities", content.activities.is_empty(), "An activity is needed."),
        ("/content/effects", content.effects.is_empty(), "An effect is needed."),
        ("/content/investors", content.investors.is_empty(), "Somebody who invests is needed."),
        ("/content/collectors", content.collectors.is_empty(), "Somebody who collects is needed."),
    ];
    let faults: Vec<FieldError> = lists
        .into_iter()
        .filter(|(_, empty, _)| *empty)
        .map(|(pointer, _, detail)| missing(pointer, detail))
        .collect();
    if faults.is_empty() {
        return Ok(());
    }
    Err(conflict(
        "board_not_whole",
        "What is agreed tells who invests, in what, to which effect, for whom.",
        faults,
    ))
}

fn missing(pointer: &str, detail: &str) -> FieldError {
    FieldError::new(pointer, "required", detail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn board(content: Value) -> ArenaContent {
        serde_json::from_value(content).expect("a board")
    }

    #[test]
    fn what_an_agreement_fixes_leaves_out_what_was_seen() {
        let agreed = board(json!({
            "activities": [{"key": "a", "name": "Koffie", "output": {"expected": "Veertig keer"}}],
            "effects": [{"key": "e", "name": "Contact", "activityKeys": ["a"], "expected": "Twaalf"}],
            "investors": [{"key": "i", "name": "Buurt", "expected": {"text": "Tijd", "hours": "8"}}],
            "collectors": [{"key": "c", "name": "Buurt", "effectKey": "e", "expected": {"text": "Rust"}}],
        }));
        let mut seen = serde_json::to_value(&agreed).expect("JSON");
        seen["activities"][0]["output"]["seen"] = json!("Zesendertig keer");
        seen["activities"][0]["outcome"] = json!({"seen": "Men groet elkaar"});
        seen["effects"][0]["seen"] = json!("Negen");
        seen["investors"][0]["seen"] = json!({"text": "Tijd", "hours": "12.50"});
        seen["collectors"][0]["evidence"] = json!({"observationIds": [Id::new()]});
        let seen = board(seen);
        assert!(seen.has_seen() && !agreed.has_seen());
        assert_eq!(seen.as_agreed(), agreed.as_agreed());
        let mut other = serde_json::to_value(&seen).expect("JSON");
        other["investors"][0]["expected"]["hours"] = json!("9");
        assert_ne!(board(other).as_agreed(), agreed.as_agreed());
    }

    #[test]
    fn references_into_what_a_body_does_not_have_are_not_judged() {
        let patch: ArenaContentPatch = serde_json::from_value(json!({
            "effects": [{"key": "e", "name": "Contact", "activityKeys": ["elsewhere"]}],
            "collectors": [{"key": "c", "name": "Buurt", "effectKey": "gone", "seen": {"text": "Rust"}}],
        }))
        .expect("a patch");
        let pointers: Vec<String> =
            faults(&Parts::from(&patch)).into_iter().map(|fault| fault.pointer).collect();
        assert_eq!(pointers, ["/content/collectors/0/effectKey"]);
    }
}
