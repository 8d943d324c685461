//! The kinds of records that a batch takes: each by the functions and the operations that serve it by itself.

use super::steps::{Changing, Creating, CreatingBelow, CreatingIn, Showing};
use super::types::Withdrawing;
use crate::access::{InCycle, InNetwork, Locate, Op, Seen, Tx};
use crate::actions::types::{Action, ActionCreate, ActionPatch, ActionState, ActionTransition};
use crate::actions::{self, OneAction};
use crate::edits::{Edit, Edited};
use crate::error::Result;
use crate::evaluations::types::{Evaluation, EvaluationCreate};
use crate::evaluations::{self, OfAction, OneEvaluation};
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
use crate::run::{Outcomes, Placed};
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
        }

        impl CreatingIn for $kind {
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

macro_rules! created_below {
    ($kind:ident: $op:ident below $at:ident, $body:ty => $record:ty, $create_all:path) => {
        impl Creating for $kind {
            const OP: Op = Op::$op;
            type At = $at;
            type Body = $body;
            type Record = $record;

            fn at(id: Id) -> $at {
                $at(id)
            }
        }

        impl CreatingBelow for $kind {
            fn parent_id(parent: &<$at as Locate>::Found) -> Id {
                parent.id
            }
            fn create_all(
                tx: &mut Tx<'_>,
                person_id: Id,
                bodies: &[Placed<'_, <$at as Locate>::Found, $body>],
            ) -> Result<Outcomes<$record>> {
                $create_all(tx, person_id, bodies)
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

macro_rules! changed {
    ($kind:ident: $op:ident, $body:ty, |$tx:ident, $person_id:ident, $edits:ident| $change:expr $(, $id_of:expr)?) => {
        impl Changing<$body> for $kind {
            const OP: Op = Op::$op;

            fn change_all(
                $tx: &mut Tx<'_>,
                $person_id: Id,
                $edits: Vec<Edit<'_, Self::Record, $body>>,
            ) -> Result<Edited<Self::Record>> {
                $change
            }
            $(fn id_of(body: &$body) -> Option<Id> {
                $id_of(body)
            })?
        }
    };
}

created!(Pseudonyms: CreatePseudonym at InNetwork, PseudonymCreate => Pseudonym, |tx, seen, bodies| {
    pseudonyms::create_all(tx, seen.found, seen.standing.person_id, bodies)
});
shown!(Pseudonyms: GetPseudonym at OnePseudonym => Pseudonym);
changed!(Pseudonyms: UpdatePseudonym, PseudonymPatch, |tx, _by, edits| pseudonyms::update_all(tx, edits));

created!(Questions: CreateQuestion at InCycle, QuestionCreate => Question, |tx, seen, bodies| {
    questions::create_all(tx, &seen.found, seen.standing.person_id, bodies)
});
shown!(Questions: GetQuestion at OneQuestion => Question);
changed!(Questions: UpdateQuestion, QuestionPatch, |tx, _by, edits| questions::update_all(tx, edits));
changed!(Questions: TransitionQuestion, Withdrawal, |tx, by, edits| questions::withdraw_all(tx, by, edits), |body: &Withdrawal| body.id);

created_below!(Returns: CreateReturn below OneQuestion, ReturnCreate => Return, returns::create_all);
shown!(Returns: GetReturn at OneReturn => Return);
changed!(Returns: TransitionReturn, Withdrawal, |tx, by, edits| returns::withdraw_all(tx, by, edits), |body: &Withdrawal| body.id);

created!(Observations: CreateObservation at InCycle, ObservationCreate => Observation, |tx, seen, bodies| {
    let cycle = &seen.found;
    observations::create_all(tx, cycle.network_id, Some(cycle), seen.standing.person_id, bodies)
});
created!(Inbox: CreateInboxObservation at InNetwork, ObservationCreate => Observation, |tx, seen, bodies| {
    observations::create_all(tx, seen.found, None, seen.standing.person_id, bodies)
});
shown!(Observations: GetObservation at OneObservation => Observation);
changed!(Observations: UpdateObservation, ObservationPatch, |tx, _by, edits| observations::update_all(tx, edits));
changed!(Observations: WithdrawObservation, ObservationTransition, |tx, by, edits| observations::transition_all(tx, by, edits), |body: &ObservationTransition| body.id);

created!(Reflections: CreateReflection at InCycle, ReflectionCreate => Reflection, |tx, seen, bodies| {
    reflections::create_all(tx, &seen.found, seen.standing.person_id, bodies)
});
shown!(Reflections: GetReflection at OneReflection => Reflection);
changed!(Reflections: UpdateReflection, ReflectionPatch, |tx, _by, edits| reflections::update_all(tx, edits));
changed!(Reflections: TransitionReflection, Withdrawal, |tx, by, edits| reflections::withdraw_all(tx, by, edits), |body: &Withdrawal| body.id);

created!(Actions: CreateAction at InCycle, ActionCreate => Action, |tx, seen, bodies| {
    actions::create_all(tx, &seen.found, seen.standing.person_id, bodies)
});
shown!(Actions: GetAction at OneAction => Action);
changed!(Actions: UpdateAction, ActionPatch, |tx, _by, edits| actions::update_all(tx, edits));
changed!(Actions: WithdrawAction, ActionTransition, |tx, by, edits| actions::transition_all(tx, by, edits), |body: &ActionTransition| body.id);

created_below!(Evaluations: CreateEvaluation below OfAction, EvaluationCreate => Evaluation, evaluations::create_all);
shown!(Evaluations: GetEvaluation at OneEvaluation => Evaluation);
changed!(Evaluations: TransitionEvaluation, Withdrawal, |tx, by, edits| evaluations::withdraw_all(tx, by, edits), |body: &Withdrawal| body.id);

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
