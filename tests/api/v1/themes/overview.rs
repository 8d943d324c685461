//! Who works on a theme where, with the figures they share: numbers, never a record and never a person.

use serde_json::{Value, json};

use crate::support::people::Api;
use crate::support::team::{Cycle, Team, frame_shift};
use crate::support::{Answer, Part, both};

fn theme(api: &Api, broader: Option<&str>) -> String {
    let body = json!({"title": api.unique("Eenzaamheid"), "locality": "Heumen", "broaderThemeId": broader});
    api.founder().post("/v1/themes", body).expect(201).id()
}

fn works_on(team: &Team, theme: &str, shares: bool) -> String {
    let body = json!({"themeId": theme, "startsOn": "2024-01-01", "sharesFigures": shares});
    team.facilitator().post(team.path("themes"), body).expect(201).id()
}

/// So many observations, the first of which goes all the way round.
fn learns(cycle: &Cycle, observations: usize) {
    let seen = cycle.observe(json!({}));
    let thought = cycle.reflect(&[&seen], json!({"loopDepth": "double", "frameShift": frame_shift()}));
    cycle.evaluate(&cycle.act(&[&thought], json!({})), json!({"verdict": "partly"}));
    for _ in 1..observations {
        cycle.observe(json!({}));
    }
}

fn overview(api: &Api, part: Part, theme: &str) -> Answer {
    api.client(part).get(format!("/v1/themes/{theme}/overview")).expect(200)
}

fn network<'a>(overview: &'a Answer, team: &Team) -> &'a Value {
    let mut found =
        overview["networks"].as_array().expect("networks").iter().filter(|n| n["id"] == team.id.as_str());
    let network = found.next().unwrap_or_else(|| panic!("{} is not in {}", team.id, overview.text));
    assert!(found.next().is_none(), "it is there once");
    network
}

#[test]
fn a_network_shares_its_figures_or_keeps_them() {
    both(|api| {
        let (sharing, keeping, without_term) = (api.team(), api.team(), api.team());
        let theme = theme(api, None);
        works_on(&sharing, &theme, true);
        let kept = works_on(&keeping, &theme, false);
        for team in [&sharing, &keeping, &without_term] {
            let question = format!("Wat helpt hier, {}?", team.id);
            let cycle = team.cycle_with(json!({"themeIds": [theme], "learningQuestion": question}));
            learns(&cycle, 10);
            // On no theme, and so nobody's business.
            learns(&team.cycle_with(json!({"learningQuestion": "Iets heel anders?"})), 2);
        }
        let seen = overview(api, Part::Outsider, &theme);
        assert_eq!((&seen["networksTotal"], &seen["cyclesByPhase"]["plan"]), (&json!(3), &json!(1)));
        let figures = json!({
            "questions": 0, "observations": 10, "reflections": null, "actions": null, "frameShifts": null,
            "evaluations": {"worked": 0, "partly": null, "didNotWork": 0},
            // One was evaluated: the whole without the open ones would tell.
            "closure": {"cohort": 10, "evaluated": null, "closedWithoutAction": 0, "open": null, "rate": null},
            "withheldCells": 6,
        });
        let shown = network(&seen, &sharing);
        assert_eq!((&shown["figures"], &shown["withheld"]), (&figures, &Value::Null));
        assert_eq!((&shown["startsOn"], &shown["endsOn"]), (&json!("2024-01-01"), &Value::Null));
        assert_eq!(
            (&shown["kind"], &shown["locality"], &shown["state"]),
            (&json!("team"), &json!("Nijmegen"), &json!("active"))
        );
        assert_eq!(
            shown["learningQuestions"],
            json!([{"text": format!("Wat helpt hier, {}?", sharing.id), "phase": "plan"}])
        );
        for team in [&keeping, &without_term] {
            let hidden = network(&seen, team);
            assert_eq!((&hidden["figures"], &hidden["withheld"]), (&Value::Null, &json!("not_shared")));
            assert_eq!((&hidden["learningQuestions"], &hidden["cyclesByPhase"]), (&json!([]), &Value::Null));
        }
        assert_eq!(seen["shared"], json!({"networks": 1, "figures": figures, "withheldCycles": 0}));
        assert!(!seen.text.contains("Iets heel anders"));

        // Members read their own learning questions, and see figures as everybody does.
        let own = overview(api, Part::Reader, &theme);
        assert_eq!(network(&own, &keeping)["learningQuestions"].as_array().map(Vec::len), Some(1));
        assert_eq!(network(&own, &keeping)["cyclesByPhase"]["plan"], 1);
        assert_eq!(network(&own, &keeping)["figures"], Value::Null);

        // Sharing begins and ends with a word.
        let path = format!("/v1/theme-networks/{kept}");
        keeping.coordinator().patch(&path, 1, json!({"sharesFigures": true})).expect(200);
        assert_eq!(overview(api, Part::Outsider, &theme)["shared"]["networks"], 2);
        keeping.coordinator().patch(&path, 2, json!({"sharesFigures": false})).expect(200);
        assert_eq!(overview(api, Part::Outsider, &theme)["shared"]["networks"], 1);
    });
}

#[test]
fn figures_of_few_observations_are_withheld_and_in_no_sum() {
    both(|api| {
        let (team, theme) = (api.team(), theme(api, None));
        works_on(&team, &theme, true);
        let cycle = team.cycle_with(json!({"themeIds": [theme]}));
        learns(&cycle, 9);
        let hidden = cycle.observe(json!({}));
        cycle.withdraw("observations", &hidden);
        let few = overview(api, Part::Outsider, &theme);
        let shown = network(&few, &team);
        assert_eq!((&shown["figures"], &shown["withheld"]), (&Value::Null, &json!("few_records")));
        assert_eq!(
            (&few["shared"]["networks"], &few["shared"]["figures"]["observations"]),
            (&json!(0), &json!(0))
        );
        assert_eq!(few["shared"]["figures"]["closure"]["rate"], Value::Null);
        assert_eq!((&shown["withheldCycles"], &few["shared"]["withheldCycles"]), (&json!(1), &json!(1)));
        cycle.observe(json!({}));
        // Each cycle for itself: what it holds could be told from two sums.
        learns(&team.cycle_with(json!({"themeIds": [theme]})), 9);
        let enough = overview(api, Part::Outsider, &theme);
        assert_eq!(network(&enough, &team)["figures"]["observations"], 10);
        assert_eq!(network(&enough, &team)["cyclesByPhase"]["plan"], 2);
        assert_eq!(network(&enough, &team)["withheldCycles"], 1);
    });
}

#[test]
fn a_broader_theme_tells_no_more_than_its_narrower_ones_do() {
    both(|api| {
        let (team, broad) = (api.team(), theme(api, None));
        let (one, other) = (theme(api, Some(&broad)), theme(api, Some(&broad)));
        works_on(&team, &one, true);
        works_on(&team, &other, true);
        let on = |theme: &str| team.cycle_with(json!({"themeIds": [theme]}));
        let (many, few) = (on(&one), on(&other));
        let judged = |cycle: &Cycle, actions: usize| {
            let seen: Vec<String> = (0..12).map(|_| cycle.observe(json!({}))).collect();
            let all: Vec<&str> = seen.iter().map(String::as_str).collect();
            let thought = cycle.reflect(&all, json!({}));
            for _ in 0..actions {
                cycle.evaluate(&cycle.act(&[&thought], json!({})), json!({"verdict": "worked"}));
            }
        };
        judged(&many, 7);
        judged(&few, 3);
        let figures = |theme: &str| network(&overview(api, Part::Outsider, theme), &team)["figures"].clone();
        let told = |theme: &str| {
            let figures = figures(theme);
            [&figures["actions"], &figures["evaluations"]["worked"], &figures["closure"]["rate"]]
                .map(Value::clone)
        };
        let rate = json!(1.0);
        assert_eq!(told(&one), [json!(7), json!(7), rate.clone()]);
        assert_eq!(told(&other), [Value::Null, Value::Null, rate.clone()]);
        // Ten in truth: set against the narrower one, it would tell of the three.
        assert_eq!(told(&broad), [json!(7), json!(7), rate]);
        let [narrow, small, all] =
            [&one, &other, &broad].map(|theme| figures(theme)["withheldCells"].clone());
        assert_eq!(all.as_i64(), narrow.as_i64().zip(small.as_i64()).map(|(narrow, small)| narrow + small));
    });
}

#[test]
fn a_broader_theme_gathers_the_local_ones_and_counts_each_once() {
    both(|api| {
        let (both_places, one_place) = (api.team(), api.team());
        let broad = theme(api, None);
        let between = theme(api, Some(&broad));
        let (one, other) = (theme(api, Some(&between)), theme(api, Some(&broad)));
        works_on(&both_places, &one, true);
        works_on(&both_places, &other, false);
        works_on(&both_places, &broad, false);
        learns(&both_places.cycle_with(json!({"themeIds": [one, other, between]})), 10);
        // Not shared: what a term says of a theme it says of no other.
        learns(&both_places.cycle_with(json!({"themeIds": [other]})), 3);
        one_place.cycle_with(json!({"themeIds": [other]})).close();

        let seen = overview(api, Part::Outsider, &broad);
        assert_eq!((&seen["theme"]["id"], &seen["narrowerThemesTotal"]), (&json!(broad), &json!(3)));
        let narrower = seen["narrowerThemes"].as_array().expect("themes");
        assert_eq!(narrower[2]["id"], json!(one), "the nearest first");
        assert_eq!(
            (&narrower[2]["broaderThemeId"], &narrower[2]["locality"]),
            (&json!(between), &json!("Heumen"))
        );
        assert_eq!(seen["networksTotal"], 2);
        let shown = network(&seen, &both_places);
        assert_eq!(
            (&shown["cyclesByPhase"]["plan"], &shown["figures"]["observations"]),
            (&json!(1), &json!(10))
        );
        assert_eq!(shown["themeIds"].as_array().map(Vec::len), Some(4));
        assert_eq!(shown["learningQuestions"].as_array().map(Vec::len), Some(1));
        assert_eq!(
            seen["cyclesByPhase"],
            json!({"plan": 1, "act": 0, "observe": 0, "reflect": 0, "closed": 0, "abandoned": 0})
        );
        let ended = network(&seen, &one_place);
        assert!(ended["endsOn"].is_string(), "its one cycle is closed: {ended}");

        // The narrow one tells of itself alone, and by its own word.
        let narrow = overview(api, Part::Outsider, &other);
        assert_eq!((&narrow["narrowerThemes"], &narrow["shared"]["networks"]), (&json!([]), &json!(0)));
        assert_eq!(network(&narrow, &both_places)["cyclesByPhase"], Value::Null);
        assert_eq!(overview(api, Part::Outsider, &between)["networksTotal"], 1);
    });
}

#[test]
fn it_shows_no_person_no_record_and_nothing_of_an_author_alone() {
    both(|api| {
        let (team, theme) = (api.team(), theme(api, None));
        works_on(&team, &theme, true);
        let cycle = team.cycle_with(json!({"themeIds": [theme]}));
        learns(&cycle, 10);
        let seen = cycle.observe(json!({}));
        let before = overview(api, Part::Outsider, &theme);
        let alone = cycle.reflect(
            &[&seen],
            json!({"visibility": "author", "loopDepth": "triple", "frameShift": frame_shift()}),
        );
        for part in [Part::Practitioner, Part::Outsider] {
            assert_eq!(overview(api, part, &theme)["shared"], before["shared"], "{part:?}");
        }
        for hidden in
            [&seen, &alone, &cycle.id, &api.person(Part::Practitioner).id, &api.person(Part::Coordinator).id]
        {
            assert!(!before.text.contains(hidden.as_str()), "{hidden} in {}", before.text);
        }
    });
}

#[test]
fn an_archived_network_is_told_apart_and_a_planned_term_has_yet_to_begin() {
    both(|api| {
        let (archived, planned) = (api.team(), api.team());
        let theme = theme(api, None);
        let term = works_on(&archived, &theme, true);
        learns(&archived.cycle_with(json!({"themeIds": [theme]})), 10);
        let later = json!({"themeId": theme, "startsOn": "2999-01-01", "sharesFigures": true});
        planned.facilitator().post(planned.path("themes"), later).expect(201);
        let body = json!({"to": "archived", "reason": "Klaar."});
        archived.coordinator().post(archived.path("transitions"), body).expect(200);
        let seen = overview(api, Part::Outsider, &theme);
        assert_eq!(
            (&seen["networksTotal"], &network(&seen, &archived)["state"]),
            (&json!(1), &json!("archived"))
        );
        assert_eq!(seen["shared"]["networks"], 1, "what it learned can be learned from still");
        let path = format!("/v1/theme-networks/{term}");
        archived.coordinator().delete(&path, 1).refused(409, "network_archived");
        archived.coordinator().patch(&path, 1, json!({"sharesFigures": false})).expect(200);
        assert_eq!(overview(api, Part::Outsider, &theme)["shared"]["networks"], 0);
    });
}
