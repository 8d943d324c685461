//! What is made of the published entries, over HTTP: the page and the feeds for everyone, the newsletter draft for the
//! signed-in.

use super::feeds::{ATOM, JSON_FEED};
use super::newsletter::{self, Period};
use super::page::{self, PublishedEntry, STYLE};
use super::published::{self, Dossier, Published, Tombstone, Wanted};
use super::{atom, feeds, json_feed, markdown};
use crate::access::{Guard, Op, Public, Server};
use crate::clock::{self, Instant};
use crate::error::{Error, FieldError, Result};
use crate::http::accept::chosen;
use crate::http::answer;
use crate::http::body::Input;
use crate::http::document::{Document, policy};
use crate::http::language::negotiated;
use crate::http::page::{List, Query};
use crate::http::path::PathId;
use crate::http::precondition::IfNoneMatch;
use crate::http::public_url::Base;
use crate::ids::Id;
use crate::people::types::Locale;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use chrono::Duration;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// The media types of the page, of the JSON Feed and of the newsletter draft; the first where a client has no wish.
pub const PAGE: &[&str] = &["text/html", "application/json"];
pub const FEED: &[&str] = &[JSON_FEED.1, "application/json"];
pub const LETTER: &[&str] = &["text/markdown", "text/html"];
/// Entries that a newsletter draft holds at most.
const LONGEST: i64 = 200;
/// Days that a newsletter draft goes back by default.
const DAYS: i64 = 30;

const HTML: &str = "text/html; charset=utf-8";
static POLICY: LazyLock<String> = LazyLock::new(|| policy(STYLE));

/// The language of a dossier.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DossierQuery {
    /// By default the one that Accept-Language likes best. An entry that there is in both comes in this one.
    pub lang: Option<Locale>,
}

impl Input for DossierQuery {
    fn example() -> Value {
        json!({"lang": "nl"})
    }
}

/// The period, theme and language of a newsletter draft.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewsletterQuery {
    /// The beginning of the period; by default 30 days before its end.
    pub since: Option<Instant>,
    /// The end of the period, which is not in it any more; by default now.
    pub until: Option<Instant>,
    /// With all narrower ones; by default all themes.
    pub theme_id: Option<Id>,
    /// By default the one that Accept-Language likes best.
    pub lang: Option<Locale>,
}

impl NewsletterQuery {
    fn period(&self) -> Period {
        let until = self.until.unwrap_or_else(clock::now);
        Period { since: self.since.unwrap_or_else(|| until.minus(Duration::days(DAYS))), until }
    }
}

impl Input for NewsletterQuery {
    fn example() -> Value {
        json!({"since": "2026-11-01T00:00:00+01:00", "until": "2026-12-01T00:00:00+01:00", "lang": "nl"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        let period = self.period();
        if period.since >= period.until {
            faults.push(FieldError::new("/until", "inconsistent", "Must lie after since."));
        }
    }
}

pub async fn get(
    theme: PathId,
    public: Public,
    list: List<DossierQuery>,
    base: Base,
    known: IfNoneMatch,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let language = negotiated(filter.lang, &request);
    let (limit, after) = (page.fetch(), page.after);
    let (dossier, rows) = public
        .read(Op::GetDossier, move |tx| {
            let dossier = published::dossier(tx, theme.id)?;
            let themes = Some(&*dossier.themes);
            let wanted = Wanted { themes, language, since: None, until: None, after, limit };
            let rows = published::list(tx, &wanted)?;
            Ok((dossier, rows))
        })
        .await?;
    let (entries, next) = page.cut(&rows, |entry| (entry.at, entry.id));
    let vary = "Accept, Accept-Language";
    let mut headers: Vec<_> = next.iter().map(|cursor| (header::LINK, page.link(cursor))).collect();
    if chosen(&request, PAGE) == PAGE[1] {
        let items: Vec<PublishedEntry> = entries.iter().map(PublishedEntry::from).collect();
        let body = answer::text(&json!({"items": items, "nextCursor": next}))?;
        return Ok(Document { body, media_type: PAGE[1], language, vary, headers }.answer(&known));
    }
    let older = next.map(|cursor| page.query(&cursor));
    let body = page::html(&base.0, &dossier, language, entries, older).map_err(Error::internal)?;
    headers.push((header::CONTENT_SECURITY_POLICY, POLICY.clone()));
    Ok(Document { body, media_type: HTML, language, vary, headers }.answer(&known))
}

pub async fn get_atom(
    theme: PathId,
    public: Public,
    query: Query<DossierQuery>,
    base: Base,
    known: IfNoneMatch,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let language = negotiated(query.0.lang, &request);
    let feed = read_feed(&public, Op::GetDossierAtom, theme.id, language, &base).await?;
    let body = atom::write(feed, &base.0, theme.id)?;
    let (media_type, vary) = (ATOM.1, "Accept-Language");
    Ok(Document { body, media_type, language, vary, headers: Vec::new() }.answer(&known))
}

pub async fn get_json_feed(
    theme: PathId,
    public: Public,
    query: Query<DossierQuery>,
    base: Base,
    known: IfNoneMatch,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let language = negotiated(query.0.lang, &request);
    let feed = read_feed(&public, Op::GetDossierJsonFeed, theme.id, language, &base).await?;
    let body = json_feed::write(feed, &base.0, theme.id)?;
    let media_type = chosen(&request, FEED);
    let vary = "Accept, Accept-Language";
    Ok(Document { body, media_type, language, vary, headers: Vec::new() }.answer(&known))
}

/// A dossier as a feed of either kind.
async fn read_feed(
    public: &Public,
    op: Op,
    theme_id: Id,
    language: Locale,
    base: &Base,
) -> Result<feeds::Feed> {
    type Read = (Dossier, Vec<Published>, Vec<Tombstone>);
    let (dossier, rows, gone): Read = public
        .read(op, move |tx| {
            let dossier = published::dossier(tx, theme_id)?;
            let (themes, limit) = (Some(&*dossier.themes), feeds::NEWEST);
            let wanted = Wanted { themes, language, since: None, until: None, after: None, limit };
            let rows = published::list(tx, &wanted)?;
            let gone = published::tombstones(tx, &dossier.themes)?;
            Ok((dossier, rows, gone))
        })
        .await?;
    feeds::feed(&base.0, &dossier, language, &rows, &gone).map_err(Error::internal)
}

/// 409 where the period holds more than a newsletter does: nothing is left out in silence.
pub async fn newsletter_draft(
    guard: Guard,
    query: Query<NewsletterQuery>,
    base: Base,
    known: IfNoneMatch,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let (period, theme_id) = (query.0.period(), query.0.theme_id);
    let language = negotiated(query.0.lang, &request);
    let rows = guard
        .read(Op::GetNewsletterDraft, Server, move |tx, _| {
            let themes = theme_id.map(|id| published::narrower(tx, id)).transpose()?;
            let wanted = Wanted {
                themes: themes.as_deref(),
                language,
                since: Some(period.since),
                until: Some(period.until),
                after: None,
                limit: LONGEST + 1,
            };
            Ok(published::list(tx, &wanted)?)
        })
        .await?;
    if rows.len() as i64 > LONGEST {
        let detail =
            format!("More than {LONGEST} entries were published then. Shorten the period or name a theme.");
        return Err(Error::conflict("too_many_entries", detail));
    }
    let events = newsletter::draft(&base.0, period, language, &rows);
    let as_html = chosen(&request, LETTER) == LETTER[1];
    let (body, media_type, headers) = if as_html {
        let policy = (header::CONTENT_SECURITY_POLICY, POLICY.clone());
        (newsletter::html(period, language, events)?, HTML, vec![policy])
    } else {
        (markdown::to_markdown(&events)?, "text/markdown; charset=utf-8", Vec::new())
    };
    Ok(Document { body, media_type, language, vary: "Accept, Accept-Language", headers }.answer(&known))
}
