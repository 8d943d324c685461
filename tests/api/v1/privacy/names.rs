//! Names that a network looks for: they are personal data themselves.

use serde_json::json;

use super::{found, policy, said, warned};
use crate::support::{Part, both};

#[test]
fn a_name_on_the_list_is_found_in_the_texts_of_its_network_alone() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let body = said("Fatima wil graag koken voor de buurt.");
        let inbox = |team: &crate::support::team::Team<'_>| team.path("observations");
        team.practitioner().post(inbox(&team), body.clone()).expect(201);
        let coordinator = team.coordinator();
        let name = coordinator.post(team.path("guarded-names"), json!({"name": "Fatima"})).expect(201);
        let refused = team.practitioner().post(inbox(&team), body.clone());
        assert_eq!(found(&refused, &body), [("/body".to_owned(), "name".to_owned(), "Fatima")]);
        other.practitioner().post(inbox(&other), body.clone()).expect(201);

        policy(&team, json!({"name": "redact"}));
        let stored = team.practitioner().post(inbox(&team), body.clone()).expect(201);
        assert_eq!(stored["body"], "[naam] wil graag koken voor de buurt.");
        policy(&team, json!({"name": "warn"}));
        warned(&team.practitioner().post(inbox(&team), body.clone()).expect(201));
        coordinator.delete(format!("/v1/guarded-names/{}", name.id()), 1).expect(204);
        let stored = team.practitioner().post(inbox(&team), body).expect(201);
        assert_eq!(stored.body.get("warnings"), None, "absent where there are none");
    });
}

#[test]
fn the_list_is_for_coordinators_and_tells_nobody_else_a_name() {
    both(|api| {
        let team = api.team();
        let list = team.path("guarded-names");
        let name = "Zeldzaam Voorbeeldnaam";
        let made = team.coordinator().post(&list, json!({"name": name})).expect(201);
        let path = format!("/v1/guarded-names/{}", made.id());
        assert_eq!(team.coordinator().get(&path).expect(200)["name"], name);
        assert_eq!(team.coordinator().get(&list).expect(200).items().len(), 1);
        for part in [Part::Facilitator, Part::Practitioner, Part::Reader] {
            api.client(part).get(&list).refused(403, "forbidden");
            api.client(part).get(&path).refused(403, "forbidden");
            let changes = api.client(part).get(format!("/v1/changes?networkId={}", team.id)).expect(200);
            assert!(!changes.text.contains("guarded_name"), "{part:?}: {}", changes.text);
        }
        let changes = team.coordinator().get(format!("/v1/changes?networkId={}", team.id)).expect(200);
        assert!(changes.text.contains("guarded_name.created") && !changes.text.contains("Zeldzaam"));
        let search = format!("/v1/search?q=Voorbeeldnaam&networkId={}", team.id);
        let searched = team.coordinator().get(search);
        assert!(!searched.text.contains("Zeldzaam"), "{}", searched.text);
    });
}
