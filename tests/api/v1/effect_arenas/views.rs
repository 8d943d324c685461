//! How people see an arena differently.

use serde_json::json;

use crate::support::team::{new_id, view, with, without};
use crate::support::{Part, both};

#[test]
fn a_view_stands_beside_what_others_agree_on() {
    both(|api| {
        let team = api.team();
        let path = team.arena(json!({}));
        let views = format!("{path}/views");
        let held = json!({"heldById": api.person(Part::Expert).id});
        let said = team.facilitator().post(&views, with(view(), held)).expect(201);
        assert_eq!((&said["partKey"], &said["kind"]), (&json!("contact"), &json!("dissent")));
        assert_eq!(said["heldById"], json!(api.person(Part::Expert).id));
        team.facilitator().post(format!("{path}/transitions"), json!({"to": "agreed"})).expect(200);
        let whole = with(without(view(), "partKey"), json!({"kind": "reading"}));
        let late = team.expert().post(&views, whole).expect(201);
        assert_eq!(team.reader().get(&views).expect(200).ids(), [late.id(), said.id()]);

        let unknown = json!({"partKey": "thee", "heldById": new_id()});
        team.expert()
            .post(&views, with(view(), unknown))
            .refused(409, "reference_not_found")
            .pointers(&[("/partKey", "not_found"), ("/heldById", "not_found")]);
        team.expert()
            .post(&views, json!({"kind": "praise"}))
            .errors(&[("/text", "required"), ("/kind", "not_in_enum")]);
        team.reader().post(&views, view()).refused(403, "forbidden");
        team.outsider().get(&views).refused(404, "not_found");

        let one = format!("/v1/effect-arena-views/{}", said.id());
        assert_eq!(team.reader().get(&one).expect(200).body, said.body);
        let gone = json!({"to": "withdrawn", "reason": "Nu zie ik het ook zo."});
        team.practitioner().post(format!("{one}/transitions"), gone.clone()).refused(403, "forbidden");
        team.facilitator().post(format!("{one}/transitions"), gone).expect(200);
        assert_eq!(team.reader().get(&views).expect(200).ids(), [late.id()]);
        assert_eq!(team.reader().get(format!("{views}?state=withdrawn")).expect(200).ids(), [said.id()]);
    });
}

#[test]
fn a_view_stays_when_its_part_leaves_the_board() {
    both(|api| {
        let team = api.team();
        let path = team.arena(json!({}));
        team.practitioner().post(format!("{path}/views"), view()).expect(201);
        let body = json!({"content": {"effects": [], "collectors": []}});
        team.practitioner().patch(&path, 1, body).expect(200);
        let views = team.reader().get(format!("{path}/views")).expect(200);
        assert_eq!(views.items()[0]["partKey"], "contact");
        assert!(team.reader().get(format!("{path}/picture")).expect(200).text.contains(": contact<"));
    });
}
