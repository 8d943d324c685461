//! The figures of reports by name, each of which counts records of one kind. Pure.

use super::legs::{LegEnd, Outcome};
use crate::practice::Perspective;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumIter, IntoStaticStr};

/// A figure of a report, by the kind of record that it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Figure {
    Question(QuestionFigure),
    Observation(ObservationFigure),
    Reflection(ReflectionFigure),
    Action(ActionFigure),
    Evaluation(EvaluationFigure),
}

/// Figures that count questions. `…_reached` are those whose loop went on to such a record, `…_still_open` those that have
/// not got there, and `…_out_of_order` those whose earliest one happened before them.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, EnumIter, IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum QuestionFigure {
    Asked,
    ObservationReached,
    ObservationStillOpen,
    ObservationOutOfOrder,
    ReturnReached,
    ReturnStillOpen,
    ReturnOutOfOrder,
    /// Told back.
    Returned,
    /// The citizen said whether they recognised the answer.
    HeardBack,
    /// The citizen recognised it.
    Recognised,
    /// Told back for the first time since the cycle was closed.
    ReturnedSinceClosing,
}

/// Figures that count observations; for `reflection_…` see [`QuestionFigure`].
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, EnumIter, IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ObservationFigure {
    /// All but the withdrawn.
    Observed,
    Withdrawn,
    FromCitizen,
    FromPractitioner,
    FromInformalCarer,
    FromOrganisation,
    FromSystem,
    OwnWords,
    Quoted,
    Retold,
    Interpreted,
    VoiceUnstated,
    /// Got at least so far.
    Discussed,
    ActedOn,
    Evaluated,
    ClosedWithoutAction,
    /// Neither evaluated nor closed without action.
    Open,
    ReflectionReached,
    ReflectionStillOpen,
    ReflectionOutOfOrder,
    /// Nobody has taken it into a cycle: of a network, and among none of the others.
    Inbox,
    /// Arrived since the cycle was closed.
    ObservedSinceClosing,
    /// Went all the way round since then.
    EvaluatedSinceClosing,
    WithdrawnSinceClosing,
}

/// Figures that count reflections; for `action_…` see [`QuestionFigure`]. Reflections that only their author sees count in
/// none.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, EnumIter, IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ReflectionFigure {
    Reflected,
    SingleLoop,
    DoubleLoop,
    TripleLoop,
    /// Of double or triple loop depth: an assumption gave way. A signal, never a target.
    FrameShift,
    ActionReached,
    ActionStillOpen,
    ActionOutOfOrder,
}

/// Figures that count actions; for `evaluation_…` see [`QuestionFigure`].
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, EnumIter, IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ActionFigure {
    /// All but the withdrawn.
    Undertaken,
    Planned,
    Doing,
    Done,
    Dropped,
    /// Waits for an evaluation here: of a cycle also those that it took along from the one before.
    Open,
    EvaluationReached,
    EvaluationStillOpen,
    EvaluationOutOfOrder,
}

/// Figures that count evaluations.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, EnumIter, IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum EvaluationFigure {
    Judged,
    Worked,
    Partly,
    DidNotWork,
    /// Given since the cycle was closed.
    JudgedSinceClosing,
}

impl From<QuestionFigure> for Figure {
    fn from(figure: QuestionFigure) -> Figure {
        Figure::Question(figure)
    }
}

impl From<ObservationFigure> for Figure {
    fn from(figure: ObservationFigure) -> Figure {
        Figure::Observation(figure)
    }
}

impl From<ReflectionFigure> for Figure {
    fn from(figure: ReflectionFigure) -> Figure {
        Figure::Reflection(figure)
    }
}

impl From<ActionFigure> for Figure {
    fn from(figure: ActionFigure) -> Figure {
        Figure::Action(figure)
    }
}

impl From<EvaluationFigure> for Figure {
    fn from(figure: EvaluationFigure) -> Figure {
        Figure::Evaluation(figure)
    }
}

/// The figure of the observations that were made from a perspective.
pub fn from_perspective(perspective: Perspective) -> ObservationFigure {
    match perspective {
        Perspective::Citizen => ObservationFigure::FromCitizen,
        Perspective::Practitioner => ObservationFigure::FromPractitioner,
        Perspective::InformalCarer => ObservationFigure::FromInformalCarer,
        Perspective::Organisation => ObservationFigure::FromOrganisation,
        Perspective::System => ObservationFigure::FromSystem,
    }
}

/// The figure that counts the sources of a leg that got so far.
pub fn leg_figure(from: LegEnd, to: LegEnd, outcome: &Outcome) -> Figure {
    let [reached, still_open, out_of_order] = leg_figures(from, to);
    match outcome {
        Outcome::Reached { .. } => reached,
        Outcome::StillOpen => still_open,
        Outcome::OutOfOrder => out_of_order,
    }
}

/// The figures of a leg: of what got there, of what has not, and of what runs backwards.
pub fn leg_figures(from: LegEnd, to: LegEnd) -> [Figure; 3] {
    use QuestionFigure as Question;
    match (from, to) {
        (LegEnd::Question, LegEnd::Return) => {
            [Question::ReturnReached, Question::ReturnStillOpen, Question::ReturnOutOfOrder].map(Into::into)
        }
        (LegEnd::Question, _) => {
            [Question::ObservationReached, Question::ObservationStillOpen, Question::ObservationOutOfOrder]
                .map(Into::into)
        }
        (LegEnd::Observation, _) => [
            ObservationFigure::ReflectionReached,
            ObservationFigure::ReflectionStillOpen,
            ObservationFigure::ReflectionOutOfOrder,
        ]
        .map(Into::into),
        (LegEnd::Reflection, _) => [
            ReflectionFigure::ActionReached,
            ReflectionFigure::ActionStillOpen,
            ReflectionFigure::ActionOutOfOrder,
        ]
        .map(Into::into),
        (LegEnd::Action | LegEnd::Evaluation | LegEnd::Return, _) => [
            ActionFigure::EvaluationReached,
            ActionFigure::EvaluationStillOpen,
            ActionFigure::EvaluationOutOfOrder,
        ]
        .map(Into::into),
    }
}
