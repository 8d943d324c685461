//! A body with words for what stood in its texts.

use super::walk::{Met, walk};
use crate::error::{Error, Result};
use crate::identifiers::{Finding, IdentifierKind};
use crate::privacy_warnings::rules::Warned;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What is stored in the place of what was found, in the language of the texts.
const fn word(kind: IdentifierKind) -> &'static str {
    match kind {
        IdentifierKind::Bsn => "[burgerservicenummer]",
        IdentifierKind::Iban => "[rekeningnummer]",
        IdentifierKind::Email => "[e-mailadres]",
        IdentifierKind::Phone => "[telefoonnummer]",
        IdentifierKind::Address => "[adres]",
        IdentifierKind::BirthDate => "[geboortedatum]",
        IdentifierKind::Name => "[naam]",
    }
}

/// The body with each finding replaced, in the order in which they are found. None where what comes of it is no such body: a
/// text that is too long now, or two that are the same where each must be another.
pub(super) fn redacted<B: Serialize + DeserializeOwned>(
    body: &B,
    findings: &[(String, Finding)],
) -> Result<Option<B>> {
    let mut value = serde_json::to_value(body).map_err(Error::internal)?;
    let mut absent = Vec::new();
    walk(body, |pointer, met| {
        if matches!(met, Met::Absent) {
            absent.push(pointer.to_owned());
        }
    })?;
    for pointer in absent {
        leave_out(&mut value, &pointer);
    }
    // From the end, so that what stands before keeps its place.
    for (pointer, finding) in findings.iter().rev() {
        let Some(Value::String(text)) = value.pointer_mut(pointer) else {
            return Err(Error::internal("a text is not where it was found"));
        };
        let (begin, end) = (byte(text, finding.offset), byte(text, finding.offset + finding.length));
        text.replace_range(begin..end, word(finding.kind));
    }
    Ok(serde_json::from_value(value).ok())
}

fn leave_out(value: &mut Value, pointer: &str) {
    if let Some((within, member)) = pointer.rsplit_once('/')
        && let Some(Value::Object(members)) = value.pointer_mut(within)
    {
        members.remove(&member.replace("~1", "/").replace("~0", "~"));
    }
}

/// Where a Unicode scalar begins, in bytes.
fn byte(text: &str, scalars: u32) -> usize {
    text.char_indices().nth(scalars as usize).map_or(text.len(), |(at, _)| at)
}

/// Puts warnings where they stand once the findings before them were replaced.
pub(super) fn move_along(warned: &mut [Warned], replaced: &[(String, Finding)]) {
    for warned in warned {
        let before =
            replaced.iter().filter(|(at, one)| *at == warned.pointer && one.offset < warned.finding.offset);
        let (mut gone, mut come) = (0, 0);
        for (_, finding) in before {
            gone += finding.length;
            come += word(finding.kind).chars().count() as u32;
        }
        warned.finding.offset = (warned.finding.offset + come).saturating_sub(gone);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::text::{Few, Nullable, Set, TAG, Text};
    use crate::identifiers::Certainty;
    use serde::Deserialize;

    #[derive(Debug, Default, Serialize, Deserialize)]
    #[serde(default)]
    struct Sent {
        body: Set<Text<40>>,
        voice: Nullable<Text<40>>,
        gone: Nullable<Text<40>>,
        tags: Set<Few<Text<TAG>, 0, 5>>,
    }

    fn finding(kind: IdentifierKind, offset: u32, length: u32) -> Finding {
        Finding { kind, certainty: Certainty::Strong, offset, length }
    }

    fn sent(json: &str) -> Sent {
        serde_json::from_str(json).expect("a body")
    }

    #[test]
    fn what_was_left_out_stays_so_and_null_stays_null() {
        let body = sent(r#"{"body": "Bel één: 0612345678 of 0687654321", "gone": null}"#);
        let found = [
            ("/body".to_owned(), finding(IdentifierKind::Phone, 9, 10)),
            ("/body".to_owned(), finding(IdentifierKind::Phone, 23, 10)),
        ];
        assert!(redacted(&body, &found).expect("a walk").is_none(), "forty characters are not enough");
        let one = redacted(&body, &found[..1]).expect("a walk").expect("it fits");
        assert_eq!(one.body.0.as_deref(), Some("Bel één: [telefoonnummer] of 0687654321"));
        assert!(one.voice.0.is_none() && matches!(one.gone.0, Some(None)) && one.tags.0.is_none());
        let mut warned =
            [Warned { pointer: "/body".into(), finding: finding(IdentifierKind::Phone, 23, 10), trace: 0 }];
        move_along(&mut warned, &found[..1]);
        assert_eq!(warned[0].finding.offset, 29);
    }

    #[test]
    fn two_that_become_the_same_are_no_list_of_different_ones() {
        let body = sent(r#"{"tags": ["0612345678", "0687654321"]}"#);
        let found = ["/tags/0", "/tags/1"].map(|at| (at.to_owned(), finding(IdentifierKind::Phone, 0, 10)));
        assert!(redacted(&body, &found).expect("a walk").is_none());
    }
}
