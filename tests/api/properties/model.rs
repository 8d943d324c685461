//! A cycle as plain lists: what is in it, and what may be done with it.

use serde_json::{Value, json};

use super::steps::{At, Kind, Step};
use crate::support::client::{Answer, Client};
use crate::support::team::{action, evaluation, frame_shift, observation, question, reflection, told, with};

pub struct Record {
    id: String,
    state: &'static str,
    /// What it is about, in the list of what it can be about.
    of: Vec<usize>,
}

/// What the model says of a step.
struct Said {
    path: String,
    body: Value,
    /// The status and the code, where it is refused.
    refused: Option<(u16, &'static str)>,
    effect: Effect,
}

enum Effect {
    Made { kind: Kind, of: Vec<usize> },
    Turned { kind: Kind, at: usize, to: &'static str },
    Moved(&'static str),
}

pub struct Model {
    pub cycle: String,
    owner: String,
    pub phase: &'static str,
    records: [Vec<Record>; 6],
    /// What the change log has to say: the change, and its subject.
    pub log: Vec<(String, String)>,
    /// The phases that the cycle went through.
    pub moves: Vec<(&'static str, &'static str)>,
}

const FORWARD: [&str; 5] = ["plan", "act", "observe", "reflect", "closed"];

impl Model {
    pub fn new(cycle: &str, owner: &str) -> Model {
        let log = vec![("cycle.created".to_owned(), cycle.to_owned())];
        Model {
            cycle: cycle.to_owned(),
            owner: owner.to_owned(),
            phase: "plan",
            records: Default::default(),
            log,
            moves: Vec::new(),
        }
    }

    /// Takes a step, through the server and here, and fails where the two are not of one mind. A step for which there is
    /// nothing yet is left out.
    pub fn take(&mut self, client: &Client, step: &Step) {
        let Some(said) = self.say(step) else { return };
        let answer = client.post(&said.path, said.body);
        if let Some((status, code)) = said.refused {
            answer.refused(status, code);
            return;
        }
        assert!(matches!(answer.status, 200 | 201), "{step:?} in {}: {}", self.phase, answer.text);
        self.note(said.effect, &answer);
    }

    fn say(&self, step: &Step) -> Option<Said> {
        match step {
            Step::Ask { at } => Some(self.make(Kind::Question, Vec::new(), dated(question(), *at), *at)),
            Step::Observe { of, perspective, voice, at } => {
                let about = of.and_then(|of| self.standing(Kind::Question, of));
                let members = json!({"perspective": perspective, "voice": voice, "questionId": self.id(Kind::Question, about)});
                let body = dated(with(observation(), members), *at);
                Some(self.make(Kind::Observation, Vec::from_iter(about), body, *at))
            }
            Step::Reflect { on, depth, at } => {
                let of = self.all_standing(Kind::Observation, on)?;
                let mut body =
                    with(reflection(&self.ids(Kind::Observation, &of)), json!({"loopDepth": depth}));
                if *depth != "single" {
                    body["frameShift"] = frame_shift();
                }
                Some(self.make(Kind::Reflection, of, dated(body, *at), *at))
            }
            Step::Act { on, at } => {
                let of = self.all_standing(Kind::Reflection, on)?;
                let body = action(&self.ids(Kind::Reflection, &of), &self.owner);
                Some(self.make(Kind::Action, of, dated(body, *at), *at))
            }
            Step::Evaluate { on, verdict, at } => {
                let body = dated(with(evaluation(), json!({"verdict": verdict})), *at);
                self.make_below(Kind::Evaluation, Kind::Action, *on, body)
            }
            Step::Tell { on, recognised, at } => {
                let body = dated(with(told(), json!({"recognised": recognised})), *at);
                self.make_below(Kind::Return, Kind::Question, *on, body)
            }
            Step::Turn { kind, on, to } => self.turn(*kind, *on, to),
            Step::Move { to, reason, accept } => Some(self.move_to(to, *reason, *accept)),
        }
    }

    fn make(&self, kind: Kind, of: Vec<usize>, body: Value, at: At) -> Said {
        let late = kind == Kind::Observation && self.phase == "closed" && at.is_some();
        let refused = match self.phase {
            "closed" if !late => Some((409, "cycle_closed")),
            "abandoned" => Some((409, "cycle_abandoned")),
            _ => None,
        };
        let path = format!("/v1/cycles/{}/{}s", self.cycle, kind.name());
        Said { path, body, refused, effect: Effect::Made { kind, of } }
    }

    /// What follows from a record may be told in any phase.
    fn make_below(&self, kind: Kind, above: Kind, on: usize, body: Value) -> Option<Said> {
        let at = self.any(above, on)?;
        let record = &self.records[above as usize][at];
        let refused = (record.state == "withdrawn").then_some((409, "withdrawn"));
        let path = format!("/v1/{}s/{}/{}s", above.name(), record.id, kind.name());
        Some(Said { path, body, refused, effect: Effect::Made { kind, of: vec![at] } })
    }

    fn turn(&self, kind: Kind, on: usize, to: &'static str) -> Option<Said> {
        let at = self.any(kind, on)?;
        let record = &self.records[kind as usize][at];
        let may = match kind {
            Kind::Action => match (record.state, to) {
                (from, to) if from == to => false,
                ("planned" | "doing", _) => true,
                ("done", to) => matches!(to, "doing" | "withdrawn"),
                ("dropped", to) => matches!(to, "planned" | "withdrawn"),
                (_, to) => to == "planned",
            },
            Kind::Observation if record.state == "withdrawn" => to == "logged",
            _ => record.state != to,
        };
        let path = format!("/v1/{}s/{}/transitions", kind.name(), record.id);
        let body = json!({"to": to, "reason": "Zo is het besproken."});
        let refused = (!may).then_some((409, "move_not_allowed"));
        Some(Said { path, body, refused, effect: Effect::Turned { kind, at, to } })
    }

    /// One step on; or with a reason one step back or out. An end has no loose ends, unless they are accepted.
    fn move_to(&self, to: &'static str, reason: bool, accept: bool) -> Said {
        let place = |phase: &str| FORWARD.iter().position(|known| *known == phase);
        let (now, then) = (place(self.phase), place(to));
        let on = now.zip(then).is_some_and(|(now, then)| then == now + 1);
        let back = now.zip(then).is_some_and(|(now, then)| then + 1 == now);
        let out = to == "abandoned" && !matches!(self.phase, "closed" | "abandoned");
        let refused = if !reason && (accept || matches!(to, "plan" | "abandoned")) {
            Some((400, "invalid_body"))
        } else if !on && !back && !out {
            Some((409, "move_not_allowed"))
        } else if !on && !reason {
            Some((409, "reason_required"))
        } else if on && to == "closed" && self.open() > 0 && !accept {
            Some((409, "loose_ends"))
        } else {
            None
        };
        let mut body = json!({"to": to});
        if reason {
            body["reason"] = json!("Zo is het besproken.");
        }
        if accept {
            body["acceptLooseEnds"] = json!(true);
        }
        let path = format!("/v1/cycles/{}/transitions", self.cycle);
        Said { path, body, refused, effect: Effect::Moved(to) }
    }

    fn note(&mut self, effect: Effect, answer: &Answer) {
        let (change, subject) = match effect {
            Effect::Made { kind, of } => {
                let state = match kind {
                    Kind::Observation => "logged",
                    Kind::Action => "planned",
                    _ => "current",
                };
                assert_eq!(answer["state"], state);
                self.records[kind as usize].push(Record { id: answer.id(), state, of });
                (format!("{}.created", kind.name()), answer.id())
            }
            Effect::Turned { kind, at, to } => {
                assert_eq!(answer["state"], to);
                let record = &mut self.records[kind as usize][at];
                record.state = to;
                let word = if kind == Kind::Action && to != "withdrawn" { "moved" } else { to };
                (format!("{}.{word}", kind.name()), record.id.clone())
            }
            Effect::Moved(to) => {
                assert_eq!((&answer["phase"], answer["closedAt"].is_null()), (&json!(to), to != "closed"));
                self.moves.push((self.phase, to));
                self.phase = to;
                let word = if to == "closed" { "closed" } else { "moved" };
                (format!("cycle.{word}"), self.cycle.clone())
            }
        };
        self.log.push((change, subject));
    }

    /// How much is open: observations that did not get round and were not closed, actions that nobody judged, questions that
    /// nobody answered.
    pub fn open(&self) -> usize {
        let list = |kind: Kind| self.records[kind as usize].iter().enumerate();
        let stands = |kind: Kind, at: usize| self.records[kind as usize][at].state != "withdrawn";
        // Whether something that stands, of this kind, is about this.
        let followed = |kind: Kind, at: usize| {
            list(kind).any(|(next, record)| stands(kind, next) && record.of.contains(&at))
        };
        let judged = |action: usize| stands(Kind::Action, action) && followed(Kind::Evaluation, action);
        let tried = |reflection: usize| {
            list(Kind::Action).any(|(at, action)| judged(at) && action.of.contains(&reflection))
        };
        let round = |observation: usize| {
            list(Kind::Reflection).any(|(at, reflection)| {
                stands(Kind::Reflection, at) && reflection.of.contains(&observation) && tried(at)
            })
        };
        let observations = list(Kind::Observation).filter(|(at, seen)| seen.state == "logged" && !round(*at));
        let actions = list(Kind::Action)
            .filter(|(at, action)| !matches!(action.state, "dropped" | "withdrawn") && !judged(*at));
        let questions = list(Kind::Question)
            .filter(|(at, asked)| asked.state != "withdrawn" && !followed(Kind::Return, *at));
        observations.count() + actions.count() + questions.count()
    }

    fn any(&self, kind: Kind, number: usize) -> Option<usize> {
        number.checked_rem(self.records[kind as usize].len())
    }

    /// One that was not withdrawn: what was is not referred to.
    fn standing(&self, kind: Kind, number: usize) -> Option<usize> {
        let records = self.records[kind as usize].iter().enumerate();
        let standing: Vec<usize> =
            records.filter(|(_, record)| record.state != "withdrawn").map(|(at, _)| at).collect();
        Some(standing[number.checked_rem(standing.len())?])
    }

    fn all_standing(&self, kind: Kind, numbers: &[usize]) -> Option<Vec<usize>> {
        let mut of: Vec<usize> =
            numbers.iter().map(|number| self.standing(kind, *number)).collect::<Option<_>>()?;
        of.sort_unstable();
        of.dedup();
        Some(of)
    }

    fn id(&self, kind: Kind, at: Option<usize>) -> Option<&str> {
        at.map(|at| self.records[kind as usize][at].id.as_str())
    }

    fn ids(&self, kind: Kind, of: &[usize]) -> Vec<&str> {
        of.iter().map(|at| self.records[kind as usize][*at].id.as_str()).collect()
    }
}

fn dated(body: Value, at: At) -> Value {
    let Some(hours) = at else { return body };
    let begun = chrono::DateTime::UNIX_EPOCH + chrono::Duration::days(19_723);
    let at = begun + chrono::Duration::hours(hours);
    with(body, json!({"happenedAt": at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)}))
}
