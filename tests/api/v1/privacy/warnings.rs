//! Warnings: told with the answer, kept without a value, confirmed by people, resolved by a change.

use serde_json::{Value, json};

use super::{BSN, PHONE, SHARED, confirming, policy, said, warned, warnings};
use crate::support::stored::{changes_of, number};
use crate::support::team::{Team, reflection, with};
use crate::support::{Answer, Part, Request, both};

fn noted(team: &Team<'_>) -> Vec<String> {
    let all = changes_of(team.api, &team.id).into_iter().map(|change| change.kind);
    all.filter(|kind| kind.starts_with("privacy_warning.")).collect()
}

fn write(team: &Team<'_>, text: &str) -> Answer {
    team.practitioner().post(team.path("observations"), said(text)).expect(201)
}

#[test]
fn a_warning_tells_where_and_never_what() {
    both(|api| {
        let team = api.team();
        let made = write(&team, &format!("Zij mailt naar {SHARED}."));
        let [warning] = warnings(&made) else { panic!("one warning: {}", made.text) };
        assert_eq!((&warning["offset"], &warning["length"]), (&json!(15), &json!(22)));
        assert_eq!((&warning["subjectKind"], &warning["subjectId"]), (&json!("observation"), &made["id"]));
        assert_eq!((&warning["state"], &warning["confirmedBy"]), (&json!("open"), &Value::Null));
        assert!(!warning.to_string().contains("buurthuis"));
        assert_eq!(noted(&team), ["privacy_warning.created"]);
        // The record itself is read without it.
        let read = team.practitioner().get(format!("/v1/observations/{}", made.id())).expect(200);
        assert_eq!(read.body.get("warnings"), None);
    });
}

#[test]
fn lists_show_each_their_own_and_guides_what_others_may_read() {
    both(|api| {
        let team = api.team();
        let made = write(&team, SHARED);
        let id = warned(&made);
        let session = team.held(json!({}), &[Part::Practitioner, Part::Facilitator]);
        let note = json!({"text": SHARED, "visibility": "present"});
        let private = team.practitioner().post(session.path("notes"), note).expect(201);
        let private = warned(&private);
        let list = team.path("privacy-warnings");
        assert_eq!(team.practitioner().get(&list).expect(200).ids(), [private.clone(), id.clone()]);
        assert_eq!(team.facilitator().get(&list).expect(200).ids(), std::slice::from_ref(&id));
        assert!(team.expert().get(&list).expect(200).ids().is_empty());
        team.facilitator().get(format!("/v1/privacy-warnings/{private}")).refused(404, "not_found");
        let of = |query: &str| team.practitioner().get(format!("{list}?{query}")).expect(200).ids();
        assert_eq!(of(&format!("subjectId={}", made.id())), [id]);
        assert!(of("state=confirmed").is_empty());
    });
}

#[test]
fn who_sees_a_record_no_more_sees_no_warning_of_it() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let thought = with(
            reflection(&[&seen]),
            json!({"answers": [{"promptId": "free", "text": SHARED}], "model": "free"}),
        );
        let thought = team.practitioner().post(cycle.path("reflections"), thought).expect(201);
        let warning = format!("/v1/privacy-warnings/{}", warned(&thought));
        let path = format!("/v1/reflections/{}", thought.id());
        let status = || [team.practitioner(), team.facilitator()].map(|client| client.get(&warning).status);
        assert_eq!(status(), [200, 200]);
        let kept = team.practitioner().patch(&path, 1, json!({"visibility": "author"})).expect(200);
        assert!(warnings(&kept).is_empty(), "its text was not written anew");
        assert_eq!(status(), [200, 404]);
        let list = team.facilitator().get(team.path("privacy-warnings")).expect(200);
        assert!(list.items().is_empty());
        let told = noted(&team);
        assert_eq!(told[told.len() - 2..], ["privacy_warning.hidden", "privacy_warning.updated"]);
        team.practitioner().patch(&path, 2, json!({"visibility": "network"})).expect(200);
        assert_eq!(status(), [200, 200]);
    });
}

#[test]
fn its_author_or_a_guide_confirms_it_once() {
    both(|api| {
        let team = api.team();
        for part in [Part::Practitioner, Part::Facilitator] {
            let id = warned(&write(&team, SHARED));
            let moves = format!("/v1/privacy-warnings/{id}/transitions");
            team.expert().post(&moves, json!({"to": "confirmed"})).refused(403, "forbidden");
            let confirmed = api.client(part).post(&moves, json!({"to": "confirmed"})).expect(200);
            assert_eq!(confirmed["confirmedBy"], json!(api.person(part).id));
            assert_eq!((&confirmed["state"], confirmed.version()), (&json!("confirmed"), 2));
            team.facilitator().post(&moves, json!({"to": "confirmed"})).refused(409, "move_not_allowed");
            team.facilitator().post(&moves, json!({"to": "resolved"})).errors(&[("/to", "not_in_enum")]);
            assert_eq!(noted(&team).last().map(String::as_str), Some("privacy_warning.confirmed"));
        }
    });
}

#[test]
fn what_was_confirmed_does_not_warn_again_and_what_is_gone_is_resolved() {
    both(|api| {
        let team = api.team();
        let practitioner = team.practitioner();
        let made = write(&team, SHARED);
        let (path, id) = (format!("/v1/observations/{}", made.id()), warned(&made));
        let warning = format!("/v1/privacy-warnings/{id}");
        let state = || practitioner.get(&warning).expect(200)["state"].clone();
        // Open, it is told of again, where it stands now.
        let moved = practitioner.patch(&path, 1, json!({"body": format!("Mail {SHARED}")})).expect(200);
        assert_eq!((warned(&moved), &warnings(&moved)[0]["offset"]), (id.clone(), &json!(5)));
        practitioner.post(format!("{warning}/transitions"), json!({"to": "confirmed"})).expect(200);
        let again = json!({"body": format!("Mail toch {SHARED}.")});
        let kept = practitioner.patch(&path, 2, again).expect(200);
        assert!(warnings(&kept).is_empty() && state() == "confirmed");
        // Another member says nothing about it.
        practitioner.patch(&path, 3, json!({"tags": ["mail"]})).expect(200);
        assert_eq!(state(), "confirmed");
        // Another value in its place is another finding.
        let other =
            practitioner.patch(&path, 4, json!({"body": "Mail toch info@wijkgebouw.example."})).expect(200);
        assert_ne!(warned(&other), id);
        assert_eq!(state(), "resolved");
        let clean = practitioner.patch(&path, 5, json!({"body": "Mail toch maar."})).expect(200);
        assert!(warnings(&clean).is_empty());
        let open = practitioner.get(team.path("privacy-warnings?state=open")).expect(200);
        assert!(open.ids().is_empty(), "{}", open.text);
        let traces = "SELECT count(*) FROM privacy_warnings WHERE state = 'resolved' AND trace IS NOT NULL";
        assert_eq!(number(api.kind, &api.server.database_url, traces), 0);
    });
}

#[test]
fn a_sender_who_knows_confirms_with_the_save_itself() {
    both(|api| {
        let team = api.team();
        let inbox = team.path("observations");
        let made = confirming(&team.practitioner(), &inbox, &said(SHARED)).expect(201);
        assert_eq!(warnings(&made)[0]["state"], "confirmed");
        assert_eq!(warnings(&made)[0]["confirmedBy"], json!(api.person(Part::Practitioner).id));
        // What is refused stays refused.
        confirming(&team.practitioner(), &inbox, &said(&format!("bsn {BSN}"))).refused(400, "personal_data");
        let request = Request::new("POST", inbox).json(&said(SHARED)).header("Confirm-Warnings", "maybe");
        let refused = team.practitioner().send(request).refused(400, "invalid_header");
        refused.errors(&[("/Confirm-Warnings", "bad_format")]);
    });
}

#[test]
fn the_reason_of_a_move_has_warnings_of_its_record() {
    both(|api| {
        let team = api.team();
        policy(&team, json!({"phone": "warn"}));
        let made = write(&team, "Rustig.");
        let moves = format!("/v1/observations/{}/transitions", made.id());
        let reason = json!({"to": "closed", "reason": format!("Gebeld met {PHONE}.")});
        let closed = team.facilitator().post(&moves, reason).expect(200);
        assert_eq!(warnings(&closed)[0]["pointer"], "/reason");
        assert_eq!(warnings(&closed)[0]["subjectId"], made["id"]);
    });
}

#[test]
fn warnings_follow_a_record_to_another_network() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let made = write(&team, SHARED);
        let moves = format!("/v1/observations/{}/moves", made.id());
        team.practitioner().post(moves, json!({"networkId": other.id})).expect(200);
        assert!(team.practitioner().get(team.path("privacy-warnings")).expect(200).ids().is_empty());
        let there = other.practitioner().get(other.path("privacy-warnings")).expect(200);
        assert_eq!(there.ids(), [warned(&made)]);
        let path = format!("/v1/observations/{}", made.id());
        other.practitioner().patch(&path, 2, json!({"body": "Mail maar."})).expect(200);
        let there = other.practitioner().get(other.path("privacy-warnings?state=resolved")).expect(200);
        assert_eq!(there.ids(), [warned(&made)]);
    });
}
