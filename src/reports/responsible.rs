//! Who answers for the personal data behind a report, as far as the network named them: whoever holds the report knows whom
//! to turn to.

use super::words::Words;
use crate::controllership::types::{Controllership, Processor};
use crate::ids::Id;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The controllers and the processor of a network (GDPR, articles 26 and 28), by the names that they have now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Responsible {
    pub controllers: Vec<ReportedController>,
    pub processor: Option<ReportedProcessor>,
}

/// An organisation that decides why and how personal data are used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportedController {
    pub organisation_id: Id,
    pub name: String,
    /// Where several are controllers together.
    pub responsible_for: Option<String>,
}

/// Who handles the data for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportedProcessor {
    /// Null for one that is not in the list of organisations.
    pub organisation_id: Option<Id>,
    pub name: String,
}

impl Responsible {
    /// None where nobody was named.
    pub fn of(named: &Controllership, organisations: &HashMap<Id, String>) -> Option<Responsible> {
        let name = |id: &Id| organisations.get(id).cloned().unwrap_or_default();
        let controllers: Vec<ReportedController> = named
            .controllers
            .iter()
            .map(|controller| ReportedController {
                organisation_id: controller.organisation_id,
                name: name(&controller.organisation_id),
                responsible_for: controller.responsible_for.as_deref().map(Into::into),
            })
            .collect();
        let processor = named.processor.as_ref().map(|processor| match processor {
            Processor { organisation_id: Some(id), .. } => {
                ReportedProcessor { organisation_id: Some(*id), name: name(id) }
            }
            Processor { organisation_id: None, name } => {
                ReportedProcessor { organisation_id: None, name: name.as_deref().unwrap_or_default().into() }
            }
        });
        let is_named = !controllers.is_empty() || processor.is_some();
        is_named.then_some(Responsible { controllers, processor })
    }

    /// What a report says of it at its end.
    pub(super) fn notes(&self, words: Words) -> Vec<String> {
        let controller = |controller: &ReportedController| match &controller.responsible_for {
            None => controller.name.clone(),
            Some(what) => format!("{} ({what})", controller.name),
        };
        let controllers: Vec<String> = self.controllers.iter().map(controller).collect();
        let controllers = (!controllers.is_empty()).then(|| words.note_controllers(controllers.join("; ")));
        let processor = self.processor.as_ref().map(|processor| words.note_processor(processor.name.clone()));
        controllers.into_iter().chain(processor).collect()
    }
}
