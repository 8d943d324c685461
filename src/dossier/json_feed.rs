//! A dossier as a JSON Feed (version 1.1, jsonfeed.org), with tombstones in an extension of ours.

use super::feeds::{Feed, JSON_FEED, feed_address};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::http::language::tag;
use crate::ids::Id;
use schemars::JsonSchema;
use serde::Serialize;

const VERSION: &str = "https://jsonfeed.org/version/1.1";
/// What the extension's members mean: those of Atom's tombstones.
const ABOUT: &str = "https://www.rfc-editor.org/rfc/rfc6721";

/// A JSON Feed, as <https://www.jsonfeed.org/version/1.1/> describes it. `_tombstones` has in `deleted_entries` the `ref` of
/// each entry that was taken out and `when`.
#[derive(JsonSchema)]
#[schemars(transparent)]
pub struct JsonFeedDocument(#[allow(dead_code)] serde_json::Map<String, serde_json::Value>);

#[derive(Serialize)]
struct JsonFeed {
    version: &'static str,
    title: String,
    home_page_url: String,
    feed_url: String,
    description: &'static str,
    language: &'static str,
    authors: [Author; 1],
    items: Vec<Entry>,
    #[serde(rename = "_tombstones")]
    tombstones: Tombstones,
}

#[derive(Serialize)]
struct Author {
    name: String,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    url: String,
    title: String,
    content_html: String,
    date_published: Instant,
    date_modified: Instant,
    authors: [Author; 1],
    tags: [String; 1],
    language: &'static str,
}

#[derive(Serialize)]
struct Tombstones {
    about: &'static str,
    deleted_entries: Vec<Deleted>,
}

#[derive(Serialize)]
struct Deleted {
    #[serde(rename = "ref")]
    id: String,
    when: Instant,
}

/// The feed as JSON; `base` and `theme_id` say where it is read.
pub fn write(feed: Feed, base: &str, theme_id: Id) -> Result<String> {
    let entry = |item: super::feeds::Item| Entry {
        id: item.id,
        url: item.address,
        title: item.title,
        content_html: item.html,
        date_published: item.at,
        date_modified: item.at,
        authors: [Author { name: item.author }],
        tags: [item.theme],
        language: tag(item.language),
    };
    let json = JsonFeed {
        version: VERSION,
        title: feed.title,
        home_page_url: feed.page,
        feed_url: feed_address(base, theme_id, feed.language, JSON_FEED.0),
        description: feed.description,
        language: tag(feed.language),
        authors: [Author { name: "feedbacklus".into() }],
        items: feed.items.into_iter().map(entry).collect(),
        tombstones: Tombstones {
            about: ABOUT,
            deleted_entries: feed.tombstones.into_iter().map(|(id, when)| Deleted { id, when }).collect(),
        },
    };
    serde_json::to_string(&json).map_err(Error::internal)
}
