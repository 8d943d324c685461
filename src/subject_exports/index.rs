//! The page of an export: what each file holds, who answers for it, and what is left out. It opens from a folder, and loads
//! and runs nothing.

use super::bundle::Tally;
use super::store;
use super::words::Words;
use crate::access::Tx;
use crate::controllership;
use crate::controllership::types::{Contact, Controllership, Processor};
use crate::error::{Error, Result};
use crate::http::document::style_source;
use crate::http::language::tag;
use crate::ids::Id;
use crate::people::types::Locale;
use crate::wording::{count, units};
use askama::Template;
use std::collections::{BTreeSet, HashMap};
use std::fmt;

/// The look of the report, so that what the project hands out looks alike.
const STYLE: &str = include_str!("../../templates/report.css");

/// Whom an export is about.
pub enum Subject<'s> {
    /// By its label.
    Pseudonym(&'s str),
    /// By their name.
    Person(&'s str),
}

#[derive(Template)]
#[template(path = "subject-export.html")]
struct Page {
    words: Words,
    lang: &'static str,
    policy: String,
    style: Markup,
    title: String,
    made_at: String,
    made: String,
    nobody: String,
    lines: Vec<Line>,
    /// The kinds of which there is nothing.
    empty: Option<String>,
    networks: Vec<Network>,
    left_out: Vec<String>,
}

/// A file, as it is told of.
struct Line {
    file: String,
    what: String,
    count: String,
    days: String,
    networks: String,
}

/// A network, and who answers for it.
struct Network {
    name: String,
    facts: Vec<(String, String)>,
}

/// Markup that was made here, for the template to take as it is.
struct Markup(&'static str);

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl askama::filters::HtmlSafe for Markup {}

/// The page that goes with these files.
pub fn page(tx: &mut Tx<'_>, subject: &Subject<'_>, files: &[Tally], language: Locale) -> Result<String> {
    let words = Words::of(language);
    let named: BTreeSet<Id> = files.iter().flat_map(|file| &file.networks).copied().collect();
    let named: Vec<Id> = named.into_iter().collect();
    let names = store::network_names(tx, &named)?;
    let (held, empty): (Vec<&Tally>, Vec<&Tally>) = files.iter().partition(|file| file.count > 0);
    let empty: Vec<&str> = empty.into_iter().map(|file| file.name).collect();
    let page = Page {
        words,
        lang: tag(language),
        policy: format!("default-src 'none'; style-src {}; base-uri 'none'", style_source(STYLE)),
        style: Markup(STYLE),
        title: match subject {
            Subject::Pseudonym(label) => words.about_pseudonym((*label).to_owned()),
            Subject::Person(name) => words.about_person((*name).to_owned()),
        },
        made_at: tx.now.to_string(),
        made: units::moment(language, tx.now),
        nobody: Id::NIL.to_string(),
        lines: held.into_iter().map(|file| line(words, file, &names)).collect(),
        empty: (!empty.is_empty()).then(|| words.files_empty(empty.join(", "))),
        networks: networks(tx, words, &named, &names)?,
        left_out: left_out(words, subject),
    };
    page.render().map_err(Error::internal)
}

fn line(words: Words, file: &Tally, names: &HashMap<Id, String>) -> Line {
    let language = words.language();
    let day = |day| units::day(language, day);
    let networks: Vec<&str> =
        file.networks.iter().filter_map(|id| names.get(id)).map(String::as_str).collect();
    Line {
        file: format!("{}.json", file.name),
        what: words.what(file.name),
        count: count(language, file.count),
        days: match file.days {
            None => String::new(),
            Some((first, last)) if first == last => day(first),
            Some((first, last)) => words.period(day(first), day(last)),
        },
        networks: networks.join(", "),
    }
}

/// What is left out of an export, each with why.
fn left_out(words: Words, subject: &Subject<'_>) -> Vec<String> {
    let mut reasons = vec![
        words.left_out_others(),
        words.left_out_names(),
        words.left_out_private(),
        words.left_out_erased(),
        words.left_out_copies(),
    ];
    if let Subject::Pseudonym(_) = subject {
        reasons.push(words.left_out_general());
    }
    reasons.push(words.left_out_texts());
    reasons
}

fn networks(tx: &mut Tx<'_>, words: Words, ids: &[Id], names: &HashMap<Id, String>) -> Result<Vec<Network>> {
    let (controllerships, organisations) = controllership::of_all(tx, ids)?;
    let network = |id: &Id| Network {
        name: names.get(id).cloned().unwrap_or_default(),
        facts: facts(words, controllerships.get(id), &organisations),
    };
    Ok(ids.iter().map(network).collect())
}

/// Who answers for a network, in words.
fn facts(
    words: Words,
    named: Option<&Controllership>,
    organisations: &HashMap<Id, String>,
) -> Vec<(String, String)> {
    let organisation = |id: Id| organisations.get(&id).cloned().unwrap_or_default();
    let controllers = named.map(|named| named.controllers.as_slice()).unwrap_or_default();
    let controllers: Vec<String> = controllers
        .iter()
        .map(|controller| match &controller.responsible_for {
            None => organisation(controller.organisation_id),
            Some(what) => words.responsible_for(organisation(controller.organisation_id), what.to_string()),
        })
        .collect();
    let processor = named.and_then(|named| named.processor.as_ref()).map(|processor| match processor {
        Processor { organisation_id: Some(id), .. } => organisation(*id),
        Processor { name, .. } => name.as_deref().unwrap_or_default().to_owned(),
    });
    let contact = |contact: Option<&Contact>| contact.map(reached);
    let facts = [
        (words.controllers(), (!controllers.is_empty()).then(|| controllers.join("; "))),
        (words.processor(), processor),
        (words.officer(), contact(named.and_then(|named| named.data_protection_officer.as_ref()))),
        (words.contact(), contact(named.and_then(|named| named.contact_point.as_ref()))),
    ];
    facts.into_iter().map(|(label, value)| (label, value.unwrap_or_else(|| words.not_named()))).collect()
}

/// Who it is and how they are reached.
fn reached(contact: &Contact) -> String {
    let parts: Vec<&str> = std::iter::once(&*contact.name).chain(contact.ways()).collect();
    parts.join(", ")
}
