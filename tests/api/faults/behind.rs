//! PostgreSQL behind the server: connections that are cut, a server that takes none any more or hangs, rows that others hold,
//! transactions that cannot be put in an order. Each gets its answer in time, and on it goes without a restart.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use serde_json::json;

use super::stands;
use crate::support::postgres::Postgres;
use crate::support::soak::tell;
use crate::support::team::{new_id, observation, with};
use crate::support::wire::{Reply, Wire};
use crate::support::{Api, Kind, Part};

/// A server on a PostgreSQL of its own, which can be tormented.
struct Bench {
    api: Api,
    postgres: Postgres,
    path: String,
}

impl Bench {
    fn new() -> Bench {
        let postgres = Postgres::mortal();
        let api = Api::start_at(Kind::Postgres, &postgres.database(), &[]);
        let path = api.team().cycle().path("observations");
        Bench { api, postgres, path }
    }

    fn wire(&self) -> Wire {
        Wire::to(&self.api.server.base, self.api.client(Part::Practitioner).token())
    }

    fn write_by(&self, wire: &mut Wire) -> Reply {
        wire.post(&self.path, &with(observation(), json!({"id": new_id()})))
            .expect("an answer, whatever it is")
    }

    /// Without being told to.
    fn recovers(&self, what: &str) -> Duration {
        let (begun, mut wire) = (Instant::now(), self.wire());
        while self.write_by(&mut wire).status != 201 || wire.get("/readyz").expect("an answer").status != 200
        {
            assert!(begun.elapsed() < Duration::from_secs(30), "{what}: {}", self.api.server.logged());
            std::thread::sleep(Duration::from_millis(100));
        }
        begun.elapsed()
    }

    /// So many at once; all answers.
    fn many(&self, count: usize) -> Vec<Reply> {
        let token = self.api.client(Part::Practitioner).token().to_owned();
        std::thread::scope(|scope| {
            let writers: Vec<_> = (0..count)
                .map(|_| scope.spawn(|| self.write_by(&mut Wire::to(&self.api.server.base, &token))))
                .collect();
            writers.into_iter().map(|writer| writer.join().expect("no panic")).collect()
        })
    }
}

#[test]
fn connections_that_are_cut_and_a_server_that_takes_none_are_overcome() {
    let bench = Bench::new();
    let token = bench.api.client(Part::Practitioner).token().to_owned();
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname LIKE 'feedbacklus%'";
    let (mut stored, mut refused) = (0, 0);
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let mut wire = Wire::to(&bench.api.server.base, &token);
                    (0..40).map(|_| bench.write_by(&mut wire)).collect::<Vec<_>>()
                })
            })
            .collect();
        for _ in 0..5 {
            std::thread::sleep(Duration::from_millis(50));
            bench.postgres.run(cut);
        }
        for reply in writers.into_iter().flat_map(|writer| writer.join().expect("no panic")) {
            assert!(reply.status == 201 || reply.is_busy(), "{} {}", reply.status, reply.json());
            if reply.status == 201 { stored += 1 } else { refused += 1 }
        }
    });
    bench.recovers("cut");
    tell(format!(
        "PostgreSQL, all connections cut 5 times: {stored} written, {refused} turned away with 503, none else"
    ));

    // The places are all taken by others when it wants to come back.
    let url = format!("{}?application_name=others", bench.api.server.database_url);
    let mut others: Vec<PgConnection> = Vec::new();
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name <> 'others' AND datname LIKE 'feedbacklus%'";
    for _ in 0..3 {
        loop {
            match PgConnection::establish(&url) {
                Ok(connection) => others.push(connection),
                Err(error) if error.to_string().contains("too many clients") => break,
                Err(error) => panic!("{error}"),
            }
        }
        others[0].batch_execute(cut).expect("it may");
    }
    for reply in bench.many(4) {
        assert!(reply.status == 201 || reply.is_busy(), "{} {}", reply.status, reply.json());
    }
    let taken = others.len();
    drop(others);
    let healed = bench.recovers("exhausted");
    tell(format!(
        "PostgreSQL, all places taken by {taken} others: answered meanwhile, and writing {:.0} ms after they left",
        healed.as_secs_f64() * 1e3
    ));
    stands::records_and_changes_agree(&bench.api);
}

#[test]
fn a_database_that_hangs_is_answered_for_in_time() {
    let bench = Bench::new();
    bench.recovers("nothing was wrong yet");
    bench.postgres.signal_all("STOP");
    let begun = Instant::now();
    let replies = bench.many(12);
    let took = begun.elapsed();
    assert!(replies.iter().all(Reply::is_busy), "all of them are told to come again");
    assert_eq!(bench.wire().get("/readyz").expect("an answer").status, 503);
    assert_eq!(bench.wire().get("/livez").expect("an answer").status, 200);
    bench.postgres.signal_all("CONT");
    let healed = bench.recovers("hanging");
    stands::records_and_changes_agree(&bench.api);
    tell(format!(
        "PostgreSQL, hanging: 503 after {:.1} s at most, not ready; writing again {:.0} ms after it went on",
        took.as_secs_f64(),
        healed.as_secs_f64() * 1e3
    ));
}

#[test]
fn a_row_that_another_holds_keeps_a_writer_for_some_seconds_and_no_longer() {
    let bench = Bench::new();
    let mut other = PgConnection::establish(&bench.api.server.database_url).expect("the server's database");
    other.batch_execute("BEGIN; SELECT * FROM network_streams FOR UPDATE").expect("it holds the rows");
    let begun = Instant::now();
    let reply = bench.write_by(&mut bench.wire());
    let took = begun.elapsed();
    assert!(reply.is_busy(), "{} {}", reply.status, reply.json());
    let read = bench.wire().get(&bench.path).expect("an answer");
    assert_eq!(read.status, 200, "who only reads waits for nobody");
    other.batch_execute("ROLLBACK").expect("it lets go");
    bench.recovers("held");
    tell(format!("PostgreSQL, a row held by another: 503 after {:.1} s", took.as_secs_f64()));
}

/// Deadlocks and serialization failures are made by a trigger, which raises what PostgreSQL would.
#[test]
fn what_cannot_be_put_in_an_order_is_run_again_so_often_and_no_more() {
    let bench = Bench::new();
    for (code, what) in [("40001", "serialization_failure"), ("40P01", "deadlock detected")] {
        // A sequence counts in spite of what is taken back.
        bench.torment(&format!(
            "DROP SEQUENCE IF EXISTS tries CASCADE; CREATE SEQUENCE tries; \
             CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
               IF nextval('tries') <= 2 THEN RAISE EXCEPTION USING ERRCODE = '{code}', MESSAGE = '{what}'; END IF; \
               RETURN NEW; END $$; \
             CREATE OR REPLACE TRIGGER fail BEFORE INSERT ON observations FOR EACH ROW EXECUTE FUNCTION fail()"
        ));
        let reply = bench.write_by(&mut bench.wire());
        assert_eq!(reply.status, 201, "{what}: the third time it is taken: {}", reply.json());
        bench.torment("ALTER SEQUENCE tries RESTART; CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             PERFORM nextval('tries'); RAISE EXCEPTION USING ERRCODE = '40001', MESSAGE = 'serialization_failure'; END $$");
        let reply = bench.write_by(&mut bench.wire());
        assert!(reply.is_busy(), "{what}: {} {}", reply.status, reply.json());
        let tries = crate::support::stored::number(
            Kind::Postgres,
            &bench.api.server.database_url,
            "SELECT last_value FROM tries",
        );
        assert_eq!(tries, 4, "it is tried four times, and then its sender is asked to");
        bench.torment("DROP TRIGGER fail ON observations");
    }
    bench.recovers("in order again");
    stands::records_and_changes_agree(&bench.api);
}

/// A COMMIT that the database refuses: nothing of it is there.
#[test]
fn a_commit_that_fails_is_a_503_and_leaves_nothing() {
    let bench = Bench::new();
    bench.torment(
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
           RAISE EXCEPTION 'no, not this one'; END $$; \
         CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON observations DEFERRABLE INITIALLY DEFERRED \
         FOR EACH ROW EXECUTE FUNCTION fail()",
    );
    let id = new_id();
    let reply = bench.wire().post(&bench.path, &with(observation(), json!({"id": id}))).expect("an answer");
    assert!(reply.is_busy(), "{} {}", reply.status, reply.json());
    bench.api.client(Part::Practitioner).get(format!("/v1/observations/{id}")).expect(404);
    bench.torment("DROP TRIGGER fail ON observations");
    bench.recovers("failed COMMIT");
    stands::records_and_changes_agree(&bench.api);
    tell("PostgreSQL, failed COMMIT: 503, nothing of it is there, and on it goes");
}

impl Bench {
    fn torment(&self, sql: &str) {
        crate::support::stored::execute(Kind::Postgres, &self.api.server.database_url, sql);
    }
}
