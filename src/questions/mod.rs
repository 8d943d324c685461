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
use crate::practice::{self, RecordState, Withdrawal, all_found, dangling, entries_but};
use crate::record::Created;
use crate::run::{self, Outcomes, Run, named};
use crate::store::in_parts;
use std::collections::HashSet;
use types::{Question, QuestionCreate, QuestionPatch};

/// Asks a question in a cycle.
pub fn create(
    tx: &mut Tx<'_>,
    cycle: &CycleState,
    author_id: Id,
    body: &QuestionCreate,
) -> Result<Created<Question>> {
    run::only(create_stretch(tx, cycle, author_id, &[body])?)
}

/// Asks questions one after the other.
pub fn create_all(
    tx: &mut Tx<'_>,
    cycle: &CycleState,
    author_id: Id,
    bodies: &[&QuestionCreate],
) -> Result<Outcomes<Question>> {
    let keys = |body: &QuestionCreate| Vec::from_iter(body.id);
    run::in_stretches(bodies, keys, |bodies| create_stretch(tx, cycle, author_id, bodies))
}

fn create_stretch(
    tx: &mut Tx<'_>,
    cycle: &CycleState,
    author_id: Id,
    bodies: &[&QuestionCreate],
) -> Result<Outcomes<Question>> {
    let now = tx.now;
    let ask = |body: &QuestionCreate, digest| {
        cycle.takes_records()?;
        Ok(Question {
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
            happened_at: HappenedAt::or_now(body.happened_at, now),
            created_at: now,
            updated_at: now,
            version: 1,
            digest,
        })
    };
    let here = |stored: &Question| stored.cycle_id == cycle.id;
    let mut run = Run::of(tx, cycle.id, bodies, store::find_all, here, ask)?;
    let references = References::of(tx, cycle.network_id, author_id, &run.fresh(), None)?;
    run.judge(|question| references.stand(question));
    store::insert_all(tx, &run.fresh())?;
    store::link(tx, &run.fresh())?;
    Ok(run.noted(tx))
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
    let (network_id, author_id) = (question.network_id, question.author_id);
    References::of(tx, network_id, author_id, &[&question], Some(&before))?.stand(&question)?;
    store::save(tx, &mut question)?;
    if *question.competence_ids != *before.competence_ids {
        store::unlink(tx, &question)?;
        store::link(tx, &[&question])?;
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

/// What questions refer to, as far as it stands in their network and their author sees it.
struct References {
    pseudonyms: HashSet<Id>,
    competences: HashSet<Id>,
}

impl References {
    /// What a question referred to `before` may stay.
    fn of(
        tx: &mut Tx<'_>,
        network_id: Id,
        author_id: Id,
        questions: &[&Question],
        before: Option<&Question>,
    ) -> Result<References> {
        let mut pseudonyms: HashSet<Id> = before.into_iter().flat_map(|before| before.pseudonym_id).collect();
        let mut competences: HashSet<Id> =
            before.into_iter().flat_map(|before| before.competence_ids.iter().copied()).collect();
        let mut asked = named(questions, |question| Vec::from_iter(question.pseudonym_id));
        asked.retain(|id| !pseudonyms.contains(id));
        pseudonyms.extend(in_parts(&asked, |part| store::pseudonyms_standing(tx, network_id, part))?);
        let mut asked = named(questions, |question| question.competence_ids.to_vec());
        asked.retain(|id| !competences.contains(id));
        if !asked.is_empty() {
            competences.extend(competences::standing_in(tx, author_id, network_id, &asked)?);
        }
        Ok(References { pseudonyms, competences })
    }

    /// 409 with a pointer for everything the question refers to that is not among it.
    fn stand(&self, question: &Question) -> Result<()> {
        let mut faults = Vec::new();
        if let Some(id) = question.pseudonym_id
            && !self.pseudonyms.contains(&id)
        {
            faults.push(dangling("pseudonymId", id));
        }
        let asked = &question.competence_ids;
        entries_but("competenceIds", asked, |id| self.competences.contains(id), &mut faults);
        all_found(faults)
    }
}
