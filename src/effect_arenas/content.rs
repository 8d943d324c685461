//! What lies on the board of an effect arena. Its parts refer to each other by keys, which are unique on the board.

use crate::decimal::Exact;
use crate::http::text::{Few, Name, Set, Text};
use crate::ids::Id;
use crate::label::Key;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// Hours or euros, to two places; of euros below a milliard.
pub type Quantity = Exact<9, 2, false>;

/// The most parts of a kind on one board.
const PARTS: usize = 30;
/// What is said of a part.
pub type Saying = Text<1000>;
pub type Keys = Few<Key, 0, PARTS>;
pub type Activities = Few<ArenaActivity, 0, PARTS>;
pub type Effects = Few<ArenaEffect, 0, PARTS>;
pub type Investors = Few<ArenaInvestor, 0, PARTS>;
pub type Collectors = Few<ArenaCollector, 0, PARTS>;

/// The board: who invests, in which activities, that lead to which effects, collected by whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ArenaContent {
    pub activities: Activities,
    pub effects: Effects,
    pub investors: Investors,
    pub collectors: Collectors,
}

/// A merge patch of the board: a list that is there takes the place of the one that stood.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ArenaContentPatch {
    pub activities: Set<Activities>,
    pub effects: Set<Effects>,
    pub investors: Set<Investors>,
    pub collectors: Set<Collectors>,
}

/// What was expected beside what was seen; the one never takes the place of the other.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ExpectedAndSeen {
    pub expected: Option<Saying>,
    pub seen: Option<Saying>,
}

/// What a part is seen by: records of the network.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ArenaEvidence {
    pub observation_ids: Few<Id, 0, 50>,
    pub evaluation_ids: Few<Id, 0, 50>,
}

/// What is done.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArenaActivity {
    pub key: Key,
    pub name: Name,
    /// The partners of the network that carry it out.
    pub organisation_ids: Option<Few<Id, 0, PARTS>>,
    /// What it delivers, as can be counted.
    pub output: Option<ExpectedAndSeen>,
    /// What it changes for those it is done with.
    pub outcome: Option<ExpectedAndSeen>,
    pub evidence: Option<ArenaEvidence>,
}

/// What comes of it in the end.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArenaEffect {
    pub key: Key,
    pub name: Name,
    /// The activities that lead to it.
    pub activity_keys: Option<Keys>,
    pub expected: Option<Saying>,
    pub seen: Option<Saying>,
    pub evidence: Option<ArenaEvidence>,
}

/// What somebody puts in, or reaps: in words, and counted where it can be.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArenaStake {
    pub text: Saying,
    /// A decimal number as a text, with at most two decimals.
    pub hours: Option<Quantity>,
    /// A decimal number as a text, with at most two decimals.
    pub euros: Option<Quantity>,
}

/// Who puts something in: a partner of the network by its organisation, or somebody who is none, by a name in words.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArenaInvestor {
    pub key: Key,
    /// This or `name`.
    pub organisation_id: Option<Id>,
    /// Such as the neighbours; never that of a person.
    pub name: Option<Name>,
    /// The activities that it goes into.
    pub activity_keys: Option<Keys>,
    /// What they put in, as expected. This or `seen`, or both.
    pub expected: Option<ArenaStake>,
    /// What they have put in.
    pub seen: Option<ArenaStake>,
    pub evidence: Option<ArenaEvidence>,
}

/// Who reaps (verzilvert) an effect: a partner of the network by its organisation, or somebody who is none, by a name in
/// words.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArenaCollector {
    pub key: Key,
    /// This or `name`.
    pub organisation_id: Option<Id>,
    /// Such as the neighbours; never that of a person.
    pub name: Option<Name>,
    /// The effect that is reaped.
    pub effect_key: Key,
    /// What it is to them, as expected. This or `seen`, or both.
    pub expected: Option<ArenaStake>,
    /// What it has been to them.
    pub seen: Option<ArenaStake>,
    pub evidence: Option<ArenaEvidence>,
}

impl ArenaContent {
    /// The same without what was seen and the evidence of it: what an agreement fixes.
    pub fn as_agreed(&self) -> ArenaContent {
        let unseen = |said: Option<ExpectedAndSeen>| {
            said.map(|said| ExpectedAndSeen { seen: None, ..said }).filter(|said| said.expected.is_some())
        };
        let mut board = self.clone();
        board.activities = self.activities.each(|activity| ArenaActivity {
            output: unseen(activity.output),
            outcome: unseen(activity.outcome),
            evidence: None,
            ..activity
        });
        board.effects = self.effects.each(|effect| ArenaEffect { seen: None, evidence: None, ..effect });
        board.investors = self.investors.each(|one| ArenaInvestor { seen: None, evidence: None, ..one });
        board.collectors = self.collectors.each(|one| ArenaCollector { seen: None, evidence: None, ..one });
        board
    }

    /// Whether anything was seen of anything.
    pub fn has_seen(&self) -> bool {
        let said = |said: &Option<ExpectedAndSeen>| said.as_ref().is_some_and(|said| said.seen.is_some());
        self.activities.iter().any(|activity| said(&activity.output) || said(&activity.outcome))
            || self.effects.iter().any(|effect| effect.seen.is_some())
            || self.investors.iter().any(|investor| investor.seen.is_some())
            || self.collectors.iter().any(|collector| collector.seen.is_some())
    }

    /// What each part is seen by, with where it stands in the body.
    pub fn evidence(&self) -> Vec<(String, &ArenaEvidence)> {
        let mut all = Vec::new();
        let mut add = |list: &str, at: usize, evidence| {
            if let Some(evidence) = evidence {
                all.push((format!("content/{list}/{at}/evidence"), evidence));
            }
        };
        let (activities, effects) = (self.activities.iter(), self.effects.iter());
        let (investors, collectors) = (self.investors.iter(), self.collectors.iter());
        activities.enumerate().for_each(|(at, part)| add("activities", at, part.evidence.as_ref()));
        effects.enumerate().for_each(|(at, part)| add("effects", at, part.evidence.as_ref()));
        investors.enumerate().for_each(|(at, part)| add("investors", at, part.evidence.as_ref()));
        collectors.enumerate().for_each(|(at, part)| add("collectors", at, part.evidence.as_ref()));
        all
    }

    /// The partners that it names, with where each stands in the body.
    pub fn organisations(&self) -> Vec<(String, Id)> {
        let mut all = Vec::new();
        for (index, activity) in self.activities.iter().enumerate() {
            for (place, id) in activity.organisation_ids.iter().flat_map(|ids| ids.iter()).enumerate() {
                all.push((format!("content/activities/{index}/organisationIds/{place}"), *id));
            }
        }
        let investors = self.investors.iter().map(|one| one.organisation_id).enumerate();
        for (index, id) in investors.filter_map(|(index, id)| Some((index, id?))) {
            all.push((format!("content/investors/{index}/organisationId"), id));
        }
        let collectors = self.collectors.iter().map(|one| one.organisation_id).enumerate();
        for (index, id) in collectors.filter_map(|(index, id)| Some((index, id?))) {
            all.push((format!("content/collectors/{index}/organisationId"), id));
        }
        all
    }

    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        let activities = self.activities.iter().map(|part| &part.key);
        let effects = self.effects.iter().map(|part| &part.key);
        let investors = self.investors.iter().map(|part| &part.key);
        activities.chain(effects).chain(investors).chain(self.collectors.iter().map(|part| &part.key))
    }
}
