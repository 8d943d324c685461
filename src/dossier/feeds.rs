//! A dossier as a feed, before it becomes Atom or a JSON Feed: the same entries and tombstones in both.

use super::markdown::{self, line, visible};
use super::published::{Dossier, Published, Tombstone};
use super::words::words;
use crate::clock::Instant;
use crate::http::language::tag;
use crate::ids::Id;
use crate::people::types::Locale;
use askama::Template;
use sha2::{Digest, Sha256};

/// Entries that a feed shows: the newest.
pub const NEWEST: i64 = 50;

/// The extensions of the paths under a dossier, and the media types of what lies there.
pub const ATOM: (&str, &str) = ("atom", "application/atom+xml");
pub const JSON_FEED: (&str, &str) = ("json-feed", "application/feed+json");

pub struct Feed {
    pub id: String,
    pub language: Locale,
    pub title: String,
    pub description: &'static str,
    /// The page that the feed is of.
    pub page: String,
    /// When something last came in or went out.
    pub updated: Instant,
    pub items: Vec<Item>,
    pub tombstones: Vec<(String, Instant)>,
}

pub struct Item {
    pub id: String,
    /// Its place on the page.
    pub address: String,
    pub language: Locale,
    pub title: String,
    pub theme_id: Id,
    pub theme: String,
    /// The network: whoever wrote it answers for it as a network.
    pub author: String,
    pub at: Instant,
    pub html: String,
}

/// An entry as it is read in a feed: its text, and where it comes from.
#[derive(Template)]
#[template(path = "dossier-entry.html")]
struct Content {
    html: markdown::Html,
    source: String,
}

/// Where the dossier of a theme is read in a language.
pub fn page_address(base: &str, theme_id: Id, language: Locale) -> String {
    format!("{base}/v1/themes/{theme_id}/dossier?lang={}", tag(language))
}

/// Where one of its feeds is.
pub fn feed_address(base: &str, theme_id: Id, language: Locale, feed: &str) -> String {
    format!("{base}/v1/themes/{theme_id}/dossier/{feed}?lang={}", tag(language))
}

/// The name of a record that is the same wherever the server is reached (RFC 9562).
pub fn urn(id: Id) -> String {
    format!("urn:uuid:{id}")
}

/// A network and its locality, in one line.
pub fn source(entry: &Published) -> String {
    let name = line(&entry.provenance.network_name);
    match &entry.provenance.locality {
        Some(locality) => format!("{name}, {}", line(locality)),
        None => name,
    }
}

pub fn feed(
    base: &str,
    dossier: &Dossier,
    language: Locale,
    published: &[Published],
    tombstones: &[Tombstone],
) -> askama::Result<Feed> {
    let words = words(language);
    let page = page_address(base, dossier.theme_id, language);
    let instants = published.iter().map(|entry| entry.at).chain(tombstones.iter().map(|stone| stone.at));
    let items: askama::Result<Vec<Item>> = published.iter().map(|entry| item(&page, entry)).collect();
    Ok(Feed {
        id: urn(feed_id(dossier.theme_id, language)),
        language,
        title: format!("{}: {}", words.dossier, line(&dossier.title)),
        description: words.about,
        updated: instants.fold(dossier.last_at, Instant::max),
        items: items?,
        tombstones: tombstones.iter().map(|stone| (urn(stone.id), stone.at)).collect(),
        page,
    })
}

fn item(page: &str, entry: &Published) -> askama::Result<Item> {
    let words = words(entry.language);
    let evidence = words.evidence(entry.provenance.observations, &entry.provenance.verdicts);
    let content = Content {
        html: markdown::to_html(markdown::events(&entry.text, 2)),
        source: format!("{}: {}. {evidence}.", words.source, source(entry)),
    };
    Ok(Item {
        id: urn(entry.id),
        address: format!("{page}#{}", entry.id),
        language: entry.language,
        title: line(&entry.title),
        theme_id: entry.theme_id,
        theme: line(&entry.theme_title),
        author: line(&entry.provenance.network_name),
        at: entry.at,
        html: visible(&content.render()?),
    })
}

/// A feed in another language is another feed, and each keeps its id wherever the server moves.
fn feed_id(theme_id: Id, language: Locale) -> Id {
    let digest = Sha256::new()
        .chain_update("feedbacklus dossier\n")
        .chain_update(theme_id.0)
        .chain_update(tag(language))
        .finalize();
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(byte, digit)| *byte = digit);
    Id(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}
