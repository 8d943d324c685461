//! What a definition, a check-in and a response have to hold, and how many responses it takes to show anything.

use super::built_in;
use super::responses::{Influence, StatementAnswer, Step};
use super::types::{Aspect, CheckIn, CheckInCreate, CheckInState, Statement, StatementBody};
use crate::error::{Error, FieldError, Result};
use chrono::NaiveDate;
use std::collections::HashSet;
use strum::IntoEnumIterator;

/// Of fewer responses nothing is shown. With four, everybody stands among three others at least: who leaves out their own
/// answer is left with three that they cannot tell apart, and two who put theirs together still with two. Fewer would let
/// somebody read off another's answer; more would keep small teams from ever seeing theirs. That all gave the same answer
/// can be seen whatever the number.
pub const LEAST_RESPONSES: usize = 4;

/// What one aspect can do to another: six, each in one direction.
pub fn directions() -> impl Iterator<Item = (Aspect, Aspect)> {
    let each = |from: Aspect| Aspect::iter().filter(move |to| *to != from).map(move |to| (from, to));
    Aspect::iter().flat_map(each)
}

/// A fault for each key that stands twice, and one for each aspect that no statement is about.
pub fn statements_are_whole(statements: &[StatementBody], faults: &mut Vec<FieldError>) {
    let mut keys = HashSet::new();
    for (place, statement) in statements.iter().enumerate() {
        if !keys.insert(&*statement.key) {
            let pointer = format!("/statements/{place}/key");
            faults.push(FieldError::new(pointer, "duplicate", "Give each statement a key of its own."));
        }
    }
    for aspect in Aspect::iter().filter(|aspect| statements.iter().all(|each| each.aspect != *aspect)) {
        let name: &str = aspect.into();
        let detail = format!("At least one statement must be about {name}.");
        faults.push(FieldError::new("/statements", "required", detail));
    }
}

/// What the body of a new check-in alone shows.
pub fn names_one_definition(body: &CheckInCreate, faults: &mut Vec<FieldError>) {
    if body.starts_on.is_some_and(|starts_on| body.closes_on < starts_on) {
        faults.push(closes_too_early("Must not lie before startsOn."));
    }
    if let Some(version) = body.built_in_version {
        if body.definition_id.is_some() {
            let detail = "Name either definitionId or builtInVersion.";
            faults.push(FieldError::new("/builtInVersion", "inconsistent", detail));
        } else if built_in::find(Some(version)).is_none() {
            faults.push(FieldError::new("/builtInVersion", "out_of_range", "There is no such version."));
        }
    }
}

fn closes_too_early(detail: &str) -> FieldError {
    FieldError::new("/closesOn", "inconsistent", detail)
}

/// 409 for a last day that is over already, or that lies before the first.
pub fn may_close_on(starts_on: NaiveDate, closes_on: NaiveDate, today: NaiveDate) -> Result<()> {
    let detail = if closes_on < starts_on {
        "Must not lie before startsOn."
    } else if closes_on < today {
        "Must not lie in the past."
    } else {
        return Ok(());
    };
    Err(Error::inconsistent(vec![closes_too_early(detail)]))
}

/// Whether no response can come in any more, so that the results are what they will stay.
pub fn is_closed(check_in: &CheckIn, today: NaiveDate) -> bool {
    check_in.state == CheckInState::Closed || check_in.closes_on < today
}

/// 409 for a change to a check-in, or to a response, that comes too late.
pub fn still_open(check_in: &CheckIn, today: NaiveDate) -> Result<()> {
    if is_closed(check_in, today) {
        return Err(Error::conflict("check_in_closed", "The check-in is closed and takes no changes."));
    }
    Ok(())
}

/// 409 where responses cannot be given today.
pub fn takes_responses(check_in: &CheckIn, today: NaiveDate) -> Result<()> {
    still_open(check_in, today)?;
    if today < check_in.starts_on {
        let detail = format!("The check-in begins on {}.", check_in.starts_on);
        return Err(Error::conflict("check_in_not_begun", detail));
    }
    Ok(())
}

/// A fault for each statement that is answered a second time.
pub fn answered_once(answers: &[StatementAnswer], faults: &mut Vec<FieldError>) {
    let mut answered = HashSet::new();
    for (place, answer) in answers.iter().enumerate() {
        if !answered.insert(&*answer.statement) {
            let pointer = format!("/answers/{place}/statement");
            faults.push(FieldError::new(pointer, "duplicate", "Answer each statement once."));
        }
    }
}

/// A fault for each influence of an aspect on itself, for each that is told twice, and for each that is missing.
pub fn each_on_each(influences: &[Influence], faults: &mut Vec<FieldError>) {
    let mut told = HashSet::new();
    for (place, influence) in influences.iter().enumerate() {
        let direction: (&str, &str) = (influence.from.into(), influence.to.into());
        if influence.from == influence.to {
            let detail = "An aspect has no influence on itself.";
            faults.push(FieldError::new(format!("/influences/{place}/to"), "inconsistent", detail));
        } else if !told.insert(direction) {
            let detail = "Tell each influence once.";
            faults.push(FieldError::new(format!("/influences/{place}"), "duplicate", detail));
        }
    }
    for (from, to) in directions() {
        let (from, to): (&str, &str) = (from.into(), to.into());
        if !told.contains(&(from, to)) {
            let detail = format!("What {from} does to {to} is missing.");
            faults.push(FieldError::new("/influences", "required", detail));
        }
    }
}

/// 409 with a fault for each answer to what was not asked, and for each statement without an answer.
pub fn answers_fit(answers: &[StatementAnswer], statements: &[Statement]) -> Result<()> {
    let mut faults = Vec::new();
    for (place, answer) in answers.iter().enumerate() {
        if statements.iter().all(|statement| statement.key != *answer.statement) {
            let detail = format!("{} is not asked here.", answer.statement);
            faults.push(FieldError::new(format!("/answers/{place}/statement"), "not_found", detail));
        }
    }
    for statement in statements {
        if answers.iter().all(|answer| *answer.statement != statement.key) {
            let detail = format!("{} has no answer.", statement.key);
            faults.push(FieldError::new("/answers", "required", detail));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::inconsistent(faults)) }
}

/// The middle answer of a distribution over the steps; between two, half a step. None where nobody answered.
pub fn median(distribution: &[usize; Step::COUNT]) -> Option<f64> {
    let count: usize = distribution.iter().sum();
    let step_of = |rank: usize| {
        let mut below = 0;
        distribution.iter().position(|answers| {
            below += answers;
            rank < below
        })
    };
    let (lower, upper) = (step_of(count.checked_sub(1)? / 2)?, step_of(count / 2)?);
    Some((lower + upper) as f64 / 2.0 + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;
    use crate::ids::Id;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn the_middle_answer_is_the_median() {
        assert_eq!(median(&[0, 0, 0, 0, 0]), None);
        assert_eq!(median(&[1, 0, 0, 0, 0]), Some(1.0));
        assert_eq!(median(&[1, 0, 0, 0, 1]), Some(3.0));
        assert_eq!(median(&[0, 2, 0, 1, 0]), Some(2.0));
        assert_eq!(median(&[0, 2, 0, 2, 0]), Some(3.0));
        assert_eq!(median(&[0, 0, 2, 2, 0]), Some(3.5));
    }

    #[test]
    fn each_of_three_is_asked_about_on_each_other() {
        let told: Vec<(&str, &str)> = directions().map(|(from, to)| (from.into(), to.into())).collect();
        let wanted = [
            ("form", "content"),
            ("form", "relations"),
            ("content", "form"),
            ("content", "relations"),
            ("relations", "form"),
            ("relations", "content"),
        ];
        assert_eq!(told, wanted);
    }

    #[test]
    fn a_check_in_takes_responses_from_its_first_day_to_its_last() {
        let now = clock::now();
        let mut check_in = CheckIn {
            id: Id::NIL,
            network_id: Id::NIL,
            definition_id: None,
            definition_version: 1,
            starts_on: day("2026-03-02"),
            closes_on: day("2026-03-04"),
            state: CheckInState::Open,
            closed_at: None,
            created_by: Id::NIL,
            created_at: now,
            updated_at: now,
            version: 1,
            digest: Vec::new(),
        };
        let takes = |check_in: &CheckIn| -> Vec<bool> {
            let days = ["2026-03-01", "2026-03-02", "2026-03-04", "2026-03-05"];
            days.iter().map(|today| takes_responses(check_in, day(today)).is_ok()).collect()
        };
        assert_eq!(takes(&check_in), [false, true, true, false]);
        assert!(!is_closed(&check_in, day("2026-03-04")) && is_closed(&check_in, day("2026-03-05")));
        check_in.state = CheckInState::Closed;
        assert_eq!(takes(&check_in), [false; 4]);
    }
}
