//! What reflections refer to: observations, the people who thought along, and the session that it was done in.

use super::rules;
use super::store;
use super::types::Reflection;
use crate::access::Tx;
use crate::edits::Changed;
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::practice::{all_found, dangling, entries_but, people_in_cycle};
use crate::run::named;
use crate::sessions::{self, types::Session};
use crate::store::in_parts;
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// What reflections of a cycle refer to, as far as it stands where they may refer to it.
pub struct References {
    observations: HashSet<Id>,
    /// Who may have thought along without a session.
    people: HashSet<Id>,
    /// Each with the reflection that it has already.
    sessions: HashMap<Id, (Session, Option<Id>)>,
}

impl References {
    pub fn of(
        tx: &mut Tx<'_>,
        network_id: Id,
        cycle_id: Id,
        reflections: &[&Reflection],
    ) -> Result<References> {
        let mut joined = HashMap::new();
        // A session has one reflection: they are few.
        for id in named(reflections, |reflection| Vec::from_iter(reflection.session_id)) {
            if let Some(session) = sessions::joined(tx, network_id, cycle_id, id)? {
                let reflection = store::of_session(tx, &session)?;
                joined.insert(id, (session, reflection));
            }
        }
        let new: Vec<_> = reflections.iter().map(|reflection| (*reflection, None)).collect();
        References::look(tx, (network_id, cycle_id), &new, joined)
    }

    pub fn of_changed(
        tx: &mut Tx<'_>,
        place: &(Id, Id),
        changed: &[&Changed<Reflection>],
    ) -> Result<References> {
        let mut of = HashMap::new();
        for id in named(changed, |it| Vec::from_iter(it.now.session_id)) {
            if let Some(session) = sessions::find(tx, id)? {
                of.insert(id, (session, None));
            }
        }
        let changed: Vec<_> = changed.iter().map(|it| (&it.now, Some(&it.before))).collect();
        References::look(tx, *place, &changed, of)
    }

    /// Looks up what each refers to, but for what it referred to before, which may stay, whatever came of it since.
    fn look(
        tx: &mut Tx<'_>,
        (network_id, cycle_id): (Id, Id),
        reflections: &[(&Reflection, Option<&Reflection>)],
        sessions: HashMap<Id, (Session, Option<Id>)>,
    ) -> Result<References> {
        let observations = named(reflections, |(reflection, before)| {
            let mut ids = reflection.observation_ids.to_vec();
            ids.retain(|id| before.is_none_or(|before| !before.observation_ids.contains(id)));
            ids
        });
        let observations =
            in_parts(&observations, |part| store::observations_standing(tx, network_id, cycle_id, part))?;
        let people = named(reflections, |(reflection, before)| {
            let mut ids = match reflection.session_id {
                Some(_) => Vec::new(),
                None => reflection.participant_ids.to_vec(),
            };
            ids.retain(|id| before.is_none_or(|before| !before.participant_ids.contains(id)));
            ids
        });
        let people = match people.is_empty() {
            true => Vec::new(),
            false => people_in_cycle(tx, network_id, cycle_id, &people)?,
        };
        let (observations, people) = (observations.into_iter().collect(), people.into_iter().collect());
        Ok(References { observations, people, sessions })
    }

    /// 409 with a pointer for each observation that is not a current one of the cycle, for a session that cannot be
    /// reflected on here, and for each person who is neither a member nor a participant or, in a session, was not
    /// present. 409 for a new reflection of a session that was not held yet, or that has one.
    pub fn stand(&self, reflection: &Reflection, before: Option<&Reflection>) -> Result<()> {
        let mut faults = Vec::new();
        let session = reflection.session_id.and_then(|id| self.sessions.get(&id));
        if let Some(id) = reflection.session_id
            && session.is_none()
            && before.is_none_or(|before| before.session_id != Some(id))
        {
            faults.push(dangling("sessionId", id));
        }
        let stands = |id: &Id| {
            self.observations.contains(id) || before.is_some_and(|before| before.observation_ids.contains(id))
        };
        entries_but("observationIds", &reflection.observation_ids, stands, &mut faults);
        let thought_along = |id: &Id| match session {
            _ if before.is_some_and(|before| before.participant_ids.contains(id)) => true,
            Some((session, _)) => session.present_ids.contains(id),
            None => self.people.contains(id),
        };
        entries_but("participantIds", &reflection.participant_ids, thought_along, &mut faults);
        rules::named_thought_along(reflection, &mut faults);
        all_found(faults)?;
        match session {
            Some((session, taken)) if before.is_none_or(|before| before.session_id.is_none()) => {
                sessions::rules::took_place(session)?;
                has_none(*taken)
            }
            _ => Ok(()),
        }
    }
}

/// A session has one reflection.
fn has_none(reflection: Option<Id>) -> Result<()> {
    let Some(id) = reflection else { return Ok(()) };
    let detail = "The session has its reflection; its author can change it.";
    Err(Error::conflict("has_reflection", detail).with("reflectionId", json!(id)))
}
