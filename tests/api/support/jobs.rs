//! Jobs and what they make, and short words for following them.

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use serde_json::{Value, json};

use super::client::{Answer, Client};
use super::eventually;
use super::people::Api;
use super::server::Kind;
use super::stored::execute;
use super::team::{Team, new_id};

impl Team<'_> {
    /// Has a report made, and waits until it is there; its path.
    pub fn keep_report(&self, body: Value) -> String {
        let job = self.facilitator().post(self.path("kept-reports"), body).expect(202);
        let job = followed(&self.reader(), &job.id(), "done");
        job.text_of("result")
    }
}

/// Waits until a job is in a state, and answers with it.
#[track_caller]
pub fn followed(client: &Client, id: &str, state: &str) -> Answer {
    let path = format!("/v1/jobs/{id}");
    eventually(&format!("the job is {state}"), || client.get(&path).expect(200)["state"] == state);
    client.get(&path).expect(200)
}

/// An id as the database has it.
pub fn uid(kind: Kind, id: &str) -> String {
    match kind {
        Kind::Sqlite => format!("X'{}'", id.replace('-', "")),
        Kind::Postgres => format!("'{id}'"),
    }
}

/// A moment, so many seconds from now.
pub fn moment(kind: Kind, seconds: i64) -> String {
    let at = chrono::Utc::now() + chrono::Duration::seconds(seconds);
    match kind {
        Kind::Sqlite => at.timestamp_micros().to_string(),
        Kind::Postgres => format!("'{}'", at.to_rfc3339()),
    }
}

/// A report of a network as a job would have kept it, put there without one; its id.
pub fn kept_report(api: &Api, network: &str) -> String {
    let report = api.founder().get(format!("/v1/networks/{network}/report")).expect(200);
    let (id, kind) = (new_id(), api.kind);
    let sql = format!(
        "INSERT INTO kept_reports (network_id, id, created_at, report) VALUES ({}, {}, {}, '{}')",
        uid(kind, network),
        uid(kind, &id),
        moment(kind, 0),
        report.text.replace('\'', "''"),
    );
    execute(kind, &api.server.database_url, &sql);
    id
}

/// A job of a network that nobody takes up within this year; its id.
pub fn waiting(api: &Api, network: &str) -> String {
    queued(api.kind, &api.server.database_url, network, 300 * 86_400)
}

/// A job of a network that can be taken up so many seconds from now, put there as if it had been asked for; its id.
pub fn queued(kind: Kind, database_url: &str, network: &str, seconds: i64) -> String {
    let id = new_id();
    let task =
        json!({"network_report": {"title": null, "fromOn": null, "toOn": null, "reportScheduleId": null}});
    let digest = match kind {
        Kind::Sqlite => "X''",
        Kind::Postgres => "''",
    };
    let sql = format!(
        "INSERT INTO jobs (network_id, id, kind, task, state, steps_done, attempts, due_at, created_at, version, digest) \
         VALUES ({}, {}, 'network_report', '{task}', 'queued', 0, 0, {}, {}, 1, {digest})",
        uid(kind, network),
        uid(kind, &id),
        moment(kind, seconds),
        moment(kind, 0),
    );
    execute(kind, database_url, &sql);
    id
}

/// A server that does none of the jobs.
pub const UNTOUCHED: [(&str, &str); 1] = [("LEAVE_JOBS", "true")];

/// A table of a PostgreSQL database that nobody reads for a while: whatever does stands still in the middle of it.
pub struct Held(PgConnection);

impl Held {
    pub fn back(api: &Api, table: &str) -> Held {
        let mut connection =
            PgConnection::establish(&api.server.database_url).expect("the server's database");
        let lock = format!("BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE");
        connection.batch_execute(&lock).expect("nobody else holds it");
        Held(connection)
    }

    pub fn let_go(mut self) {
        self.0.batch_execute("ROLLBACK").expect("the server's database");
    }
}
