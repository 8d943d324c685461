//! From the figures of a report to the records that they count.

use std::collections::HashMap;

use serde_json::Value;

use super::Client;

/// Numbers of a report that are no figures: ages of single records, and where bands of ages begin and end. Of a lineage, how
/// deep a network lies and how much is withheld, and the sums of the figures that stand beside them.
const NO_FIGURES: [&str; 9] = [
    "ageSeconds",
    "atLeastDays",
    "underDays",
    "depth",
    "withheldCells",
    "withheldCycles",
    "networksTotal",
    "active",
    "archived",
];
/// Figures that are no counts: the list holds what they were made of.
const MEASURES: [&str; 6] = [
    "medianSeconds",
    "p90Seconds",
    "medianDays",
    "oldestDays",
    "medianDaysWithoutPauses",
    "oldestDaysWithoutPauses",
];

/// Follows the link of every figure of a report and counts the records. Answers with how many figures there were.
pub fn follow_every_figure(client: &Client, report: &Value) -> usize {
    let mut figures = Vec::new();
    numbers(report, String::new(), &mut figures);
    let mut counted: HashMap<&str, usize> = HashMap::new();
    for (place, value) in &figures {
        let link = report["from"][place].as_str().unwrap_or_else(|| panic!("{place} leads nowhere"));
        let count = *counted.entry(link).or_insert_with(|| all(client, link).len());
        let member = place.rsplit('/').next().unwrap_or_default();
        if member == "closureRate" || member == "rate" {
            let observed = match place.strip_suffix(member).expect("it ends so") {
                whole if whole.ends_with("/loop/") => {
                    report.pointer(&format!("{whole}stages/observed")).expect("it has stages")
                }
                whole if whole.ends_with("/closure/") => {
                    report.pointer(&format!("{whole}cohort")).expect("it has one")
                }
                beside => report.pointer(&format!("{beside}observations")).expect("it has them"),
            };
            let rate = count as f64 / observed.as_f64().expect("a number");
            assert_eq!(value.as_f64(), Some(rate), "{place} {link}");
        } else if MEASURES.contains(&member) {
            assert!(count > 0, "{place} is made of nothing: {link}");
        } else {
            assert_eq!(value.as_u64(), Some(count as u64), "{place} {link}");
        }
    }
    figures.len()
}

/// All records of a list, over its pages.
pub fn all(client: &Client, list: &str) -> Vec<Value> {
    let (mut found, mut query) = (Vec::new(), format!("{list}&limit=3"));
    loop {
        let page = client.get(&query).expect(200);
        found.extend(page.items().iter().cloned());
        match page["nextCursor"].as_str() {
            Some(cursor) => query = format!("{list}&limit=3&cursor={cursor}"),
            None => return found,
        }
    }
}

fn numbers(value: &Value, place: String, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Number(_) => found.push((place, value.clone())),
        Value::Array(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                numbers(entry, format!("{place}/{index}"), found);
            }
        }
        Value::Object(members) => {
            for (name, member) in members.iter().filter(|(name, _)| !NO_FIGURES.contains(&name.as_str())) {
                numbers(member, format!("{place}/{name}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}
