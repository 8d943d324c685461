//! What a learning record store is told: statements that stand there as they are read here. The store is a program of its own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::lrs::{Lrs, by_id};
use crate::support::server::Server;
use crate::support::stored::{self, number};
use crate::support::team::{Cycle, Team, frame_shift};
use crate::support::{Api, Client, Part, on_each};
use crate::v1::networks::xapi_statements::{WRITTEN, write_all_over};

/// Lets the store know, or no longer.
fn forward(team: &Team<'_>, client: &Client, forwards: bool) {
    let path = format!("/v1/networks/{}", team.id);
    let version = client.get(&path).expect(200).version();
    client.patch(path, version, json!({"forwardsToLrs": forwards})).expect(200);
}

/// What is read here, by the ids of the statements.
fn read(team: &Team<'_>, client: &Client) -> Vec<Value> {
    let answer = client.get(team.path("xapi-statements?limit=1000")).expect(200);
    assert_eq!(answer.text_of("more"), "");
    by_id(answer["statements"].as_array().expect("statements").clone())
}

/// Waits until the store shows what is read here. It may be away for some seconds at first.
#[track_caller]
fn same(lrs: &Lrs, team: &Team<'_>, client: &Client) -> Vec<Value> {
    let here = read(team, client);
    let begun = Instant::now();
    loop {
        let there = lrs.statements();
        if there == here {
            return there;
        }
        if begun.elapsed() > Duration::from_secs(20) {
            let only = |these: &[Value], those: &[Value]| {
                json!(these.iter().filter(|one| !those.contains(one)).take(3).collect::<Vec<_>>()).to_string()
            };
            panic!(
                "{} statements there and {} here; only there: {}; only here: {}",
                there.len(),
                here.len(),
                only(&there, &here),
                only(&here, &there)
            );
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Something of everything: all kinds, changes, a withdrawal and what comes back from it, a move, and a private reflection.
fn practise(cycle: &Cycle<'_, '_>) {
    let practitioner = cycle.team.practitioner();
    let asked = cycle.ask(json!({}));
    let seen = cycle.observe(json!({"questionId": asked, "tags": ["koffiedik"]}));
    let thought = cycle.reflect(&[&seen], json!({"loopDepth": "double", "frameShift": frame_shift()}));
    cycle.reflect(&[&seen], json!({"visibility": "author"}));
    let hidden = cycle.reflect(&[&seen], json!({}));
    let tried = cycle.act(&[&thought], json!({}));
    cycle.evaluate(&tried, json!({}));
    practitioner.patch(format!("/v1/questions/{asked}"), 1, json!({"text": "En nu?"})).expect(200);
    practitioner.patch(format!("/v1/reflections/{hidden}"), 1, json!({"visibility": "author"})).expect(200);
    practitioner.post(format!("/v1/actions/{tried}/transitions"), json!({"to": "doing"})).expect(200);
    cycle.withdraw("observations", &seen);
    practitioner.post(format!("/v1/observations/{seen}/transitions"), json!({"to": "logged"})).expect(200);
    cycle.withdraw("observations", &cycle.observe(json!({})));
}

fn stored_at(lrs: &Lrs) -> i64 {
    number(crate::support::Kind::Postgres, &lrs.database_url, "SELECT count(*) FROM statement")
}

#[test]
fn a_store_shows_what_is_read_here() {
    on_each(|kind| {
        let lrs = Lrs::start();
        let api = Api::start(kind, &lrs.settings());
        let (team, silent) = (api.team(), api.team());
        let cycle = team.cycle();
        // Half of it before the network is told of, half of it after.
        practise(&cycle);
        practise(&silent.cycle());
        let coordinator = team.coordinator();
        forward(&team, &coordinator, true);
        same(&lrs, &team, &coordinator);
        write_all_over(&api, &cycle);
        practise(&cycle);
        let told = same(&lrs, &team, &coordinator);
        assert!(told.iter().all(|statement| statement.to_string().contains(&team.id)));

        // Nowhere in the store, not even in what was voided, is anything that people wrote, or who they are.
        let dump = stored::everything(&lrs.database_url);
        assert!(dump.contains(&team.id) && dump.contains("https://leren.example.org"));
        for word in WRITTEN {
            assert!(!dump.contains(word), "{word}");
        }
        for part in [Part::Practitioner, Part::Coordinator] {
            let person = api.person(part);
            assert!(!dump.contains(&person.id) && !dump.contains(&person.email));
        }
        assert!(!dump.contains(&silent.id));

        // Whoever wants nothing more told has nothing more told.
        forward(&team, &coordinator, false);
        let before = stored_at(&lrs);
        cycle.observe(json!({}));
        forward(&silent, &api.founder(), true);
        crate::support::eventually("the other network is told of", || stored_at(&lrs) > before);
        assert!(lrs.statements().len() > told.len());
        let shown = lrs.statements();
        let of_team = shown.iter().filter(|statement| statement.to_string().contains(&team.id));
        assert_eq!(of_team.count(), told.len());
        assert!(!api.server.logged().contains("refused"), "{}", api.server.logged());
    });
}

#[test]
fn what_was_written_is_told_where_the_operator_says_so() {
    on_each(|kind| {
        let lrs = Lrs::start();
        let mut settings = lrs.settings().to_vec();
        settings.push(("XAPI_FREE_TEXT", "true"));
        let api = Api::start(kind, &settings);
        let team = api.team();
        write_all_over(&api, &team.cycle());
        forward(&team, &team.coordinator(), true);
        let told = json!(same(&lrs, &team, &team.coordinator())).to_string();
        for word in &WRITTEN[..13] {
            assert!(told.contains(word), "{word}");
        }
    });
}

#[test]
fn a_server_that_is_cut_short_and_a_store_that_is_away_lose_and_double_nothing() {
    on_each(|kind| {
        let mut lrs = Lrs::start();
        let api = Api::start(kind, &lrs.settings());
        let team = api.team();
        forward(&team, &team.coordinator(), true);
        let cycle = team.cycle();
        for _ in 0..150 {
            cycle.observe(json!({}));
        }
        // In the middle of it.
        api.server.kill();
        // What it had taken for itself is free after a minute.
        let free = "UPDATE xapi_positions SET held_until = NULL";
        stored::execute(kind, &api.server.database_url, free);
        let server = Server::start(&api.server.database_url, &lrs.settings());
        let coordinator = Client::with_token(&server.base, team.coordinator().token());
        same(&lrs, &team, &coordinator);
        // As after an answer that got lost, or a database that was put back: all is sent once more.
        let before = stored_at(&lrs);
        server.kill();
        let url = &api.server.database_url;
        stored::execute(kind, url, "UPDATE xapi_positions SET sent = 0, held_until = NULL");
        lrs.stop();
        let server = Server::start(url, &lrs.settings());
        let coordinator = Client::with_token(&server.base, team.coordinator().token());
        let practitioner = Client::with_token(&server.base, team.practitioner().token());
        practitioner.post(cycle.path("questions"), crate::support::team::question()).expect(201);
        crate::support::eventually("it is noticed that the store is away", || {
            server.logged().contains("could not be told")
        });
        lrs.run();
        same(&lrs, &team, &coordinator);
        assert_eq!(stored_at(&lrs), before + 1);
        assert_eq!(number(kind, url, "SELECT sum(refused) FROM xapi_positions"), 0);
    });
}

/// A store that is away at first, and then refuses whatever one statement is in. It keeps the ids of what it takes, and counts
/// requests.
struct Picky {
    base: String,
    taken: Arc<Mutex<Vec<String>>>,
}

impl Picky {
    fn start(refused: String) -> Picky {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
        let base = format!("http://{}", listener.local_addr().expect("bound"));
        let taken = Arc::new(Mutex::new(Vec::new()));
        let keep = Arc::clone(&taken);
        std::thread::spawn(move || {
            let mut away = 1;
            for stream in listener.incoming().flatten() {
                let mut reader = BufReader::new(&stream);
                let mut length = 0;
                let mut line = String::new();
                while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                    let header = line.to_ascii_lowercase();
                    if let Some(value) = header.strip_prefix("content-length:") {
                        length = value.trim().parse().expect("a length");
                    }
                    line.clear();
                }
                let mut body = vec![0; length];
                reader.read_exact(&mut body).expect("a body");
                let statements: Vec<Value> = serde_json::from_slice(&body).expect("statements");
                let status = if away > 0 {
                    away -= 1;
                    "503 Service Unavailable\r\nRetry-After: 1"
                } else if statements.iter().any(|one| one["object"]["id"].to_string().contains(&refused)) {
                    "400 Bad Request"
                } else {
                    let ids = statements.iter().filter_map(|one| one["id"].as_str().map(str::to_owned));
                    keep.lock().expect("one at a time").extend(ids);
                    "200 OK"
                };
                let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]");
                (&stream).write_all(answer.as_bytes()).expect("somebody listens");
            }
        });
        Picky { base, taken }
    }
}

#[test]
fn one_statement_that_is_refused_holds_up_no_other() {
    on_each(|kind| {
        let bad = crate::support::team::new_id();
        let store = Picky::start(bad.clone());
        let settings = [("PUBLIC_URL", "https://leren.example.org"), ("XAPI_LRS_URL", store.base.as_str())];
        let api = Api::start(kind, &settings);
        let team = api.team();
        let cycle = team.cycle();
        for place in 0..9 {
            cycle.observe(if place == 5 { json!({"id": bad}) } else { json!({}) });
        }
        forward(&team, &team.coordinator(), true);
        let url = &api.server.database_url;
        crate::support::eventually("the position gets past it", || {
            number(kind, url, "SELECT coalesce(sum(refused), 0) FROM xapi_positions") == 1
        });
        let mut expected = read(&team, &team.coordinator());
        expected.retain(|statement| !statement["object"]["id"].to_string().contains(&bad));
        let expected: Vec<&str> = expected.iter().filter_map(|statement| statement["id"].as_str()).collect();
        let mut taken = store.taken.lock().expect("one at a time").clone();
        taken.sort_unstable();
        assert_eq!(taken, expected);
        let log = api.server.logged();
        assert!(log.contains("refused statement") && log.contains("503"), "{log}");
    });
}
