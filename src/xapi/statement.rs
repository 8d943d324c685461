//! A record of practice as a statement. Pure.
//!
//! A statement stands for one version of a record, and is the same whoever asks and whenever. Who edits a record makes a
//! new version, whose statement takes the place of the one before, which is voided: so whoever counts statements counts
//! each record once, by what it says now. A withdrawn record leaves nothing but the voiding of its last statement.

use super::types::{
    Account, Activity, Agent, AgentType, Context, ContextActivities, Object, Outcome, Reference,
    ReferenceType, Score, Statement, Timestamp, Verb,
};
use super::vocabulary::{self as words, Kind};
use crate::actions::types::{Action, ActionState};
use crate::clock::Instant;
use crate::evaluations::types::{Evaluation, Verdict};
use crate::ids::Id;
use crate::observations::types::{Observation, ObservationState};
use crate::practice::RecordState;
use crate::questions::types::Question;
use crate::record::{Pseudonyms, Record};
use crate::reflections::types::Reflection;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The namespace of the ids of statements (RFC 9562, 5.5). It must never change: an id names a statement for good.
const STATEMENTS: Uuid = Uuid::from_u128(0x6f0d_5c0e_3a1b_5d86_9c55_4b1f_7d2e_a903);

/// Who voids what changed without anybody's doing, such as an action that went to another owner.
const THE_SERVER: &str = "feedbacklus";

/// What is the same for all statements of a network.
pub struct Scene<'a> {
    /// Where this server is reached from outside.
    pub base: &'a str,
    pub network_id: Id,
    pub pseudonyms: Pseudonyms,
    /// Whether what people wrote is told.
    pub free_text: bool,
}

/// A record that there is a statement of.
#[derive(Clone, Debug)]
pub enum Practice {
    Question(Question),
    Observation(Observation),
    Reflection(Reflection),
    Action(Action),
    Evaluation(Evaluation),
}

impl Practice {
    pub fn version(&self) -> i32 {
        match self {
            Practice::Question(record) => record.version,
            Practice::Observation(record) => record.version,
            Practice::Reflection(record) => record.version,
            Practice::Action(record) => record.version,
            Practice::Evaluation(record) => record.version,
        }
    }

    pub fn network_id(&self) -> Id {
        match self {
            Practice::Question(record) => record.network_id,
            Practice::Observation(record) => record.network_id,
            Practice::Reflection(record) => record.network_id,
            Practice::Action(record) => record.network_id,
            Practice::Evaluation(record) => record.network_id,
        }
    }

    /// Whether it is to be told of at all: not withdrawn, and not for its author alone.
    pub fn stands(&self) -> bool {
        match self {
            Practice::Question(record) => record.state == RecordState::Current,
            Practice::Observation(record) => record.state != ObservationState::Withdrawn,
            Practice::Reflection(record) => record.state == RecordState::Current && !record.is_private(),
            Practice::Action(record) => record.state != ActionState::Withdrawn,
            Practice::Evaluation(record) => record.state == RecordState::Current,
        }
    }
}

/// The parts of a statement that differ from kind to kind.
struct Parts {
    actor: Id,
    verb: Verb,
    happened_at: Instant,
    cycle_id: Option<Id>,
    themes: Vec<Id>,
    other: Vec<Activity>,
    result: Outcome,
    extensions: BTreeMap<String, Value>,
}

impl Scene<'_> {
    /// The statement of a record's version; none where there is nothing to tell.
    pub fn statement(&self, practice: &Practice) -> Option<Statement> {
        if !practice.stands() {
            return None;
        }
        Some(match practice {
            Practice::Question(record) => self.of(Kind::Question, record, self.question(record)),
            Practice::Observation(record) => self.of(Kind::Observation, record, self.observation(record)),
            Practice::Reflection(record) => self.of(Kind::Reflection, record, self.reflection(record)),
            Practice::Action(record) => self.of(Kind::Action, record, self.action(record)?),
            Practice::Evaluation(record) => self.of(Kind::Evaluation, record, self.evaluation(record)),
        })
    }

    /// The statement that takes back the one of a record's version.
    pub fn voiding(&self, kind: Kind, id: Id, version: i32, by: Option<Id>, at: Instant) -> Statement {
        let voided = self.id_of(kind, id, version);
        Statement {
            id: Id(Uuid::new_v5(&voided.0, b"voided")),
            actor: self.agent(by),
            verb: words::VOIDED,
            object: Object::Reference(Reference { object_type: ReferenceType::StatementRef, id: voided }),
            result: None,
            context: Context {
                context_activities: ContextActivities {
                    parent: Vec::new(),
                    grouping: vec![self.network()],
                    category: Vec::new(),
                    other: Vec::new(),
                },
                platform: None,
                extensions: BTreeMap::new(),
            },
            timestamp: Timestamp(at),
        }
    }

    fn of<R: Record>(&self, kind: Kind, record: &R, parts: Parts) -> Statement {
        let Parts { actor, verb, happened_at, cycle_id, themes, other, result, mut extensions } = parts;
        self.put::<R>(&mut extensions, "version", record.version());
        let parent = cycle_id.map(|id| Activity::at(self.address("cycles", id), Some(words::CYCLE)));
        let category = themes.into_iter().map(|id| self.reference("themes", id));
        Statement {
            id: self.id_of(kind, record.id(), record.version()),
            actor: self.agent(Some(actor)),
            verb,
            object: Object::Activity(Activity::at(
                self.address(R::PATH, record.id()),
                Some(kind.activity_type()),
            )),
            result: Some(result).filter(|result| !result.is_empty()),
            context: Context {
                context_activities: ContextActivities {
                    parent: parent.into_iter().collect(),
                    grouping: vec![self.network()],
                    category: category.collect(),
                    other,
                },
                platform: Some(THE_SERVER),
                extensions,
            },
            timestamp: Timestamp(happened_at),
        }
    }

    fn question(&self, record: &Question) -> Parts {
        let mut result = Outcome::default();
        if self.free_text {
            result.response = Some(record.text.clone());
            self.put::<Question>(&mut result.extensions, "lifeDomains", &record.life_domains);
        }
        Parts {
            actor: record.author_id,
            verb: words::ASKED,
            happened_at: record.happened_at,
            cycle_id: Some(record.cycle_id),
            themes: Vec::new(),
            other: Vec::new(),
            result,
            extensions: BTreeMap::new(),
        }
    }

    fn observation(&self, record: &Observation) -> Parts {
        let mut result = Outcome::default();
        if self.free_text {
            result.response = Some(record.body.clone());
            self.put::<Observation>(&mut result.extensions, "lifeDomains", &record.life_domains);
            self.put::<Observation>(&mut result.extensions, "tags", &record.tags);
            self.put::<Observation>(&mut result.extensions, "stateReason", &record.state_reason);
        }
        let mut extensions = BTreeMap::new();
        self.put::<Observation>(&mut extensions, "perspective", record.perspective);
        self.put::<Observation>(&mut extensions, "voice", record.voice);
        self.put::<Observation>(&mut extensions, "state", record.state);
        Parts {
            actor: record.author_id,
            verb: words::OBSERVED,
            happened_at: record.happened_at,
            cycle_id: record.cycle_id,
            themes: record.theme_ids.to_vec(),
            other: record.question_id.map(|id| self.reference(Question::PATH, id)).into_iter().collect(),
            result,
            extensions,
        }
    }

    fn reflection(&self, record: &Reflection) -> Parts {
        let mut result = Outcome::default();
        if self.free_text {
            // Without who gave which answer: that is a person's id.
            let answers: Vec<Value> = record
                .answers
                .iter()
                .map(|answer| json!({"promptId": answer.prompt_id, "text": answer.text}))
                .collect();
            self.put::<Reflection>(&mut result.extensions, "answers", answers);
            self.put::<Reflection>(&mut result.extensions, "frameShift", &record.frame_shift);
        }
        let mut extensions = BTreeMap::new();
        self.put::<Reflection>(&mut extensions, "model", record.model);
        self.put::<Reflection>(&mut extensions, "modelVersion", record.model_version);
        self.put::<Reflection>(&mut extensions, "loopDepth", record.loop_depth);
        let observations = record.observation_ids.iter();
        Parts {
            actor: record.author_id,
            verb: words::REFLECTED,
            happened_at: record.happened_at,
            cycle_id: Some(record.cycle_id),
            themes: Vec::new(),
            other: observations.map(|id| self.reference(Observation::PATH, *id)).collect(),
            result,
            extensions,
        }
    }

    /// By its owner, whose action it is. None of its reflections is private, nor can become so.
    fn action(&self, record: &Action) -> Option<Parts> {
        let mut result =
            Outcome { completion: (record.state == ActionState::Done).then_some(true), ..Outcome::default() };
        if self.free_text {
            result.response = Some(record.description.clone());
            self.put::<Action>(&mut result.extensions, "challenges", &record.challenges);
            self.put::<Action>(&mut result.extensions, "stateReason", &record.state_reason);
        }
        let mut extensions = BTreeMap::new();
        self.put::<Action>(&mut extensions, "kind", record.kind);
        self.put::<Action>(&mut extensions, "carriedOutBy", record.carried_out_by);
        self.put::<Action>(&mut extensions, "dueOn", record.due_on);
        Some(Parts {
            actor: record.owner_id,
            verb: words::acted(record.state)?,
            // It was planned when it was, and came to what it is now when that was stored.
            happened_at: match record.state {
                ActionState::Planned => record.happened_at,
                _ => record.updated_at,
            },
            cycle_id: Some(record.cycle_id),
            themes: Vec::new(),
            other: record.reflection_ids.iter().map(|id| self.reference(Reflection::PATH, *id)).collect(),
            result,
            extensions,
        })
    }

    fn evaluation(&self, record: &Evaluation) -> Parts {
        let (scaled, success) = match record.verdict {
            Verdict::Worked => (1.0, Some(true)),
            Verdict::Partly => (0.5, None),
            Verdict::DidNotWork => (0.0, Some(false)),
        };
        let mut result = Outcome { score: Some(Score { scaled }), success, ..Outcome::default() };
        self.put::<Evaluation>(&mut result.extensions, "verdict", record.verdict);
        if self.free_text {
            result.response = Some(record.seen_effect.clone());
            self.put::<Evaluation>(&mut result.extensions, "expectedEffect", &record.expected_effect);
            self.put::<Evaluation>(&mut result.extensions, "beneficiaries", &record.beneficiaries);
        }
        let mut extensions = BTreeMap::new();
        self.put::<Evaluation>(&mut extensions, "judgedBy", record.judged_by);
        Parts {
            actor: record.author_id,
            verb: words::EVALUATED,
            happened_at: record.happened_at,
            cycle_id: Some(record.cycle_id),
            themes: Vec::new(),
            other: vec![self.reference(Action::PATH, record.action_id)],
            result,
            extensions,
        }
    }

    /// Of the network too: a record that moves to another one is told of anew there, by other people's names.
    fn id_of(&self, kind: Kind, id: Id, version: i32) -> Id {
        let name = format!("{}/{}/{id}/{version}", self.network_id, <&str>::from(kind));
        Id(Uuid::new_v5(&STATEMENTS, name.as_bytes()))
    }

    fn agent(&self, person_id: Option<Id>) -> Agent {
        let name = person_id.map_or_else(|| THE_SERVER.to_owned(), |id| self.pseudonyms.of(id));
        Agent { object_type: AgentType::Agent, account: Account { home_page: self.base.to_owned(), name } }
    }

    fn network(&self) -> Activity {
        Activity::at(self.address("networks", self.network_id), Some(words::NETWORK))
    }

    fn reference(&self, path: &str, id: Id) -> Activity {
        Activity::at(self.address(path, id), None)
    }

    fn address(&self, path: &str, id: Id) -> String {
        format!("{}/v1/{path}/{id}", self.base)
    }

    /// Puts a member of a record under its address in the contract. What is null or empty is left out.
    fn put<R: Record>(&self, into: &mut BTreeMap<String, Value>, member: &str, value: impl Serialize) {
        let value = serde_json::to_value(value).unwrap_or_default();
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !empty {
            let mut schema = R::KIND.to_owned();
            schema[..1].make_ascii_uppercase();
            let key =
                format!("{}/v1/openapi.json#/components/schemas/{schema}/properties/{member}", self.base);
            into.insert(key, value);
        }
    }
}
