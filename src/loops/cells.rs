//! A cycle in cells: all that is counted of it over many cycles, as it is told to those who are members of its network and
//! to others. Each figure comes with what it adds up with, so that none of them can be told alone. Pure.

use super::rules::{Facts, Stage};
use crate::actions::types::ActionState;
use crate::cells::{Side, Split};
use crate::clock::Instant;
use crate::evaluations::types::Verdict;
use crate::ids::Id;
use crate::observations::types::ObservationState;
use crate::reflections::types::LoopDepth;
use std::collections::HashSet;

/// Observations that a cycle holds at least to be among figures that leave its network. Cells count records and not people:
/// of a cycle that has hardly begun, five may be one person's, and a share of five is read as what that one did.
pub const FEW: usize = 10;

/// The cells of one whole cycle.
#[derive(Clone, Debug)]
pub struct CycleCells {
    /// Those of whom a citizen was told nothing, and the others.
    pub(super) questions: Split<2>,
    /// Evaluated, closed without action, open.
    pub(super) observations: Split<3>,
    /// With a frame shift, and without one.
    pub(super) reflections: Split<2>,
    /// Those that wait for an evaluation, and the others. An action counts in the cycle that it was made in: what was
    /// carried from one to the next would be known from the difference of the two.
    pub(super) actions: Split<2>,
    /// That it worked, partly, not.
    pub(super) evaluations: Split<3>,
    pub(super) oldest: Oldest,
    /// Whether its figures are told: of what is open it is not asked, which somebody has to do something about.
    pub(super) enough: bool,
}

/// When the oldest happened of what is open.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Oldest {
    pub observation: Option<Instant>,
    pub action: Option<Instant>,
    pub question: Option<Instant>,
}

impl CycleCells {
    pub fn of(facts: &Facts, side: Side) -> CycleCells {
        let mut oldest = Oldest::default();
        let told: HashSet<Id> = facts.returns.iter().map(|told| told.question_id).collect();
        let mut questions = [0; 2];
        for question in &facts.questions {
            let untold = !told.contains(&question.id);
            count(&mut questions, usize::from(!untold), untold, &mut oldest.question, question.happened_at);
        }
        let stages = facts.stages();
        let mut observations = [0; 3];
        for observation in facts.current_observations() {
            let part = match (stages.get(&observation.id), observation.state) {
                (Some(Stage::Evaluated), _) => 0,
                (_, ObservationState::Closed) => 1,
                _ => 2,
            };
            count(&mut observations, part, part == 2, &mut oldest.observation, observation.happened_at);
        }
        let evaluated: HashSet<Id> =
            facts.evaluations.iter().map(|evaluation| evaluation.action_id).collect();
        let mut actions = [0; 2];
        for action in &facts.actions {
            let waits = action.state != ActionState::Dropped && !evaluated.contains(&action.id);
            count(&mut actions, usize::from(!waits), waits, &mut oldest.action, action.happened_at);
        }
        let mut reflections = [0; 2];
        for reflection in &facts.reflections {
            reflections[usize::from(reflection.loop_depth == LoopDepth::Single)] += 1;
        }
        let mut evaluations = [0; 3];
        for evaluation in &facts.evaluations {
            evaluations[match evaluation.verdict {
                Verdict::Worked => 0,
                Verdict::Partly => 1,
                Verdict::DidNotWork => 2,
            }] += 1;
        }
        CycleCells {
            questions: Split::of(questions, side),
            observations: Split::of(observations, side),
            reflections: Split::of(reflections, side),
            actions: Split::of(actions, side),
            evaluations: Split::of(evaluations, side),
            oldest,
            enough: side == Side::Inside || observations.iter().sum::<usize>() >= FEW,
        }
    }

    /// How many of the cells that figures are added up from are hidden.
    pub(super) fn withheld(&self) -> usize {
        let [frame_shifts, _] = self.reflections.parts;
        let wholes = [self.questions, self.reflections, self.actions].map(|split| split.whole);
        let parts = self.observations.parts.into_iter().chain(self.evaluations.parts);
        let cells = wholes.into_iter().chain([self.observations.whole, frame_shifts]).chain(parts);
        cells.filter(|cell| cell.told().is_none()).count()
    }
}

/// Counts something that happened then, and remembers the oldest of what is open.
fn count<const N: usize>(
    parts: &mut [usize; N],
    part: usize,
    open: bool,
    oldest: &mut Option<Instant>,
    happened_at: Instant,
) {
    parts[part] += 1;
    if open {
        *oldest = Some(oldest.map_or(happened_at, |oldest| oldest.min(happened_at)));
    }
}

#[cfg(test)]
mod tests {
    use super::super::figures::{Gathered, OpenEnds};
    use super::super::rules::{
        ActionFact, Dated, EvaluationFact, ObservationFact, ReflectionFact, ReturnFact,
    };
    use super::*;
    use crate::clock;
    use crate::practice::Perspective;
    use serde_json::Value;
    use std::collections::BTreeMap;

    /// Numbers that look random, the same in each run.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, bound: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) as usize % bound
        }

        /// Nothing, few, or more of something.
        fn some(&mut self) -> usize {
            let most = [1, 5, 9, 25][self.below(4)];
            self.below(most)
        }
    }

    /// A cycle with so much of each.
    fn cycle(dice: &mut Dice) -> Facts {
        let happened_at = clock::now();
        let mut facts = Facts::default();
        for _ in 0..dice.some() {
            facts.questions.push(Dated { id: Id::new(), happened_at });
        }
        for question in facts.questions.iter().take(dice.some()) {
            facts.returns.push(ReturnFact { question_id: question.id, happened_at, recognised: None });
        }
        for loop_depth in [LoopDepth::Single, LoopDepth::Double] {
            for _ in 0..dice.some() {
                facts.reflections.push(ReflectionFact { id: Id::new(), happened_at, loop_depth });
            }
        }
        for state in [ActionState::Planned, ActionState::Dropped] {
            for _ in 0..dice.some() {
                facts.actions.push(ActionFact { id: Id::new(), happened_at, state });
            }
        }
        let judged = dice.below(facts.actions.len() + 1);
        for verdict in [Verdict::Worked, Verdict::Partly, Verdict::DidNotWork] {
            for action in facts.actions.iter().take(judged.min(dice.some())) {
                facts.evaluations.push(EvaluationFact {
                    id: Id::new(),
                    action_id: action.id,
                    happened_at,
                    verdict,
                });
            }
        }
        facts.followed = match (facts.evaluations.first(), facts.reflections.first()) {
            (Some(evaluation), Some(reflection)) => vec![(evaluation.action_id, reflection.id)],
            _ => Vec::new(),
        };
        for state in [ObservationState::Logged, ObservationState::Closed, ObservationState::Logged] {
            for number in 0..dice.some() {
                let id = Id::new();
                if let Some(reflection) = facts.reflections.first()
                    && number % 2 == 0
                {
                    facts.reflected.push((reflection.id, id));
                }
                let observation = ObservationFact {
                    id,
                    in_cycle: true,
                    happened_at,
                    state,
                    perspective: Perspective::Citizen,
                    voice: None,
                    question_id: None,
                };
                facts.observations.push(observation);
            }
        }
        facts
    }

    /// All numbers that somebody outside is told of some cycles, by where they stand; what is null is missing.
    fn told<'c>(cycles: impl Iterator<Item = &'c CycleCells>) -> BTreeMap<String, i64> {
        let (mut gathered, mut open) = (Gathered::default(), OpenEnds::default());
        for cells in cycles {
            gathered.add(cells);
            open.add(cells, clock::now());
        }
        let answer = [serde_json::to_value(&gathered.figures), serde_json::to_value(&open)];
        let mut numbers = BTreeMap::new();
        for (part, value) in ["figures", "open"].into_iter().zip(answer) {
            collect(part.to_owned(), &value.expect("JSON"), &mut numbers);
        }
        numbers.retain(|name, _| !name.ends_with("withheldCells") && !name.ends_with("oldestDays"));
        numbers
    }

    fn collect(name: String, value: &Value, numbers: &mut BTreeMap<String, i64>) {
        match value {
            Value::Object(members) => {
                members.iter().for_each(|(key, value)| collect(format!("{name}.{key}"), value, numbers));
            }
            value => {
                numbers.extend(value.as_i64().map(|number| (name, number)));
            }
        }
    }

    /// What stands for all of something, and what for some of the same.
    const WHOLES_AND_PARTS: [(&str, &str); 7] = [
        ("figures.questions", "open.questions.count"),
        ("figures.actions", "open.actions.count"),
        ("figures.reflections", "figures.frameShifts"),
        ("figures.observations", "figures.closure.evaluated"),
        ("figures.observations", "figures.closure.closedWithoutAction"),
        ("figures.observations", "figures.closure.open"),
        ("figures.observations", "open.observations.count"),
    ];

    #[test]
    fn no_filter_and_no_two_filters_tell_of_few() {
        let mut dice = Dice(20_261_126);
        let mut seen = 0;
        for _ in 0..40 {
            let cycles: Vec<CycleCells> =
                (0..5).map(|_| CycleCells::of(&cycle(&mut dice), Side::Outside)).collect();
            let chosen = |filter: u32| (0..cycles.len()).filter(move |at| filter & (1 << at) != 0);
            let by_filter: Vec<BTreeMap<String, i64>> =
                (0..1 << cycles.len()).map(|filter| told(chosen(filter).map(|at| &cycles[at]))).collect();
            for (wide, numbers) in by_filter.iter().enumerate() {
                assert!(numbers.values().all(|number| !(1..5).contains(number)), "{numbers:?}");
                for (narrow, fewer) in by_filter.iter().enumerate().filter(|(narrow, _)| narrow & !wide == 0)
                {
                    for (name, number) in numbers {
                        let rest = number - fewer.get(name).unwrap_or(&0);
                        assert!(!(1..5).contains(&rest), "{name} of {wide:b} without {narrow:b} is {rest}");
                        seen += usize::from(rest > 0);
                    }
                }
            }
            for at in 0..cycles.len() {
                let of_one = &by_filter[1 << at];
                for (whole, part) in WHOLES_AND_PARTS {
                    if let (Some(all), Some(some)) = (of_one.get(whole), of_one.get(part)) {
                        assert!(!(1..5).contains(&(all - some)), "{whole} without {part} in {of_one:?}");
                    }
                }
            }
        }
        assert!(seen > 10_000, "there is something to set against each other: {seen}");
    }

    #[test]
    fn what_is_open_is_told_as_the_figures_tell_it() {
        let mut dice = Dice(1);
        for _ in 0..500 {
            let cells = CycleCells::of(&cycle(&mut dice), Side::Outside);
            let numbers = told([&cells].into_iter());
            let (closure, open) =
                (numbers.get("figures.closure.open"), numbers.get("open.observations.count"));
            assert!(!cells.enough || closure == open, "{numbers:?}");
        }
    }

    #[test]
    fn members_are_told_what_others_are_not() {
        let happened_at = clock::now();
        let mut facts = Facts::default();
        facts.actions.push(ActionFact { id: Id::new(), happened_at, state: ActionState::Planned });
        facts.questions.push(Dated { id: Id::new(), happened_at });
        let seen_by = |side| {
            let (mut gathered, mut open) = (Gathered::default(), OpenEnds::default());
            let cells = CycleCells::of(&facts, side);
            gathered.add(&cells);
            open.add(&cells, happened_at);
            (gathered, open)
        };
        let (inside, open) = seen_by(Side::Inside);
        let figures = inside.figures.expect("of one cycle");
        assert_eq!((figures.actions.told(), figures.withheld_cells), (Some(1), 0));
        assert_eq!((open.questions.count.told(), open.questions.oldest_days), (Some(1), Some(0)));
        let (outside, open) = seen_by(Side::Outside);
        assert_eq!((outside.figures, outside.withheld_cycles), (None, 1));
        assert_eq!((open.questions.count.told(), open.questions.oldest_days), (None, None));
        assert_eq!((open.questions.withheld_cells, open.observations.count.told()), (1, Some(0)));
    }
}
