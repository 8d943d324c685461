//! Retention: how long a network keeps what, and the removing of what is due. A run is asked for, by somebody or by the server
//! once a day, and a job carries it out in steps; what a legal hold keeps stays.

pub mod api;
mod logs;
pub mod rules;
mod store;
pub mod types;

use crate::access::{Access, Tx};
use crate::db::types::Json;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::http::text::Few;
use crate::ids::Id;
use crate::jobs;
use crate::jobs::types::Task;
use crate::legal_holds;
use crate::record::{self, Created};
use crate::removal::plan::{self, Fate, Planned};
use crate::removal::types::KindCount;
use crate::removal::{self, Given, marks};
use logs::Cut;
use types::{
    DueRecord, RetainedKind, RetentionPolicy, RetentionPolicyPatch, RetentionRule, RetentionRun,
    RetentionRunCreate,
};

/// Records that a step seeks out of each kind at most, besides what hangs below them: other writers of the network wait for it.
const STRIDE: i64 = 200;

/// How long the network keeps what, whether or not that was ever said.
pub fn policy(tx: &mut Tx<'_>, network_id: Id) -> Result<RetentionPolicy> {
    Ok(store::policy(tx, network_id)?.unwrap_or_else(|| RetentionPolicy::unsaid(network_id)))
}

/// Says how long what is kept. It holds for what is there already, from the next run on.
pub fn update_policy(
    tx: &mut Tx<'_>,
    network_id: Id,
    person_id: Id,
    if_match: &IfMatch,
    patch: RetentionPolicyPatch,
) -> Result<RetentionPolicy> {
    let stored = store::policy(tx, network_id)?;
    let is_new = stored.is_none();
    let mut policy = policy(tx, network_id)?;
    if_match.demand(policy.version)?;
    patch.rules.apply(&mut policy.rules, Few::into_vec);
    patch.daily.apply(&mut policy.daily, |daily| daily);
    store::save_policy(tx, &mut policy, person_id, is_new)?;
    tx.note("updated", &policy);
    Ok(policy)
}

/// Asks for a run, on behalf of somebody.
pub fn ask(
    tx: &mut Tx<'_>,
    network_id: Id,
    person_id: Id,
    body: &RetentionRunCreate,
) -> Result<Created<RetentionRun>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find_run(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    let run = new(tx, network_id, body.id, Some(person_id), digest)?;
    begin(tx, run).map(Created::fresh)
}

fn new(
    tx: &mut Tx<'_>,
    network_id: Id,
    id: Option<Id>,
    created_by: Option<Id>,
    digest: Vec<u8>,
) -> Result<RetentionRun> {
    let rules = Json(policy(tx, network_id)?.in_force());
    Ok(RetentionRun {
        id: id.unwrap_or_default(),
        network_id,
        job_id: Id::new(),
        due: Json(due(tx, network_id, &rules)?),
        rules,
        created_by,
        created_at: tx.now,
        digest,
    })
}

fn begin(tx: &mut Tx<'_>, run: RetentionRun) -> Result<RetentionRun> {
    store::insert_run(tx, &run)?;
    jobs::begin(tx, run.network_id, run.job_id, run.created_by, Task::Retention(run.id))?;
    tx.note("created", &run);
    Ok(run)
}

/// Asks for the runs of today, in each network whose policy says so, where anything is due.
pub async fn daily(access: &Access) -> Result<usize> {
    of_no_network(access).await?;
    let today = crate::clock::now().day();
    let mut begun = 0;
    for network_id in access.survey(move |tx| Ok(store::daily(tx, today)?)).await? {
        let asked = access.console(move |tx| {
            tx.take(network_id)?;
            if !store::claim(tx, network_id, today)? {
                return Ok(false);
            }
            let run = new(tx, network_id, None, None, Vec::new())?;
            if run.due.is_empty() {
                return Ok(false);
            }
            begin(tx, run).map(|_| true)
        });
        begun += usize::from(asked.await?);
    }
    Ok(begun)
}

/// How much of what is due now.
fn due(tx: &mut Tx<'_>, network_id: Id, rules: &[RetentionRule]) -> Result<Vec<KindCount>> {
    let given = given(tx, network_id, Id::NIL);
    seek(tx, &given, rules, None)?;
    let mut counts = removal::complete(tx, &given, false)?;
    // Where anything is held, so are the logs that tell of it.
    if legal_holds::active(tx, network_id)?.is_empty() {
        for (cut, rule) in logs(rules) {
            let removed = cut.due(tx, network_id, rules::before(rule, tx.now).day())?;
            if removed > 0 {
                let removed = i32::try_from(removed).unwrap_or(i32::MAX);
                counts.push(KindCount { kind: <&str>::from(rule.kind).into(), removed, unlinked: 0 });
            }
        }
    }
    plan::begin(tx)?;
    Ok(counts)
}

/// A page of the records that are due, by kind and id.
pub fn due_records(
    tx: &mut Tx<'_>,
    network_id: Id,
    kind: Option<RetainedKind>,
    after: Option<Id>,
    most: i64,
) -> Result<Vec<DueRecord>> {
    let mut rules = policy(tx, network_id)?.rules;
    rules.retain(|rule| kind.is_none_or(|kind| rule.kind == kind));
    let given = given(tx, network_id, Id::NIL);
    seek(tx, &given, &rules, None)?;
    removal::complete(tx, &given, false)?;
    let page = plan::page(tx, after, most)?;
    plan::begin(tx)?;
    let shown = |record: Planned| {
        let kind = record.kind()?.name.to_owned();
        Ok(DueRecord { kind, id: record.id, cycle_id: record.cycle_id })
    };
    page.into_iter().map(shown).collect()
}

/// Puts into the plan what is due by rules and not held, of each kind so much at most.
fn seek(tx: &mut Tx<'_>, given: &Given, rules: &[RetentionRule], most: Option<i64>) -> Result<()> {
    plan::begin(tx)?;
    let holds = legal_holds::active(tx, given.network_id)?;
    if holds.iter().any(|hold| hold.cycle_id.is_none() && hold.pseudonym_id.is_none()) {
        return Ok(());
    }
    if !holds.is_empty() {
        marks::mark(tx, Fate::Held, &marks::held(), given)?;
    }
    for rule in rules {
        let Some(kind) = rules::kind(rule.kind) else { continue };
        let given = Given { before: rules::before(rule, given.now), ..*given };
        marks::seek(tx, kind, rules::condition(rule.kind), most, &given)?;
    }
    Ok(())
}

fn given(tx: &Tx<'_>, network_id: Id, removal_id: Id) -> Given {
    Given { network_id, subject_id: Id::NIL, removal_id, before: tx.now, now: tx.now }
}

/// The logs that rules are about, each with its rule.
fn logs(rules: &[RetentionRule]) -> impl Iterator<Item = (Cut, &RetentionRule)> {
    rules.iter().filter_map(|rule| Some((Cut::of(rule.kind)?, rule)))
}

/// Removes a part of what is due by a run's rules, in the network whose row is taken. How much; nothing where it is done.
pub fn step(tx: &mut Tx<'_>, network_id: Id, run_id: Id) -> Result<usize> {
    let run = store::find_run(tx, run_id)?.filter(|run| run.network_id == network_id);
    let run = run.ok_or_else(|| Error::internal("a job of a run that is not there"))?;
    let given = given(tx, network_id, run.id);
    seek(tx, &given, &run.rules, Some(STRIDE))?;
    let counts = removal::complete(tx, &given, false)?;
    let removed = removal::carry_out(tx, &given, "removed")?.len();
    for KindCount { kind, removed, .. } in counts.iter().filter(|count| count.removed > 0) {
        let rule = run.rules.iter().find(|rule| <&str>::from(rule.kind) == kind);
        store::add_removal(tx, &run, kind, rule.map(|rule| rule.months), *removed)?;
    }
    if removed > 0 {
        return Ok(removed);
    }
    if !legal_holds::active(tx, network_id)?.is_empty() {
        return Ok(0);
    }
    for (cut, rule) in logs(&run.rules) {
        let removed = cut.step(tx, network_id, rules::before(rule, tx.now).day())?;
        if removed > 0 {
            let count = i32::try_from(removed).unwrap_or(i32::MAX);
            store::add_removal(tx, &run, rule.kind.into(), Some(rule.months), count)?;
            return Ok(usize::try_from(removed).unwrap_or(0));
        }
    }
    Ok(0)
}

/// Removes accesses of what belongs to no network, which has no policy of its own: five years after they were made.
async fn of_no_network(access: &Access) -> Result<()> {
    let usual = RetentionPolicy::unsaid(Id::NIL).in_force();
    for (cut, rule) in logs(&usual) {
        let before = rules::before(rule, crate::clock::now()).day();
        if access.survey(move |tx| Ok(cut.due(tx, Id::NIL, before)?)).await? > 0 {
            while access.console(move |tx| cut.step(tx, Id::NIL, before)).await? > 0 {}
        }
    }
    Ok(())
}
