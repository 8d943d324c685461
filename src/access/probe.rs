//! The least that shows a database to be of use: something read, and something written that changes nothing.

use crate::db::AnyConnection;
use crate::db::schema::server_keys;
use crate::ids::Id;
use diesel::prelude::*;

pub(super) fn read(connection: &mut AnyConnection) -> QueryResult<()> {
    server_keys::table.select(diesel::dsl::count_star()).get_result::<i64>(connection).map(drop)
}

/// Puts a row there and takes it away: a transaction that has to be made durable as any other. (SQLite writes nothing for a
/// row that is set to what it is.)
pub(super) fn write(connection: &mut AnyConnection) -> QueryResult<()> {
    let name = format!("probe {}", Id::new());
    diesel::insert_into(server_keys::table)
        .values((server_keys::name.eq(name.as_str()), server_keys::value.eq(vec![0_u8; 32])))
        .execute(connection)?;
    diesel::delete(server_keys::table.filter(server_keys::name.eq(name.as_str())))
        .execute(connection)
        .map(drop)
}
