//! The demo: a believable workplace in one command, and in two no more than in one.

mod printed;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::privacy::{Zip, get_zip};
use crate::support::server::Server;
use crate::support::stored::number;
use crate::support::{Answer, Client, Kind, eventually, on_each};

const PASSWORD: &str = "een wachtwoord voor de demo";

fn start(database_url: &str) -> Server {
    Server::start_by("demo", database_url, &[("DEMO_PASSWORD", PASSWORD)])
}

fn sign_in(server: &Server, name: &str) -> Client {
    let body = json!({"email": format!("{name}@demo.example"), "password": PASSWORD});
    let session = Client::anonymous(&server.base).post("/v1/auth/tokens", body).expect(200);
    Client::with_token(&server.base, session.text_of("accessToken"))
}

fn count(kind: Kind, database_url: &str, table: &str) -> i64 {
    number(kind, database_url, &format!("SELECT count(*) FROM {table}"))
}

/// The id of the network whose locality begins so.
fn network_called(networks: &Answer, locality: &str) -> String {
    let called =
        |network: &&Value| network["locality"].as_str().is_some_and(|name| name.starts_with(locality));
    networks
        .items()
        .iter()
        .find(called)
        .and_then(|network| network["id"].as_str())
        .expect(locality)
        .to_owned()
}

fn a_note_is_for_those_present_alone(server: &Server, network: &str) {
    let sessions = format!("/v1/networks/{network}/sessions?state=held");
    let held = sign_in(server, "coordinator").get(sessions).expect(200).ids();
    let notes = |name: &str| {
        sign_in(server, name).get(format!("/v1/sessions/{}/notes", held[0])).expect(200).items().len()
    };
    assert_eq!((notes("coordinator"), notes("practitioner")), (1, 2));
}

/// All that is held about somebody is handed out, and a study gets what it may have.
fn what_is_held_is_handed_out(server: &Server, network: &str) {
    let coordinator = sign_in(server, "coordinator");
    let answering = coordinator.get(format!("/v1/networks/{network}/controllership")).expect(200);
    assert_eq!(answering["controllers"].as_array().map(Vec::len), Some(2));
    let consents = coordinator.get(format!("/v1/networks/{network}/research-consents")).expect(200);
    let consented =
        consents.items().iter().find_map(|consent| consent["pseudonymId"].as_str()).expect("one of them");
    let protocol = consents.items()[0]["protocol"].as_str().expect("a protocol");
    let pseudonym = Zip::of(&get_zip(&coordinator, format!("/v1/pseudonyms/{consented}/export"), "nl"));
    assert!(!pseudonym.ids("observations.json").is_empty());
    let page = coordinator.get(format!("/v1/pseudonyms/{consented}/citizen-page")).expect(200);
    assert!(page["chapters"].as_array().is_some_and(|chapters| !chapters.is_empty()), "{}", page.text);
    let asked =
        coordinator.get(format!("/v1/networks/{network}/data-subject-requests?open=true")).expect(200);
    assert_eq!((asked.items().len(), &asked.items()[0]["kind"]), (1, &serde_json::json!("correct")));
    let study = format!("/v1/networks/{network}/research-exports?protocol={protocol}");
    assert!(!Zip::of(&get_zip(&coordinator, study, "nl")).rows("observations.csv").is_empty());
    let own = Zip::of(&get_zip(&sign_in(server, "practitioner"), "/v1/me/export", "nl"));
    assert!(own.ids("observations.json").len() > 5);
}

/// One text was looked at and may stand, one waits to be looked at; what was seen is kept for a time, and of somebody
/// nothing is kept any more.
fn notes_about_people_are_taken_care_of(coordinator: &Client, network: &str) {
    let warnings = coordinator.get(format!("/v1/networks/{network}/privacy-warnings")).expect(200);
    let mut states: Vec<(&str, &str)> = warnings
        .items()
        .iter()
        .filter_map(|warning| Some((warning["kind"].as_str()?, warning["state"].as_str()?)))
        .collect();
    states.sort_unstable();
    assert_eq!(states, [("address", "confirmed"), ("birth_date", "open")]);
    let due = coordinator.post(format!("/v1/networks/{network}/retention-runs"), json!({"dryRun": true}));
    let due = due.expect(200);
    assert!(due["due"][0]["removed"].as_i64() > Some(10), "{}", due.text);
    let erasures = coordinator.get(format!("/v1/networks/{network}/erasures")).expect(200);
    let erased = &erasures.items()[0];
    assert_eq!((&erased["subject"], &erased["cause"]), (&json!("pseudonym"), &json!("consent_withdrawn")));
    let gone = erased["subjectId"].as_str().expect("an id");
    coordinator.get(format!("/v1/pseudonyms/{gone}")).expect(410);
}

/// One invented case, with prices whose sources say that they are.
fn a_case_is_put_to_prices(reader: &Client, network: &str) {
    let made = reader.get(format!("/v1/networks/{network}/effect-calculations")).expect(200).ids();
    assert_eq!(made.len(), 1);
    let result = reader.get(format!("/v1/effect-calculations/{}/result", made[0])).expect(200);
    let mut prices = result["prices"].as_array().expect("prices").iter();
    assert!(
        prices
            .all(|price| price["source"].as_str().is_some_and(|source| source.starts_with("Voorbeeldprijs")))
    );
    assert_eq!(result["difference"]["labels"], json!(["modelled", "one_case", "not_a_saving"]));
    assert_ne!(result["difference"]["total"]["cashable"], result["difference"]["total"]["amount"]);
}

/// A neighbourhood's square: better and worse is perceived, and beside it stands what was expected.
fn a_neighbourhood_shows_what_it_perceives(reader: &Client, network: &str) {
    let squares = reader.get(format!("/v1/networks/{network}/effect-squares")).expect(200);
    let square = &squares.items()[0];
    assert_eq!((&square["neighbourhood"], squares.items().len()), (&json!("De Lindehof"), 1));
    let initiatives = square["initiatives"].as_array().expect("a list");
    assert!(initiatives.iter().any(|one| one["partnerId"].is_string()), "{square}");
    assert!(initiatives.iter().any(|one| one["actionIds"] != json!([])), "{square}");
    let path = format!("/v1/effect-squares/{}/summary", square["id"].as_str().expect("an id"));
    let summary = reader.get(path).expect(200);
    let perceived = summary["perceived"].as_array().expect("a list");
    let told: i64 = perceived.iter().filter_map(|count| count["count"].as_i64()).sum();
    let directions: BTreeSet<&str> =
        perceived.iter().filter_map(|count| count["direction"].as_str()).collect();
    assert_eq!((told, Vec::from_iter(directions)), (7, vec!["better", "same", "worse"]));
    assert_eq!(summary["expected"].as_array().map(Vec::len), Some(4));
}

/// It was agreed and evaluated, with two views that differ.
fn an_arena_tells_who_pays_without_reaping(coordinator: &Client, network: &str) {
    let arenas = coordinator.get(format!("/v1/networks/{network}/effect-arenas?state=evaluated")).expect(200);
    let path = format!("/v1/effect-arenas/{}", arenas.ids()[0]);
    assert_eq!(coordinator.get(format!("{path}/versions")).expect(200).items().len(), 2);
    assert_eq!(coordinator.get(format!("{path}/views")).expect(200).items().len(), 2);
    let balance = coordinator.get(format!("{path}/balance")).expect(200);
    let positions = balance["parties"].as_array().into_iter().flatten().map(|party| &party["position"]);
    assert_eq!(
        Vec::from_iter(positions),
        ["pays_only", "pays_and_reaps", "pays_only", "reaps_only", "reaps_only", "reaps_only"]
    );
    let picture = coordinator.get(format!("{path}/picture?lang=nl")).expect(200);
    assert!(picture.text.contains("De zorgverzekeraar"), "{}", picture.text);
}

/// A schedule goes on, and the report of the quarter before this one can be read as it was.
fn the_last_quarter_is_kept(coordinator: &Client, network: &str) {
    let schedules = coordinator.get(format!("/v1/networks/{network}/report-schedules")).expect(200);
    assert_eq!(schedules.items()[0]["every"], "quarter");
    let kept = coordinator.get(format!("/v1/networks/{network}/kept-reports")).expect(200);
    let report = coordinator.get(format!("/v1/kept-reports/{}", kept.ids()[0])).expect(200);
    assert!(report["report"]["counts"]["observations"].as_i64() > Some(0), "{}", report.text);
}

/// Somewhere something waits for each step, and in each network for somebody.
fn the_loop_is_stuck_in_all_ways(coordinator: &Client, networks: &[String]) {
    let mut steps = BTreeSet::new();
    for network in networks {
        let open = coordinator.get(format!("/v1/networks/{network}/open-items?limit=200")).expect(200);
        for item in open.items() {
            steps.insert(item["waitingFor"].as_str().expect("a step").to_owned());
        }
        let people = open.items().iter().flat_map(|item| item["canClose"]["people"].as_array());
        let named = people.map(Vec::len).sum::<usize>();
        assert!(open.items().is_empty() || named > 0, "{}", open.text);
    }
    assert_eq!(Vec::from_iter(&steps), ["action", "cycle", "evaluation", "reflection", "return"]);
    assert!(!coordinator.get("/v1/me/open-items").expect(200).items().is_empty());
}

#[test]
fn it_fills_a_workplace_lets_everybody_in_and_runs_twice() {
    on_each(|kind| {
        let url = kind.database();
        let server = start(&url);
        for name in ["admin", "coordinator", "facilitator", "practitioner", "expert", "reader"] {
            sign_in(&server, name).get("/v1/me").expect(200);
        }
        let coordinator = sign_in(&server, "coordinator");
        let networks = coordinator.get("/v1/networks").expect(200);
        assert!(!networks.items().is_empty());
        insights_travel(&coordinator);
        approaches_develop(&coordinator, &networks.ids());
        the_loop_is_stuck_in_all_ways(&coordinator, &networks.ids());
        for network in networks.ids() {
            for cycle in coordinator.get(format!("/v1/networks/{network}/cycles")).expect(200).ids() {
                coordinator.get(format!("/v1/cycles/{cycle}/report")).expect(200);
            }
        }
        let joint =
            coordinator.get(format!("/v1/networks/{}/joint-cycles", network_called(&networks, "Peel")));
        assert_eq!(joint.expect(200).items()[0]["state"], "accepted");
        competences_are_asked_for_and_learned(&sign_in(&server, "reader"));
        a_dossier_is_read_by_everyone(&coordinator, &Client::anonymous(&server.base));
        // One network reads its life domains by a built-in framework, another by its own, and one has held check-ins.
        let (mut read_by, mut held) = (Vec::new(), Vec::new());
        for network in networks.ids() {
            let reading = coordinator.get(format!("/v1/networks/{network}/life-domains")).expect(200);
            if reading["observations"]["fitting"].as_i64() > Some(50) {
                read_by.push(reading["framework"]["builtIn"].as_str().unwrap_or("its own").to_owned());
            }
            let course = coordinator.get(format!("/v1/networks/{network}/check-in-course")).expect(200);
            let check_ins = course["checkIns"].as_array().expect("check-ins");
            held.extend(check_ins.iter().filter_map(|each| each["responses"].as_i64()));
        }
        read_by.sort();
        assert_eq!(
            (read_by, held),
            (vec!["its own".to_owned(), "positive_health".to_owned()], vec![5, 6, 7])
        );
        themes_are_worked_on(&sign_in(&server, "reader"));
        a_case_is_put_to_prices(&sign_in(&server, "reader"), &network_called(&networks, "Heumen"));
        what_is_held_is_handed_out(&server, &network_called(&networks, "Heumen"));
        notes_about_people_are_taken_care_of(&coordinator, &network_called(&networks, "Heumen"));
        a_note_is_for_those_present_alone(&server, &network_called(&networks, "Heumen"));
        let heumen = network_called(&networks, "Heumen");
        a_neighbourhood_shows_what_it_perceives(&sign_in(&server, "reader"), &heumen);
        an_arena_tells_who_pays_without_reaping(&coordinator, &network_called(&networks, "Heumen"));
        the_last_quarter_is_kept(&coordinator, &heumen);
        eventually("search finds what was told and seen", || {
            let found = coordinator.get("/v1/search?q=alleen&limit=200").expect(200);
            ["observation", "reflection", "question"]
                .iter()
                .all(|kind| found.items().iter().any(|item| item["type"] == **kind))
        });
        let tables = [
            "networks",
            "cycles",
            "observations",
            "reflections",
            "actions",
            "evaluations",
            "people",
            "effect_squares",
            "perceptions",
            "kept_reports",
            "report_schedules",
            "privacy_warnings",
            "erasures",
        ];
        let counts = tables.map(|table| count(kind, &url, table));
        assert!(counts[0] >= 4 && counts[1] >= 6 && counts[2] >= 300, "{counts:?} of {tables:?}");
        assert!(number(kind, &url, "SELECT count(DISTINCT phase) FROM cycles") >= 3, "in different phases");

        server.terminate();
        let again = start(&url);
        assert_eq!(tables.map(|table| count(kind, &url, table)), counts, "nothing is doubled");
        sign_in(&again, "practitioner").get("/v1/me").expect(200);
    });
}

/// What nobody discloses is unknown, somebody helps, and somebody told how they learned it.
fn competences_are_asked_for_and_learned(reader: &Client) {
    let gaps = |network: &Value| {
        let path = format!("/v1/networks/{}/competence-gaps", network["id"].as_str().expect("an id"));
        reader.get(path).expect(200).items().len()
    };
    let networks = reader.get("/v1/networks").expect(200);
    assert!(networks.items().iter().map(gaps).sum::<usize>() >= 3);
    let catalogue = reader.get("/v1/competences").expect(200);
    let listening = |entry: &&Value| entry["name"] == "Luisteren zonder op te lossen";
    let listening = catalogue.items().iter().find(listening).expect("it is there")["id"].clone();
    let routes =
        reader.get(format!("/v1/competences/{}/routes", listening.as_str().expect("an id"))).expect(200);
    assert_eq!(routes["colleagues"][0]["displayName"], "Evert Ervaring");
    assert_eq!(routes["routes"][0]["route"]["kind"], "colleague");
    assert_eq!(routes["routes"][0]["route"]["personId"], routes["colleagues"][0]["personId"]);
}

/// An insight that was adopted in a second network and from there in a third, with what came of it.
fn insights_travel(coordinator: &Client) {
    let insights = coordinator.get("/v1/insights?audience=commons").expect(200);
    let ledgers: Vec<_> = insights
        .ids()
        .iter()
        .map(|id| coordinator.get(format!("/v1/insights/{id}/adoptions")).expect(200))
        .collect();
    let travelled = ledgers
        .iter()
        .flat_map(|ledger| ledger.items())
        .any(|entry| entry["hop"] == 2 && entry["results"][0]["text"].is_string());
    assert!(travelled, "over two hops");
}

/// An approach whose second version was changed by insights, with what came of both.
fn approaches_develop(coordinator: &Client, networks: &[String]) {
    let approaches: Vec<String> = networks
        .iter()
        .flat_map(|network| coordinator.get(format!("/v1/networks/{network}/approaches")).expect(200).ids())
        .collect();
    let developed = approaches.iter().any(|id| {
        let outcomes = coordinator.get(format!("/v1/approaches/{id}/outcomes")).expect(200);
        let worked = |outcome: &serde_json::Value| outcome["verdicts"]["worked"].as_i64() > Some(0);
        outcomes.items().len() >= 2 && outcomes.items().iter().all(worked)
    });
    assert!(developed, "an approach with what came of its versions");
}

/// One theme has published texts of three networks, one that was taken out, and one that waits.
fn a_dossier_is_read_by_everyone(coordinator: &Client, anyone: &Client) {
    let themes = coordinator.get("/v1/themes?limit=200").expect(200);
    let title = |theme: &&serde_json::Value| theme["title"] == "Ontmoeten in de eigen straat";
    let theme =
        themes.items().iter().find(title).expect("the theme")["id"].as_str().expect("an id").to_owned();
    let feed = anyone.get(format!("/v1/themes/{theme}/dossier/json-feed?lang=nl")).expect(200);
    let count = |list: &serde_json::Value| list.as_array().map(Vec::len);
    assert_eq!((count(&feed["items"]), count(&feed["_tombstones"]["deleted_entries"])), (Some(3), Some(1)));
    let page = anyone.get(format!("/v1/themes/{theme}/dossier?lang=en")).expect(200).text;
    assert!(page.contains("Walk the round") && !page.contains("A bench needs no policy"), "{page}");
}

fn themes_are_worked_on(reader: &Client) {
    let themes = reader.get("/v1/themes?limit=200").expect(200);
    let broader = themes.items().iter().find(|theme| theme["title"] == "Erbij horen, in dorp en wijk");
    let broader = broader.and_then(|theme| theme["id"].as_str()).expect("a broader theme");
    let overview = reader.get(format!("/v1/themes/{broader}/overview")).expect(200);
    assert_eq!((&overview["networksTotal"], &overview["shared"]["networks"]), (&json!(3), &json!(2)));
}
