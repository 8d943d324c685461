//! What the made-up workplace consists of. The files under `content/` say who did what how many days ago; they refer
//! to each other by short keys, and values go into the bodies of requests as they are, where they are checked.

use crate::error::{Error, Result};
use crate::ids::Id;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Everything, as it was written.
pub struct Content {
    pub people: Vec<Person>,
    pub organisations: Vec<Organisation>,
    /// The network above the others.
    pub workplace: Workplace,
    pub networks: Vec<Network>,
}

impl Content {
    pub fn read() -> Result<Content> {
        Ok(Content {
            people: parse(include_str!("content/people.json"))?,
            organisations: parse(include_str!("content/organisations.json"))?,
            workplace: parse(include_str!("content/workplace.json"))?,
            networks: vec![
                parse(include_str!("content/heumen.json"))?,
                parse(include_str!("content/nijmegen.json"))?,
                parse(include_str!("content/peel-en-maas.json"))?,
                parse(include_str!("content/venlo.json"))?,
            ],
        })
    }
}

pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text)
        .map_err(|error| Error::internal(format!("the demo's content cannot be read: {error}")))
}

/// The id that a thing of the demo has in every database, so that a second run finds what the first one made. As in
/// RFC 9562, appendix B.2: version 8, made of a name by SHA-256.
pub fn id_of(name: &str) -> Id {
    let digest = Sha256::new().chain_update("feedbacklus demo\n").chain_update(name).finalize();
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(byte, digit)| *byte = digit);
    Id(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

pub fn person_id(key: &str) -> Id {
    id_of(&format!("people/{key}"))
}

pub fn organisation_id(key: &str) -> Id {
    id_of(&format!("organisations/{key}"))
}

pub fn network_id(key: &str) -> Id {
    id_of(&format!("networks/{key}"))
}

pub fn cycle_id(network: &str, key: &str) -> Id {
    id_of(&format!("{network}/cycles/{key}"))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Person {
    pub key: String,
    pub display_name: String,
    pub email: String,
    pub locale: String,
    pub system_role: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    pub key: String,
    pub name: String,
    pub kind: String,
    pub locality: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workplace {
    pub network: Head,
    pub members: Vec<Member>,
}

/// A network's file: keys of records are unique in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Network {
    pub network: Head,
    pub themes: Vec<Theme>,
    pub members: Vec<Member>,
    pub pseudonyms: Vec<Pseudonym>,
    /// Ways of working that it began with.
    #[serde(default)]
    pub approaches: Vec<Approach>,
    pub cycles: Vec<Cycle>,
    /// Observations that belong to no cycle yet.
    pub inbox: Vec<Observation>,
}

impl Network {
    /// The id of something in this network. Records go by their key, other things by their kind and key.
    pub fn id_of(&self, name: &str) -> Id {
        id_of(&format!("{}/{name}", self.network.key))
    }

    pub fn theme_id(&self, key: &str) -> Id {
        self.id_of(&format!("themes/{key}"))
    }

    pub fn pseudonym_id(&self, key: &str) -> Id {
        self.id_of(&format!("pseudonyms/{key}"))
    }

    pub fn cycle_id(&self, key: &str) -> Id {
        cycle_id(&self.network.key, key)
    }

    /// A version goes by its approach's key and its number.
    pub fn approach_version_id(&self, name: &str) -> Id {
        self.id_of(&format!("approaches/{name}"))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub key: String,
    pub name: String,
    pub kind: String,
    pub locality: Option<String>,
    pub description: String,
    pub parent: Option<String>,
    pub partners: Vec<Partner>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    pub organisation: String,
    pub role: String,
    /// Days ago; by default since the network began.
    pub since: Option<i64>,
    /// Days ago; by default it goes on.
    pub until: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Theme {
    pub key: String,
    pub title: String,
    pub locality: String,
    pub starts_on: Option<String>,
    pub ends_on: Option<String>,
}

/// A member of a network, or a guest of a cycle.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    pub person: String,
    pub role: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pseudonym {
    pub key: String,
    pub age_band: Option<String>,
    pub area: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approach {
    pub key: String,
    pub title: String,
    pub description: String,
    /// How it was done at first.
    pub text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Cycle {
    pub key: String,
    pub learning_question: String,
    /// The version of an approach that it tries, such as `tafels/1`.
    pub approach_version: Option<String>,
    pub themes: Vec<String>,
    pub started_days_ago: i64,
    /// The cycle it goes on from, which is closed by then.
    pub previous: Option<String>,
    pub transitions: Vec<CycleMove>,
    pub guests: Vec<Member>,
    pub questions: Vec<Question>,
    pub observations: Vec<Observation>,
    pub reflections: Vec<Reflection>,
    pub actions: Vec<Action>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CycleMove {
    pub to: String,
    pub days_ago: i64,
    pub reason: Option<String>,
    pub accept_loose_ends: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Question {
    pub key: String,
    pub text: String,
    pub pseudonym: Option<String>,
    pub life_domains: Vec<String>,
    pub days_ago: i64,
    pub by: String,
    pub returns: Vec<Return>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Return {
    pub text: String,
    pub recognised: Option<String>,
    pub response: Option<String>,
    pub days_ago: i64,
    pub by: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Observation {
    pub key: String,
    pub body: String,
    pub perspective: String,
    pub voice: Option<String>,
    pub question: Option<String>,
    /// Pseudonyms.
    pub about: Vec<String>,
    pub on_behalf_of: Option<String>,
    pub life_domains: Vec<String>,
    pub tags: Vec<String>,
    pub days_ago: i64,
    pub by: String,
    pub closed: Option<Reasoned>,
    pub withdrawn: Option<Reasoned>,
}

/// That somebody closed or withdrew something.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reasoned {
    pub reason: String,
    pub days_ago: i64,
    pub by: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reflection {
    pub key: String,
    pub observations: Vec<String>,
    pub model: String,
    pub answers: Value,
    pub loop_depth: String,
    pub frame_shift: Value,
    pub visibility: String,
    pub days_ago: i64,
    pub by: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Action {
    pub key: String,
    pub reflections: Vec<String>,
    pub description: String,
    pub kind: String,
    pub owner: String,
    pub carried_out_by: String,
    pub challenges: Option<Challenge>,
    pub due_on_days_from_now: Option<i64>,
    pub days_ago: i64,
    pub by: String,
    pub moves: Vec<ActionMove>,
    pub evaluations: Vec<Evaluation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Challenge {
    pub rule: String,
    pub organisation: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ActionMove {
    pub to: String,
    pub days_ago: i64,
    pub by: String,
    pub reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Evaluation {
    pub expected_effect: String,
    pub seen_effect: String,
    pub verdict: String,
    pub judged_by: String,
    pub beneficiaries: Option<String>,
    pub days_ago: i64,
    pub by: String,
}
