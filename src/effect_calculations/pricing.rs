//! What a unit is counted at: the price of a list, indexed, and at its bounds.

use super::result::{PriceBounds, PriceUsed};
use super::types::{Indexation, Sensitivity};
use crate::decimal::Shown;
use crate::price_lists::Published;
use crate::price_lists::prices::{Price, PriceYear};
use num_rational::BigRational;
use num_traits::One;

/// What a unit is counted at, exactly.
#[derive(Debug)]
pub struct Level {
    pub low: BigRational,
    pub amount: BigRational,
    pub high: BigRational,
}

/// A price that a calculation uses.
#[derive(Debug)]
pub struct Used<'p> {
    pub published: &'p Published,
    pub price: &'p Price,
    pub level: Level,
    pub bounds: PriceBounds,
}

/// The prices of both timelines, each once, in the order in which they come.
pub struct Prices<'p> {
    indexation: Option<Indexation>,
    sensitivity: Option<Sensitivity>,
    pub used: Vec<Used<'p>>,
}

impl<'p> Prices<'p> {
    pub fn new(indexation: Option<Indexation>, sensitivity: Option<Sensitivity>) -> Prices<'p> {
        Prices { indexation, sensitivity, used: Vec::new() }
    }

    /// Where the price stands among those that are used, from now on if not before.
    pub fn place_of(&mut self, published: &'p Published, price: &'p Price) -> usize {
        let same = |used: &Used<'_>| {
            used.published.version.id == published.version.id && used.price.code == price.code
        };
        self.used.iter().position(same).unwrap_or_else(|| {
            let (level, bounds) = level(price, self.indexation.as_ref(), self.sensitivity.as_ref());
            self.used.push(Used { published, price, level, bounds });
            self.used.len() - 1
        })
    }

    /// In the money of which years amounts are.
    pub fn years(&self) -> Vec<PriceYear> {
        let mut years: Vec<PriceYear> = match self.indexation {
            Some(indexation) => vec![indexation.price_year],
            None => self.used.iter().map(|used| used.price.price_year).collect(),
        };
        years.sort();
        years.dedup();
        years
    }
}

/// At its bounds and in between, in the money that is counted in.
fn level(
    price: &Price,
    indexation: Option<&Indexation>,
    sensitivity: Option<&Sensitivity>,
) -> (Level, PriceBounds) {
    let amount = price.amount.to_fraction();
    let (low, high, bounds) = match (price.low, price.high, sensitivity) {
        (Some(low), Some(high), _) => (low.to_fraction(), high.to_fraction(), PriceBounds::Price),
        (_, _, Some(sensitivity)) => {
            let part = sensitivity.percentage.to_fraction() / BigRational::from_integer(100.into());
            let one = BigRational::one;
            (&amount * (one() - &part), &amount * (one() + &part), PriceBounds::Percentage)
        }
        _ => (amount.clone(), amount.clone(), PriceBounds::None),
    };
    let factor = indexation.map_or_else(BigRational::one, |indexation| {
        let years = indexation.price_year.number() - price.price_year.number();
        (BigRational::one() + indexation.rate.to_fraction()).pow(years)
    });
    (Level { low: low * &factor, amount: amount * &factor, high: high * &factor }, bounds)
}

/// A price as the result shows it.
pub fn shown(used: &Used<'_>) -> PriceUsed {
    let Used { published, price, level, bounds } = used;
    PriceUsed {
        price_list_id: published.version.price_list_id,
        price_list_name: published.list_name.clone(),
        price_list_version_id: published.version.id,
        number: published.version.number,
        valid_from_on: published.version.valid_from_on,
        code: price.code.to_string(),
        label: price.label.to_string(),
        unit: price.unit,
        payer: price.payer,
        amount: price.amount,
        price_year: price.price_year,
        source: price.source.to_string(),
        source_url: price.source_url.as_deref().map(Into::into),
        indexed_amount: Shown::rounded(&level.amount),
        indexed_low: Shown::rounded(&level.low),
        indexed_high: Shown::rounded(&level.high),
        bounds: *bounds,
    }
}
