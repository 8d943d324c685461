//! The rules that the source keeps, read from the source itself: who may import what, and how long a file may be.
//! ARCHITECTURE.md tells them in words.

mod source;

use source::{File, Named, files, read};

/// A file tells one story. The table of paths and that of the schema are as long as what they list.
const MOST_LINES: usize = 350;
const TABLES: [&str; 4] = ["src/access/op.rs", "src/access/policy.rs", "src/db/schema.rs", "src/routes.rs"];

/// Fails with every violation that `rule` finds, in whichever file.
#[track_caller]
fn holds(rule: impl Fn(&File) -> Vec<String>) {
    let violations: Vec<String> = files().iter().flat_map(rule).collect();
    assert!(violations.is_empty(), "{} violations:\n{}", violations.len(), violations.join("\n"));
}

/// A line for each of the names that may not be there.
fn report<'f>(file: &File, names: impl Iterator<Item = &'f Named>, why: &str) -> Vec<String> {
    names.map(|named| format!("{}:{}: {} {why}", file.name, named.line, named.path.join("::"))).collect()
}

/// The folders that have one of the layers that are nobody else's business.
fn slices(all: &[File]) -> Vec<String> {
    let layered = |file: &&File| file.name.ends_with("/api.rs") || file.name.ends_with("/store.rs");
    let mut slices: Vec<String> =
        all.iter().filter(layered).filter_map(File::folder).map(str::to_owned).collect();
    slices.dedup();
    slices
}

#[test]
fn no_slice_knows_another_slices_api_or_store() {
    let slices = slices(files());
    assert!(slices.len() >= 10, "the slices are found: {slices:?}");
    holds(|file| foreign_layers(file, &slices));
}

fn foreign_layers(file: &File, slices: &[String]) -> Vec<String> {
    let foreign = file.names().filter(|named| match named.path.as_slice() {
        [root, slice, layer, ..] if root == "crate" && slices.contains(slice) => {
            let own = file.folder() == Some(slice);
            let table = layer == "api" && file.is(&["src/routes.rs"]);
            ["api", "store"].contains(&layer.as_str()) && !own && !table
        }
        _ => false,
    });
    report(file, foreign, "is another slice's own")
}

#[test]
fn rules_do_no_input_or_output() {
    assert!(
        files().iter().filter(|file| file.name.ends_with("/rules.rs")).count() >= 5,
        "the rules are found"
    );
    holds(impure);
}

fn impure(file: &File) -> Vec<String> {
    if !file.name.ends_with("/rules.rs") {
        return Vec::new();
    }
    let forbidden = file.names().filter(|named| {
        let outside = ["diesel", "diesel_migrations", "tokio"].contains(&named.path[0].as_str())
            || named.path[0].starts_with("actix")
            || ["fs", "net", "io", "thread", "process"].iter().any(|part| named.starts_with(&["std", part]));
        // What is stored as JSON is part of a record's type.
        let database = named.starts_with(&["crate", "db"]) && !named.starts_with(&["crate", "db", "types"]);
        let doors = named.starts_with(&["crate", "access"]);
        let layers =
            named.path[0] == "crate" && named.path.iter().any(|part| part == "store" || part == "api");
        outside || database || doors || layers
    });
    report(file, forbidden, "is no matter of rules")
}

#[test]
fn one_file_tells_the_databases_apart() {
    holds(|file| {
        // The enum itself is made of the two.
        let makes = file.is(&["src/db/dialect.rs", "src/db/connection.rs"])
            || file.name.starts_with("src/db/dialect/");
        let told = file.names().filter(|named| {
            let connection =
                named.path.iter().any(|part| part == "SqliteConnection" || part == "PgConnection");
            let variant = named.has("AnyConnection", "Sqlite") || named.has("AnyConnection", "Postgres");
            !makes && (connection || variant)
        });
        report(file, told, "is for src/db/dialect.rs to name")
    });
}

#[test]
fn errors_ids_and_time_stand_by_themselves() {
    holds(|file| {
        let alone = file.is(&["src/error.rs", "src/ids.rs", "src/clock.rs"]);
        let ours = file.uses.iter().filter(|named| alone && named.path[0] == "crate");
        report(file, ours, "is imported where nothing of the project may be")
    });
}

#[test]
fn the_database_is_behind_the_guard() {
    holds(|file| {
        let may = file.is(&["src/cli.rs", "src/app.rs"]) || matches!(file.folder(), Some("access" | "db"));
        let handle = file.names().filter(|named| {
            !may && (named.has("db", "Db") || named.has("db", "worker") || named.has("dialect", "open"))
        });
        report(file, handle, "goes around the guard")
    });
}

#[test]
fn time_and_ids_have_one_source_each() {
    const TIME: [[&str; 2]; 4] =
        [["Utc", "now"], ["Local", "now"], ["SystemTime", "now"], ["time", "Instant"]];
    const IDS: [[&str; 2]; 3] = [["Uuid", "new_v4"], ["Uuid", "now_v7"], ["Uuid", "new_v7"]];
    holds(|file| {
        let any = |named: &Named, pairs: &[[&str; 2]]| pairs.iter().any(|[one, two]| named.has(one, two));
        let time = file.names().filter(|named| !file.is(&["src/clock.rs"]) && any(named, &TIME));
        let ids = file.names().filter(|named| !file.is(&["src/ids.rs"]) && any(named, &IDS));
        [report(file, time, "is for src/clock.rs"), report(file, ids, "is for src/ids.rs")].concat()
    });
}

/// The guard hands a body out once its texts were screened. Who looks at one before, to choose the operation or the place,
/// and who takes one that says nothing to a network, is listed here: another reader is another way around.
#[test]
fn a_body_comes_through_the_guard() {
    const LOOK_AHEAD: [&str; 18] = [
        "src/actions/api.rs",
        "src/co_networks/api.rs",
        "src/cycles/api.rs",
        "src/dossier/api.rs",
        "src/effect_arenas/api.rs",
        "src/erasures/api.rs",
        "src/identities/api.rs",
        "src/insights/api.rs",
        "src/networks/api.rs",
        "src/observations/api.rs",
        "src/people/api.rs",
        "src/privacy_checks/api.rs",
        "src/retention/api.rs",
        "src/webhooks/api.rs",
        // By the ids of items and lines.
        "src/batches/changes.rs",
        "src/batches/steps.rs",
        "src/imports/chunk.rs",
        "src/screening/mod.rs",
    ];
    const OF_NO_NETWORK: [&str; 4] =
        ["src/batches/api.rs", "src/http/body.rs", "src/invitations/api.rs", "src/sign_in/api.rs"];
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let reads = |call: &str| -> Vec<&'static str> {
        let text = |file: &File| std::fs::read_to_string(root.join(&file.name)).expect("a source file");
        files().iter().filter(|file| text(file).contains(call)).map(|file| file.name.as_str()).collect()
    };
    let others = |call: &str, known: &[&str]| -> Vec<String> {
        let others =
            reads(call).into_iter().filter(|name| !known.contains(name) && *name != "src/http/body.rs");
        others.map(|name| format!("{name} has a body past the guard: {call}")).collect()
    };
    let found = [others(".ahead(", &LOOK_AHEAD), others(".of_no_network(", &OF_NO_NETWORK)].concat();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_file_tells_one_story() {
    holds(|file| {
        let long = file.lines > MOST_LINES && !file.is(&TABLES);
        let told = format!("{}:{}: {} lines, {MOST_LINES} at most", file.name, file.lines, file.lines);
        long.then_some(told).into_iter().collect()
    });
}

/// A test that reads wrongly finds nothing wrong. This is what it must see.
#[test]
fn the_reader_sees_what_is_there() {
    let text = r##"
        //! use crate::comments::api;
        use crate::{networks, people::{self as folk, store::find}};
        use super::types::Observation;
        use std::{fs, io};
        mod lists;
        const TEXT: &str = "crate::texts::api"; const RAW: &str = r#"" crate::raw::api"#; const C: char = '"';
        fn go<'a>(x: &'a str) -> crate::access::Tx<'a> {
            networks::api::list(); folk::store::all(); lists::one(); diesel::select::<Text>(x);
            super::super::cycles::store::find()
        }
        #[cfg(test)]
        mod tests { use crate::cycles::api; fn f() { if true { crate::tests::api() } } }
        use crate::demo as after;
    "##;
    let file = read("src/observations/rules.rs", text);
    let told = |names: &[Named]| -> Vec<(usize, String)> {
        names.iter().map(|named| (named.line, named.path.join("::"))).collect()
    };
    let uses = [
        (3, "crate::networks"),
        (3, "crate::people"),
        (3, "crate::people::store::find"),
        (4, "crate::observations::types::Observation"),
        (5, "std::fs"),
        (5, "std::io"),
        (14, "crate::demo"),
    ];
    assert_eq!(told(&file.uses), uses.map(|(line, path)| (line, path.to_owned())));
    let mentions = [
        (8, "crate::access::Tx"),
        (9, "crate::networks::api::list"),
        (9, "crate::people::store::all"),
        (9, "crate::observations::rules::lists::one"),
        (9, "diesel::select"),
        (10, "crate::cycles::store::find"),
    ];
    assert_eq!(told(&file.mentions), mentions.map(|(line, path)| (line, path.to_owned())));

    let slices = ["networks", "people", "cycles", "observations"].map(str::to_owned);
    assert_eq!(foreign_layers(&file, &slices).len(), 4, "{:?}", foreign_layers(&file, &slices));
    assert_eq!(impure(&file).len(), 8, "{:?}", impure(&file));
}

/// A kind of record that readers of changes know nothing of would be missed by every client that keeps in step.
#[test]
fn each_kind_of_record_is_told_of_in_the_changes() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = |file: &File| std::fs::read_to_string(root.join(&file.name)).expect("a source file");
    let texts: Vec<String> = files().iter().map(text).collect();
    let kinds: Vec<&str> = texts
        .iter()
        .flat_map(|text| text.split("const KIND: &'static str = \"").skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(kinds.len() >= 35, "the kinds are found: {kinds:?}");
    let untold = kinds.iter().filter(|kind| feedbacklus::changes::kinds::reading(kind).is_none());
    // Who sees whom changes with the networks: people are read where a record names them.
    assert_eq!(untold.collect::<Vec<_>>(), [&"person"]);
}
