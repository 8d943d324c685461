//! Questions put in a session.

use serde_json::{Value, json};

use crate::support::team::{put_question, with};
use crate::support::{Part, both};

#[test]
fn a_question_has_a_kind_and_may_say_who_put_it() {
    both(|api| {
        let team = api.team();
        let session = team.held(json!({}), &[Part::Expert, Part::Facilitator]);
        let path = session.path("questions");
        let practitioner = team.practitioner();
        for kind in ["closed", "objective", "relative", "open"] {
            practitioner.post(&path, with(put_question(), json!({"kind": kind}))).expect(201);
        }
        practitioner
            .post(&path, json!({"kind": "leading"}))
            .errors(&[("/kind", "not_in_enum"), ("/text", "required")]);
        let expert = &api.person(Part::Expert).id;
        let named = practitioner.post(&path, with(put_question(), json!({"askedById": expert}))).expect(201);
        assert_eq!((&named["askedById"], &named["kind"]), (&json!(expert), &json!("open")));
        // Somebody who was not there put no question.
        let absent = with(put_question(), json!({"askedById": api.person(Part::Reader).id}));
        practitioner
            .post(&path, absent)
            .refused(409, "reference_not_found")
            .pointers(&[("/askedById", "not_found")]);
        let open = team.reader().get(format!("{path}?kind=open")).expect(200);
        assert_eq!(open.ids().len(), 2);
        assert_eq!(open.items()[1]["askedById"], Value::Null, "and need not be named");
    });
}

#[test]
fn a_withdrawn_question_leaves_the_list() {
    both(|api| {
        let team = api.team();
        let session = team.held(json!({}), &[Part::Practitioner]);
        let path = session.path("questions");
        let id = team.practitioner().post(&path, put_question()).expect(201).id();
        let own = format!("/v1/session-questions/{id}/transitions");
        let body = json!({"to": "withdrawn", "reason": "Zo is het niet gevraagd."});
        let withdrawn = team.practitioner().post(&own, body.clone()).expect(200);
        assert_eq!((&withdrawn["state"], withdrawn.version()), (&json!("withdrawn"), 2));
        team.practitioner().post(&own, body).refused(409, "move_not_allowed");
        assert!(team.reader().get(&path).expect(200).items().is_empty());
        assert_eq!(team.reader().get(format!("{path}?state=withdrawn")).expect(200).ids(), [id]);
    });
}
