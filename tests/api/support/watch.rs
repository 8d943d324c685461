//! Notices what changed in a database.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use diesel::QueryableByName;
use diesel::sql_types::Text;

use super::people::Api;
use super::server::Kind;
use super::stored::{row_counts, rows_of, text_of_rows};

/// Tells what changed in a database since it was last asked.
pub struct Watch {
    kind: Kind,
    url: String,
    sql: String,
    last: BTreeMap<String, u64>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    text: String,
}

impl Watch {
    /// Over what people entrust to it: not what the server keeps for itself, in its own time.
    pub fn over(api: &Api) -> Watch {
        let own = |table: &str| OF_THE_SERVER.iter().any(|prefix| table.starts_with(prefix));
        let (kind, url) = (api.kind, &api.server.database_url);
        let tables = row_counts(api).into_keys().filter(|table| !own(table));
        let sql: Vec<String> = tables
            .map(|table| {
                format!(
                    "SELECT '{table}' AS name, text FROM ({}) rows_of_it",
                    text_of_rows(kind, url, &table)
                )
            })
            .collect();
        let mut watch = Watch { kind, url: url.clone(), sql: sql.join(" UNION ALL "), last: BTreeMap::new() };
        watch.changed();
        watch
    }

    /// The tables that are not what they were.
    pub fn changed(&mut self) -> Vec<String> {
        let mut now: BTreeMap<String, u64> = BTreeMap::new();
        for row in rows_of::<Row>(self.kind, &self.url, &self.sql) {
            let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(&row.text);
            // Whatever order they lie in.
            let sum = now.entry(row.name).or_default();
            *sum = sum.wrapping_add(hash);
        }
        let tables: BTreeSet<&String> = now.keys().chain(self.last.keys()).collect();
        let changed =
            tables.into_iter().filter(|table| now.get(*table) != self.last.get(*table)).cloned().collect();
        self.last = now;
        changed
    }
}

/// Beginnings of the names of tables that change without anybody's change: who read what, what follows the records, who
/// signed in, and what is sent or worked off by and by.
const OF_THE_SERVER: [&str; 11] = [
    "access",
    "audit_",
    "search_",
    "xapi_",
    "auth_sessions",
    "refresh_tokens",
    "webhook_",
    "jobs",
    "report_schedule_progress",
    "kept_reports",
    "sqlite_",
];
