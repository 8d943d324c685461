//! Killed at any moment while 64 write: what was acknowledged is there, nothing is there by half, each change is in the change
//! log, search finds what stands, and the chains over the logs are whole. `make soak` kills a hundred times on each database.

mod ledger;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use super::stands;
use crate::support::postgres::Postgres;
use crate::support::server::Server;
use crate::support::soak::{below, number, tell};
use crate::support::wire::Wire;
use crate::support::{Api, Kind, Part};
use ledger::{Ledger, Page};

const WRITERS: usize = 64;

/// What is killed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Victim {
    Server,
    Database,
}

#[test]
fn killing_the_server_again_and_again_on_sqlite_loses_nothing() {
    storm(Api::start(Kind::Sqlite, &[]), None, number("SOAK_KILLS", 3));
}

#[test]
fn killing_the_server_and_postgresql_in_turn_loses_nothing() {
    let postgres = Postgres::mortal();
    let api = Api::start_at(Kind::Postgres, &postgres.database(), &[]);
    storm(api, Some(&postgres), number("SOAK_KILLS", 4));
}

fn storm(mut api: Api, postgres: Option<&Postgres>, kills: usize) {
    let began = Instant::now();
    let kind = api.kind;
    // Several networks, so that writers meet in some and not in others.
    let cycles: Vec<String> = (0..4).map(|_| api.team().cycle().id).collect();
    let ledger = Ledger::default();
    let (mut slowest, mut healed) = (Duration::ZERO, Duration::ZERO);
    for kill in 0..kills {
        let victim = if postgres.is_some() && kill % 2 == 1 { Victim::Database } else { Victim::Server };
        let page = ledger.page();
        let token = api.client(Part::Practitioner).token().to_owned();
        healed =
            healed.max(blow(&api, &token, &cycles, &page, postgres.filter(|_| victim == Victim::Database)));
        if victim == Victim::Server {
            let url = api.server.database_url.clone();
            let begun = Instant::now();
            let server = Server::start(&url, &[]);
            slowest = slowest.max(begun.elapsed());
            api = api.on(server);
        }
        page.settle(&api, &token);
        ledger.close(page);
        stands::records_and_changes_agree(&api);
        if (kill + 1) % 10 == 0 || kill + 1 == kills {
            let (acknowledged, unanswered, found, busy) = ledger.figures();
            tell(format!(
                "{kind:?}: {} kills under {WRITERS} writers in {:.0} s: {acknowledged} acknowledged, none missing; \
                 of {unanswered} that were not {found} were made all the same, each whole; {busy} answers were 503",
                kill + 1,
                began.elapsed().as_secs_f64()
            ));
        }
    }
    let checked = ledger.all_is_there(&api);
    stands::search_agrees(&api);
    stands::chains_are_whole(&api);
    stands::files_are_sound(&api);
    let healed = postgres.map(|_| {
        format!(", and writing again {:.2} s after PostgreSQL was killed at most", healed.as_secs_f64())
    });
    tell(format!(
        "{kind:?}: all {checked} records read again at the end; search agrees with them, and the chains are whole; up again after \
         {:.2} s at most{}",
        slowest.as_secs_f64(),
        healed.unwrap_or_default()
    ));
}

/// Lets all write, and kills in the middle. With PostgreSQL to kill, it is started again while they go on, and they go on
/// until it takes what they write; how long that took.
fn blow(api: &Api, token: &str, cycles: &[String], page: &Page, postgres: Option<&Postgres>) -> Duration {
    let (ends, dead) = (AtomicBool::new(false), AtomicBool::new(false));
    let written = AtomicUsize::new(0);
    let base = api.server.base.as_str();
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (ends, dead, written) = (&ends, &dead, &written);
            scope.spawn(move || {
                let mut wire = Wire::to(base, token);
                let mut author = page.author(&cycles[writer % cycles.len()]);
                while !ends.load(Ordering::Relaxed) {
                    match author.write(&mut wire) {
                        Ok(true) => {
                            written.fetch_add(1, Ordering::Relaxed);
                        }
                        // Turned away.
                        Ok(false) => std::thread::sleep(Duration::from_millis(20)),
                        Err(_) if dead.load(Ordering::Relaxed) => return,
                        Err(error) => panic!("an answer is missing: {error}"),
                    }
                }
            });
        }
        let wait_for = |count: usize, within: Duration| {
            let begun = Instant::now();
            while written.load(Ordering::Relaxed) < count {
                let told = written.load(Ordering::Relaxed);
                assert!(begun.elapsed() < within, "{told} of {count} are written; {}", api.server.logged());
                std::thread::sleep(Duration::from_millis(1));
            }
            begun.elapsed()
        };
        wait_for(WRITERS, Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(below(300)));
        let Some(postgres) = postgres else {
            dead.store(true, Ordering::Relaxed);
            api.server.kill();
            return Duration::ZERO;
        };
        postgres.kill();
        std::thread::sleep(Duration::from_millis(below(200)));
        postgres.revive();
        let before = written.load(Ordering::Relaxed);
        let healed = wait_for(before + WRITERS, Duration::from_secs(60));
        ends.store(true, Ordering::Relaxed);
        healed
    })
}

#[test]
fn what_is_not_acknowledged_is_not_told_to_be_there() {
    // The ledger itself: what it would not notice would go unnoticed.
    let ledger = Ledger::default();
    let page = ledger.page();
    let id = page.author("a cycle").pretend(json!({"body": "Er was eens."}), 1);
    assert!(page.holds(&id, 1, "Er was eens.").is_ok());
    assert!(page.holds(&id, 1, "Er was niets.").is_err(), "another text");
    assert!(page.holds(&id, 0, "Er was eens.").is_err(), "an older version");
    assert!(page.holds(&id, 3, "Er was eens.").is_err(), "a version that nobody wrote");
}
