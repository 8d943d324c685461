//! What the guard tells the access log: of each request what it asked of what, and of each transaction who asked and what
//! they were shown.

use super::admission::Shapes;
use super::locate::Place;
use super::op::Op;
use super::standing::Standing;
use crate::access_log::AccessLog;
use crate::access_log::rules::{code_of, object_kind};
use crate::access_log::types::{
    Access, AccessAudience, AccessMeans, AccessOutcome, EventCode, RefusalReason,
};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::http::accept::chosen;
use crate::http::envelope::RequestId;
use crate::ids::Id;
use actix_web::{HttpMessage, HttpRequest};
use std::collections::{BTreeMap, BTreeSet};

/// A stream that is sent as it comes is read, and not taken out as a file.
const STREAM: &str = "text/event-stream";

/// A request, as the access log tells of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    request_id: Option<Id>,
    /// What the path names, by its kind and its id.
    object: Option<(String, Option<Id>)>,
    /// In another form than that of the contract's records: to be kept somewhere else.
    as_file: bool,
}

impl Asked {
    /// The id of the record that the path names, if it does. A network is none: what was removed with its id was something else.
    pub(super) fn named(&self) -> Option<Id> {
        self.object.as_ref().filter(|(kind, _)| kind != "network").and_then(|(_, id)| *id)
    }

    pub(super) fn of(request: &HttpRequest) -> Asked {
        let object = request.match_info().iter().next();
        let as_file = Shapes::of(request).is_some_and(|shape| match shape.produces {
            [] | [_] => false,
            [usual, ..] => {
                let form = chosen(request, shape.produces);
                form != *usual && form != STREAM
            }
        });
        Asked {
            request_id: request.extensions().get::<RequestId>().map(|id| id.0),
            object: object.map(|(name, value)| (object_kind(name), value.parse().ok())),
            as_file,
        }
    }

    /// The same of one among many, as far as it has a name of its own.
    pub(super) fn about(&self, named: Option<(&'static str, Id)>) -> Asked {
        match named {
            Some((kind, id)) => Asked { object: Some((kind.to_owned(), Some(id))), ..self.clone() },
            None => self.clone(),
        }
    }
}

/// Who asked, and of what, as a transaction found it.
#[derive(Clone, Debug, Default)]
pub(super) struct Sighting {
    who: Option<Who>,
    /// The identity by which they were found, where it was by one.
    identity_id: Option<Id>,
    at: Option<Instant>,
    network_id: Option<Id>,
    private: bool,
    /// The networks of which something is shown, where that is not told by the place.
    shown: Option<BTreeSet<Id>>,
    /// Networks of which something is seen by an emergency access, and which.
    emergencies: BTreeMap<Id, Id>,
}

#[derive(Clone, Debug)]
struct Who {
    person_id: Id,
    role: Option<&'static str>,
    acting_for: Option<Id>,
    means: AccessMeans,
    means_id: Option<Id>,
    emergency_access_id: Option<Id>,
}

impl Sighting {
    /// Who it is, once they were recognised.
    pub(super) fn recognise(&mut self, standing: &Standing, session_id: Option<Id>, at: Instant) {
        let joint = standing.joint.first().map(|(_, role)| *role);
        let role = standing.member.or(standing.participant).or(joint).map(Into::into);
        let (means, means_id) = match (&standing.key, session_id) {
            (Some(key), _) => (AccessMeans::ApiKey, Some(key.id)),
            (None, Some(session_id)) => (AccessMeans::Session, Some(session_id)),
            (None, None) => (AccessMeans::Identity, self.identity_id),
        };
        self.at = Some(at);
        self.who = Some(Who {
            person_id: standing.person_id,
            role: role.or(standing.admin.then_some("admin")),
            acting_for: standing.key.as_ref().map(|key| key.created_by),
            means,
            means_id,
            emergency_access_id: standing.emergency_access_id,
        });
    }

    /// By which identity they were found, where it was by one.
    pub(super) fn identify(&mut self, identity_id: Id) {
        self.identity_id = Some(identity_id);
    }

    /// Where what they asked for lies.
    pub(super) fn find(&mut self, place: &Place) {
        self.network_id = place.network_id;
        self.private = place.private;
    }

    /// That something of these networks is shown, or of none.
    pub(super) fn show(&mut self, networks: impl IntoIterator<Item = Id>) {
        self.shown.get_or_insert_default().extend(networks);
    }

    pub(super) fn see_through(&mut self, network_id: Id, emergency_access_id: Id) {
        self.emergencies.insert(network_id, emergency_access_id);
    }

    /// What became of it; nothing where nobody was recognised, or what was done is told by the change log.
    pub(super) fn accesses(&self, op: Op, asked: &Asked, end: End) -> Vec<Access> {
        let (Some(who), Some(at)) = (&self.who, self.at) else { return Vec::new() };
        let (code, reason) = match end {
            End::Read if code_of(op.asked_in().name()) != EventCode::R => return Vec::new(),
            End::Read if asked.as_file => (EventCode::E, None),
            End::Read | End::ReadOnly => (EventCode::R, None),
            End::Refused(reason) => (code_of(op.asked_in().name()), Some(reason)),
        };
        let access = |network_id: Option<Id>| Access {
            network_id: network_id.unwrap_or(Id::NIL),
            number: 0,
            at,
            code,
            operation: op.asked_in().name().into(),
            person_id: Some(who.person_id),
            role: who.role.map(Into::into),
            acting_for: who.acting_for,
            means: who.means,
            means_id: who.means_id,
            object_kind: asked.object.as_ref().map(|(kind, _)| kind.clone()),
            object_id: asked.object.as_ref().and_then(|(_, id)| *id),
            audience: if self.private { AccessAudience::Author } else { AccessAudience::Members },
            outcome: if reason.is_some() { AccessOutcome::Refused } else { AccessOutcome::Success },
            reason,
            request_id: asked.request_id,
            emergency_access_id: who
                .emergency_access_id
                .or_else(|| self.emergencies.get(&network_id?).copied()),
        };
        match &self.shown {
            Some(networks) if reason.is_none() => networks.iter().map(|id| access(Some(*id))).collect(),
            _ => vec![access(self.network_id)],
        }
    }
}

/// How a transaction ended that is not told by the change log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// What the operation is there to show was shown.
    Read,
    /// It was there to write, changed nothing, and showed what stands: a replay, or a dry run.
    ReadOnly,
    Refused(RefusalReason),
}

impl End {
    /// The end that a refusal is; none for other faults, which show nothing.
    pub(super) fn of(error: &Error) -> Option<End> {
        match error {
            Error::Forbidden(_) => Some(End::Refused(RefusalReason::Forbidden)),
            Error::NotFound => Some(End::Refused(RefusalReason::NotFound)),
            _ => None,
        }
    }
}

/// Work with what was seen in it. A refusal is a value, so that it can be told of.
pub(super) type Witnessed<T> = (Result<T>, Sighting);

/// Tells refusals from what ends a transaction otherwise, which nothing is told of.
pub(super) fn witnessed<T>(outcome: Result<T>, sighting: Sighting) -> Result<Witnessed<T>> {
    match outcome {
        Err(error) if End::of(&error).is_none() => Err(error),
        outcome => Ok((outcome, sighting)),
    }
}

/// Notes a read that went well, or was refused, before it is answered.
pub(super) async fn note<T>(
    log: &AccessLog,
    op: Op,
    asked: &Asked,
    (outcome, sighting): Witnessed<T>,
    success: Option<End>,
) -> Result<T> {
    let end = match &outcome {
        Ok(_) => success,
        Err(error) => End::of(error),
    };
    if let Some(end) = end {
        log.note(sighting.accesses(op, asked, end)).await?;
    }
    outcome
}
