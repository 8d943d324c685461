//! What tests do with the database itself: read the change log, which no operation shows yet, and let time pass.

use std::collections::BTreeMap;

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};

use super::people::Api;
use super::server::Kind;

/// One row of the log. Ids are 32 hexadecimal digits on both databases.
#[derive(Clone, Debug, PartialEq, Eq, Hash, QueryableByName)]
pub struct Change {
    #[diesel(sql_type = Nullable<Text>)]
    pub network: Option<String>,
    #[diesel(sql_type = BigInt)]
    pub number: i64,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub subject: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub actor: Option<String>,
}

#[derive(Debug, PartialEq, Eq, QueryableByName)]
struct Stream {
    #[diesel(sql_type = Nullable<Text>)]
    network: Option<String>,
    #[diesel(sql_type = BigInt)]
    last_change: i64,
}

#[derive(QueryableByName)]
struct Dump {
    #[diesel(sql_type = Text)]
    text: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// The whole log, each network's rows in their order.
pub fn changes(api: &Api) -> Vec<Change> {
    changes_where(api, "")
}

fn changes_where(api: &Api, condition: &str) -> Vec<Change> {
    let (network, subject, actor) =
        (hex(api.kind, "network_id"), hex(api.kind, "subject_id"), hex(api.kind, "actor_id"));
    rows(
        api,
        &format!(
            "SELECT {network} AS network, number, kind, {subject} AS subject, {actor} AS actor FROM changes {condition} \
             ORDER BY 1, 2"
        ),
    )
}

/// The rows of one network.
pub fn changes_of(api: &Api, network: &str) -> Vec<Change> {
    let network = network.replace('-', "");
    changes(api).into_iter().filter(|change| change.network.as_ref() == Some(&network)).collect()
}

/// Reads the log on from where it was read to.
#[derive(Default)]
pub struct Follower {
    last: BTreeMap<Option<String>, i64>,
}

impl Follower {
    pub fn read_on(&mut self, api: &Api) -> Vec<Change> {
        let mut added = Vec::new();
        for stream in streams(api) {
            let last = self.last.entry(stream.network.clone()).or_default();
            if stream.last_change > *last {
                let network = stream.network.unwrap_or_default();
                // As the column is stored, so that its index is of use.
                let network = match api.kind {
                    Kind::Sqlite => format!("x'{network}'"),
                    Kind::Postgres => format!("'{network}'"),
                };
                added
                    .extend(changes_where(api, &format!("WHERE network_id = {network} AND number > {last}")));
                *last = stream.last_change;
            }
        }
        added
    }
}

fn streams(api: &Api) -> Vec<Stream> {
    let network = hex(api.kind, "network_id");
    rows(api, &format!("SELECT {network} AS network, last_change FROM network_streams"))
}

/// Fails unless each stream is numbered 1, 2, 3 … and its counter stands at the last. Numbers are unique in a stream: as
/// many as the last says, from 1 to the last, are all.
pub fn assert_gapless(api: &Api) {
    let network = hex(api.kind, "coalesce(s.network_id, c.network_id)");
    let faults: Vec<Name> = rows(
        api,
        &format!(
            "SELECT {network} AS name FROM network_streams s FULL JOIN \
             (SELECT network_id, count(*) AS rows_of_it, min(number) AS first, max(number) AS last FROM changes \
             GROUP BY network_id) c ON c.network_id = s.network_id \
             WHERE coalesce(s.last_change, -1) <> coalesce(c.rows_of_it, 0) \
             OR (c.rows_of_it > 0 AND (c.first <> 1 OR c.last <> c.rows_of_it))"
        ),
    );
    let faults: Vec<String> = faults.into_iter().map(|stream| stream.name).collect();
    assert!(faults.is_empty(), "streams with a gap or a counter that stands elsewhere: {faults:?}");
}

/// Lets time pass for some rows, by moving an instant of theirs into the past.
pub fn pass_time(api: &Api, seconds: u32, table: &str, instant: &str, condition: (&str, &str)) {
    let (column, value) = condition;
    let earlier = match api.kind {
        Kind::Sqlite => format!("{instant} - {seconds} * 1000000"),
        Kind::Postgres => format!("{instant} - interval '{seconds} seconds'"),
    };
    let condition = match uuid::Uuid::parse_str(value) {
        Ok(id) => format!("{} = '{}'", hex(api.kind, column), id.simple()),
        Err(_) => format!("{column} = '{value}'"),
    };
    // Returning something, so that it runs like any query.
    let sql = format!(
        "UPDATE {table} SET {instant} = {earlier} WHERE {condition} RETURNING CAST(1 AS BIGINT) AS number"
    );
    let moved: Vec<Number> = rows(api, &sql);
    assert!(!moved.is_empty(), "{sql} finds nothing");
}

/// Puts a day of a record elsewhere in the calendar, as if it had been made then.
pub fn set_day(api: &Api, table: &str, column: &str, day: &str, id: &str) {
    let condition = format!("{} = '{}'", hex(api.kind, "id"), id.replace('-', ""));
    let sql = format!(
        "UPDATE {table} SET {column} = '{day}' WHERE {condition} RETURNING CAST(1 AS BIGINT) AS number"
    );
    let moved: Vec<Number> = rows(api, &sql);
    assert_eq!(moved.len(), 1, "{sql} finds one row");
}

/// Puts copies of a row of these columns, besides its id, into its table.
pub fn copy(api: &Api, table: &str, columns: &str, id: &str, count: usize) {
    let condition = format!("{} = '{}'", hex(api.kind, "id"), id.replace('-', ""));
    let fresh = match api.kind {
        Kind::Sqlite => "randomblob(16)",
        Kind::Postgres => "gen_random_uuid()",
    };
    let sql = format!(
        "WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {count}) \
         INSERT INTO {table} (id, {columns}) SELECT {fresh}, {columns} FROM {table}, counted WHERE {condition} \
         RETURNING CAST(1 AS BIGINT) AS number"
    );
    let made: Vec<Number> = rows(api, &sql);
    assert_eq!(made.len(), count, "{sql}");
}

pub fn hex(kind: Kind, column: &str) -> String {
    match kind {
        Kind::Sqlite => format!("lower(hex({column}))"),
        Kind::Postgres => format!("replace({column}::text, '-', '')"),
    }
}

/// How many rows each table has.
pub fn row_counts(api: &Api) -> BTreeMap<String, i64> {
    let sql = match api.kind {
        Kind::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        Kind::Postgres => {
            "SELECT CAST(table_name AS text) AS name FROM information_schema.tables WHERE table_schema = 'public'"
        }
    };
    let tables: Vec<Name> = rows(api, sql);
    let count =
        |table: &str| number(api.kind, &api.server.database_url, &format!("SELECT count(*) FROM {table}"));
    tables.into_iter().map(|table| (table.name.clone(), count(&table.name))).collect()
}

/// The one number that a query answers with.
pub fn number(kind: Kind, database_url: &str, sql: &str) -> i64 {
    let answer: Vec<Number> =
        rows_of(kind, database_url, &format!("SELECT CAST(({sql}) AS BIGINT) AS number"));
    answer[0].number
}

/// What stands in a table, as one number: the same for the same rows, in whatever order they lie.
pub fn table_digest(kind: Kind, database_url: &str, table: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let sql = text_of_rows(kind, database_url, table);
    let mut rows: Vec<Dump> = rows_of(kind, database_url, &sql);
    rows.sort_unstable_by(|one, other| one.text.cmp(&other.text));
    let mut hasher = DefaultHasher::new();
    rows.iter().for_each(|row| row.text.hash(&mut hasher));
    hasher.finish()
}

/// A query for the rows of a table, each as one text.
pub fn text_of_rows(kind: Kind, database_url: &str, table: &str) -> String {
    match kind {
        Kind::Sqlite => {
            // Where a document of search stands in its index is no part of it.
            let columns = format!(
                "SELECT name FROM pragma_table_info('{table}') WHERE '{table}' <> 'search_documents' OR name <> 'number'"
            );
            let columns: Vec<Name> = rows_of(kind, database_url, &columns);
            let quoted: Vec<String> = columns.iter().map(|c| format!("quote(\"{}\")", c.name)).collect();
            format!("SELECT {} AS text FROM \"{table}\"", quoted.join(" || ',' || "))
        }
        Kind::Postgres => format!("SELECT CAST(t AS text) AS text FROM \"{table}\" t"),
    }
}

/// All that stands in a PostgreSQL database, as one text.
pub fn everything(database_url: &str) -> String {
    let sql = "SELECT CAST(schema_to_xml('public', true, false, '') AS TEXT) AS text";
    let dump: Vec<Dump> = rows_of(Kind::Postgres, database_url, sql);
    dump[0].text.clone()
}

/// Changes the database behind the server's back.
pub fn execute(kind: Kind, database_url: &str, sql: &str) {
    match kind {
        Kind::Sqlite => {
            let path = database_url.trim_start_matches("sqlite://");
            let mut connection = SqliteConnection::establish(path).expect("the server's file");
            connection.batch_execute("PRAGMA busy_timeout = 5000").expect("a setting");
            connection.batch_execute(sql)
        }
        Kind::Postgres => {
            PgConnection::establish(database_url).expect("the server's database").batch_execute(sql)
        }
    }
    .unwrap_or_else(|error| panic!("{sql}: {error}"));
}

fn rows<T>(api: &Api, sql: &str) -> Vec<T>
where
    T: QueryableByName<diesel::sqlite::Sqlite> + QueryableByName<diesel::pg::Pg> + 'static,
{
    rows_of(api.kind, &api.server.database_url, sql)
}

pub fn rows_of<T>(kind: Kind, url: &str, sql: &str) -> Vec<T>
where
    T: QueryableByName<diesel::sqlite::Sqlite> + QueryableByName<diesel::pg::Pg> + 'static,
{
    match kind {
        Kind::Sqlite => {
            let path = url.trim_start_matches("sqlite://");
            let mut connection = SqliteConnection::establish(path).expect("the server's file");
            connection.batch_execute("PRAGMA busy_timeout = 5000").expect("a setting");
            sql_query(sql).load(&mut connection).unwrap_or_else(|error| panic!("{sql}: {error}"))
        }
        Kind::Postgres => {
            let mut connection = PgConnection::establish(url).expect("the server's database");
            sql_query(sql).load(&mut connection).unwrap_or_else(|error| panic!("{sql}: {error}"))
        }
    }
}
