//! Texts that are asked about, and what is said of them.

use crate::http::body::Input;
use crate::http::text::{LONG, Token};
use crate::identifiers::{Certainty, IdentifierKind};
use crate::ids::Id;
use crate::privacy_policies::types::Handling;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Texts that are asked about at once, at most.
pub const MOST_TEXTS: usize = 100;

/// Texts that are about to be sent to a network, or to a cycle of one: who takes part in that alone names the cycle.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PrivacyCheckCreate {
    /// Needed where no cycle is named.
    pub network_id: Option<Id>,
    pub cycle_id: Option<Id>,
    #[schemars(length(min = 1, max = 100))]
    pub texts: CheckedTexts,
}

/// One to a hundred texts, of which two may be the same.
pub type CheckedTexts = Vec<CheckedText>;

/// A text, and what it is called in what is said of it. By its type it is none to be screened: it is not kept.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckedText {
    /// Where the text will stand in the body that it is sent in, as a JSON pointer; by default its place in this one.
    pub pointer: Option<Token<200>>,
    pub text: Token<LONG>,
}

impl Input for PrivacyCheckCreate {
    fn example() -> Value {
        json!({
            "networkId": "01890a5d-ac96-774b-bcce-b302099a8057",
            "texts": [{"pointer": "/body", "text": "Mevrouw belt liever dan dat ze mailt."}]
        })
    }

    fn check(&self, faults: &mut Vec<crate::error::FieldError>) {
        match (self.network_id, self.cycle_id) {
            (None, None) => {
                let detail = "Name the network that they are for, or the cycle.";
                faults.push(crate::error::FieldError::new("/networkId", "required", detail));
            }
            (Some(_), Some(_)) => {
                let detail = "A network or a cycle is named, not both.";
                faults.push(crate::error::FieldError::new("/cycleId", "inconsistent", detail));
            }
            (Some(_), None) | (None, Some(_)) => {}
        }
        let fault = |code, detail: String| crate::error::FieldError::new("/texts", code, detail);
        if self.texts.is_empty() {
            faults.push(fault("too_few", "Must have at least 1 entries.".into()));
        }
        if self.texts.len() > MOST_TEXTS {
            faults.push(fault("too_many", format!("Must have at most {MOST_TEXTS} entries.")));
        }
    }
}

/// What would be found in the texts, and what would become of each. That nothing is found does not say that nobody can be
/// known by them.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("examples" = example_findings()))]
pub struct PrivacyCheck {
    pub findings: Vec<PrivacyFinding>,
}

fn example_findings() -> Value {
    json!([{"findings": [
        {"pointer": "/body", "kind": "address", "certainty": "weak", "offset": 18, "length": 17, "handling": "warn"}
    ]}])
}

/// Something in a text that tells, or may tell, who somebody is.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PrivacyFinding {
    /// What the text was called.
    pub pointer: String,
    pub kind: IdentifierKind,
    pub certainty: Certainty,
    /// Where it begins, in Unicode scalars of the text as it would be stored: trimmed, in NFC.
    pub offset: u32,
    /// How long it is, in Unicode scalars.
    pub length: u32,
    /// What would become of a text with it: `refuse`, 400 with this place; `warn`, stored with a warning, which is confirmed by
    /// `Confirm-Warnings`; `redact`, stored with a word in its place.
    pub handling: Handling,
}
