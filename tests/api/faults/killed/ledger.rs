//! What writers were told, and what therefore has to be there.

use std::collections::HashMap;
use std::io;
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::support::soak::below;
use crate::support::team::{new_id, observation, with};
use crate::support::wire::Wire;
use crate::support::{Api, Part};

/// A record as its writer knows it: acknowledged at a version with a text, or sent and not answered.
#[derive(Clone, Default)]
struct Known {
    acknowledged: Option<(i64, String)>,
    /// What was sent last without an answer: at this version it would have this text.
    sent: Option<(i64, String)>,
    /// Those that were sent in one atomic batch are all there or none.
    batch: Option<String>,
}

/// Of one time between two kills.
#[derive(Default)]
pub struct Page {
    records: Mutex<HashMap<String, Known>>,
    busy: Mutex<usize>,
    found: Mutex<usize>,
    unanswered: Mutex<usize>,
    acknowledged: Mutex<usize>,
}

/// All pages that were settled.
#[derive(Default)]
pub struct Ledger {
    settled: Mutex<HashMap<String, (i64, String)>>,
    figures: Mutex<(usize, usize, usize, usize)>,
}

/// One who writes.
pub struct Author<'p> {
    page: &'p Page,
    cycle: String,
    last: Option<(String, i64)>,
}

impl Ledger {
    pub fn page(&self) -> Page {
        Page::default()
    }

    pub fn close(&self, page: Page) {
        let mut settled = self.settled.lock().expect("nobody panicked");
        let records = page.records.into_inner().expect("nobody panicked");
        settled.extend(records.into_iter().filter_map(|(id, known)| Some((id, known.acknowledged?))));
        let mut figures = self.figures.lock().expect("nobody panicked");
        figures.0 += page.acknowledged.into_inner().expect("nobody panicked");
        figures.1 += page.unanswered.into_inner().expect("nobody panicked");
        figures.2 += page.found.into_inner().expect("nobody panicked");
        figures.3 += page.busy.into_inner().expect("nobody panicked");
    }

    /// Acknowledged, without an answer, found of those, turned away.
    pub fn figures(&self) -> (usize, usize, usize, usize) {
        *self.figures.lock().expect("nobody panicked")
    }

    /// Reads every record again.
    pub fn all_is_there(&self, api: &Api) -> usize {
        let settled: Vec<_> = self.settled.lock().expect("nobody panicked").clone().into_iter().collect();
        let token = api.client(Part::Practitioner).token().to_owned();
        in_parts(&settled, |part| {
            let mut wire = Wire::to(&api.server.base, &token);
            for (id, (version, text)) in part {
                let reply = wire.get(&format!("/v1/observations/{id}")).expect("an answer");
                let found = reply.json();
                assert_eq!(reply.status, 200, "{id} was acknowledged: {found}");
                assert_eq!((&found["version"], &found["body"]), (&json!(version), &json!(text)), "{id}");
            }
        });
        settled.len()
    }
}

impl Page {
    pub fn author(&self, cycle: &str) -> Author<'_> {
        Author { page: self, cycle: cycle.to_owned(), last: None }
    }

    fn note<T>(&self, id: &str, note: impl FnOnce(&mut Known) -> T) -> T {
        note(self.records.lock().expect("nobody panicked").entry(id.to_owned()).or_default())
    }

    fn count(counter: &Mutex<usize>, by: usize) {
        *counter.lock().expect("nobody panicked") += by;
    }

    /// Whether what is stored may be there by what the writer knows.
    pub fn holds(&self, id: &str, version: i64, text: &str) -> Result<(), String> {
        let known = self.note(id, |known| known.clone());
        let found = Some((version, text.to_owned()));
        match found == known.acknowledged || found == known.sent {
            true => Ok(()),
            false => Err(format!(
                "{id} is at {version} with {text:?}; acknowledged {:?}, sent {:?}",
                known.acknowledged, known.sent
            )),
        }
    }

    /// Holds all that was written here against what is there, and keeps what is there for later.
    pub fn settle(&self, api: &Api, token: &str) {
        let records: Vec<(String, Known)> =
            self.records.lock().expect("nobody panicked").clone().into_iter().collect();
        let batches: Mutex<HashMap<String, Vec<bool>>> = Mutex::default();
        in_parts(&records, |part| {
            let mut wire = Wire::to(&api.server.base, token);
            for (id, known) in part {
                let reply = wire.get(&format!("/v1/observations/{id}")).expect("an answer");
                let found = reply.json();
                if let Some(batch) = &known.batch {
                    let mut batches = batches.lock().expect("nobody panicked");
                    batches.entry(batch.clone()).or_default().push(reply.status == 200);
                }
                match (reply.status, &known.acknowledged) {
                    (200, _) => {
                        let version = found["version"].as_i64().expect("a version");
                        let text = found["body"].as_str().expect("a text").to_owned();
                        self.holds(id, version, &text).expect("what is there was written so");
                        if known
                            .acknowledged
                            .as_ref()
                            .is_none_or(|(acknowledged, _)| *acknowledged != version)
                        {
                            Page::count(&self.found, 1);
                        }
                        self.note(id, |known| known.acknowledged = Some((version, text)));
                    }
                    (404, None) => {}
                    (status, acknowledged) => panic!("{id}: {status} {found}; acknowledged {acknowledged:?}"),
                }
            }
        });
        for (batch, there) in batches.into_inner().expect("nobody panicked") {
            assert!(there.iter().all(|one| *one == there[0]), "batch {batch} is there by half: {there:?}");
        }
    }
}

impl Author<'_> {
    /// Writes something; whether it was acknowledged, or turned away.
    pub fn write(&mut self, wire: &mut Wire) -> io::Result<bool> {
        match (below(10), self.last.take()) {
            (0 | 1, Some((id, version))) => self.update(wire, &id, version),
            (2, _) => self.batch(wire),
            _ => self.create(wire),
        }
    }

    fn create(&mut self, wire: &mut Wire) -> io::Result<bool> {
        let id = new_id();
        let text = format!("Van {id}, voor het eerst.");
        self.send(&[&id], 1, &text, None);
        let body = with(observation(), json!({"id": id, "body": text}));
        let reply = wire.post(&format!("/v1/cycles/{}/observations", self.cycle), &body)?;
        self.receive(&[&id], reply.status == 201, reply.is_busy(), &reply.json())
    }

    fn update(&mut self, wire: &mut Wire, id: &str, version: i64) -> io::Result<bool> {
        let text = format!("Van {id}, voor de {}e keer.", version + 1);
        self.send(&[id], version + 1, &text, None);
        let reply = wire.patch(&format!("/v1/observations/{id}"), version, &json!({"body": text}))?;
        self.receive(&[id], reply.status == 200, reply.is_busy(), &reply.json())
    }

    fn batch(&mut self, wire: &mut Wire) -> io::Result<bool> {
        let (batch, ids) = (new_id(), [new_id(), new_id(), new_id()]);
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let text = format!("Uit partij {batch}.");
        self.send(&ids, 1, &text, Some(&batch));
        let item = |id: &&str| {
            let body = with(observation(), json!({"id": id, "body": text}));
            json!({"action": "create", "type": "observation", "cycleId": self.cycle, "body": body})
        };
        let items: Vec<Value> = ids.iter().map(item).collect();
        let reply = wire.post("/v1/batches", &json!({"id": batch, "atomic": true, "items": items}))?;
        let made = reply.status == 200 && reply.json()["written"] == true;
        self.receive(&ids, made, reply.is_busy(), &reply.json())
    }

    fn send(&self, ids: &[&str], version: i64, text: &str, batch: Option<&str>) {
        for id in ids {
            self.page.note(id, |known| {
                known.sent = Some((version, text.to_owned()));
                known.batch = batch.map(str::to_owned).or(known.batch.take());
            });
        }
        Page::count(&self.page.unanswered, ids.len());
    }

    fn receive(&mut self, ids: &[&str], made: bool, busy: bool, body: &Value) -> io::Result<bool> {
        assert!(made || busy, "an answer that nobody expects: {body}");
        if busy {
            Page::count(&self.page.busy, 1);
            // It may have been made all the same, and so may not be written upon without being read.
            return Ok(false);
        }
        Page::count(&self.page.acknowledged, ids.len());
        *self.page.unanswered.lock().expect("nobody panicked") -= ids.len();
        for id in ids {
            self.page.note(id, |known| known.acknowledged = known.sent.take());
        }
        let version = body["version"].as_i64().unwrap_or(1);
        self.last = ids.last().map(|id| ((*id).to_owned(), version));
        Ok(true)
    }

    /// As if something had been acknowledged.
    pub fn pretend(&mut self, body: Value, version: i64) -> String {
        let id = new_id();
        self.send(&[&id], version, body["body"].as_str().expect("a text"), None);
        self.receive(&[&id], true, false, &body).expect("no wire is used");
        id
    }
}

/// Works on parts of a list at once.
fn in_parts<T: Sync>(all: &[T], work: impl Fn(&[T]) + Sync) {
    std::thread::scope(|scope| {
        for part in all.chunks(all.len().div_ceil(8).max(1)) {
            scope.spawn(|| work(part));
        }
    });
}
