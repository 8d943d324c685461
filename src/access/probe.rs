//! The least that shows a database to be of use: something read, and something written that changes nothing.

use crate::db::AnyConnection;
use crate::db::schema::server_keys;
use diesel::prelude::*;

pub(super) fn read(connection: &mut AnyConnection) -> QueryResult<()> {
    server_keys::table.select(diesel::dsl::count_star()).get_result::<i64>(connection).map(drop)
}

/// Puts the server's keys where they are: a transaction that has to be made durable as any other.
pub(super) fn write(connection: &mut AnyConnection) -> QueryResult<()> {
    diesel::update(server_keys::table)
        .set(server_keys::value.eq(server_keys::value))
        .execute(connection)
        .map(drop)
}
