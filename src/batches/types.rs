//! A batch as it is sent.

use super::kinds;
use crate::error::{Error, FieldError};
use crate::http::body::{HappenedAt, Input};
use crate::http::faults;
use crate::http::text::Reason;
use crate::ids::Id;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{DeserializeOwned, Error as _, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// Items that a batch holds at most.
pub const MOST_ITEMS: usize = 1_000;

/// What was collected elsewhere, to be carried out in its order.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, bound(deserialize = "I: DeserializeOwned"))]
#[schemars(rename = "BatchCreate")]
pub struct Batch<I> {
    /// The batch's idempotency key: sent again with the same content it changes nothing and answers the same.
    pub id: Id,
    /// All of it or nothing; by default each item for itself.
    #[serde(default)]
    pub atomic: bool,
    /// Says what would come of it and writes nothing. Nothing of it is remembered either.
    #[serde(default)]
    pub dry_run: bool,
    /// A later one may refer to an earlier one by its id.
    pub items: Items<I>,
}

pub type BatchCreate = Batch<RawItem>;

impl Input for BatchCreate {
    const MOST_BYTES: usize = 16 * 1024 * 1024;

    fn example() -> Value {
        json!({
            "id": "01890a5d-ac96-774b-bcce-b302099a8050",
            "items": [
                {
                    "action": "create", "type": "observation", "cycleId": "01890a5d-ac96-774b-bcce-b302099a8051",
                    "body": {
                        "id": "01890a5d-ac96-774b-bcce-b302099a8052", "perspective": "citizen",
                        "body": "Mevrouw zegt dat ze pas durfde te komen toen de koffie buiten stond."
                    }
                },
                {
                    "action": "update", "type": "action", "id": "01890a5d-ac96-774b-bcce-b302099a8053", "ifMatch": 3,
                    "body": {"dueOn": "2026-05-01"}
                }
            ]
        })
    }

    /// Those of the envelope: a faulty item is a result of its own.
    fn faults(bytes: &[u8]) -> Error {
        faults::of_body::<Batch<Value>>(bytes)
    }
}

impl Input for Batch<Value> {
    fn example() -> Value {
        BatchCreate::example()
    }
}

/// One to a thousand items.
#[derive(Clone, Debug)]
pub struct Items<I>(pub Vec<I>);

impl<'de, I: DeserializeOwned> Deserialize<'de> for Items<I> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Items<I>, D::Error> {
        struct ItemsVisitor<I>(PhantomData<I>);
        impl<'de, I: DeserializeOwned> Visitor<'de> for ItemsVisitor<I> {
            type Value = Items<I>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a list of 1 to {MOST_ITEMS} entries")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Items<I>, A::Error> {
                let mut items = Vec::new();
                while items.len() < MOST_ITEMS
                    && let Some(item) = entries.next_element()?
                {
                    items.push(item);
                }
                if items.is_empty() {
                    return Err(A::Error::custom("must have at least 1 entry"));
                }
                if items.len() == MOST_ITEMS && entries.next_element::<IgnoredAny>()?.is_some() {
                    return Err(A::Error::custom(format!("must have at most {MOST_ITEMS} entries")));
                }
                Ok(Items(items))
            }
        }
        deserializer.deserialize_seq(ItemsVisitor(PhantomData))
    }
}

impl<I: JsonSchema> JsonSchema for Items<I> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("{}Batch", I::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let items = generator.subschema_for::<I>();
        json_schema!({"type": "array", "items": items, "minItems": 1, "maxItems": MOST_ITEMS})
    }
}

/// An item as it was sent, to be read by itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct RawItem(pub Box<RawValue>);

impl JsonSchema for RawItem {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "BatchItem".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<ItemSent>()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "BatchAction")]
pub enum Action {
    Create,
    Update,
    Withdraw,
}

/// The kinds of records that a batch takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "BatchItemType")]
pub enum Kind {
    Pseudonym,
    Question,
    Observation,
    Reflection,
    Action,
    Evaluation,
    Return,
}

/// One thing to do, as the operation of its own does it. Pseudonyms are created in a network, questions, reflections and
/// actions in a cycle, observations in either, evaluations of an action, and returns of a question. Pseudonyms are not
/// withdrawn; evaluations and returns are not updated.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "BatchItem")]
pub struct Item<B> {
    pub action: Action,
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Where to create.
    pub network_id: Option<Id>,
    pub cycle_id: Option<Id>,
    pub question_id: Option<Id>,
    pub action_id: Option<Id>,
    /// The record to update or to withdraw.
    pub id: Option<Id>,
    /// The version that the change was made to. An update needs it.
    pub if_match: Option<i32>,
    /// What may be found in the texts of this item was looked at, and may stand: as the header `Confirm-Warnings` says of
    /// all of them.
    pub confirm_warnings: Option<bool>,
    /// What the operation takes; for a withdrawal its reason.
    pub body: B,
}

pub type ItemSent = Item<RawBody>;

impl Input for ItemSent {
    fn example() -> Value {
        json!({
            "action": "withdraw", "type": "observation", "id": "01890a5d-ac96-774b-bcce-b302099a8052",
            "body": {"reason": "Dubbel gelogd."}
        })
    }

    /// Those of the item but for its body, which is read as what it is said to be.
    fn faults(bytes: &[u8]) -> Error {
        faults::of_body::<Item<Value>>(bytes)
    }
}

impl Input for Item<Value> {
    fn example() -> Value {
        ItemSent::example()
    }
}

/// A body as it was sent, to be read as what the item says that it is.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct RawBody(pub Box<RawValue>);

impl JsonSchema for RawBody {
    fn schema_name() -> Cow<'static, str> {
        "BatchItemBody".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": kinds::body_schemas(generator)})
    }
}

/// The body of an item that withdraws a record.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "BatchWithdrawal")]
pub struct Withdrawing {
    pub id: Option<Id>,
    pub reason: Reason,
    pub happened_at: Option<HappenedAt>,
}

impl Input for Withdrawing {
    fn example() -> Value {
        json!({"reason": "Dubbel gelogd."})
    }
}

/// A fault of the item at this place, which names another member than its kind takes.
pub fn misfit(member: &str, detail: &str) -> FieldError {
    FieldError::new(format!("/{member}"), "inconsistent", detail)
}
