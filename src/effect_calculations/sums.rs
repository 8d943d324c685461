//! Sums of a timeline's lines, and what they differ by. Whatever is summed has been rounded to cents before, so that all
//! that is shown adds up.

use super::result::{EuroRange, EuroSum, PayerSums, TimelineLine, TimelineResult, YearSum};
use super::rules::Horizon;
use crate::decimal::Euros;
use crate::price_lists::prices::Payer;
use std::collections::BTreeSet;
use std::ops::Sub;

impl EuroSum {
    /// The sum of lines.
    pub fn of<'l>(lines: impl Iterator<Item = &'l TimelineLine>) -> EuroSum {
        lines.fold(EuroSum::default(), |mut sum, line| {
            sum.amount += &line.amount;
            if line.cashable {
                sum.cashable += &line.amount;
            }
            sum
        })
    }
}

impl Sub for EuroSum {
    type Output = EuroSum;
    fn sub(self, other: EuroSum) -> EuroSum {
        EuroSum { amount: self.amount - other.amount, cashable: self.cashable - other.cashable }
    }
}

/// A timeline's lines with their sums.
pub fn timeline(lines: Vec<TimelineLine>, horizon: &Horizon) -> TimelineResult {
    let payers: BTreeSet<Payer> = lines.iter().map(|line| line.payer).collect();
    TimelineResult {
        payers: payers.into_iter().map(|payer| of_payer(&lines, payer, horizon)).collect(),
        years: by_year(horizon, |year| EuroSum::of(lines.iter().filter(|line| line.year == year))),
        total: EuroSum::of(lines.iter()),
        range: EuroRange {
            low: lines.iter().map(|line| &line.low).sum(),
            high: lines.iter().map(|line| &line.high).sum(),
        },
        lines,
    }
}

/// What a payer pays in lines, year by year.
pub fn of_payer(lines: &[TimelineLine], payer: Payer, horizon: &Horizon) -> PayerSums {
    let own: Vec<&TimelineLine> = lines.iter().filter(|line| line.payer == payer).collect();
    let in_year = |year| EuroSum::of(own.iter().copied().filter(|line| line.year == year));
    PayerSums { payer, years: by_year(horizon, in_year), total: EuroSum::of(own.iter().copied()) }
}

fn by_year(horizon: &Horizon, sum: impl Fn(i32) -> EuroSum) -> Vec<YearSum> {
    horizon.clone().map(|year| YearSum { year, sum: sum(year) }).collect()
}

/// What the second of two has more than the first, payer by payer and year by year.
pub fn payers_difference(
    with_intervention: &[TimelineLine],
    reference: &[TimelineLine],
    horizon: &Horizon,
) -> Vec<PayerSums> {
    let all: BTreeSet<Payer> = with_intervention.iter().chain(reference).map(|line| line.payer).collect();
    all.into_iter()
        .map(|payer| {
            let (more, less) =
                (of_payer(reference, payer, horizon), of_payer(with_intervention, payer, horizon));
            PayerSums {
                payer,
                years: years_difference(less.years, more.years),
                total: more.total - less.total,
            }
        })
        .collect()
}

pub fn years_difference(with_intervention: Vec<YearSum>, reference: Vec<YearSum>) -> Vec<YearSum> {
    let pairs = reference.into_iter().zip(with_intervention);
    pairs.map(|(more, less)| YearSum { year: more.year, sum: more.sum - less.sum }).collect()
}

/// The least and the most that lines differ by, as each price moves within its bounds. It is the same price in both
/// timelines: so each is taken at its worst and its best by itself, and not the one timeline high against the other low.
pub fn range(with_intervention: &[&TimelineLine], reference: &[&TimelineLine]) -> EuroRange {
    let prices: BTreeSet<usize> = with_intervention.iter().chain(reference).map(|line| line.price).collect();
    let mut range = EuroRange::default();
    for price in prices {
        let net = |amount: fn(&TimelineLine) -> &Euros| {
            let of = |lines: &[&TimelineLine]| -> Euros {
                lines.iter().filter(|line| line.price == price).map(|line| amount(line)).sum()
            };
            of(reference) - of(with_intervention)
        };
        // EffectRounding can put the price itself a cent outside of what its bounds give.
        let mut nets = [net(|line| &line.low), net(|line| &line.amount), net(|line| &line.high)];
        nets.sort();
        let [low, _, high] = nets;
        range.low += &low;
        range.high += &high;
    }
    range
}
