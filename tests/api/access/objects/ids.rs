//! Ids of a workplace, by the names that the contract gives them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::places::Place;
use crate::support::Part;
use crate::support::cases::{World, all};
use crate::support::contract::contract;
use crate::support::team::{new_id, observation};

/// What an operation makes, where its name does not say it.
const MADE: [(&str, &str); 18] = [
    // Of what goals go through nothing is kept but the last.
    ("transitionLearningGoal", "settlementId"),
    ("createInboxObservation", "observationId"),
    ("createCoNetwork", "coNetworkRecordId"),
    ("createResearchConsent", "consentId"),
    ("createPseudonymResearchConsent", "consentId"),
    ("createDataSubjectRequest", "requestId"),
    ("createNetworkCompetence", "competenceId"),
    ("createCompetenceStatement", "statementId"),
    ("createLearningGoal", "goalId"),
    ("createLifeDomainFramework", "frameworkId"),
    ("createLifeDomainFrameworkVersion", "frameworkVersionId"),
    ("createLifeDomainChoice", "choiceId"),
    ("createCheckInDefinition", "definitionId"),
    ("createCheckInResponse", "responseId"),
    ("createBatch", "batchId"),
    ("createDossierEntry", "entryId"),
    ("createKeptReport", "jobId"),
    ("createPersonErasure", "erasureId"),
];

/// Members that name a record by what it is to them: the parameter of the path under which that is found.
const ROLES: [(&str, &str); 18] = [
    ("aboutPseudonymId", "pseudonymId"),
    ("adaptedFromId", "insightId"),
    ("adaptedInsightId", "insightId"),
    ("askedById", "personId"),
    ("authorId", "personId"),
    ("broaderThemeId", "themeId"),
    ("coNetworkId", "networkId"),
    ("handOverTo", "personId"),
    ("heldById", "personId"),
    ("onBehalfOfPseudonymId", "pseudonymId"),
    ("ownerId", "personId"),
    ("parentId", "networkId"),
    ("participantId", "personId"),
    ("presentId", "personId"),
    ("previousCycleId", "cycleId"),
    ("recordId", "observationId"),
    ("subjectId", "observationId"),
    ("successorId", "networkId"),
];

pub struct Ids(BTreeMap<String, String>);

impl Ids {
    /// Makes what the cases need, and keeps the ids that their requests have.
    pub fn of(world: &World<'_>) -> Ids {
        let mut found = BTreeMap::new();
        let contract = contract(&world.api.server.base);
        for case in all() {
            let request = (case.make)(world, Part::Coordinator).request;
            let operation = contract.operation(request.method, &request.path).expect("it is in the contract");
            let segments = request.path.split('?').next().unwrap_or("").split('/');
            for (name, value) in operation.path.split('/').zip(segments) {
                if name.starts_with('{') {
                    found.insert(name.trim_matches(['{', '}']).to_owned(), value.to_owned());
                }
            }
            let body = request.body.as_deref().and_then(|body| serde_json::from_slice(body).ok());
            gather(&body.unwrap_or_default(), "", &mut found);
        }
        found.insert("personId".into(), world.api.person(Part::Coordinator).id.clone());
        found.insert("networkId".into(), world.team.id.clone());
        // What no path names, and what is its network's own where others of its kind are everybody's.
        let competence = json!({"name": "De wijk van de buren"});
        let competence = world.founder().post(world.team.path("competences"), competence).expect(201).id();
        let learner = world.team.coordinator();
        let goal =
            learner.post("/v1/me/learning-goals", json!({"competenceId": competence})).expect(201).id();
        let settled = json!({"id": new_id(), "to": "dropped", "reason": "Iets anders ging voor."});
        learner.post(format!("/v1/learning-goals/{goal}/transitions"), settled.clone()).expect(200);
        found.insert("settlementId".into(), settled["id"].as_str().expect("an id").to_owned());
        found.insert("competenceId".into(), competence);
        found.insert("insightId".into(), world.team.cycle().share("network"));
        let (cycle, transition) = (world.team.cycle(), new_id());
        let begun = json!({"id": transition, "to": "act"});
        world.founder().post(cycle.path("transitions"), begun).expect(200);
        found.insert("transitionId".into(), transition);
        let batch = new_id();
        let item =
            json!({"action": "create", "type": "observation", "cycleId": cycle.id, "body": observation()});
        world.founder().post("/v1/batches", json!({"id": batch, "items": [item]})).expect(200);
        found.insert("batchId".into(), batch);
        Ids(found)
    }

    /// One of the kind that this place takes.
    pub fn for_place(&self, operation: &str, place: &Place) -> Option<&str> {
        self.0.get(&kind(operation, place)).map(String::as_str)
    }
}

/// The parameter of a path that takes ids of this kind.
pub fn kind(operation: &str, place: &Place) -> String {
    if place.is_own_id() {
        return made_by(operation);
    }
    if matches!(place, Place::Path { .. }) {
        return place.name().to_owned();
    }
    let name = singular(place.name());
    ROLES.iter().find(|(role, _)| *role == name).map_or(name, |(_, kind)| (*kind).to_owned())
}

/// `createObservation` makes what `{observationId}` finds; what a record goes through has ids of its own.
fn made_by(operation: &str) -> String {
    if let Some((_, kind)) = MADE.iter().find(|(known, _)| *known == operation) {
        return (*kind).to_owned();
    }
    if operation.starts_with("transition") {
        return "transitionId".to_owned();
    }
    let (first, rest) = operation.trim_start_matches("create").split_at(1);
    format!("{}{rest}Id", first.to_lowercase())
}

fn singular(name: &str) -> String {
    name.strip_suffix('s').unwrap_or(name).to_owned()
}

/// What the bodies name that no path does.
fn gather(body: &Value, name: &str, found: &mut BTreeMap<String, String>) {
    match body {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| gather(value, &singular(name), found))
        }
        Value::Array(entries) => entries.iter().for_each(|entry| gather(entry, name, found)),
        Value::String(id) if uuid::Uuid::parse_str(id).is_ok() => {
            found.entry(name.to_owned()).or_insert_with(|| id.clone());
        }
        _ => {}
    }
}
