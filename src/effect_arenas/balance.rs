//! Where who pays is not who reaps. It follows from the board, and is worked out when it is read.

use super::content::{ArenaContent, ArenaStake, Quantity};
use crate::ids::Id;
use crate::label::Key;
use schemars::JsonSchema;
use serde::Serialize;

/// Who pays and who reaps on a board as it is now.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EffectArenaBalance {
    pub effect_arena_id: Id,
    /// The arena's version that it follows from.
    pub version: i32,
    /// In the order in which they stand on the board, those who invest first.
    pub parties: Vec<ArenaParty>,
}

/// Whether somebody puts something in, reaps something, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArenaPosition {
    PaysAndReaps,
    PaysOnly,
    ReapsOnly,
}

/// A partner, or somebody who is none, with all that they put in and reap. Names in words are one party where they are
/// the same but for capitals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ArenaParty {
    pub organisation_id: Option<Id>,
    /// In words, where it is no partner.
    pub name: Option<String>,
    pub position: ArenaPosition,
    /// Its entries among those who invest.
    pub investor_keys: Vec<Key>,
    /// Its entries among those who collect.
    pub collector_keys: Vec<Key>,
    pub paid: ArenaTotals,
    pub reaped: ArenaTotals,
}

/// What the entries that count something come to, expected and seen each for itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ArenaTotals {
    pub expected: ArenaTotal,
    pub seen: ArenaTotal,
}

/// Null where no entry counts it: what was said in words alone is not nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ArenaTotal {
    pub hours: Option<Quantity>,
    pub euros: Option<Quantity>,
}

/// Who somebody on the board is: what makes two entries one party.
#[derive(PartialEq, Eq)]
struct Who<'a> {
    organisation_id: Option<Id>,
    name: Option<&'a str>,
}

impl Who<'_> {
    fn is(&self, party: &ArenaParty) -> bool {
        let folded = |name: Option<&str>| name.map(str::to_lowercase);
        party.organisation_id == self.organisation_id && folded(party.name.as_deref()) == folded(self.name)
    }
}

/// The parties of a board.
pub fn parties(content: &ArenaContent) -> Vec<ArenaParty> {
    let mut parties: Vec<ArenaParty> = Vec::new();
    for one in content.investors.iter() {
        let who = Who { organisation_id: one.organisation_id, name: one.name.as_deref() };
        party(&mut parties, &who).investor_keys.push(one.key.clone());
    }
    for one in content.collectors.iter() {
        let who = Who { organisation_id: one.organisation_id, name: one.name.as_deref() };
        party(&mut parties, &who).collector_keys.push(one.key.clone());
    }
    for party in &mut parties {
        party.position = match (party.investor_keys.is_empty(), party.collector_keys.is_empty()) {
            (false, false) => ArenaPosition::PaysAndReaps,
            (_, true) => ArenaPosition::PaysOnly,
            (true, _) => ArenaPosition::ReapsOnly,
        };
        let paid = content.investors.iter().filter(|one| party.investor_keys.contains(&one.key));
        party.paid = totals(paid.map(|one| (one.expected.as_ref(), one.seen.as_ref())));
        let reaped = content.collectors.iter().filter(|one| party.collector_keys.contains(&one.key));
        party.reaped = totals(reaped.map(|one| (one.expected.as_ref(), one.seen.as_ref())));
    }
    parties
}

/// The party that it is, added where it is a new one.
fn party<'p>(parties: &'p mut Vec<ArenaParty>, who: &Who<'_>) -> &'p mut ArenaParty {
    let at = parties.iter().position(|party| who.is(party)).unwrap_or(parties.len());
    if at == parties.len() {
        parties.push(ArenaParty {
            organisation_id: who.organisation_id,
            name: who.name.map(Into::into),
            position: ArenaPosition::PaysAndReaps,
            investor_keys: Vec::new(),
            collector_keys: Vec::new(),
            paid: totals(std::iter::empty()),
            reaped: totals(std::iter::empty()),
        });
    }
    &mut parties[at]
}

type Sides<'a> = (Option<&'a ArenaStake>, Option<&'a ArenaStake>);

fn totals<'a>(stakes: impl Iterator<Item = Sides<'a>>) -> ArenaTotals {
    let (expected, seen): (Vec<_>, Vec<_>) = stakes.unzip();
    let total = |stakes: Vec<Option<&ArenaStake>>| ArenaTotal {
        hours: sum(stakes.iter().flatten().filter_map(|stake| stake.hours)),
        euros: sum(stakes.iter().flatten().filter_map(|stake| stake.euros)),
    };
    ArenaTotals { expected: total(expected), seen: total(seen) }
}

fn sum(counted: impl Iterator<Item = Quantity>) -> Option<Quantity> {
    let counted: Vec<Quantity> = counted.collect();
    (!counted.is_empty()).then(|| counted.into_iter().sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn entries_of_one_party_come_together_and_expected_stays_apart_from_seen() {
        let partner = Id::new();
        let board: ArenaContent = serde_json::from_value(json!({
            "investors": [
                {"key": "i1", "organisationId": partner, "expected": {"text": "Uren", "hours": "80", "euros": "0.10"}},
                {"key": "i2", "organisationId": partner, "expected": {"text": "Geld", "euros": "0.20"}, "seen": {"text": "Geld", "euros": "5"}},
                {"key": "i3", "name": "De buurt", "expected": {"text": "Koffie"}},
            ],
            "collectors": [
                {"key": "c1", "name": "de Buurt", "effectKey": "e", "seen": {"text": "Rust"}},
                {"key": "c2", "name": "De verzekeraar", "effectKey": "e", "expected": {"text": "Minder zorg", "euros": "900"}},
            ],
        }))
        .expect("a board");
        let [one, neighbours, insurer] = parties(&board).try_into().expect("three parties");
        assert_eq!((one.position, one.organisation_id), (ArenaPosition::PaysOnly, Some(partner)));
        let text = |quantity: &Option<Quantity>| quantity.map(|quantity| quantity.to_string());
        assert_eq!(text(&one.paid.expected.euros).as_deref(), Some("0.30"));
        assert_eq!(text(&one.paid.expected.hours).as_deref(), Some("80"));
        assert_eq!((text(&one.paid.seen.euros).as_deref(), one.paid.seen.hours), (Some("5"), None));
        assert_eq!(neighbours.position, ArenaPosition::PaysAndReaps);
        assert_eq!((neighbours.investor_keys.len(), neighbours.collector_keys.len()), (1, 1));
        assert_eq!(
            (insurer.position, text(&insurer.reaped.expected.euros).as_deref()),
            (ArenaPosition::ReapsOnly, Some("900"))
        );
    }
}
