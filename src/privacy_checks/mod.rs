//! Privacy checks: what a network would make of texts, before they are sent to be stored. Nothing of them is kept or logged.

pub mod api;
pub mod types;

use crate::access::Tx;
use crate::error::Result;
use crate::ids::Id;
use crate::screening;
use types::{PrivacyCheck, PrivacyCheckCreate, PrivacyFinding};

pub fn check(tx: &mut Tx<'_>, network_id: Id, body: &PrivacyCheckCreate) -> Result<PrivacyCheck> {
    let watch = tx.watch_now(network_id)?;
    let mut findings = Vec::new();
    for (index, sent) in body.texts.iter().enumerate() {
        let pointer = sent.pointer.as_deref().map_or_else(|| format!("/texts/{index}"), str::to_owned);
        let found = screening::foresee(&watch, &sent.text).into_iter();
        findings.extend(found.map(|(finding, handling)| PrivacyFinding {
            pointer: pointer.clone(),
            kind: finding.kind,
            certainty: finding.certainty,
            offset: finding.offset,
            length: finding.length,
            handling,
        }));
    }
    Ok(PrivacyCheck { findings })
}
