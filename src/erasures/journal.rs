//! The journal of erasures: a file outside of the database, to which each is added before it is answered, and from which they
//! are carried out again where a backup was put back. It has ids, kinds and times and nothing else, one JSON object a line.

use super::store;
use super::types::{Erasure, ErasureCause, ErasureSubject};
use crate::access::{Access, Tx};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::ids::Id;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// An erasure as the journal has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    pub id: Id,
    pub network_id: Id,
    pub subject: ErasureSubject,
    pub subject_id: Id,
    pub with_records: bool,
    pub cause: ErasureCause,
    pub created_by: Option<Id>,
    pub created_at: Instant,
    /// The records that it removed.
    pub removed: Vec<Buried>,
}

/// A record that was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Buried {
    pub network_id: Id,
    pub kind: String,
    pub id: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle_id: Option<Id>,
}

impl Entry {
    /// What the journal has to have of an erasure.
    pub fn of(tx: &mut Tx<'_>, erasure: &Erasure) -> Result<Entry> {
        let buried = store::buried(tx, erasure.id)?.into_iter();
        let buried = buried.map(|(network_id, id, kind, cycle_id)| Buried { network_id, kind, id, cycle_id });
        Ok(Entry {
            id: erasure.id,
            network_id: erasure.network_id,
            subject: erasure.subject,
            subject_id: erasure.subject_id,
            with_records: erasure.with_records,
            cause: erasure.cause,
            created_by: erasure.created_by,
            created_at: erasure.created_at,
            removed: buried.collect(),
        })
    }
}

/// The journal of this server, where it has one.
#[derive(Clone)]
pub struct Journal(Option<Arc<Mutex<PathBuf>>>);

impl Journal {
    pub fn at(path: Option<PathBuf>) -> Journal {
        Journal(path.map(|path| Arc::new(Mutex::new(path))))
    }

    pub fn is_kept(&self) -> bool {
        self.0.is_some()
    }

    /// Adds an erasure, unless it is there. It is on the disk when this answers.
    pub async fn add(&self, access: &Access, erasure: Erasure) -> Result<()> {
        let Some(file) = self.0.clone() else { return Ok(()) };
        let entry = access.survey(move |tx| Entry::of(tx, &erasure)).await?;
        let added = actix_web::rt::task::spawn_blocking(move || {
            let path = file.lock().map_err(|_| io::Error::other("another writer fell over"))?;
            if read(&path)?.iter().any(|known| known.id == entry.id) {
                Ok(())
            } else {
                append(&path, &[entry])
            }
        });
        added.await.map_err(Error::internal)?.map_err(|error| {
            log::error!("the journal of erasures cannot be written: {error}");
            Error::Busy("the journal of erasures cannot be written")
        })
    }

    /// Adds those of the erasures that it lacks, as after a crash or where it was moved.
    pub async fn complete(&self, access: &Access, known: &HashSet<Id>) -> Result<usize> {
        let Some(file) = self.0.clone() else { return Ok(0) };
        let (mut lacking, mut after) = (Vec::new(), Id::NIL);
        loop {
            let some = access.survey(move |tx| Ok(store::all(tx, after, 200)?)).await?;
            let Some(last) = some.last() else { break };
            after = last.id;
            for erasure in some.into_iter().filter(|erasure| !known.contains(&erasure.id)) {
                lacking.push(access.survey(move |tx| Entry::of(tx, &erasure)).await?);
            }
        }
        if lacking.is_empty() {
            return Ok(0);
        }
        let path = file.lock().map_err(|_| Error::internal("another writer fell over"))?;
        append(&path, &lacking).map_err(Error::internal)?;
        Ok(lacking.len())
    }

    /// What it has; nothing where there is none yet.
    pub fn entries(&self) -> io::Result<Vec<Entry>> {
        let Some(file) = &self.0 else { return Ok(Vec::new()) };
        let path = file.lock().map_err(|_| io::Error::other("another writer fell over"))?;
        read(&path)
    }
}

/// The entries of a journal. A last line that a crash cut short is none: its erasure was not answered.
pub fn read(path: &Path) -> io::Result<Vec<Entry>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let lines: Vec<String> = BufReader::new(file).lines().collect::<io::Result<_>>()?;
    let last = lines.iter().rposition(|line| !line.trim().is_empty());
    let mut entries = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(entry) => entries.push(entry),
            Err(_) if Some(index) == last => {}
            Err(error) => {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("line {}: {error}", index + 1),
                ));
            }
        }
    }
    Ok(entries)
}

/// Adds entries at the journal's end, and waits until they are on the disk.
fn append(path: &Path, entries: &[Entry]) -> io::Result<()> {
    let is_new = !path.exists();
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    // Instances may share it.
    file.lock()?;
    mend(&mut file)?;
    let mut lines = String::new();
    for entry in entries {
        lines.push_str(&serde_json::to_string(entry)?);
        lines.push('\n');
    }
    file.write_all(lines.as_bytes())?;
    file.sync_all()?;
    if let (true, Some(folder)) = (is_new, path.parent()) {
        // The file's name, too.
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Takes away a last line that a crash cut short: its erasure was not answered, and is added again at the start.
fn mend(file: &mut File) -> io::Result<()> {
    let mut text = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut text)?;
    let end = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
    if end < text.len() { file.set_len(end as u64) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            id: Id::new(),
            network_id: Id::new(),
            subject: ErasureSubject::Pseudonym,
            subject_id: Id::new(),
            with_records: true,
            cause: ErasureCause::ConsentWithdrawn,
            created_by: None,
            created_at: Instant::from_micros(1_700_000_000_000_000).expect("an instant"),
            removed: vec![Buried {
                network_id: Id::new(),
                kind: "observation".into(),
                id: Id::new(),
                cycle_id: None,
            }],
        }
    }

    #[test]
    fn what_is_added_is_read_again_and_a_line_cut_short_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data.sqlite.erasures");
        assert!(read(&path).expect("there is none yet").is_empty());
        let (first, second) = (entry(), entry());
        append(&path, std::slice::from_ref(&first)).expect("it can be written");
        let mut file = OpenOptions::new().append(true).open(&path).expect("it is there");
        file.write_all(b"{\"id\":\"0189").expect("a crash in the middle");
        assert_eq!(read(&path).expect("it can be read"), std::slice::from_ref(&first));
        append(&path, std::slice::from_ref(&second)).expect("it can be written");
        assert_eq!(read(&path).expect("it can be read"), [first, second]);
        file.write_all(b"no entry\n{}\n").expect("somebody else's doing");
        let refused = read(&path).expect_err("a line in the middle is damaged");
        assert_eq!(refused.kind(), io::ErrorKind::InvalidData);
    }
}
