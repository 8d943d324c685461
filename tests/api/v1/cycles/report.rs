//! The cycle report: percentiles, what runs backwards, what is open, and its formats.

pub mod faces;
mod figures;
pub mod pdf;
pub mod tracing;

use serde_json::{Value, json};

use crate::support::team::{observation, with};
use crate::support::{Part, Request, both};

/// The leg between two kinds of record.
fn leg<'r>(report: &'r Value, from: &str, to: &str) -> &'r Value {
    let legs = report["loop"]["legs"].as_array().expect("legs");
    legs.iter()
        .find(|leg| leg["from"] == from && leg["to"] == to)
        .unwrap_or_else(|| panic!("no leg {from} → {to}"))
}

fn hour(hour: i64) -> String {
    format!("2024-06-01T{hour:02}:00:00Z")
}

#[test]
fn percentiles_are_interpolated_and_the_p90_waits_for_ten_cases() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        // Legs of 1 to 10 hours, in no order.
        for hours in [7, 2, 10, 1, 5, 9, 3, 8, 6] {
            let seen = cycle.observe(json!({"happenedAt": hour(0)}));
            cycle.reflect(&[&seen], json!({"happenedAt": hour(hours)}));
        }
        let nine = cycle.report();
        assert_eq!(leg(&nine.body, "observation", "reflection")["p90Seconds"], Value::Null);
        let seen = cycle.observe(json!({"happenedAt": hour(0)}));
        cycle.reflect(&[&seen], json!({"happenedAt": hour(4)}));
        let report = cycle.report();
        let ten = leg(&report.body, "observation", "reflection");
        assert_eq!(ten["count"], 10);
        assert_eq!(ten["medianSeconds"].as_f64(), Some(5.5 * 3_600.0));
        // percentile_cont(0.9) of ten: a tenth of the way from the ninth to the tenth.
        assert_eq!(ten["p90Seconds"].as_f64(), Some(9.1 * 3_600.0));
    });
}

#[test]
fn a_leg_ends_at_the_earliest_successor_and_one_that_runs_backwards_is_set_apart() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({"happenedAt": hour(4)}));
        cycle.reflect(&[&seen], json!({"happenedAt": hour(9)}));
        cycle.reflect(&[&seen], json!({"happenedAt": hour(6)}));
        let noted_later = cycle.observe(json!({"happenedAt": hour(8)}));
        cycle.reflect(&[&noted_later], json!({"happenedAt": hour(5)}));
        cycle.observe(json!({"happenedAt": hour(8)}));
        let report = cycle.report();
        let leg = leg(&report.body, "observation", "reflection");
        assert_eq!((&leg["count"], leg["medianSeconds"].as_f64()), (&json!(1), Some(2.0 * 3_600.0)));
        assert_eq!((&leg["outOfOrder"], &leg["stillOpen"]), (&json!(1), &json!(1)));
        assert_eq!(report["loop"]["stages"]["discussed"], 2, "backwards or not, it was discussed");
    });
}

#[test]
fn parts_of_the_whole_tell_the_young_from_the_long_open() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let days_ago = |days: i64| crate::support::team::ago(days * 86_400);
        cycle.observe(json!({"happenedAt": days_ago(29)}));
        cycle.observe(json!({"happenedAt": days_ago(31)}));
        cycle.observe(json!({"happenedAt": days_ago(400)}));
        let closed = cycle.observe(json!({"happenedAt": days_ago(400)}));
        team.facilitator()
            .post(
                format!("/v1/observations/{closed}/transitions"),
                json!({"to": "closed", "reason": "Opgelost."}),
            )
            .expect(200);
        let report = cycle.report();
        assert_eq!(
            report["loop"]["parts"],
            json!({"evaluated": 0, "closedWithoutAction": 1, "openUnder30Days": 1, "openLonger": 2})
        );
    });
}

#[test]
fn an_open_observation_waits_for_the_next_step_and_no_other() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({"happenedAt": hour(1)}));
        let waiting = || -> Vec<(String, String)> {
            let text = |item: &Value, member: &str| item[member].as_str().expect("text").to_owned();
            cycle.report()["openItems"]
                .as_array()
                .expect("items")
                .iter()
                .map(|item| (text(item, "type"), text(item, "waitingFor")))
                .collect()
        };
        let pair = |kind: &str, step: &str| (kind.to_owned(), step.to_owned());
        assert_eq!(waiting(), [pair("observation", "reflection")]);
        let thought = cycle.reflect(&[&seen], json!({}));
        assert_eq!(waiting(), [pair("observation", "action")]);
        let tried = cycle.act(&[&thought], json!({}));
        assert_eq!(waiting(), [pair("observation", "evaluation"), pair("action", "evaluation")]);
        let judged = cycle.evaluate(&tried, json!({}));
        assert_eq!(waiting(), []);
        cycle.withdraw("evaluations", &judged);
        assert_eq!(waiting(), [pair("observation", "evaluation"), pair("action", "evaluation")]);
    });
}

#[test]
fn a_dropped_action_without_an_evaluation_leads_nowhere() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let tried = cycle.act(&[&cycle.reflect(&[&seen], json!({}))], json!({}));
        let drop = json!({"to": "dropped", "reason": "Geen tijd."});
        team.practitioner().post(format!("/v1/actions/{tried}/transitions"), drop).expect(200);
        let report = cycle.report();
        assert_eq!(report["loop"]["stages"]["actedOn"], 0);
        assert_eq!(report["actionsByState"]["dropped"], 1);
        let items = report["openItems"].as_array().expect("items");
        assert_eq!(items.len(), 1, "the action waits for nothing");
        assert_eq!((&items[0]["id"], &items[0]["waitingFor"]), (&json!(seen), &json!("action")));
        // What was learned from it counts after all.
        cycle.evaluate(&tried, json!({"verdict": "did_not_work"}));
        assert_eq!(cycle.report()["loop"]["stages"]["evaluated"], 1);
    });
}

#[test]
fn open_items_are_the_oldest_two_hundred_and_how_many_there_are() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let practitioner = team.practitioner();
        for second in 0..203 {
            let happened = format!("2024-06-01T00:{:02}:{:02}Z", second / 60, second % 60);
            practitioner
                .post(cycle.path("observations"), with(observation(), json!({"happenedAt": happened})))
                .expect(201);
        }
        let report = cycle.report();
        let items = report["openItems"].as_array().expect("items");
        assert_eq!((items.len(), &report["openItemsTotal"]), (200, &json!(203)));
        assert_eq!(items[0]["since"], "2024-06-01T00:00:00Z");
        assert_eq!(items[199]["since"], "2024-06-01T00:03:19Z");
        assert!(items.windows(2).all(|pair| pair[0]["since"].as_str() <= pair[1]["since"].as_str()));
        assert!(items[0]["ageSeconds"].as_i64() > items[199]["ageSeconds"].as_i64());
    });
}

#[test]
fn withdrawn_observations_count_as_withdrawn_and_nowhere_else() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let asked = cycle.ask(json!({}));
        let seen = cycle.observe(json!({"questionId": asked}));
        cycle.act(&[&cycle.reflect(&[&seen], json!({}))], json!({}));
        cycle.withdraw("observations", &seen);
        let report = cycle.report();
        assert_eq!(
            (&report["counts"]["observations"], &report["counts"]["withdrawn"]),
            (&json!(0), &json!(1))
        );
        assert_eq!(report["byPerspective"]["citizen"], 0);
        assert_eq!(report["loop"]["stages"]["observed"], 0);
        assert_eq!(report["loop"]["closureRate"], Value::Null);
        assert_eq!(leg(&report.body, "question", "observation")["count"], 0);
        assert_eq!(leg(&report.body, "observation", "reflection")["count"], 0);
        assert!(
            !report["openItems"].as_array().expect("items").iter().any(|item| item["type"] == "observation")
        );
    });
}

#[test]
fn it_comes_as_csv_too_and_as_nothing_unheard_of() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        cycle.observe(json!({}));
        let ask = |accept: &str| {
            team.reader().send(Request::new("GET", cycle.path("report")).header("Accept", accept))
        };
        let csv = ask("text/csv").expect(200);
        assert_eq!(csv.media_type(), "text/csv");
        let mut reader = csv::Reader::from_reader(csv.text.as_bytes());
        let rows: Vec<_> =
            reader.records().collect::<Result<_, _>>().expect("every row has the columns of the head");
        assert!(!rows.is_empty());
        assert_eq!(ask("application/json").expect(200).media_type(), "application/json");
        assert_eq!(ask("*/*").expect(200).media_type(), "application/json");
        assert_eq!(
            ask("text/csv;q=0.5, application/json;q=0.9").expect(200).media_type(),
            "application/json"
        );
        ask("image/png").refused(406, "not_acceptable");
    });
}

#[test]
fn its_etag_is_weak_and_follows_the_network_the_format_and_the_viewer() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let tag = |accept: &str| {
            let answer = team
                .reader()
                .send(Request::new("GET", cycle.path("report")).header("Accept", accept))
                .expect(200);
            answer.header("etag").expect("an ETag").to_owned()
        };
        let (json_tag, csv_tag) = (tag("application/json"), tag("text/csv"));
        assert!(json_tag.starts_with("W/\""), "ages change while it stays: {json_tag}");
        assert_ne!(json_tag, csv_tag);
        assert_eq!(json_tag, tag("application/json"));
        cycle.observe(json!({}));
        assert_ne!(json_tag, tag("application/json"));
    });
}

#[test]
fn a_report_never_names_a_person() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let asked = cycle.ask(json!({}));
        let seen = cycle.observe(json!({"questionId": asked}));
        cycle.act(&[&cycle.reflect(&[&seen], json!({}))], json!({}));
        let csv = team
            .coordinator()
            .send(Request::new("GET", cycle.path("report")).header("Accept", "text/csv"))
            .expect(200);
        let report = cycle.report();
        for part in [Part::Practitioner, Part::Facilitator] {
            let person = api.person(part);
            for text in [&report.text, &csv.text] {
                assert!(
                    !text.contains(&person.id) && !text.contains(&person.email),
                    "{part:?} stands in {text}"
                );
            }
        }
    });
}

#[test]
fn a_closed_cycle_keeps_the_titles_of_its_themes() {
    both(|api| {
        let team = api.team();
        let theme = |title: &str| api.founder().post("/v1/themes", json!({"title": title})).expect(201).id();
        let (first, second) = (theme("Eenzaamheid"), theme("=Mantelzorg"));
        let rename = |id: &str, title: &str| {
            let path = format!("/v1/themes/{id}");
            let version = api.founder().get(&path).expect(200).version();
            api.founder().patch(&path, version, json!({"title": title})).expect(200);
        };
        rename(&first, "Samen minder alleen");
        let cycle = team.cycle_with(json!({"themeIds": [second, first]}));
        let titles = || -> Vec<String> {
            let report = cycle.report();
            let themes = report["cycle"]["themes"].as_array().expect("themes");
            themes.iter().map(|theme| theme["title"].as_str().expect("a title").to_owned()).collect()
        };
        assert_eq!(titles(), ["=Mantelzorg", "Samen minder alleen"]);
        let open = cycle.report();
        rename(&first, "Nooit meer alleen");
        assert_eq!(titles(), ["=Mantelzorg", "Nooit meer alleen"], "an open cycle shows the present one");
        assert_ne!(cycle.report().header("etag"), open.header("etag"), "the theme belongs to no network");

        cycle.close();
        rename(&first, "Er zijn voor elkaar");
        rename(&second, "Zorgen voor elkaar");
        assert_eq!(titles(), ["=Mantelzorg", "Nooit meer alleen"]);
        let csv = team
            .reader()
            .send(Request::new("GET", cycle.path("report")).header("Accept", "text/csv"))
            .expect(200);
        assert!(csv.text.contains("cycle.themes,1,title,'=Mantelzorg,Thema’s\r\n"), "{}", csv.text);
        assert!(csv.text.contains("cycle.themes,2,title,Nooit meer alleen,Thema’s\r\n"), "{}", csv.text);

        let reopened = json!({"to": "reflect", "reason": "Nog niet klaar."});
        team.facilitator().post(cycle.path("transitions"), reopened).expect(200);
        assert_eq!(titles(), ["Zorgen voor elkaar", "Er zijn voor elkaar"]);
    });
}
