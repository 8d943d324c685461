//! Records as the rows of a research export: under its protocol's numbers, and by the day. None is made of a record that may
//! not be used.

use super::rules::Kept;
use super::types::{
    ActionRow, EvaluationRow, ObservationRow, PerceptionRow, PromptAnswer, QuestionRow, ReflectionRow,
    ReturnRow,
};
use crate::actions::types::Action;
use crate::effect_squares::perceptions::types::Perception;
use crate::evaluations::types::Evaluation;
use crate::ids::Id;
use crate::observations::types::Observation;
use crate::questions::types::{Question, Return};
use crate::record::Pseudonyms;
use crate::reflections::types::{Answer, Reflection};
use crate::research_consents::Consenting;
use std::collections::HashSet;

/// Under what records are exported: the numbers of the protocol, who consents to it, and what speaks of others.
pub struct Under {
    pub numbers: Pseudonyms,
    pub consenting: Consenting,
    pub kept: Kept,
}

impl Under {
    fn number(&self, id: Id) -> String {
        self.numbers.of(id)
    }

    /// The number of somebody who consents.
    fn person(&self, id: Id) -> Option<String> {
        self.consenting.people.contains(&id).then(|| self.number(id))
    }

    /// The number of a record that is exported.
    fn link(&self, id: Id, exported: &HashSet<Id>) -> Option<String> {
        exported.contains(&id).then(|| self.number(id))
    }

    fn links(&self, ids: &[Id], exported: &HashSet<Id>) -> Vec<String> {
        ids.iter().filter_map(|id| self.link(*id, exported)).collect()
    }

    pub fn question(&self, question: Question) -> Option<QuestionRow> {
        let author = self.person(question.author_id)?;
        (!self.kept.questions.contains(&question.id)).then(|| QuestionRow {
            question: self.number(question.id),
            cycle: self.number(question.cycle_id),
            author,
            pseudonym: question.pseudonym_id.map(|id| self.number(id)),
            text: question.text,
            life_domains: question.life_domains.0,
            happened_on: question.happened_at.day(),
        })
    }

    pub fn told(&self, told: Return, questions: &HashSet<Id>) -> Option<ReturnRow> {
        let author = self.person(told.author_id)?;
        (!self.kept.questions.contains(&told.question_id)).then(|| ReturnRow {
            told: self.number(told.id),
            question: self.link(told.question_id, questions),
            cycle: self.number(told.cycle_id),
            author,
            text: told.text,
            recognised: told.recognised,
            response: told.response,
            happened_on: told.happened_at.day(),
        })
    }

    pub fn observation(&self, seen: Observation, questions: &HashSet<Id>) -> Option<ObservationRow> {
        let author = self.person(seen.author_id)?;
        (!self.kept.observations.contains(&seen.id)).then(|| ObservationRow {
            observation: self.number(seen.id),
            cycle: seen.cycle_id.map(|id| self.number(id)),
            author,
            question: seen.question_id.and_then(|id| self.link(id, questions)),
            about: seen.about_pseudonym_ids.iter().map(|id| self.number(*id)).collect(),
            on_behalf_of: seen.on_behalf_of_pseudonym_id.map(|id| self.number(id)),
            body: seen.body,
            perspective: seen.perspective,
            voice: seen.voice,
            life_domains: seen.life_domains.0,
            tags: seen.tags.0,
            state: seen.state,
            happened_on: seen.happened_at.day(),
        })
    }

    pub fn reflection(&self, thought: Reflection, observations: &HashSet<Id>) -> Option<ReflectionRow> {
        let author = self.person(thought.author_id)?;
        let may_use =
            |answer: &&Answer| answer.person_id.is_none_or(|person| self.consenting.people.contains(&person));
        let answer = |answer: &Answer| PromptAnswer {
            prompt: answer.prompt_id.to_string(),
            text: answer.text.to_string(),
        };
        let shift = thought.frame_shift.as_ref();
        (!self.kept.reflections.contains(&thought.id)).then(|| ReflectionRow {
            reflection: self.number(thought.id),
            cycle: self.number(thought.cycle_id),
            author,
            observations: self.links(&thought.observation_ids, observations),
            model: thought.model,
            answers: thought.answers.iter().filter(may_use).map(answer).collect(),
            loop_depth: thought.loop_depth,
            assumption_before: shift.map(|shift| shift.assumption_before.to_string()),
            disruption: shift.map(|shift| shift.disruption.to_string()),
            assumption_after: shift.map(|shift| shift.assumption_after.to_string()),
            thought_along: thought.participant_ids.len(),
            happened_on: thought.happened_at.day(),
        })
    }

    pub fn action(&self, tried: Action, reflections: &HashSet<Id>) -> Option<ActionRow> {
        let author = self.person(tried.author_id)?;
        (!self.kept.actions.contains(&tried.id)).then(|| ActionRow {
            action: self.number(tried.id),
            cycle: self.number(tried.cycle_id),
            author,
            owner: self.person(tried.owner_id),
            reflections: self.links(&tried.reflection_ids, reflections),
            description: tried.description,
            kind: tried.kind,
            carried_out_by: tried.carried_out_by,
            state: tried.state,
            due_on: tried.due_on,
            happened_on: tried.happened_at.day(),
        })
    }

    pub fn evaluation(&self, judged: Evaluation, actions: &HashSet<Id>) -> Option<EvaluationRow> {
        let author = self.person(judged.author_id)?;
        (!self.kept.actions.contains(&judged.action_id)).then(|| EvaluationRow {
            evaluation: self.number(judged.id),
            action: self.link(judged.action_id, actions),
            cycle: self.number(judged.cycle_id),
            author,
            expected_effect: judged.expected_effect,
            seen_effect: judged.seen_effect,
            verdict: judged.verdict,
            judged_by: judged.judged_by,
            beneficiaries: judged.beneficiaries,
            happened_on: judged.happened_at.day(),
        })
    }

    pub fn perception(&self, perceived: Perception) -> Option<PerceptionRow> {
        let author = self.person(perceived.author_id)?;
        let speaks = |pseudonym| self.consenting.pseudonyms.contains(&pseudonym);
        perceived.pseudonym_id.is_none_or(speaks).then(|| PerceptionRow {
            perception: self.number(perceived.id),
            effect_square: self.number(perceived.effect_square_id),
            initiative: self.number(perceived.initiative_id),
            author,
            pseudonym: perceived.pseudonym_id.map(|id| self.number(id)),
            text: perceived.text,
            direction: perceived.direction,
            perspective: perceived.perspective,
            voice: perceived.voice,
            happened_on: perceived.happened_at.day(),
        })
    }
}
