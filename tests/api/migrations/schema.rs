//! What a database's schema is, asked from the database itself, in one form for both.

use std::collections::BTreeMap;

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};

use crate::support::Kind;

/// Diesel's own record of what was applied; no part of our schema.
pub const APPLIED: &str = "__diesel_schema_migrations";

/// What each database has to itself: SQLite the tables of FTS5, and in `search_documents` the row there; PostgreSQL
/// there the words themselves.
const OWN_TABLES: [&str; 6] = [
    "search_terms",
    "search_terms_config",
    "search_terms_content",
    "search_terms_data",
    "search_terms_docsize",
    "search_terms_idx",
];
const OWN_COLUMNS: [(&str, &str); 2] = [("search_documents", "number"), ("search_documents", "terms")];

pub type Schema = BTreeMap<String, Table>;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<Column>,
    pub key: Vec<String>,
    pub references: Vec<Reference>,
    /// The primary key's among them, by name.
    pub indexes: BTreeMap<String, Index>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    /// As SQLite stores it: `BLOB`, `INTEGER` or `TEXT`.
    pub kind: String,
    pub nullable: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    pub columns: Vec<String>,
    pub table: String,
    pub their_columns: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    pub columns: Vec<String>,
    pub unique: bool,
    /// Of a partial index, without brackets.
    pub condition: String,
}

impl Table {
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

const SQLITE_COLUMNS: &str = "
    SELECT m.name || '|' || c.name || '|' || c.type || '|' || c.\"notnull\" AS line
    FROM sqlite_master m JOIN pragma_table_info(m.name) c
    WHERE m.type = 'table' ORDER BY m.name, c.cid";

const SQLITE_REFERENCES: &str = "
    SELECT m.name || '|' || f.id || '|' || f.\"from\" || '|' || f.\"table\" || '|' || f.\"to\" AS line
    FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
    WHERE m.type = 'table' ORDER BY m.name, f.id, f.seq";

const SQLITE_INDEXES: &str = "
    SELECT m.name || '|' || i.name || '|' || (i.origin = 'pk') || '|' || i.\"unique\" || '|'
        || CASE i.partial WHEN 1 THEN substr(s.sql, instr(s.sql, ' WHERE ') + 7) ELSE '' END || '|' || k.name AS line
    FROM sqlite_master m JOIN pragma_index_list(m.name) i JOIN pragma_index_info(i.name) k
        LEFT JOIN sqlite_master s ON s.type = 'index' AND s.name = i.name
    WHERE m.type = 'table' ORDER BY m.name, i.name, k.seqno";

const POSTGRES_COLUMNS: &str = "
    SELECT t.relname::text || '|' || a.attname || '|' || format_type(a.atttypid, a.atttypmod) || '|'
        || a.attnotnull::int AS line
    FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE t.relkind IN ('r', 'p') AND t.relnamespace = 'public'::regnamespace ORDER BY t.relname, a.attnum";

const POSTGRES_REFERENCES: &str = "
    SELECT t.relname::text || '|' || f.conname || '|' || a.attname || '|' || o.relname || '|' || b.attname AS line
    FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid JOIN pg_class o ON o.oid = f.confrelid
        CROSS JOIN LATERAL unnest(f.conkey, f.confkey) WITH ORDINALITY AS k (own, theirs, place)
        JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.own
        JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = k.theirs
    WHERE f.contype = 'f' AND t.relnamespace = 'public'::regnamespace ORDER BY t.relname, f.conname, k.place";

const POSTGRES_INDEXES: &str = "
    SELECT t.relname::text || '|' || x.relname || '|' || i.indisprimary::int || '|' || i.indisunique::int || '|'
        || coalesce(pg_get_expr(i.indpred, i.indrelid), '') || '|' || a.attname AS line
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
        CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (num, place)
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num
    WHERE t.relnamespace = 'public'::regnamespace ORDER BY t.relname, x.relname, k.place";

/// The schema of the database at `url`.
pub fn of(kind: Kind, url: &str) -> Schema {
    let [columns, references, indexes] = match kind {
        Kind::Sqlite => [SQLITE_COLUMNS, SQLITE_REFERENCES, SQLITE_INDEXES],
        Kind::Postgres => [POSTGRES_COLUMNS, POSTGRES_REFERENCES, POSTGRES_INDEXES],
    };
    let mut schema = Schema::new();
    for [table, name, kind, needed] in cells(&lines(kind, url, columns)) {
        let column = Column { name, kind: storage(&kind).to_owned(), nullable: needed == "0" };
        schema.entry(table).or_default().columns.push(column);
    }
    let mut last = None;
    for [table, name, own, other, theirs] in cells(&lines(kind, url, references)) {
        let references = &mut schema.get_mut(&table).expect("a known table").references;
        if last != Some((table.clone(), name.clone())) {
            references.push(Reference { columns: Vec::new(), table: other, their_columns: Vec::new() });
            last = Some((table, name));
        }
        let reference = references.last_mut().expect("just pushed");
        reference.columns.push(own);
        reference.their_columns.push(theirs);
    }
    for [table, name, primary, unique, condition, column] in cells(&lines(kind, url, indexes)) {
        let table = schema.get_mut(&table).expect("a known table");
        if primary == "1" {
            table.key.push(column.clone());
        }
        // SQLite and PostgreSQL name the key's own index each in their way.
        let name = if primary == "1" { "(key)".to_owned() } else { name };
        let index = table.indexes.entry(name).or_default();
        index.columns.push(column);
        index.unique = unique == "1";
        index.condition = condition.replace(['(', ')'], "").replace("::text", "").replace("~~", "LIKE");
    }
    schema.values_mut().for_each(|table| table.references.sort());
    schema.remove(APPLIED);
    schema.retain(|name, _| !OWN_TABLES.contains(&name.as_str()));
    for (name, column) in OWN_COLUMNS {
        let table = schema.get_mut(name).expect("it is on both");
        table.columns.retain(|own| own.name != column);
        table.indexes.retain(|_, index| index.columns != [column]);
    }
    schema
}

/// Everything that defines the schema, word for word, Diesel's own table included.
pub fn definitions(kind: Kind, url: &str) -> Vec<String> {
    let sql = match kind {
        Kind::Sqlite => "SELECT type || ' ' || name || ': ' || coalesce(sql, '') AS line FROM sqlite_master ORDER BY 1",
        Kind::Postgres => {
            "SELECT 'column ' || table_name || '.' || column_name || ' ' || ordinal_position || ' ' || data_type
                || ' ' || is_nullable || ' ' || coalesce(column_default, '') AS line
             FROM information_schema.columns WHERE table_schema = 'public'
             UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
             UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
             FROM pg_constraint WHERE connamespace = 'public'::regnamespace
             UNION ALL SELECT 'relation ' || relkind::text || ' ' || relname
             FROM pg_class WHERE relnamespace = 'public'::regnamespace
             UNION ALL SELECT 'type ' || typname FROM pg_type WHERE typnamespace = 'public'::regnamespace
             UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
             ORDER BY 1"
        }
    };
    lines(kind, url, sql)
}

/// How SQLite stores what PostgreSQL has a type of its own for.
pub fn storage(kind: &str) -> &str {
    match kind {
        "uuid" | "bytea" | "Uid" | "Binary" => "BLOB",
        "integer" | "bigint" | "boolean" | "timestamp with time zone" => "INTEGER",
        "Integer" | "BigInt" | "Bool" | "Moment" => "INTEGER",
        "text" | "jsonb" | "date" | "Text" | "JsonText" | "Date" => "TEXT",
        other => other,
    }
}

fn cells<const COUNT: usize>(lines: &[String]) -> impl Iterator<Item = [String; COUNT]> {
    lines.iter().map(|line| {
        let cells: Vec<String> = line.split('|').map(str::to_owned).collect();
        cells.try_into().unwrap_or_else(|_| panic!("{COUNT} cells in {line}"))
    })
}

/// The answer to a query for texts named `line`.
pub fn lines(kind: Kind, url: &str, sql: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        line: String,
    }
    let rows: Vec<Row> = match kind {
        Kind::Sqlite => sql_query(sql).load(&mut sqlite(url)),
        Kind::Postgres => sql_query(sql).load(&mut postgres(url)),
    }
    .unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.into_iter().map(|row| row.line).collect()
}

pub fn execute(kind: Kind, url: &str, sql: &str) {
    match kind {
        Kind::Sqlite => sqlite(url).batch_execute(sql),
        Kind::Postgres => postgres(url).batch_execute(sql),
    }
    .unwrap_or_else(|error| panic!("{sql}: {error}"));
}

fn sqlite(url: &str) -> SqliteConnection {
    SqliteConnection::establish(url.trim_start_matches("sqlite://")).expect("the database's file")
}

fn postgres(url: &str) -> PgConnection {
    PgConnection::establish(url).expect("the database")
}
