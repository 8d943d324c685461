//! Who works on themes, and what of it is shared. Pure.

use crate::clock::Instant;
use crate::cycles::types::Phase;
use crate::ids::Id;
use crate::loops::CycleKey;
use crate::loops::figures::CyclesByPhase;
use crate::theme_networks::types::ThemeNetwork;
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// That a cycle is on a theme. A cycle on several is told several times.
#[derive(Clone, Debug)]
pub struct CycleOnTheme {
    pub theme_id: Id,
    pub cycle: CycleKey,
    pub phase: Phase,
    pub created_at: Instant,
    pub closed_at: Option<Instant>,
    pub updated_at: Instant,
}

/// A network's work on some themes: each cycle once, on however many of them it is.
#[derive(Clone, Debug)]
pub struct Work {
    pub network_id: Id,
    pub starts_on: NaiveDate,
    /// None while it goes on without an end in sight.
    pub ends_on: Option<NaiveDate>,
    pub theme_ids: Vec<Id>,
    /// The newest first.
    pub cycles: Vec<WorkedCycle>,
    /// Shares the figures of its cycles on at least one of the themes.
    pub shares: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct WorkedCycle {
    pub cycle: CycleKey,
    pub phase: Phase,
    pub created_at: Instant,
    /// On a theme on which its network shares.
    pub shared: bool,
}

/// Gathers the networks' terms on some themes and their cycles on them. Those that go on come first, then the latest to
/// begin. A cycle counts its network as working on the theme: whoever puts a cycle on a theme, which belongs to the
/// whole server, means to be found there. Figures are another matter: they take a term that shares them.
pub fn gather(terms: &[ThemeNetwork], cycles: &[CycleOnTheme], today: NaiveDate) -> Vec<Work> {
    let begun: Vec<&ThemeNetwork> = terms.iter().filter(|term| term.has_begun(today)).collect();
    let sharing = sharing(&begun);
    let mut works: BTreeMap<Id, Work> = BTreeMap::new();
    for term in begun {
        let work = works.entry(term.network_id).or_insert_with(|| Work::new(term.network_id, term.starts_on));
        work.lasts(term.theme_id, term.starts_on, term.ends_on);
        work.shares |= sharing.get(&(term.network_id, term.theme_id)) == Some(&true);
    }
    for told in cycles {
        let network_id = told.cycle.network_id;
        let began = told.created_at.day();
        let ended = match told.phase {
            Phase::Closed => Some(told.closed_at.unwrap_or(told.updated_at).day()),
            // Nothing changes in it any more.
            Phase::Abandoned => Some(told.updated_at.day()),
            Phase::Plan | Phase::Act | Phase::Observe | Phase::Reflect => None,
        };
        let work = works.entry(network_id).or_insert_with(|| Work::new(network_id, began));
        work.lasts(told.theme_id, began, ended);
        work.take(told, sharing.get(&(network_id, told.theme_id)) == Some(&true));
    }
    let mut works: Vec<Work> = works.into_values().collect();
    for work in &mut works {
        work.theme_ids.sort();
        work.cycles.sort_by_key(|worked| Reverse((worked.created_at, worked.cycle.id)));
    }
    let goes_on = |work: &Work| work.ends_on.is_none_or(|end| end >= today);
    works.sort_by_key(|work| Reverse((goes_on(work), work.starts_on, work.network_id)));
    works
}

/// Whether a network shares on a theme, as its latest term there says.
fn sharing(begun: &[&ThemeNetwork]) -> HashMap<(Id, Id), bool> {
    let mut in_order = begun.to_vec();
    in_order.sort_by_key(|term| term.starts_on);
    in_order.into_iter().map(|term| ((term.network_id, term.theme_id), term.shares_figures)).collect()
}

impl Work {
    /// Nothing yet; its first part says how long it lasts.
    fn new(network_id: Id, starts_on: NaiveDate) -> Work {
        Work {
            network_id,
            starts_on,
            ends_on: Some(NaiveDate::MIN),
            theme_ids: Vec::new(),
            cycles: Vec::new(),
            shares: false,
        }
    }

    /// Spans a part of it too.
    fn lasts(&mut self, theme_id: Id, starts_on: NaiveDate, ends_on: Option<NaiveDate>) {
        if !self.theme_ids.contains(&theme_id) {
            self.theme_ids.push(theme_id);
        }
        self.starts_on = self.starts_on.min(starts_on);
        self.ends_on = self.ends_on.zip(ends_on).map(|(one, other)| one.max(other));
    }

    fn take(&mut self, told: &CycleOnTheme, shared: bool) {
        self.shares |= shared;
        if let Some(known) = self.cycles.iter_mut().find(|known| known.cycle == told.cycle) {
            known.shared |= shared;
            return;
        }
        let (cycle, phase, created_at) = (told.cycle, told.phase, told.created_at);
        self.cycles.push(WorkedCycle { cycle, phase, created_at, shared });
    }

    /// The cycles that are told of to a member, or to somebody else: those on a theme on which the network shares.
    pub fn told(&self, member: bool) -> impl Iterator<Item = &WorkedCycle> {
        self.cycles.iter().filter(move |worked| member || worked.shared)
    }

    /// None where the network keeps its figures to itself.
    pub fn by_phase(&self, member: bool) -> Option<CyclesByPhase> {
        let mut phases = CyclesByPhase::default();
        self.told(member).for_each(|worked| phases.count(worked.phase));
        (member || self.shares).then_some(phases)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;
    use chrono::Duration;

    fn term(
        network_id: Id,
        theme_id: Id,
        starts: NaiveDate,
        ends: Option<NaiveDate>,
        shares: bool,
    ) -> ThemeNetwork {
        let now = clock::now();
        ThemeNetwork {
            id: Id::new(),
            network_id,
            theme_id,
            starts_on: starts,
            ends_on: ends,
            shares_figures: shares,
            created_at: now,
            updated_at: now,
            version: 1,
            digest: Vec::new(),
        }
    }

    fn on(theme_id: Id, cycle: CycleKey, phase: Phase) -> CycleOnTheme {
        let now = clock::now();
        CycleOnTheme { theme_id, cycle, phase, created_at: now, closed_at: None, updated_at: now }
    }

    #[test]
    fn a_cycle_on_several_themes_counts_once_and_is_shared_by_one_of_them() {
        let (network_id, one, other) = (Id::new(), Id::new(), Id::new());
        let today = clock::now().day();
        let cycle = CycleKey { network_id, id: Id::new() };
        let elsewhere = CycleKey { network_id, id: Id::new() };
        let cycles =
            [on(one, cycle, Phase::Act), on(other, cycle, Phase::Act), on(other, elsewhere, Phase::Plan)];
        let works = gather(&[term(network_id, one, today, None, true)], &cycles, today);
        assert_eq!(works.len(), 1);
        assert_eq!((works[0].cycles.len(), works[0].theme_ids.len()), (2, 2));
        let phases = |member| works[0].by_phase(member).map(|phases| (phases.act, phases.plan));
        assert_eq!((phases(true), phases(false)), (Some((1, 1)), Some((1, 0))));
        let shared: Vec<Id> = works[0].told(false).map(|worked| worked.cycle.id).collect();
        assert_eq!(shared, [cycle.id]);
    }

    #[test]
    fn the_latest_term_that_has_begun_says_whether_it_shares() {
        let (network_id, theme) = (Id::new(), Id::new());
        let today = clock::now().day();
        let day = |days: i64| today + Duration::days(days);
        let first = term(network_id, theme, day(-30), Some(day(-20)), true);
        let second = term(network_id, theme, day(-10), Some(day(-5)), false);
        let planned = term(network_id, theme, day(5), None, true);
        let works = gather(&[second, planned.clone(), first.clone()], &[], today);
        assert_eq!((works[0].starts_on, works[0].ends_on, works[0].shares), (day(-30), Some(day(-5)), false));
        assert!(gather(&[first], &[], today)[0].shares, "after its end too");
        assert!(gather(&[planned], &[], today).is_empty(), "it has yet to begin");
        assert_eq!((works[0].by_phase(false), works[0].by_phase(true).is_some()), (None, true));
    }

    #[test]
    fn those_that_go_on_come_first() {
        let (theme, today) = (Id::new(), clock::now().day());
        let day = |days: i64| today + Duration::days(days);
        let ended = term(Id::new(), theme, day(-3), Some(day(-1)), false);
        let old = term(Id::new(), theme, day(-300), None, false);
        let young = term(Id::new(), theme, day(-30), Some(day(9)), false);
        let works = gather(&[ended.clone(), old.clone(), young.clone()], &[], today);
        let order: Vec<Id> = works.iter().map(|work| work.network_id).collect();
        assert_eq!(order, [young.network_id, old.network_id, ended.network_id]);
        // An open cycle has no end in sight, whatever the term says.
        let cycle = CycleKey { network_id: ended.network_id, id: Id::new() };
        assert_eq!(gather(&[ended], &[on(theme, cycle, Phase::Plan)], today)[0].ends_on, None);
    }
}
