//! Citizens' questions, and what was told back.

pub mod api;
pub mod returns;
mod store;
pub mod types;

use crate::access::Tx;
use crate::competences;
use crate::cycles::rules::CycleState;
use crate::db::types::Json;
use crate::edits::{self, Changed, Edit, Edited, Edits};
use crate::error::Result;
use crate::http::body::HappenedAt;
use crate::http::page::Page;
use crate::http::precondition::IfMatch;
use crate::http::text::Text;
use crate::ids::Id;
use crate::loops::following::{self, Scope};
use crate::practice::{self, RecordState, Withdrawal, all_found, dangling, entries_but};
use crate::record::Created;
use crate::run::{self, Outcomes, Run, named};
use crate::store::in_parts;
use crate::transitions;
use std::collections::HashSet;
pub use store::OneQuestion;
use types::{Question, QuestionCreate, QuestionFilter, QuestionPatch};

/// A page of the questions of a cycle or a network, or of those that a figure of its report counts.
pub fn list(tx: &mut Tx<'_>, scope: Scope, filter: &QuestionFilter, page: &Page) -> Result<Vec<Question>> {
    let Some(followed) = filter.followed() else {
        return Ok(store::list(tx, scope.network_id(), scope.cycle_id(), filter, page)?);
    };
    let counted = following::page(tx, scope, &followed, page)?;
    let found = store::find_all(tx, &counted)?;
    Ok(following::newest_first(found, page, |question| (question.happened_at, question.id)))
}

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
    let asked: Vec<_> = run.fresh().into_iter().map(|question| (question, None)).collect();
    let references = References::of(tx, cycle.network_id, author_id, &asked)?;
    run.judge(|question| references.stand(question, None));
    store::insert_all(tx, &run.fresh())?;
    store::link(tx, &run.fresh())?;
    Ok(run.noted(tx))
}

pub fn update(
    tx: &mut Tx<'_>,
    question: Question,
    if_match: &IfMatch,
    patch: QuestionPatch,
) -> Result<Question> {
    edits::only(update_all(tx, vec![Edit { record: question, if_match, body: &patch }])?)
}

/// Changes the content of different questions.
pub fn update_all(
    tx: &mut Tx<'_>,
    edits: Vec<Edit<'_, Question, QuestionPatch>>,
) -> Result<Edited<Question>> {
    let amend = |question: &mut Question, if_match: &IfMatch, patch: &QuestionPatch| {
        if_match.demand(question.version)?;
        practice::not_withdrawn(question.state == RecordState::Withdrawn)?;
        let patch = patch.clone();
        patch.text.apply(&mut question.text, Text::into_string);
        patch.pseudonym_id.apply(&mut question.pseudonym_id, |id| id);
        patch.life_domains.apply(&mut question.life_domains, |list| Json(practice::texts(&list)));
        patch.competence_ids.apply(&mut question.competence_ids, |ids| Json(ids.into_vec()));
        Ok(Some(()))
    };
    let mut edits = Edits::of(edits, amend);
    let sight = |question: &Question| (question.network_id, question.author_id);
    let look = |tx: &mut Tx<'_>, (network_id, author_id): &(Id, Id), changed: &[&Changed<Question>]| {
        let questions: Vec<_> = changed.iter().map(|it| (&it.now, Some(&it.before))).collect();
        References::of(tx, *network_id, *author_id, &questions)
    };
    edits.judge(tx, sight, look, |known, it| known.stand(&it.now, Some(&it.before)))?;
    edits.save(tx, store::save_all)?;
    let relinked =
        edits.changed().into_iter().filter(|it| *it.now.competence_ids != *it.before.competence_ids);
    let relinked: Vec<&Question> = relinked.map(|changed| &changed.now).collect();
    store::unlink(tx, &relinked)?;
    store::link(tx, &relinked)?;
    Ok(edits.noted(|changed| tx.note("updated", &changed.now)))
}

pub fn withdraw(
    tx: &mut Tx<'_>,
    question: Question,
    person_id: Id,
    if_match: &IfMatch,
    body: &Withdrawal,
) -> Result<Question> {
    transitions::move_one(tx, person_id, Edit { record: question, if_match, body }, store::save)
}

/// Withdraws different questions.
pub fn withdraw_all(
    tx: &mut Tx<'_>,
    person_id: Id,
    edits: Vec<Edit<'_, Question, Withdrawal>>,
) -> Result<Edited<Question>> {
    transitions::move_all(tx, person_id, edits, store::save_all)
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
    /// What each question refers to, but for what it referred to before, which may stay.
    fn of(
        tx: &mut Tx<'_>,
        network_id: Id,
        author_id: Id,
        questions: &[(&Question, Option<&Question>)],
    ) -> Result<References> {
        let pseudonyms = named(questions, |(question, before)| {
            let mut ids = Vec::from_iter(question.pseudonym_id);
            ids.retain(|id| before.is_none_or(|before| before.pseudonym_id != Some(*id)));
            ids
        });
        let competences = named(questions, |(question, before)| {
            let mut ids = question.competence_ids.to_vec();
            ids.retain(|id| before.is_none_or(|before| !before.competence_ids.contains(id)));
            ids
        });
        let pseudonyms = in_parts(&pseudonyms, |part| store::pseudonyms_standing(tx, network_id, part))?;
        let competences = match competences.is_empty() {
            true => Vec::new(),
            false => competences::standing_in(tx, author_id, network_id, &competences)?,
        };
        Ok(References {
            pseudonyms: pseudonyms.into_iter().collect(),
            competences: competences.into_iter().collect(),
        })
    }

    /// 409 with a pointer for everything the question refers to that does not stand, and that it did not refer to before.
    fn stand(&self, question: &Question, before: Option<&Question>) -> Result<()> {
        let mut faults = Vec::new();
        if let Some(id) = question.pseudonym_id
            && !self.pseudonyms.contains(&id)
            && before.is_none_or(|before| before.pseudonym_id != Some(id))
        {
            faults.push(dangling("pseudonymId", id));
        }
        let known = |id: &Id| {
            self.competences.contains(id) || before.is_some_and(|before| before.competence_ids.contains(id))
        };
        entries_but("competenceIds", &question.competence_ids, known, &mut faults);
        all_found(faults)
    }
}
