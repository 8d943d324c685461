//! Who answers for the personal data of a network, as it is stored and sent.

use crate::clock::Instant;
use crate::db::schema::controllerships;
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::credentials::Email;
use crate::http::text::{Few, Name, Nullable, Reason, Set, Text};
use crate::ids::Id;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;

/// An organisation that decides why and how personal data are used (GDPR, article 4(7)).
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Controller {
    pub organisation_id: Id,
    /// What it is responsible for; needed where several are jointly (article 26).
    pub responsible_for: Option<Reason>,
}

/// Who handles the data for the controllers (GDPR, article 28): an organisation of the list, or another by its name.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Processor {
    pub organisation_id: Option<Id>,
    pub name: Option<Name>,
}

/// Where somebody is reached: an office or a function rather than a person, so that it stays right.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Contact {
    pub name: Name,
    pub email: Option<Email>,
    pub phone: Option<Text<50>>,
    /// Of a web page or by post.
    pub address: Option<Text<500>>,
}

impl Contact {
    /// The ways in which it is reached.
    pub fn ways(&self) -> impl Iterator<Item = &str> {
        let email = self.email.as_ref().map(Email::as_str);
        email.into_iter().chain(self.phone.as_deref()).chain(self.address.as_deref())
    }
}

/// Who answers for the personal data of a network.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Controllership {
    pub network_id: Id,
    /// Empty where none were named yet.
    pub controllers: Vec<Controller>,
    pub processor: Option<Processor>,
    /// The data protection officer of the controllers (functionaris gegevensbescherming).
    pub data_protection_officer: Option<Contact>,
    /// Where people turn to with a question or a request about their data.
    pub contact_point: Option<Contact>,
    pub updated_by: Option<Id>,
    pub updated_at: Option<Instant>,
    /// 0 where nothing was named yet.
    pub version: i32,
}

impl Controllership {
    /// That of a network of which nothing was said.
    pub fn unnamed(network_id: Id) -> Controllership {
        Controllership {
            network_id,
            controllers: Vec::new(),
            processor: None,
            data_protection_officer: None,
            contact_point: None,
            updated_by: None,
            updated_at: None,
            version: 0,
        }
    }

    /// The organisations that it names, controllers first, with where each is named.
    pub fn organisations(&self) -> Vec<(String, Id)> {
        let controllers = self.controllers.iter().enumerate();
        let mut named: Vec<(String, Id)> = controllers
            .map(|(index, controller)| {
                (format!("controllers/{index}/organisationId"), controller.organisation_id)
            })
            .collect();
        let processor = self.processor.as_ref().and_then(|processor| processor.organisation_id);
        named.extend(processor.map(|id| ("processor/organisationId".to_owned(), id)));
        named
    }
}

impl Record for Controllership {
    const KIND: &'static str = "controllership";
    const PATH: &'static str = "controllership";

    /// A network has one, which goes by the network's id.
    fn id(&self) -> Id {
        self.network_id
    }
    fn version(&self) -> i32 {
        self.version
    }
    fn digest(&self) -> &[u8] {
        &[]
    }
    fn network_id(&self) -> Id {
        self.network_id
    }
}

/// The same as stored.
#[derive(Clone, Debug, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = controllerships, treat_none_as_null = true, primary_key(network_id), treat_none_as_default_value = false)]
pub struct ControllershipRow {
    pub network_id: Id,
    pub controllers: Json<Vec<Controller>>,
    pub processor: Option<Json<Processor>>,
    pub data_protection_officer: Option<Json<Contact>>,
    pub contact_point: Option<Json<Contact>>,
    pub updated_by: Id,
    pub updated_at: Instant,
    pub version: i32,
}

impl From<ControllershipRow> for Controllership {
    fn from(row: ControllershipRow) -> Controllership {
        Controllership {
            network_id: row.network_id,
            controllers: row.controllers.0,
            processor: row.processor.map(|Json(processor)| processor),
            data_protection_officer: row.data_protection_officer.map(|Json(contact)| contact),
            contact_point: row.contact_point.map(|Json(contact)| contact),
            updated_by: Some(row.updated_by),
            updated_at: Some(row.updated_at),
            version: row.version,
        }
    }
}

pub type Controllers = Few<Controller, 0, 10>;

/// A merge patch of who answers; each member that is given replaces what stood there as a whole.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ControllershipPatch {
    pub controllers: Set<Controllers>,
    pub processor: Nullable<Processor>,
    pub data_protection_officer: Nullable<Contact>,
    pub contact_point: Nullable<Contact>,
}

impl Input for ControllershipPatch {
    fn example() -> Value {
        json!({
            "controllers": [{"organisationId": "01890a5d-ac96-774b-bcce-b302099a8057"}],
            "processor": {"name": "Hosting Voorbeeld"},
            "dataProtectionOfficer": {"name": "Functionaris gegevensbescherming", "email": "fg@gemeente.example"},
            "contactPoint": {"name": "Privacyloket", "phone": "14 000", "address": "https://gemeente.example/privacy"}
        })
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if let Some(controllers) = &self.controllers.0 {
            joint_ones_say_for_what(controllers, faults);
        }
        if let Some(Some(processor)) = &self.processor.0
            && processor.organisation_id.is_some() == processor.name.is_some()
        {
            let detail = "Name it by organisationId or by name: one of them.";
            faults.push(FieldError::new("/processor", "inconsistent", detail));
        }
        let contacts =
            [("dataProtectionOfficer", &self.data_protection_officer), ("contactPoint", &self.contact_point)];
        for (member, contact) in contacts {
            if let Some(Some(contact)) = &contact.0
                && contact.ways().next().is_none()
            {
                let detail = "Say how they are reached: by email, phone or address.";
                faults.push(FieldError::new(format!("/{member}"), "inconsistent", detail));
            }
        }
    }
}

fn joint_ones_say_for_what(controllers: &[Controller], faults: &mut Vec<FieldError>) {
    for (index, controller) in controllers.iter().enumerate() {
        if controllers.len() > 1 && controller.responsible_for.is_none() {
            let detail = "Where several are controllers, each says what it is responsible for.";
            faults.push(FieldError::new(format!("/controllers/{index}/responsibleFor"), "required", detail));
        }
        let earlier = &controllers[..index];
        if earlier.iter().any(|other| other.organisation_id == controller.organisation_id) {
            let pointer = format!("/controllers/{index}/organisationId");
            faults.push(FieldError::new(pointer, "duplicate", "Must not be named twice."));
        }
    }
}
