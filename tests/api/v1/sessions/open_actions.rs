//! Open actions, and their reviews one by one.

use serde_json::{Value, json};

use crate::support::team::{Cycle, Team, ago, review, session, with};
use crate::support::{Answer, Client, Part, both};

/// What the cycle's report lists as open actions.
fn open_in_report(cycle: &Cycle) -> Vec<Value> {
    let report = cycle.report();
    let items = report["openItems"].as_array().expect("open items");
    let mut ids: Vec<Value> =
        items.iter().filter(|item| item["type"] == "action").map(|item| item["id"].clone()).collect();
    ids.sort_by_key(Value::to_string);
    ids
}

fn listed(client: &Client, session: &str) -> Answer {
    client.get(format!("/v1/sessions/{session}/open-actions")).expect(200)
}

fn ids(answer: &Answer) -> Vec<Value> {
    let mut ids: Vec<Value> = answer.items().iter().map(|item| item["actionId"].clone()).collect();
    ids.sort_by_key(Value::to_string);
    ids
}

fn plan(team: &Team, members: Value) -> String {
    team.facilitator().post(team.path("sessions"), with(session(), members)).expect(201).id()
}

#[test]
fn what_is_open_is_what_the_report_lists() {
    both(|api| {
        let team = api.team();
        let first = team.cycle();
        let thought = first.reflect(&[&first.observe(json!({}))], json!({}));
        let act = || first.act(&[&thought], json!({"dueOn": "2026-04-01"}));
        let (evaluated, dropped, withdrawn, taken_back, carried) = (act(), act(), act(), act(), act());
        first.evaluate(&evaluated, json!({}));
        let judged = first.evaluate(&taken_back, json!({}));
        first.withdraw("evaluations", &judged);
        first.withdraw("actions", &withdrawn);
        let body = json!({"to": "dropped", "reason": "Niemand had tijd."});
        team.practitioner().post(format!("/v1/actions/{dropped}/transitions"), body).expect(200);
        let (of_first, of_all) = (plan(&team, json!({"cycleId": first.id})), plan(&team, json!({})));
        let reader = team.reader();
        let mut open = vec![json!(taken_back), json!(carried)];
        open.sort_by_key(Value::to_string);
        assert_eq!(ids(&listed(&reader, &of_first)), open);
        assert_eq!(open_in_report(&first), open);
        assert_eq!(ids(&listed(&reader, &of_all)), open);

        // What the next cycle takes along is open there, and nowhere else.
        first.close();
        let next = team.cycle_with(json!({"previousCycleId": first.id}));
        let thought = next.reflect(&[&next.observe(json!({}))], json!({}));
        // One that happened before what was carried here, and one after it.
        next.act(&[&thought], json!({"happenedAt": ago(3_600)}));
        next.act(&[&thought], json!({}));
        let of_next = plan(&team, json!({"cycleId": next.id}));
        assert!(listed(&reader, &of_first).items().is_empty() && open_in_report(&first).is_empty());
        let all = ids(&listed(&reader, &of_next));
        assert_eq!((all.len(), &all), (4, &open_in_report(&next)));
        assert_eq!(ids(&listed(&reader, &of_all)), all);
        // In pages, too.
        let page = reader.get(format!("/v1/sessions/{of_all}/open-actions?limit=2")).expect(200);
        let rest =
            format!("/v1/sessions/{of_all}/open-actions?limit=2&cursor={}", page.text_of("nextCursor"));
        assert_eq!((page.items().len(), reader.get(rest).expect(200).items().len()), (2, 2));
        let paged = |session: &str| {
            let (mut ids, mut query) = (Vec::new(), "limit=1".to_owned());
            loop {
                let page = reader.get(format!("/v1/sessions/{session}/open-actions?{query}")).expect(200);
                ids.push(page.items()[0]["actionId"].clone());
                match page["nextCursor"].as_str() {
                    Some(cursor) => query = format!("limit=1&cursor={cursor}"),
                    None => return ids,
                }
            }
        };
        let in_order = |answer: &Answer| -> Vec<Value> {
            answer.items().iter().map(|item| item["actionId"].clone()).collect()
        };
        assert_eq!(paged(&of_next), in_order(&listed(&reader, &of_next)));
        // An evaluation closes it, in whichever cycle it is.
        first.evaluate(&carried, json!({}));
        assert_eq!(ids(&listed(&reader, &of_next)), open_in_report(&next));
        assert_eq!(ids(&listed(&reader, &of_all)).len(), 3);
    });
}

#[test]
fn actions_are_reviewed_one_by_one_and_do_not_move_by_it() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let (one, other) = (cycle.act(&[&thought], json!({})), cycle.act(&[&thought], json!({})));
        let session = team.held(json!({"cycleId": cycle.id}), &[Part::Practitioner]);
        let path = session.path("action-reviews");
        let practitioner = team.practitioner();
        let done = with(review(&one), json!({"decision": "done"}));
        let made = practitioner.post(&path, done).expect(201);
        assert_eq!((&made["decision"], &made["actionId"]), (&json!("done"), &json!(one)));
        let refused = practitioner.post(&path, review(&one)).refused(409, "already_reviewed");
        assert_eq!(refused["reviewId"], made["id"]);
        let open = listed(&team.reader(), &session.id);
        let reviews = |answer: &Answer, action: &str| {
            let item =
                answer.items().iter().find(|item| item["actionId"] == action).expect("it is open").clone();
            (item["reviewId"].clone(), item["action"]["state"].clone())
        };
        assert_eq!(reviews(&open, &one), (made["id"].clone(), json!("planned")), "it has not moved");
        assert_eq!(reviews(&open, &other), (Value::Null, json!("planned")));

        let own = format!("/v1/action-reviews/{}/transitions", made.id());
        let body = json!({"to": "withdrawn", "reason": "Bij de verkeerde actie."});
        practitioner.post(&own, body).expect(200);
        assert_eq!(reviews(&listed(&team.reader(), &session.id), &one).0, Value::Null);
        practitioner.post(&path, review(&one)).expect(201);
        assert_eq!(team.reader().get(&path).expect(200).items().len(), 1);
    });
}

#[test]
fn a_review_is_of_an_action_within_reach_in_a_session_that_was_held() {
    both(|api| {
        let team = api.team();
        let (cycle, elsewhere) = (team.cycle(), team.cycle());
        let act = |cycle: &Cycle| {
            let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
            cycle.act(&[&thought], json!({}))
        };
        let (near, far) = (act(&cycle), act(&elsewhere));
        let planned = plan(&team, json!({"cycleId": cycle.id}));
        let practitioner = team.practitioner();
        practitioner
            .post(format!("/v1/sessions/{planned}/action-reviews"), review(&near))
            .refused(409, "not_held");
        let of_cycle = team.held(json!({"cycleId": cycle.id}), &[Part::Expert]);
        let of_network = team.held(json!({}), &[Part::Expert]);
        practitioner
            .post(of_cycle.path("action-reviews"), review(&far))
            .refused(409, "reference_not_found")
            .pointers(&[("/actionId", "not_found")]);
        practitioner.post(of_network.path("action-reviews"), review(&far)).expect(201);
        // What was settled during the session can be told of after it.
        cycle.evaluate(&near, json!({}));
        practitioner.post(of_cycle.path("action-reviews"), review(&near)).expect(201);
    });
}

#[test]
fn a_guest_sees_that_an_action_came_along_but_not_what_it_is() {
    both(|api| {
        let team = api.team();
        let first = team.cycle();
        let thought = first.reflect(&[&first.observe(json!({}))], json!({}));
        let carried = first.act(&[&thought], json!({"description": "Bij de Visserstraat aanbellen."}));
        first.close();
        let next = team.cycle_with(json!({"previousCycleId": first.id}));
        let guest = json!({"personId": api.person(Part::GuestPractitioner).id, "role": "practitioner"});
        api.founder().post(next.path("participants"), guest).expect(201);
        let session = plan(&team, json!({"cycleId": next.id}));
        let (guest, reader) = (api.client(Part::GuestPractitioner), team.reader());
        guest.get(format!("/v1/actions/{carried}")).refused(404, "not_found");
        let shown = listed(&guest, &session);
        assert_eq!(
            (&shown.items()[0]["actionId"], &shown.items()[0]["action"]),
            (&json!(carried), &Value::Null)
        );
        assert!(!shown.text.contains("Visserstraat"));
        assert!(listed(&reader, &session).text.contains("Visserstraat"));
    });
}
