//! Which records a figure counts. Pure: a report counts what [`each`] shows, and a list query that follows a figure to its
//! records shows the same, so the two cannot disagree.

use super::figure::leg_figure;
pub use super::figure::{
    ActionFigure, EvaluationFigure, Figure, ObservationFigure, QuestionFigure, ReflectionFigure,
    from_perspective, leg_figures,
};
use super::legs;
use super::rules::{Dated, Facts, Stage};
use crate::actions::types::ActionState;
use crate::evaluations::types::Verdict;
use crate::ids::Id;
use crate::observations::types::{ObservationState, Voice};
use crate::questions::types::Recognised;
use crate::reflections::types::LoopDepth;
use std::collections::{HashMap, HashSet};

/// Shows each record that a figure counts, once for each such figure; those of legs excepted.
pub fn each(facts: &Facts, mut see: impl FnMut(Figure, Dated)) {
    questions(facts, &mut see);
    observations(facts, &mut see);
    reflections(facts, &mut see);
    actions(facts, &mut see);
    evaluations(facts, &mut see);
}

/// Shows each source record of each leg, for the figure that counts it.
pub fn each_case(facts: &Facts, mut see: impl FnMut(Figure, Dated)) {
    for leg in legs::cases(facts) {
        for case in &leg.cases {
            see(leg_figure(leg.from, leg.to, &case.outcome), case.source);
        }
    }
}

fn questions(facts: &Facts, see: &mut impl FnMut(Figure, Dated)) {
    let (mut told, mut heard, mut recognised) = (HashSet::new(), HashSet::new(), HashSet::new());
    for returned in &facts.returns {
        told.insert(returned.question_id);
        if returned.recognised.is_some() {
            heard.insert(returned.question_id);
        }
        if returned.recognised == Some(Recognised::Yes) {
            recognised.insert(returned.question_id);
        }
    }
    for question in &facts.questions {
        see(QuestionFigure::Asked.into(), *question);
        for (figure, among) in [
            (QuestionFigure::Returned, &told),
            (QuestionFigure::HeardBack, &heard),
            (QuestionFigure::Recognised, &recognised),
        ] {
            if among.contains(&question.id) {
                see(figure.into(), *question);
            }
        }
    }
}

fn observations(facts: &Facts, see: &mut impl FnMut(Figure, Dated)) {
    use ObservationFigure as Counted;
    let stages = facts.stages();
    for observation in &facts.observations {
        let mut see = |figure: Counted| see(figure.into(), observation.dated());
        if observation.state == ObservationState::Withdrawn {
            see(Counted::Withdrawn);
            continue;
        }
        see(Counted::Observed);
        see(from_perspective(observation.perspective));
        see(match observation.voice {
            Some(Voice::OwnWords) => Counted::OwnWords,
            Some(Voice::Quoted) => Counted::Quoted,
            Some(Voice::Retold) => Counted::Retold,
            Some(Voice::Interpreted) => Counted::Interpreted,
            None => Counted::VoiceUnstated,
        });
        let stage = stages.get(&observation.id).copied().unwrap_or(Stage::Observed);
        if stage >= Stage::Discussed {
            see(Counted::Discussed);
        }
        if stage >= Stage::ActedOn {
            see(Counted::ActedOn);
        }
        see(match (stage, observation.state) {
            (Stage::Evaluated, _) => Counted::Evaluated,
            (_, ObservationState::Closed) => Counted::ClosedWithoutAction,
            _ => Counted::Open,
        });
    }
    for observation in &facts.inbox {
        see(Counted::Inbox.into(), *observation);
    }
}

fn reflections(facts: &Facts, see: &mut impl FnMut(Figure, Dated)) {
    use ReflectionFigure as Counted;
    for reflection in &facts.reflections {
        let mut see = |figure: Counted| see(figure.into(), reflection.dated());
        see(Counted::Reflected);
        see(match reflection.loop_depth {
            LoopDepth::Single => Counted::SingleLoop,
            LoopDepth::Double => Counted::DoubleLoop,
            LoopDepth::Triple => Counted::TripleLoop,
        });
        if reflection.loop_depth != LoopDepth::Single {
            see(Counted::FrameShift);
        }
    }
}

fn actions(facts: &Facts, see: &mut impl FnMut(Figure, Dated)) {
    use ActionFigure as Counted;
    for action in &facts.actions {
        let state = match action.state {
            ActionState::Planned => Counted::Planned,
            ActionState::Doing => Counted::Doing,
            ActionState::Done => Counted::Done,
            ActionState::Dropped => Counted::Dropped,
            ActionState::Withdrawn => continue,
        };
        see(Counted::Undertaken.into(), action.dated());
        see(state.into(), action.dated());
    }
    for action in facts.open_actions() {
        see(Counted::Open.into(), action.dated());
    }
}

fn evaluations(facts: &Facts, see: &mut impl FnMut(Figure, Dated)) {
    use EvaluationFigure as Counted;
    for evaluation in &facts.evaluations {
        see(Counted::Judged.into(), evaluation.dated());
        let verdict = match evaluation.verdict {
            Verdict::Worked => Counted::Worked,
            Verdict::Partly => Counted::Partly,
            Verdict::DidNotWork => Counted::DidNotWork,
        };
        see(verdict.into(), evaluation.dated());
    }
}

/// Shows each record that tells what came since the closing of a cycle: of its facts as they were and as they are.
pub fn each_since(closing: &Facts, now: &Facts, mut see: impl FnMut(Figure, Dated)) {
    let mut known: HashSet<(Figure, Id)> = HashSet::new();
    each(closing, |figure, record| {
        if since_closing(figure).is_some() {
            known.insert((figure, record.id));
        }
    });
    each(now, |figure, record| {
        if let Some(since) = since_closing(figure)
            && !known.contains(&(figure, record.id))
        {
            see(since, record);
        }
    });
}

/// The figure of the records that came to a figure since the closing.
fn since_closing(figure: Figure) -> Option<Figure> {
    Some(match figure {
        Figure::Question(QuestionFigure::Returned) => QuestionFigure::ReturnedSinceClosing.into(),
        Figure::Observation(ObservationFigure::Observed) => ObservationFigure::ObservedSinceClosing.into(),
        Figure::Observation(ObservationFigure::Evaluated) => ObservationFigure::EvaluatedSinceClosing.into(),
        Figure::Observation(ObservationFigure::Withdrawn) => ObservationFigure::WithdrawnSinceClosing.into(),
        Figure::Evaluation(EvaluationFigure::Judged) => EvaluationFigure::JudgedSinceClosing.into(),
        _ => return None,
    })
}

/// How many records each figure counts.
#[derive(Debug, Default)]
pub struct Tally(HashMap<Figure, usize>);

impl Tally {
    pub fn see(&mut self, figure: Figure) {
        *self.0.entry(figure).or_default() += 1;
    }

    pub fn of(&self, figure: impl Into<Figure>) -> usize {
        self.0.get(&figure.into()).copied().unwrap_or_default()
    }
}
