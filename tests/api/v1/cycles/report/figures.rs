//! The figures of random cycles against a model so naive that it can be believed.

use std::collections::HashMap;

use chrono::{DateTime, Duration, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::leg;
use crate::support::both;
use crate::support::random::Random;
use crate::support::team::{Cycle, frame_shift};

/// From what, to what, and for each source its moment and those of its successors.
type Leg = (&'static str, &'static str, Vec<(i64, Vec<i64>)>);

/// What the test has made, in its own words. Seconds since a fixed instant.
#[derive(Default)]
struct Model {
    /// (when, withdrawn)
    questions: Vec<(i64, bool)>,
    /// (when, question, state)
    observations: Vec<(i64, Option<usize>, &'static str)>,
    /// (when, observations, counted: neither withdrawn nor kept to the author)
    reflections: Vec<(i64, Vec<usize>, bool)>,
    /// (when, reflections, state)
    actions: Vec<(i64, Vec<usize>, &'static str)>,
    /// (when, action)
    evaluations: Vec<(i64, usize)>,
    /// (when, question)
    returns: Vec<(i64, usize)>,
}

impl Model {
    fn thoughts_on(&self, observation: usize) -> Vec<usize> {
        (0..self.reflections.len())
            .filter(|&at| self.reflections[at].2 && self.reflections[at].1.contains(&observation))
            .collect()
    }

    fn evaluated(&self, action: usize) -> bool {
        self.evaluations.iter().any(|(_, of)| *of == action)
    }

    /// Actions that follow from a reflection, but for the dropped ones nothing was learned from.
    fn follow(&self, reflection: usize) -> Vec<usize> {
        let counts = |at: usize| self.actions[at].2 != "dropped" || self.evaluated(at);
        (0..self.actions.len()).filter(|&at| self.actions[at].1.contains(&reflection) && counts(at)).collect()
    }

    fn acts_on(&self, observation: usize) -> Vec<usize> {
        self.thoughts_on(observation).into_iter().flat_map(|thought| self.follow(thought)).collect()
    }

    fn stages(&self) -> Value {
        let seen: Vec<usize> =
            (0..self.observations.len()).filter(|&at| self.observations[at].2 != "withdrawn").collect();
        let count = |test: &dyn Fn(usize) -> bool| seen.iter().filter(|&&at| test(at)).count();
        let evaluated = |at: usize| self.acts_on(at).into_iter().any(|action| self.evaluated(action));
        let closed = |at: usize| self.observations[at].2 == "closed";
        json!({
            "observed": seen.len(),
            "discussed": count(&|at| !self.thoughts_on(at).is_empty()),
            "actedOn": count(&|at| !self.acts_on(at).is_empty()),
            "evaluated": count(&evaluated),
            "closedWithoutAction": count(&closed),
            "open": count(&|at| !evaluated(at) && !closed(at)),
        })
    }

    fn legs(&self) -> Vec<Leg> {
        let asked = |at: &usize| !self.questions[*at].1;
        let seen = |at: &usize| self.observations[*at].2 != "withdrawn";
        let questions: Vec<usize> = (0..self.questions.len()).filter(asked).collect();
        let observations: Vec<usize> = (0..self.observations.len()).filter(seen).collect();
        let reflections: Vec<usize> =
            (0..self.reflections.len()).filter(|&at| self.reflections[at].2).collect();
        let noticed = |question: usize| {
            observations
                .iter()
                .filter(|&&at| self.observations[at].1 == Some(question))
                .map(|&at| self.observations[at].0)
                .collect()
        };
        let told = |question: usize| {
            self.returns.iter().filter(|(_, of)| *of == question).map(|(when, _)| *when).collect()
        };
        let judged = |action: usize| {
            self.evaluations.iter().filter(|(_, of)| *of == action).map(|(when, _)| *when).collect()
        };
        let thought = |at: usize| self.thoughts_on(at).into_iter().map(|at| self.reflections[at].0).collect();
        let tried = |at: usize| self.follow(at).into_iter().map(|at| self.actions[at].0).collect();
        let counted: Vec<usize> = (0..self.actions.len())
            .filter(|&at| self.actions[at].2 != "dropped" || self.evaluated(at))
            .collect();
        vec![
            (
                "question",
                "observation",
                questions.iter().map(|&at| (self.questions[at].0, noticed(at))).collect(),
            ),
            (
                "observation",
                "reflection",
                observations.iter().map(|&at| (self.observations[at].0, thought(at))).collect(),
            ),
            (
                "reflection",
                "action",
                reflections.iter().map(|&at| (self.reflections[at].0, tried(at))).collect(),
            ),
            ("action", "evaluation", counted.iter().map(|&at| (self.actions[at].0, judged(at))).collect()),
            ("question", "return", questions.iter().map(|&at| (self.questions[at].0, told(at))).collect()),
        ]
    }
}

fn percentile(sorted: &[i64], fraction: f64) -> f64 {
    let position = fraction * (sorted.len() - 1) as f64;
    let (low, high) = (sorted[position.floor() as usize] as f64, sorted[position.ceil() as usize] as f64);
    low + (high - low) * position.fract()
}

fn when(seconds: i64) -> String {
    let start: DateTime<Utc> = "2024-01-01T00:00:00Z".parse().expect("an instant");
    (start + Duration::seconds(seconds)).to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// Fills a cycle at random and keeps the books.
fn fill(cycle: &Cycle, random: &mut Random) -> Model {
    let mut model = Model::default();
    let moment =
        |random: &mut Random, from: usize| i64::try_from(from * 1_000 + random.below(6_000)).expect("small");
    let mut ids: HashMap<(&str, usize), String> = HashMap::new();
    for at in 0..4 {
        let happened = moment(random, 0);
        ids.insert(("question", at), cycle.ask(json!({"happenedAt": when(happened)})));
        model.questions.push((happened, false));
    }
    for at in 0..24 {
        let happened = moment(random, 2);
        let question = random.chance(40).then(|| random.below(4));
        let mut members = json!({"happenedAt": when(happened)});
        if let Some(question) = question {
            members["questionId"] = json!(ids[&("question", question)]);
        }
        ids.insert(("observation", at), cycle.observe(members));
        model.observations.push((happened, question, "logged"));
    }
    for at in 0..14 {
        let happened = moment(random, 4);
        let chosen: Vec<usize> = (0..24)
            .filter(|_| random.chance(8))
            .chain([at])
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect();
        let names: Vec<&str> = chosen.iter().map(|at| ids[&("observation", *at)].as_str()).collect();
        let hidden = random.chance(15);
        let mut members =
            json!({"happenedAt": when(happened), "loopDepth": "double", "frameShift": frame_shift()});
        if hidden {
            members["visibility"] = json!("author");
        }
        ids.insert(("reflection", at), cycle.reflect(&names, members));
        model.reflections.push((happened, chosen, !hidden));
    }
    for at in 0..10 {
        let happened = moment(random, 6);
        // Only on what everybody sees: what an action on a hidden reflection counts for is another story.
        let open: Vec<usize> = (0..14).filter(|&at| model.reflections[at].2).collect();
        let chosen = vec![*random.pick(&open)];
        let names: Vec<&str> = chosen.iter().map(|at| ids[&("reflection", *at)].as_str()).collect();
        ids.insert(("action", at), cycle.act(&names, json!({"happenedAt": when(happened)})));
        let dropped = random.chance(25);
        if dropped {
            let path = format!("/v1/actions/{}/transitions", ids[&("action", at)]);
            cycle
                .team
                .practitioner()
                .post(path, json!({"to": "dropped", "reason": "Geen tijd."}))
                .expect(200);
        }
        model.actions.push((happened, chosen, if dropped { "dropped" } else { "planned" }));
    }
    for _ in 0..6 {
        let (happened, action) = (moment(random, 8), random.below(10));
        cycle.evaluate(&ids[&("action", action)], json!({"happenedAt": when(happened)}));
        model.evaluations.push((happened, action));
    }
    for _ in 0..2 {
        let (happened, question) = (moment(random, 10), random.below(4));
        cycle.tell(&ids[&("question", question)], json!({"happenedAt": when(happened)}));
        model.returns.push((happened, question));
    }
    for at in 0..24 {
        if random.chance(10) {
            cycle.withdraw("observations", &ids[&("observation", at)]);
            model.observations[at].2 = "withdrawn";
        } else if random.chance(20) && model.thoughts_on(at).is_empty() {
            let path = format!("/v1/observations/{}/transitions", ids[&("observation", at)]);
            cycle.team.practitioner().post(path, json!({"to": "closed", "reason": "Opgelost."})).expect(200);
            model.observations[at].2 = "closed";
        }
    }
    model
}

#[test]
fn the_figures_of_random_cycles_are_those_of_a_naive_count() {
    both(|api| {
        let mut random = Random::new();
        for _ in 0..3 {
            let team = api.team();
            let cycle = team.cycle();
            let model = fill(&cycle, &mut random);
            let report = cycle.report();
            assert_eq!(report["loop"]["stages"], model.stages());
            for (from, to, sources) in model.legs() {
                let mut forwards: Vec<i64> = Vec::new();
                let (mut backwards, mut open) = (0, 0);
                for (start, ends) in sources {
                    match ends.iter().min() {
                        Some(end) if *end >= start => forwards.push(end - start),
                        Some(_) => backwards += 1,
                        None => open += 1,
                    }
                }
                forwards.sort_unstable();
                let got = leg(&report.body, from, to);
                let close = |member: &str, fraction: f64, least: usize| {
                    let expected = (forwards.len() >= least).then(|| percentile(&forwards, fraction));
                    match (got[member].as_f64(), expected) {
                        (None, None) => true,
                        (Some(got), Some(expected)) => (got - expected).abs() < 0.001,
                        _ => false,
                    }
                };
                assert_eq!(got["count"], forwards.len(), "{from} → {to} count");
                assert!(
                    close("medianSeconds", 0.5, 1) && close("p90Seconds", 0.9, 10),
                    "{from} → {to}: {got} of {forwards:?}"
                );
                assert_eq!(
                    (&got["outOfOrder"], &got["stillOpen"]),
                    (&json!(backwards), &json!(open)),
                    "{from} → {to}"
                );
            }
        }
    });
}
