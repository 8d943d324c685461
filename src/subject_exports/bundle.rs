//! The files of an export, written one after the other, and what is told of each.

use super::documents::PSEUDONYM_MEMBERS;
use crate::access::Tx;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::http::zip::Zip;
use crate::ids::Id;
use chrono::NaiveDate;
use diesel::QueryResult;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write;

/// What a record tells of its time by, the first that it has.
const TIMES: [&str; 5] = ["happenedAt", "changedAt", "failedAt", "occurredAt", "createdAt"];

/// An export that is being written.
pub struct Bundle {
    zip: Zip,
    /// The pseudonym that it is about. Any other is somebody else.
    own: Option<Id>,
    files: Vec<Tally>,
}

/// What is told of a file.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Without its end.
    pub name: &'static str,
    pub count: u64,
    /// The days of the first and the last of what it holds.
    pub days: Option<(NaiveDate, NaiveDate)>,
    pub networks: BTreeSet<Id>,
}

impl Bundle {
    pub fn new(made_at: Instant, own: Option<Id>) -> Result<Bundle> {
        Ok(Bundle { zip: Zip::new(made_at)?, own, files: Vec::new() })
    }

    /// A file that is one record.
    pub fn one(&mut self, name: &'static str, record: &impl Serialize) -> Result<()> {
        self.zip.begin(&format!("{name}.json"))?;
        let mut tally = Tally { name, ..Tally::default() };
        let line = self.line(record, &mut tally)?;
        self.write(&line)?;
        self.files.push(tally);
        self.write(b"\n")
    }

    /// A file of records that are few.
    pub fn all<R: Serialize>(&mut self, name: &'static str, records: Vec<R>) -> Result<()> {
        let mut records = Some(records);
        self.list(name, || Ok(records.take()))
    }

    /// A file of records that are read piece by piece: `load` reads those after a key, and `key` tells a record's.
    pub fn pieces<R: Serialize, K: Copy>(
        &mut self,
        tx: &mut Tx<'_>,
        name: &'static str,
        (first, key): (K, impl Fn(&R) -> K),
        mut load: impl FnMut(&mut Tx<'_>, K) -> Result<Vec<R>>,
        keep: impl Fn(&R) -> bool,
    ) -> Result<()> {
        let mut after = first;
        self.list(name, || {
            let mut piece = load(tx, after)?;
            let Some(last) = piece.last().map(&key) else { return Ok(None) };
            after = last;
            piece.retain(&keep);
            Ok(Some(piece))
        })
    }

    /// A file of the records with these ids, which are read part by part.
    pub fn of_ids<R: Serialize>(
        &mut self,
        tx: &mut Tx<'_>,
        name: &'static str,
        ids: &[Id],
        load: impl Fn(&mut Tx<'_>, &[Id]) -> QueryResult<Vec<R>>,
    ) -> Result<()> {
        let mut parts = ids.chunks(super::store::PIECE as usize);
        self.list(name, || match parts.next() {
            Some(part) => Ok(Some(load(tx, part)?)),
            None => Ok(None),
        })
    }

    /// A file of records, one a line, as `next` gives them.
    pub fn list<R: Serialize>(
        &mut self,
        name: &'static str,
        mut next: impl FnMut() -> Result<Option<Vec<R>>>,
    ) -> Result<()> {
        self.zip.begin(&format!("{name}.json"))?;
        let mut tally = Tally { name, ..Tally::default() };
        self.write(b"[")?;
        while let Some(records) = next()? {
            for record in records {
                let line = self.line(&record, &mut tally)?;
                self.write(if tally.count == 1 { b"\n" } else { b",\n" })?;
                self.write(&line)?;
            }
        }
        self.files.push(tally);
        self.write(b"\n]\n")
    }

    /// A record as it is written, with others left out, and counted.
    fn line(&self, record: &impl Serialize, tally: &mut Tally) -> Result<Vec<u8>> {
        let mut value = serde_json::to_value(record).map_err(Error::internal)?;
        leave_out_others(&mut value, self.own);
        tally.count += 1;
        let at = TIMES.iter().find_map(|member| value.get(*member).filter(|at| !at.is_null()));
        if let Some(day) = at.and_then(day_of) {
            tally.days = Some(tally.days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
        }
        let network_id = value.get("networkId").cloned();
        let network_id = network_id.and_then(|id| serde_json::from_value::<Id>(id).ok());
        tally.networks.extend(network_id);
        serde_json::to_vec(&value).map_err(Error::internal)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.zip.write_all(bytes).map_err(Error::internal)
    }

    /// What is told of the files so far.
    pub fn files(&self) -> &[Tally] {
        &self.files
    }

    /// The file, with the page that tells what it holds.
    pub fn finish(mut self, index: &str) -> Result<File> {
        self.zip.entry("index.html", index.as_bytes())?;
        self.zip.finish()
    }
}

fn day_of(at: &Value) -> Option<NaiveDate> {
    serde_json::from_value::<Instant>(at.clone()).ok().map(Instant::day)
}

/// Replaces every other pseudonym than one's own, wherever it stands in a record, by nobody in particular. Several others
/// in one list are one: not even their number is told.
fn leave_out_others(value: &mut Value, own: Option<Id>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if PSEUDONYM_MEMBERS.contains(&name.as_str()) {
                    replace_others(value, own);
                } else {
                    leave_out_others(value, own);
                }
            }
        }
        Value::Array(entries) => entries.iter_mut().for_each(|entry| leave_out_others(entry, own)),
        _ => {}
    }
}

fn replace_others(value: &mut Value, own: Option<Id>) {
    match value {
        Value::String(id) if own.is_none_or(|own| *id != own.to_string()) => *id = Id::NIL.to_string(),
        Value::Array(ids) => {
            ids.iter_mut().for_each(|id| replace_others(id, own));
            let mut seen = Vec::new();
            ids.retain(|id| {
                !seen.contains(id) && {
                    seen.push(id.clone());
                    true
                }
            });
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn others_are_nobody_in_particular() {
        let (own, nobody) = (Id::new(), Id::NIL);
        let [one, other] = [Id::new(), Id::new()];
        let record = json!({
            "aboutPseudonymIds": [one, own, other], "onBehalfOfPseudonymId": one, "pseudonymId": null,
            "authorId": other, "views": [{"pseudonymId": own}],
        });
        let left = |own| {
            let mut record = record.clone();
            leave_out_others(&mut record, own);
            record
        };
        let expected = json!({
            "aboutPseudonymIds": [nobody, own], "onBehalfOfPseudonymId": nobody, "pseudonymId": null,
            "authorId": other, "views": [{"pseudonymId": own}],
        });
        assert_eq!(left(Some(own)), expected);
        assert_eq!(left(None)["aboutPseudonymIds"], json!([nobody]));
        assert_eq!(left(None)["views"], json!([{"pseudonymId": nobody}]));
    }
}
