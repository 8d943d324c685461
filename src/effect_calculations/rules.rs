//! When effect calculations stand: their years, their assumptions, and how entries go with the prices they name.

use super::types::{
    EffectCalculation, EffectCalculationCreate, EffectCalculationPatch, Indexation, MOST_YEARS, Rhythm,
    Sensitivity, TimelineEntry,
};
use crate::clock::Instant;
use crate::db::types::Json;
use crate::decimal::{Percentage, Rate};
use crate::error::{Error, FieldError, Result};
use crate::http::text::{Few, Text};
use crate::ids::Id;
use crate::practice::{RecordState, not_withdrawn};
use crate::price_lists::prices::{Price, PriceUnit, PriceYear};
use chrono::{Datelike, NaiveDate};
use std::ops::RangeInclusive;

/// The calendar years that are looked at.
pub type Horizon = RangeInclusive<i32>;

pub fn horizon(first_year: i32, years: i32) -> Horizon {
    first_year..=first_year.saturating_add(years).saturating_sub(1)
}

pub fn years_fit(years: Option<i32>, faults: &mut Vec<FieldError>) {
    if years.is_some_and(|years| !(1..=MOST_YEARS).contains(&years)) {
        let detail = format!("Must be from 1 to {MOST_YEARS}.");
        faults.push(FieldError::new("/years", "out_of_range", detail));
    }
}

pub fn assumptions_fit(
    indexation: Option<&Indexation>,
    sensitivity: Option<&Sensitivity>,
    faults: &mut Vec<FieldError>,
) {
    let within = |rate: Rate| {
        let bounds = (Rate::parse("-0.5"), Rate::parse("0.5"));
        bounds.0 <= Some(rate) && Some(rate) <= bounds.1
    };
    if indexation.is_some_and(|indexation| !within(indexation.rate)) {
        faults.push(FieldError::new("/indexation/rate", "out_of_range", "Must be from -0.5 to 0.5."));
    }
    if sensitivity.is_some_and(|sensitivity| Some(sensitivity.percentage) > Percentage::parse("100")) {
        faults.push(FieldError::new("/sensitivity/percentage", "out_of_range", "Must be at most 100."));
    }
}

/// A fault for each entry that ends before it begins, or lies outside of the years that are looked at.
pub fn entries_fit(
    member: &str,
    entries: &[TimelineEntry],
    horizon: Option<Horizon>,
    faults: &mut Vec<FieldError>,
) {
    for (index, entry) in entries.iter().enumerate() {
        let (from, until) = (NaiveDate::from(entry.from_on), NaiveDate::from(entry.until_on));
        if until < from {
            let detail = "Must not lie before the day that it begins.";
            faults.push(FieldError::new(format!("/{member}/{index}/untilOn"), "inconsistent", detail));
        }
        let Some(horizon) = &horizon else { continue };
        for (name, day) in [("fromOn", from), ("untilOn", until)] {
            if !horizon.contains(&day.year()) {
                let detail = format!("Must lie in the years from {} to {}.", horizon.start(), horizon.end());
                faults.push(FieldError::new(format!("/{member}/{index}/{name}"), "inconsistent", detail));
            }
        }
    }
}

/// The record that a create makes.
pub fn begin(
    body: &EffectCalculationCreate,
    network_id: Id,
    author_id: Id,
    digest: Vec<u8>,
    now: Instant,
) -> EffectCalculation {
    let entries =
        |timeline: &Option<super::types::Timeline>| Json(timeline.as_deref().unwrap_or_default().to_vec());
    EffectCalculation {
        id: body.id.unwrap_or_default(),
        network_id,
        cycle_id: body.cycle_id,
        action_id: body.action_id,
        pseudonym_id: body.pseudonym_id,
        title: body.title.to_string(),
        description: body.description.as_deref().map(Into::into),
        first_year: body.first_year.number(),
        years: body.years,
        indexation: body.indexation.map(Json),
        sensitivity: body.sensitivity.map(Json),
        with_intervention: entries(&body.with_intervention),
        reference: entries(&body.reference),
        state: RecordState::Current,
        state_reason: None,
        author_id,
        created_at: now,
        updated_at: now,
        version: 1,
        digest,
    }
}

/// Applies a patch. 409 where its entries do not lie in the years that are looked at then.
pub fn amend(calculation: &mut EffectCalculation, patch: EffectCalculationPatch) -> Result<()> {
    not_withdrawn(calculation.state == RecordState::Withdrawn)?;
    patch.title.apply(&mut calculation.title, Text::into_string);
    patch.description.apply(&mut calculation.description, Text::into_string);
    patch.pseudonym_id.apply(&mut calculation.pseudonym_id, |id| id);
    patch.cycle_id.apply(&mut calculation.cycle_id, |id| id);
    patch.action_id.apply(&mut calculation.action_id, |id| id);
    patch.first_year.apply(&mut calculation.first_year, PriceYear::number);
    patch.years.apply(&mut calculation.years, |years| years);
    patch.indexation.apply(&mut calculation.indexation, Json);
    patch.sensitivity.apply(&mut calculation.sensitivity, Json);
    patch.with_intervention.apply(&mut calculation.with_intervention, |list| Json(Few::into_vec(list)));
    patch.reference.apply(&mut calculation.reference, |list| Json(Few::into_vec(list)));
    let horizon = horizon(calculation.first_year, calculation.years);
    let mut faults = Vec::new();
    for (member, entries) in calculation.timelines() {
        entries_fit(member, entries, Some(horizon.clone()), &mut faults);
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::inconsistent(faults)) }
}

/// Whether a quantity of what is priced by a time may come in a rhythm: not more often than there is time for it. A month
/// each week is a slip of the pen; two days each week, or half a year in all, are not.
pub fn goes_with(price: &Price, per: Rhythm) -> bool {
    let shortest = match price.unit {
        PriceUnit::Event | PriceUnit::Hour | PriceUnit::Day => Rhythm::Day,
        PriceUnit::Week => Rhythm::Week,
        PriceUnit::Month => Rhythm::Month,
        PriceUnit::Year => Rhythm::Year,
    };
    per == Rhythm::Total || per >= shortest
}
