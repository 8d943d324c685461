//! What is public: asked of the entries and their insights as they are at the moment, and nowhere stored.

use super::types::EntryState;
use crate::access::Tx;
use crate::cells::Side;
use crate::clock::Instant;
use crate::db::schema::{dossier_entries, insights, themes, transitions};
use crate::db::types::Json;
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::insights::reading::ToldProvenance;
use crate::insights::types::{Audience, InsightState, Provenance};
use crate::people::types::Locale;
use crate::themes::rules::title_at;
use crate::themes::types::Theme;
use crate::tree::{self, THEMES};
use diesel::dsl::{exists, max, min, not};
use diesel::prelude::*;

/// Tombstones that a feed shows at most: of the entries last withdrawn.
const TOMBSTONES: i64 = 200;

/// The dossier of a theme: there is one once something was published in it, or in that of a narrower theme.
pub struct Dossier {
    pub theme_id: Id,
    /// As the theme was called when something was last approved: nobody has approved of another title.
    pub title: String,
    /// The theme and all narrower ones.
    pub themes: Vec<Id>,
    /// When something was last published in it, be it still there or not.
    pub last_at: Instant,
}

/// A published entry, with nothing in it that leads to a person.
#[derive(Clone, Debug)]
pub struct Published {
    pub id: Id,
    pub theme_id: Id,
    /// As the theme was called when the entry was approved.
    pub theme_title: String,
    pub language: Locale,
    pub title: String,
    pub text: String,
    pub at: Instant,
    pub provenance: ToldProvenance,
}

/// An entry that was public and is not any more.
pub struct Tombstone {
    pub id: Id,
    /// When it was taken out.
    pub at: Instant,
}

/// Which of the published entries are wanted, the newest first.
pub struct Wanted<'a> {
    /// All themes where there are none.
    pub themes: Option<&'a [Id]>,
    /// What was published in two languages is wanted in this one, and all else as it is.
    pub language: Locale,
    /// From this instant on.
    pub since: Option<Instant>,
    /// Before this instant.
    pub until: Option<Instant>,
    /// Those after this one.
    pub after: Option<(Instant, Id)>,
    pub limit: i64,
}

/// The dossier of a theme. 404 where nothing was ever published in it: which themes there are is for the signed-in to know.
pub fn dossier(tx: &mut Tx<'_>, theme_id: Id) -> Result<Dossier> {
    let themes = narrower(tx, theme_id)?;
    let last_at: Option<Instant> = dossier_entries::table
        .filter(dossier_entries::theme_id.eq_any(&themes))
        .select(max(dossier_entries::approved_at))
        .get_result(tx.conn())?;
    let last_at = last_at.ok_or(Error::NotFound)?;
    let theme: Theme = themes::table.filter(themes::id.eq(theme_id)).get_result(tx.conn())?;
    let title = title_at(&theme, last_at).to_owned();
    Ok(Dossier { theme_id, title, themes, last_at })
}

/// A theme and all narrower ones; none where there is no such theme.
pub fn narrower(tx: &mut Tx<'_>, theme_id: Id) -> QueryResult<Vec<Id>> {
    Ok(tree::below(tx, THEMES, theme_id)?.into_iter().map(|node| node.id).collect())
}

/// The published entries that are wanted.
pub fn list(tx: &mut Tx<'_>, wanted: &Wanted<'_>) -> QueryResult<Vec<Published>> {
    let twins = diesel::alias!(dossier_entries as twins);
    let twin = twins
        .filter(twins.field(dossier_entries::network_id).eq(dossier_entries::network_id))
        .filter(twins.field(dossier_entries::insight_id).eq(dossier_entries::insight_id))
        .filter(twins.field(dossier_entries::theme_id).eq(dossier_entries::theme_id))
        .filter(twins.field(dossier_entries::language).eq(wanted.language))
        .filter(twins.field(dossier_entries::state).eq(EntryState::Approved));
    let mut query = dossier_entries::table
        .inner_join(insights::table.on(its_insight()))
        .inner_join(themes::table.on(themes::id.eq(dossier_entries::theme_id)))
        .filter(dossier_entries::state.eq(EntryState::Approved))
        .filter(insights::state.eq(InsightState::Shared))
        .filter(insights::audience.eq(Some(Audience::Commons)))
        .filter(dossier_entries::language.eq(wanted.language).or(not(exists(twin))))
        .select((
            dossier_entries::id,
            themes::all_columns,
            (dossier_entries::language, dossier_entries::title, dossier_entries::text),
            dossier_entries::approved_at.assume_not_null(),
            insights::provenance.assume_not_null(),
        ))
        .order((dossier_entries::approved_at.desc(), dossier_entries::id.desc()))
        .limit(wanted.limit)
        .into_boxed();
    if let Some(themes) = wanted.themes {
        query = query.filter(dossier_entries::theme_id.eq_any(themes));
    }
    if let Some(since) = wanted.since {
        query = query.filter(dossier_entries::approved_at.ge(since));
    }
    if let Some(until) = wanted.until {
        query = query.filter(dossier_entries::approved_at.lt(until));
    }
    if let Some((at, id)) = wanted.after {
        let later = dossier_entries::approved_at.lt(at).or(dossier_entries::id.lt(id));
        query = query.filter(dossier_entries::approved_at.le(at)).filter(later);
    }
    type Row = (Id, Theme, (Locale, String, String), Instant, Json<Provenance>);
    let rows: Vec<Row> = query.load(tx.conn())?;
    let published = |(id, theme, (language, title, text), at, provenance): Row| Published {
        id,
        theme_id: theme.id,
        theme_title: title_at(&theme, at).to_owned(),
        language,
        title,
        text,
        at,
        provenance: provenance.0.told(Side::Outside),
    };
    Ok(rows.into_iter().map(published).collect())
}

/// What was published under these themes and is no longer, because it was withdrawn itself or its insight was; the last
/// to go first.
pub fn tombstones(tx: &mut Tx<'_>, themes: &[Id]) -> QueryResult<Vec<Tombstone>> {
    let its_withdrawal = transitions::network_id
        .eq(dossier_entries::network_id)
        .and(transitions::to_state.eq(<&str>::from(EntryState::Withdrawn)))
        .and(
            transitions::subject_id
                .eq(dossier_entries::id)
                .or(transitions::subject_id.eq(dossier_entries::insight_id)),
        );
    let at = min(transitions::created_at);
    let gone: Vec<(Id, Option<Instant>)> = dossier_entries::table
        .inner_join(transitions::table.on(its_withdrawal))
        .filter(dossier_entries::theme_id.eq_any(themes))
        .filter(dossier_entries::approved_at.is_not_null())
        .group_by(dossier_entries::id)
        .order((at.desc(), dossier_entries::id.desc()))
        .limit(TOMBSTONES)
        .select((dossier_entries::id, at))
        .load(tx.conn())?;
    Ok(gone.into_iter().filter_map(|(id, at)| Some(Tombstone { id, at: at? })).collect())
}

#[diesel::dsl::auto_type(no_type_alias)]
fn its_insight() -> _ {
    insights::network_id.eq(dossier_entries::network_id).and(insights::id.eq(dossier_entries::insight_id))
}
