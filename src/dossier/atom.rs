//! A dossier as an Atom feed (RFC 4287), with tombstones (RFC 6721).

use super::feeds::{ATOM, Feed, Item, feed_address};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::http::envelope::API_VERSION;
use crate::http::language::tag;
use crate::ids::Id;
use atom_syndication::extension::{Extension, ExtensionMap};
use atom_syndication::{Category, Content, Entry, FixedDateTime, Generator, Link, Person, Text};
use std::collections::BTreeMap;

const TOMBSTONES: &str = "http://purl.org/atompub/tombstones/1.0";

/// The feed as XML; `base` and `theme_id` say where it is read.
pub fn write(feed: Feed, base: &str, theme_id: Id) -> Result<String> {
    let language = tag(feed.language).to_owned();
    let itself = feed_address(base, theme_id, feed.language, ATOM.0);
    let atom = atom_syndication::Feed {
        title: Text::plain(feed.title),
        subtitle: Some(Text::plain(feed.description)),
        id: feed.id,
        updated: moment(feed.updated),
        authors: vec![Person { name: "feedbacklus".into(), ..Person::default() }],
        generator: Some(Generator {
            value: "feedbacklus".into(),
            uri: None,
            version: Some(API_VERSION.into()),
        }),
        links: vec![
            link("self", itself, ATOM.1, &language),
            link("alternate", feed.page, "text/html", &language),
        ],
        entries: feed.items.into_iter().map(entry).collect(),
        extensions: tombstones(&feed.tombstones),
        namespaces: BTreeMap::from([("at".to_owned(), TOMBSTONES.to_owned())]),
        lang: Some(language),
        ..atom_syndication::Feed::default()
    };
    let written = atom.write_to(Vec::new()).map_err(Error::internal)?;
    String::from_utf8(written).map_err(Error::internal)
}

fn entry(item: Item) -> Entry {
    let language = tag(item.language).to_owned();
    Entry {
        title: Text { lang: Some(language.clone()), ..Text::plain(item.title) },
        id: item.id,
        updated: moment(item.at),
        published: Some(moment(item.at)),
        authors: vec![Person { name: item.author, ..Person::default() }],
        categories: vec![Category { term: item.theme_id.to_string(), scheme: None, label: Some(item.theme) }],
        links: vec![link("alternate", item.address, "text/html", &language)],
        content: Some(Content {
            lang: Some(language),
            value: Some(item.html),
            content_type: Some("html".into()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

fn link(rel: &str, href: String, media_type: &str, language: &str) -> Link {
    let (rel, mime_type, hreflang) = (rel.to_owned(), Some(media_type.to_owned()), Some(language.to_owned()));
    Link { href, rel, hreflang, mime_type, title: None, length: None }
}

fn tombstones(gone: &[(String, Instant)]) -> ExtensionMap {
    let stone = |(id, at): &(String, Instant)| Extension {
        name: "at:deleted-entry".into(),
        value: None,
        attrs: BTreeMap::from([("ref".to_owned(), id.clone()), ("when".to_owned(), at.to_string())]),
        children: BTreeMap::new(),
    };
    let stones: Vec<Extension> = gone.iter().map(stone).collect();
    let by_name = BTreeMap::from([("deleted-entry".to_owned(), stones)]);
    ExtensionMap::from([("at".to_owned(), by_name)])
}

fn moment(instant: Instant) -> FixedDateTime {
    instant.to_chrono().fixed_offset()
}
