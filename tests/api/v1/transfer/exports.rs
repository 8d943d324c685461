//! Lists as a whole: the same records as in the pages, in the same order, for the same eyes.

use std::io::{BufRead as _, BufReader, Read as _};

use serde_json::{Value, json};

use super::{CSV, JSON_LINES, NASTY, column, export, lines, table};
use crate::support::team::{Cycle, frame_shift};
use crate::support::{Api, Client, Kind, Part, Request, both, on_each, stored};

/// What the pages of a list show one after the other.
pub(super) fn paged(client: &Client, path: &str) -> Vec<Value> {
    let (mut items, mut next) = (Vec::new(), Some(path.to_owned()));
    while let Some(path) = next {
        let page = client.get(&path).expect(200);
        items.extend(page.items().iter().cloned());
        next = page.header("link").map(|link| link[1..link.find('>').expect("a link")].to_owned());
    }
    items
}

#[test]
fn every_list_of_practice_is_sent_as_a_whole() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let pseudonym = team.pseudonym();
        let question = cycle.ask(json!({"pseudonymId": pseudonym}));
        let seen = cycle.observe(json!({"tags": ["avond", "a;b"], "aboutPseudonymIds": [pseudonym]}));
        let shift = json!({"loopDepth": "double", "frameShift": frame_shift()});
        let (plain, deep) = (cycle.reflect(&[&seen], json!({})), cycle.reflect(&[&seen], shift));
        let action = cycle.act(&[&plain, &deep], json!({"dueOn": "2030-01-01"}));
        cycle.evaluate(&action, json!({}));
        cycle.tell(&question, json!({}));
        let held = json!({"cycleId": cycle.id});
        let session = team.held(held, &[Part::Practitioner]);
        cycle.reflect(&[&seen], json!({"sessionId": session.id}));
        let lists = [
            (team.path("pseudonyms"), 1),
            (team.path("cycles"), 1),
            (team.path("sessions"), 1),
            (cycle.path("sessions"), 1),
            (team.path("observations"), 1),
            (cycle.path("observations"), 1),
            (cycle.path("questions"), 1),
            (cycle.path("reflections"), 3),
            (cycle.path("actions"), 1),
            (session.path("reflections"), 1),
            (format!("/v1/actions/{action}/evaluations"), 1),
            (format!("/v1/questions/{question}/returns"), 1),
        ];
        for (path, count) in lists {
            let items = paged(&team.reader(), &path);
            assert_eq!(items.len(), count, "{path}");
            let answer = export(&team.reader(), &path, JSON_LINES).expect(200);
            assert_eq!(lines(&answer.text), items, "{path}");
            assert_eq!(answer.header("vary"), Some("Accept"));
            let name = path.trim_start_matches("/v1/").replace('/', "-");
            let disposition = format!("attachment; filename=\"{name}.jsonl\"");
            assert_eq!(answer.header("content-disposition"), Some(disposition.as_str()));

            let answer = export(&team.reader(), &path, CSV).expect(200);
            assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
            let table = table(&answer.text, b',');
            assert_eq!(table.1.len(), count, "{path}");
            for (row, item) in table.1.iter().zip(&items) {
                let told = table.0.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
                let mut members = 0;
                for (name, cell) in told {
                    let value = name.split('.').fold(item, |value, member| &value[member]);
                    match value {
                        Value::String(text) => assert_eq!(cell, text, "{path}: {name}"),
                        Value::Array(_) if cell.starts_with('[') => {
                            assert_eq!(&serde_json::from_str::<Value>(cell).expect("JSON"), value);
                        }
                        Value::Array(entries) => {
                            let entries = entries.iter().map(|entry| entry.as_str().expect("a text"));
                            let joined: Vec<String> =
                                entries.map(|entry| entry.replace(';', "\\;")).collect();
                            assert_eq!(cell, &joined.join(";"), "{path}: {name}");
                        }
                        other => assert_eq!(cell, &other.to_string(), "{path}: {name}"),
                    }
                    members += 1;
                }
                assert_eq!(members, leaves(item), "no member is left out: {path}");
            }
            assert!(answer.text.ends_with("\r\n"), "RFC 4180 ends its rows so");
        }
    });
}

/// How many values a record has that are not empty, lists counted once.
pub(super) fn leaves(value: &Value) -> usize {
    match value {
        Value::Object(members) => members.values().map(leaves).sum(),
        Value::Array(entries) => usize::from(!entries.is_empty()),
        Value::Null => 0,
        _ => 1,
    }
}

#[test]
fn the_columns_are_the_types_whatever_there_is() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let empty = table(&export(&team.reader(), &cycle.path("reflections"), CSV).expect(200).text, b',');
        assert_eq!(empty.1, Vec::<Vec<String>>::new());
        for name in ["id", "observationIds", "answers", "frameShift.disruption", "stateReason", "version"] {
            assert!(empty.0.iter().any(|column| column == name), "{name} in {:?}", empty.0);
        }
        assert!(empty.0.iter().all(|column| column != "digest"));
        cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let filled = table(&export(&team.reader(), &cycle.path("reflections"), CSV).expect(200).text, b',');
        assert_eq!(filled.0, empty.0);
        assert_eq!(export(&team.reader(), &cycle.path("actions"), JSON_LINES).expect(200).text, "");
    });
}

#[test]
fn no_cell_is_a_formula() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        for (second, text) in NASTY.iter().enumerate() {
            let at = format!("2024-01-01T00:00:{second:02}Z");
            let tags: Vec<&str> = [*text].into_iter().filter(|text| text.chars().count() <= 50).collect();
            cycle.observe(json!({"body": text, "tags": tags, "happenedAt": at}));
        }
        let table = table(&export(&team.reader(), &cycle.path("observations"), CSV).expect(200).text, b',');
        let cells = table.1.iter().flatten().chain(&table.0);
        for cell in cells.clone() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']), "{cell}");
        }
        let mut bodies = column(&table, "body");
        bodies.reverse();
        assert_eq!(bodies[..3], ["'=1+1", "''=1+1", "'''=1+1"]);
        assert_eq!(bodies[8..10], ["'s ochtends", "'"], "what is none is left as it is");
        assert_eq!(bodies[10], NASTY[10], "quotes and lines are kept");
        assert!(cells.clone().any(|cell| cell == "'=1+1"), "tags too");
    });
}

#[test]
fn filters_hold_and_pages_do_not() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let kept = cycle.observe(json!({"perspective": "citizen"}));
        cycle.observe(json!({"perspective": "system"}));
        let gone = cycle.observe(json!({"perspective": "citizen"}));
        cycle.withdraw("observations", &gone);
        let list = cycle.path("observations");
        let ids = |query: &str| -> Vec<Value> {
            let answer = export(&team.reader(), &format!("{list}{query}"), JSON_LINES).expect(200);
            lines(&answer.text).iter().map(|record| record["id"].clone()).collect()
        };
        assert_eq!(ids("?perspective=citizen"), [json!(kept)]);
        assert_eq!(ids("?state=withdrawn"), [json!(gone)]);
        assert_eq!(ids("").len(), 2);
        let refused = |query: &str, media_type: &str, errors: &[(&str, &str)]| {
            export(&team.reader(), &format!("{list}?{query}"), media_type).errors(errors);
        };
        refused("limit=10&cursor=x", JSON_LINES, &[("/limit", "inconsistent"), ("/cursor", "inconsistent")]);
        refused("limit=10", CSV, &[("/limit", "inconsistent")]);
        refused("perspective=mine", CSV, &[("/perspective", "not_in_enum")]);
        refused("delimiter=tab", JSON_LINES, &[("/delimiter", "inconsistent")]);
        refused("delimiter=tab", "application/json", &[("/delimiter", "inconsistent")]);
        let both = [("/delimiter", "not_in_enum"), ("/byteOrderMark", "not_in_enum")];
        refused("delimiter=;&byteOrderMark=ja", CSV, &both);
        // A list that is not exported knows nothing of it.
        let members = team.path("members");
        export(&team.reader(), &members, CSV).refused(406, "not_acceptable");
        team.reader().get(format!("{members}?delimiter=tab")).refused(400, "invalid_query");
        // And to the same path nothing is sent that answers so.
        let body = json!({"body": "Stil.", "perspective": "system"});
        let post = Request::new("POST", &list).header("Accept", CSV).json(&body);
        team.practitioner().send(post).refused(406, "not_acceptable");
    });
}

#[test]
fn spreadsheets_get_what_they_expect() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        cycle.observe(json!({"body": "Eén, twee; drie.", "tags": ["a", "b"]}));
        let ask =
            |query: &str| export(&team.reader(), &format!("{}{query}", cycle.path("observations")), CSV);
        let dutch = ask("?delimiter=semicolon&byteOrderMark=true").expect(200).text;
        let rest = dutch.strip_prefix('\u{feff}').expect("a byte order mark");
        let read = table(rest, b';');
        assert_eq!((column(&read, "body")[0], column(&read, "tags")[0]), ("Eén, twee; drie.", "a;b"));
        let tabbed = ask("?delimiter=tab&byteOrderMark=false").expect(200).text;
        assert_eq!(table(&tabbed, b'\t'), read);
        assert!(tabbed.starts_with("id\tnetworkId\t"));
        // What the client likes best is what it gets.
        let likes = |accept: &str| {
            let answer = export(&team.reader(), &cycle.path("observations"), accept).expect(200);
            answer.media_type().to_owned()
        };
        assert_eq!(likes("*/*"), "application/json");
        assert_eq!(likes("application/json, text/csv"), "application/json");
        assert_eq!(likes("application/json;q=0.5, text/csv;q=0.7, application/jsonl;q=0.6"), CSV);
        assert_eq!(likes("application/jsonl, */*;q=0.1"), JSON_LINES);
    });
}

#[test]
fn an_export_shows_what_its_pages_show_and_to_nobody_else() {
    both(|api| {
        let team = api.team();
        let (cycle, other) = (team.cycle(), team.cycle());
        let seen = cycle.observe(json!({}));
        let word = "zwaluwstaart";
        let answers = json!([{"promptId": "free", "text": word}]);
        cycle.reflect(&[&seen], json!({"visibility": "author", "answers": answers}));
        cycle.reflect(&[&seen], json!({}));
        other.observe(json!({}));
        let guest = json!({"personId": api.person(Part::GuestReader).id, "role": "reader"});
        api.founder().post(cycle.path("participants"), guest).expect(201);
        for media_type in [CSV, JSON_LINES] {
            let reflections = cycle.path("reflections");
            let count = |part: Part| {
                export(&api.client(part), &reflections, media_type).expect(200).text.matches(word).count()
            };
            assert_eq!(count(Part::Practitioner), 1, "its author has it");
            for part in [Part::Coordinator, Part::Reader, Part::GuestReader, Part::Founder] {
                assert_eq!(count(part), 0, "{part:?}");
            }
            let guest = api.client(Part::GuestReader);
            export(&guest, &cycle.path("observations"), media_type).expect(200);
            export(&guest, &other.path("observations"), media_type).refused(404, "not_found");
            export(&guest, &team.path("observations"), media_type).refused(404, "not_found");
            for path in [cycle.path("observations"), team.path("pseudonyms")] {
                export(&team.outsider(), &path, media_type).refused(404, "not_found");
                export(&api.anonymous(), &path, media_type).refused(401, "unauthenticated");
            }
        }
    });
}

/// A cycle with so many observations of more than 4,000 characters.
pub(super) fn observed_often(api: &Api, cycle: &Cycle, count: usize) {
    let columns = "network_id, cycle_id, body, perspective, voice, question_id, about_pseudonym_ids, \
        on_behalf_of_pseudonym_id, theme_ids, life_domains, tags, late, state, state_reason, author_id, happened_at, \
        created_at, updated_at, version, digest";
    let first = cycle.observe(json!({"body": WORDS.repeat(80)}));
    stored::copy(api, "observations", columns, &first, count - 1);
}

pub(super) const WORDS: &str = "Zij zei dat ze sinds de zomer niemand meer spreekt. ";

/// The list as it is sent, to be read piece by piece.
pub(super) fn begun(client: &Client, path: &str, media_type: &str) -> impl std::io::Read + use<> {
    let request = ureq::get(format!("{}{path}", client.base))
        .header("Authorization", format!("Bearer {}", client.token()))
        .header("Accept", media_type);
    request.call().expect("a list").into_body().into_reader()
}

#[test]
fn a_long_list_is_sent_whole_and_never_held() {
    on_each(|kind| {
        // A server of its own, to see how much memory it takes.
        let api = Api::start(kind, &[]);
        let team = api.team();
        let cycle = team.cycle();
        observed_often(&api, &cycle, 20_000);
        let reader = team.reader();
        for media_type in [CSV, JSON_LINES] {
            let before = api.server.memory();
            let (mut most, mut size, mut records) = (before, 0, 0);
            let mut body = BufReader::new(begun(&reader, &cycle.path("observations"), media_type));
            let mut line = String::new();
            while body.read_line(&mut line).expect("it goes on") > 0 {
                size += line.len();
                records += usize::from(line.contains(WORDS));
                if records % 500 == 0 {
                    most = most.max(api.server.memory());
                }
                line.clear();
            }
            assert_eq!(records, 20_000);
            let (size, taken) = (size >> 20, (most - before) >> 20);
            assert!(size > 80 && taken < 40, "{kind:?}: {taken} MiB more for {size} MiB");
        }
    });
}

#[test]
fn what_breaks_off_does_not_look_like_an_end() {
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let team = api.team();
        let cycle = team.cycle();
        observed_often(&api, &cycle, 5_000);
        let guest = api.newcomer("follower");
        let member = json!({"personId": guest.id, "role": "reader"});
        api.founder().post(team.path("members"), member).expect(201);
        let client = api.signed_in(&guest);
        let mut body = begun(&client, &cycle.path("observations"), JSON_LINES);
        body.read_exact(&mut [0; 1_000]).expect("it begins");
        client.send(Request::new("DELETE", "/v1/auth/tokens")).expect(204);
        let error = std::io::copy(&mut body, &mut std::io::sink()).expect_err("no end, but a break");
        assert!(api.server.logged().contains("an export was broken off"), "{error}");
    });
}

/// Both databases order alike, so whoever compares two exports compares what is in them.
#[test]
fn the_two_databases_export_alike() {
    let headers: Vec<Vec<String>> = Kind::BOTH
        .iter()
        .map(|kind| {
            let api = Api::shared(*kind);
            let team = api.team();
            table(&export(&team.reader(), &team.path("observations"), CSV).expect(200).text, b',').0
        })
        .collect();
    assert_eq!(headers[0], headers[1]);
}
