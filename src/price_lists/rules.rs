//! When prices may be changed and published, and what a file of them changes.

use super::prices::Price;
use super::types::{PriceImport, PriceListState, PriceListVersion, PriceListVersionPatch};
use crate::clock::Instant;
use crate::db::types::Json;
use crate::error::{Error, FieldError, Result};
use crate::http::body::Input;
use crate::http::text::{Few, Text, Token};
use crate::transitions::not_allowed;
use std::collections::{HashMap, HashSet};

/// A fault for what is wrong with each price, and for each code that came before.
pub fn prices_stand(prices: &[Price], faults: &mut Vec<FieldError>) {
    let mut codes = HashSet::new();
    for (index, price) in prices.iter().enumerate() {
        let mut own = Vec::new();
        price.check(&mut own);
        if !codes.insert(&price.code) {
            own.push(code_taken());
        }
        faults.extend(
            own.into_iter()
                .map(|fault| FieldError { pointer: format!("/prices/{index}{}", fault.pointer), ..fault }),
        );
    }
}

pub fn code_taken() -> FieldError {
    FieldError::new("/code", "duplicate", "Another price in this version has the code.")
}

pub fn amend(version: &mut PriceListVersion, patch: PriceListVersionPatch) -> Result<()> {
    is_draft(version)?;
    patch.valid_from_on.apply(&mut version.valid_from_on, Into::into);
    patch.note.apply(&mut version.note, Text::into_string);
    patch.prices.apply(&mut version.prices, |prices| Json(Few::into_vec(prices)));
    Ok(())
}

/// Puts the prices of a file in the place of the draft's. What is different is told by their codes.
pub fn take(version: &mut PriceListVersion, prices: Vec<Price>) -> Result<PriceImport> {
    is_draft(version)?;
    let before: HashMap<&Token<50>, &Price> =
        version.prices.iter().map(|price| (&price.code, price)).collect();
    let mut import = PriceImport {
        dry_run: false,
        lines: prices.len(),
        added: 0,
        changed: 0,
        unchanged: 0,
        removed: 0,
        version: version.version,
    };
    for price in &prices {
        let count = match before.get(&price.code) {
            None => &mut import.added,
            Some(same) if *same == price => &mut import.unchanged,
            Some(_) => &mut import.changed,
        };
        *count += 1;
    }
    import.removed = before.len() - import.changed - import.unchanged;
    version.prices = Json(prices);
    Ok(import)
}

/// Fixes a draft for good.
pub fn publish(version: &mut PriceListVersion, now: Instant) -> Result<()> {
    if version.state == PriceListState::Published {
        return Err(not_allowed::<&str>("published", "published", &[]));
    }
    if version.prices.is_empty() {
        return Err(Error::conflict("no_prices", "A version without prices is not published."));
    }
    version.state = PriceListState::Published;
    version.published_at = Some(now);
    Ok(())
}

/// 409 for a change to what calculations stand on.
fn is_draft(version: &PriceListVersion) -> Result<()> {
    match version.state {
        PriceListState::Draft => Ok(()),
        PriceListState::Published => Err(Error::conflict(
            "published",
            "The version is published and stays as it is. Draft the next one.",
        )),
    }
}
