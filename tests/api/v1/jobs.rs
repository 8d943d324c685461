//! Long work: followed to its end, cancelled, taken up again, and never left half done.

use serde_json::{Value, json};

use crate::support::jobs::{Held, UNTOUCHED, followed, moment, queued, uid};
use crate::support::server::Server;
use crate::support::stored::{changes_of, execute, number};
use crate::support::team::{Team, new_id, with};
use crate::support::{Api, Client, Kind, both, both_alone, eventually, on_each};

/// Another server on the same database, which does what waits, and the founder there.
fn beside(api: &Api) -> (Server, Client) {
    let server = Server::start(&api.server.database_url, &[]);
    let client = Client::with_token(&server.base, api.founder().token());
    (server, client)
}

fn kept(api: &Api) -> i64 {
    number(api.kind, &api.server.database_url, "SELECT count(*) FROM kept_reports")
}

/// Sets members of a job's row, as another server would have.
fn set(api: &Api, id: &str, what: &str) {
    let sql = format!("UPDATE jobs SET {what} WHERE id = {}", uid(api.kind, id));
    execute(api.kind, &api.server.database_url, &sql);
}

fn cancel(team: &Team<'_>, id: &str, members: Value) -> crate::support::Answer {
    let body = with(json!({"to": "cancelled"}), members);
    team.facilitator().post(format!("/v1/jobs/{id}/transitions"), body)
}

fn kinds_of(api: &Api, network: &str) -> Vec<String> {
    changes_of(api, network).into_iter().map(|change| change.kind).collect()
}

#[test]
fn a_report_that_is_asked_for_is_followed_to_its_end() {
    both(|api| {
        let team = api.team();
        let cycles: Vec<_> = (0..3).map(|_| team.cycle()).collect();
        cycles[0].observe(json!({}));
        let body =
            json!({"id": new_id(), "fromOn": "2026-01-01", "toOn": "2026-03-31", "title": "Voor de raad"});
        let asked = team.facilitator().post(team.path("kept-reports"), body.clone()).expect(202);
        let path = format!("/v1/jobs/{}", asked.id());
        assert_eq!(asked.header("location"), Some(path.as_str()));
        assert_eq!((&asked["id"], &asked["networkId"]), (&body["id"], &json!(team.id)));
        assert_eq!((&asked["kind"], &asked["state"]), (&json!("network_report"), &json!("queued")));
        assert_eq!((&asked["result"], &asked["problem"]), (&Value::Null, &Value::Null));

        let done = followed(&team.reader(), &asked.id(), "done");
        assert_eq!(done["progress"], json!({"done": 3, "total": 3}), "the cycles of the network");
        assert_eq!(done["createdBy"], json!(api.person(crate::support::Part::Facilitator).id));
        assert_eq!(done.header("retry-after"), None, "there is nothing to wait for");
        assert!(done["startedAt"].is_string() && done["endedAt"].is_string());
        let report = team.reader().get(done.text_of("result")).expect(200);
        assert_eq!((&report["id"], &report["title"]), (&body["id"], &body["title"]));

        let again = team.facilitator().post(team.path("kept-reports"), body.clone()).expect(200);
        assert_eq!((again["state"].as_str(), again.header("location")), (Some("done"), Some(path.as_str())));
        let other = with(body, json!({"title": "Anders"}));
        team.facilitator().post(team.path("kept-reports"), other).refused(409, "id_reused");
        let noted = kinds_of(api, &team.id);
        let count = |kind: &str| noted.iter().filter(|noted| *noted == kind).count();
        assert_eq!((count("job.created"), count("job.done"), count("kept_report.created")), (1, 1, 1));
    });
}

#[test]
fn jobs_are_listed_newest_first_and_by_their_state() {
    both(|api| {
        let team = api.team();
        team.keep_report(json!({}));
        let waits = crate::support::jobs::waiting(api, &team.id);
        let list = |query: &str| team.reader().get(team.path(&format!("jobs{query}"))).expect(200);
        assert_eq!(list("").items().len(), 2);
        assert_eq!(list("?state=queued").ids(), [waits.as_str()]);
        assert_eq!(list("?state=done").items().len(), 1);
        assert_eq!(list("?limit=1").ids(), [waits.as_str()]);
        let job = team.reader().get(format!("/v1/jobs/{waits}")).expect(200);
        assert_eq!(job.header("retry-after"), Some("1"));
        assert_eq!(job["progress"], json!({"done": 0, "total": null}));
        team.reader().get(team.path("jobs?state=lost")).errors(&[("/state", "not_in_enum")]);
    });
}

#[test]
fn what_waits_is_cancelled_and_never_made() {
    both_alone(&UNTOUCHED, |api| {
        let team = api.team();
        let id = team.facilitator().post(team.path("kept-reports"), json!({})).expect(202).id();
        let reason = json!({"id": new_id(), "reason": "De verkeerde periode."});
        let cancelled = cancel(&team, &id, reason.clone()).expect(200);
        assert_eq!(
            (cancelled["state"].as_str(), cancelled["endedAt"].is_string()),
            (Some("cancelled"), true)
        );
        cancel(&team, &id, reason).expect(200);
        cancel(&team, &id, json!({})).refused(409, "job_ended");
        assert_eq!(kinds_of(api, &team.id).pop().as_deref(), Some("job.cancelled"));

        let (_server, client) = beside(api);
        let next = client.post(team.path("kept-reports"), json!({})).expect(202).id();
        followed(&client, &next, "done");
        assert_eq!(client.get(format!("/v1/jobs/{id}")).expect(200)["state"], "cancelled");
        assert_eq!(kept(api), 1, "only the one after it");
        cancel(&team, &next, json!({})).refused(409, "job_ended");
    });
}

#[test]
fn what_is_being_done_is_cancelled_and_leaves_nothing_behind() {
    let api = Api::start(Kind::Postgres, &[]);
    let team = api.team();
    let cycle = team.cycle();
    cycle.observe(json!({}));
    let held = Held::back(&api, "evaluations");
    let id = team.facilitator().post(team.path("kept-reports"), json!({})).expect(202).id();
    followed(&team.reader(), &id, "running");
    let path = format!("/v1/jobs/{id}");
    eventually("it says how much there is to do", || {
        team.reader().get(&path).expect(200)["progress"] == json!({"done": 0, "total": 1})
    });
    assert_eq!(team.reader().get(&path).expect(200).header("retry-after"), Some("1"));
    assert_eq!(cancel(&team, &id, json!({})).expect(200)["state"], "cancelled");
    held.let_go();
    // The same server goes on with the next.
    let next = team.facilitator().post(team.path("kept-reports"), json!({})).expect(202).id();
    followed(&team.reader(), &next, "done");
    assert_eq!(team.reader().get(&path).expect(200)["state"], "cancelled");
    assert_eq!(kept(&api), 1);
    assert!(!kinds_of(&api, &team.id).contains(&"job.failed".to_owned()));
}

#[test]
fn what_another_server_does_is_cancelled_too() {
    both_alone(&UNTOUCHED, |api| {
        let team = api.team();
        let id = queued(api.kind, &api.server.database_url, &team.id, 0);
        let held = moment(api.kind, 600);
        set(
            api,
            &id,
            &format!("state = 'running', attempts = 1, steps_done = 3, steps_total = 9, held_until = {held}"),
        );
        let running = team.reader().get(format!("/v1/jobs/{id}")).expect(200);
        assert_eq!(running["progress"], json!({"done": 3, "total": 9}));
        assert_eq!(cancel(&team, &id, json!({})).expect(200)["state"], "cancelled");
    });
}

#[test]
fn what_a_killed_server_was_doing_is_taken_up_by_another() {
    let api = Api::start(Kind::Postgres, &[]);
    let team = api.team();
    let held = Held::back(&api, "evaluations");
    team.cycle();
    let id = team.facilitator().post(team.path("kept-reports"), json!({})).expect(202).id();
    followed(&team.reader(), &id, "running");
    api.server.kill();
    held.let_go();
    let (_server, client) = beside(&api);
    followed(&client, &id, "done");
    assert_eq!(kept(&api), 1);
    let attempts = format!("SELECT attempts FROM jobs WHERE id = {}", uid(api.kind, &id));
    assert_eq!(number(api.kind, &api.server.database_url, &attempts), 2);
}

#[test]
fn what_was_left_by_a_server_that_fell_over_is_done_on_both_databases_and_once() {
    both_alone(&UNTOUCHED, |api| {
        let team = api.team();
        let id = queued(api.kind, &api.server.database_url, &team.id, 0);
        let over = moment(api.kind, -1);
        set(api, &id, &format!("state = 'running', attempts = 1, held_until = {over}"));
        api.server.kill();
        let (server, client) = beside(api);
        followed(&client, &id, "done");
        assert_eq!(kept(api), 1);
        assert_eq!(server.terminate().code(), Some(0), "it stops cleanly");
    });
}

#[test]
fn a_job_that_fails_each_time_ends_as_failed_and_shows_nothing_of_the_inside() {
    both(|api| {
        let team = api.team();
        // Nothing that a report could be made of; and nothing that others of the cast list.
        let cycle = team.cycle();
        let broken = format!("UPDATE cycles SET phase = 'nowhere' WHERE id = {}", uid(api.kind, &cycle.id));
        execute(api.kind, &api.server.database_url, &broken);
        let id = team.facilitator().post(team.path("kept-reports"), json!({})).expect(202).id();
        let failed = followed(&team.reader(), &id, "failed");
        assert_eq!(failed["problem"]["code"], "could_not_be_made");
        let detail = failed["problem"]["detail"].as_str().expect("words");
        assert!(detail.starts_with("It was tried several times"), "{detail}");
        assert!(failed["result"].is_null() && failed["endedAt"].is_string());
        assert_eq!(kinds_of(api, &team.id).pop().as_deref(), Some("job.failed"));
        cancel(&team, &id, json!({})).refused(409, "job_ended");
        let attempts = format!("SELECT attempts FROM jobs WHERE id = {}", uid(api.kind, &id));
        assert_eq!(number(api.kind, &api.server.database_url, &attempts), 3);
        // It holds up nobody else.
        api.team().keep_report(json!({}));
    });
}

#[test]
fn a_job_that_fells_each_server_is_given_up() {
    both(|api| {
        let team = api.team();
        let id = crate::support::jobs::waiting(api, &team.id);
        let over = moment(api.kind, -1);
        set(api, &id, &format!("state = 'running', attempts = 3, held_until = {over}"));
        assert_eq!(followed(&team.reader(), &id, "failed")["problem"]["code"], "broken_off");
    });
}

#[test]
fn an_archived_network_takes_no_report() {
    both(|api| {
        let team = api.team();
        let id = crate::support::jobs::waiting(api, &team.id);
        let archived = json!({"to": "archived", "reason": "Opgegaan in een ander team."});
        team.coordinator().post(team.path("transitions"), archived).expect(200);
        team.facilitator().post(team.path("kept-reports"), json!({})).refused(409, "network_archived");
        let now = moment(api.kind, -1);
        set(api, &id, &format!("due_at = {now}"));
        assert_eq!(followed(&team.coordinator(), &id, "failed")["problem"]["code"], "network_archived");
    });
}

#[test]
fn a_network_has_a_bounded_number_of_jobs_under_way() {
    both_alone(&UNTOUCHED, |api| {
        let (team, other) = (api.team(), api.team());
        for _ in 0..10 {
            team.facilitator().post(team.path("kept-reports"), json!({})).expect(202);
        }
        let more = || team.facilitator().post(team.path("kept-reports"), json!({}));
        more().refused(409, "too_many_jobs");
        other.facilitator().post(other.path("kept-reports"), json!({})).expect(202);
        cancel(&team, &team.reader().get(team.path("jobs")).expect(200).ids()[0], json!({})).expect(200);
        more().expect(202);
    });
}

#[test]
fn a_server_that_stops_puts_back_what_it_was_doing() {
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let team = api.team();
        let ids: Vec<String> = (0..8)
            .map(|_| team.facilitator().post(team.path("kept-reports"), json!({})).expect(202).id())
            .collect();
        assert_eq!(api.server.terminate().code(), Some(0));
        let (_server, client) = beside(&api);
        for id in &ids {
            followed(&client, id, "done");
        }
        assert_eq!(kept(&api), 8);
    });
}
