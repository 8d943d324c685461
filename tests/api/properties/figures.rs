//! The figures of the loop, of a cycle and of its network, against a count of the records that the lists show.

use proptest::collection::vec;
use serde_json::{Value, json};

use super::holds;
use super::model::Model;
use super::recount::Lists;
use super::steps::{Step, work};
use crate::support::Part;
use crate::support::team::Team;

#[test]
fn reports_count_what_the_lists_show() {
    holds(10, &vec(work(), 2..80), |team, steps| {
        // A network of two cycles, whose report is of both.
        let team = team.api.team();
        let (one, other) = steps.split_at(steps.len() / 2);
        let both = counted(&team, one).and(counted(&team, other));
        same(&team.coordinator().get(team.path("report")).expect(200).body, &both.figures());
    });
}

/// Takes the steps in a cycle of their own, and holds its report against a count; the lists that were counted.
fn counted(team: &Team<'_>, steps: &[Step]) -> Lists {
    let coordinator = team.coordinator();
    let begun = json!({"learningQuestion": "Wat helpt tegen eenzaamheid?"});
    let cycle = coordinator.post(team.path("cycles"), begun).expect(201).id();
    let mut model = Model::new(&cycle, &team.api.person(Part::Coordinator).id);
    for step in steps {
        model.take(&coordinator, step);
    }
    let lists = Lists::of(&coordinator, &cycle);
    let report = coordinator.get(format!("/v1/cycles/{cycle}/report")).expect(200);
    same(&report.body, &lists.figures());
    let open: Vec<Value> = report["openItems"].as_array().into_iter().flatten().map(open_item).collect();
    assert_eq!(open, lists.open(), "what is open, oldest first");
    assert_eq!(report["openItemsTotal"], open.len());
    lists
}

fn open_item(item: &Value) -> Value {
    json!([item["since"], item["id"], item["type"], item["waitingFor"]])
}

/// Whether a report has these figures; numbers are the same that differ by less than anybody sees.
#[track_caller]
fn same(report: &Value, figures: &Value) {
    let mut wrong = Vec::new();
    compare("", report, figures, &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn compare(place: &str, told: &Value, counted: &Value, wrong: &mut Vec<String>) {
    match (told, counted) {
        (_, Value::Object(members)) => {
            members
                .iter()
                .for_each(|(name, value)| compare(&format!("{place}/{name}"), &told[name], value, wrong));
        }
        (Value::Array(told), Value::Array(counted)) if told.len() == counted.len() => {
            let pairs = told.iter().zip(counted).enumerate();
            pairs.for_each(|(at, (told, counted))| compare(&format!("{place}/{at}"), told, counted, wrong));
        }
        _ => {
            let near = told
                .as_f64()
                .zip(counted.as_f64())
                .is_some_and(|(told, counted)| (told - counted).abs() < 1e-6);
            if told != counted && !near {
                wrong.push(format!("{place}: {told} is told, {counted} counted"));
            }
        }
    }
}
