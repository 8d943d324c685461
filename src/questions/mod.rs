//! Citizens' questions, and what was told back.

pub mod api;
pub mod returns;
mod store;
pub mod types;

use crate::access::Tx;
use crate::cycles::rules::CycleState;
use crate::db::types::Json;
use crate::error::Result;
use crate::http::body::HappenedAt;
use crate::http::precondition::IfMatch;
use crate::http::text::Text;
use crate::ids::Id;
use crate::practice::{self, RecordState, Withdrawal, all_found, dangling};
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
        state: RecordState::Current,
        state_reason: None,
        author_id,
        happened_at: HappenedAt::or_now(body.happened_at, tx.now),
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    pseudonym_stands(tx, &question)?;
    store::insert(tx, &question)?;
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
    patch.text.apply(&mut question.text, Text::into_string);
    patch.pseudonym_id.apply(&mut question.pseudonym_id, |id| id);
    patch.life_domains.apply(&mut question.life_domains, |list| Json(practice::texts(&list)));
    pseudonym_stands(tx, &question)?;
    store::save(tx, &mut question)?;
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

fn pseudonym_stands(tx: &mut Tx<'_>, question: &Question) -> Result<()> {
    match question.pseudonym_id {
        Some(id) if !store::pseudonym_stands(tx, question.network_id, id)? => {
            all_found(vec![dangling("pseudonymId", id)])
        }
        _ => Ok(()),
    }
}
