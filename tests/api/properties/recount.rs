//! The records of cycles as their lists show them, and what anybody counts in them with a pencil.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::steps::Kind;
use crate::support::client::Client;

/// The records of each kind, withdrawn observations among them.
#[derive(Default)]
pub struct Lists {
    of: [Vec<Value>; 6],
}

impl Lists {
    pub fn of(client: &Client, cycle: &str) -> Lists {
        let list = |path: String| client.get(format!("{path}limit=200")).expect(200).items().clone();
        let mut lists = Lists::default();
        for kind in Kind::ALL {
            if kind != Kind::Return {
                lists.of[kind as usize] = list(format!("/v1/cycles/{cycle}/{}s?", kind.name()));
            }
        }
        let withdrawn = list(format!("/v1/cycles/{cycle}/observations?state=withdrawn&"));
        lists.of[Kind::Observation as usize].extend(withdrawn);
        // What was told of a question that was withdrawn is no answer to anything.
        let questions: Vec<String> =
            lists.all(Kind::Question).map(|question| text(question, "id").to_owned()).collect();
        for question in questions {
            lists.of[Kind::Return as usize].extend(list(format!("/v1/questions/{question}/returns?")));
        }
        lists
    }

    pub fn and(mut self, other: Lists) -> Lists {
        for (own, others) in self.of.iter_mut().zip(other.of) {
            own.extend(others);
        }
        self
    }

    /// Those that were not withdrawn.
    fn all(&self, kind: Kind) -> impl Iterator<Item = &Value> {
        self.of[kind as usize].iter().filter(|record| record["state"] != "withdrawn")
    }

    fn count(&self, kind: Kind) -> usize {
        self.all(kind).count()
    }

    /// Those of a kind that name this record in a member.
    fn naming<'l>(
        &'l self,
        kind: Kind,
        member: &'l str,
        record: &'l Value,
    ) -> impl Iterator<Item = &'l Value> {
        self.all(kind).filter(move |one| one[member] == record["id"] || includes(&one[member], &record["id"]))
    }

    fn is_evaluated(&self, action: &Value) -> bool {
        self.naming(Kind::Evaluation, "actionId", action).next().is_some()
    }

    /// An action counts that was not dropped, or that was judged all the same.
    fn counts(&self, action: &Value) -> bool {
        action["state"] != "dropped" || self.is_evaluated(action)
    }

    fn tried<'l>(&'l self, reflection: &'l Value) -> impl Iterator<Item = &'l Value> {
        let actions: Vec<&Value> = self.naming(Kind::Action, "reflectionIds", reflection).collect();
        actions.into_iter().filter(|action| self.counts(action))
    }

    /// How far an observation got: 0 observed, 1 discussed, 2 acted on, 3 evaluated.
    fn stage(&self, observation: &Value) -> usize {
        let reflections: Vec<&Value> = self.naming(Kind::Reflection, "observationIds", observation).collect();
        let actions: Vec<&Value> = reflections.iter().flat_map(|reflection| self.tried(reflection)).collect();
        if actions.iter().any(|action| self.is_evaluated(action)) {
            3
        } else if !actions.is_empty() {
            2
        } else {
            usize::from(!reflections.is_empty())
        }
    }

    fn is_told(&self, question: &Value, how: impl Fn(&Value) -> bool) -> bool {
        self.naming(Kind::Return, "questionId", question).any(|told| how(&told["recognised"]))
    }

    /// The members of a report that are counted here.
    pub fn figures(&self) -> Value {
        let observations = Kind::Observation as usize;
        let withdrawn = self.of[observations].len() - self.count(Kind::Observation);
        let shifts = self.all(Kind::Reflection).filter(|one| one["loopDepth"] != "single").count();
        let verdicts = self.tally(Kind::Evaluation, "verdict", &["worked", "partly", "did_not_work"], "");
        json!({
            "counts": {
                "questions": self.count(Kind::Question), "observations": self.count(Kind::Observation),
                "withdrawn": withdrawn, "reflections": self.count(Kind::Reflection),
                "actions": self.count(Kind::Action), "evaluations": self.count(Kind::Evaluation),
            },
            "byPerspective": self.tally(
                Kind::Observation, "perspective",
                &["citizen", "practitioner", "informal_carer", "organisation", "system"], "",
            ),
            "byVoice": self.tally(
                Kind::Observation, "voice", &["own_words", "quoted", "retold", "interpreted"], "unstated",
            ),
            "byLoopDepth": self.tally(Kind::Reflection, "loopDepth", &["single", "double", "triple"], ""),
            "frameShifts": shifts,
            "actionsByState": self.tally(Kind::Action, "state", &["planned", "doing", "done", "dropped"], ""),
            "evaluationsByVerdict": {
                "worked": verdicts["worked"], "partly": verdicts["partly"], "didNotWork": verdicts["did_not_work"],
            },
            "loop": self.round(),
        })
    }

    /// How many have each of these values, and how many have none.
    fn tally(&self, kind: Kind, member: &str, values: &[&str], none: &str) -> Map<String, Value> {
        let count = |value: &Value| json!(self.all(kind).filter(|one| one[member] == *value).count());
        let mut tally: Map<String, Value> =
            values.iter().map(|value| ((*value).to_owned(), count(&json!(value)))).collect();
        if !none.is_empty() {
            tally.insert(none.to_owned(), count(&Value::Null));
        }
        tally
    }

    fn round(&self) -> Value {
        let stages: Vec<(usize, &Value)> =
            self.all(Kind::Observation).map(|observation| (self.stage(observation), observation)).collect();
        let reached = |stage: usize| stages.iter().filter(|(reached, _)| *reached >= stage).count();
        let (observed, evaluated) = (stages.len(), reached(3));
        let unfinished =
            || stages.iter().filter(|(stage, _)| *stage < 3).map(|(_, observation)| *observation);
        let closed = unfinished().filter(|observation| observation["state"] == "closed").count();
        let open: Vec<&Value> = unfinished().filter(|observation| observation["state"] == "logged").collect();
        // What the steps date is years old, and all else was made just now.
        let young = open.iter().filter(|one| (Utc::now() - when(one)).num_days() < 30).count();
        let questions =
            |how: fn(&Value) -> bool| self.all(Kind::Question).filter(|one| self.is_told(one, how)).count();
        json!({
            "stages": {
                "observed": observed, "discussed": reached(1), "actedOn": reached(2), "evaluated": evaluated,
                "closedWithoutAction": closed, "open": open.len(),
            },
            "parts": {
                "evaluated": evaluated, "closedWithoutAction": closed, "openUnder30Days": young,
                "openLonger": open.len() - young,
            },
            "closureRate": (observed > 0).then(|| evaluated as f64 / observed as f64),
            "returnedToCitizen": {
                "questions": self.count(Kind::Question), "returned": questions(|_| true),
                "heardBack": questions(|said| !said.is_null()), "recognised": questions(|said| said == "yes"),
            },
            "legs": self.legs(),
        })
    }

    fn legs(&self) -> Vec<Value> {
        let actions: Vec<&Value> = self.all(Kind::Action).filter(|action| self.counts(action)).collect();
        let leg =
            |from: Kind, to: Kind, sources: Vec<&Value>, next: &dyn Fn(&Value) -> Vec<DateTime<Utc>>| {
                let (mut times, mut still_open, mut out_of_order) = (Vec::new(), 0, 0);
                for source in sources {
                    match next(source).into_iter().min() {
                        None => still_open += 1,
                        Some(at) if at < when(source) => out_of_order += 1,
                        Some(at) => times.push((at - when(source)).as_seconds_f64()),
                    }
                }
                times.sort_by(f64::total_cmp);
                json!({
                    "from": from.name(), "to": to.name(), "count": times.len(), "stillOpen": still_open,
                    "outOfOrder": out_of_order, "medianSeconds": share(&times, 1, 2),
                    "p90Seconds": if times.len() < 10 { None } else { share(&times, 9, 10) },
                })
            };
        let all = |kind: Kind| self.all(kind).collect::<Vec<_>>();
        let times = |records: &mut dyn Iterator<Item = &Value>| records.map(when).collect::<Vec<_>>();
        vec![
            leg(Kind::Question, Kind::Observation, all(Kind::Question), &|question| {
                times(&mut self.naming(Kind::Observation, "questionId", question))
            }),
            leg(Kind::Observation, Kind::Reflection, all(Kind::Observation), &|observation| {
                times(&mut self.naming(Kind::Reflection, "observationIds", observation))
            }),
            leg(Kind::Reflection, Kind::Action, all(Kind::Reflection), &|reflection| {
                times(&mut self.tried(reflection))
            }),
            leg(Kind::Action, Kind::Evaluation, actions, &|action| {
                times(&mut self.naming(Kind::Evaluation, "actionId", action))
            }),
            leg(Kind::Question, Kind::Return, all(Kind::Question), &|question| {
                times(&mut self.naming(Kind::Return, "questionId", question))
            }),
        ]
    }

    /// What is open, oldest first: when it happened, its id, what it is, and what it waits for.
    pub fn open(&self) -> Vec<Value> {
        let mut open: BTreeMap<(DateTime<Utc>, String), Value> = BTreeMap::new();
        let mut add = |record: &Value, kind: Kind, waits: &str| {
            let item = json!([record["happenedAt"], record["id"], kind.name(), waits]);
            open.insert((when(record), text(record, "id").to_owned()), item);
        };
        for observation in self.all(Kind::Observation).filter(|observation| observation["state"] == "logged")
        {
            if let Some(waits) = ["reflection", "action", "evaluation"].get(self.stage(observation)) {
                add(observation, Kind::Observation, waits);
            }
        }
        for action in self.all(Kind::Action) {
            if action["state"] != "dropped" && !self.is_evaluated(action) {
                add(action, Kind::Action, "evaluation");
            }
        }
        for question in self.all(Kind::Question).filter(|question| !self.is_told(question, |_| true)) {
            add(question, Kind::Question, "return");
        }
        open.into_values().collect()
    }
}

/// The value that such a share of the sorted values do not exceed, in between two where it falls there.
fn share(sorted: &[f64], part: usize, of: usize) -> Option<f64> {
    let steps = sorted.len().checked_sub(1)? * part;
    let (at, between) = (steps / of, (steps % of) as f64 / of as f64);
    let next = sorted.get(at + 1).unwrap_or(&sorted[at]);
    Some(sorted[at] * (1.0 - between) + next * between)
}

fn includes(list: &Value, id: &Value) -> bool {
    list.as_array().is_some_and(|list| list.contains(id))
}

fn when(record: &Value) -> DateTime<Utc> {
    text(record, "happenedAt").parse().expect("an instant")
}

fn text<'v>(record: &'v Value, member: &str) -> &'v str {
    record[member].as_str().unwrap_or_default()
}
