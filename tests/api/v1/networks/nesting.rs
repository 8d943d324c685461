//! Networks nest, but neither endlessly, nor in circles, nor does access go down along them.

use serde_json::json;

use crate::support::both;

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
fn eight_levels_are_enough() {
    both(|api| {
        let mut parent =
            api.founder().post("/v1/networks", json!({"name": "1", "kind": "community"})).expect(201).id();
        for level in 2..=8 {
            let body = json!({"name": level.to_string(), "kind": "group", "parentId": parent});
            parent = api.founder().post("/v1/networks", body).expect(201).id();
        }
        let ninth = json!({"name": "9", "kind": "group", "parentId": parent});
        api.founder().post("/v1/networks", ninth).refused(409, "network_too_deep");
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
