//! The figures that every report tells, from the facts of the loop. Pure.

use super::ages::{AgesOfOpen, ages};
use super::over_time::over_time;
use super::types::{
    ActionsByState, ByLoopDepth, ByPerspective, ByVoice, ComparedFigures, Counts, EvaluationsByVerdict,
    LoopFigures, Parts, ReportFigures, ReturnedToCitizen, SinceClosing, Stages,
};
use crate::clock::Instant;
use crate::loops::counted::{
    self, ActionFigure as Action, EvaluationFigure as Evaluation, Figure, ObservationFigure as Observation,
    QuestionFigure as Question, ReflectionFigure as Reflection, Tally, from_perspective,
};
use crate::loops::days::Days;
use crate::loops::legs;
use crate::loops::rules::Facts;
use crate::networks::types::Pause;
use crate::practice::Perspective;
use chrono::{Duration, NaiveDate};
use strum::IntoEnumIterator;

/// From how many days on something is open long.
const LONG_OPEN_DAYS: i64 = 30;

/// What figures are of, besides the facts.
pub struct Basis<'a> {
    /// Records that happened on these days count.
    pub days: Days,
    /// When ages are counted.
    pub at: Instant,
    pub pauses: &'a [Pause],
}

impl Basis<'_> {
    /// The days of what is open for under 30 days, and of what is open longer.
    pub fn young_and_old(&self) -> (Days, Days) {
        let first_young = self.at.day().checked_sub_signed(Duration::days(LONG_OPEN_DAYS - 1));
        let last_old = first_young.and_then(|day| day.pred_opt());
        let young = Days { from: first_young, to: None };
        (young.within(&self.days), Days { from: None, to: last_old }.within(&self.days))
    }
}

/// The figures of some facts, and how many of their observations lie in the inbox.
pub fn figures(facts: &Facts, basis: &Basis<'_>) -> (ReportFigures, Tally) {
    let mut tally = Tally::default();
    let mut observed: Vec<(NaiveDate, Perspective)> = Vec::new();
    let (mut observations, mut actions, mut questions) = (Vec::new(), Vec::new(), Vec::new());
    let mut young = 0;
    let (young_days, _) = basis.young_and_old();
    let mut see = |figure: Figure, happened_at: Instant| {
        if !basis.days.holds(happened_at) {
            return;
        }
        tally.see(figure);
        match figure {
            Figure::Observation(Observation::Open) => {
                let day = happened_at.day();
                young += usize::from(young_days.hold(day));
                observations.push(day);
            }
            Figure::Action(Action::Open) => actions.push(happened_at.day()),
            Figure::Question(Question::ReturnStillOpen) => questions.push(happened_at.day()),
            Figure::Observation(from) => {
                if let Some(perspective) = Perspective::iter().find(|it| from_perspective(*it) == from) {
                    observed.push((happened_at.day(), perspective));
                }
            }
            _ => {}
        }
    };
    counted::each(facts, |figure, record| see(figure, record.happened_at));
    counted::each_case(facts, |figure, record| see(figure, record.happened_at));
    let today = basis.at.day();
    let told = ReportFigures {
        counts: counts(&tally),
        by_perspective: by_perspective(&tally),
        by_voice: by_voice(&tally),
        by_loop_depth: ByLoopDepth {
            single: tally.of(Reflection::SingleLoop),
            double: tally.of(Reflection::DoubleLoop),
            triple: tally.of(Reflection::TripleLoop),
        },
        frame_shifts: tally.of(Reflection::FrameShift),
        actions_by_state: ActionsByState {
            planned: tally.of(Action::Planned),
            doing: tally.of(Action::Doing),
            done: tally.of(Action::Done),
            dropped: tally.of(Action::Dropped),
        },
        evaluations_by_verdict: EvaluationsByVerdict {
            worked: tally.of(Evaluation::Worked),
            partly: tally.of(Evaluation::Partly),
            did_not_work: tally.of(Evaluation::DidNotWork),
        },
        looped: LoopFigures {
            parts: Parts {
                evaluated: tally.of(Observation::Evaluated),
                closed_without_action: tally.of(Observation::ClosedWithoutAction),
                open_under30_days: young,
                open_longer: tally.of(Observation::Open) - young,
            },
            stages: stages(&tally),
            closure_rate: closure_rate(&tally),
            legs: legs::legs(facts, |source| basis.days.holds(source.happened_at)),
            returned_to_citizen: ReturnedToCitizen {
                questions: tally.of(Question::Asked),
                returned: tally.of(Question::Returned),
                heard_back: tally.of(Question::HeardBack),
                recognised: tally.of(Question::Recognised),
            },
        },
        observations_over_time: over_time(&observed, &basis.days),
        ages_of_open: AgesOfOpen {
            observations: ages(observations, today, basis.pauses),
            actions: ages(actions, today, basis.pauses),
            questions: ages(questions, today, basis.pauses),
        },
    };
    (told, tally)
}

fn counts(tally: &Tally) -> Counts {
    Counts {
        questions: tally.of(Question::Asked),
        observations: tally.of(Observation::Observed),
        withdrawn: tally.of(Observation::Withdrawn),
        reflections: tally.of(Reflection::Reflected),
        actions: tally.of(Action::Undertaken),
        evaluations: tally.of(Evaluation::Judged),
    }
}

fn by_perspective(tally: &Tally) -> ByPerspective {
    let mut count = ByPerspective::default();
    for perspective in Perspective::iter() {
        *count.of(perspective) = tally.of(from_perspective(perspective));
    }
    count
}

impl ByPerspective {
    pub fn of(&mut self, perspective: Perspective) -> &mut usize {
        match perspective {
            Perspective::Citizen => &mut self.citizen,
            Perspective::Practitioner => &mut self.practitioner,
            Perspective::InformalCarer => &mut self.informal_carer,
            Perspective::Organisation => &mut self.organisation,
            Perspective::System => &mut self.system,
        }
    }
}

fn by_voice(tally: &Tally) -> ByVoice {
    ByVoice {
        own_words: tally.of(Observation::OwnWords),
        quoted: tally.of(Observation::Quoted),
        retold: tally.of(Observation::Retold),
        interpreted: tally.of(Observation::Interpreted),
        unstated: tally.of(Observation::VoiceUnstated),
    }
}

fn stages(tally: &Tally) -> Stages {
    Stages {
        observed: tally.of(Observation::Observed),
        discussed: tally.of(Observation::Discussed),
        acted_on: tally.of(Observation::ActedOn),
        evaluated: tally.of(Observation::Evaluated),
        closed_without_action: tally.of(Observation::ClosedWithoutAction),
        open: tally.of(Observation::Open),
    }
}

fn closure_rate(tally: &Tally) -> Option<f64> {
    let observed = tally.of(Observation::Observed);
    (observed > 0).then(|| tally.of(Observation::Evaluated) as f64 / observed as f64)
}

/// The figures that are set beside those of a report.
pub fn compared(facts: &Facts, days: &Days) -> ComparedFigures {
    let mut tally = Tally::default();
    counted::each(facts, |figure, record| {
        if days.holds(record.happened_at) {
            tally.see(figure);
        }
    });
    ComparedFigures {
        questions: tally.of(Question::Asked),
        observations: tally.of(Observation::Observed),
        reflections: tally.of(Reflection::Reflected),
        actions: tally.of(Action::Undertaken),
        evaluations: tally.of(Evaluation::Judged),
        evaluated: tally.of(Observation::Evaluated),
        closed_without_action: tally.of(Observation::ClosedWithoutAction),
        open: tally.of(Observation::Open),
        closure_rate: closure_rate(&tally),
        frame_shifts: tally.of(Reflection::FrameShift),
        returned: tally.of(Question::Returned),
    }
}

/// What came since the closing.
pub fn since_closing(closing: &Facts, now: &Facts) -> SinceClosing {
    let mut tally = Tally::default();
    counted::each_since(closing, now, |figure, _| tally.see(figure));
    SinceClosing {
        observations: tally.of(Observation::ObservedSinceClosing),
        evaluations: tally.of(Evaluation::JudgedSinceClosing),
        evaluated: tally.of(Observation::EvaluatedSinceClosing),
        withdrawn: tally.of(Observation::WithdrawnSinceClosing),
        returned: tally.of(Question::ReturnedSinceClosing),
    }
}
