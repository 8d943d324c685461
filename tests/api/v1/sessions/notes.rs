//! Notes of a session: for the network, or for those present.

use serde_json::json;

use crate::support::team::{new_id, note, with};
use crate::support::{Part, both};

fn path(note: &str) -> String {
    format!("/v1/session-notes/{note}")
}

#[test]
fn a_note_says_who_sees_it() {
    both(|api| {
        let team = api.team();
        let session = team.held(json!({}), &[Part::Practitioner, Part::Reader]);
        team.practitioner()
            .post(session.path("notes"), json!({"text": "Voor wie?"}))
            .errors(&[("/visibility", "required")]);
        let (open, kept) =
            (session.note(Part::Expert, "network"), session.note(Part::Practitioner, "present"));
        assert_eq!(team.reader().get(session.path("notes")).expect(200).ids(), [kept.clone(), open.clone()]);
        assert_eq!(
            team.coordinator().get(session.path("notes")).expect(200).ids(),
            std::slice::from_ref(&open)
        );
        team.reader().get(path(&kept)).expect(200);
        team.coordinator().get(path(&kept)).refused(404, "not_found");
        // Who was not there cannot speak among those who were.
        team.expert().post(session.path("notes"), note("present")).refused(409, "not_present");
        team.expert().patch(path(&open), 1, json!({"visibility": "present"})).refused(409, "not_present");
    });
}

#[test]
fn its_author_changes_and_withdraws_a_note() {
    both(|api| {
        let team = api.team();
        let session = team.held(json!({}), &[Part::Practitioner, Part::Expert]);
        let kept = session.note(Part::Practitioner, "present");
        team.expert().patch(path(&kept), 1, json!({"text": "Anders."})).refused(403, "forbidden");
        let author = team.practitioner();
        author.patch(path(&kept), 1, json!({"text": "Preciezer."})).expect(200);
        team.coordinator().get(path(&kept)).refused(404, "not_found");
        author.patch(path(&kept), 2, json!({"visibility": "network"})).expect(200);
        assert_eq!(team.coordinator().get(path(&kept)).expect(200)["text"], "Preciezer.");
        author.patch(path(&kept), 3, json!({"visibility": "present"})).expect(200);
        team.coordinator().get(path(&kept)).refused(404, "not_found");
        let withdrawal = json!({"to": "withdrawn", "reason": "Is besproken."});
        team.coordinator()
            .post(format!("{}/transitions", path(&kept)), withdrawal.clone())
            .refused(404, "not_found");
        author.post(format!("{}/transitions", path(&kept)), withdrawal).expect(200);
        author.patch(path(&kept), 5, json!({"text": "Toch."})).refused(409, "withdrawn");
        let withdrawn = session.path("notes?state=withdrawn");
        assert_eq!(team.expert().get(&withdrawn).expect(200).ids(), std::slice::from_ref(&kept));
        assert!(team.coordinator().get(&withdrawn).expect(200).items().is_empty());
    });
}

#[test]
fn who_is_taken_off_the_list_loses_sight_and_the_author_keeps_it() {
    both(|api| {
        let team = api.team();
        let session = team.held(json!({}), &[Part::Practitioner, Part::Expert, Part::Reader]);
        let kept = session.note(Part::Practitioner, "present");
        team.reader().get(path(&kept)).expect(200);
        session.correct(&[Part::Practitioner, Part::Expert]);
        team.reader().get(path(&kept)).refused(404, "not_found");
        assert!(team.reader().get(session.path("notes")).expect(200).items().is_empty());
        session.correct(&[Part::Expert]);
        team.practitioner().patch(path(&kept), 1, json!({"text": "Ik was er wel."})).expect(200);
        assert_eq!(
            team.practitioner().get(session.path("notes")).expect(200).ids(),
            std::slice::from_ref(&kept)
        );
        assert_eq!(team.expert().get(path(&kept)).expect(200)["text"], "Ik was er wel.");
        team.practitioner().post(session.path("notes"), note("present")).refused(409, "not_present");
        // Who was taken off by mistake finds it again.
        session.correct(&[Part::Practitioner, Part::Expert, Part::Reader]);
        team.reader().get(path(&kept)).expect(200);
    });
}

#[test]
fn who_is_put_on_the_list_later_does_not_see_what_was_said_before() {
    both(|api| {
        let team = api.team();
        let session = team.held(json!({}), &[Part::Practitioner, Part::Expert]);
        let before = session.note(Part::Practitioner, "present");
        // A coordinator who was absent adds themselves.
        session.correct(&[Part::Practitioner, Part::Expert, Part::Coordinator]);
        team.coordinator().get(path(&before)).refused(404, "not_found");
        assert!(team.coordinator().get(session.path("notes")).expect(200).items().is_empty());
        let after = session.note(Part::Expert, "present");
        assert_eq!(team.coordinator().get(session.path("notes")).expect(200).ids(), [after]);
        // A word put right shows it to nobody more; its author may.
        team.practitioner().patch(path(&before), 1, json!({"text": "Preciezer."})).expect(200);
        team.coordinator().get(path(&before)).refused(404, "not_found");
        team.practitioner().patch(path(&before), 2, json!({"visibility": "present"})).expect(200);
        team.coordinator().get(path(&before)).expect(200);
    });
}

#[test]
fn who_leaves_the_network_sees_its_notes_no_more() {
    both(|api| {
        let team = api.team();
        let colleague = team.join(Part::Colleague, "practitioner");
        let session = team.held(json!({}), &[Part::Colleague, Part::Practitioner]);
        let kept = session.note(Part::Practitioner, "present");
        api.client(Part::Colleague).get(path(&kept)).expect(200);
        api.founder().delete(format!("/v1/members/{}", colleague.id()), colleague.version()).expect(204);
        api.client(Part::Colleague).get(path(&kept)).refused(404, "not_found");
    });
}

#[test]
fn a_kept_note_is_sent_twice_by_its_author_alone() {
    both(|api| {
        let team = api.team();
        let session = team.held(json!({}), &[Part::Practitioner, Part::Expert]);
        let body = with(note("present"), json!({"id": new_id()}));
        let made = team.practitioner().post(session.path("notes"), body.clone()).expect(201);
        assert_eq!(team.practitioner().post(session.path("notes"), body.clone()).expect(200).body, made.body);
        for other in [team.coordinator(), team.expert()] {
            let refused = other.post(session.path("notes"), body.clone()).refused(409, "id_taken");
            assert!(refused["storedVersion"].is_null() && !refused.text.contains("haar team"));
        }
    });
}
