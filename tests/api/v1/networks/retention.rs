//! How long a network keeps what: what is due, what a run removes of it, and what a hold keeps.

mod logs;

use serde_json::{Value, json};

use crate::support::audit::{accesses, literal, unguard};
use crate::support::backup::Backup;
use crate::support::check_ins::response;
use crate::support::jobs::{followed, kept_report};
use crate::support::server::Server;
use crate::support::stored::{changes_of, execute, number, pass_time};
use crate::support::team::{Cycle, Team, new_id, put_question, review, view};
use crate::support::{Api, Kind, Part, both, eventually, on_each};

const NOBODY: &str = "00000000-0000-0000-0000-000000000000";
const YEARS: u32 = 3 * 366 * 86_400;

fn keep(team: &Team, rules: Value) {
    let path = team.path("retention-policy");
    let version = team.coordinator().get(&path).expect(200).version();
    team.coordinator().patch(&path, version, json!({"rules": rules})).expect(200);
}

/// A cycle that was closed three years ago.
fn closed_long_ago(cycle: &Cycle) {
    cycle.close();
    pass_time(cycle.team.api, YEARS, "cycles", "closed_at", ("id", &cycle.id));
}

fn forecast(team: &Team) -> Vec<(String, i64)> {
    let told = team.coordinator().post(team.path("retention-runs"), json!({"dryRun": true})).expect(200);
    counts(&told["due"])
}

/// How many of each kind are removed; those that only let go of some are left out.
fn counts(counts: &Value) -> Vec<(String, i64)> {
    let one = |count: &Value| {
        let removed = count["removed"].as_i64().expect("a number");
        (count["kind"].as_str().expect("a kind").to_owned(), removed)
    };
    counts.as_array().expect("counts").iter().map(one).filter(|(_, removed)| *removed > 0).collect()
}

/// Has what is due removed, and waits until it is.
fn run(team: &Team) -> String {
    let run = team.coordinator().post(team.path("retention-runs"), json!({})).expect(201);
    let job = followed(&team.coordinator(), &run.text_of("jobId"), "done");
    assert_eq!(job["result"], json!(format!("/v1/retention-runs/{}", run.id())));
    run.id()
}

fn count(kind: &str, number: i64) -> (String, i64) {
    (kind.to_owned(), number)
}

#[test]
fn nothing_is_removed_without_a_rule() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        closed_long_ago(&cycle);
        let policy = team.reader().get(team.path("retention-policy")).expect(200);
        assert_eq!((&policy["rules"], &policy["daily"], policy.version()), (&json!([]), &json!(false), 1));
        assert_eq!((&policy["updatedBy"], &policy["updatedAt"]), (&Value::Null, &Value::Null));
        let again = team.reader().get(team.path("retention-policy")).expect(200);
        assert_eq!((policy.header("etag"), &policy.text), (again.header("etag"), &again.text));
        assert!(forecast(&team).is_empty());
        run(&team);
        team.reader().get(format!("/v1/observations/{seen}")).expect(200);
        assert!(team.coordinator().get(team.path("removals")).expect(200).items().is_empty());
    });
}

#[test]
fn what_is_due_is_told_first_and_then_removed_by_set() {
    both(|api| {
        let team = api.team();
        let (old, recent, open) = (team.cycle(), team.cycle(), team.cycle());
        let asked = old.ask(json!({}));
        let told = old.tell(&asked, json!({}));
        let seen = old.observe(json!({"questionId": asked}));
        let thought = old.reflect(&[&seen], json!({}));
        let kept = [recent.observe(json!({})), open.observe(json!({}))];
        let inbox = team.practitioner().post(team.path("observations"), crate::support::team::observation());
        let inbox = inbox.expect(201).id();
        pass_time(api, YEARS, "observations", "updated_at", ("id", &inbox));
        pass_time(api, YEARS, "observations", "updated_at", ("id", &kept[1]));
        closed_long_ago(&old);
        recent.close();
        let late = {
            let happened = crate::support::team::ago(4 * i64::from(YEARS));
            let body = json!({"body": "Toen al.", "perspective": "citizen", "happenedAt": happened});
            team.practitioner().post(old.path("observations"), body).expect(201).id()
        };
        keep(&team, json!([{"kind": "question", "months": 12}, {"kind": "observation", "months": 24}]));
        let expected = [count("observation", 3), count("question", 1), count("return", 1)];
        assert_eq!(forecast(&team), expected);

        let mut due: Vec<String> = [&asked, &told, &seen, &late, &inbox].map(Clone::clone).into();
        due.sort();
        let (mut listed, mut next) = (Vec::new(), Some(team.path("due-records?limit=2")));
        while let Some(path) = next {
            let page = team.coordinator().get(&path).expect(200);
            listed.extend(page.ids());
            let cursor = page["nextCursor"].as_str();
            next = cursor.map(|cursor| team.path(&format!("due-records?limit=2&cursor={cursor}")));
        }
        assert_eq!(listed, due);
        let of_kind = team.coordinator().get(team.path("due-records?kind=question")).expect(200);
        assert_eq!(of_kind.items().len(), 2, "with what hangs below it");

        let made = run(&team);
        let run = team.coordinator().get(format!("/v1/retention-runs/{made}")).expect(200);
        assert_eq!(counts(&run["due"]), expected);
        for (collection, id) in
            [("observations", &seen), ("observations", &inbox), ("questions", &asked), ("returns", &told)]
        {
            team.reader().get(format!("/v1/{collection}/{id}")).refused(410, "gone");
            team.outsider().get(format!("/v1/{collection}/{id}")).refused(404, "not_found");
        }
        for id in kept {
            team.reader().get(format!("/v1/observations/{id}")).expect(200);
        }
        let stays = team.reader().get(format!("/v1/reflections/{thought}")).expect(200);
        assert_eq!(stays["observationIds"], json!([]));
        let removals = team.coordinator().get(team.path("removals")).expect(200);
        let mut rows: Vec<_> = removals
            .items()
            .iter()
            .map(|row| {
                (row["kind"].as_str().expect("a kind"), &row["months"], &row["count"], &row["retentionRunId"])
            })
            .collect();
        rows.sort_by_key(|row| row.0);
        let made = json!(made);
        assert_eq!(
            rows,
            [
                ("observation", &json!(24), &json!(3), &made),
                ("question", &json!(12), &json!(1), &made),
                ("return", &Value::Null, &json!(1), &made),
            ]
        );
        let log: Vec<String> = changes_of(api, &team.id).into_iter().map(|row| row.kind).collect();
        let of = |kind: &str| log.iter().filter(|own| *own == kind).count();
        assert_eq!((of("observation.removed"), of("question.removed"), of("return.removed")), (3, 1, 1));
        assert!(forecast(&team).is_empty());
    });
}

#[test]
fn more_than_a_step_is_removed_in_several() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let columns = "network_id, cycle_id, body, perspective, about_pseudonym_ids, theme_ids, life_domains, tags, late, \
                       state, author_id, happened_at, created_at, updated_at, version, digest";
        crate::support::stored::copy(api, "observations", columns, &seen, 449);
        closed_long_ago(&cycle);
        keep(&team, json!([{"kind": "observation", "months": 1}]));
        assert_eq!(forecast(&team), [count("observation", 450)]);
        run(&team);
        let removals = team.coordinator().get(team.path("removals")).expect(200);
        assert_eq!((removals.items().len(), &removals.items()[0]["count"]), (1, &json!(450)));
        assert!(team.reader().get(cycle.path("observations")).expect(200).items().is_empty());
    });
}

#[test]
fn each_kind_has_a_time_of_its_own() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let (pseudonym, nobody) = (team.pseudonym(), team.pseudonym());
        let asked = cycle.ask(json!({"pseudonymId": pseudonym}));
        cycle.tell(&asked, json!({}));
        let seen = cycle.observe(json!({"questionId": asked, "aboutPseudonymIds": [pseudonym]}));
        let session = team.held(json!({"cycleId": cycle.id}), &[Part::Practitioner, Part::Expert]);
        let thought = cycle.reflect(&[&seen], json!({"sessionId": session.id}));
        let tried = cycle.act(&[&thought], json!({}));
        let judged = cycle.evaluate(&tried, json!({}));
        cycle.draft(&[&thought], json!({"evaluationIds": [judged]}));
        let practitioner = team.practitioner();
        practitioner.post(session.path("action-reviews"), review(&tried)).expect(201);
        practitioner.post(session.path("questions"), put_question()).expect(201);
        session.note(Part::Practitioner, "present");
        let initiative = json!({"what": "Koffie", "group": "Bewoners", "actionIds": [tried]});
        let square = team.square(json!({"initiatives": [initiative]}));
        square.perceived(Part::Practitioner, json!({"pseudonymId": pseudonym}));
        let arena = team.arena(json!({"actionId": tried, "sessionId": session.id}));
        practitioner.post(format!("{arena}/views"), view()).expect(201);
        team.facilitator().post(format!("{arena}/transitions"), json!({"to": "agreed"})).expect(200);
        let calculation = json!({
            "title": "Eerder een eigen plek", "pseudonymId": pseudonym, "cycleId": cycle.id, "actionId": tried,
            "firstYear": 2026, "years": 2,
        });
        practitioner.post(team.path("effect-calculations"), calculation).expect(201);
        let check_in = team.check_in();
        team.respond(&check_in, Part::Practitioner, response(3)).expect(201);
        let closing = json!({"to": "closed", "reason": "Klaar."});
        team.facilitator().post(format!("/v1/check-ins/{check_in}/transitions"), closing).expect(200);
        let report = kept_report(api, &team.id);
        closed_long_ago(&cycle);
        let aged = [
            ("effect_squares", "updated_at", &square.id),
            ("check_ins", "updated_at", &check_in),
            ("kept_reports", "created_at", &report),
            ("pseudonyms", "updated_at", &nobody),
            ("pseudonyms", "updated_at", &pseudonym),
        ];
        for (table, instant, id) in aged {
            pass_time(api, YEARS, table, instant, ("id", id));
        }
        let all = [
            "question",
            "observation",
            "reflection",
            "action",
            "evaluation",
            "insight",
            "session",
            "effect_square",
            "perception",
            "effect_arena",
            "effect_calculation",
            "check_in",
            "kept_report",
            "pseudonym",
            "change",
        ];
        keep(&team, all.iter().map(|kind| json!({"kind": kind, "months": 12})).collect());
        let due: Vec<String> = forecast(&team).into_iter().map(|(kind, _)| kind).collect();
        let expected = [
            "action",
            "action_review",
            "check_in",
            "check_in_response",
            "effect_arena",
            "effect_arena_version",
            "effect_arena_view",
            "effect_calculation",
            "effect_square",
            "evaluation",
            "insight",
            "kept_report",
            "observation",
            "perception",
            "pseudonym",
            "question",
            "reflection",
            "return",
            "session",
            "session_note",
            "session_question",
        ];
        assert_eq!(due, expected);
        // A hold that keeps nothing of it asks what it keeps all the same.
        let hold = json!({"cycleId": team.cycle().id, "reason": "Een klacht."});
        team.coordinator().post(team.path("legal-holds"), hold).expect(201);
        assert_eq!(forecast(&team).len(), expected.len());
        run(&team);
        assert!(!forecast(&team).iter().any(|(kind, _)| kind != "pseudonym"), "{:?}", forecast(&team));
        team.reader().get(format!("/v1/effect-squares/{}", square.id)).refused(410, "gone");
        run(&team);
        assert!(forecast(&team).is_empty());
        team.reader().get(format!("/v1/pseudonyms/{pseudonym}")).refused(410, "gone");
    });
}

#[test]
fn what_is_held_stays_until_the_hold_is_lifted() {
    both(|api| {
        let team = api.team();
        let (held, free) = (team.cycle(), team.cycle());
        let pseudonym = team.pseudonym();
        let in_held = held.observe(json!({}));
        let about = free.observe(json!({"aboutPseudonymIds": [pseudonym]}));
        let beside = free.observe(json!({}));
        let due = free.observe(json!({}));
        free.reflect(&[&about, &beside], json!({}));
        closed_long_ago(&held);
        closed_long_ago(&free);
        keep(&team, json!([{"kind": "observation", "months": 1}]));
        let hold = |scope: Value| {
            let body = crate::support::team::with(json!({"reason": "Een klacht."}), scope);
            team.coordinator().post(team.path("legal-holds"), body).expect(201).id()
        };
        let lift = |id: String| {
            let body = json!({"to": "lifted", "reason": "Afgedaan."});
            team.coordinator().post(format!("/v1/legal-holds/{id}/transitions"), body).expect(200);
        };
        let all = hold(json!({}));
        assert!(forecast(&team).is_empty());
        lift(all);
        let (of_cycle, of_pseudonym) =
            (hold(json!({"cycleId": held.id})), hold(json!({"pseudonymId": pseudonym})));
        run(&team);
        let status = |id: &str| team.reader().get(format!("/v1/observations/{id}")).status;
        // Beside: what a record stands on that speaks of them stays with it.
        assert_eq!([&in_held, &about, &beside, &due].map(|id| status(id)), [200, 200, 200, 410]);
        lift(of_cycle);
        lift(of_pseudonym);
        run(&team);
        assert_eq!([&in_held, &about, &beside].map(|id| status(id)), [410, 410, 410]);
    });
}

#[test]
fn what_a_backup_brings_back_goes_again_with_the_next_run() {
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let url = api.server.database_url.clone();
        let (team, by_hand) = (api.team(), api.team());
        let made = |team: &Team<'_>| {
            let cycle = team.cycle();
            let seen = cycle.observe(json!({}));
            closed_long_ago(&cycle);
            seen
        };
        let (due, other) = (made(&team), made(&by_hand));
        keep(&by_hand, json!([{"kind": "observation", "months": 12}]));
        let path = team.path("retention-policy");
        let rules = json!([{"kind": "observation", "months": 12}]);
        team.coordinator().patch(&path, 1, json!({"rules": rules, "daily": true})).expect(200);
        let backup = Backup::take(kind, &url);
        for team in [&team, &by_hand] {
            run(team);
        }
        let status = |team: &Team<'_>, id: &str| team.reader().get(format!("/v1/observations/{id}")).status;
        assert_eq!([status(&team, &due), status(&by_hand, &other)], [410, 410]);
        let (id, other_id) = (team.id.clone(), by_hand.id.clone());
        api.server.terminate();
        backup.put_back();

        let api = api.on(Server::start(&url, &[]));
        let (team, by_hand) = (Team { api: &api, id }, Team { api: &api, id: other_id });
        eventually("what came back is removed again", || status(&team, &due) == 410);
        assert_eq!(status(&by_hand, &other), 200, "until somebody asks");
        run(&by_hand);
        assert_eq!(status(&by_hand, &other), 410);
    });
}

#[test]
fn the_server_removes_daily_where_that_was_said() {
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let (team, other) = (api.team(), api.team());
        let (cycle, elsewhere) = (team.cycle(), other.cycle());
        let (due, kept) = (cycle.observe(json!({})), elsewhere.observe(json!({})));
        closed_long_ago(&cycle);
        closed_long_ago(&elsewhere);
        let rules = json!([{"kind": "observation", "months": 12}]);
        keep(&other, rules.clone());
        let path = team.path("retention-policy");
        let set = team.coordinator().patch(&path, 1, json!({"rules": rules, "daily": true})).expect(200);
        assert_eq!((&set["daily"], set.version()), (&json!(true), 2));
        // What belongs to no network has a log of accesses too, and nobody to say how long it is kept.
        team.coordinator().get("/v1/networks").expect(200);
        let of_no_network = |api: &Api| accesses(api, NOBODY, "operation = 'listNetworks'");
        eventually("it is logged", || of_no_network(&api) == 1);
        let id = team.id.clone();
        api.server.terminate();
        let url = api.server.database_url.clone();
        unguard(kind, &url);
        let long_ago = if kind == Kind::Sqlite { "0" } else { "to_timestamp(0)" };
        let none = literal(kind, NOBODY);
        execute(kind, &url, &format!("UPDATE accesses SET at = {long_ago} WHERE network_id = {none}"));
        let api = api.on(Server::start(&url, &[]));
        let team = Team { api: &api, id };
        let gone = || team.reader().get(format!("/v1/observations/{due}")).status == 410;
        eventually("what is due is removed", gone);
        eventually("so is what is five years old", || of_no_network(&api) == 0);
        team.reader().get(format!("/v1/observations/{kept}")).expect(200);
        eventually("the run is over", || {
            let jobs = team.coordinator().get(team.path("jobs?state=done")).expect(200);
            jobs.items().iter().any(|job| job["kind"] == "retention" && job["createdBy"].is_null())
        });
        let runs = team.coordinator().get(team.path("retention-runs")).expect(200);
        assert_eq!((runs.items().len(), &runs.items()[0]["createdBy"]), (1, &Value::Null));
        let of_day = "SELECT count(*) FROM retention_policies WHERE last_run_on IS NOT NULL";
        assert_eq!(number(kind, &url, of_day), 1);
    });
}

#[test]
fn rules_have_bounds_and_a_kind_has_one() {
    both(|api| {
        let team = api.team();
        let path = team.path("retention-policy");
        let rule = |kind: &str, months: i64| json!({"kind": kind, "months": months});
        let rules = json!([rule("observation", 0), rule("observation", 1_201), rule("cycle", 3)]);
        let faults = team.coordinator().patch(&path, 1, json!({"rules": rules}));
        faults.errors(&[
            ("/rules/0/months", "out_of_range"),
            ("/rules/1/months", "out_of_range"),
            ("/rules/2/kind", "not_in_enum"),
        ]);
        let rules = json!([rule("observation", 1), rule("observation", 1_200)]);
        let twice = team.coordinator().patch(&path, 1, json!({"rules": rules}));
        twice.errors(&[("/rules/1/kind", "duplicate")]);
        team.coordinator().patch(&path, 2, json!({"daily": true})).refused(412, "version_mismatch");
        keep(&team, json!([rule("reflection", 1_200)]));
        let body = json!({"id": new_id()});
        let made = team.coordinator().post(team.path("retention-runs"), body.clone()).expect(201);
        let again = team.coordinator().post(team.path("retention-runs"), body).expect(200);
        assert_eq!(made.body, again.body);
    });
}
