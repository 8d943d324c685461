//! The migrations: up, down and up again over data, and the schema that they make, the same on both databases.

mod released;
mod schema;
pub mod seed;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use feedbacklus::db::migrate;

use crate::support::server::{both_outputs, create_admin, program};
use crate::support::stored::number;
use crate::support::{Api, Kind, on_each};
use schema::{APPLIED, Column, Index, Schema, Table};

/// What belongs to the whole server. All other tables hold the practice of some network, and say of which.
/// People's own records are here too, and the catalogue of competences, though some of it is a network's own.
const OF_THE_SERVER: [&str; 19] = [
    "access_backlog",
    "auth_sessions",
    "batches",
    "competence_endorsements",
    "competence_statements",
    "competences",
    "identities",
    "learning_goal_evidence",
    "learning_goals",
    "networks",
    "organisations",
    "people",
    "price_list_versions",
    "price_lists",
    "refresh_tokens",
    "retracted_ids",
    "server_keys",
    "sign_in_failures",
    "themes",
];

/// The tables whose rows are each of one network.
pub fn of_one_network(kind: Kind, url: &str) -> BTreeSet<String> {
    schema::of(kind, url).into_keys().filter(|table| !OF_THE_SERVER.contains(&table.as_str())).collect()
}

/// Tables that have a unique index on the id alone on PostgreSQL and none on SQLite.
const ONE_INDEX_LESS: [&str; 6] =
    ["actions", "evaluations", "observations", "questions", "reflections", "returns"];

/// The names of the folders for one database, each with both of its files.
fn folders(kind: Kind) -> BTreeSet<String> {
    let name = format!("migrations/{kind:?}").to_lowercase();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let entries = std::fs::read_dir(&folder).expect("the migrations");
    entries
        .map(|entry| {
            let path = entry.expect("an entry").path();
            for file in ["up.sql", "down.sql"] {
                assert!(path.join(file).is_file(), "{} has {file}", path.display());
            }
            path.file_name().expect("a name").to_str().expect("plain").to_owned()
        })
        .collect()
}

/// A database that was brought up to date, and its schema.
fn migrated(kind: Kind) -> (String, Schema) {
    let url = kind.database();
    migrate::run(&url).expect("the migrations run");
    let schema = schema::of(kind, &url);
    assert!(schema.len() >= 29, "the tables are found: {:?}", schema.keys());
    (url, schema)
}

#[track_caller]
fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn both_databases_have_the_same_migrations_and_all_of_them_are_run() {
    assert_eq!(folders(Kind::Sqlite), folders(Kind::Postgres));
    on_each(|kind| {
        let url = kind.database();
        let applied = migrate::run(&url).expect("the migrations run");
        // Diesel's version is the number that a name begins with.
        let numbers: Vec<String> = folders(kind)
            .iter()
            .map(|name| name.split('_').next().unwrap_or_default().replace('-', ""))
            .collect();
        assert_eq!(applied, numbers);
        assert_eq!(migrate::run(&url).expect("they run again"), Vec::<String>::new());
    });
}

#[test]
fn up_down_and_up_again_over_data_makes_the_same_schema() {
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let url = api.server.database_url.clone();
        seed::fill(&api);
        api.server.terminate();
        let before = schema::definitions(kind, &url);
        let empty: Vec<String> = schema::of(kind, &url)
            .into_keys()
            .filter(|table| number(kind, &url, &format!("SELECT count(*) FROM {table}")) == 0)
            .collect();
        assert!(empty.is_empty(), "the seed leaves nothing empty, but {empty:?} are");

        migrate::revert_all(&url).expect("down, whatever is in the tables");
        let left: Vec<String> =
            schema::definitions(kind, &url).into_iter().filter(|line| !line.contains(APPLIED)).collect();
        assert!(left.is_empty(), "down leaves nothing behind: {left:#?}");
        assert_eq!(number(kind, &url, &format!("SELECT count(*) FROM {APPLIED}")), 0);

        migrate::run(&url).expect("up again");
        assert_eq!(schema::definitions(kind, &url), before);
        create_admin(&url, "again@tests.example", "Again", "a password of theirs");
    });
}

#[test]
fn an_index_is_behind_every_foreign_key() {
    on_each(|kind| {
        let (_, schema) = migrated(kind);
        let mut faults = Vec::new();
        let mut count = 0;
        for (name, table) in &schema {
            for reference in &table.references {
                count += 1;
                if !table.indexes.values().any(|index| serves(index, &reference.columns)) {
                    faults.push(format!("{name} ({}) has no index", reference.columns.join(", ")));
                }
            }
        }
        assert!(count >= 50, "the foreign keys are found, not {count}");
        none(faults);
    });
}

/// Whether the index finds rows by these columns: they come first in it, and it leaves out no row that has them all.
fn serves(index: &schema::Index, columns: &[String]) -> bool {
    let leads = index.columns.get(..columns.len()).is_some_and(|first| {
        let (first, wanted): (BTreeSet<_>, BTreeSet<_>) = (first.iter().collect(), columns.iter().collect());
        first == wanted
    });
    let whole = index.condition.is_empty()
        || columns.iter().any(|column| index.condition == format!("{column} IS NOT NULL"));
    leads && whole
}

#[test]
fn both_databases_have_the_same_tables_columns_keys_and_indexes() {
    let [(_, sqlite), (_, postgres)] = Kind::BOTH.map(migrated);
    let mut faults = differing(&sqlite, &postgres, "PostgreSQL");
    for (name, table) in &sqlite {
        let Some(other) = postgres.get(name) else { continue };
        let (ours, theirs) = (&table.indexes, &other.indexes);
        for index in ours.keys().chain(theirs.keys()).collect::<BTreeSet<_>>() {
            // Transactions that write are alone on SQLite; there the key's index, which begins with the id, is enough.
            let spared = ONE_INDEX_LESS.contains(&name.as_str()) && *index == format!("{name}_id");
            if spared {
                assert!(ours.get(index).is_none() && theirs[index].unique && table.key[0] == "id", "{index}");
            } else if ours.get(index) != theirs.get(index) {
                faults.push(format!(
                    "{name}, index {index}: {:?} / {:?}",
                    ours.get(index),
                    theirs.get(index)
                ));
            }
        }
        if table.references != other.references {
            faults.push(format!("{name} refers to: {:?} / {:?}", table.references, other.references));
        }
    }
    none(faults);
}

#[test]
fn the_code_sees_the_tables_that_are_there() {
    let (_, sqlite) = migrated(Kind::Sqlite);
    none(differing(&sqlite, &declared(), "src/db/schema.rs"));
}

/// Where columns or keys differ.
fn differing(sqlite: &Schema, other: &Schema, name: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for table in sqlite.keys().chain(other.keys()).collect::<BTreeSet<_>>() {
        match (sqlite.get(table), other.get(table)) {
            (Some(ours), Some(theirs)) => {
                let columns: BTreeMap<_, _> = ours.columns.iter().map(|c| (&c.name, c)).collect();
                let their_columns: BTreeMap<_, _> = theirs.columns.iter().map(|c| (&c.name, c)).collect();
                for column in columns.keys().chain(their_columns.keys()).collect::<BTreeSet<_>>() {
                    let (ours, theirs) = (columns.get(column), their_columns.get(column));
                    if ours != theirs {
                        faults.push(format!("{table}.{column}: {ours:?}, in {name} {theirs:?}"));
                    }
                }
                if ours.key != theirs.key {
                    faults.push(format!("the key of {table}: {:?}, in {name} {:?}", ours.key, theirs.key));
                }
            }
            (ours, _) => {
                let lacks = if ours.is_some() { name } else { "SQLite" };
                faults.push(format!("{table} is not in {lacks}"));
            }
        }
    }
    faults
}

/// The tables as `src/db/schema.rs` declares them for Diesel.
fn declared() -> Schema {
    let text = include_str!("../../src/db/schema.rs");
    let mut schema = Schema::new();
    for block in text.split("table! {").skip(1) {
        let mut lines = block.lines().map(str::trim).skip_while(|line| !line.ends_with(") {"));
        let head = lines.next().expect("a table has a head");
        let (name, key) = head.trim_end_matches(") {").split_once(" (").expect("a name and a key");
        let columns = lines
            .take_while(|line| *line != "}")
            .filter_map(|line| line.trim_end_matches(',').split_once(" -> "))
            .map(|(name, kind)| {
                let inner = kind.strip_prefix("Nullable<").map(|kind| kind.trim_end_matches('>'));
                let kind = schema::storage(inner.unwrap_or(kind)).to_owned();
                Column { name: name.to_owned(), kind, nullable: inner.is_some() }
            });
        let table = Table {
            columns: columns.collect(),
            key: key.split(", ").map(str::to_owned).collect(),
            ..Table::default()
        };
        schema.insert(name.to_owned(), table);
    }
    schema
}

#[test]
fn every_table_of_practice_says_which_network_it_is_of() {
    on_each(|kind| {
        let (_, schema) = migrated(kind);
        let mut faults = Vec::new();
        for table in OF_THE_SERVER.iter().filter(|table| !schema.contains_key(**table)) {
            faults.push(format!("{table} is gone: take it off the list of this test"));
        }
        let of_network = |table: &str| {
            let told = schema.get(table).is_some_and(|t| t.column("network_id").is_some());
            told && !OF_THE_SERVER.contains(&table)
        };
        for (name, table) in schema.iter().filter(|(name, _)| !OF_THE_SERVER.contains(&name.as_str())) {
            if table.column("network_id").is_none_or(|column| column.nullable) {
                faults.push(format!("{name} has no network_id that is never null"));
            }
            if !table.key.iter().any(|column| column == "network_id") {
                faults.push(format!("the key of {name} has no network_id: {:?}", table.key));
            }
            // A database that is spread by networks can see to no other than these: one network's rows lie together, and an
            // id is of nothing else anywhere.
            for (index, Index { columns, .. }) in table.indexes.iter().filter(|(_, index)| index.unique) {
                if columns.as_slice() != ["id"] && !columns.iter().any(|column| column == "network_id") {
                    faults.push(format!("{index} is unique over all networks: {columns:?}"));
                }
            }
            // What it refers to in practice is of the same network.
            for reference in table.references.iter().filter(|reference| of_network(&reference.table)) {
                if !reference.columns.iter().any(|column| column == "network_id") {
                    faults.push(format!("{name} refers to {} of any network", reference.table));
                }
            }
        }
        none(faults);
    });
}

#[test]
fn a_database_of_a_newer_version_is_refused_in_words() {
    on_each(|kind| {
        let (url, _) = migrated(kind);
        let newer = format!("INSERT INTO {APPLIED} (version) VALUES ('29991231000000')");
        schema::execute(kind, &url, &newer);
        for verb in ["migrate", "serve"] {
            let output = program(&[verb])
                .env("DATABASE_URL", &url)
                .env("BIND", "127.0.0.1:0")
                .env("JWT_SECRET", crate::support::server::SECRET)
                .output()
                .expect("the program can be started");
            let told = both_outputs(&output);
            assert!(!output.status.success(), "{verb} refuses: {told}");
            assert!(told.contains("29991231000000") && told.contains("newer version"), "{verb}: {told}");
            assert!(!told.contains("panicked"), "{verb}: {told}");
        }
        assert!(migrate::run(&url).is_err_and(|refusal| refusal.contains("29991231000000")));
    });
}

#[test]
fn several_instances_that_start_at_once_migrate_once() {
    on_each(|kind| {
        let url = kind.database();
        let outcomes: Vec<_> = std::thread::scope(|scope| {
            let starts: Vec<_> = (0..4).map(|_| scope.spawn(|| migrate::run(&url))).collect();
            starts.into_iter().map(|start| start.join().expect("no panic")).collect()
        });
        let applied: usize = outcomes.iter().flatten().map(Vec::len).sum();
        assert!(outcomes.iter().all(Result::is_ok) && applied == folders(kind).len(), "{outcomes:?}");
    });
}
