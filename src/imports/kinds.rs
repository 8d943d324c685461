//! What can be imported, and what creates it.

use super::below::{self, Below};
use crate::access::{InCycle, InNetwork, Locate, Op, Seen, Tx};
use crate::error::Result;
use crate::evaluations::OfAction;
use crate::evaluations::types::EvaluationCreate;
use crate::ids::Id;
use crate::privacy_warnings::rules::Subject;
use crate::questions::OneQuestion;
use crate::questions::types::ReturnCreate;
use crate::record::{Created, Record, Wrote};
use crate::run::Outcomes;
use crate::{actions, evaluations, observations, pseudonyms, questions, reflections};

/// A kind of record, at the place that it is imported into.
pub struct Kind<L: Locate, B> {
    /// The operation that creates one: whoever may do that may import many.
    pub op: Op,
    pub at: L,
    pub create: Create<L, B>,
    /// What only one record may be of, besides its id: a session has one reflection.
    pub once: fn(&B) -> Option<Id>,
    /// What a record lies below, where that is told by its line.
    pub below: fn(&B) -> Option<Id>,
}

impl<L: Locate, B> Kind<L, B> {
    fn of(op: Op, at: L, create: Create<L, B>) -> Kind<L, B> {
        Kind { op, at, create, once: |_| None, below: |_| None }
    }
}

/// Creates records in their order.
pub type Create<L, B> = fn(&mut Tx<'_>, &Seen<<L as Locate>::Found>, &[&B]) -> Result<Vec<Result<Taken>>>;

/// A line that was not refused: whether its record is new, and which it is.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    pub fresh: bool,
    pub subject: Option<Subject>,
}

impl Wrote for Taken {
    fn subject(&self) -> Option<Subject> {
        self.subject
    }

    fn is_fresh(&self) -> bool {
        self.fresh
    }
}

/// What is to be known of records that were created.
pub fn taken<R: Record>(outcomes: Outcomes<R>) -> Vec<Result<Taken>> {
    let taken = |created: Created<R>| Taken { fresh: created.fresh, subject: created.subject() };
    outcomes.into_iter().map(|outcome| outcome.map(taken)).collect()
}

pub fn questions(at: InCycle) -> Kind<InCycle, questions::types::QuestionCreate> {
    let create: Create<InCycle, _> = |tx, seen, bodies| {
        Ok(taken(questions::create_all(tx, &seen.found, seen.standing.person_id, bodies)?))
    };
    Kind::of(Op::CreateQuestion, at, create)
}

pub fn observations(at: InCycle) -> Kind<InCycle, observations::types::ObservationCreate> {
    let create: Create<InCycle, _> = |tx, seen, bodies| {
        let cycle = &seen.found;
        let author_id = seen.standing.person_id;
        Ok(taken(observations::create_all(tx, cycle.network_id, Some(cycle), author_id, bodies)?))
    };
    Kind::of(Op::CreateObservation, at, create)
}

pub fn inbox_observations(at: InNetwork) -> Kind<InNetwork, observations::types::ObservationCreate> {
    let create: Create<InNetwork, _> = |tx, seen, bodies| {
        Ok(taken(observations::create_all(tx, seen.found, None, seen.standing.person_id, bodies)?))
    };
    Kind::of(Op::CreateInboxObservation, at, create)
}

pub fn reflections(at: InCycle) -> Kind<InCycle, reflections::types::ReflectionCreate> {
    let create: Create<InCycle, _> = |tx, seen, bodies| {
        Ok(taken(reflections::create_all(tx, &seen.found, seen.standing.person_id, bodies)?))
    };
    Kind { once: |body| body.session_id, ..Kind::of(Op::CreateReflection, at, create) }
}

pub fn actions(at: InCycle) -> Kind<InCycle, actions::types::ActionCreate> {
    let create: Create<InCycle, _> =
        |tx, seen, bodies| Ok(taken(actions::create_all(tx, &seen.found, seen.standing.person_id, bodies)?));
    Kind::of(Op::CreateAction, at, create)
}

pub fn evaluations(at: InCycle) -> Kind<InCycle, Below<OfAction, EvaluationCreate>> {
    let create: Create<InCycle, _> =
        |tx, seen, lines| below::create(tx, Op::CreateEvaluation, seen, lines, evaluations::create_all);
    Kind { below: |line| Some(line.parent_id), ..Kind::of(Op::CreateEvaluation, at, create) }
}

pub fn returns(at: InCycle) -> Kind<InCycle, Below<OneQuestion, ReturnCreate>> {
    let create: Create<InCycle, _> =
        |tx, seen, lines| below::create(tx, Op::CreateReturn, seen, lines, questions::returns::create_all);
    Kind { below: |line| Some(line.parent_id), ..Kind::of(Op::CreateReturn, at, create) }
}

pub fn pseudonyms(at: InNetwork) -> Kind<InNetwork, pseudonyms::types::PseudonymCreate> {
    let create: Create<InNetwork, _> = |tx, seen, bodies| {
        Ok(taken(pseudonyms::create_all(tx, seen.found, seen.standing.person_id, bodies)?))
    };
    Kind::of(Op::CreatePseudonym, at, create)
}
