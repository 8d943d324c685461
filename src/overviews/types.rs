//! What overviews show: numbers of networks and their cycles, never a record and never a person.

use crate::clock::{Day, Instant};
use crate::cycles::types::Phase;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::ids::Id;
use crate::loops::figures::{CyclesByPhase, Figures, OpenEnds, Period};
use crate::networks::types::{NetworkKind, NetworkState};
use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Networks that an overview lists at most; the total is told beside them.
pub const NETWORKS: usize = 200;
/// Narrower themes that it lists at most.
pub const THEMES: usize = 200;
/// Learning questions that it lists of a network at most, the newest.
pub const LEARNING_QUESTIONS: usize = 20;

/// Who works on a theme where. A theme gathers those below it, at any depth; a network and a cycle on several of them
/// count once.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThemeOverview {
    pub theme: ThemeInOverview,
    pub generated_at: Instant,
    /// The themes below it, the nearest first, 200 at most.
    pub narrower_themes: Vec<ThemeInOverview>,
    pub narrower_themes_total: usize,
    /// Those that go on first, and of these the latest to begin; 200 at most.
    pub networks: Vec<NetworkOnTheme>,
    pub networks_total: usize,
    /// The sum of those that the networks tell the caller.
    pub cycles_by_phase: CyclesByPhase,
    pub shared: SharedFigures,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThemeInOverview {
    pub id: Id,
    pub title: String,
    pub locality: Option<String>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub broader_theme_id: Option<Id>,
}

/// A network that works on the theme because it has said so, or by a cycle.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkOnTheme {
    pub id: Id,
    pub name: String,
    pub kind: NetworkKind,
    pub locality: Option<String>,
    pub state: NetworkState,
    /// The first day that it has named, or on which it began a cycle.
    pub starts_on: NaiveDate,
    /// The last day; null while a term has no end or a cycle is open.
    pub ends_on: Option<NaiveDate>,
    /// Which of the themes it works on.
    pub theme_ids: Vec<Id>,
    /// Of cycles whose figures are shared, and to members of all; null to others where the network shares none.
    pub cycles_by_phase: Option<CyclesByPhase>,
    /// The newest, 20 at most; those of cycles whose figures are shared, and to members all.
    pub learning_questions: Vec<LearningQuestion>,
    /// Of the cycles on the themes on which the network shares its figures, if they hold ten observations each; as they
    /// are told to those who are no members, to members too.
    pub figures: Option<Figures>,
    /// Cycles that it shares and that hold fewer: they are in no figures.
    pub withheld_cycles: usize,
    /// Why there are no figures; null where there are.
    pub withheld: Option<Withheld>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LearningQuestion {
    pub text: String,
    pub phase: Phase,
}

/// Why figures are not told: the network does not share them on any of the themes, or no cycle of which it does holds
/// ten observations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "FiguresWithheld")]
pub enum Withheld {
    NotShared,
    FewRecords,
}

/// The sum of the figures that are told.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SharedFigures {
    /// Networks whose figures these are.
    pub networks: usize,
    pub figures: Figures,
    /// Cycles that hold fewer than ten observations, and are left out; those of networks of which no figures are told, too.
    pub withheld_cycles: usize,
}

/// The figures of a network and of those below it, at any depth, as coordinators see them. Of a network that they are a
/// member of nothing is withheld; of the others small counts are.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkFigures {
    pub network_id: Id,
    pub since_on: Option<NaiveDate>,
    pub until_on: Option<NaiveDate>,
    pub generated_at: Instant,
    /// The network itself, then those below it, the nearest first; 200 at most. Ask for one of them to see what lies
    /// further down.
    pub networks: Vec<NetworkBelow>,
    pub networks_total: usize,
    /// The sums of those listed.
    pub active: SumOfNetworks,
    pub archived: SumOfNetworks,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkBelow {
    pub id: Id,
    pub name: String,
    pub kind: NetworkKind,
    pub locality: Option<String>,
    pub state: NetworkState,
    pub parent_id: Option<Id>,
    /// Steps below the network that was asked for, which is at 0.
    pub depth: usize,
    /// Whether the caller is a member of it: nothing of it is withheld from them then.
    pub member: bool,
    /// As the cycles stand now, whatever the period. A cycle counts in the network it lives in.
    pub cycles_by_phase: CyclesByPhase,
    /// Of the cycles that began in the period. Null where there is none, or none that holds ten observations; in a network
    /// that the caller is a member of, none at all.
    pub figures: Option<Figures>,
    /// Cycles that began in the period and hold fewer than ten observations: they are in no figures.
    pub withheld_cycles: usize,
    /// As it is now, whatever the period.
    pub open_items: OpenEnds,
}

#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SumOfNetworks {
    pub networks: usize,
    pub cycles_by_phase: CyclesByPhase,
    pub shared: SharedFigures,
    pub open_items: OpenEnds,
}

/// How the first day of a month is written.
const FIRST_OF_MONTH: &str = "-01$";

/// The period of figures, by when cycles began: each counts as a whole, with all that it holds by now, in the period of the
/// day on which it was created, and never in part. So the figures of two periods differ by whole cycles.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FiguresFilter {
    /// The first day of a month (Europe/Amsterdam): cycles that began on it or later count.
    #[schemars(extend("pattern" = FIRST_OF_MONTH))]
    pub since_on: Option<Day>,
    /// The first day of a later month: cycles that began on it or later do not count.
    #[schemars(extend("pattern" = FIRST_OF_MONTH))]
    pub until_on: Option<Day>,
}

impl FiguresFilter {
    pub fn period(&self) -> Period {
        Period { since: self.since_on.map(Into::into), until: self.until_on.map(Into::into) }
    }
}

impl Input for FiguresFilter {
    fn example() -> Value {
        json!({"sinceOn": "2026-01-01", "untilOn": "2026-04-01"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        for (pointer, day) in [("/sinceOn", self.since_on), ("/untilOn", self.until_on)] {
            if day.is_some_and(|day| NaiveDate::from(day).day() != 1) {
                faults.push(FieldError::new(pointer, "out_of_range", "Must be the first day of a month."));
            }
        }
        if let (Some(since), Some(until)) = (self.since_on, self.until_on)
            && until <= since
        {
            faults.push(FieldError::new("/untilOn", "inconsistent", "Must lie after sinceOn."));
        }
    }
}
