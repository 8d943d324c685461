//! A perception is read by the network, and taken back by who told it.

use serde_json::json;

use crate::support::team::new_id;
use crate::support::{Part, both};

#[test]
fn a_perception_is_taken_back_with_a_reason() {
    both(|api| {
        let team = api.team();
        team.join(Part::Colleague, "practitioner");
        let square = team.square(json!({}));
        let path = format!("/v1/perceptions/{}", square.perceived(Part::Expert, json!({})));
        let told = team.reader().get(&path).expect(200);
        assert_eq!((&told["state"], told.version()), (&json!("current"), 1));
        team.outsider().get(&path).refused(404, "not_found");

        let transitions = format!("{path}/transitions");
        let withdrawal = json!({"id": new_id(), "to": "withdrawn", "reason": "Bij de verkeerde gezet."});
        api.client(Part::Colleague).post(&transitions, withdrawal.clone()).refused(403, "forbidden");
        let gone = team.expert().post(&transitions, withdrawal.clone()).expect(200);
        assert_eq!(gone["stateReason"], "Bij de verkeerde gezet.");
        assert_eq!(team.expert().post(&transitions, withdrawal).expect(200).body, gone.body, "sent again");
        let again = json!({"to": "withdrawn", "reason": "Nog eens."});
        team.coordinator().post(&transitions, again).refused(409, "move_not_allowed");
        assert!(team.reader().get(square.path("perceptions")).expect(200).items().is_empty());
        let withdrawn = team.reader().get(square.path("perceptions?state=withdrawn")).expect(200);
        assert_eq!(withdrawn.ids(), [gone.id()]);
    });
}
