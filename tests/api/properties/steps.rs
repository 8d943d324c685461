//! What people do in a cycle.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;

/// A kind of record that a cycle holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Question,
    Observation,
    Reflection,
    Action,
    Evaluation,
    Return,
}

impl Kind {
    pub const ALL: [Kind; 6] =
        [Kind::Question, Kind::Observation, Kind::Reflection, Kind::Action, Kind::Evaluation, Kind::Return];

    pub fn name(self) -> &'static str {
        ["question", "observation", "reflection", "action", "evaluation", "return"][self as usize]
    }
}

/// Hours after the beginning of 2024; now, where none are said.
pub type At = Option<i64>;

/// A step. Its numbers choose among the records that are there, whatever their number.
#[derive(Clone, Debug)]
pub enum Step {
    Ask {
        at: At,
    },
    Observe {
        of: Option<usize>,
        perspective: &'static str,
        voice: Option<&'static str>,
        at: At,
    },
    Reflect {
        on: Vec<usize>,
        depth: &'static str,
        at: At,
    },
    Act {
        on: Vec<usize>,
        at: At,
    },
    Evaluate {
        on: usize,
        verdict: &'static str,
        at: At,
    },
    Tell {
        on: usize,
        recognised: Option<&'static str>,
        at: At,
    },
    /// Moves a record to a state.
    Turn {
        kind: Kind,
        on: usize,
        to: &'static str,
    },
    /// Moves the cycle to a phase.
    Move {
        to: &'static str,
        reason: bool,
        accept: bool,
    },
}

fn at() -> impl Strategy<Value = At> {
    option::weighted(0.8, 0..4_000_i64)
}

fn on() -> impl Strategy<Value = usize> {
    any::<usize>()
}

/// Work in a cycle, most of which leads somewhere.
pub fn work() -> impl Strategy<Value = Step> {
    let perspective = select(vec!["citizen", "practitioner", "informal_carer", "organisation", "system"]);
    let voice = option::of(select(vec!["own_words", "quoted", "retold", "interpreted"]));
    let turned = prop_oneof![
        (Just(Kind::Action), select(vec!["planned", "doing", "done", "dropped", "withdrawn"])),
        (Just(Kind::Observation), select(vec!["logged", "closed", "withdrawn"])),
        (select(vec![Kind::Question, Kind::Reflection, Kind::Evaluation, Kind::Return]), Just("withdrawn")),
    ];
    prop_oneof![
        2 => at().prop_map(|at| Step::Ask { at }),
        4 => (option::of(on()), perspective, voice, at())
            .prop_map(|(of, perspective, voice, at)| Step::Observe { of, perspective, voice, at }),
        3 => (vec(on(), 1..4), select(vec!["single", "double", "triple"]), at())
            .prop_map(|(on, depth, at)| Step::Reflect { on, depth, at }),
        3 => (vec(on(), 1..3), at()).prop_map(|(on, at)| Step::Act { on, at }),
        2 => (on(), select(vec!["worked", "partly", "did_not_work"]), at())
            .prop_map(|(on, verdict, at)| Step::Evaluate { on, verdict, at }),
        2 => (on(), option::of(select(vec!["yes", "partly", "no"])), at())
            .prop_map(|(on, recognised, at)| Step::Tell { on, recognised, at }),
        3 => (turned, on()).prop_map(|((kind, to), on)| Step::Turn { kind, on, to }),
    ]
}

/// Moves of a cycle, half of which lead from one phase to the next.
pub fn moves() -> impl Strategy<Value = Step> {
    let forward = select(vec!["act", "observe", "reflect", "closed"]);
    let to = prop_oneof![
        8 => forward,
        4 => select(vec!["plan", "act", "observe", "reflect", "closed"]),
        1 => Just("abandoned"),
    ];
    let how = select(vec![(false, false), (true, false), (true, true), (true, true), (false, true)]);
    (to, how).prop_map(|(to, (reason, accept))| Step::Move { to, reason, accept })
}
