//! From draft to agreed to evaluated, and what is kept of it.

use serde_json::{Value, json};

use crate::support::team::{Team, arena, new_id, view};
use crate::support::{Answer, Part, Request, both};

fn moved(team: &Team<'_>, path: &str, to: &str) -> Answer {
    let reason = (to == "draft").then_some("Er kwam een partner bij.");
    team.facilitator().post(format!("{path}/transitions"), json!({"to": to, "reason": reason}))
}

/// What was seen of the effect, beside what was expected of it.
fn seen() -> Value {
    let mut effect = arena()["content"]["effects"][0].clone();
    effect["seen"] = json!("Negen, van wie twee elkaar nu elke dag zien.");
    json!({"content": {"effects": [effect]}})
}

#[test]
fn what_is_agreed_stands_and_what_was_seen_comes_beside_it() {
    both(|api| {
        let team = api.team();
        let path = team.arena(json!({}));
        let agreed = moved(&team, &path, "agreed").expect(200);
        assert_eq!(
            (&agreed["state"], &agreed["lastNumber"], agreed.version()),
            (&json!("agreed"), &json!(1), 2)
        );
        let mut otherwise = arena()["content"]["investors"].clone();
        otherwise[0]["expected"]["euros"] = json!("1");
        let body = json!({"title": "Thee", "content": {"investors": otherwise}});
        team.practitioner()
            .patch(&path, 2, body)
            .refused(409, "agreed")
            .pointers(&[("/title", "fixed"), ("/content/investors", "fixed")]);
        moved(&team, &path, "evaluated").refused(409, "nothing_seen").pointers(&[("/content", "required")]);
        let beside = team.practitioner().patch(&path, 2, seen()).expect(200);
        let effect = &beside["content"]["effects"][0];
        assert_eq!(effect["expected"], arena()["content"]["effects"][0]["expected"]);
        assert_eq!(effect["seen"], seen()["content"]["effects"][0]["seen"]);

        let evaluated = moved(&team, &path, "evaluated").expect(200);
        assert_eq!((&evaluated["state"], &evaluated["lastNumber"]), (&json!("evaluated"), &json!(2)));
        let bare = json!({"content": {"effects": arena()["content"]["effects"]}});
        team.practitioner()
            .patch(&path, 4, bare)
            .refused(409, "evaluated")
            .pointers(&[("/content", "fixed")]);
        moved(&team, &path, "agreed").refused(409, "move_not_allowed");
    });
}

#[test]
fn every_version_that_was_agreed_or_evaluated_is_kept_whole() {
    both(|api| {
        let team = api.team();
        let path = team.arena(json!({"participantIds": [api.person(Part::Expert).id]}));
        let said = team.expert().post(format!("{path}/views"), view()).expect(201);
        let first = moved(&team, &path, "agreed").expect(200);
        team.facilitator()
            .post(format!("{path}/transitions"), json!({"to": "draft"}))
            .errors(&[("/reason", "required")]);
        let again = moved(&team, &path, "draft").expect(200);
        assert_eq!(
            (&again["state"], &again["stateReason"]),
            (&json!("draft"), &json!("Er kwam een partner bij."))
        );
        team.practitioner().patch(&path, 3, json!({"title": "Koffie op het plein"})).expect(200);
        let gone = json!({"to": "withdrawn", "reason": "Nu zie ik het ook zo."});
        team.expert().post(format!("/v1/effect-arena-views/{}/transitions", said.id()), gone).expect(200);
        let second = json!({"to": "agreed", "happenedAt": "2026-03-10T13:00:00Z"});
        team.facilitator().post(format!("{path}/transitions"), second).expect(200);
        team.practitioner().patch(&path, 5, seen()).expect(200);
        moved(&team, &path, "evaluated").expect(200);

        let versions = team.reader().get(format!("{path}/versions")).expect(200);
        let told: Vec<(&Value, &Value, &Value)> =
            versions.items().iter().map(|one| (&one["number"], &one["state"], &one["title"])).collect();
        let (old, new) = (json!("Koffie op de stoep"), json!("Koffie op het plein"));
        let (agreed, evaluated) = (json!("agreed"), json!("evaluated"));
        assert_eq!(
            told,
            [(&json!(3), &evaluated, &new), (&json!(2), &agreed, &new), (&json!(1), &agreed, &old)]
        );
        let kept = team.reader().get(format!("/v1/effect-arena-versions/{}", versions.ids()[2])).expect(200);
        assert_eq!(kept.body, versions.items()[2]);
        assert_eq!(
            (&kept["content"], &kept["participantIds"]),
            (&first["content"], &first["participantIds"])
        );
        assert_eq!(kept["views"][0]["text"], view()["text"]);
        assert_eq!(kept["keptBy"], json!(api.person(Part::Facilitator).id));
        assert_eq!(versions.items()[1]["views"], json!([]));
        assert_eq!(versions.items()[1]["happenedAt"], "2026-03-10T13:00:00Z");
        assert!(versions.items()[1]["content"]["effects"][0]["seen"].is_null());
        assert_eq!(versions.items()[0]["content"]["effects"], seen()["content"]["effects"]);
        team.outsider()
            .get(format!("/v1/effect-arena-versions/{}", versions.ids()[2]))
            .refused(404, "not_found");
    });
}

#[test]
fn a_board_that_tells_nothing_yet_is_not_agreed() {
    both(|api| {
        let team = api.team();
        let path = team.arena(json!({"content": {"activities": arena()["content"]["activities"]}}));
        moved(&team, &path, "agreed").refused(409, "board_not_whole").pointers(&[
            ("/content/effects", "required"),
            ("/content/investors", "required"),
            ("/content/collectors", "required"),
        ]);
        moved(&team, &path, "evaluated").refused(409, "move_not_allowed");
        assert!(team.reader().get(format!("{path}/versions")).expect(200).items().is_empty());
    });
}

#[test]
fn a_move_is_made_once_and_of_the_board_that_was_read() {
    both(|api| {
        let team = api.team();
        let path = team.arena(json!({}));
        let moves = format!("{path}/transitions");
        let stale = Request::new("POST", &moves).if_match(9).json(&json!({"to": "agreed"}));
        team.facilitator().send(stale).refused(412, "version_mismatch");
        let body = json!({"id": new_id(), "to": "agreed"});
        let once = team.facilitator().post(&moves, body.clone()).expect(200);
        assert_eq!(team.facilitator().post(&moves, body.clone()).expect(200).body, once.body);
        assert_eq!(team.reader().get(format!("{path}/versions")).expect(200).items().len(), 1);
        let other = json!({"id": body["id"], "to": "evaluated"});
        team.facilitator().post(&moves, other).refused(409, "id_reused");
    });
}

#[test]
fn what_is_withdrawn_takes_no_changes_any_more() {
    both(|api| {
        let team = api.team();
        let path = team.arena(json!({}));
        let moves = format!("{path}/transitions");
        let gone = json!({"to": "withdrawn", "reason": "Dubbel."});
        team.expert().post(&moves, gone.clone()).refused(403, "forbidden");
        team.practitioner().post(&moves, gone).expect(200);
        team.practitioner().patch(&path, 2, json!({"title": "Thee"})).refused(409, "withdrawn");
        team.practitioner().post(format!("{path}/views"), view()).refused(409, "withdrawn");
        moved(&team, &path, "draft").refused(409, "move_not_allowed");
    });
}
