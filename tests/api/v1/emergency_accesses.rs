//! Breaking the glass: what administrators see in an emergency, for how long, and who is told.

use serde_json::json;

use crate::support::audit::{emergency, logged};
use crate::support::stored::{changes_of, pass_time};
use crate::support::team::{Team, new_id, observation, with};
use crate::support::{Part, both};

/// Begins one as an administrator who is no member; its path.
fn begin(team: &Team<'_>) -> String {
    let admin = team.api.client(Part::Admin);
    format!(
        "/v1/emergency-accesses/{}",
        admin.post(team.path("emergency-accesses"), emergency()).expect(201).id()
    )
}

#[test]
fn an_administrator_reads_no_notes_but_in_an_emergency() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({"body": "Vuurtoren bij avond."}));
        let private = cycle.reflect(&[&seen], json!({"visibility": "author"}));
        let admin = api.client(Part::Admin);
        let path = format!("/v1/observations/{seen}");
        let of_network = format!("/v1/networks/{}", team.id);
        let closed = |what: &str| {
            for path in [&path, &of_network, &cycle.path("observations"), &cycle.path("report")] {
                let answer = admin.get(path);
                assert_eq!(answer.status, 404, "{what}: {path}");
            }
            admin.get(format!("/v1/changes?networkId={}", team.id)).refused(404, "not_found");
        };
        closed("before");

        let emergency = begin(&team);
        assert_eq!(admin.get(&path).expect(200)["body"], "Vuurtoren bij avond.");
        for path in [&of_network, &cycle.path("observations"), &cycle.path("report"), &team.path("members")] {
            admin.get(path).expect(200);
        }
        let told = admin.get(format!("/v1/changes?networkId={}", team.id)).expect(200);
        assert!(!told.items().is_empty());
        let found = admin.get(format!("/v1/search?q=vuurtoren&networkId={}", team.id)).expect(200);
        assert!(found.items().len() <= 1);
        // What is its author's own stays so, and nothing is written.
        admin.get(format!("/v1/reflections/{private}")).refused(404, "not_found");
        admin.post(cycle.path("observations"), observation()).refused(403, "forbidden");
        admin.patch(&of_network, 1, json!({"name": "Anders"})).refused(403, "forbidden");
        admin.get(team.path("audit-events")).refused(403, "forbidden");
        // Of no other network.
        admin.get(format!("/v1/networks/{}", api.team().id)).refused(404, "not_found");

        team.coordinator().post(format!("{emergency}/transitions"), json!({"to": "ended"})).expect(200);
        closed("after");
        logged(&team, "emergency_access_id IS NOT NULL AND operation = 'getObservation'", 1);
    });
}

#[test]
fn the_network_sees_that_it_happened_and_why() {
    both(|api| {
        let team = api.team();
        let begun = begin(&team);
        let id = begun.rsplit('/').next().expect("an id");
        let told = team.reader().get(format!("/v1/changes?networkId={}", team.id)).expect(200);
        let change = told.items().last().expect("a change").clone();
        assert_eq!((&change["kind"], &change["href"]), (&json!("emergency_access.created"), &json!(begun)));
        assert_eq!(change["actorId"], json!(api.person(Part::Admin).id));
        let shown = team.reader().get(&begun).expect(200);
        assert_eq!(shown["cause"], emergency()["cause"]);
        assert_eq!(shown["personId"], json!(api.person(Part::Admin).id));
        assert_eq!(team.coordinator().get(team.path("emergency-accesses")).expect(200).ids(), [id]);
        team.reader().get(team.path("emergency-accesses")).refused(403, "forbidden");
        team.outsider().get(&begun).refused(404, "not_found");
        api.founder().post(api.team().path("emergency-accesses"), emergency()).expect(201);
    });
}

#[test]
fn it_ends_by_itself_or_by_hand_and_once() {
    both(|api| {
        let team = api.team();
        let admin = api.client(Part::Admin);
        let first = begin(&team);
        admin.post(team.path("emergency-accesses"), emergency()).refused(409, "emergency_access_open");
        team.facilitator()
            .post(format!("{first}/transitions"), json!({"to": "ended"}))
            .refused(403, "forbidden");
        let ended = with(json!({"to": "ended", "reason": "Gezien wat nodig was."}), json!({"id": new_id()}));
        let answer = admin.post(format!("{first}/transitions"), ended.clone()).expect(200);
        assert_eq!((answer.version(), &answer["endedBy"]), (2, &json!(api.person(Part::Admin).id)));
        // Sent again it is the same; asked for anew it is refused.
        admin.post(format!("{first}/transitions"), ended).expect(200);
        admin
            .post(format!("{first}/transitions"), json!({"to": "ended"}))
            .refused(409, "emergency_access_ended");
        let kinds: Vec<String> = changes_of(api, &team.id).into_iter().map(|change| change.kind).collect();
        assert_eq!(kinds.iter().filter(|kind| kind.starts_with("emergency_access.")).count(), 2);

        let second = begin(&team);
        let id = second.rsplit('/').next().expect("an id");
        admin.get(format!("/v1/networks/{}", team.id)).expect(200);
        pass_time(api, 3_601, "emergency_accesses", "expires_at", ("id", id));
        admin.get(format!("/v1/networks/{}", team.id)).refused(404, "not_found");
        // Whoever began it still sees when it was, and another may begin.
        admin.get(&second).expect(200);
        admin
            .post(format!("{second}/transitions"), json!({"to": "ended"}))
            .refused(409, "emergency_access_ended");
        begin(&team);
    });
}

#[test]
fn who_is_no_administrator_any_more_sees_nothing_any_more() {
    both(|api| {
        let team = api.team();
        let somebody = api.newcomer("beheerder");
        let (founder, path) = (api.founder(), format!("/v1/people/{}", somebody.id));
        let promote = |role: &str| {
            let version = founder.get(&path).expect(200).version();
            founder.patch(&path, version, json!({"systemRole": role})).expect(200);
        };
        let client = api.signed_in(&somebody);
        client.post(team.path("emergency-accesses"), emergency()).refused(404, "not_found");
        promote("admin");
        client.post(team.path("emergency-accesses"), emergency()).expect(201);
        client.get(team.path("cycles")).expect(200);
        promote("none");
        client.get(team.path("cycles")).refused(404, "not_found");
        client.get(format!("/v1/changes?networkId={}", team.id)).refused(404, "not_found");
    });
}

#[test]
fn a_cause_says_something_and_a_term_has_bounds() {
    both(|api| {
        let team = api.team();
        let admin = api.client(Part::Admin);
        let path = team.path("emergency-accesses");
        admin.post(&path, json!({})).errors(&[("/cause", "required")]);
        admin.post(&path, json!({"cause": "Daarom.", "hours": 25, "until": 1})).errors(&[
            ("/cause", "too_short"),
            ("/hours", "out_of_range"),
            ("/until", "unknown_member"),
        ]);
        let long = json!({"cause": "a".repeat(2_001), "hours": 0});
        admin.post(&path, long).errors(&[("/cause", "too_long"), ("/hours", "out_of_range")]);
        admin
            .post(format!("/v1/networks/{}/emergency-accesses", new_id()), emergency())
            .refused(404, "not_found");
        let most = with(emergency(), json!({"hours": 24}));
        let made = admin.post(&path, most).expect(201);
        let at = |member: &str| -> chrono::DateTime<chrono::Utc> {
            made.text_of(member).parse().expect("an instant")
        };
        assert_eq!(at("expiresAt") - at("createdAt"), chrono::Duration::hours(24));
    });
}
