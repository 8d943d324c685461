//! A chunk of lines: written in one transaction, or judged in one that is taken back.

use super::kinds::{Kind, Taken};
use super::lines::Line;
use crate::access::{Guard, Locate, Seen, Tx};
use crate::error::{Error, Result};
use crate::http::body::Input;
use crate::ids::Id;
use crate::record;
use crate::run::Create;
use crate::screening::{Answered, Manner, Run, Unscreened};
use diesel::result::Error as DieselError;
use serde::Serialize;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

/// How often a database that is busy is asked again, and after how long.
const ATTEMPTS: u32 = 5;
const PAUSE: Duration = Duration::from_secs(1);

/// What became of a line, and what of its texts is to be looked at.
type Outcome = Result<Answered<Taken>>;

/// The line that each outcome is of.
pub type Judged = Vec<(u64, Outcome)>;

/// Who takes chunks, and how.
pub struct Desk<L: Locate, B> {
    pub guard: Guard,
    pub kind: Kind<L, B>,
    /// In a dry run: what earlier chunks had that may be there once, which is nowhere else.
    pub rehearsed: Option<HashMap<Id, Rehearsed>>,
}

/// What an earlier chunk had under an id, as hashes.
#[derive(Clone, Copy)]
pub struct Rehearsed {
    below: u64,
    content: u64,
}

impl<L: Locate, B: Input + Create + Serialize + Send + Sync> Desk<L, B> {
    /// What becomes of each line, in their order. An error is of the place, or of the server, and of no line.
    pub async fn take(&mut self, chunk: Vec<Line<B>>) -> Result<Judged> {
        if self.guard.lasts().is_zero() {
            return Err(Error::Unauthenticated("token_expired"));
        }
        let mut judged = Judged::new();
        let (mut numbers, mut bodies) = (Vec::new(), Vec::new());
        for Line { number, body } in chunk {
            match body.and_then(|body| Ok((self.known(&body)?, body))) {
                Err(error) => judged.push((number, Err(error))),
                Ok((true, _)) => {
                    let value = Taken { fresh: false, subject: None };
                    judged.push((number, Ok(Answered { value, warnings: Vec::new() })));
                }
                Ok((false, body)) => {
                    numbers.push(number);
                    bodies.push(Unscreened::new(body, Manner::Whole, false));
                }
            }
        }
        let bodies = Arc::new(bodies);
        let outcomes = self.write(&bodies).await?;
        if let Some(rehearsed) = &mut self.rehearsed {
            let taken = bodies.iter().zip(&outcomes).filter(|(_, outcome)| outcome.is_ok());
            for (body, _) in taken {
                body.ahead(|body| {
                    let ids = body.id().into_iter().chain((self.kind.once)(body));
                    let sent = Rehearsed { below: hash(&(self.kind.below)(body)), content: content(body) };
                    rehearsed.extend(ids.map(|id| (id, sent)));
                });
            }
        }
        judged.extend(numbers.into_iter().zip(outcomes));
        judged.sort_by_key(|(number, _)| *number);
        Ok(judged)
    }

    /// Whether an earlier chunk of a dry run had the same; refuses other content under the same id.
    fn known(&self, body: &B) -> Result<bool> {
        let Some(rehearsed) = &self.rehearsed else { return Ok(false) };
        match body.id().and_then(|id| rehearsed.get(&id)) {
            None if (self.kind.once)(body).is_some_and(|id| rehearsed.contains_key(&id)) => {
                Err(Error::conflict("has_reflection", "An earlier line is of this session as well."))
            }
            None => Ok(false),
            // As when it stands: what lies below another parent shows nothing of itself here.
            Some(earlier) if earlier.below != hash(&(self.kind.below)(body)) => Err(record::id_taken()),
            Some(earlier) if earlier.content == content(body) => Ok(true),
            Some(_) => Err(Error::conflict("id_reused", "An earlier line has this id and other content.")),
        }
    }

    async fn write(&self, bodies: &Arc<Vec<Unscreened<B>>>) -> Result<Vec<Outcome>> {
        if bodies.is_empty() {
            return Ok(Vec::new());
        }
        match self.write_some(bodies, 0..bodies.len()).await {
            // Of a line alone, which another request came before: each by itself, to tell which.
            Err(Error::Database(DieselError::DatabaseError(..))) => {}
            outcomes => return outcomes,
        }
        let mut outcomes = Vec::with_capacity(bodies.len());
        for at in 0..bodies.len() {
            match self.write_some(bodies, at..at + 1).await {
                Ok(outcome) => outcomes.extend(outcome),
                Err(error @ Error::Database(DieselError::DatabaseError(..))) => outcomes.push(Err(error)),
                Err(error) => return Err(error),
            }
        }
        Ok(outcomes)
    }

    async fn write_some(
        &self,
        bodies: &Arc<Vec<Unscreened<B>>>,
        which: Range<usize>,
    ) -> Result<Vec<Outcome>> {
        let mut attempt = 1;
        loop {
            let run = Run::of(bodies, which.clone(), self.rehearsed.is_none());
            let create = self.kind.create;
            let work = move |tx: &mut Tx<'_>, seen: &Seen<L::Found>, bodies: &[&B]| create(tx, seen, bodies);
            match self.guard.write_run(self.kind.op, self.kind.at.clone(), run, work).await {
                Err(Error::Busy(_)) if attempt < ATTEMPTS => tokio::time::sleep(PAUSE).await,
                outcomes => return outcomes,
            }
            attempt += 1;
        }
    }
}

/// What tells a body from another under the same id.
fn content<B: Create>(body: &B) -> u64 {
    hash(&serde_json::to_vec(body).unwrap_or_default())
}

fn hash(what: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}
