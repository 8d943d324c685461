//! Citizens' questions, and what was told back.

pub mod api;
pub mod returns;
mod store;
pub mod types;

use crate::access::Tx;
use crate::competences;
use crate::cycles::rules::CycleState;
use crate::db::types::Json;
use crate::error::Result;
use crate::http::body::HappenedAt;
use crate::http::precondition::IfMatch;
use crate::http::text::Text;
use crate::ids::Id;
use crate::practice::{self, RecordState, Withdrawal, all_found, dangling, dangling_entries};
use crate::record::{self, Created};
use types::{Question, QuestionCreate, QuestionPatch};

/// Asks a question in a cycle.
pub fn create(
    tx: &mut Tx<'_>,
    cycle: &CycleState,
    author_id: Id,
    body: &QuestionCreate,
) -> Result<Created<Question>> {
    let digest = tx.digest(body.id, cycle.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.cycle_id == cycle.id;
        return record::replay(stored, &digest, here);
    }
    cycle.takes_records()?;
    let question = Question {
        network_id: cycle.network_id,
        id: body.id.unwrap_or_default(),
        cycle_id: cycle.id,
        text: body.text.to_string(),
        pseudonym_id: body.pseudonym_id,
        life_domains: Json(practice::texts(body.life_domains.as_deref().unwrap_or_default())),
        competence_ids: Json(body.competence_ids.as_deref().unwrap_or_default().to_vec()),
        state: RecordState::Current,
        state_reason: None,
        author_id,
        happened_at: HappenedAt::or_now(body.happened_at, tx.now),
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    references_stand(tx, &question, None)?;
    store::insert(tx, &question)?;
    store::link(tx, &question)?;
    tx.note("created", &question);
    Ok(Created::fresh(question))
}

pub fn update(
    tx: &mut Tx<'_>,
    mut question: Question,
    if_match: &IfMatch,
    patch: QuestionPatch,
) -> Result<Question> {
    if_match.demand(question.version)?;
    practice::not_withdrawn(question.state == RecordState::Withdrawn)?;
    let before = question.clone();
    patch.text.apply(&mut question.text, Text::into_string);
    patch.pseudonym_id.apply(&mut question.pseudonym_id, |id| id);
    patch.life_domains.apply(&mut question.life_domains, |list| Json(practice::texts(&list)));
    patch.competence_ids.apply(&mut question.competence_ids, |ids| Json(ids.into_vec()));
    references_stand(tx, &question, Some(&before))?;
    store::save(tx, &mut question)?;
    if *question.competence_ids != *before.competence_ids {
        store::unlink(tx, &question)?;
        store::link(tx, &question)?;
    }
    tx.note("updated", &question);
    Ok(question)
}

pub fn withdraw(
    tx: &mut Tx<'_>,
    mut question: Question,
    person_id: Id,
    if_match: &IfMatch,
    body: &Withdrawal,
) -> Result<Question> {
    if !practice::withdraw(tx, &question, question.state, person_id, if_match, body)? {
        return Ok(question);
    }
    question.state = RecordState::Withdrawn;
    question.state_reason = Some(body.reason.to_string());
    store::save(tx, &mut question)?;
    tx.note("withdrawn", &question);
    Ok(question)
}

/// A question by its id, wherever it lies.
pub fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<Question>> {
    Ok(store::find(tx, id)?)
}

/// 409 with a pointer for everything the question refers to that does not stand in its network, or that its author does
/// not see. What it referred to `before` may stay.
fn references_stand(tx: &mut Tx<'_>, question: &Question, before: Option<&Question>) -> Result<()> {
    let mut faults = Vec::new();
    if let Some(id) = question.pseudonym_id
        && before.is_none_or(|before| before.pseudonym_id != Some(id))
        && !store::pseudonym_stands(tx, question.network_id, id)?
    {
        faults.push(dangling("pseudonymId", id));
    }
    let asked = &question.competence_ids;
    let mut known = before.map_or_else(Vec::new, |before| before.competence_ids.to_vec());
    if asked.iter().any(|id| !known.contains(id)) {
        known.extend(competences::standing_in(tx, question.author_id, question.network_id, asked)?);
    }
    dangling_entries("competenceIds", asked, &known, &mut faults);
    all_found(faults)
}
