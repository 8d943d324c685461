//! A cycle as a machine of states: whatever is done in whatever order, what is refused is refused for the reason that the
//! rules give, all else is done, and the change log and the cycle's own transitions tell each step once, in its order.

use proptest::collection::vec;
use proptest::prelude::{Strategy, prop_oneof};
use serde_json::Value;

use super::holds;
use super::model::Model;
use super::steps::{Step, moves, work};
use crate::support::Part;
use crate::support::stored::changes_of;
use crate::support::team::Team;

fn steps() -> impl Strategy<Value = Vec<Step>> {
    vec(prop_oneof![3 => work(), 2 => moves()], 1..50)
}

#[test]
fn a_cycle_goes_as_its_rules_say_whatever_is_done_in_it() {
    holds(20, &steps(), |team, steps| went(team, &steps));
}

fn went(team: &Team<'_>, steps: &[Step]) {
    let coordinator = team.coordinator();
    let logged = changes_of(team.api, &team.id).len();
    let begun = serde_json::json!({"learningQuestion": "Wat helpt tegen eenzaamheid?"});
    let cycle = coordinator.post(team.path("cycles"), begun).expect(201).id();
    let mut model = Model::new(&cycle, &team.api.person(Part::Coordinator).id);
    for step in steps {
        model.take(&coordinator, step);
    }
    let path = format!("/v1/cycles/{cycle}");
    assert_eq!(coordinator.get(&path).expect(200)["phase"], model.phase);
    let open = &coordinator.get(format!("{path}/report")).expect(200)["openItemsTotal"];
    assert_eq!(open, model.open(), "as the cycle's closing counts them");

    let log: Vec<(String, String)> = changes_of(team.api, &team.id)
        .into_iter()
        .skip(logged)
        .map(|change| (change.kind, change.subject.unwrap_or_default()))
        .collect();
    let told: Vec<(String, String)> =
        model.log.iter().map(|(change, subject)| (change.clone(), subject.replace('-', ""))).collect();
    assert_eq!(log, told);

    let listed = coordinator.get(format!("{path}/transitions?limit=200")).expect(200);
    let mut made: Vec<(&str, &str)> =
        listed.items().iter().map(|item| (text(item, "from"), text(item, "to"))).collect();
    made.reverse();
    assert_eq!(made, model.moves);
}

fn text<'v>(item: &'v Value, member: &str) -> &'v str {
    item[member].as_str().unwrap_or_default()
}
