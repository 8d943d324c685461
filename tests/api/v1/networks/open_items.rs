//! Where the loop is stuck: what is open in a network, since when, what it waits for and who can close it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::people::Api;
use crate::support::team::{Cycle, Team, observation, question, with};
use crate::support::{Answer, Client, Part, Request, both};

fn ask(client: &Client, team: &Team<'_>, query: &str) -> Answer {
    client.get(team.path(&format!("open-items{query}"))).expect(200)
}

fn listed(team: &Team<'_>, query: &str) -> Vec<Value> {
    ask(&team.reader(), team, query).items().clone()
}

/// Kind, id and what it waits for, as the list has them.
fn waiting(team: &Team<'_>, query: &str) -> Vec<(String, String, String)> {
    let text = |item: &Value, member: &str| item[member].as_str().expect("text").to_owned();
    let triple = |item: &Value| (text(item, "type"), text(item, "id"), text(item, "waitingFor"));
    listed(team, query).iter().map(triple).collect()
}

fn triple(kind: &str, id: &str, step: &str) -> (String, String, String) {
    (kind.to_owned(), id.to_owned(), step.to_owned())
}

/// These and no others, in this order.
#[track_caller]
fn are(ids: &[String], expected: &[&String]) {
    assert_eq!(ids.iter().collect::<Vec<_>>(), expected);
}

fn day(day: i64) -> Value {
    json!({"happenedAt": format!("2024-06-{day:02}T08:00:00Z")})
}

fn the<'i>(items: &'i [Value], id: &str) -> &'i Value {
    items.iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("{id} is not open: {items:?}"))
}

/// Who can close it in person: whom, and as what.
fn closers(item: &Value) -> Vec<(String, String)> {
    let text = |closer: &Value, member: &str| closer[member].as_str().expect("text").to_owned();
    let people = item["canClose"]["people"].as_array().expect("people");
    people.iter().map(|closer| (text(closer, "personId"), text(closer, "as"))).collect()
}

fn being(api: &Api, part: Part, bond: &str) -> (String, String) {
    (api.person(part).id.clone(), bond.to_owned())
}

/// What a list and a report both tell of an open end.
fn told(items: &[Value]) -> Vec<Value> {
    let told = |item: &Value| json!([item["type"], item["id"], item["since"], item["waitingFor"]]);
    items.iter().map(told).collect()
}

fn agrees(team: &Team<'_>, cycle: &Cycle<'_, '_>) -> usize {
    let report = cycle.report();
    let open = report["openItems"].as_array().expect("items");
    let items = listed(team, &format!("?limit=200&cycleId={}", cycle.id));
    assert_eq!(told(&items), told(open), "the list and the report of a cycle");
    assert!(items.iter().all(|item| item["cycleId"] == cycle.id.as_str()));
    open.len()
}

#[test]
fn each_leg_of_the_loop_opens_an_item_and_closes_it() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        assert_eq!(listed(&team, ""), Vec::<Value>::new());
        let asked = cycle.ask(day(1));
        assert_eq!(waiting(&team, ""), [triple("question", &asked, "return")]);
        let returned = cycle.tell(&asked, json!({}));
        assert_eq!(waiting(&team, ""), []);
        let undo = json!({"to": "withdrawn", "reason": "Niet verteld."});
        team.facilitator().post(format!("/v1/returns/{returned}/transitions"), undo).expect(200);
        assert_eq!(waiting(&team, ""), [triple("question", &asked, "return")]);
        cycle.withdraw("questions", &asked);
        assert_eq!(waiting(&team, ""), []);

        let inbox = with(observation(), day(2));
        let seen = team.practitioner().post(team.path("observations"), inbox).expect(201).id();
        assert_eq!(waiting(&team, ""), [triple("observation", &seen, "cycle")]);
        assert_eq!(listed(&team, "")[0]["cycleId"], Value::Null);
        let path = format!("/v1/observations/{seen}");
        team.practitioner().patch(&path, 1, json!({"cycleId": cycle.id})).expect(200);
        assert_eq!(waiting(&team, ""), [triple("observation", &seen, "reflection")]);
        cycle.reflect(&[&seen], json!({"visibility": "author"}));
        assert_eq!(waiting(&team, ""), [triple("observation", &seen, "reflection")], "nobody else sees it");
        let thought = cycle.reflect(&[&seen], day(3));
        assert_eq!(waiting(&team, ""), [triple("observation", &seen, "action")]);
        let tried = cycle.act(&[&thought], day(4));
        let both_wait = [triple("observation", &seen, "evaluation"), triple("action", &tried, "evaluation")];
        assert_eq!(waiting(&team, ""), both_wait);
        let moves = format!("/v1/actions/{tried}/transitions");
        team.practitioner().post(&moves, json!({"to": "dropped", "reason": "Geen tijd."})).expect(200);
        assert_eq!(waiting(&team, ""), [triple("observation", &seen, "action")]);
        team.practitioner().post(&moves, json!({"to": "planned"})).expect(200);
        team.practitioner().post(&moves, json!({"to": "done"})).expect(200);
        assert_eq!(waiting(&team, ""), both_wait, "what was done waits for its evaluation");
        let judged = cycle.evaluate(&tried, json!({}));
        assert_eq!(waiting(&team, ""), []);
        cycle.withdraw("evaluations", &judged);
        assert_eq!(waiting(&team, ""), both_wait);
        let close = json!({"to": "closed", "reason": "Opgelost."});
        team.practitioner().post(format!("{path}/transitions"), close).expect(200);
        assert_eq!(waiting(&team, ""), [triple("action", &tried, "evaluation")]);
        cycle.withdraw("actions", &tried);
        assert_eq!(waiting(&team, ""), []);
    });
}

#[test]
fn a_cycle_has_what_its_report_has_item_by_item() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let mut made = 0;
        // All ways on from an observation, and some that lead nowhere.
        for round in 1..=3 {
            let asked = [cycle.ask(day(round)), cycle.ask(day(round))];
            cycle.tell(&asked[0], json!({}));
            let seen: Vec<String> = (0..8).map(|_| cycle.observe(day(round))).collect();
            cycle.reflect(&[&seen[1]], json!({"visibility": "author"}));
            let thoughts: Vec<String> = (2..7).map(|at| cycle.reflect(&[&seen[at]], day(10))).collect();
            let tried: Vec<String> = thoughts[1..].iter().map(|it| cycle.act(&[it], day(11))).collect();
            cycle.evaluate(&tried[1], json!({}));
            let drop = json!({"to": "dropped", "reason": "Geen tijd."});
            for dropped in &tried[2..] {
                let moves = format!("/v1/actions/{dropped}/transitions");
                team.practitioner().post(moves, drop.clone()).expect(200);
            }
            cycle.evaluate(&tried[3], json!({}));
            cycle.reflect(&[&seen[0], &seen[4]], json!({}));
            cycle.withdraw("observations", &seen[7]);
            made += 1;
            // Of eight observations one is withdrawn and two went round; an action and a question wait.
            assert_eq!(agrees(&team, &cycle), made * 7);
        }
        let later = team.cycle();
        later.observe(day(5));
        assert_eq!((agrees(&team, &cycle), agrees(&team, &later)), (21, 1));
        assert_eq!(listed(&team, "?limit=200").len(), 22);
    });
}

#[test]
fn a_carried_action_is_open_once_and_where_it_was_carried_to_last() {
    both(|api| {
        let team = api.team();
        let first = team.cycle();
        let thought = first.reflect(&[&first.observe(day(1))], json!({}));
        let tried = first.act(&[&thought], day(2));
        first.close();
        let second = team.cycle_with(json!({"previousCycleId": first.id}));
        let own = second.act(&[&second.reflect(&[&second.observe(day(3))], json!({}))], day(4));
        assert_eq!((agrees(&team, &first), agrees(&team, &second)), (1, 3));
        second.close();
        let third = team.cycle_with(json!({"previousCycleId": second.id}));
        assert_eq!((agrees(&team, &first), agrees(&team, &second), agrees(&team, &third)), (1, 1, 2));
        let items = listed(&team, "?type=action");
        let where_to: Vec<_> = items.iter().map(|item| (&item["id"], &item["cycleId"])).collect();
        let third_cycle = json!(third.id);
        assert_eq!(where_to, [(&json!(tried), &third_cycle), (&json!(own), &third_cycle)]);
        first.evaluate(&tried, json!({}));
        assert_eq!((agrees(&team, &first), agrees(&team, &third)), (0, 1));
    });
}

#[test]
fn it_is_narrowed_to_a_cycle_a_type_a_step_an_owner_and_an_age() {
    both(|api| {
        let team = api.team();
        let (cycle, other) = (team.cycle(), team.cycle());
        let asked = cycle.ask(day(1));
        let seen = cycle.observe(day(2));
        let discussed = cycle.observe(day(3));
        let thought = cycle.reflect(&[&discussed], json!({}));
        let tried_on = cycle.observe(day(4));
        let expert = &api.person(Part::Expert).id;
        let tried =
            cycle.act(&[&cycle.reflect(&[&tried_on], json!({}))], with(day(5), json!({"ownerId": expert})));
        let elsewhere = team.expert().post(other.path("observations"), with(observation(), day(6)));
        let elsewhere = elsewhere.expect(201).id();
        let waits = team.practitioner().post(team.path("observations"), with(observation(), day(7)));
        let waits = waits.expect(201).id();
        let ids = |query: &str| ask(&team.reader(), &team, query).ids();
        are(&ids(""), &[&asked, &seen, &discussed, &tried_on, &tried, &elsewhere, &waits]);
        are(&ids(&format!("?cycleId={}", other.id)), &[&elsewhere]);
        are(&ids("?type=question"), &[&asked]);
        are(&ids("?type=action"), &[&tried]);
        are(&ids("?type=observation"), &[&seen, &discussed, &tried_on, &elsewhere, &waits]);
        are(&ids("?waitingFor=cycle"), &[&waits]);
        are(&ids("?waitingFor=reflection"), &[&seen, &elsewhere]);
        are(&ids("?waitingFor=action"), &[&discussed]);
        are(&ids("?waitingFor=evaluation"), &[&tried_on, &tried]);
        are(&ids("?waitingFor=return"), &[&asked]);
        are(&ids("?waitingFor=evaluation&type=action"), &[&tried]);
        are(&ids("?waitingFor=return&type=action"), &[]);
        are(&ids(&format!("?ownerId={expert}")), &[&tried, &elsewhere]);
        are(&ids("?until=2024-06-03T08:00:00Z"), &[&asked, &seen]);
        let all = format!("?until=2024-06-05T00:00:00Z&waitingFor=evaluation&cycleId={}", cycle.id);
        are(&ids(&all), &[&tried_on]);
        cycle.withdraw("reflections", &thought);
        are(&ids("?waitingFor=reflection"), &[&seen, &discussed, &elsewhere]);
        // A cycle of elsewhere holds nothing here.
        are(&ids(&format!("?cycleId={}", api.team().cycle().id)), &[]);
        team.reader()
            .get(team.path("open-items?type=reflection&waitingFor=rain&until=soon&owner=me"))
            .refused(400, "invalid_query")
            .pointers(&[
                ("/type", "not_in_enum"),
                ("/waitingFor", "not_in_enum"),
                ("/until", "bad_format"),
                ("/owner", "unknown_member"),
            ]);
    });
}

#[test]
fn the_oldest_come_first_in_pages_of_all_kinds() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let (mut made, mut thoughts) = (Vec::new(), Vec::new());
        for round in [1, 1, 2] {
            // Equal instants are told apart by their ids.
            let seen = cycle.observe(day(round));
            thoughts.push(cycle.reflect(&[&seen], json!({})));
            made.push((round, seen));
            made.push((round, cycle.ask(day(round))));
            made.push((round, cycle.act(&[&thoughts[0]], day(round))));
        }
        made.sort();
        let expected: Vec<&String> = made.iter().map(|(_, id)| id).collect();
        for limit in [1, 2, 4, 9, 10] {
            let (mut ids, mut next) = (Vec::new(), Some(team.path(&format!("open-items?limit={limit}"))));
            while let Some(path) = next {
                let page = team.reader().get(path).expect(200);
                assert!(page.items().len() <= limit);
                ids.extend(page.ids());
                next = page.header("link").map(|link| link[1..link.find('>').expect("a link")].to_owned());
            }
            assert_eq!(ids.iter().collect::<Vec<_>>(), expected, "in pages of {limit}");
        }
        let cursor = ask(&team.reader(), &team, "?limit=1").text_of("nextCursor");
        let elsewhere = team.path(&format!("open-items?type=action&cursor={cursor}"));
        team.reader().get(elsewhere).refused(400, "invalid_cursor");
    });
}

#[test]
fn it_tells_who_can_close_what_in_person_and_by_which_role() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let asked = cycle.ask(day(1));
        let seen = cycle.observe(day(2));
        let thought = cycle.reflect(&[&seen], json!({}));
        let expert = &api.person(Part::Expert).id;
        let (own, anothers) = (
            cycle.act(&[&thought], day(3)),
            cycle.act(&[&thought], with(day(4), json!({"ownerId": expert}))),
        );
        let experts = team.expert().post(cycle.path("observations"), with(observation(), day(5)));
        let experts = experts.expect(201).id();
        let items = listed(&team, "");
        let guides = json!(["coordinator", "facilitator"]);
        assert!(items.iter().all(|item| item["canClose"]["roles"] == guides));
        assert_eq!(closers(the(&items, &asked)), []);
        assert_eq!(closers(the(&items, &seen)), [being(api, Part::Practitioner, "author")]);
        assert_eq!(closers(the(&items, &own)), [being(api, Part::Practitioner, "owner")]);
        let owner_first = [being(api, Part::Expert, "owner"), being(api, Part::Practitioner, "author")];
        assert_eq!(closers(the(&items, &anothers)), owner_first);
        assert_eq!(the(&items, &own)["canClose"]["people"][0]["displayName"], "practitioner");

        // They can, and who cannot is not named.
        team.expert()
            .post(format!("/v1/observations/{seen}/transitions"), json!({"to": "closed", "reason": "Klaar."}))
            .refused(403, "forbidden");
        team.expert().post(format!("/v1/actions/{anothers}/transitions"), json!({"to": "done"})).expect(200);
        let members = team.coordinator().get(team.path("members?limit=200")).expect(200);
        let membership = |part: Part| {
            let id = &api.person(part).id;
            let entry = members.items().iter().find(|entry| entry["personId"] == id.as_str());
            let entry = entry.expect("a member");
            (format!("/v1/members/{}", entry["id"].as_str().expect("an id")), entry["version"].as_i64())
        };
        let (path, version) = membership(Part::Practitioner);
        team.coordinator().patch(&path, version.expect("one"), json!({"role": "reader"})).expect(200);
        let items = listed(&team, "");
        assert_eq!(closers(the(&items, &seen)), [], "who only reads closes nothing");
        assert_eq!(closers(the(&items, &anothers)), [being(api, Part::Expert, "owner")]);
        let (path, version) = membership(Part::Expert);
        team.coordinator().delete(&path, version.expect("one")).expect(204);
        let items = listed(&team, "");
        assert_eq!(closers(the(&items, &experts)), [], "who left is nobody to wait for");
        assert_eq!(closers(the(&items, &anothers)), [being(api, Part::Coordinator, "owner")], "handed over");
        let archive = json!({"to": "archived", "reason": "Klaar."});
        team.coordinator().post(team.path("transitions"), archive).expect(200);
        let items = listed(&team, "");
        assert_eq!(items.len(), 5, "it reads on");
        let nobody = json!({"people": [], "roles": []});
        assert!(items.iter().all(|item| item["canClose"] == nobody), "and takes no changes");
    });
}

#[test]
fn guests_and_neighbours_who_own_something_can_close_it() {
    both(|api| {
        let (team, beside) = (api.team(), api.quiet_team());
        let neighbour = json!({"personId": api.person(Part::Neighbour).id, "role": "practitioner"});
        api.founder().post(beside.path("members"), neighbour).expect(201);
        let cycle = team.cycle();
        // Whom the founder knows from elsewhere.
        let guest = json!({"personId": api.person(Part::GuestPractitioner).id, "role": "practitioner"});
        api.founder()
            .post(beside.path("members"), with(guest.clone(), json!({"role": "reader"})))
            .expect(201);
        let seat = api.founder().post(cycle.path("participants"), guest).expect(201);
        let invited = json!({"coNetworkId": beside.id, "reason": "Dezelfde vraag."});
        let shared = api.founder().post(cycle.path("co-networks"), invited).expect(201).id();
        let moves = format!("/v1/co-networks/{shared}/transitions");
        api.founder().post(&moves, json!({"to": "accepted"})).expect(200);
        let log = |part: Part, at| {
            let body = with(observation(), day(at));
            api.client(part).post(cycle.path("observations"), body).expect(201).id()
        };
        let (guests, neighbours) = (log(Part::GuestPractitioner, 1), log(Part::Neighbour, 2));
        let items = listed(&team, "");
        assert_eq!(closers(the(&items, &guests)), [being(api, Part::GuestPractitioner, "author")]);
        assert_eq!(closers(the(&items, &neighbours)), [being(api, Part::Neighbour, "author")]);
        // Neither sees what is open in the whole network.
        for part in [Part::GuestPractitioner, Part::Neighbour] {
            api.client(part).get(team.path("open-items")).refused(404, "not_found");
        }
        api.founder().delete(format!("/v1/participants/{}", seat.id()), seat.version()).expect(204);
        api.founder().post(&moves, json!({"to": "ended", "reason": "Klaar."})).expect(200);
        let items = listed(&team, "");
        assert_eq!(closers(the(&items, &guests)), []);
        assert_eq!(closers(the(&items, &neighbours)), []);
    });
}

#[test]
fn ages_are_calendar_days_of_which_those_in_pauses_are_told() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        // By the calendar: as many times 24 hours ago is another day where the clock was changed since.
        let today = chrono::Utc::now().with_timezone(&chrono_tz::Europe::Amsterdam).date_naive();
        let on = |days: i64| (today - chrono::Duration::days(days)).to_string();
        let days_ago = |days: i64| json!({"happenedAt": format!("{}T12:00:00Z", on(days))});
        let (old, young) = (cycle.observe(days_ago(40)), cycle.observe(days_ago(2)));
        let ages = |id: &str| {
            let items = listed(&team, "");
            let item = the(&items, id);
            (item["ageDays"].as_i64().expect("days"), item["pausedDays"].as_i64().expect("days"))
        };
        assert_eq!((ages(&old), ages(&young)), ((40, 0), (2, 0)));
        let pauses = json!({"pauses": [{"startsOn": on(30), "endsOn": on(21), "label": "Zomer"}]});
        let network = format!("/v1/networks/{}", team.id);
        let version = team.coordinator().get(&network).expect(200).version();
        team.coordinator().patch(&network, version, pauses).expect(200);
        assert_eq!((ages(&old), ages(&young)), ((40, 10), (2, 0)));
    });
}

#[test]
fn an_integration_reads_it_and_is_nobody_to_close_anything() {
    both(|api| {
        let team = api.team();
        let key = team.keyed("practitioner", json!(["listOpenItems", "createInboxObservation"]));
        let logged = key.post(team.path("observations"), observation()).expect(201).id();
        let items = ask(&key, &team, "").items().clone();
        assert_eq!(closers(the(&items, &logged)), []);
        team.keyed("practitioner", json!(["getNetwork"]))
            .get(team.path("open-items"))
            .refused(403, "forbidden");
        key.get(api.team().path("open-items")).refused(404, "not_found");
        let body = json!({"name": "Koppeling", "role": "reader", "operations": ["listMyOpenItems"]});
        team.coordinator().post(team.path("api-keys"), body).refused(400, "invalid_body");
    });
}

#[test]
fn owners_are_named_in_no_report_and_no_export() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let asked = cycle.ask(json!({}));
        let seen = cycle.observe(json!({}));
        let expert = api.person(Part::Expert);
        cycle.act(&[&cycle.reflect(&[&seen], json!({}))], json!({"ownerId": expert.id}));
        team.expert().post(cycle.path("observations"), observation()).expect(201);
        let people: BTreeSet<&str> =
            [Part::Expert, Part::Practitioner].map(|part| api.person(part).id.as_str()).into();
        let names = |text: &str| people.iter().any(|id| text.contains(id)) || text.contains("canClose");
        assert!(names(&ask(&team.reader(), &team, "").text), "here they are");
        let as_type =
            |path: &str, accept: &str| team.reader().send(Request::new("GET", path).header("Accept", accept));
        for accept in ["application/json", "text/csv"] {
            let report = as_type(&cycle.path("report"), accept).expect(200);
            assert!(!names(&report.text) && !report.text.contains("displayName"), "{}", report.text);
        }
        let figures = team.coordinator().get(format!("/v1/networks/{}/figures", team.id)).expect(200);
        assert!(!names(&figures.text), "{}", figures.text);
        // A record that is exported holds what it holds in its list: ids of who made it and owns it, and no name beside an age.
        for path in [
            cycle.path("actions"),
            cycle.path("observations"),
            cycle.path("questions"),
            team.path("observations"),
            format!("/v1/questions/{asked}/returns"),
        ] {
            for accept in ["text/csv", "application/jsonl"] {
                let export = as_type(&path, accept).expect(200);
                for word in ["displayName", "canClose", "ageDays", "experience_expert"] {
                    assert!(!export.text.contains(word), "{path}: {}", export.text);
                }
            }
        }
        for path in [team.path("open-items"), "/v1/me/open-items".to_owned()] {
            for accept in ["text/csv", "application/jsonl"] {
                as_type(&path, accept).refused(406, "not_acceptable");
            }
        }
    });
}

#[test]
fn questions_of_a_closed_cycle_stay_open_until_somebody_tells() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let asked = team.expert().post(cycle.path("questions"), question()).expect(201).id();
        cycle.close();
        assert_eq!(waiting(&team, ""), [triple("question", &asked, "return")]);
        cycle.tell(&asked, json!({}));
        assert_eq!(waiting(&team, ""), []);
    });
}
