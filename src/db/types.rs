//! SQL types that both databases share under one `table!`: an id is `uuid` in PostgreSQL and a 16-byte BLOB in SQLite, an
//! instant `timestamptz` and microseconds since 1970, JSON `jsonb` and text.

use super::connection::AnyBackend;
use crate::clock::Instant;
use crate::ids::Id;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::query_builder::QueryId;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{self, HasSqlType, SqlOrd, SqlType};
use diesel::sqlite::Sqlite;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

#[derive(SqlType, QueryId, Clone, Copy, Debug)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951), sqlite_type(name = "Binary"))]
pub struct Uid;

#[derive(SqlType, QueryId, Clone, Copy, Debug)]
#[diesel(postgres_type(oid = 1184, array_oid = 1185), sqlite_type(name = "Long"))]
pub struct Moment;

#[derive(SqlType, QueryId, Clone, Copy, Debug)]
#[diesel(postgres_type(oid = 3802, array_oid = 3807), sqlite_type(name = "Text"))]
pub struct JsonText;

impl SqlOrd for Uid {}
impl SqlOrd for Moment {}

type Lookup = <AnyBackend as sql_types::TypeMetadata>::MetadataLookup;
type Metadata = <AnyBackend as sql_types::TypeMetadata>::TypeMetadata;

impl HasSqlType<Uid> for AnyBackend {
    fn metadata(lookup: &mut Lookup) -> Metadata {
        AnyBackend::lookup_sql_type::<Uid>(lookup)
    }
}

impl HasSqlType<Moment> for AnyBackend {
    fn metadata(lookup: &mut Lookup) -> Metadata {
        AnyBackend::lookup_sql_type::<Moment>(lookup)
    }
}

impl HasSqlType<JsonText> for AnyBackend {
    fn metadata(lookup: &mut Lookup) -> Metadata {
        AnyBackend::lookup_sql_type::<JsonText>(lookup)
    }
}

// Id

impl FromSql<Uid, Pg> for Id {
    fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Id> {
        Ok(Id(uuid::Uuid::from_slice(value.as_bytes())?))
    }
}

impl FromSql<Uid, Sqlite> for Id {
    fn from_sql(mut value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Id> {
        Ok(Id(uuid::Uuid::from_slice(value.read_blob())?))
    }
}

impl FromSql<Uid, AnyBackend> for Id {
    fn from_sql(value: <AnyBackend as Backend>::RawValue<'_>) -> deserialize::Result<Id> {
        value.from_sql::<Id, Uid>()
    }
}

impl ToSql<Uid, Pg> for Id {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        std::io::Write::write_all(out, self.0.as_bytes())?;
        Ok(IsNull::No)
    }
}

impl ToSql<Uid, Sqlite> for Id {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.as_bytes().as_slice());
        Ok(IsNull::No)
    }
}

impl ToSql<Uid, AnyBackend> for Id {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, AnyBackend>) -> serialize::Result {
        out.set_value((Uid, self));
        Ok(IsNull::No)
    }
}

// Instant

impl FromSql<Moment, Pg> for Instant {
    fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Instant> {
        let time: chrono::DateTime<chrono::Utc> = FromSql::<sql_types::Timestamptz, Pg>::from_sql(value)?;
        Ok(Instant::from(time))
    }
}

impl FromSql<Moment, Sqlite> for Instant {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Instant> {
        let micros: i64 = FromSql::<sql_types::BigInt, Sqlite>::from_sql(value)?;
        Instant::from_micros(micros).ok_or_else(|| "an instant outside of the calendar".into())
    }
}

impl FromSql<Moment, AnyBackend> for Instant {
    fn from_sql(value: <AnyBackend as Backend>::RawValue<'_>) -> deserialize::Result<Instant> {
        value.from_sql::<Instant, Moment>()
    }
}

impl ToSql<Moment, Pg> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<sql_types::Timestamptz, Pg>::to_sql(&self.to_chrono(), &mut out.reborrow())
    }
}

impl ToSql<Moment, Sqlite> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.micros());
        Ok(IsNull::No)
    }
}

impl ToSql<Moment, AnyBackend> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, AnyBackend>) -> serialize::Result {
        out.set_value((Moment, self));
        Ok(IsNull::No)
    }
}

/// A column that holds JSON. Transparent on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromSqlRow, AsExpression)]
#[serde(transparent)]
#[diesel(sql_type = JsonText)]
pub struct Json<T: std::fmt::Debug>(pub T);

impl<T: std::fmt::Debug> std::ops::Deref for Json<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned + std::fmt::Debug> FromSql<JsonText, Pg> for Json<T> {
    fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Json<T>> {
        // jsonb's binary form is a version byte before the text.
        let bytes = value.as_bytes().strip_prefix(&[1]).ok_or("an unknown version of jsonb")?;
        Ok(Json(serde_json::from_slice(bytes)?))
    }
}

impl<T: DeserializeOwned + std::fmt::Debug> FromSql<JsonText, Sqlite> for Json<T> {
    fn from_sql(mut value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Json<T>> {
        Ok(Json(serde_json::from_str(value.read_text())?))
    }
}

impl<T: DeserializeOwned + std::fmt::Debug> FromSql<JsonText, AnyBackend> for Json<T> {
    fn from_sql(value: <AnyBackend as Backend>::RawValue<'_>) -> deserialize::Result<Json<T>> {
        value.from_sql::<Json<T>, JsonText>()
    }
}

impl<T: Serialize + std::fmt::Debug> ToSql<JsonText, Pg> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        std::io::Write::write_all(out, &[1])?;
        serde_json::to_writer(out, &self.0)?;
        Ok(IsNull::No)
    }
}

impl<T: Serialize + std::fmt::Debug> ToSql<JsonText, Sqlite> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(serde_json::to_string(&self.0)?);
        Ok(IsNull::No)
    }
}

impl<T: Serialize + std::fmt::Debug + Send + Sync + 'static> ToSql<JsonText, AnyBackend> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, AnyBackend>) -> serialize::Result {
        out.set_value((JsonText, self));
        Ok(IsNull::No)
    }
}

impl<T: schemars::JsonSchema + std::fmt::Debug> schemars::JsonSchema for Json<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        generator.subschema_for::<T>()
    }
}

/// Stores an enum as its name on the wire, so that path, table and text use one word. A macro, since Rust lets no
/// function implement a foreign trait for many types.
#[macro_export]
macro_rules! text_enum {
    ($($name:ident),+ $(,)?) => {$(
        impl<DB> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where
            DB: diesel::backend::Backend,
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> diesel::deserialize::Result<$name> {
                let name: String = diesel::deserialize::FromSql::<diesel::sql_types::Text, DB>::from_sql(value)?;
                Ok(name.parse()?)
            }
        }

        impl<DB> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $name
        where
            DB: diesel::backend::Backend,
            str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                let name: &'static str = self.into();
                diesel::serialize::ToSql::<diesel::sql_types::Text, DB>::to_sql(name, out)
            }
        }
    )+};
}
