//! Whom an insight reaches: one at a time and in every list alike.

use serde_json::json;

use crate::support::people::Person;
use crate::support::team::Team;
use crate::support::{Api, Client, both};

/// A network below another one, coordinated by the founder.
fn below<'a>(api: &'a Api, parent: &str) -> Team<'a> {
    let team = api.team();
    let body = json!({"parentId": parent});
    api.founder().post(team.path("moves"), body).expect(200);
    team
}

/// Somebody who is a member of this network and no other one of the test.
fn only_in(api: &Api, team: &Team) -> Client {
    let person: Person = api.newcomer("reached");
    let member = json!({"personId": person.id, "role": "reader"});
    api.founder().post(team.path("members"), member).expect(201);
    api.signed_in(&person)
}

/// Whether the insight is shown on its own and in the list; they must say the same.
#[track_caller]
fn reaches(client: &Client, network: &str, insight: &str) -> bool {
    let shown = client.get(format!("/v1/insights/{insight}")).status == 200;
    let list = client.get(format!("/v1/insights?networkId={network}")).expect(200);
    assert_eq!(list.ids().contains(&insight.to_owned()), shown, "in the list");
    shown
}

#[test]
fn lineage_is_all_above_and_all_below_and_nobody_beside() {
    both(|api| {
        let top = api.team();
        let middle = below(api, &top.id);
        let (origin, beside) = (below(api, &middle.id), below(api, &middle.id));
        let child = below(api, &origin.id);
        let grandchild = below(api, &child.id);
        let cycle = origin.cycle();
        let [network, lineage, commons] = ["network", "lineage", "commons"].map(|to| cycle.share(to));
        let reached = |client: &Client| {
            [&network, &lineage, &commons].map(|insight| reaches(client, &origin.id, insight))
        };
        assert_eq!(reached(&only_in(api, &origin)), [true, true, true]);
        for kin in [&top, &middle, &child, &grandchild] {
            assert_eq!(reached(&only_in(api, kin)), [false, true, true]);
        }
        assert_eq!(reached(&only_in(api, &beside)), [false, false, true]);
        assert_eq!(reached(&origin.outsider()), [false, false, true]);
        api.anonymous().get(format!("/v1/insights/{commons}")).refused(401, "unauthenticated");

        // As the networks lie now, not as they lay when it was shared.
        let reader = only_in(api, &grandchild);
        let body = json!({"parentId": beside.id});
        api.founder().post(child.path("moves"), body).expect(200);
        assert_eq!(reached(&reader), [false, false, true]);
    });
}

#[test]
fn what_is_withdrawn_is_left_to_its_own_network() {
    both(|api| {
        let top = api.team();
        let origin = below(api, &top.id);
        let id = origin.cycle().share("commons");
        let (above, outsider) = (only_in(api, &top), origin.outsider());
        assert!(reaches(&above, &origin.id, &id) && reaches(&outsider, &origin.id, &id));
        let body = json!({"to": "withdrawn", "reason": "Bleek niet te kloppen."});
        origin.coordinator().post(format!("/v1/insights/{id}/transitions"), body).expect(200);
        assert!(!reaches(&above, &origin.id, &id) && !reaches(&outsider, &origin.id, &id));
        let member = only_in(api, &origin);
        assert_eq!(member.get(format!("/v1/insights/{id}")).expect(200)["state"], "withdrawn");
        assert!(member.get(origin.path("insights")).expect(200).items().is_empty());
        assert_eq!(member.get(origin.path("insights?state=withdrawn")).expect(200).ids(), [id]);
    });
}

#[test]
fn who_left_is_reached_no_more() {
    both(|api| {
        let top = api.team();
        let origin = below(api, &top.id);
        let id = origin.cycle().share("lineage");
        let person = api.newcomer("leaver");
        let member = json!({"personId": person.id, "role": "reader"});
        let member = api.founder().post(top.path("members"), member).expect(201);
        let client = api.signed_in(&person);
        assert!(reaches(&client, &origin.id, &id));
        api.founder().delete(format!("/v1/members/{}", member.id()), 1).expect(204);
        assert!(!reaches(&client, &origin.id, &id));
    });
}

#[test]
fn the_lists_are_narrowed_and_turned_page_by_page() {
    both(|api| {
        let team = api.team();
        let (cycle, other) = (team.cycle(), team.cycle());
        let theme = api.founder().post("/v1/themes", json!({"title": api.unique("Buurt")})).expect(201).id();
        let mut made: Vec<String> = (0..3).map(|_| cycle.share("network")).collect();
        let thought = other.reflect(&[&other.observe(json!({}))], json!({}));
        let on_theme = other.draft(&[&thought], json!({"themeIds": [theme]}));
        let body = json!({"to": "shared", "audience": "network"});
        team.practitioner().post(format!("/v1/insights/{on_theme}/transitions"), body.clone()).expect(200);
        let wide = json!({"to": "shared", "audience": "commons"});
        team.coordinator().post(format!("/v1/insights/{on_theme}/transitions"), wide).expect(200);
        made.push(on_theme.clone());
        made.reverse();

        let reader = team.reader();
        for list in [team.path("insights?"), format!("/v1/insights?networkId={}&", team.id)] {
            let first = reader.get(format!("{list}limit=3")).expect(200);
            assert_eq!(first.ids(), made[..3]);
            let cursor = first.text_of("nextCursor");
            assert_eq!(reader.get(format!("{list}limit=3&cursor={cursor}")).expect(200).ids(), made[3..]);
            assert_eq!(
                reader.get(format!("{list}themeId={theme}")).expect(200).ids(),
                std::slice::from_ref(&on_theme)
            );
        }
        let in_cycle = reader.get(team.path(&format!("insights?cycleId={}", cycle.id))).expect(200);
        assert_eq!(in_cycle.ids(), made[1..]);
        let wide = reader.get(format!("/v1/insights?networkId={}&audience=commons", team.id)).expect(200);
        assert_eq!(wide.ids(), [on_theme]);
        reader
            .get("/v1/insights?audience=all&state=draft")
            .errors(&[("/audience", "not_in_enum"), ("/state", "unknown_member")]);
    });
}
