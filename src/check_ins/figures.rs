//! What came out of check-ins. Form, content and relations stand beside each other: nothing adds them up. Every figure of
//! a check-in is made of the same people, since a response answers everything; so no two figures differ by a person.

use super::responses::{CheckInResponse, Effect, Step};
use super::rules::{self, LEAST_RESPONSES};
use super::types::{Aspect, CheckIn, Statement};
use crate::ids::Id;
use crate::label::Label;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use strum::IntoEnumIterator;

/// Why nothing is shown: the check-in is still `open`, or it had `too_few_responses`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ResultsWithheld")]
pub enum Withheld {
    Open,
    TooFewResponses,
}

/// How far people agreed with a statement.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StatementFigures {
    pub key: String,
    pub aspect: Aspect,
    pub text: Label,
    /// How many answered 1, 2, 3, 4 and 5: together as many as there are responses.
    pub distribution: [usize; Step::COUNT],
    /// The middle answer; between two, half a step.
    pub median: Option<f64>,
}

/// The answers to all statements on an aspect.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct AspectFigures {
    pub aspect: Aspect,
    /// How many of the answers were 1, 2, 3, 4 and 5: together the responses times the aspect's statements.
    pub distribution: [usize; Step::COUNT],
    pub median: Option<f64>,
}

/// How many see one of the three help or hinder another; together as many as there are responses.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct InfluenceFigures {
    pub from: Aspect,
    pub to: Aspect,
    pub helps: usize,
    pub hinders: usize,
    pub neither: usize,
}

/// The figures of one check-in.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckInFigures {
    pub check_in_id: Id,
    pub definition_id: Option<Id>,
    pub definition_version: i32,
    pub starts_on: NaiveDate,
    pub closes_on: NaiveDate,
    /// Why nothing is shown; null where it is.
    pub withheld: Option<Withheld>,
    /// How many responded; null where nothing is shown.
    pub responses: Option<usize>,
    pub statements: Vec<StatementFigures>,
    pub aspects: Vec<AspectFigures>,
    pub influences: Vec<InfluenceFigures>,
}

/// What was written beside the answers to a statement: in alphabetical order, which tells nothing of who wrote it or
/// when, or of what else they answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StatementTexts {
    pub key: String,
    pub texts: Vec<String>,
}

/// The same of what was written beside an influence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct InfluenceTexts {
    pub from: Aspect,
    pub to: Aspect,
    pub texts: Vec<String>,
}

/// What came out of one check-in.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckInResults {
    pub figures: CheckInFigures,
    /// Of statements beside which something was written.
    pub statement_texts: Vec<StatementTexts>,
    pub influence_texts: Vec<InfluenceTexts>,
}

/// The figures of a network's closed check-ins over time.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckInCourse {
    /// In the order in which they began. A statement, or an aspect, is followed by its name from one to the next.
    pub check_ins: Vec<CheckInFigures>,
    /// Closed check-ins from before these, which are not shown.
    pub earlier: i64,
}

/// Why a check-in's results are not shown today, or nothing.
fn withheld(check_in: &CheckIn, responses: usize, today: NaiveDate) -> Option<Withheld> {
    if !rules::is_closed(check_in, today) {
        return Some(Withheld::Open);
    }
    (responses < LEAST_RESPONSES).then_some(Withheld::TooFewResponses)
}

/// The figures of a check-in.
pub fn figures(
    check_in: &CheckIn,
    statements: &[Statement],
    responses: &[&CheckInResponse],
    today: NaiveDate,
) -> CheckInFigures {
    let withheld = withheld(check_in, responses.len(), today);
    let mut figures = CheckInFigures {
        check_in_id: check_in.id,
        definition_id: check_in.definition_id,
        definition_version: check_in.definition_version,
        starts_on: check_in.starts_on,
        closes_on: check_in.closes_on,
        withheld,
        responses: None,
        statements: Vec::new(),
        aspects: Vec::new(),
        influences: Vec::new(),
    };
    if withheld.is_some() {
        return figures;
    }
    figures.responses = Some(responses.len());
    figures.statements = statements.iter().map(|statement| of_statement(statement, responses)).collect();
    figures.aspects = Aspect::iter().map(|aspect| of_aspect(aspect, &figures.statements)).collect();
    figures.influences = rules::directions().map(|(from, to)| of_influence(from, to, responses)).collect();
    figures
}

fn of_statement(statement: &Statement, responses: &[&CheckInResponse]) -> StatementFigures {
    let mut distribution = [0; Step::COUNT];
    for answer in responses.iter().flat_map(|response| response.answers.iter()) {
        if *answer.statement == statement.key {
            distribution[answer.value.place()] += 1;
        }
    }
    StatementFigures {
        key: statement.key.clone(),
        aspect: statement.aspect,
        text: statement.text.clone(),
        distribution,
        median: rules::median(&distribution),
    }
}

fn of_aspect(aspect: Aspect, statements: &[StatementFigures]) -> AspectFigures {
    let mut distribution = [0; Step::COUNT];
    for statement in statements.iter().filter(|statement| statement.aspect == aspect) {
        distribution.iter_mut().zip(statement.distribution).for_each(|(all, own)| *all += own);
    }
    AspectFigures { aspect, distribution, median: rules::median(&distribution) }
}

fn of_influence(from: Aspect, to: Aspect, responses: &[&CheckInResponse]) -> InfluenceFigures {
    let told = responses.iter().flat_map(|response| response.influences.iter());
    let mut figures = InfluenceFigures { from, to, helps: 0, hinders: 0, neither: 0 };
    for influence in told.filter(|influence| (influence.from, influence.to) == (from, to)) {
        *match influence.effect {
            Effect::Helps => &mut figures.helps,
            Effect::Hinders => &mut figures.hinders,
            Effect::Neither => &mut figures.neither,
        } += 1;
    }
    figures
}

/// What came out of a check-in, with what was written.
pub fn results(
    check_in: &CheckIn,
    statements: &[Statement],
    responses: &[&CheckInResponse],
    today: NaiveDate,
) -> CheckInResults {
    let figures = figures(check_in, statements, responses, today);
    if figures.withheld.is_some() {
        return CheckInResults { figures, statement_texts: Vec::new(), influence_texts: Vec::new() };
    }
    let mut statement_texts: Vec<_> = statements
        .iter()
        .map(|statement| {
            let answers = responses.iter().flat_map(|response| response.answers.iter());
            let own = answers.filter(|answer| *answer.statement == statement.key);
            StatementTexts {
                key: statement.key.clone(),
                texts: in_order(own.filter_map(|answer| answer.text.as_deref())),
            }
        })
        .collect();
    statement_texts.retain(|written| !written.texts.is_empty());
    let mut influence_texts: Vec<_> = rules::directions()
        .map(|(from, to)| {
            let told = responses.iter().flat_map(|response| response.influences.iter());
            let own = told.filter(|influence| (influence.from, influence.to) == (from, to));
            let texts = in_order(own.filter_map(|influence| influence.text.as_deref()));
            InfluenceTexts { from, to, texts }
        })
        .collect();
    influence_texts.retain(|written| !written.texts.is_empty());
    CheckInResults { figures, statement_texts, influence_texts }
}

fn in_order<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut texts: Vec<String> = texts.map(str::to_owned).collect();
    texts.sort_by_cached_key(|text| (text.to_lowercase(), text.clone()));
    texts
}
