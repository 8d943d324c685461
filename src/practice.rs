//! What practice records share: words for where they come from, and the moves that every kind of them knows.

use crate::access::{Tx, member_at, participant_at};
use crate::co_networks::types::CoNetworkState;
use crate::db::schema::{co_networks, members, participants, people};
use crate::error::{Error, FieldError, Result};
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{Reason, Text};
use crate::ids::Id;
use crate::people::types::PersonKind;
use crate::record::Record;
use crate::store::in_parts;
use crate::transitions::{Moves, not_allowed};
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use strum::{EnumIter, EnumString, IntoStaticStr};

/// From whose side something was seen or is judged.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Debug,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumIter,
    EnumString,
    IntoStaticStr,
    diesel::deserialize::FromSqlRow,
    diesel::expression::AsExpression,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Perspective {
    Citizen,
    Practitioner,
    InformalCarer,
    Organisation,
    System,
}
crate::text_enum!(Perspective);

/// The state of a record that knows no other move than being withdrawn.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    diesel::deserialize::FromSqlRow,
    diesel::expression::AsExpression,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RecordState {
    Current,
    Withdrawn,
}
crate::text_enum!(RecordState);

/// An area of life that a record is about, in the words of the network.
pub type LifeDomain = Text<100>;

/// The move of a record that can only be withdrawn.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Withdrawal {
    pub id: Option<Id>,
    pub to: WithdrawnOnly,
    /// Why; needed.
    pub reason: Reason,
    pub happened_at: Option<HappenedAt>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawnOnly {
    Withdrawn,
}

impl Input for Withdrawal {
    fn example() -> Value {
        json!({"to": "withdrawn", "reason": "Dubbel ingevoerd."})
    }
}

/// A record that knows no other move than being withdrawn.
pub trait Withdrawable: Record + Clone {
    /// Its state, and why it has it.
    fn state_mut(&mut self) -> (&mut RecordState, &mut Option<String>);
}

impl<R: Withdrawable> Moves<R> for Withdrawal {
    fn id(&self) -> Option<Id> {
        self.id
    }
    fn to(&self) -> &'static str {
        RecordState::Withdrawn.into()
    }
    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
    fn happened_at(&self) -> Option<HappenedAt> {
        self.happened_at
    }
    fn apply(&self, record: &mut R) -> Result<&'static str> {
        let (state, reason) = record.state_mut();
        if *state == RecordState::Withdrawn {
            return Err(not_allowed::<&str>("withdrawn", "withdrawn", &[]));
        }
        let from = std::mem::replace(state, RecordState::Withdrawn);
        *reason = Some(self.reason.to_string());
        Ok(from.into())
    }
}

/// The texts of a list as plain strings.
pub fn texts<const MAX: usize, const FREE: bool>(list: &[Text<MAX, FREE>]) -> Vec<String> {
    list.iter().map(|text| text.to_string()).collect()
}

/// What a list of records that can only be withdrawn can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StateFilter {
    /// By default `current`.
    pub state: Option<RecordState>,
}

impl Input for StateFilter {
    fn example() -> Value {
        json!({})
    }
}

/// 409 for a change to a record that was withdrawn.
pub fn not_withdrawn(withdrawn: bool) -> Result<()> {
    if withdrawn {
        return Err(Error::conflict("withdrawn", "The record was withdrawn and takes no changes."));
    }
    Ok(())
}

/// A fault for each id of a list that does not stand where it must, by its place in the list.
pub fn dangling_entries(member: &str, ids: &[Id], known: &[Id], faults: &mut Vec<FieldError>) {
    entries_but(member, ids, |id| known.contains(id), faults);
}

/// A fault for each id of a list that is not `known`.
pub fn entries_but(member: &str, ids: &[Id], known: impl Fn(&Id) -> bool, faults: &mut Vec<FieldError>) {
    for (index, id) in ids.iter().enumerate().filter(|(_, id)| !known(id)) {
        faults.push(FieldError::new(
            format!("/{member}/{index}"),
            "not_found",
            format!("{id} is not known here."),
        ));
    }
}

/// A fault for an id that does not stand where it must.
pub fn dangling(member: &str, id: Id) -> FieldError {
    FieldError::new(format!("/{member}"), "not_found", format!("{id} is not known here."))
}

/// 409 where anything the body refers to is missing.
pub fn all_found(faults: Vec<FieldError>) -> Result<()> {
    if faults.is_empty() { Ok(()) } else { Err(Error::dangling(faults)) }
}

/// Those of `people` who are members of the network or of one that shares the cycle, or participants of it, today. An
/// integration is none: it owns no action, was present nowhere and thinks along with nobody.
pub fn people_in_cycle(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id, people: &[Id]) -> Result<Vec<Id>> {
    Ok(in_parts(people, |people| some_in_cycle(tx, network_id, cycle_id, people))?)
}

fn some_in_cycle(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id, people: &[Id]) -> QueryResult<Vec<Id>> {
    let now = tx.now;
    let somebody =
        || people::table.on(people::id.eq(members::person_id).and(people::kind.eq(PersonKind::Person)));
    let mut known: Vec<Id> = members::table
        .inner_join(somebody())
        .filter(members::network_id.eq(network_id))
        .filter(members::person_id.eq_any(people))
        .filter(member_at(now))
        .select(members::person_id)
        .load(tx.conn())?;
    let guests: Vec<Id> = participants::table
        .filter(participants::network_id.eq(network_id))
        .filter(participants::cycle_id.eq(cycle_id))
        .filter(participants::person_id.eq_any(people))
        .filter(participant_at(now))
        .select(participants::person_id)
        .load(tx.conn())?;
    known.extend(guests);
    if people.iter().all(|person| known.contains(person)) {
        return Ok(known);
    }
    let sharing = co_networks::table
        .filter(co_networks::network_id.eq(network_id))
        .filter(co_networks::cycle_id.eq(cycle_id))
        .filter(co_networks::state.eq(CoNetworkState::Accepted))
        .select(co_networks::co_network_id);
    let of_co_networks: Vec<Id> = members::table
        .inner_join(somebody())
        .filter(members::network_id.eq_any(sharing))
        .filter(members::person_id.eq_any(people))
        .filter(member_at(now))
        .select(members::person_id)
        .load(tx.conn())?;
    known.extend(of_co_networks);
    Ok(known)
}
