//! Requests in the coordinators' list: by when they are due, and how they are decided.

use serde_json::{Value, json};

use crate::support::stored::{changes_of, set_day};
use crate::support::team::{Team, ago, new_id};
use crate::support::{Answer, Part, both};

const DAY: i64 = 86_400;

fn decide(team: &Team<'_>, request: &str, body: Value) -> Answer {
    team.coordinator().post(format!("/v1/data-subject-requests/{request}/transitions"), body)
}

fn listed(team: &Team<'_>, query: &str) -> Vec<String> {
    team.coordinator().get(team.path(&format!("data-subject-requests{query}"))).expect(200).ids()
}

#[test]
fn what_is_open_and_what_is_overdue_is_told() {
    both(|api| {
        let team = api.team();
        let own = team.pseudonym();
        let late = team.requested(&own, json!({"kind": "object"})).id();
        let open = team.requested(&own, json!({})).id();
        let decided = team.requested(&team.pseudonym(), json!({"kind": "withdraw"})).id();
        decide(&team, &decided, json!({"to": "granted"})).expect(200);
        set_day(api, "data_subject_requests", "due_on", &ago(3 * DAY)[..10], &late);
        assert_eq!(listed(&team, ""), [decided.clone(), open.clone(), late.clone()]);
        assert_eq!(listed(&team, "?open=true"), [open.clone(), late.clone()]);
        assert_eq!(listed(&team, "?open=false"), std::slice::from_ref(&decided));
        assert_eq!(listed(&team, "?overdue=true"), std::slice::from_ref(&late));
        assert_eq!(listed(&team, "?overdue=false"), [decided.clone(), open.clone()]);
        assert_eq!(listed(&team, "?kind=object"), std::slice::from_ref(&late));
        assert_eq!(listed(&team, "?state=granted"), std::slice::from_ref(&decided));
        assert_eq!(listed(&team, &format!("?pseudonymId={own}")), [open, late.clone()]);
        let items = team.coordinator().get(team.path("data-subject-requests")).expect(200).items().clone();
        let of = |id: &str| items.iter().find(|item| item["id"] == id).expect("it is listed");
        assert!(
            of(&late)["overdue"] == true
                && of(&late)["daysLeft"].as_i64().is_some_and(|days| (-4..=-3).contains(&days))
        );
        assert_eq!((&of(&decided)["overdue"], &of(&decided)["daysLeft"]), (&json!(false), &Value::Null));
    });
}

#[test]
fn a_decision_stands_and_says_who_and_why() {
    both(|api| {
        let team = api.team();
        let asked = team.requested(&team.pseudonym(), json!({"kind": "object"}));
        let path = format!("/v1/data-subject-requests/{}", asked.id());
        decide(&team, &asked.id(), json!({"to": "refused"})).errors(&[("/reason", "required")]);
        let named = json!({"to": "refused", "reason": "Nee.", "recordIds": [new_id()]});
        decide(&team, &asked.id(), named).errors(&[("/recordIds", "inconsistent")]);
        let body = json!({"id": new_id(), "to": "refused", "reason": "De wet vraagt dat wij dit bewaren."});
        let decided = decide(&team, &asked.id(), body.clone()).expect(200);
        assert_eq!((&decided["state"], &decided["stateReason"]), (&json!("refused"), &body["reason"]));
        assert_eq!(decided["decidedBy"], api.person(Part::Coordinator).id.as_str());
        assert!(decided["decidedAt"].is_string() && decided.version() == 2);
        assert_eq!(decide(&team, &asked.id(), body).expect(200).body, decided.body, "sent again");
        let refused = decide(&team, &asked.id(), json!({"to": "granted"})).refused(409, "move_not_allowed");
        assert_eq!(refused["possible"], json!([]));
        assert_eq!(team.coordinator().get(&path).expect(200).body, decided.body);
        let kinds: Vec<String> = changes_of(api, &team.id).into_iter().map(|change| change.kind).collect();
        assert!(
            kinds.ends_with(&["data_subject_request.created".into(), "data_subject_request.refused".into()]),
            "{kinds:?}"
        );
        // Coordinators follow it, members do not hear of it.
        let hears = |part: Part| {
            let changes = api.client(part).get(format!("/v1/changes?networkId={}", team.id)).expect(200);
            changes.text.contains(&asked.id())
        };
        assert!(hears(Part::Coordinator) && !hears(Part::Practitioner) && !hears(Part::Reader));
    });
}

#[test]
fn it_can_take_two_months_longer_where_that_is_said_in_time() {
    both(|api| {
        let team = api.team();
        let received = json!({"kind": "object", "receivedOn": &ago(DAY)[..10]});
        let asked = team.requested(&team.pseudonym(), received);
        decide(&team, &asked.id(), json!({"to": "extended"})).errors(&[("/reason", "required")]);
        let longer = json!({"to": "extended", "reason": "De stukken liggen bij drie teams."});
        let extended = decide(&team, &asked.id(), longer.clone()).expect(200);
        assert_eq!(
            (&extended["state"], &extended["extensionReason"]),
            (&json!("extended"), &longer["reason"])
        );
        assert!(extended.text_of("dueOn") > asked.text_of("dueOn"));
        assert_eq!((&extended["decidedAt"], &extended["decidedBy"]), (&Value::Null, &Value::Null));
        decide(&team, &asked.id(), longer.clone()).refused(409, "move_not_allowed");
        assert_eq!(listed(&team, "?open=true"), [asked.id()]);
        decide(&team, &asked.id(), json!({"to": "granted"})).expect(200);

        let late =
            team.requested(&team.pseudonym(), json!({"kind": "object", "receivedOn": &ago(40 * DAY)[..10]}));
        decide(&team, &late.id(), longer).refused(409, "extension_too_late");
        assert_eq!(listed(&team, "?overdue=true"), [late.id()]);
    });
}
