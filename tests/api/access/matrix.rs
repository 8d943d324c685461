//! Every operation of the contract, sent as everybody, against `tests/access-matrix.md`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::support::api_keys::grantable;
use crate::support::cases::{Case, World, all};
use crate::support::client::{Client, Request};
use crate::support::contract::{self, contract};
use crate::support::token::Token;
use crate::support::{Api, Part, both_alone};

const TABLE: &str = include_str!("../../access-matrix.md");

/// The columns of the table. The first three carry no valid credential, the last two an API key; the request is the one of
/// a practitioner.
pub const COLUMNS: [(&str, Part); 15] = [
    ("anonymous", Part::Practitioner),
    ("bad token", Part::Practitioner),
    ("expired", Part::Practitioner),
    ("outsider", Part::Outsider),
    ("reader", Part::Reader),
    ("practitioner", Part::Practitioner),
    ("expert", Part::Expert),
    ("facilitator", Part::Facilitator),
    ("coordinator", Part::Coordinator),
    ("guest reader", Part::GuestReader),
    ("guest practitioner", Part::GuestPractitioner),
    ("guest facilitator", Part::GuestFacilitator),
    ("admin", Part::Admin),
    ("key", Part::Practitioner),
    ("narrow key", Part::Practitioner),
];

/// What the narrow key was given, and nothing else.
const NARROW: &str = "listReflectionModels";

#[test]
fn every_operation_answers_everybody_as_the_access_matrix_says() {
    let table = read_table();
    // Servers of its own: the walk changes passwords.
    both_alone(&[], |api| {
        let contract = contract(&api.server.base);
        let mut differences =
            incomplete(&contract.operations().iter().map(|operation| operation.id).collect(), &table);
        let world = World::new(api);
        let keys = Keys {
            whole: world.team.keyed("practitioner", grantable(api)),
            narrow: world.team.keyed("practitioner", json!([NARROW])),
        };
        for case in all() {
            let Some(expected) = table.get(case.row) else {
                continue;
            };
            for ((column, part), expected) in COLUMNS.into_iter().zip(expected) {
                let got = ask(&world, &keys, &case, column, part);
                if got != *expected {
                    differences.push(format!("{} as {column}: {got}, the matrix says {expected}", case.row));
                }
            }
        }
        assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
    });
}

/// Keys of the team.
struct Keys {
    /// Given all that a key can be given.
    whole: Client,
    narrow: Client,
}

fn ask(world: &World, keys: &Keys, case: &Case, column: &str, part: Part) -> String {
    let call = (case.make)(world, part);
    let operation = contract(&world.api.server.base).operation(call.request.method, &call.request.path);
    assert_eq!(
        operation.map(|operation| operation.id),
        Some(case.operation()),
        "the case of {} asks for it",
        case.row
    );
    let client = match (column, call.token) {
        ("anonymous" | "bad token" | "expired", _) => without_credential(world.api, column),
        ("key", _) => keys.whole.clone(),
        ("narrow key", _) => keys.narrow.clone(),
        (_, Some(token)) => world.api.with_token(token),
        (_, None) => world.api.client(part),
    };
    let answer = send(&client, &call.request);
    if let (Some(after), true) = (call.after, answer.0 < 300) {
        after();
    }
    // A difference from the contract is a finding like any other: it must not hide the rest of the table.
    answer.1.map_or(answer.0.to_string(), |fault| format!("{} ({fault})", answer.0))
}

fn send(client: &Client, request: &Request) -> (u16, Option<String>) {
    let answer = client
        .try_send(request)
        .unwrap_or_else(|error| panic!("{} {}: {error}", request.method, request.path));
    let faults = contract::faults(&client.base, request, &answer);
    (answer.status, (!faults.is_empty()).then(|| faults.join("; ")))
}

fn without_credential(api: &Api, column: &str) -> Client {
    match column {
        "anonymous" => api.anonymous(),
        "expired" => {
            let token = Token::of(api.client(Part::Practitioner).token());
            api.with_token(token.expired().signed())
        }
        _ => api.with_token("not.a.token"),
    }
}

/// Row by row: the statuses of the columns.
pub fn read_table() -> BTreeMap<&'static str, Vec<String>> {
    let mut rows = TABLE.lines().filter(|line| line.starts_with('|')).map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        (cells[0], cells[1..].iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>())
    });
    let (_, heads) = rows.next().expect("the table has a head");
    assert_eq!(heads, COLUMNS.map(|(column, _)| column), "the table has the columns that are walked");
    rows.next();
    let mut table = BTreeMap::new();
    for (row, cells) in rows {
        assert_eq!(cells.len(), COLUMNS.len(), "row {row} has a cell for each column");
        assert!(table.insert(row, cells).is_none(), "row {row} stands twice");
    }
    table
}

/// What is in one of contract, table and cases, but not in all.
fn incomplete(operations: &BTreeSet<&str>, table: &BTreeMap<&str, Vec<String>>) -> Vec<String> {
    let cases = all();
    let mut faults = Vec::new();
    for operation in operations {
        if !cases.iter().any(|case| case.operation() == *operation) {
            faults.push(format!("the operation {operation} has no case in tests/api/support/cases"));
        }
    }
    for case in &cases {
        if !table.contains_key(case.row) {
            faults.push(format!("the case {:?} has no row in tests/access-matrix.md", case.row));
        }
        if !operations.contains(case.operation()) {
            faults.push(format!("the case {:?} is of no operation", case.row));
        }
    }
    for row in table.keys().filter(|row| !cases.iter().any(|case| case.row == **row)) {
        faults.push(format!("the row {row:?} has no case"));
    }
    faults
}
