//! Screening: the one place where each free text that is sent to a network is held against what tells who somebody is, and
//! where that decides what becomes of it. It reduces a risk; nothing here makes a text anonymous.
//!
//! A body lies in an [`Unscreened`], which gives it out to nobody but [`Unscreened::screen`]; what is done with it is done
//! with a [`Screened`].

pub mod confirmation;
mod redact;
pub mod resend;
mod run;
pub mod walk;
mod watch;

pub use run::{Run, creates, run};
pub use watch::{Watch, Watches};

use crate::access::Tx;
use crate::error::{Error, FieldError, Result};
use crate::identifiers::{Finding, IdentifierKind, Names, find};
use crate::ids::Id;
use crate::privacy_policies::types::Handling;
use crate::privacy_warnings;
use crate::privacy_warnings::rules::{Rewritten, Warned};
use crate::privacy_warnings::types::PrivacyWarning;
use crate::record::Wrote;
use redact::redacted;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::ops::Deref;
use walk::{Met, walk};

/// What an answer says of what its texts were refused for.
pub const PERSONAL_DATA: &str = "personal_data";

/// How a body is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// All that there is to say.
    Whole,
    /// A merge patch: its members take the place of what was there.
    Patch,
}

/// A body as it was sent: nobody reads it before its texts were screened for the network that it is for.
pub struct Unscreened<B> {
    body: B,
    manner: Manner,
    /// Its sender knows of what may be found, and says that it may stand.
    confirms: bool,
    /// Nothing is found in it by what is looked for everywhere.
    clean: bool,
}

impl<B: Serialize> Unscreened<B> {
    /// Reads the texts for what is looked for everywhere: most have nothing, and are not read again while others wait for the
    /// transaction, unless their network keeps names.
    pub fn new(body: B, manner: Manner, confirms: bool) -> Unscreened<B> {
        let (mut clean, nobody) = (true, Names::none());
        let walked = walk(&body, |_, met| {
            if let Met::Text(text) = met {
                clean = clean && find(text, &nobody).is_empty();
            }
        });
        Unscreened { body, manner, confirms, clean: clean && walked.is_ok() }
    }
}

impl<B> Unscreened<B> {
    /// A look at what is no text: an id, to know what goes together.
    pub fn ahead<T>(&self, look: impl FnOnce(&B) -> T) -> T {
        look(&self.body)
    }

    /// All of it, for work of which nothing stays.
    fn as_sent(&self) -> &B {
        &self.body
    }
}

impl<B: Serialize + DeserializeOwned> Unscreened<B> {
    /// Holds the texts against what the network has said, where there is a network. 400 that names every place in them that
    /// is refused, and nothing of what stands there.
    pub fn screen<'b>(&'b self, tx: &mut Tx<'_>, network_id: Option<Id>) -> Result<Screened<'b, B>> {
        let noted = tx.noted();
        let as_sent = Screened {
            held: Held::Sent(&self.body),
            warned: Vec::new(),
            rewritten: Rewritten::Nothing,
            confirms: self.confirms || tx.confirms_warnings(),
            noted,
        };
        let Some(network_id) = network_id else { return Ok(as_sent) };
        let watch = tx.watch(network_id)?;
        let follows = self.manner == Manner::Patch && watch.has_warnings;
        if self.clean && watch.names.is_none() && !follows {
            return Ok(as_sent);
        }
        let mut members = BTreeSet::new();
        let mut judged = Judged::default();
        walk(&self.body, |pointer, met| match met {
            Met::Text(text) => judged.text(&watch, pointer, text, |value| tx.trace(value)),
            Met::Member if follows => drop(members.insert(outermost(pointer).to_owned())),
            // A member was met before it was found to be left out; what lies deeper was not.
            Met::Absent if follows && is_outermost(pointer) => drop(members.remove(outermost(pointer))),
            Met::Member | Met::Absent => {}
        })?;
        if !judged.refused.is_empty() {
            return Err(refusal(&judged.refused));
        }
        let held = match judged.redacted.is_empty() {
            true => as_sent.held,
            false => {
                let redacted = redacted(&self.body, &judged.redacted)?;
                // What no longer fits where it stood is refused instead.
                let redacted = redacted.ok_or_else(|| refusal(&judged.redacted))?;
                redact::move_along(&mut judged.warned, &judged.redacted);
                tx.answers_for(&redacted, &self.body)?;
                Held::Redacted(Box::new(redacted))
            }
        };
        let rewritten = if follows { Rewritten::Members(members) } else { Rewritten::Nothing };
        Ok(Screened { held, warned: judged.warned, rewritten, ..as_sent })
    }
}

/// A body whose texts may be stored.
pub struct Screened<'b, B> {
    held: Held<'b, B>,
    warned: Vec<Warned>,
    rewritten: Rewritten,
    confirms: bool,
    /// How many changes were noted before anything was done with it.
    noted: usize,
}

enum Held<'b, B> {
    Sent(&'b B),
    Redacted(Box<B>),
}

impl<B> Screened<'_, B> {
    pub fn body(&self) -> &B {
        match &self.held {
            Held::Sent(body) => body,
            Held::Redacted(body) => body,
        }
    }

    /// Keeps what was found, now that a record was written with it. What was sent before changes nothing: then its writer is
    /// told again what is still open.
    pub fn settle(self, tx: &mut Tx<'_>, wrote: &impl Wrote) -> Result<Vec<PrivacyWarning>> {
        let Some(subject) = wrote.subject() else { return Ok(Vec::new()) };
        let nothing_to_follow = matches!(self.rewritten, Rewritten::Nothing);
        if self.warned.is_empty() && nothing_to_follow {
            return Ok(Vec::new());
        }
        if !wrote.is_fresh() || !tx.has_noted(subject.id, self.noted) {
            return if self.warned.is_empty() {
                Ok(Vec::new())
            } else {
                privacy_warnings::open_of(tx, &subject)
            };
        }
        let (warned, confirms) = (self.warned, self.confirms);
        let first = !warned.is_empty() && !tx.watch(subject.network_id)?.has_warnings;
        let told = privacy_warnings::settle(tx, &subject, warned, &self.rewritten, confirms)?;
        if first {
            tx.renew_text_guard(subject.network_id)?;
        }
        Ok(told)
    }
}

/// The member of the body in which a pointer lies.
fn outermost(pointer: &str) -> &str {
    pointer.split('/').nth(1).unwrap_or_default()
}

fn is_outermost(pointer: &str) -> bool {
    pointer.matches('/').count() == 1
}

/// What was found in a body, by what becomes of it.
#[derive(Default)]
struct Judged {
    refused: Vec<(String, Finding)>,
    redacted: Vec<(String, Finding)>,
    warned: Vec<Warned>,
}

impl Judged {
    fn text(&mut self, watch: &Watch, pointer: &str, text: &str, trace: impl Fn(&str) -> u8) {
        for finding in found(watch, text) {
            let pointer = pointer.to_owned();
            match watch.policy.handling(&finding) {
                Handling::Refuse => self.refused.push((pointer, finding)),
                Handling::Redact => self.redacted.push((pointer, finding)),
                Handling::Warn => {
                    let value: String =
                        text.chars().skip(finding.offset as usize).take(finding.length as usize).collect();
                    self.warned.push(Warned { pointer, finding, trace: trace(&value) });
                }
            }
        }
    }
}

/// 400 with every place, and nothing of what stands there.
fn refusal(found: &[(String, Finding)]) -> Error {
    let errors = found.iter().map(|(pointer, finding)| fault(pointer, finding)).collect();
    Error::Invalid { code: PERSONAL_DATA, errors }
}

fn fault(pointer: &str, finding: &Finding) -> FieldError {
    let what = match finding.kind {
        IdentifierKind::Bsn => "a citizen service number (BSN)",
        IdentifierKind::Iban => "an account number (IBAN)",
        IdentifierKind::Email => "an e-mail address",
        IdentifierKind::Phone => "a telephone number",
        IdentifierKind::Address => "an address",
        IdentifierKind::BirthDate => "a date of birth",
        IdentifierKind::Name => "a name",
    };
    let detail = format!("Leave out what tells who somebody is: here stands {what}.");
    FieldError::new(pointer, PERSONAL_DATA, detail).found(finding.kind.into(), finding.offset, finding.length)
}

fn found(watch: &Watch, text: &str) -> Vec<Finding> {
    match &watch.names {
        Some(names) => find(text, names),
        None => find(text, &Names::none()),
    }
}

/// What becomes of a text, for who asks before sending it: each finding with its handling.
pub fn foresee(watch: &Watch, text: &str) -> Vec<(Finding, Handling)> {
    found(watch, text).into_iter().map(|finding| (finding, watch.policy.handling(&finding))).collect()
}

/// What a write came to, and what in its texts is to be looked at.
#[derive(Debug)]
pub struct Answered<T> {
    pub value: T,
    pub warnings: Vec<PrivacyWarning>,
}

impl<T> Answered<T> {
    pub fn map<U>(self, into: impl FnOnce(T) -> U) -> Answered<U> {
        Answered { value: into(self.value), warnings: self.warnings }
    }
}

impl<T> Deref for Answered<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}
