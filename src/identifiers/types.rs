//! What is found in a text, and how sure that is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

/// What points at one person.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    EnumIter,
    IntoStaticStr,
    diesel::deserialize::FromSqlRow,
    diesel::expression::AsExpression,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum IdentifierKind {
    /// A citizen service number (burgerservicenummer).
    Bsn,
    /// A bank account, of any country that has IBANs.
    Iban,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A house: a postcode, a street with a number, or both.
    Address,
    /// A date that the text calls somebody's birth or birthday.
    BirthDate,
    /// A name of the network's own list.
    Name,
}

/// How sure a finding is. `strong` is hardly ever anything else; `weak` is for the writer to judge.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    EnumIter,
    IntoStaticStr,
    diesel::deserialize::FromSqlRow,
    diesel::expression::AsExpression,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Certainty {
    Strong,
    Weak,
}
crate::text_enum!(IdentifierKind, Certainty);

/// An identifier in a text: what it is and where it stands, never what it says. Both numbers count Unicode scalars of
/// the text as it was given.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    pub kind: IdentifierKind,
    pub certainty: Certainty,
    /// How many scalars stand before it.
    pub offset: u32,
    /// How many scalars it has; at least one.
    pub length: u32,
}

impl Finding {
    /// Where it ends: the offset of what follows it.
    pub fn end(&self) -> u32 {
        self.offset + self.length
    }
}
