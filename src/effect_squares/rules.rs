//! What an effect square holds together: initiatives that somebody does, expectations that came before them, and the
//! initiatives that perceptions are told of.

use super::types::{
    EffectSquare, EffectSquareCreate, EffectSquarePatch, Expectation, ExpectationBody, Initiative,
    InitiativeBody,
};
use crate::clock::{Day, Instant};
use crate::db::types::Json;
use crate::error::{Error, FieldError, Result};
use crate::http::body::HappenedAt;
use crate::http::text::Text;
use crate::ids::Id;
use crate::practice::{RecordState, not_withdrawn};
use serde_json::json;

/// The record that a create makes.
pub fn lay_out(
    body: &EffectSquareCreate,
    network_id: Id,
    author_id: Id,
    digest: Vec<u8>,
    now: Instant,
) -> EffectSquare {
    EffectSquare {
        id: body.id.unwrap_or_default(),
        network_id,
        neighbourhood: body.neighbourhood.to_string(),
        locality: body.locality.as_deref().map(Into::into),
        story: body.story.as_deref().map(Into::into),
        initiatives: Json(initiatives(body.initiatives.as_deref().unwrap_or_default())),
        expectations: Json(expectations(body.expectations.as_deref().unwrap_or_default())),
        state: RecordState::Current,
        state_reason: None,
        author_id,
        happened_at: HappenedAt::or_now(body.happened_at, now),
        created_at: now,
        updated_at: now,
        version: 1,
        digest,
    }
}

fn initiatives(bodies: &[InitiativeBody]) -> Vec<Initiative> {
    let initiative = |body: &InitiativeBody| Initiative {
        id: body.id.unwrap_or_default(),
        what: body.what.to_string(),
        partner_id: body.partner_id,
        group: body.group.as_deref().map(Into::into),
        starts_on: body.starts_on.map(Into::into),
        ends_on: body.ends_on.map(Into::into),
        action_ids: body.action_ids.as_deref().unwrap_or_default().to_vec(),
    };
    bodies.iter().map(initiative).collect()
}

fn expectations(bodies: &[ExpectationBody]) -> Vec<Expectation> {
    let expectation = |body: &ExpectationBody| Expectation {
        text: body.text.to_string(),
        perspective: body.perspective,
        initiative_id: body.initiative_id,
        stated_on: body.stated_on.map(Into::into),
    };
    bodies.iter().map(expectation).collect()
}

/// Applies a patch. `perceived` are the initiatives that a perception was told of.
pub fn amend(square: &mut EffectSquare, patch: EffectSquarePatch, perceived: &[Id]) -> Result<()> {
    not_withdrawn(square.state == RecordState::Withdrawn)?;
    patch.neighbourhood.apply(&mut square.neighbourhood, Text::into_string);
    patch.locality.apply(&mut square.locality, Text::into_string);
    patch.story.apply(&mut square.story, Text::into_string);
    patch.initiatives.apply(&mut square.initiatives, |list| Json(initiatives(&list)));
    patch.expectations.apply(&mut square.expectations, |list| Json(expectations(&list)));
    let stays = |id: &Id| square.initiatives.iter().any(|initiative| initiative.id == *id);
    let lost: Vec<&Id> = perceived.iter().filter(|id| !stays(id)).collect();
    if !lost.is_empty() {
        let detail = "Somebody told what they perceive of an initiative that would be left out.";
        return Err(Error::conflict("initiative_perceived", detail).with("initiativeIds", json!(lost)));
    }
    let mut faults = Vec::new();
    for (index, expectation) in square.expectations.iter().enumerate() {
        let Some(id) = expectation.initiative_id else { continue };
        let began = square.initiatives.iter().find(|initiative| initiative.id == id);
        let began = began.map(|initiative| initiative.starts_on);
        faults.extend(precedes(index, expectation.stated_on, began));
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::inconsistent(faults)) }
}

/// Each initiative is done by a partner or by a group, and ends after it began; no id stands twice.
pub fn initiatives_stand(initiatives: &[InitiativeBody], faults: &mut Vec<FieldError>) {
    for (index, initiative) in initiatives.iter().enumerate() {
        let mut fault = |member: &str, code, detail: &str| {
            faults.push(FieldError::new(format!("/initiatives/{index}/{member}"), code, detail));
        };
        match (initiative.partner_id, &initiative.group) {
            (None, None) => fault("group", "required", "Say who does it: a partner, or a group in words."),
            (Some(_), Some(_)) => fault("group", "inconsistent", "A partner does it, or a group: not both."),
            _ => {}
        }
        if let (Some(start), Some(end)) = (initiative.starts_on, initiative.ends_on)
            && end < start
        {
            fault("endsOn", "inconsistent", "Must not lie before startsOn.");
        }
        let earlier = &initiatives[..index];
        if initiative.id.is_some() && earlier.iter().any(|other| other.id == initiative.id) {
            fault("id", "duplicate", "Another initiative of this square has this id.");
        }
    }
}

/// Each expectation is of an initiative of the square, and was told before that began. `starts_on` knows the beginnings.
pub fn expectations_precede(
    expectations: &[ExpectationBody],
    starts_on: impl Fn(Id) -> Option<Option<Day>>,
    faults: &mut Vec<FieldError>,
) {
    for (index, expectation) in expectations.iter().enumerate() {
        if let Some(id) = expectation.initiative_id {
            faults.extend(precedes(index, expectation.stated_on, starts_on(id)));
        }
    }
}

/// What is wrong with an expectation of an initiative that began, if it is there, on this day.
fn precedes<D: PartialOrd>(index: usize, stated: Option<D>, began: Option<Option<D>>) -> Option<FieldError> {
    let fault = |member: &str, code, detail: &str| {
        Some(FieldError::new(format!("/expectations/{index}/{member}"), code, detail))
    };
    match (began, stated) {
        (None, _) => fault("initiativeId", "not_found", "The square has no such initiative."),
        (Some(Some(began)), Some(stated)) if stated > began => {
            fault("statedOn", "inconsistent", "The initiative had begun: what is told then is a perception.")
        }
        _ => None,
    }
}
