//! No change is skipped or doubled, however many write, through however many servers, and whatever falls over meanwhile.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::server::Server;
use crate::support::stored::changes_of;
use crate::support::team::{new_id, observation, with};
use crate::support::{Api, Client, Kind, Part, Request};

const WRITERS: usize = 8;
const WRITES: usize = 40;
const NETWORKS: usize = 6;

/// The servers that answer at the moment: one of them falls over and comes back elsewhere.
struct Servers(Mutex<Vec<String>>);

impl Servers {
    fn any(&self, turn: usize) -> String {
        let bases = self.0.lock().expect("one at a time");
        bases[turn % bases.len()].clone()
    }
}

/// What a reader was told, by network: the numbers in the order they came.
fn follow(servers: &Servers, token: &str, seed: usize, done: &AtomicBool) -> BTreeMap<String, Vec<i64>> {
    let (mut told, mut after, mut turn) = (BTreeMap::<String, Vec<i64>>::new(), None::<String>, seed);
    loop {
        let over = done.load(Ordering::SeqCst);
        turn += 1;
        let client = Client::with_token(&servers.any(turn), token);
        let limit = [3, 50, 1, 1_000][turn % 4];
        let position = after.as_ref().map(|after| format!("&after={after}")).unwrap_or_default();
        let asked = Request::new("GET", format!("/v1/changes?limit={limit}{position}"));
        // No answer: the server fell over. The position is asked for again, of another one.
        let Ok(page) = client.try_send(&asked) else { continue };
        if page.status == 503 {
            continue;
        }
        let page = page.expect(200);
        for change in page.items() {
            let network = change["networkId"].as_str().unwrap_or("server").to_owned();
            told.entry(network).or_default().push(change["number"].as_i64().expect("a number"));
        }
        after = Some(page.text_of("nextAfter"));
        if over && page["more"] == json!(false) {
            return told;
        }
    }
}

/// Writes until each write was acknowledged: what is sent again under its own id is written once.
fn write(servers: &Servers, token: &str, writer: usize, paths: &[String], written: &AtomicUsize) {
    for at in 0..WRITES {
        let path = &paths[(writer + at) % paths.len()];
        // Every fifth is refused, in the middle of it all.
        let refused = at % 5 == 4;
        let extra = if refused { json!({"questionId": new_id()}) } else { json!({"id": new_id()}) };
        let body: Value = with(observation(), extra);
        for turn in writer + at.. {
            let client = Client::with_token(&servers.any(turn), token);
            match client.try_send(&Request::new("POST", path).json(&body)) {
                Ok(answer) if matches!(answer.status, 200 | 201) && !refused => break,
                Ok(answer) if answer.status == 409 && refused => break,
                Ok(answer) => assert_eq!(answer.status, 503, "{}", answer.text),
                Err(_) => std::thread::sleep(Duration::from_millis(5)),
            }
        }
        written.fetch_add(1, Ordering::SeqCst);
    }
}

fn read_while_writing(kind: Kind, beside: usize) {
    let api = Api::start_one(kind, &[]);
    let teams: Vec<_> = (0..NETWORKS).map(|_| api.team()).collect();
    let paths: Vec<String> = teams.iter().map(|team| team.cycle().path("observations")).collect();
    let others: Vec<Server> = (0..beside).map(|_| Server::start(&api.server.database_url, &[])).collect();
    let bases = others.iter().map(|server| server.base.clone());
    let servers = Servers(Mutex::new(std::iter::once(api.server.base.clone()).chain(bases).collect()));
    let (writing, reading) = (api.client(Part::Practitioner), api.client(Part::Reader));
    let (done, written) = (AtomicBool::new(false), AtomicUsize::new(0));

    let told: Vec<_> = std::thread::scope(|scope| {
        let readers: Vec<_> = (0..3)
            .map(|seed| {
                scope.spawn({
                    let (servers, reading, done) = (&servers, &reading, &done);
                    move || follow(servers, reading.token(), seed, done)
                })
            })
            .collect();
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                scope.spawn({
                    let (servers, writing, paths, written) = (&servers, &writing, &paths, &written);
                    move || write(servers, writing.token(), writer, paths, written)
                })
            })
            .collect();
        while written.load(Ordering::SeqCst) < WRITERS * WRITES / 3 {
            std::thread::sleep(Duration::from_millis(2));
        }
        api.server.kill();
        let again = Server::start(&api.server.database_url, &[]);
        servers.0.lock().expect("one at a time")[0] = again.base.clone();
        for writer in writers {
            writer.join().expect("it wrote everything");
        }
        done.store(true, Ordering::SeqCst);
        let told = readers.into_iter().map(|reader| reader.join().expect("it read everything")).collect();
        drop(again);
        told
    });

    for told in told {
        for team in &teams {
            let committed: Vec<i64> = changes_of(&api, &team.id).iter().map(|change| change.number).collect();
            assert_eq!(committed, (1..=committed.len() as i64).collect::<Vec<_>>(), "no gap");
            assert_eq!(told.get(&team.id), Some(&committed), "as they were committed");
        }
        let made: usize = teams.iter().map(|team| told[&team.id].len()).sum();
        assert!(made >= WRITERS * WRITES * 4 / 5, "{made}");
    }
}

#[test]
fn readers_see_what_was_committed_while_a_server_falls_over() {
    read_while_writing(Kind::Sqlite, 0);
}

#[test]
fn readers_see_what_was_committed_over_two_servers_one_of_which_falls_over() {
    read_while_writing(Kind::Postgres, 1);
}
