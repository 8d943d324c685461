//! What an effect calculation comes to. Pure: the same calculation with the same prices gives the same result.
//!
//! An entry is so many units in each calendar year ([`periods`]), at its price as indexed and at its bounds. All of that is
//! exact. The amount of one entry in one year is then rounded to cents, half a cent up, and everything else is a sum or a
//! difference of these lines: what is shown adds up to the cent.

use super::periods;
use super::pricing::{self, Prices};
use super::rules;
use super::sums;
use super::types::{EffectCalculation, Indexation, Sensitivity, TimelineEntry};
use crate::decimal::{Amount, Euros, Rate, Shown};
use crate::ids::Id;
use crate::price_lists::Published;
use crate::price_lists::prices::{Payer, Price, PriceUnit, PriceYear};
use chrono::NaiveDate;
use num_rational::BigRational;
use schemars::JsonSchema;
use serde::Serialize;

/// An amount in euro, and the part of it that can be cashed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EuroSum {
    pub amount: Euros,
    pub cashable: Euros,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct YearSum {
    pub year: i32,
    pub sum: EuroSum,
}

/// What one payer pays, in each of the years and in all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PayerSums {
    pub payer: Payer,
    pub years: Vec<YearSum>,
    pub total: EuroSum,
}

/// The least and the most that an amount comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EuroRange {
    pub low: Euros,
    pub high: Euros,
}

/// One entry in one calendar year: what is rounded, and what all sums are made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TimelineLine {
    /// Its place in the timeline, from 0.
    pub entry: usize,
    pub year: i32,
    /// The place of its price in `prices`, from 0.
    pub price: usize,
    pub payer: Payer,
    pub cashable: bool,
    /// How many, to read: the amount is made of the exact number.
    pub units: Shown,
    pub amount: Euros,
    pub low: Euros,
    pub high: Euros,
}

/// A timeline with its sums.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TimelineResult {
    pub lines: Vec<TimelineLine>,
    pub payers: Vec<PayerSums>,
    pub years: Vec<YearSum>,
    pub total: EuroSum,
    /// With all prices at their lower, and at their upper bounds.
    pub range: EuroRange,
}

/// What a difference is, and what it is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EffectLabel {
    Modelled,
    OneCase,
    NotASaving,
}

/// To be shown wherever the difference is.
const NOTICE: &str = "Gemodelleerd, voor één casus. Het verschil is geen besparing: het zegt wat er anders aan kosten zou \
                      ontstaan, niet wat iemand overhoudt. Wat verzilverbaar is, staat apart.";

/// The reference less the timeline with the intervention: above zero where the reference costs more. Modelled, of one case,
/// and not a saving; what could be cashed of it is apart in each sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EffectDifference {
    /// Always all of them.
    pub labels: Vec<EffectLabel>,
    /// The same in words, to show with it.
    pub notice: String,
    pub payers: Vec<PayerSums>,
    pub years: Vec<YearSum>,
    pub total: EuroSum,
    /// As each price moves within its bounds, the same in both timelines.
    pub range: EuroRange,
    /// The same of what can be cashed.
    pub cashable_range: EuroRange,
}

/// Where the bounds of a price are from: its own in the list, the calculation's percentage, or nowhere, so that there are
/// none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PriceBounds {
    Price,
    Percentage,
    None,
}

/// A price as the calculation uses it, with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PriceUsed {
    pub price_list_id: Id,
    pub price_list_name: String,
    pub price_list_version_id: Id,
    /// The version's.
    pub number: i32,
    pub valid_from_on: NaiveDate,
    pub code: String,
    pub label: String,
    pub unit: PriceUnit,
    pub payer: Payer,
    /// As the list has it.
    pub amount: Amount,
    pub price_year: PriceYear,
    pub source: String,
    pub source_url: Option<String>,
    /// What a unit is counted at, to four places: in the money of the indexation's year, or of its own where there is none.
    pub indexed_amount: Shown,
    pub indexed_low: Shown,
    pub indexed_high: Shown,
    pub bounds: PriceBounds,
}

/// The indexation, with its formula.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IndexationApplied {
    pub rate: Rate,
    pub price_year: PriceYear,
    pub formula: String,
}

const FORMULA: &str = "indexedAmount = amount * (1 + rate) ^ (indexation.priceYear - price.priceYear)";

/// How amounts are rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EffectRounding {
    /// Each line once, to the nearest cent, half a cent up; sums are sums of rounded lines.
    LineHalfUp,
}

/// What an effect calculation comes to: a model of one case. All amounts are in euro.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EffectCalculationResult {
    pub effect_calculation_id: Id,
    /// The calculation's.
    pub version: i32,
    pub first_year: i32,
    pub last_year: i32,
    /// In the money of which years amounts are: where it is more than one, indexation would make them comparable.
    pub price_years: Vec<PriceYear>,
    /// Null: each amount is in the money of its price's own year.
    pub indexation: Option<IndexationApplied>,
    /// What prices without bounds of their own were moved by.
    pub sensitivity: Option<Sensitivity>,
    pub rounding: EffectRounding,
    pub with_intervention: TimelineResult,
    pub reference: TimelineResult,
    pub difference: EffectDifference,
    pub prices: Vec<PriceUsed>,
}

/// The result of a calculation whose entries' prices are these. None where one has no price.
pub fn of<'p>(
    calculation: &EffectCalculation,
    price_of: impl Fn(&TimelineEntry) -> Option<(&'p Published, &'p Price)>,
) -> Option<EffectCalculationResult> {
    let horizon = rules::horizon(calculation.first_year, calculation.years);
    let indexation = calculation.indexation.as_deref().copied();
    let sensitivity = calculation.sensitivity.as_deref().copied();
    let mut prices = Prices::new(indexation, sensitivity);
    let mut lines = |entries: &[TimelineEntry]| -> Option<Vec<TimelineLine>> {
        let mut lines = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let (published, price) = price_of(entry)?;
            lines.extend(lines_of(index, entry, prices.place_of(published, price), &prices));
        }
        Some(lines)
    };
    let with_intervention = sums::timeline(lines(&calculation.with_intervention)?, &horizon);
    let reference = sums::timeline(lines(&calculation.reference)?, &horizon);
    Some(EffectCalculationResult {
        effect_calculation_id: calculation.id,
        version: calculation.version,
        first_year: *horizon.start(),
        last_year: *horizon.end(),
        price_years: prices.years(),
        indexation: indexation.map(|Indexation { rate, price_year }| IndexationApplied {
            rate,
            price_year,
            formula: FORMULA.into(),
        }),
        sensitivity,
        rounding: EffectRounding::LineHalfUp,
        difference: difference(&with_intervention, &reference, &horizon),
        with_intervention,
        reference,
        prices: prices.used.iter().map(pricing::shown).collect(),
    })
}

fn lines_of(index: usize, entry: &TimelineEntry, price: usize, prices: &Prices<'_>) -> Vec<TimelineLine> {
    let Some(used) = prices.used.get(price) else { return Vec::new() };
    let level = &used.level;
    let quantity = entry.quantity.to_fraction();
    let years = periods::in_years(entry.from_on.into(), entry.until_on.into(), entry.per, &quantity);
    let line = |(year, units): (i32, BigRational)| TimelineLine {
        entry: index,
        year,
        price,
        payer: used.price.payer,
        cashable: entry.cashable,
        amount: Euros::of_units(&units, &level.amount),
        low: Euros::of_units(&units, &level.low),
        high: Euros::of_units(&units, &level.high),
        units: Shown::rounded(&units),
    };
    years.into_iter().map(line).collect()
}

fn difference(
    with_intervention: &TimelineResult,
    reference: &TimelineResult,
    horizon: &rules::Horizon,
) -> EffectDifference {
    let (less, more) = (&with_intervention.lines, &reference.lines);
    let range = |counts: fn(&&TimelineLine) -> bool| {
        let less: Vec<&TimelineLine> = less.iter().filter(counts).collect();
        let more: Vec<&TimelineLine> = more.iter().filter(counts).collect();
        sums::range(&less, &more)
    };
    EffectDifference {
        labels: vec![EffectLabel::Modelled, EffectLabel::OneCase, EffectLabel::NotASaving],
        notice: NOTICE.into(),
        payers: sums::payers_difference(less, more, horizon),
        years: sums::years_difference(with_intervention.years.clone(), reference.years.clone()),
        total: reference.total.clone() - with_intervention.total.clone(),
        range: range(|_| true),
        cashable_range: range(|line| line.cashable),
    }
}
