//! Networks nest, but neither endlessly, nor in circles, nor does access go down along them.

use serde_json::json;

use crate::support::{Part, Request, both};

#[test]
fn access_is_not_inherited_along_nesting() {
    both(|api| {
        let team = api.team();
        let child = json!({"name": "Straat", "kind": "group", "parentId": team.id});
        let child = team.coordinator().post("/v1/networks", child).expect(201);
        assert_eq!(child["parentId"], team.id.as_str());
        let path = format!("/v1/networks/{}", child.id());
        team.coordinator().get(&path).expect(200);
        team.facilitator().get(&path).refused(404, "not_found");
    });
}

#[test]
fn it_moves_with_what_lies_below_it_but_never_below_itself() {
    both(|api| {
        let (upper, lower) = (api.team(), api.team());
        let moves = lower.path("moves");
        let moved = lower.coordinator().post(&moves, json!({"parentId": upper.id})).expect(200);
        assert_eq!((&moved["parentId"], moved.version()), (&json!(upper.id), 2));
        lower.coordinator().post(&moves, json!({"parentId": upper.id})).refused(409, "move_not_allowed");
        let leaf = json!({"name": "Straat", "kind": "group", "parentId": lower.id});
        let leaf = lower.coordinator().post("/v1/networks", leaf).expect(201).id();
        for below in [&upper.id, &lower.id, &leaf] {
            upper
                .coordinator()
                .post(upper.path("moves"), json!({"parentId": below}))
                .refused(409, "network_cycle");
        }
        // Only an administrator has to do with the top.
        lower.coordinator().post(&moves, json!({"parentId": null})).refused(403, "forbidden");
        api.founder().post(&moves, json!({"parentId": null})).expect(200);
        let stale = Request::new("POST", moves.as_str()).json(&json!({"parentId": upper.id})).if_match(2);
        lower.coordinator().send(stale).refused(412, "version_mismatch");
    });
}

#[test]
fn who_moves_it_coordinates_both_ends() {
    both(|api| {
        let (upper, lower) = (api.team(), api.team());
        let under = json!({"parentId": upper.id});
        lower.facilitator().post(lower.path("moves"), under.clone()).refused(403, "forbidden");
        // Coordinates the one and sees nothing of the other, or reads there.
        let own = api.client(Part::Colleague);
        lower.join(Part::Colleague, "coordinator");
        own.post(lower.path("moves"), under.clone())
            .refused(409, "reference_not_found")
            .pointers(&[("/parentId", "not_found")]);
        upper.join(Part::Colleague, "reader");
        own.post(lower.path("moves"), under.clone()).refused(403, "forbidden");
        own.post(upper.path("moves"), json!({"parentId": lower.id})).refused(403, "forbidden");
        let archived = json!({"to": "archived", "reason": "Klaar."});
        upper.coordinator().post(upper.path("transitions"), archived).expect(200);
        lower.coordinator().post(lower.path("moves"), under).refused(409, "network_archived");
        lower.coordinator().get(format!("/v1/networks/{}", lower.id)).expect(200);
    });
}

#[test]
fn moves_at_the_same_moment_close_no_circle() {
    both(|api| {
        // Two pairs, each a network above another; then each upper one moves below the other pair's lower one.
        let teams = [api.team(), api.team(), api.team(), api.team()];
        let coordinator = teams[0].coordinator();
        let go = |from: usize, to: usize| {
            coordinator.post(teams[from].path("moves"), json!({"parentId": teams[to].id})).status
        };
        assert_eq!((go(1, 0), go(3, 2)), (200, 200));
        let statuses = std::thread::scope(|scope| {
            let racers = [scope.spawn(|| go(0, 3)), scope.spawn(|| go(2, 1))];
            let mut statuses = racers.map(|racer| racer.join().expect("no panic"));
            statuses.sort();
            statuses
        });
        assert_eq!(statuses, [200, 409], "one of them came second");
    });
}

#[test]
fn it_nests_deep_but_not_endlessly() {
    both(|api| {
        let mut parent =
            api.founder().post("/v1/networks", json!({"name": "1", "kind": "community"})).expect(201).id();
        for level in 2..=64 {
            let body = json!({"name": level.to_string(), "kind": "group", "parentId": parent});
            parent = api.founder().post("/v1/networks", body).expect(201).id();
        }
        let deeper = json!({"name": "65", "kind": "group", "parentId": parent});
        api.founder().post("/v1/networks", deeper).refused(409, "network_too_deep");
        let elsewhere = json!({"name": "Elders", "kind": "group"});
        let elsewhere = api.founder().post("/v1/networks", elsewhere).expect(201).id();
        let moves = format!("/v1/networks/{elsewhere}/moves");
        api.founder().post(moves, json!({"parentId": parent})).refused(409, "network_too_deep");
    });
}

#[test]
fn what_lies_below_it_counts_when_it_moves() {
    both(|api| {
        let chain = |length: usize| -> (String, String) {
            let founder = api.founder();
            let top = founder.post("/v1/networks", json!({"name": "1", "kind": "group"})).expect(201).id();
            let mut last = top.clone();
            for level in 2..=length {
                let body = json!({"name": level.to_string(), "kind": "group", "parentId": last});
                last = founder.post("/v1/networks", body).expect(201).id();
            }
            (top, last)
        };
        let ((_, leaf), (top, _), (shorter, _)) = (chain(34), chain(31), chain(30));
        let go = |id: &str| api.founder().post(format!("/v1/networks/{id}/moves"), json!({"parentId": leaf}));
        go(&top).refused(409, "network_too_deep");
        go(&shorter).expect(200);
    });
}

#[test]
fn its_maker_is_its_first_coordinator() {
    both(|api| {
        let made = api
            .founder()
            .post("/v1/networks", json!({"name": "Nieuw", "kind": "citizens_initiative"}))
            .expect(201);
        let members = api.founder().get(format!("/v1/networks/{}/members", made.id())).expect(200);
        assert_eq!(members.items().len(), 1);
        assert_eq!(members.items()[0]["role"], "coordinator");
        let me = api.founder().get("/v1/me").expect(200);
        let entry = me["networks"]
            .as_array()
            .expect("networks")
            .iter()
            .find(|entry| entry["networkId"] == made["id"])
            .cloned();
        assert_eq!(entry.expect("it is among mine")["role"], "coordinator");
    });
}
