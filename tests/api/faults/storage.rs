//! A disk that is full, may not be written, fails or hangs, a file that is deleted, a clock that is set back: refusals in
//! words that are true, readiness turned off, and on it goes once the fault is gone.

mod small_disk;

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::stands;
use crate::support::shim::Shim;
use crate::support::soak::{is_long, tell};
use crate::support::stored::pass_time;
use crate::support::team::{new_id, observation, with};
use crate::support::wire::{Reply, Wire};
use crate::support::{Api, Client, Kind, Part, on_each};

/// A server with a disk and a clock that can be made to fail, and one who writes.
struct Bench {
    api: Api,
    shim: Shim,
    cycle: String,
    acknowledged: Vec<String>,
}

impl Bench {
    fn new(kind: Kind) -> Bench {
        Bench::at(kind, &kind.database())
    }

    fn at(kind: Kind, database_url: &str) -> Bench {
        let api = Api::start_at(kind, database_url, &[]);
        let cycle = api.team().cycle().id;
        api.client(Part::Practitioner);
        api.server.terminate();
        let url = api.server.database_url.clone();
        let shim = Shim::over(kind, &url);
        let server = shim.start(&url);
        Bench { api: api.on(server), shim, cycle, acknowledged: Vec::new() }
    }

    fn wire(&self) -> Wire {
        Wire::to(&self.api.server.base, self.api.client(Part::Practitioner).token())
    }

    fn write(&mut self) -> Reply {
        let id = new_id();
        let body = with(observation(), json!({"id": id}));
        let path = format!("/v1/cycles/{}/observations", self.cycle);
        let reply = self.wire().post(&path, &body).expect("an answer, whatever it is");
        if reply.status == 201 {
            self.acknowledged.push(id);
        }
        reply
    }

    /// Writes are refused so that a client knows what to do, and the server says of itself that it is not ready.
    fn is_refused(&mut self, what: &str) -> Duration {
        let begun = Instant::now();
        let reply = self.write();
        let took = begun.elapsed();
        assert!(reply.is_busy(), "{what}: {} {}", reply.status, reply.json());
        assert_eq!(reply.json()["code"], "busy", "{what}");
        let ready = self.wire().get("/readyz").expect("an answer");
        assert_eq!(ready.status, 503, "{what}: it is not ready");
        assert_eq!(self.wire().get("/livez").expect("an answer").status, 200, "{what}: the process runs");
        took
    }

    /// Without being told to.
    fn recovers(&mut self, what: &str) -> Duration {
        let begun = Instant::now();
        while self.write().status != 201 || self.wire().get("/readyz").expect("an answer").status != 200 {
            assert!(begun.elapsed() < Duration::from_secs(20), "{what}: {}", self.api.server.logged());
            std::thread::sleep(Duration::from_millis(100));
        }
        begun.elapsed()
    }

    /// Nothing that was acknowledged is missing, and nothing is there that was not asked for.
    fn is_whole(&self) {
        let client = self.api.client(Part::Practitioner);
        for id in &self.acknowledged {
            client.get(format!("/v1/observations/{id}")).expect(200);
        }
        stands::records_and_changes_agree(&self.api);
        stands::files_are_sound(&self.api);
        stands::chains_are_whole(&self.api);
    }
}

#[test]
fn a_disk_that_is_full_may_not_be_written_or_fails_is_told_of_and_it_goes_on_after() {
    let mut bench = Bench::new(Kind::Sqlite);
    for (fault, what) in [("full", "disk full"), ("readonly", "read-only"), ("failing", "failed COMMIT")] {
        assert_eq!(bench.write().status, 201, "before: {what}");
        bench.shim.set(fault);
        let refused = (0..5).map(|_| bench.is_refused(what)).max().unwrap_or_default();
        // What is there can be read all the same.
        let read = bench.wire().get(&format!("/v1/observations/{}", bench.acknowledged[0]));
        assert_eq!(read.expect("an answer").status, 200, "{what}: reading goes on");
        bench.shim.mend();
        let healed = bench.recovers(what);
        tell(format!(
            "SQLite, {what}: 503 within {:.0} ms at most, not ready; ready and writing again {:.0} ms after it was over",
            refused.as_secs_f64() * 1e3,
            healed.as_secs_f64() * 1e3
        ));
    }
    bench.is_whole();
    if is_long() {
        small_disk::fills_and_is_cleared();
    }
}

#[test]
fn an_fsync_that_hangs_keeps_nobody_waiting_for_ever() {
    let mut bench = Bench::new(Kind::Sqlite);
    assert_eq!(bench.write().status, 201);
    bench.shim.set("hanging");
    let first = bench.is_refused("the first to wait");
    let second = bench.is_refused("those who come later");
    let read = bench.wire().get(&format!("/v1/observations/{}", bench.acknowledged[0]));
    assert_eq!(read.expect("an answer").status, 200, "reading goes on");
    bench.shim.mend();
    let healed = bench.recovers("hanging fsync");
    bench.is_whole();
    tell(format!(
        "SQLite, hanging fsync: 503 after {:.1} s for the first, {:.1} s for those who came later; ready and writing again \
         {:.0} ms after it was over",
        first.as_secs_f64(),
        second.as_secs_f64(),
        healed.as_secs_f64() * 1e3
    ));
}

#[test]
fn nothing_is_acknowledged_into_a_file_that_was_deleted() {
    for lost in ["", "-wal"] {
        let mut bench = Bench::new(Kind::Sqlite);
        let url = bench.api.server.database_url.clone();
        let file = format!("{}{lost}", url.trim_start_matches("sqlite://"));
        (0..10).for_each(|_| assert_eq!(bench.write().status, 201));
        let elsewhere = format!("{file}.elsewhere");
        std::fs::rename(&file, &elsewhere).expect("it is there");
        for _ in 0..3 {
            bench.is_refused("deleted");
        }
        let read =
            bench.wire().get(&format!("/v1/observations/{}", bench.acknowledged[0])).expect("an answer");
        assert!(
            read.is_busy(),
            "what is read from a file that is gone is not what is there: {}",
            read.status
        );
        assert!(!std::path::Path::new(&file).exists(), "no new file is made in its place");
        // Put back, it is the same file.
        std::fs::rename(&elsewhere, &file).expect("it is put back");
        bench.recovers("put back");

        std::fs::remove_file(&file).expect("it is there");
        bench.is_refused("deleted for good");
        bench.api.server.kill();
        if lost == "-wal" {
            // What it had was brought into the file as soon as it was missed.
            let _ = std::fs::remove_file(file.replace("-wal", "-shm"));
            let server = bench.shim.start(&url);
            bench.api = bench.api.on(server);
            bench.is_whole();
        }
        tell(format!(
            "SQLite, {}: refused, none acknowledged, and put back it goes on",
            if lost.is_empty() { "file deleted" } else { "its log deleted" }
        ));
    }
}

#[test]
fn a_clock_that_is_set_back_loses_nothing() {
    on_each(|kind| {
        let mut bench = Bench::new(kind);
        let changes = |client: &Client| client.get("/v1/changes?limit=200").expect(200);
        (0..3).for_each(|_| assert_eq!(bench.write().status, 201));
        let position = changes(&bench.api.client(Part::Practitioner)).text_of("nextAfter");
        // Who became a member in the hours that come again is none yet; these have been for longer.
        let path = format!("/v1/cycles/{}", bench.cycle);
        let network = bench.api.client(Part::Practitioner).get(path).expect(200).text_of("networkId");
        pass_time(&bench.api, 3 * 3600, "members", "starts_at", ("network_id", &network));
        bench.shim.set("clock -7200");
        let client = bench.api.client(Part::Practitioner);
        assert_eq!(client.get("/v1/me").expect(200).status, 200, "a token from the future is still a token");
        (0..3).for_each(|_| assert_eq!(bench.write().status, 201, "it goes on writing"));
        let id = bench.acknowledged[0].clone();
        let record = client.get(format!("/v1/observations/{id}")).expect(200);
        client
            .patch(
                format!("/v1/observations/{id}"),
                record.version(),
                json!({"body": "Later, en toch eerder."}),
            )
            .expect(200);
        let after = client.get(format!("/v1/changes?limit=200&after={position}")).expect(200);
        assert_eq!(after.items().len(), 4, "who follows the changes misses none: {}", after.text);
        let listed = |client: &Client| -> Vec<Value> {
            client
                .get(format!("/v1/cycles/{}/observations?limit=200", bench.cycle))
                .expect(200)
                .items()
                .to_vec()
        };
        assert_eq!(listed(&client).len(), bench.acknowledged.len(), "lists leave none out");
        assert_eq!(client.get("/readyz").status, 200);
        bench.shim.mend();
        assert_eq!(bench.write().status, 201, "and when it is set right");
        bench.is_whole();
        tell(format!(
            "{kind:?}, clock set back by 2 h: all {} writes were taken, and none is missing",
            bench.acknowledged.len() + 1
        ));
    });
}
