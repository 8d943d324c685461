//! A dossier as a page to read and to print, and as JSON.

use super::feeds::{ATOM, JSON_FEED, page_address, source};
use super::markdown::{self, Html, line};
use super::published::{Dossier, Published};
use super::words::{Words, other, words};
use crate::cells::Cell;
use crate::clock::Instant;
use crate::http::language::tag;
use crate::ids::Id;
use crate::insights::reading::ToldVerdicts;
use crate::people::types::Locale;
use askama::Template;
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt;

/// The style sheet of all pages here; it stands in the page, and `http::document::policy` allows it and nothing else.
pub const STYLE: &str = include_str!("../../templates/dossier.css");

/// The style sheet, for a template to take as it is.
pub struct Style;

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(STYLE)
    }
}

impl askama::filters::HtmlSafe for Style {}

#[derive(Template)]
#[template(path = "dossier.html")]
struct Page<'a> {
    words: &'static Words,
    lang: &'static str,
    other_lang: &'static str,
    title: &'a str,
    address: String,
    atom: String,
    json_feed: String,
    older: Option<String>,
    entries: Vec<Article>,
    style: Style,
}

struct Article {
    id: Id,
    lang: &'static str,
    title: String,
    /// Where it is another one than the dossier's.
    theme: Option<String>,
    date: String,
    day: String,
    html: Html,
    source: String,
    evidence: String,
}

/// The page; `older` is the query of the one that continues it.
pub fn html(
    base: &str,
    dossier: &Dossier,
    language: Locale,
    published: &[Published],
    older: Option<String>,
) -> askama::Result<String> {
    // Relative, so that a reader stays where they came from.
    let feed = |name: &str| format!("dossier/{name}?lang={}", tag(language));
    let page = Page {
        words: words(language),
        lang: tag(language),
        other_lang: tag(other(language)),
        title: &dossier.title,
        address: page_address(base, dossier.theme_id, language),
        atom: feed(ATOM.0),
        json_feed: feed(JSON_FEED.0),
        older,
        entries: published.iter().map(|entry| article(dossier, language, entry)).collect(),
        style: Style,
    };
    page.render()
}

fn article(dossier: &Dossier, language: Locale, entry: &Published) -> Article {
    let words = words(language);
    Article {
        id: entry.id,
        lang: tag(entry.language),
        title: line(&entry.title),
        theme: (entry.theme_id != dossier.theme_id).then(|| line(&entry.theme_title)),
        date: entry.at.day().to_string(),
        day: words.day_of(entry.at),
        html: markdown::to_html(markdown::events(&entry.text, 2)),
        source: source(entry),
        evidence: words.evidence(entry.provenance.observations, &entry.provenance.verdicts),
    }
}

/// A published entry of a dossier, for everyone.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublishedEntry {
    pub id: Id,
    pub theme_id: Id,
    pub theme_title: String,
    pub language: Locale,
    pub title: String,
    /// CommonMark, as it was approved. Who shows it as HTML of their own has to sanitise it.
    pub text: String,
    /// The text as HTML, sanitised; its headings begin at level 3.
    pub html: String,
    pub published_at: Instant,
    /// The network that learned it, as it was called when it shared the insight.
    pub network_name: String,
    pub locality: Option<String>,
    /// How many observations stand behind the insight, in fives, rounded down; null where they are 1 to 4.
    pub observations: Cell,
    /// In fives, too.
    pub verdicts: ToldVerdicts,
}

impl From<&Published> for PublishedEntry {
    fn from(entry: &Published) -> PublishedEntry {
        PublishedEntry {
            id: entry.id,
            theme_id: entry.theme_id,
            theme_title: entry.theme_title.clone(),
            language: entry.language,
            title: entry.title.clone(),
            text: entry.text.clone(),
            html: markdown::to_html(markdown::events(&entry.text, 2)).to_string(),
            published_at: entry.at,
            network_name: entry.provenance.network_name.clone(),
            locality: entry.provenance.locality.clone(),
            observations: entry.provenance.observations,
            verdicts: entry.provenance.verdicts,
        }
    }
}
