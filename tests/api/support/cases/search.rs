//! Search, changes, and statements.

use super::{Make, get};

pub const CASES: &[(&str, Make)] = &[
    ("searchRecords", |_, _| get("/v1/search?q=koffie")),
    ("listChanges", |world, _| get(format!("/v1/changes?networkId={}", world.team.id))),
    ("listXapiStatements", |world, _| get(world.team.path("xapi-statements"))),
];
