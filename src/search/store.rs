//! Hits in the database. Each kind of record says here itself who finds it: the documents only tell what it holds, and may
//! lag behind it.

use super::documents::{self, Searchable};
use super::types::{Kind, SearchFilter};
use crate::access::{InLineage, Sight, Tx};
use crate::clock::Instant;
use crate::db::dialect::full_text::{After, ByScore, Matches, Score, ScoreColumn, Sought, Term};
use crate::db::schema::{
    cycle_themes, insight_themes, insights, observation_themes, observations, questions, reflections,
    search_documents,
};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::insights::types::{Audience, Insight, InsightState};
use crate::natively;
use crate::observations::types::{Observation, ObservationState};
use crate::practice::RecordState;
use crate::questions::types::Question;
use crate::reflections::types::{Reflection, Visibility};
use diesel::prelude::*;
use std::sync::Arc;
use strum::IntoEnumIterator;

/// Networks and cycles that a query names at most.
const PLACES: usize = 200;

/// A record that was found.
pub struct Hit {
    pub kind: Kind,
    pub id: Id,
    pub network_id: Id,
    pub cycle_id: Option<Id>,
    pub happened_at: Instant,
    pub title: Option<String>,
    pub text: String,
    pub score: f64,
}

/// Who looks for what.
struct Search<'a> {
    person_id: Id,
    sight: Sight,
    terms: &'a [Term],
    filter: &'a SearchFilter,
    page: &'a Page<f64>,
}

/// The best hits of all kinds, one more than the page holds.
pub fn hits(
    tx: &mut Tx<'_>,
    person_id: Id,
    terms: &[Term],
    filter: &SearchFilter,
    page: &Page<f64>,
) -> Result<Vec<Hit>> {
    let sight = tx.sight(person_id)?;
    let search = Search { person_id, sight, terms, filter, page };
    let mut hits = Vec::new();
    let nowhere = search.places() == 0;
    for kind in Kind::iter().filter(|kind| filter.kind.is_none_or(|wanted| wanted == *kind)) {
        if nowhere && kind != Kind::Insight {
            continue;
        }
        hits.extend(match kind {
            Kind::Observation => observed(tx, &search)?,
            Kind::Reflection => reflected(tx, &search)?,
            Kind::Question => asked(tx, &search)?,
            Kind::Insight => learned(tx, &search)?,
        });
    }
    hits.sort_by(|one, other| other.score.total_cmp(&one.score).then(other.id.cmp(&one.id)));
    hits.truncate(page.fetch() as usize);
    Ok(hits)
}

impl Search<'_> {
    /// How many networks and cycles the person sees.
    fn places(&self) -> usize {
        self.sight.networks.len() + self.sight.cycles.len()
    }

    /// Documents of this kind that hold the terms and, unless there are very many such places, lie where the person sees
    /// them: so that what lies elsewhere costs nothing.
    fn sought(&self, kind: Kind) -> Arc<Sought> {
        let mut within = vec![vec![documents::of_kind(kind)]];
        // Insights are found from elsewhere too.
        if kind != Kind::Insight && self.places() <= PLACES {
            let networks = self.sight.networks.iter().map(|id| documents::in_network(*id));
            within
                .push(networks.chain(self.sight.cycles.iter().map(|id| documents::in_cycle(*id))).collect());
        }
        Sought::new(&within, self.terms)
    }
}

/// A query on one kind of record, of which `$inside` says who sees it and `$moment` when it happened. A macro, since its type
/// cannot be written.
macro_rules! hits_of {
    ($search:expr, $table:ident, $kind:expr, $inside:expr, $moment:expr) => {{
        let search = $search;
        let sought = search.sought($kind);
        let document =
            search_documents::id.eq($table::id).and(search_documents::network_id.eq($table::network_id));
        let mut query = $table::table
            .inner_join(search_documents::table.on(document))
            .filter(Matches(sought.clone()))
            .filter($inside)
            .select(($table::all_columns, ScoreColumn(Score(sought.clone()))))
            .order((ByScore.desc(), $table::id.desc()))
            .limit(search.page.fetch())
            .into_boxed();
        if let Some(network_id) = search.filter.network_id {
            query = query.filter($table::network_id.eq(network_id));
        }
        if let Some(since) = search.filter.since {
            query = query.filter($moment.ge(since));
        }
        if let Some(until) = search.filter.until {
            query = query.filter($moment.lt(until));
        }
        if let Some(last) = search.page.after {
            query = query.filter(After(Score(sought), last));
        }
        query
    }};
}

/// Within a query on records of practice: those in a network or in a cycle that the person sees.
macro_rules! inside {
    ($search:expr, $table:ident) => {
        $table::network_id.eq_any(&$search.sight.networks).or($table::cycle_id.eq_any(&$search.sight.cycles))
    };
}

fn observed(tx: &mut Tx<'_>, search: &Search<'_>) -> QueryResult<Vec<Hit>> {
    let rows: Vec<(Observation, f64)> = natively!(tx.conn(), c => {
        let mut query = hits_of!(search, observations, Kind::Observation, inside!(search, observations), observations::happened_at)
            .filter(observations::state.ne(ObservationState::Withdrawn));
        if let Some(theme_id) = search.filter.theme_id {
            let carrying = observation_themes::table
                .filter(observation_themes::theme_id.eq(theme_id))
                .select(observation_themes::observation_id);
            let by_cycle = observations::cycle_id.eq_any(cycles_on(theme_id).select(cycle_themes::cycle_id.nullable()));
            query = query.filter(observations::id.eq_any(carrying).or(by_cycle));
        }
        query.load(c)
    })?;
    Ok(rows.into_iter().map(hit).collect())
}

fn reflected(tx: &mut Tx<'_>, search: &Search<'_>) -> QueryResult<Vec<Hit>> {
    let rows: Vec<(Reflection, f64)> = natively!(tx.conn(), c => {
        let own = reflections::author_id.eq(search.person_id);
        let mut query = hits_of!(search, reflections, Kind::Reflection, inside!(search, reflections), reflections::happened_at)
            .filter(reflections::state.eq(RecordState::Current))
            .filter(reflections::visibility.eq(Visibility::Network).or(own));
        if let Some(theme_id) = search.filter.theme_id {
            query = query.filter(reflections::cycle_id.eq_any(cycles_on(theme_id).select(cycle_themes::cycle_id)));
        }
        query.load(c)
    })?;
    Ok(rows.into_iter().map(hit).collect())
}

fn asked(tx: &mut Tx<'_>, search: &Search<'_>) -> QueryResult<Vec<Hit>> {
    let rows: Vec<(Question, f64)> = natively!(tx.conn(), c => {
        let mut query = hits_of!(search, questions, Kind::Question, inside!(search, questions), questions::happened_at).filter(questions::state.eq(RecordState::Current));
        if let Some(theme_id) = search.filter.theme_id {
            query = query.filter(questions::cycle_id.eq_any(cycles_on(theme_id).select(cycle_themes::cycle_id)));
        }
        query.load(c)
    })?;
    Ok(rows.into_iter().map(hit).collect())
}

/// Drafts by their author, what is shared by whom it reaches: what insights' own lists show, but for what was withdrawn.
fn learned(tx: &mut Tx<'_>, search: &Search<'_>) -> QueryResult<Vec<Hit>> {
    let (person_id, now) = (search.person_id, tx.now);
    let rows: Vec<(Insight, f64)> = natively!(tx.conn(), c => {
        let at_home = insights::network_id.eq_any(&search.sight.networks);
        let draft = insights::state.eq(InsightState::Draft).and(insights::created_by.eq(person_id)).and(at_home.clone());
        let kin = InLineage { network: insights::network_id, person_id, now };
        let reached = insights::audience
            .eq(Audience::Commons)
            .assume_not_null()
            .or(at_home)
            .or(insights::audience.eq(Audience::Lineage).assume_not_null().and(kin));
        let inside = draft.or(insights::state.eq(InsightState::Shared).and(reached));
        let moment = diesel::dsl::case_when(insights::shared_at.is_not_null(), insights::shared_at.assume_not_null())
            .otherwise(insights::created_at);
        let mut query = hits_of!(search, insights, Kind::Insight, inside, moment);
        if let Some(theme_id) = search.filter.theme_id {
            let carrying = insight_themes::table
                .filter(insight_themes::theme_id.eq(theme_id))
                .select(insight_themes::insight_id);
            let by_cycle = insights::cycle_id.eq_any(cycles_on(theme_id).select(cycle_themes::cycle_id));
            query = query.filter(insights::id.eq_any(carrying).or(by_cycle));
        }
        query.load(c)
    })?;
    Ok(rows.into_iter().map(hit).collect())
}

#[diesel::dsl::auto_type]
fn cycles_on(theme_id: Id) -> _ {
    cycle_themes::table.filter(cycle_themes::theme_id.eq(theme_id))
}

fn hit<R: Searchable>((record, score): (R, f64)) -> Hit {
    Hit {
        kind: R::SOUGHT_AS,
        id: record.id(),
        network_id: record.network_id(),
        cycle_id: record.cycle_id(),
        happened_at: record.happened_at(),
        title: record.title().map(Into::into),
        text: record.text(),
        score,
    }
}
