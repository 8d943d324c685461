//! A newsletter draft: what was published in a period, by theme. It is made of Markdown events, and so says the same as
//! Markdown and as HTML.

use super::feeds::{page_address, source};
use super::markdown::{self, Html, heading, line};
use super::page::Style;
use super::published::Published;
use super::words::{Words, words};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::http::language::tag;
use crate::ids::Id;
use crate::people::types::Locale;
use askama::Template;
use chrono::Duration;
use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use std::collections::BTreeMap;

/// From `since` on and before `until`.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    pub since: Instant,
    pub until: Instant,
}

/// The draft as events. Entries are grouped by theme, those in the order of their titles; within one the newest comes first.
pub fn draft<'a>(base: &str, period: Period, language: Locale, published: &'a [Published]) -> Vec<Event<'a>> {
    let words = words(language);
    let mut letter = Letter(Vec::new());
    letter.heading(HeadingLevel::H1, words.newsletter.to_owned());
    letter.begin(Tag::Paragraph);
    letter.begin(Tag::Strong);
    letter.text(in_words(words, period));
    letter.end(TagEnd::Strong);
    letter.end(TagEnd::Paragraph);
    letter.begin(Tag::Paragraph);
    letter.begin(Tag::Emphasis);
    letter.text(words.introduction.to_owned());
    letter.end(TagEnd::Emphasis);
    letter.end(TagEnd::Paragraph);
    let mut themes: BTreeMap<(String, Id), Vec<&Published>> = BTreeMap::new();
    for entry in published {
        themes.entry((line(&entry.theme_title), entry.theme_id)).or_default().push(entry);
    }
    if themes.is_empty() {
        letter.paragraph(words.nothing_then.to_owned());
    }
    for ((theme, _), entries) in &themes {
        letter.heading(HeadingLevel::H2, theme.clone());
        entries.iter().for_each(|entry| letter.entry(base, words, language, entry));
    }
    if !themes.is_empty() {
        letter.heading(HeadingLevel::H2, words.sources.to_owned());
        letter.begin(Tag::List(None));
        for (theme, id) in themes.keys() {
            letter.begin(Tag::Item);
            letter.link(page_address(base, *id, language), format!("{}: {theme}", words.dossier));
            letter.end(TagEnd::Item);
        }
        letter.end(TagEnd::List(false));
    }
    letter.0
}

/// The draft as a page.
pub fn html(period: Period, language: Locale, events: Vec<Event<'_>>) -> Result<String> {
    let words = words(language);
    let title = format!("{}, {}", words.newsletter, in_words(words, period));
    let page = Page { lang: tag(language), title, html: markdown::to_html(events), style: Style };
    page.render().map_err(Error::internal)
}

#[derive(Template)]
#[template(path = "newsletter.html")]
struct Page {
    lang: &'static str,
    title: String,
    html: Html,
    style: Style,
}

/// The last day is the one that the last instant of the period lies in.
fn in_words(words: &Words, period: Period) -> String {
    let last = period.until.minus(Duration::microseconds(1)).max(period.since);
    let (from, to) = (words.day_of(period.since), words.day_of(last));
    if from == to { from } else { format!("{from} {} {to}", words.until) }
}

struct Letter<'a>(Vec<Event<'a>>);

impl<'a> Letter<'a> {
    fn begin(&mut self, tag: Tag<'a>) {
        self.0.push(Event::Start(tag));
    }

    fn end(&mut self, tag: TagEnd) {
        self.0.push(Event::End(tag));
    }

    fn text(&mut self, text: String) {
        self.0.push(Event::Text(text.into()));
    }

    fn heading(&mut self, level: HeadingLevel, text: String) {
        self.begin(heading(level));
        self.text(text);
        self.end(TagEnd::Heading(level));
    }

    fn paragraph(&mut self, text: String) {
        self.begin(Tag::Paragraph);
        self.text(text);
        self.end(TagEnd::Paragraph);
    }

    fn link(&mut self, address: String, text: String) {
        self.begin(markdown::link(address));
        self.text(text);
        self.end(TagEnd::Link);
    }

    fn entry(&mut self, base: &str, words: &Words, language: Locale, entry: &'a Published) {
        self.heading(HeadingLevel::H3, line(&entry.title));
        self.0.extend(markdown::events(&entry.text, 3));
        let evidence = words.evidence(entry.provenance.observations, &entry.provenance.verdicts);
        self.begin(Tag::Paragraph);
        self.text(format!("{}: {}. {evidence}. ", words.source, source(entry)));
        let address = format!("{}#{}", page_address(base, entry.theme_id, language), entry.id);
        self.link(address, words.read_on.to_owned());
        self.end(TagEnd::Paragraph);
    }
}
