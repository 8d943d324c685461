//! What tests of the logs and their chains do all the time.

use std::process::Output;

use serde_json::{Value, json};

use super::eventually;
use super::people::Api;
use super::server::{Kind, both_outputs, program};
use super::stored::{execute, hex, number};
use super::team::Team;

/// The body that begins an emergency access.
pub fn emergency() -> Value {
    json!({"cause": "De co\u{f6}rdinator is weg, en een bewoner vraagt om inzage."})
}

/// Takes the triggers off that keep the logs as they are, as whoever owns the database can.
pub fn unguard(kind: Kind, url: &str) {
    let sql = match kind {
        Kind::Sqlite => {
            "DROP TRIGGER IF EXISTS changes_stay; DROP TRIGGER IF EXISTS changes_stay_as_they_are; \
             DROP TRIGGER IF EXISTS accesses_stay; DROP TRIGGER IF EXISTS accesses_stay_as_they_are; \
             DROP TRIGGER IF EXISTS access_subjects_stay; DROP TRIGGER IF EXISTS access_subjects_stay_as_they_are"
        }
        Kind::Postgres => {
            "ALTER TABLE changes DISABLE TRIGGER changes_stay; ALTER TABLE accesses DISABLE TRIGGER accesses_stay; \
             ALTER TABLE access_subjects DISABLE TRIGGER access_subjects_stay"
        }
    };
    execute(kind, url, sql);
}

/// A command of `audit`, with how it ended.
pub fn audit(url: &str, arguments: &[&str]) -> (bool, String) {
    let mut command = program(&["audit"]);
    let output: Output =
        command.args(arguments).env("DATABASE_URL", url).output().expect("the program can be started");
    (output.status.success(), both_outputs(&output))
}

/// An id as the database writes it in SQL.
pub fn literal(kind: Kind, id: &str) -> String {
    match kind {
        Kind::Sqlite => format!("x'{}'", id.replace('-', "")),
        Kind::Postgres => format!("'{id}'::uuid"),
    }
}

/// How many accesses the log has of a network, under a condition.
pub fn accesses(api: &Api, network: &str, condition: &str) -> i64 {
    let network = format!("{} = '{}'", hex(api.kind, "network_id"), network.replace('-', ""));
    let sql = format!("SELECT count(*) FROM accesses WHERE {network} AND {condition}");
    number(api.kind, &api.server.database_url, &sql)
}

/// Waits until the log has so many of them.
#[track_caller]
pub fn logged(team: &Team<'_>, condition: &str, count: i64) {
    let what = format!("{count} accesses with {condition}");
    eventually(&what, || accesses(team.api, &team.id, condition) >= count);
    assert_eq!(accesses(team.api, &team.id, condition), count, "{what}");
}

/// Waits until all of both logs of a network is sealed.
#[track_caller]
pub fn sealed(api: &Api, network: &str) {
    let own = |table: &str| {
        format!("{} = '{}'", hex(api.kind, &format!("{table}.network_id")), network.replace('-', ""))
    };
    let behind = format!(
        "(SELECT count(*) FROM network_streams WHERE {} AND last_change > coalesce((SELECT sealed_to FROM \
         audit_chains WHERE log = 'changes' AND audit_chains.network_id = network_streams.network_id), 0)) \
         + (SELECT count(*) FROM access_streams WHERE {} AND last_access > coalesce((SELECT sealed_to FROM \
         audit_chains WHERE log = 'accesses' AND audit_chains.network_id = access_streams.network_id), 0))",
        own("network_streams"),
        own("access_streams"),
    );
    eventually("the logs are sealed", || {
        number(api.kind, &api.server.database_url, &format!("SELECT {behind}")) == 0
    });
}
