//! Lets what happened in a network happen again, one event after the other.

use super::content::{self, Network, network_id, organisation_id, person_id};
use super::seed::sent;
use super::timeline::{Event, What, noticed};
use crate::access::Tx;
use crate::actions::{self, types::Action};
use crate::clock::Instant;
use crate::cycles::{self, Mover, rules::CycleState, types::Cycle};
use crate::error::{Error, Result};
use crate::evaluations::{self, ActionKey};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::observations::{self, types::Observation};
use crate::questions::{self, returns, types::Question};
use crate::{participants, reflections};
use chrono::Duration;
use serde_json::json;
use std::collections::HashMap;

/// What a network has so far, as its later events need it.
pub struct Life<'a> {
    content: &'a Network,
    now: Instant,
    cycles: HashMap<Id, Cycle>,
    questions: HashMap<Id, Question>,
    observations: HashMap<Id, Observation>,
    actions: HashMap<Id, Action>,
}

impl<'a> Life<'a> {
    pub fn new(content: &'a Network, now: Instant) -> Life<'a> {
        Life {
            content,
            now,
            cycles: HashMap::new(),
            questions: HashMap::new(),
            observations: HashMap::new(),
            actions: HashMap::new(),
        }
    }

    pub fn happen(&mut self, tx: &mut Tx<'_>, event: &Event<'_>) -> Result<()> {
        (tx.now, tx.acting) = (event.at, Some(event.by));
        match event.what {
            What::Begin(cycle) => self.begin(tx, event, cycle),
            What::Invite(cycle, guest) => {
                let body = json!({"id": event.id, "personId": person_id(&guest.person), "role": guest.role});
                participants::create(tx, &self.state(cycle)?, false, &sent(body)?, true).map(drop)
            }
            What::Move(cycle, step) => self.step(tx, event, cycle, step),
            What::Ask(cycle, question) => self.ask(tx, event, cycle, question),
            What::TellBack(question, told) => self.tell_back(tx, event, question, told),
            What::Observe(cycle, observation) => self.observe(tx, event, cycle, observation),
            What::Settle(observation, to, why) => {
                let body = sent(json!({"id": event.id, "to": to, "reason": why.reason}))?;
                let observation = known(&self.observations, self.content.id_of(&observation.key))?;
                observations::transition(tx, observation, event.by, &IfMatch::Absent, &body).map(drop)
            }
            What::Reflect(cycle, reflection) => self.reflect(tx, event, cycle, reflection),
            What::Commit(cycle, action) => self.commit(tx, event, cycle, action),
            What::MoveAction(action, step) => {
                let body = sent(json!({"id": event.id, "to": step.to, "reason": step.reason}))?;
                let action = known(&self.actions, self.content.id_of(&action.key))?;
                let moved = actions::transition(tx, action, event.by, &IfMatch::Absent, &body)?;
                self.actions.insert(moved.id, moved);
                Ok(())
            }
            What::Evaluate(action, evaluation) => self.evaluate(tx, event, action, evaluation),
        }
    }

    fn cycle(&self, cycle: &content::Cycle) -> Result<Cycle> {
        known(&self.cycles, self.content.cycle_id(&cycle.key))
    }

    fn state(&self, cycle: &content::Cycle) -> Result<CycleState> {
        self.cycle(cycle).map(|cycle| CycleState::from(&cycle))
    }

    fn ids(&self, keys: &[String], id_of: impl Fn(&Network, &str) -> Id) -> Vec<Id> {
        keys.iter().map(|key| id_of(self.content, key)).collect()
    }

    fn pseudonym(&self, key: &Option<String>) -> Option<Id> {
        key.as_deref().map(|key| self.content.pseudonym_id(key))
    }

    fn begin(&mut self, tx: &mut Tx<'_>, event: &Event<'_>, cycle: &content::Cycle) -> Result<()> {
        let body = sent(json!({
            "id": event.id,
            "learningQuestion": cycle.learning_question,
            "themeIds": self.ids(&cycle.themes, Network::theme_id),
            "approachVersionId": cycle.approach_version.as_deref().map(|name| self.content.approach_version_id(name)),
            "previousCycleId": cycle.previous.as_deref().map(|key| self.content.cycle_id(key)),
        }))?;
        let begun = cycles::create(tx, network_id(&self.content.network.key), event.by, &body)?;
        self.cycles.insert(event.id, begun.record);
        Ok(())
    }

    fn step(
        &mut self,
        tx: &mut Tx<'_>,
        event: &Event<'_>,
        cycle: &content::Cycle,
        step: &content::CycleMove,
    ) -> Result<()> {
        let body = sent(json!({
            "id": event.id,
            "to": step.to,
            "reason": step.reason,
            "acceptLooseEnds": step.accept_loose_ends,
        }))?;
        let moved = cycles::transition(
            tx,
            self.cycle(cycle)?,
            &Mover { person_id: event.by, may_end: true },
            &IfMatch::Absent,
            &body,
        )?;
        self.cycles.insert(moved.id, moved);
        Ok(())
    }

    fn ask(
        &mut self,
        tx: &mut Tx<'_>,
        event: &Event<'_>,
        cycle: &content::Cycle,
        question: &content::Question,
    ) -> Result<()> {
        let body = sent(json!({
            "id": event.id,
            "text": question.text,
            "pseudonymId": self.pseudonym(&question.pseudonym),
            "lifeDomains": question.life_domains,
            "happenedAt": noticed(event),
        }))?;
        let asked = questions::create(tx, &self.state(cycle)?, event.by, &body)?;
        self.questions.insert(event.id, asked.record);
        Ok(())
    }

    fn tell_back(
        &self,
        tx: &mut Tx<'_>,
        event: &Event<'_>,
        question: &content::Question,
        told: &content::Return,
    ) -> Result<()> {
        let body = sent(json!({
            "id": event.id,
            "text": told.text,
            "recognised": told.recognised,
            "response": told.response,
        }))?;
        let question = known(&self.questions, self.content.id_of(&question.key))?;
        returns::create(tx, &question, event.by, &body).map(drop)
    }

    fn observe(
        &mut self,
        tx: &mut Tx<'_>,
        event: &Event<'_>,
        cycle: Option<&content::Cycle>,
        observation: &content::Observation,
    ) -> Result<()> {
        let body = sent(json!({
            "id": event.id,
            "body": observation.body,
            "perspective": observation.perspective,
            "voice": observation.voice,
            "questionId": observation.question.as_deref().map(|key| self.content.id_of(key)),
            "aboutPseudonymIds": self.ids(&observation.about, Network::pseudonym_id),
            "onBehalfOfPseudonymId": self.pseudonym(&observation.on_behalf_of),
            "lifeDomains": observation.life_domains,
            "tags": observation.tags,
            "happenedAt": noticed(event),
        }))?;
        let state = cycle.map(|cycle| self.state(cycle)).transpose()?;
        let network_id = network_id(&self.content.network.key);
        let logged = observations::create(tx, network_id, state.as_ref(), event.by, &body)?;
        self.observations.insert(event.id, logged.record);
        Ok(())
    }

    fn reflect(
        &self,
        tx: &mut Tx<'_>,
        event: &Event<'_>,
        cycle: &content::Cycle,
        reflection: &content::Reflection,
    ) -> Result<()> {
        let body = sent(json!({
            "id": event.id,
            "observationIds": self.ids(&reflection.observations, Network::id_of),
            "model": reflection.model,
            "answers": reflection.answers,
            "loopDepth": reflection.loop_depth,
            "frameShift": reflection.frame_shift,
            "visibility": reflection.visibility,
        }))?;
        reflections::create(tx, &self.state(cycle)?, event.by, &body).map(drop)
    }

    fn commit(
        &mut self,
        tx: &mut Tx<'_>,
        event: &Event<'_>,
        cycle: &content::Cycle,
        action: &content::Action,
    ) -> Result<()> {
        let challenges = action.challenges.as_ref().map(|challenge| {
            json!({"rule": challenge.rule, "organisationId": organisation_id(&challenge.organisation)})
        });
        let due_on = action
            .due_on_days_from_now
            .map(|days| self.now.plus(Duration::days(days)).to_chrono().date_naive());
        let body = sent(json!({
            "id": event.id,
            "reflectionIds": self.ids(&action.reflections, Network::id_of),
            "description": action.description,
            "kind": action.kind,
            "ownerId": person_id(&action.owner),
            "carriedOutBy": action.carried_out_by,
            "challenges": challenges,
            "dueOn": due_on,
        }))?;
        let committed = actions::create(tx, &self.state(cycle)?, event.by, &body)?;
        self.actions.insert(event.id, committed.record);
        Ok(())
    }

    fn evaluate(
        &self,
        tx: &mut Tx<'_>,
        event: &Event<'_>,
        action: &content::Action,
        evaluation: &content::Evaluation,
    ) -> Result<()> {
        let body = sent(json!({
            "id": event.id,
            "expectedEffect": evaluation.expected_effect,
            "seenEffect": evaluation.seen_effect,
            "verdict": evaluation.verdict,
            "judgedBy": evaluation.judged_by,
            "beneficiaries": evaluation.beneficiaries,
        }))?;
        let action = known(&self.actions, self.content.id_of(&action.key))?;
        evaluations::create(tx, &ActionKey::from(&action), event.by, &body).map(drop)
    }
}

fn known<T: Clone>(made: &HashMap<Id, T>, id: Id) -> Result<T> {
    made.get(&id).cloned().ok_or_else(|| Error::internal("the demo refers to something before it happens"))
}
