//! What is erased of a person, and what is not.
//!
//! Erased is what identifies them or is theirs alone: name and address, password, sessions, invitations to their address, what
//! they said of what they can and want to learn and what others said of that, their check-in responses, reflections that they
//! kept to themselves, their drafts of insights, and the reason given with their part in a cycle. Memberships end, and API keys
//! that they made are good for nothing any more: they know them. What they logged for their networks stays by default, with an
//! author who is nobody: it is about others and about the work, was written on behalf of an organisation that keeps it, and is
//! needed for the task for which it was collected (GDPR, article 17(3)(b) and (d)); without its author's name, it tells of its
//! author no more than that they worked there. Where that does not hold, as when what somebody wrote is about themselves, an
//! administrator erases what they wrote as well (`withRecords`): all but what several made together (arenas, squares), and what
//! the network shared in general words (insights, approaches).

use super::types::Receiver;
use super::{Keeping, Subject, erase_in};
use crate::access::Tx;
use crate::db::schema::{api_keys, invitations, participants, people};
use crate::error::Result;
use crate::ids::Id;
use crate::removal::types::KindCount;
use crate::removal::{Given, run};
use crate::{change_log::Trace, members, natively};
use diesel::prelude::*;
use diesel::sql_types::Nullable;

/// What others see of somebody who is nobody any more.
pub const NOBODY: &str = "Verwijderd";

/// What belongs to the person and to no network: the kind as it is counted, and the statement.
const THEIRS: &[(&str, &str)] = &[
    (
        "refresh_token",
        "DELETE FROM refresh_tokens WHERE session_id IN (SELECT s.id FROM auth_sessions s WHERE s.person_id = {subject})",
    ),
    ("identity", "DELETE FROM identities WHERE person_id = {subject}"),
    ("auth_session", "DELETE FROM auth_sessions WHERE person_id = {subject}"),
    (
        "sign_in_failure",
        "DELETE FROM sign_in_failures WHERE email_key IN (SELECT p.email_key FROM people p WHERE p.id = {subject})",
    ),
    (
        "competence_endorsement",
        "DELETE FROM competence_endorsements WHERE person_id = {subject} OR statement_id IN \
         (SELECT s.id FROM competence_statements s WHERE s.person_id = {subject})",
    ),
    ("competence_statement", "DELETE FROM competence_statements WHERE person_id = {subject}"),
    (
        "learning_goal_evidence",
        "DELETE FROM learning_goal_evidence WHERE goal_id IN \
         (SELECT g.id FROM learning_goals g WHERE g.person_id = {subject})",
    ),
    ("learning_goal", "DELETE FROM learning_goals WHERE person_id = {subject}"),
    ("batch", "DELETE FROM batches WHERE person_id = {subject}"),
];

/// Takes out of a network what its subscribers were to be told of their memberships and parts, by name and with reasons.
const AS_THEY_WERE: &[&str] = &[
    "DELETE FROM change_snapshots WHERE network_id = {network} AND number IN (SELECT c.number FROM changes c \
     JOIN members m ON m.network_id = c.network_id AND m.id = c.subject_id \
     WHERE c.network_id = {network} AND m.person_id = {subject})",
    "DELETE FROM change_snapshots WHERE network_id = {network} AND number IN (SELECT c.number FROM changes c \
     JOIN participants p ON p.network_id = c.network_id AND p.id = c.subject_id \
     WHERE c.network_id = {network} AND p.person_id = {subject})",
];

/// What somebody left in networks, as tables with the column that names them.
const LEFT: &[(&str, &str)] = &[
    ("members", "person_id"),
    ("participants", "person_id"),
    ("api_keys", "created_by"),
    ("check_in_responses", "author_id"),
    ("questions", "author_id"),
    ("returns", "author_id"),
    ("observations", "author_id"),
    ("reflections", "author_id"),
    ("actions", "author_id"),
    ("evaluations", "author_id"),
    ("insights", "created_by"),
    ("action_reviews", "author_id"),
    ("session_questions", "author_id"),
    ("session_notes", "author_id"),
    ("perceptions", "author_id"),
    ("effect_calculations", "author_id"),
    ("effect_arena_views", "author_id"),
];

/// The networks in which a person left anything, in the order in which their rows are taken.
pub fn networks(tx: &mut Tx<'_>, person_id: Id) -> Result<Vec<Id>> {
    use crate::db::types::Uid;
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Uid)]
        network_id: Id,
    }
    let mut found = Vec::new();
    for (table, column) in LEFT {
        let text = format!("SELECT DISTINCT network_id FROM {table} WHERE {column} = $1");
        let rows: Vec<Row> =
            natively!(tx.conn(), c => diesel::sql_query(text).bind::<Uid, _>(person_id).load(c))?;
        found.extend(rows.into_iter().map(|row| row.network_id));
    }
    let invited: Vec<Id> = natively!(tx.conn(), c => invitations::table
        .inner_join(people::table.on(people::email_key.eq(invitations::email_key.nullable())))
        .filter(people::id.eq(person_id))
        .select(invitations::network_id)
        .load(c))?;
    found.extend(invited);
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Erases a person in networks whose rows are taken, and then as somebody who signs in.
pub fn erase(
    tx: &mut Tx<'_>,
    given: Given,
    networks: &[Id],
    with_records: bool,
    keeping: Keeping,
) -> Result<(Vec<KindCount>, Vec<Receiver>)> {
    let (mut counts, mut told) = (Vec::new(), Vec::new());
    for network_id in networks {
        let here = Given { network_id: *network_id, ..given };
        let (some, receivers) = erase_in(tx, &here, Subject::Person { with_records }, keeping)?;
        add(&mut counts, some);
        told.extend(receivers);
        members::leave(tx, *network_id, given.subject_id, NOBODY, keeping == Keeping::Holds)?;
        end_parts(tx, &here)?;
        for statement in AS_THEY_WERE {
            run(tx, statement, &here)?;
        }
        revoke_keys(tx, &here)?;
        add(&mut counts, uninvite(tx, &here)?);
    }
    for (kind, statement) in THEIRS {
        let removed = run(tx, statement, &given)?;
        add(&mut counts, count(kind, removed));
    }
    empty(tx, given.subject_id)?;
    told.dedup();
    Ok((counts, told))
}

/// Leaves a person's row to those records that name it, without anything of the person.
fn empty(tx: &mut Tx<'_>, person_id: Id) -> Result<()> {
    let now = tx.now;
    let row = people::table.filter(people::id.eq(person_id));
    let version: Option<i32> = row.select(people::version).first(tx.conn()).optional()?;
    let Some(version) = version else { return Ok(()) };
    natively!(tx.conn(), c => diesel::update(row)
        .set((
            people::email.eq(None::<String>),
            people::email_key.eq(None::<String>),
            people::display_name.eq(NOBODY),
            people::system_role.eq("none"),
            people::active.eq(false),
            people::password_hash.eq(None::<String>),
            people::digest.eq(Vec::<u8>::new()),
            people::updated_at.eq(now),
            people::version.eq(version + 1),
        ))
        .execute(c))?;
    let trace =
        Trace { kind: "person", network_id: Id::NIL, cycle_id: None, id: person_id, version: version + 1 };
    tx.note_trace("erased", trace);
    Ok(())
}

/// Ends their part in cycles, and takes out the reason that was given with it.
fn end_parts(tx: &mut Tx<'_>, given: &Given) -> Result<()> {
    let now = tx.now;
    let theirs = participants::table
        .filter(participants::network_id.eq(given.network_id))
        .filter(participants::person_id.eq(given.subject_id))
        .filter(
            participants::reason
                .is_not_null()
                .or(participants::ends_at.is_null())
                .or(participants::ends_at.gt(now)),
        );
    let parts: Vec<(Id, Id, i32)> =
        theirs.select((participants::id, participants::cycle_id, participants::version)).load(tx.conn())?;
    run(
        tx,
        "UPDATE participants SET reason = NULL, updated_at = {now}, version = version + 1, \
         ends_at = CASE WHEN ends_at IS NULL OR ends_at > {now} THEN {now} ELSE ends_at END \
         WHERE network_id = {network} AND person_id = {subject} \
         AND (reason IS NOT NULL OR ends_at IS NULL OR ends_at > {now})",
        given,
    )?;
    for (id, cycle_id, version) in parts {
        let (kind, network_id, cycle_id) = ("participant", given.network_id, Some(cycle_id));
        tx.note_trace("ended", Trace { kind, network_id, cycle_id, id, version: version + 1 });
    }
    Ok(())
}

/// Makes API keys that they made good for nothing, with the memberships of their integrations.
fn revoke_keys(tx: &mut Tx<'_>, given: &Given) -> Result<()> {
    let made = api_keys::table
        .filter(api_keys::network_id.eq(given.network_id))
        .filter(api_keys::created_by.eq(given.subject_id))
        .filter(api_keys::revoked_at.is_null());
    let keys: Vec<(Id, i32, Id)> =
        made.select((api_keys::id, api_keys::version, api_keys::person_id)).load(tx.conn())?;
    let now = tx.now;
    natively!(tx.conn(), c => diesel::update(made)
        .set((
            api_keys::revoked_at.eq(now.into_sql::<Nullable<crate::db::types::Moment>>()),
            api_keys::version.eq(api_keys::version + 1),
            api_keys::updated_at.eq(now),
        ))
        .execute(c))?;
    for (id, version, account_id) in keys {
        let trace =
            Trace { kind: "api_key", network_id: given.network_id, cycle_id: None, id, version: version + 1 };
        tx.note_trace("revoked", trace);
        members::dismiss(tx, given.network_id, account_id)?;
    }
    Ok(())
}

/// Removes the invitations to their address.
fn uninvite(tx: &mut Tx<'_>, given: &Given) -> Result<Vec<KindCount>> {
    let address: Option<Option<String>> = people::table
        .filter(people::id.eq(given.subject_id))
        .select(people::email_key)
        .first(tx.conn())
        .optional()?;
    let Some(Some(address)) = address else { return Ok(Vec::new()) };
    let sent = invitations::table
        .filter(invitations::network_id.eq(given.network_id))
        .filter(invitations::email_key.eq(address));
    let ids: Vec<Id> = sent.clone().select(invitations::id).load(tx.conn())?;
    natively!(tx.conn(), c => diesel::delete(sent).execute(c))?;
    for id in &ids {
        let (kind, network_id) = ("invitation", given.network_id);
        tx.note_trace("deleted", Trace { kind, network_id, cycle_id: None, id: *id, version: 1 });
    }
    Ok(count("invitation", ids.len()))
}

fn count(kind: &str, removed: usize) -> Vec<KindCount> {
    match i32::try_from(removed).unwrap_or(i32::MAX) {
        0 => Vec::new(),
        removed => vec![KindCount { kind: kind.to_owned(), removed, unlinked: 0 }],
    }
}

/// Adds counts to those of the same kinds.
fn add(counts: &mut Vec<KindCount>, more: Vec<KindCount>) {
    for KindCount { kind, removed, unlinked } in more {
        match counts.iter_mut().find(|count| count.kind == kind) {
            Some(count) => {
                count.removed = count.removed.saturating_add(removed);
                count.unlinked = count.unlinked.saturating_add(unlinked);
            }
            None => counts.push(KindCount { kind, removed, unlinked }),
        }
    }
}
