//! Frameworks of life domains and a network's choice of one, as they are stored and sent, and the bodies that make them.

use super::built_in::BuiltIn;
use super::rules;
use crate::clock::Instant;
use crate::db::schema::{life_domain_choices, life_domain_framework_versions, life_domain_frameworks};
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::text::{Few, Reason, Text};
use crate::ids::Id;
use crate::label::{Key, Label, LabelBody};
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;

/// A domain of a framework, and what it goes by. A record speaks of it when one of its `lifeDomains` is the domain's key,
/// a label or a word, whatever the case of the letters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FrameworkDomain {
    /// Means the same domain in each version of the framework.
    pub key: String,
    pub label: Label,
    /// The citizens' own words, and others that count for it.
    pub words: Vec<String>,
}

/// A framework of a network's own. Its domains are those of its versions, which are added and never changed.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = life_domain_frameworks, primary_key(network_id, id))]
pub struct LifeDomainFramework {
    pub id: Id,
    pub network_id: Id,
    pub name: Json<Label>,
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// The number of its newest version, from 1.
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for LifeDomainFramework {
    const KIND: &'static str = "life_domain_framework";
    const PATH: &'static str = "life-domain-frameworks";

    fn id(&self) -> Id {
        self.id
    }
    fn version(&self) -> i32 {
        self.version
    }
    fn digest(&self) -> &[u8] {
        &self.digest
    }
    fn network_id(&self) -> Id {
        self.network_id
    }
}

/// A version of a network's own framework. It never changes.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = life_domain_framework_versions, treat_none_as_default_value = false)]
pub struct LifeDomainFrameworkVersion {
    pub id: Id,
    pub network_id: Id,
    pub framework_id: Id,
    /// Its number among the framework's versions, from 1.
    pub version: i32,
    pub domains: Json<Vec<FrameworkDomain>>,
    /// Why it differs from the one before.
    pub reason: Option<String>,
    pub created_by: Id,
    pub created_at: Instant,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for LifeDomainFrameworkVersion {
    const KIND: &'static str = "life_domain_framework_version";
    const PATH: &'static str = "life-domain-framework-versions";

    fn id(&self) -> Id {
        self.id
    }
    fn version(&self) -> i32 {
        self.version
    }
    fn digest(&self) -> &[u8] {
        &self.digest
    }
    fn network_id(&self) -> Id {
        self.network_id
    }
}

/// The citizens' own words that a network adds to a domain of a built-in framework.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AddedWords {
    pub key: String,
    pub words: Vec<String>,
}

/// The framework, in one of its versions, by which a network reads the life domains of its records. The newest choice
/// is the one that holds; those before it are its history.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = life_domain_choices, treat_none_as_default_value = false)]
pub struct LifeDomainChoice {
    pub id: Id,
    pub network_id: Id,
    /// A built-in framework; null where `frameworkId` names one of the network's own.
    pub built_in: Option<BuiltIn>,
    pub framework_id: Option<Id>,
    pub framework_version: i32,
    pub words: Json<Vec<AddedWords>>,
    pub reason: Option<String>,
    pub created_by: Id,
    pub created_at: Instant,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for LifeDomainChoice {
    const KIND: &'static str = "life_domain_choice";
    const PATH: &'static str = "life-domain-choices";

    fn id(&self) -> Id {
        self.id
    }
    /// A choice never changes: another one is made.
    fn version(&self) -> i32 {
        1
    }
    fn digest(&self) -> &[u8] {
        &self.digest
    }
    fn network_id(&self) -> Id {
        self.network_id
    }
}

/// A word as records name their life domains.
pub type Words = Few<Text<100>, 0, 100>;

/// A domain of a framework as it is sent.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DomainBody {
    /// Stays the same in later versions for as long as the domain does.
    pub key: Key,
    pub label: LabelBody,
    /// The citizens' own words that count for it.
    pub words: Option<Words>,
}

pub type Domains = Few<DomainBody, 1, 30>;

/// The body that makes a framework of the network's own, with its first version.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LifeDomainFrameworkCreate {
    pub id: Option<Id>,
    pub name: LabelBody,
    /// No word, label or key may stand for two of them.
    pub domains: Domains,
}

impl Input for LifeDomainFrameworkCreate {
    fn example() -> Value {
        json!({
            "name": {"nl": "Goed leven in het dorp"},
            "domains": [{"key": "neighbours", "label": {"nl": "Omzien naar elkaar", "en": "Looking after each other"}, "words": ["noaberschap", "de buurt"]}]
        })
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        rules::told_apart(&rules::domains(&self.domains), faults);
    }
}

/// The body that adds a version to a framework.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LifeDomainFrameworkVersionCreate {
    pub id: Option<Id>,
    /// All domains of the new version, not only those that differ.
    pub domains: Domains,
    /// Why it differs from the one before.
    pub reason: Option<Reason>,
}

impl Input for LifeDomainFrameworkVersionCreate {
    fn example() -> Value {
        json!({
            "domains": [{"key": "neighbours", "label": {"nl": "Omzien naar elkaar"}, "words": ["noaberschap", "burenhulp"]}],
            "reason": "Burenhulp is het woord dat de bewoners zelf gebruiken."
        })
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        rules::told_apart(&rules::domains(&self.domains), faults);
    }
}

/// Words for a domain of a built-in framework, as they are sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddedWordsBody {
    /// The domain's key.
    pub key: Key,
    pub words: Few<Text<100>, 1, 100>,
}

/// The body that chooses a framework: a built-in one or one of the network's own.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LifeDomainChoiceCreate {
    pub id: Option<Id>,
    /// Either this or `frameworkId`.
    pub built_in: Option<BuiltIn>,
    pub framework_id: Option<Id>,
    /// The newest by default.
    #[schemars(range(min = 1))]
    pub framework_version: Option<i32>,
    /// For a built-in framework alone; to one of the network's own, words come by a new version.
    pub words: Option<Few<AddedWordsBody, 0, 30>>,
    pub reason: Option<Reason>,
}

impl Input for LifeDomainChoiceCreate {
    fn example() -> Value {
        json!({"builtIn": "positive_health", "words": [{"key": "social_participation", "words": ["sociale contacten", "de buurt"]}]})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        rules::names_one_framework(self, faults);
    }
}
