//! What records speak of, read by a framework: built in, or a network's own.

use serde_json::{Value, json};

use crate::support::team::{Team, ago, new_id, observation, with};
use crate::support::{Answer, Part, Request, both};

/// The domains of a reading: key, questions and observations.
fn counts(reading: &Answer) -> Vec<(String, i64, i64)> {
    let of = |domain: &Value, member: &str| domain[member].as_i64().expect("a count");
    let domains = reading["domains"].as_array().expect("domains");
    domains
        .iter()
        .map(|domain| {
            let key = domain["key"].as_str().expect("a key").to_owned();
            (key, of(domain, "questions"), of(domain, "observations"))
        })
        .filter(|(_, questions, observations)| questions + observations > 0)
        .collect()
}

fn words(list: &Value) -> Vec<&str> {
    list.as_array().expect("words").iter().map(|word| word["word"].as_str().expect("a word")).collect()
}

fn own(team: &Team, name: &str, domains: Value) -> Answer {
    let body = json!({"name": {"nl": name}, "domains": domains});
    team.facilitator().post(team.path("life-domain-frameworks"), body).expect(201)
}

fn read(team: &Team, query: &str) -> Answer {
    team.reader().get(team.path(&format!("life-domains{query}"))).expect(200)
}

/// Four observations and a question, in the words of the network.
fn records(team: &Team) {
    let cycle = team.cycle();
    let log = |life_domains: Value| cycle.observe(json!({"lifeDomains": life_domains}));
    log(json!(["Zingeving", "sociale contacten"]));
    log(json!(["MEEDOEN", "de buurt"]));
    log(json!(["de buurt"]));
    log(json!([]));
    cycle.ask(json!({"lifeDomains": ["meedoen", "kwaliteit van leven"]}));
    let withdrawn = log(json!(["zingeving"]));
    cycle.withdraw("observations", &withdrawn);
    // The inbox speaks too.
    let inbox = with(observation(), json!({"lifeDomains": ["Lichaamsfuncties"]}));
    team.practitioner().post(team.path("observations"), inbox).expect(201);
}

#[test]
fn the_built_in_frameworks_name_their_source() {
    both(|api| {
        let frameworks = api.client(Part::Outsider).get("/v1/life-domain-frameworks").expect(200);
        let shown: Vec<(&str, usize)> = frameworks
            .items()
            .iter()
            .map(|each| {
                assert!(each["source"].as_str().is_some_and(|source| source.contains("(")), "{each}");
                let domains = each["domains"].as_array().expect("domains");
                assert!(
                    domains
                        .iter()
                        .all(|domain| domain["label"]["nl"].is_string() && domain["label"]["en"].is_string())
                );
                (each["builtIn"].as_str().expect("a name"), domains.len())
            })
            .collect();
        assert_eq!(shown, [("positive_health", 6), ("quality_of_life", 8), ("social_quality", 4)]);
    });
}

#[test]
fn before_a_choice_all_words_fit_no_domain() {
    both(|api| {
        let team = api.team();
        records(&team);
        let reading = read(&team, "");
        assert_eq!((&reading["framework"], &reading["domains"]), (&Value::Null, &json!([])));
        assert_eq!(reading["observations"], json!({"records": 5, "naming": 4, "fitting": 0}));
        let unmatched = words(&reading["unmatched"]);
        assert_eq!(unmatched[..2], ["MEEDOEN", "de buurt"], "the most used first");
        assert_eq!(reading["unmatchedTotal"], 6);
    });
}

#[test]
fn records_are_read_by_the_framework_that_the_network_chose_with_the_citizens_words() {
    both(|api| {
        let team = api.team();
        records(&team);
        let choose = |body: Value| team.facilitator().post(team.path("life-domain-choices"), body);
        let plain = choose(json!({"builtIn": "positive_health"})).expect(201);
        assert_eq!((&plain["frameworkVersion"], &plain["frameworkId"]), (&json!(1), &Value::Null));
        let reading = read(&team, "");
        assert_eq!(
            (&reading["framework"]["builtIn"], &reading["framework"]["source"]),
            (&json!("positive_health"), &json!("Huber et al. (2016)"))
        );
        let expected = |participation: i64| {
            [
                ("bodily_functions", 0, 1),
                ("spiritual_existential", 0, 1),
                ("quality_of_life", 1, 0),
                ("social_participation", 1, participation),
            ]
            .map(|(key, questions, observations)| (key.to_owned(), questions, observations))
        };
        assert_eq!(counts(&reading), expected(1));
        assert_eq!(words(&reading["unmatched"]), ["de buurt", "sociale contacten"]);

        // The words of citizens count from the next choice on, and the first choice stays as history.
        let added = json!([{"key": "social_participation", "words": ["De Buurt", "Sociale contacten"]}]);
        let body = json!({"builtIn": "positive_health", "words": added, "reason": "Zo zeggen bewoners het."});
        let chosen = choose(body).expect(201);
        let reading = read(&team, "");
        assert_eq!(counts(&reading), expected(3), "a record that names two words counts once");
        assert_eq!(reading["observations"], json!({"records": 5, "naming": 4, "fitting": 4}));
        assert_eq!(reading["questions"], json!({"records": 1, "naming": 1, "fitting": 1}));
        assert_eq!(reading["unmatchedTotal"], 0);
        let history = team.reader().get(team.path("life-domain-choices")).expect(200);
        assert_eq!(history.ids(), [chosen.id(), plain.id()]);
        let path = format!("/v1/life-domain-choices/{}", plain.id());
        assert_eq!(team.reader().get(path).expect(200)["words"], json!([]));
        // The records keep the words they were written in.
        let stored = team.reader().get(team.path("observations")).expect(200);
        assert!(stored.items().iter().any(|each| each["lifeDomains"] == json!(["MEEDOEN", "de buurt"])));
        // No one number adds the domains up.
        let members: Vec<&String> = reading.body.as_object().expect("an object").keys().collect();
        assert!(members.iter().all(|member| !["total", "score", "sum"].contains(&member.as_str())));
    });
}

#[test]
fn the_same_records_can_be_looked_at_through_another_framework() {
    both(|api| {
        let team = api.team();
        records(&team);
        let choose =
            |body: Value| team.facilitator().post(team.path("life-domain-choices"), body).expect(201);
        choose(
            json!({"builtIn": "social_quality", "words": [{"key": "social_cohesion", "words": ["de buurt"]}]}),
        );
        let mine = own(
            &team,
            "Goed leven",
            json!([{"key": "near", "label": {"nl": "Dichtbij"}, "words": ["de buurt"]}]),
        );
        choose(json!({"builtIn": "positive_health"}));
        // The words that were given to it come along, though another one holds by now.
        assert_eq!(
            counts(&read(&team, "?framework=social_quality&version=1")),
            [("social_cohesion".to_owned(), 0, 2)]
        );
        let through = read(&team, &format!("?framework={}", mine.id()));
        assert_eq!(counts(&through), [("near".to_owned(), 0, 2)]);
        assert_eq!(through["framework"]["frameworkId"], mine["id"]);
        assert_eq!(read(&team, "")["framework"]["builtIn"], "positive_health");

        let get = |query: &str| team.reader().get(team.path(&format!("life-domains?{query}")));
        get("framework=social_quality&version=9").refused(404, "not_found");
        get(&format!("framework={}&version=2", mine.id())).refused(404, "not_found");
        get(&format!("framework={}", new_id())).refused(404, "not_found");
        let elsewhere = own(&api.team(), "Elders", json!([{"key": "near", "label": {"nl": "Dichtbij"}}]));
        get(&format!("framework={}", elsewhere.id())).refused(404, "not_found");
        get("framework=astrology&version=0")
            .errors(&[("/framework", "bad_format"), ("/version", "bad_format")]);
        for version in ["007", "%2B1", "1.0"] {
            get(&format!("framework=social_quality&version={version}")).errors(&[("/version", "bad_format")]);
        }
        get("version=1").errors(&[("/framework", "required")]);
    });
}

#[test]
fn a_period_goes_by_when_it_happened() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        for (happened_at, word) in [("2025-01-31T23:00:00Z", "rechten"), ("2025-02-28T12:00:00Z", "Rechten")]
        {
            cycle.observe(json!({"happenedAt": happened_at, "lifeDomains": [word]}));
        }
        cycle.ask(json!({"happenedAt": ago(60), "lifeDomains": ["rechten"]}));
        let through = |period: &str| {
            let reading = read(&team, &format!("?framework=quality_of_life{period}"));
            assert_eq!(
                reading["observations"]["records"].as_i64(),
                reading["observations"]["fitting"].as_i64()
            );
            counts(&reading).pop().map(|(_, questions, observations)| (questions, observations))
        };
        assert_eq!(through(""), Some((1, 2)));
        assert_eq!(through("&since=2025-02-01T00:00:00%2B01:00"), Some((1, 2)), "at the instant itself");
        assert_eq!(through("&since=2025-02-01T00:00:00Z"), Some((1, 1)));
        assert_eq!(through("&until=2025-02-28T12:00:00Z"), Some((0, 1)), "without the instant itself");
        assert_eq!(through("&since=2025-03-01T00:00:00Z&until=2025-04-01T00:00:00Z"), None);
        let backwards = "life-domains?since=2025-04-01T00:00:00Z&until=2025-03-01T00:00:00Z";
        team.reader().get(team.path(backwards)).errors(&[("/until", "inconsistent")]);
    });
}

#[test]
fn versions_of_a_framework_are_added_and_never_changed() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        cycle.observe(json!({"lifeDomains": ["burenhulp"]}));
        let near = |words: Value| json!([{"key": "near", "label": {"nl": "Dichtbij", "en": "Close by"}, "words": words}]);
        let framework = own(&team, "Goed leven", near(json!(["noaberschap"])));
        let path = format!("/v1/life-domain-frameworks/{}", framework.id());
        let choice = json!({"frameworkId": framework["id"]});
        team.facilitator().post(team.path("life-domain-choices"), choice.clone()).expect(201);

        let versions = format!("{path}/versions");
        let body =
            json!({"domains": near(json!(["noaberschap", "burenhulp"])), "reason": "Zo heet het hier."});
        let add = |version: i64| {
            let request = Request::new("POST", &versions).if_match(version).json(&body);
            team.facilitator().send(request)
        };
        add(7).refused(412, "version_mismatch");
        let second = add(1).expect(201);
        assert_eq!((second.version(), &second["frameworkId"]), (2, &framework["id"]));
        add(1).refused(412, "version_mismatch");
        assert_eq!(team.reader().get(&path).expect(200).version(), 2);
        let listed = team.reader().get(&versions).expect(200);
        let words: Vec<&Value> = listed.items().iter().map(|each| &each["domains"][0]["words"]).collect();
        assert_eq!(words, [&json!(["noaberschap", "burenhulp"]), &json!(["noaberschap"])]);
        for method in ["PATCH", "DELETE", "PUT"] {
            let at = format!("/v1/life-domain-framework-versions/{}", second.id());
            team.facilitator().send(Request::new(method, at).json(&json!({}))).expect(405);
        }

        // What was chosen is what is read by, until another choice.
        assert_eq!(counts(&read(&team, "")), []);
        assert_eq!(counts(&read(&team, &format!("?framework={}", framework.id()))).len(), 1);
        let choice = with(choice, json!({"frameworkVersion": 2}));
        team.facilitator().post(team.path("life-domain-choices"), choice).expect(201);
        assert_eq!(counts(&read(&team, "")), [("near".to_owned(), 0, 1)]);
    });
}

#[test]
fn a_framework_tells_its_domains_apart() {
    both(|api| {
        let team = api.team();
        let create = |domains: Value| {
            let body = json!({"name": {"nl": "Eigen"}, "domains": domains});
            team.coordinator().post(team.path("life-domain-frameworks"), body)
        };
        let twice = json!([
            {"key": "home", "label": {"nl": "Wonen"}, "words": ["thuis"]},
            {"key": "home", "label": {"nl": "Huis", "en": "wonen"}, "words": ["woning", "THUIS"]}
        ]);
        create(twice).errors(&[
            ("/domains/1/key", "duplicate"),
            ("/domains/1/label/en", "duplicate"),
            ("/domains/1/words/1", "duplicate"),
        ]);
        create(json!([])).errors(&[("/domains", "too_few")]);
        let wrong = json!([{"key": "Eigen regie", "label": {"en": "Control"}, "score": 4}]);
        create(wrong).errors(&[
            ("/domains/0/key", "bad_format"),
            ("/domains/0/label/nl", "required"),
            ("/domains/0/score", "unknown_member"),
        ]);
        assert!(team.reader().get(team.path("life-domain-frameworks")).expect(200).items().is_empty());
    });
}

#[test]
fn a_choice_names_one_framework_that_is_there() {
    both(|api| {
        let team = api.team();
        let choose = |body: Value| team.facilitator().post(team.path("life-domain-choices"), body);
        choose(json!({})).errors(&[("/builtIn", "required")]);
        choose(json!({"builtIn": "rights", "frameworkVersion": 0}))
            .errors(&[("/builtIn", "not_in_enum"), ("/frameworkVersion", "out_of_range")]);
        choose(json!({"builtIn": "social_quality", "frameworkId": new_id()}))
            .errors(&[("/frameworkId", "inconsistent")]);
        choose(json!({"builtIn": "social_quality", "frameworkVersion": 2}))
            .errors(&[("/frameworkVersion", "out_of_range")]);
        choose(json!({"frameworkId": new_id(), "words": [{"key": "near", "words": ["buren"]}]}))
            .errors(&[("/words", "inconsistent")]);
        let words = json!([
            {"key": "social_cohesion", "words": ["buren", "Empowerment"]},
            {"key": "social_inclusion", "words": ["Buren"]},
            {"key": "social_inclusion", "words": ["meedoen"]},
            {"key": "luck", "words": ["geluk"]}
        ]);
        choose(json!({"builtIn": "social_quality", "words": words})).errors(&[
            ("/words/0/words/1", "duplicate"),
            ("/words/1/words/0", "duplicate"),
            ("/words/2/key", "duplicate"),
            ("/words/3/key", "not_in_enum"),
        ]);
        let elsewhere = own(&api.team(), "Elders", json!([{"key": "near", "label": {"nl": "Dichtbij"}}]));
        for unknown in [json!(new_id()), elsewhere["id"].clone()] {
            choose(json!({"frameworkId": unknown}))
                .refused(409, "reference_not_found")
                .pointers(&[("/frameworkId", "not_found")]);
        }
        let mine = own(&team, "Hier", json!([{"key": "near", "label": {"nl": "Dichtbij"}}]));
        choose(json!({"frameworkId": mine["id"], "frameworkVersion": 2}))
            .refused(409, "reference_not_found")
            .pointers(&[("/frameworkVersion", "not_found")]);
        assert!(team.reader().get(team.path("life-domain-choices")).expect(200).items().is_empty());
    });
}
