//! The kinds of records that a batch takes: each by the functions and the operations that serve it by itself.

use super::steps::{Creating, Showing, Updating, Withdrawable};
use super::types::Withdrawing;
use crate::access::{InCycle, InNetwork, Locate, Op, Seen, Tx};
use crate::actions::types::{Action, ActionCreate, ActionPatch, ActionState, ActionTransition};
use crate::actions::{self, OneAction};
use crate::error::Result;
use crate::evaluations::types::{Evaluation, EvaluationCreate};
use crate::evaluations::{self, OfAction, OneEvaluation};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::observations::types::{
    Observation, ObservationCreate, ObservationPatch, ObservationState, ObservationTransition,
};
use crate::observations::{self, OneObservation};
use crate::practice::{Withdrawal, WithdrawnOnly};
use crate::pseudonyms::types::{Pseudonym, PseudonymCreate, PseudonymPatch};
use crate::pseudonyms::{self, OnePseudonym};
use crate::questions::returns::{self, OneReturn};
use crate::questions::types::{Question, QuestionCreate, QuestionPatch, Return, ReturnCreate};
use crate::questions::{self, OneQuestion};
use crate::reflections::types::{Reflection, ReflectionCreate, ReflectionPatch};
use crate::reflections::{self, OneReflection};
use crate::run::Outcomes;
use schemars::{Schema, SchemaGenerator};

pub struct Pseudonyms;
pub struct Questions;
pub struct Returns;
pub struct Observations;
/// Observations of a network that have no cycle yet.
pub struct Inbox;
pub struct Reflections;
pub struct Actions;
pub struct Evaluations;

type Found<K> = Seen<<<K as Creating>::At as Locate>::Found>;

macro_rules! created {
    ($kind:ident: $op:ident at $at:ident, $body:ty => $record:ty, |$tx:ident, $seen:ident, $bodies:ident| $create:expr) => {
        impl Creating for $kind {
            const OP: Op = Op::$op;
            type At = $at;
            type Body = $body;
            type Record = $record;

            fn at(id: Id) -> $at {
                $at(id)
            }
            fn create_all(
                $tx: &mut Tx<'_>,
                $seen: &Found<$kind>,
                $bodies: &[&$body],
            ) -> Result<Outcomes<$record>> {
                $create
            }
        }
    };
}

macro_rules! shown {
    ($kind:ident: $op:ident at $at:ident => $record:ty) => {
        impl Showing for $kind {
            const OP: Op = Op::$op;
            type At = $at;
            type Record = $record;

            fn at(id: Id) -> $at {
                $at(id)
            }
        }
    };
}

macro_rules! updated {
    ($kind:ident: $op:ident, $patch:ty, $update:path) => {
        impl Updating for $kind {
            const OP: Op = Op::$op;
            type Patch = $patch;

            fn update(
                tx: &mut Tx<'_>,
                record: Self::Record,
                if_match: &IfMatch,
                patch: $patch,
            ) -> Result<Self::Record> {
                $update(tx, record, if_match, patch)
            }
        }
    };
}

macro_rules! withdrawn {
    ($kind:ident: $op:ident, $withdraw:path) => {
        impl Withdrawable for $kind {
            const OP: Op = Op::$op;

            fn withdraw(
                tx: &mut Tx<'_>,
                record: Self::Record,
                person_id: Id,
                if_match: &IfMatch,
                body: Withdrawing,
            ) -> Result<Self::Record> {
                $withdraw(tx, record, person_id, if_match, &body.into())
            }
        }
    };
}

created!(Pseudonyms: CreatePseudonym at InNetwork, PseudonymCreate => Pseudonym, |tx, seen, bodies| {
    pseudonyms::create_all(tx, seen.found, seen.standing.person_id, bodies)
});
shown!(Pseudonyms: GetPseudonym at OnePseudonym => Pseudonym);
updated!(Pseudonyms: UpdatePseudonym, PseudonymPatch, pseudonyms::update);

created!(Questions: CreateQuestion at InCycle, QuestionCreate => Question, |tx, seen, bodies| {
    questions::create_all(tx, &seen.found, seen.standing.person_id, bodies)
});
shown!(Questions: GetQuestion at OneQuestion => Question);
updated!(Questions: UpdateQuestion, QuestionPatch, questions::update);
withdrawn!(Questions: TransitionQuestion, questions::withdraw);

created!(Returns: CreateReturn at OneQuestion, ReturnCreate => Return, |tx, seen, bodies| {
    let bodies: Vec<_> = bodies.iter().map(|body| (&seen.found, *body)).collect();
    returns::create_all(tx, seen.standing.person_id, &bodies)
});
shown!(Returns: GetReturn at OneReturn => Return);
withdrawn!(Returns: TransitionReturn, returns::withdraw);

created!(Observations: CreateObservation at InCycle, ObservationCreate => Observation, |tx, seen, bodies| {
    let cycle = &seen.found;
    observations::create_all(tx, cycle.network_id, Some(cycle), seen.standing.person_id, bodies)
});
created!(Inbox: CreateInboxObservation at InNetwork, ObservationCreate => Observation, |tx, seen, bodies| {
    observations::create_all(tx, seen.found, None, seen.standing.person_id, bodies)
});
shown!(Observations: GetObservation at OneObservation => Observation);
updated!(Observations: UpdateObservation, ObservationPatch, observations::update);
withdrawn!(Observations: WithdrawObservation, observations::transition);

created!(Reflections: CreateReflection at InCycle, ReflectionCreate => Reflection, |tx, seen, bodies| {
    reflections::create_all(tx, &seen.found, seen.standing.person_id, bodies)
});
shown!(Reflections: GetReflection at OneReflection => Reflection);
updated!(Reflections: UpdateReflection, ReflectionPatch, reflections::update);
withdrawn!(Reflections: TransitionReflection, reflections::withdraw);

created!(Actions: CreateAction at InCycle, ActionCreate => Action, |tx, seen, bodies| {
    actions::create_all(tx, &seen.found, seen.standing.person_id, bodies)
});
shown!(Actions: GetAction at OneAction => Action);
updated!(Actions: UpdateAction, ActionPatch, actions::update);
withdrawn!(Actions: WithdrawAction, actions::transition);

created!(Evaluations: CreateEvaluation at OfAction, EvaluationCreate => Evaluation, |tx, seen, bodies| {
    let bodies: Vec<_> = bodies.iter().map(|body| (&seen.found, *body)).collect();
    evaluations::create_all(tx, seen.standing.person_id, &bodies)
});
shown!(Evaluations: GetEvaluation at OneEvaluation => Evaluation);
withdrawn!(Evaluations: TransitionEvaluation, evaluations::withdraw);

impl From<Withdrawing> for Withdrawal {
    fn from(Withdrawing { id, reason, happened_at }: Withdrawing) -> Withdrawal {
        Withdrawal { id, to: WithdrawnOnly::Withdrawn, reason, happened_at }
    }
}

impl From<Withdrawing> for ObservationTransition {
    fn from(Withdrawing { id, reason, happened_at }: Withdrawing) -> ObservationTransition {
        ObservationTransition { id, to: ObservationState::Withdrawn, reason: Some(reason), happened_at }
    }
}

impl From<Withdrawing> for ActionTransition {
    fn from(Withdrawing { id, reason, happened_at }: Withdrawing) -> ActionTransition {
        ActionTransition { id, to: ActionState::Withdrawn, reason: Some(reason), happened_at }
    }
}

pub fn body_schemas(generator: &mut SchemaGenerator) -> Vec<Schema> {
    vec![
        generator.subschema_for::<PseudonymCreate>(),
        generator.subschema_for::<PseudonymPatch>(),
        generator.subschema_for::<QuestionCreate>(),
        generator.subschema_for::<QuestionPatch>(),
        generator.subschema_for::<ObservationCreate>(),
        generator.subschema_for::<ObservationPatch>(),
        generator.subschema_for::<ReflectionCreate>(),
        generator.subschema_for::<ReflectionPatch>(),
        generator.subschema_for::<ActionCreate>(),
        generator.subschema_for::<ActionPatch>(),
        generator.subschema_for::<EvaluationCreate>(),
        generator.subschema_for::<ReturnCreate>(),
        generator.subschema_for::<Withdrawing>(),
    ]
}

pub fn record_schemas(generator: &mut SchemaGenerator) -> Vec<Schema> {
    vec![
        generator.subschema_for::<Pseudonym>(),
        generator.subschema_for::<Question>(),
        generator.subschema_for::<Observation>(),
        generator.subschema_for::<Reflection>(),
        generator.subschema_for::<Action>(),
        generator.subschema_for::<Evaluation>(),
        generator.subschema_for::<Return>(),
    ]
}
