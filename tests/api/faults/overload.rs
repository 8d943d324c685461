//! More than it can carry: those that are taken are answered in time, the others are told to come again, memory stays bounded,
//! and it is itself again soon after. `make soak` measures; here it is shown that nothing else comes of it.
//!
//! What is asked for is work for the database: of the least requests no ten times more can be asked from the same machine
//! without taking from the server what it answers with.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::soak::{is_long, number, tell};
use crate::support::team::{new_id, observation};
use crate::support::wire::{Reply, Wire};
use crate::support::{Api, Part, both_alone};

/// How many ask at once where it is busy and can still carry all. In `make test` few: other tests need files, too.
fn capacity() -> usize {
    number("SOAK_CLIENTS", 16)
}

/// So many times more is asked by so many times more clients.
const TIMES: usize = 10;

/// Observations in a batch, where writes are asked for.
fn in_a_batch() -> usize {
    if is_long() { 200 } else { 5 }
}

/// Observations in the cycle of which reports are asked for.
fn in_the_report() -> usize {
    if is_long() { 10_000 } else { 50 }
}

/// What came of a while of load.
#[derive(Default)]
struct Load {
    /// Of those that were taken, in milliseconds, sorted.
    times: Vec<f64>,
    busy: usize,
    seconds: f64,
    most_memory: u64,
    /// Of `/livez` and `/readyz` meanwhile.
    probes: Vec<f64>,
}

impl Load {
    fn at(&self, part: f64) -> f64 {
        let last = self.times.len().saturating_sub(1) as f64;
        self.times.get((part * last) as usize).copied().unwrap_or(f64::NAN)
    }

    fn told(&self) -> String {
        format!(
            "{:.0}/s taken, p50 {:.1} ms, p99 {:.1} ms; {} turned away with 503 ({:.0}/s)",
            self.times.len() as f64 / self.seconds,
            self.at(0.5),
            self.at(0.99),
            self.busy,
            self.busy as f64 / self.seconds
        )
    }
}

#[derive(Clone, Copy, PartialEq)]
enum What {
    Writes,
    Reads,
}

impl What {
    /// What there is to send but for its id.
    fn items(self, cycle: &str) -> String {
        let count = if self == What::Writes { in_a_batch() } else { 0 };
        Value::from(items(cycle, count)).to_string()
    }

    fn ask(self, wire: &mut Wire, cycle: &str, items: &str) -> std::io::Result<Reply> {
        if self == What::Reads {
            return wire.get(&format!("/v1/cycles/{cycle}/report"));
        }
        wire.post_text("/v1/batches", &format!(r#"{{"id":"{}","items":{items}}}"#, new_id()))
    }
}

fn items(cycle: &str, count: usize) -> Vec<Value> {
    let item = json!({"action": "create", "type": "observation", "cycleId": cycle, "body": observation()});
    vec![item; count]
}

/// `clients` ask for so long, each as soon as it is answered, and not sooner than `every` after it asked before.
fn load(api: &Api, what: What, cycle: &str, clients: usize, every: Duration, length: Duration) -> Load {
    std::thread::scope(|scope| {
        let aside = scope.spawn(|| {
            stand_back();
            load_from_here(api, what, cycle, clients, every, length)
        });
        aside.join().expect("no panic")
    })
}

/// Clients are elsewhere and take no processor from the server: what this thread and those that it begins do yields to it.
fn stand_back() {
    let task = std::fs::read_link("/proc/thread-self").expect("a thread");
    let id = task.file_name().expect("its number");
    let done = Command::new("renice").args(["-n", "10", "-p"]).arg(id).stdout(Stdio::null()).status();
    assert!(done.expect("renice(1)").success());
}

fn load_from_here(
    api: &Api,
    what: What,
    cycle: &str,
    clients: usize,
    every: Duration,
    length: Duration,
) -> Load {
    let token = api.client(Part::Practitioner).token().to_owned();
    let (over, items) = (AtomicBool::new(false), what.items(cycle));
    let began = Instant::now();
    let mut sum = Load::default();
    std::thread::scope(|scope| {
        let asking: Vec<_> = (0..clients)
            .map(|_| {
                let (token, over, items) = (&token, &over, &items);
                let ask = move || {
                    let mut wire = Wire::to(&api.server.base, token);
                    let (mut times, mut busy) = (Vec::new(), 0);
                    while !over.load(Ordering::Relaxed) {
                        let begun = Instant::now();
                        let reply = what.ask(&mut wire, cycle, items).expect("everybody is answered");
                        match reply.status {
                            200 | 201 => times.push(begun.elapsed().as_secs_f64() * 1e3),
                            _ if reply.is_busy() => busy += 1,
                            other => panic!("{other} {}", reply.json()),
                        }
                        std::thread::sleep(every.saturating_sub(begun.elapsed()));
                    }
                    (times, busy)
                };
                std::thread::Builder::new().stack_size(256 << 10).spawn_scoped(scope, ask).expect("a thread")
            })
            .collect();
        let mut wire = Wire::to(&api.server.base, &token);
        while began.elapsed() < length {
            for path in ["/livez", "/readyz"] {
                let begun = Instant::now();
                assert_eq!(wire.get(path).expect("an answer").status, 200, "{path} goes on");
                sum.probes.push(begun.elapsed().as_secs_f64() * 1e3);
            }
            sum.most_memory = sum.most_memory.max(api.server.memory());
            std::thread::sleep(Duration::from_millis(200));
        }
        over.store(true, Ordering::Relaxed);
        sum.seconds = began.elapsed().as_secs_f64();
        for (times, busy) in asking.into_iter().map(|one| one.join().expect("no panic")) {
            sum.times.extend(times);
            sum.busy += busy;
        }
    });
    sum.times.sort_by(f64::total_cmp);
    sum.probes.sort_by(f64::total_cmp);
    sum
}

#[test]
fn ten_times_more_than_it_can_carry_is_turned_away_and_the_rest_is_carried() {
    let seconds = number("SOAK_SECONDS", 2) as u64;
    both_alone(&[("RUST_LOG", "error")], |api| {
        let team = api.team();
        let (written, read) = (team.cycle().id, team.cycle().id);
        for count in (0..in_the_report()).step_by(1_000).map(|made| (in_the_report() - made).min(1_000)) {
            let told = json!({"id": new_id(), "items": items(&read, count)});
            team.practitioner().post("/v1/batches", told).expect(200);
        }
        let asked = [
            (What::Writes, &written, format!("batches of {}", in_a_batch())),
            (What::Reads, &read, format!("reports of a cycle of {}", in_the_report())),
        ];
        for (what, cycle, name) in asked {
            let for_while = |clients, every, seconds| {
                load(api, what, cycle, clients, every, Duration::from_secs(seconds))
            };
            for_while(capacity(), Duration::ZERO, if is_long() { 5 } else { 1 });
            let before = api.server.memory();
            let at_capacity = for_while(capacity(), Duration::ZERO, seconds.div_ceil(4));
            assert!(!at_capacity.times.is_empty(), "it carries what it can");
            let each = Duration::from_secs_f64(
                at_capacity.seconds * capacity() as f64 / at_capacity.times.len() as f64,
            );
            let over = for_while(capacity() * TIMES, each, seconds);
            let ended = Instant::now();
            // It is itself again when none is turned away any more, and they wait as long as they did before.
            let mut again = for_while(capacity(), Duration::ZERO, 1);
            while is_long()
                && (again.busy > 0 || again.at(0.99) > 1.5 * at_capacity.at(0.99))
                && ended.elapsed().as_secs() < 60
            {
                again = for_while(capacity(), Duration::ZERO, 1);
            }
            assert!(!over.times.is_empty(), "those that can be carried are");
            let after = api.server.memory();
            assert!(after < before + (256 << 20), "memory is bounded: {before} before, {after} after");
            assert!(
                over.most_memory < before + (256 << 20),
                "memory is bounded: {} at most",
                over.most_memory
            );
            let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
            let probe = over.probes.last().copied().unwrap_or_default();
            tell(format!(
                "{:?}, {name}, at capacity ({} at once): {}",
                api.kind,
                capacity(),
                at_capacity.told()
            ));
            tell(format!(
                "{:?}, {name}, overloaded ({} at once for {:.0} s): {}; p99 {:.2} times that at capacity (bound 3); offered {:.1} times \
                 the capacity; /livez and /readyz within {probe:.0} ms; {:.0} MiB before, {:.0} at most, {:.0} after; itself again within \
                 {:.1} s (bound 5)",
                api.kind,
                capacity() * TIMES,
                over.seconds,
                over.told(),
                over.at(0.99) / at_capacity.at(0.99),
                (over.times.len() + over.busy) as f64
                    / over.seconds
                    / (at_capacity.times.len() as f64 / at_capacity.seconds),
                mib(before),
                mib(over.most_memory),
                mib(after),
                ended.elapsed().as_secs_f64()
            ));
        }
        super::stands::records_and_changes_agree(api);
    });
}

/// Slow to send, and slow to read what streams: each holds a connection, and nothing that others need.
#[test]
fn slow_clients_starve_nobody() {
    let slow = number("SOAK_SLOW", 60);
    both_alone(&[("RUST_LOG", "error")], |api| {
        let team = api.team();
        let cycle = team.cycle();
        for number in 0..300 {
            cycle.observe(json!({"body": format!("Nummer {number}: {}", "woord ".repeat(150))}));
        }
        let (id, token) = (cycle.id.clone(), api.client(Part::Practitioner).token().to_owned());
        let quiet = load(api, What::Reads, &id, 4, Duration::ZERO, Duration::from_secs(1));
        let before = api.server.memory();
        let address = api.server.base.trim_start_matches("http://").to_owned();
        let authorized = |rest: &str| format!("Host: {address}\r\nAuthorization: Bearer {token}\r\n{rest}");
        let asked = [
            // A head that never ends, a body that never comes, an export and a stream that nobody reads.
            format!("GET /v1/me HTTP/1.1\r\nHost: {address}\r\nX-Slow: "),
            format!(
                "POST /v1/cycles/{id}/observations HTTP/1.1\r\n{}",
                authorized("Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"body\"")
            ),
            format!(
                "GET /v1/cycles/{id}/observations HTTP/1.1\r\n{}",
                authorized("Accept: text/csv\r\n\r\n")
            ),
            format!("GET /v1/changes HTTP/1.1\r\n{}", authorized("Accept: text/event-stream\r\n\r\n")),
        ];
        let open: Vec<TcpStream> = (0..slow)
            .map(|index| {
                let mut stream = TcpStream::connect(&address).expect("there is room for the slow");
                stream.write_all(asked[index % asked.len()].as_bytes()).expect("it is sent");
                stream
            })
            .collect();
        std::thread::sleep(Duration::from_millis(500));
        let beside = load(api, What::Reads, &id, 4, Duration::ZERO, Duration::from_secs(1));
        let written = load(api, What::Writes, &id, 4, Duration::ZERO, Duration::from_secs(1));
        assert_eq!((beside.busy, written.busy), (0, 0), "nobody is turned away for their sake");
        let after = api.server.memory();
        assert!(after < before + (128 << 20), "memory is bounded: {before} before, {after} after");
        tell(format!(
            "{:?}, {slow} slow clients: p99 of others {:.1} ms without them, {:.1} ms beside them, batches {:.1} ms; {} MiB before, {} after",
            api.kind,
            quiet.at(0.99),
            beside.at(0.99),
            written.at(0.99),
            before >> 20,
            after >> 20
        ));
        for mut stream in open {
            stream.set_read_timeout(Some(Duration::from_millis(10))).expect("a setting");
            let _ = stream.read(&mut [0; 16]);
        }
    });
}
