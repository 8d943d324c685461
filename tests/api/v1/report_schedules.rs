//! Schedules: the report of each period that is over, made once, by however many servers and after whatever stop.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use crate::support::jobs::{moment, uid};
use crate::support::server::Server;
use crate::support::stored::{execute, number};
use crate::support::team::{Team, new_id, with};
use crate::support::{Answer, Api, Client, Kind, both, eventually, on_each};

fn schedule(team: &Team<'_>, body: Value) -> Answer {
    team.facilitator().post(team.path("report-schedules"), body).expect(201)
}

/// The periods of the reports that a network has kept, newest first.
fn periods(client: &Client, team: &Team<'_>) -> Vec<(String, String)> {
    let list = client.get(team.path("kept-reports?limit=200")).expect(200);
    let day = |kept: &Value, member: &str| kept[member].as_str().expect("a day").to_owned();
    list.items().iter().map(|kept| (day(kept, "fromOn"), day(kept, "toOn"))).collect()
}

/// The first and last day of the month before this one, in the Netherlands.
fn last_month() -> (String, String) {
    let today = chrono::Utc::now().with_timezone(&chrono_tz::Europe::Amsterdam).date_naive();
    let to = today.with_day(1).and_then(|first| first.pred_opt()).expect("a day");
    (to.with_day(1).expect("a day").to_string(), to.to_string())
}

/// Puts a schedule back to a day, as if no server had run since: its period is over.
fn put_back(api: &Api, id: &str, next_on: &str) {
    let over = moment(api.kind, -60);
    let id = uid(api.kind, id);
    let sql = format!(
        "UPDATE report_schedule_progress SET next_on = '{next_on}', due_at = {over} WHERE report_schedule_id = {id}"
    );
    execute(api.kind, &api.server.database_url, &sql);
}

fn count(api: &Api, table: &str) -> i64 {
    number(api.kind, &api.server.database_url, &format!("SELECT count(*) FROM {table}"))
}

#[test]
fn the_report_of_each_period_that_is_over_is_made_once() {
    both(|api| {
        let team = api.team();
        team.cycle().observe(json!({"happenedAt": crate::support::team::ago(70 * 86_400)}));
        let (from, to) = last_month();
        let made = schedule(&team, json!({"every": "month", "startsOn": from}));
        assert_eq!((&made["every"], &made["startsOn"]), (&json!("month"), &json!(from)));
        eventually("the report is there", || periods(&team.reader(), &team) == [(from.clone(), to.clone())]);
        let list = team.reader().get(team.path(&format!("kept-reports?reportScheduleId={}", made.id())));
        let kept = team.reader().get(format!("/v1/kept-reports/{}", list.expect(200).ids()[0])).expect(200);
        assert_eq!((&kept["report"]["fromOn"], &kept["report"]["toOn"]), (&json!(from), &json!(to)));
        assert_eq!((&kept["reportScheduleId"], &kept["title"]), (&made["id"], &Value::Null));
        let job = team.reader().get(format!("/v1/jobs/{}", kept.id())).expect(200);
        assert_eq!((&job["state"], &job["createdBy"]), (&json!("done"), &Value::Null));

        // Told again that the period is over, it makes no second one.
        put_back(api, &made.id(), &from);
        let other = schedule(&team, json!({"every": "month", "startsOn": from}));
        eventually("the other's is there", || periods(&team.reader(), &team).len() == 2);
        let of = team.reader().get(team.path(&format!("kept-reports?reportScheduleId={}", other.id())));
        assert_eq!(of.expect(200).items().len(), 1);
        let waits = format!(
            "SELECT count(*) FROM report_schedule_progress WHERE next_on = '{from}' AND report_schedule_id = {}",
            uid(api.kind, &made.id())
        );
        eventually("it has looked", || number(api.kind, &api.server.database_url, &waits) == 0);
        assert_eq!(periods(&team.reader(), &team).len(), 2);
    });
}

#[test]
fn of_periods_that_ended_long_ago_the_last_twelve_are_made_up_for() {
    both(|api| {
        let team = api.team();
        schedule(&team, json!({"every": "quarter", "startsOn": "2020-02-11"}));
        eventually("twelve are there", || periods(&team.reader(), &team).len() == 12);
        let found: BTreeSet<(String, String)> = periods(&team.reader(), &team).into_iter().collect();
        assert_eq!(found.len(), 12);
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let found: Vec<_> = found.iter().map(|(from, to)| (day(from), day(to))).collect();
        assert!(
            found.windows(2).all(|pair| pair[0].1.succ_opt() == Some(pair[1].0)),
            "they touch: {found:?}"
        );
        assert!(found.iter().all(|(from, _)| from.day() == 1 && from.month0() % 3 == 0), "{found:?}");
    });
}

#[test]
fn two_servers_make_each_report_once() {
    let api = Api::start(Kind::Postgres, &[]);
    let _other = Server::start(&api.server.database_url, &[]);
    let teams = [api.team(), api.team(), api.team()];
    for team in &teams {
        schedule(team, json!({"every": "month", "startsOn": "2020-01-01"}));
    }
    for team in &teams {
        eventually("twelve are there", || periods(&team.reader(), team).len() == 12);
        let different: BTreeSet<_> = periods(&team.reader(), team).into_iter().collect();
        assert_eq!(different.len(), 12);
    }
    let done = "SELECT count(*) FROM jobs WHERE state = 'done' AND attempts = 1";
    eventually("all are done", || number(api.kind, &api.server.database_url, done) == 36);
    assert_eq!((count(&api, "jobs"), count(&api, "kept_reports")), (36, 36));
}

#[test]
fn a_period_that_ended_while_the_server_was_down_is_made_up_for_once() {
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let team = api.team();
        let made = schedule(&team, json!({"every": "month"}));
        assert!(api.server.terminate().success());
        let (from, to) = last_month();
        assert_eq!(count(&api, "jobs"), 0, "nothing was over yet");
        for _ in 0..2 {
            put_back(&api, &made.id(), &from);
            let server = Server::start(&api.server.database_url, &[]);
            let client = Client::with_token(&server.base, team.reader().token());
            eventually("the report is there", || periods(&client, &team) == [(from.clone(), to.clone())]);
            let looked = format!("SELECT count(*) FROM report_schedule_progress WHERE next_on > '{to}'");
            eventually("it has looked", || number(api.kind, &api.server.database_url, &looked) == 1);
            server.kill();
        }
        assert_eq!((count(&api, "jobs"), count(&api, "kept_reports")), (1, 1));
    });
}

#[test]
fn in_an_archived_network_none_is_made() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let made = schedule(&team, json!({"every": "month"}));
        let archived = json!({"to": "archived", "reason": "Opgegaan in een ander team."});
        team.coordinator().post(team.path("transitions"), archived).expect(200);
        let (from, to) = last_month();
        put_back(api, &made.id(), &from);
        schedule(&other, json!({"every": "month", "startsOn": from}));
        eventually("the calendar is looked at", || periods(&other.reader(), &other).len() == 1);
        assert!(team.coordinator().get(team.path("jobs")).expect(200).items().is_empty());
        let again = json!({"to": "active", "reason": "Toch weer begonnen."});
        team.coordinator().post(team.path("transitions"), again).expect(200);
        eventually("it is made up for", || periods(&team.reader(), &team) == [(from.clone(), to.clone())]);
    });
}

#[test]
fn a_schedule_is_changed_and_deleted_and_its_reports_stay() {
    both(|api| {
        let team = api.team();
        let body = json!({"id": new_id(), "every": "year"});
        let made = schedule(&team, body.clone());
        team.facilitator().post(team.path("report-schedules"), body.clone()).expect(200);
        team.facilitator()
            .post(team.path("report-schedules"), with(body, json!({"every": "month"})))
            .refused(409, "id_reused");
        let path = format!("/v1/report-schedules/{}", made.id());
        assert_eq!(team.reader().get(&path).expect(200).body, made.body);
        let (from, to) = last_month();
        let patched = team.facilitator().patch(&path, 1, json!({"every": "month"})).expect(200);
        assert_eq!((patched.version(), &patched["startsOn"]), (2, &made["startsOn"]));
        team.facilitator().patch(&path, 2, json!({"startsOn": from})).expect(200);
        eventually("the report is there", || periods(&team.reader(), &team) == [(from.clone(), to.clone())]);
        team.facilitator().patch(&path, 2, json!({"every": "year"})).refused(412, "version_mismatch");
        team.facilitator().delete(&path, 3).expect(204);
        team.reader().get(&path).refused(404, "not_found");
        assert_eq!(periods(&team.reader(), &team).len(), 1);
    });
}

#[test]
fn schedules_are_held_to_their_bounds() {
    both(|api| {
        let team = api.team();
        let create = |body: Value| team.facilitator().post(team.path("report-schedules"), body);
        create(json!({})).errors(&[("/every", "required")]);
        create(json!({"every": "week"})).errors(&[("/every", "not_in_enum")]);
        create(json!({"every": "year", "startsOn": "0001-01-01"})).errors(&[("/startsOn", "out_of_range")]);
        create(json!({"every": "year", "startsOn": "9999-01-01"})).errors(&[("/startsOn", "out_of_range")]);
        for _ in 0..10 {
            create(json!({"every": "year"})).expect(201);
        }
        create(json!({"every": "year"})).refused(409, "too_many_report_schedules");
    });
}
