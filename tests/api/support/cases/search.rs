//! Search, changes, batches, and statements.

use serde_json::json;

use super::super::team::{new_id, observation};
use super::{Make, get, post};

pub const CASES: &[(&str, Make)] = &[
    ("searchRecords", |_, _| get("/v1/search?q=koffie")),
    ("listChanges", |world, _| get(format!("/v1/changes?networkId={}", world.team.id))),
    // A dry run: what becomes of the items is each operation's own, and batches' own tests look at it.
    ("createBatch", |world, _| {
        let item =
            json!({"action": "create", "type": "observation", "cycleId": world.cycle, "body": observation()});
        post("/v1/batches", json!({"id": new_id(), "dryRun": true, "items": [item]}))
    }),
    ("listXapiStatements", |world, _| get(world.team.path("xapi-statements"))),
];
