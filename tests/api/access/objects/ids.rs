//! Ids of the other workplace, by what they are ids of.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::support::cases::Case;
use crate::support::client::Request;
use crate::support::contract::Contract;

/// Members and keys that are not called by what they are the id of.
const ALIASES: [(&str, &str); 19] = [
    ("askedById", "personId"),
    ("authorId", "personId"),
    ("handOverTo", "personId"),
    ("heldById", "personId"),
    ("ownerId", "personId"),
    ("participantIds", "personId"),
    ("presentIds", "personId"),
    ("coNetworkId", "networkId"),
    ("parentId", "networkId"),
    ("successorId", "networkId"),
    ("previousCycleId", "cycleId"),
    ("broaderThemeId", "themeId"),
    ("adaptedFromId", "insightId"),
    ("adaptedInsightId", "insightId"),
    ("aboutPseudonymIds", "pseudonymId"),
    ("onBehalfOfPseudonymId", "pseudonymId"),
    // Whatever a log or a decision is about; an observation for one.
    ("subjectId", "observationId"),
    ("recordIds", "observationId"),
    // What is counted within a square has ids of its own, which are nobody's elsewhere.
    ("initiativeId", "effectSquareId"),
];

/// An id of each kind of record, by the name of the parameter that takes it in a path.
pub struct Ids(BTreeMap<String, String>);

impl Ids {
    /// From the paths of requests.
    pub fn gather(contract: &Contract, requests: &[(Case, Request)]) -> Ids {
        let mut ids = BTreeMap::new();
        for (_, request) in requests {
            let operation = contract.operation(request.method, &request.path).expect("it is in the contract");
            for (name, value) in named(operation.path, &request.path) {
                if Uuid::parse_str(value).is_ok() {
                    ids.entry(name.to_owned()).or_insert_with(|| value.to_owned());
                }
            }
        }
        Ids(ids)
    }

    /// What a member or a key of this name is the id of.
    pub fn kind<'n>(&self, name: &'n str) -> &'n str {
        if let Some((_, kind)) = ALIASES.iter().find(|(alias, _)| *alias == name) {
            return kind;
        }
        let one = name.strip_suffix('s').unwrap_or(name);
        assert!(self.0.contains_key(one), "say in ALIASES what {name:?} is the id of");
        one
    }

    pub fn of(&self, kind: &str) -> &str {
        self.0.get(kind).unwrap_or_else(|| panic!("no case has a record by {kind} in its path"))
    }
}

/// The parameters of a path, with their values.
pub fn named<'t, 'p>(template: &'t str, path: &'p str) -> Vec<(&'t str, &'p str)> {
    let path = path.split('?').next().unwrap_or(path);
    let pairs = template.split('/').zip(path.split('/'));
    pairs.filter_map(|(part, value)| Some((part.strip_prefix('{')?.strip_suffix('}')?, value))).collect()
}

/// The ids in a text, in their order.
pub fn within(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_ascii_hexdigit() && letter != '-');
    words.filter(|word| word.len() == 36 && Uuid::parse_str(word).is_ok()).map(str::to_owned).collect()
}
