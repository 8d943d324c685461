//! What an insight was drawn from: for the members of its network, and nobody they shared it with.

use serde_json::json;

use crate::support::{Part, both};

#[test]
fn members_of_its_network_see_what_it_was_drawn_from_and_by_whom() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let judged = cycle.evaluate(&cycle.act(&[&thought], json!({})), json!({}));
        let id = cycle.draft(&[&thought], json!({"evaluationIds": [judged]}));
        let path = format!("/v1/insights/{id}/sources");
        let told = json!({
            "insightId": id, "reflectionIds": [thought], "evaluationIds": [judged],
            "createdBy": api.person(Part::Practitioner).id,
        });
        assert_eq!(team.practitioner().get(&path).expect(200).body, told);
        team.coordinator().get(&path).refused(404, "not_found");
        let moves = format!("/v1/insights/{id}/transitions");
        team.practitioner().post(&moves, json!({"to": "shared", "audience": "network"})).expect(200);
        team.coordinator().post(&moves, json!({"to": "shared", "audience": "commons"})).expect(200);
        assert_eq!(team.reader().get(&path).expect(200).body, told);
        team.outsider().get(&path).refused(403, "forbidden");
    });
}
