//! Lines of records that lie below others in a cycle: each names its parent, and is judged there.

use super::kinds::{Taken, taken};
use crate::access::{Locate, Op, Seen, Tx};
use crate::error::{Error, FieldError, Result};
use crate::evaluations::OfAction;
use crate::http::body::Input;
use crate::ids::Id;
use crate::practice::dangling;
use crate::questions::OneQuestion;
use crate::record::Record;
use crate::run::{Create, Outcomes, Placed};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::marker::PhantomData;

/// What records lie below.
pub trait Parent: Locate {
    /// The member of the records that names it.
    const MEMBER: &'static str;

    fn at(id: Id) -> Self;
}

impl Parent for OfAction {
    const MEMBER: &'static str = "actionId";

    fn at(id: Id) -> OfAction {
        OfAction(id)
    }
}

impl Parent for OneQuestion {
    const MEMBER: &'static str = "questionId";

    fn at(id: Id) -> OneQuestion {
        OneQuestion(id)
    }
}

/// The body that creates a record, and beside its members the one that names the parent.
#[derive(Debug)]
pub struct Below<P, B> {
    pub parent_id: Id,
    pub body: B,
    parent: PhantomData<fn() -> P>,
}

impl<P: Parent, B: Serialize> Serialize for Below<P, B> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Flat<'l, B> {
            #[serde(flatten)]
            body: &'l B,
            #[serde(flatten)]
            parent: BTreeMap<&'static str, Id>,
        }
        Flat { body: &self.body, parent: BTreeMap::from([(P::MEMBER, self.parent_id)]) }.serialize(serializer)
    }
}

/// Creates what lines say in their order, each where it belongs: with as few statements for many parents as for one.
///
/// A parent that does not stand in the cycle, or that the actor does not see, is a dangling reference of its line.
pub fn create<P, B, F, R>(
    tx: &mut Tx<'_>,
    op: Op,
    seen: &Seen<F>,
    lines: &[&Below<P, B>],
    create_all: impl FnOnce(&mut Tx<'_>, Id, &[Placed<P::Found, B>]) -> Result<Outcomes<R>>,
) -> Result<Vec<Result<Taken>>>
where
    P: Parent,
    B: Serialize + DeserializeOwned,
    R: Record,
{
    for line in lines {
        // A record is known by its body alone, without the parent that the line names.
        if let Some(sent) = tx.sent_for(*line)? {
            let sent: Below<P, B> = serde_json::from_slice(&sent).map_err(Error::internal)?;
            tx.answers_for(&line.body, &sent.body)?;
        }
    }
    let ids: HashSet<Id> = lines.iter().map(|line| line.parent_id).collect();
    let parents = seen.within(tx, op, ids.into_iter().map(|id| (id, P::at(id))).collect())?;
    let judged: Vec<Result<Placed<P::Found, B>>> = lines
        .iter()
        .map(|line| match parents.at(line.parent_id) {
            Err(Error::NotFound) => Err(Error::dangling(vec![dangling(P::MEMBER, line.parent_id)])),
            parent => Ok((parent?, &line.body)),
        })
        .collect();
    let standing: Vec<Placed<P::Found, B>> = judged.iter().flatten().copied().collect();
    let mut outcomes = taken(create_all(tx, seen.standing.person_id, &standing)?).into_iter();
    let outcome = |judged: Result<Placed<P::Found, B>>| {
        judged?;
        outcomes.next().unwrap_or_else(|| Err(Error::internal("a line of a run had no outcome")))
    };
    Ok(judged.into_iter().map(outcome).collect())
}

impl<P: Parent, B: Create> Create for Below<P, B> {
    fn id(&self) -> Option<Id> {
        self.body.id()
    }
}

impl<P: Parent, B: Input> Input for Below<P, B> {
    fn example() -> Value {
        let mut example = B::example();
        example[P::MEMBER] = json!("01890a5d-ac96-774b-bcce-b302099a8057");
        example
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        self.body.check(faults);
    }
}

impl<P: Parent, B: JsonSchema> JsonSchema for Below<P, B> {
    fn schema_name() -> Cow<'static, str> {
        format!("{}-{}", B::schema_name(), P::MEMBER).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = B::json_schema(generator);
        let id = generator.subschema_for::<Id>();
        let object = schema.ensure_object();
        if let Some(members) = object.entry("properties").or_insert_with(|| json!({})).as_object_mut() {
            members.insert(P::MEMBER.into(), id.into());
        }
        if let Some(needed) = object.entry("required").or_insert_with(|| json!([])).as_array_mut() {
            needed.push(P::MEMBER.into());
        }
        schema
    }
}

/// By hand: a flattened body would let members pass that it does not know.
impl<'de, P: Parent, B: Deserialize<'de>> Deserialize<'de> for Below<P, B> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Below<P, B>, D::Error> {
        deserializer.deserialize_map(BelowVisitor(PhantomData))
    }
}

struct BelowVisitor<P, B>(PhantomData<fn() -> Below<P, B>>);

impl<'de, P: Parent, B: Deserialize<'de>> Visitor<'de> for BelowVisitor<P, B> {
    type Value = Below<P, B>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Below<P, B>, A::Error> {
        let mut parent_id = None;
        let rest = Rest { members, member: P::MEMBER, parent_id: &mut parent_id };
        let body = B::deserialize(MapAccessDeserializer::new(rest))?;
        let parent_id = parent_id.ok_or_else(|| A::Error::missing_field(P::MEMBER))?;
        Ok(Below { parent_id, body, parent: PhantomData })
    }
}

/// The members of a line but the one that names its parent, which is put by.
struct Rest<'p, A> {
    members: A,
    member: &'static str,
    parent_id: &'p mut Option<Id>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Rest<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(key) = self.members.next_key::<String>()? {
            if key != self.member {
                return seed.deserialize(key.into_deserializer()).map(Some);
            }
            if self.parent_id.replace(self.members.next_value()?).is_some() {
                return Err(A::Error::duplicate_field(self.member));
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.members.next_value_seed(seed)
    }
}

#[cfg(test)]
mod tests {
    use super::Below;
    use crate::error::Error;
    use crate::evaluations::OfAction;
    use crate::evaluations::types::EvaluationCreate;
    use crate::http::body::{Input, parse};
    use serde_json::{Value, json};

    type Line = Below<OfAction, EvaluationCreate>;

    fn faults(line: &str) -> Vec<(String, &'static str)> {
        match parse::<Line>(line.as_bytes()) {
            Err(Error::Invalid { errors, .. }) => {
                errors.into_iter().map(|error| (error.pointer, error.code)).collect()
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_line_is_its_body_and_its_parent() {
        let example = Line::example();
        let line = parse::<Line>(example.to_string().as_bytes()).expect("a line");
        assert_eq!(json!(line.parent_id), example["actionId"]);
        assert_eq!(&*line.body.seen_effect, "Twaalf bewoners bleven, vijf kwamen terug.");
    }

    #[test]
    fn every_fault_of_a_line_is_told() {
        let faulty = |change: &dyn Fn(&mut Value)| {
            let mut line = Line::example();
            change(&mut line);
            faults(&line.to_string())
        };
        let without = |line: &mut Value| drop(line.as_object_mut().expect("an object").remove("actionId"));
        assert_eq!(faulty(&without), [("/actionId".into(), "required")]);
        let no_id = |line: &mut Value| line["actionId"] = json!("x");
        assert_eq!(faulty(&no_id), [("/actionId".into(), "bad_format")]);
        let none = |line: &mut Value| line["actionId"] = Value::Null;
        assert_eq!(faulty(&none), [("/actionId".into(), "wrong_type")]);
        let unknown = |line: &mut Value| line["questionId"] = json!("x");
        assert_eq!(faulty(&unknown), [("/questionId".into(), "unknown_member")]);
        let twice = Line::example().to_string().replacen('{', "{\"actionId\":null,", 1);
        assert_eq!(faults(&twice).len(), 1, "the parser takes no null");
        let id = Line::example()["actionId"].to_string();
        let twice = Line::example().to_string().replacen('{', &format!("{{\"actionId\":{id},"), 1);
        assert_eq!(faults(&twice).len(), 1, "and none twice");
        assert_eq!(faults("[]"), [(String::new(), "wrong_type")]);
    }
}
