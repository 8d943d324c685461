//! Batches: what was collected elsewhere, by a phone without a network above all, carried out in its order. Each item is
//! what its operation by itself is: the same functions, the same rules, the same problems, the same rows of the change log.

pub mod api;
mod changes;
pub mod items;
mod kinds;
pub mod outcome;
mod steps;
mod store;
pub mod types;

use crate::access::{Done, Guard, Judge, Op, Seen, Server, Spot, Tx};
use crate::db::types::Json;
use crate::error::{Error, Result};
use crate::http::problem::Problem;
use crate::ids::Id;
use crate::record;
use actix_web::http::StatusCode;
use actix_web::web;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use items::Plan;
use outcome::{ItemResult, Outcome, SentBatch};
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::num::NonZeroUsize;
use std::sync::LazyLock;
use std::thread::available_parallelism;
use tokio::sync::Semaphore;
use types::{BatchCreate, RawItem};

/// Batches are read away from the workers, since that takes milliseconds, and so many at a time as there are cores: more would
/// take memory and time from those that are carried out.
static AT_ONCE: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(available_parallelism().map_or(1, NonZeroUsize::get)));

/// Carries a batch out, or says again what came of it.
///
/// One that was carried out is kept with its results, whatever they are: sent again it answers the same. A dry run is not.
pub async fn carry_out(guard: &Guard, batch: BatchCreate) -> Result<Outcome> {
    let digest_key = guard.digest_key();
    let reading = move || -> Result<_> {
        let digest = digest_key.digest(Id::NIL, &Content::of(&batch))?;
        let plan = items::read_items(&batch.items.0);
        let head = Head { id: batch.id, atomic: batch.atomic, dry_run: batch.dry_run, digest };
        Ok((head, plan))
    };
    let turn = AT_ONCE.acquire().await.map_err(Error::internal)?;
    // The permit goes along: a client that hangs up does not end what it began.
    let read = web::block(move || {
        let _turn = turn;
        reading()
    });
    let (head, plan) = read.await.map_err(Error::internal)??;
    let spots: Vec<Spot> = plan.steps.iter().map(|step| step.spot()).collect();
    guard.write_many(spots, move |judge| head.carry_out(judge, &plan)).await
}

/// What a batch is known by, and how it is to be carried out.
struct Head {
    id: Id,
    atomic: bool,
    dry_run: bool,
    digest: Vec<u8>,
}

impl Head {
    fn carry_out(&self, judge: &mut Judge<'_, '_>, plan: &Plan) -> Result<Done<Outcome>> {
        let id = self.id;
        let find = |tx: &mut Tx<'_>, seen: Seen<()>| Ok((store::find(tx, id)?, seen.standing.person_id));
        let (sent, person_id) = judge.at(Op::CreateBatch, &Server, find)??;
        if !self.dry_run
            && let Some(sent) = sent
        {
            if sent.person_id != person_id {
                return Err(record::id_taken());
            }
            return self.answer_again(judge, plan, sent).map(Done::Rollback);
        }
        let (written, mut results) = judge.tentatively(|judge| self.attempt(judge, plan))?;
        if !self.dry_run {
            let sent = SentBatch {
                id,
                person_id,
                digest: self.digest.clone(),
                written,
                results: Json(results.clone()),
                created_at: judge.now(),
            };
            let kept = judge.at(Op::CreateBatch, &Server, |tx, _| Ok(store::insert(tx, &sent)?))?;
            kept.map_err(at_the_same_time)?;
        }
        show_stored(judge, plan, &mut results)?;
        let outcome = self.outcome(written, results);
        Ok(if self.dry_run { Done::Rollback(outcome) } else { Done::Commit(outcome) })
    }

    /// Takes the steps, and takes all of it back where nothing of it is to stay. Answers whether anything was written.
    fn attempt(&self, judge: &mut Judge<'_, '_>, plan: &Plan) -> Result<Done<(bool, Vec<ItemResult>)>> {
        let mut results = plan.results.clone();
        for step in &plan.steps {
            step.take(judge, &mut results)?;
        }
        let results = results.into_iter().collect::<Option<Vec<ItemResult>>>();
        let mut results = results.ok_or_else(|| Error::internal("an item of a batch has no result"))?;
        let refused = self.atomic && results.iter().any(ItemResult::is_refused);
        if !refused && !self.dry_run {
            return Ok(Done::Commit((judge.has_noted(), results)));
        }
        results.iter_mut().for_each(ItemResult::taken_back);
        if refused {
            results.iter_mut().filter(|result| !result.is_refused()).for_each(not_alone);
        }
        Ok(Done::Rollback((false, results)))
    }

    /// The results of the earlier sending, with records as they stand now.
    fn answer_again(&self, judge: &mut Judge<'_, '_>, plan: &Plan, sent: SentBatch) -> Result<Outcome> {
        if sent.digest != self.digest {
            let detail = "A batch with this id was carried out and had other content.";
            return Err(Error::conflict("id_reused", detail));
        }
        let mut results = sent.results.0;
        show_stored(judge, plan, &mut results)?;
        Ok(self.outcome(sent.written, results))
    }

    fn outcome(&self, written: bool, results: Vec<ItemResult>) -> Outcome {
        Outcome { id: self.id, atomic: self.atomic, dry_run: self.dry_run, written, results }
    }
}

/// 424 for what could have been done, had all of its batch been.
fn not_alone(result: &mut ItemResult) {
    let detail = "It could have been done, but other items of this batch, which is done as a whole or not at all, could not.";
    let problem = Problem::new(StatusCode::FAILED_DEPENDENCY, "batch_refused", detail);
    *result = ItemResult::refused(&problem, result.id);
}

/// Beside a conflict with a record the record itself, as it stands once the batch is carried out.
fn show_stored(judge: &mut Judge<'_, '_>, plan: &Plan, results: &mut [ItemResult]) -> Result<()> {
    for (result, kind) in results.iter_mut().zip(&plan.kinds) {
        if matches!(result.code(), Some("version_mismatch" | "id_reused"))
            && let (Some(kind), Some(id)) = (kind, result.id)
        {
            result.stored = items::show(judge, *kind, id)?;
        }
    }
    Ok(())
}

/// The same batch was sent twice at once: the later one is answered when it is sent again.
fn at_the_same_time(refusal: Error) -> Error {
    match refusal {
        Error::Database(DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {
            Error::Busy("the same batch is being carried out")
        }
        other => other,
    }
}

/// What is compared when a batch is sent again: its items, whatever the order and spacing of their members.
#[derive(Serialize)]
struct Content<'b> {
    atomic: bool,
    items: Vec<Canonical<'b>>,
}

impl Content<'_> {
    fn of(batch: &BatchCreate) -> Content<'_> {
        Content { atomic: batch.atomic, items: batch.items.0.iter().map(Canonical).collect() }
    }
}

struct Canonical<'b>(&'b RawItem);

impl Serialize for Canonical<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sent = self.0.0.get();
        match serde_json::from_str::<Value>(sent) {
            Ok(mut value) => {
                value.sort_all_objects();
                value.serialize(serializer)
            }
            // JSON that holds what cannot be read, such as a number beyond all bounds, or is nested too deep: its item is
            // refused, and it is compared as it was sent.
            Err(_) => sent.serialize(serializer),
        }
    }
}
