//! Overviews over many networks: who works on a theme where, and what a network's coordinators see of those below it.
//! Numbers alone, of which the loop's own are made in `loops`.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::cells::{Side, Split};
use crate::error::Result;
use crate::ids::Id;
use crate::loops::cells::CycleCells;
use crate::loops::figures::{CyclesByPhase, Figures, Gathered, OpenEnds, Period};
use crate::loops::{self, CycleKey};
use crate::networks::types::NetworkState;
use crate::theme_networks;
use crate::tree;
use rules::Work;
use std::collections::{HashMap, HashSet};
use types::{
    LEARNING_QUESTIONS, LearningQuestion, NETWORKS, NetworkBelow, NetworkFigures, NetworkOnTheme,
    SharedFigures, SumOfNetworks, THEMES, ThemeOverview, Withheld,
};

/// Who works on a theme, or on one below it, where, with the figures that they share.
pub fn of_theme(tx: &mut Tx<'_>, theme_id: Id) -> Result<ThemeOverview> {
    let gathered: Vec<Id> =
        tree::below(tx, tree::THEMES, theme_id)?.into_iter().map(|node| node.id).collect();
    let terms = theme_networks::on_themes(tx, &gathered)?;
    let cycles = store::cycles_on(tx, &gathered)?;
    let mut works = rules::gather(&terms, &cycles, tx.now.day());
    let networks_total = works.len();
    let ids: Vec<Id> = works.iter().map(|work| work.network_id).collect();
    let mine = store::memberships(tx, &ids, None)?;
    let mut cycles_by_phase = CyclesByPhase::default();
    let told = works.iter().filter_map(|work| work.by_phase(mine.contains(&work.network_id)));
    told.for_each(|phases| cycles_by_phase.merge(&phases));
    works.truncate(NETWORKS);

    let listed = &gathered[..gathered.len().min(THEMES + 1)];
    let mut titles = store::titles(tx, listed)?;
    let mut themes = listed.iter().filter_map(|id| titles.remove(id));
    let theme = themes.next().ok_or(crate::error::Error::NotFound)?;
    let narrower_themes = themes.collect();
    let networks = on_theme(tx, works, &mine)?;
    let mut shared = SharedFigures::default();
    networks.iter().for_each(|network| shared.add(network.figures.as_ref(), network.withheld_cycles));
    Ok(ThemeOverview {
        theme,
        generated_at: tx.now,
        narrower_themes,
        narrower_themes_total: gathered.len() - 1,
        networks,
        networks_total,
        cycles_by_phase,
        shared,
    })
}

/// The networks as the caller may see them, who is a member of those in `mine`.
fn on_theme(tx: &mut Tx<'_>, works: Vec<Work>, mine: &HashSet<Id>) -> Result<Vec<NetworkOnTheme>> {
    let ids: Vec<Id> = works.iter().map(|work| work.network_id).collect();
    let mut heads = store::heads(tx, &ids)?;
    let told = |work: &Work| {
        let cycles = work.told(mine.contains(&work.network_id));
        cycles.take(LEARNING_QUESTIONS).copied().collect::<Vec<_>>()
    };
    let asked: Vec<Id> = works.iter().flat_map(told).map(|worked| worked.cycle.id).collect();
    let mut questions = store::learning_questions(tx, &asked)?;

    let shared: Vec<CycleKey> = works
        .iter()
        .flat_map(|work| &work.cycles)
        .filter(|worked| worked.shared)
        .map(|worked| worked.cycle)
        .collect();
    let mut figures: HashMap<Id, Gathered> = HashMap::new();
    loops::each(tx, &shared, |cycle, facts| {
        let cells = CycleCells::of(&facts, Side::Outside);
        figures.entry(cycle.network_id).or_default().add(&cells);
    })?;
    let shown = works.into_iter().filter_map(|work| {
        let head = heads.remove(&work.network_id)?;
        let learning_questions = told(&work).into_iter().filter_map(|worked| {
            Some(LearningQuestion { text: questions.remove(&worked.cycle.id)?, phase: worked.phase })
        });
        let learning_questions = learning_questions.collect();
        let Gathered { figures, withheld_cycles } = figures.remove(&work.network_id).unwrap_or_default();
        let withheld = match &figures {
            _ if !work.shares => Some(Withheld::NotShared),
            None => Some(Withheld::FewRecords),
            Some(_) => None,
        };
        Some(NetworkOnTheme {
            id: head.id,
            name: head.name,
            kind: head.kind,
            locality: head.locality,
            state: head.state,
            starts_on: work.starts_on,
            ends_on: work.ends_on,
            cycles_by_phase: work.by_phase(mine.contains(&work.network_id)),
            theme_ids: work.theme_ids,
            learning_questions,
            figures,
            withheld_cycles,
            withheld,
        })
    });
    Ok(shown.collect())
}

/// The figures of a network and of each below it: of those that the caller is a member of as they are, and of the others in
/// cells that may leave them.
pub fn of_network(tx: &mut Tx<'_>, network_id: Id, period: Period) -> Result<NetworkFigures> {
    let mut nodes = tree::below(tx, tree::NETWORKS, network_id)?;
    let networks_total = nodes.len();
    nodes.truncate(NETWORKS);
    let ids: Vec<Id> = nodes.iter().map(|node| node.id).collect();
    let mut heads = store::heads(tx, &ids)?;
    let mine = store::memberships(tx, &ids, None)?;
    let side = |id: Id| if mine.contains(&id) { Side::Inside } else { Side::Outside };
    let now = tx.now;
    let mut open: HashMap<Id, OpenEnds> = HashMap::new();
    for (id, count, oldest) in store::inboxes(tx, &ids)? {
        let waiting = Split::of([count], side(id)).whole;
        open.entry(id).or_default().inbox.add(waiting, Some(oldest), now);
    }
    let (mut cycles, mut phases) = (Vec::new(), HashMap::<Id, CyclesByPhase>::new());
    let mut within = HashSet::new();
    for begun in store::cycles_of(tx, &ids)? {
        phases.entry(begun.cycle.network_id).or_default().count(begun.phase);
        if period.holds(begun.created_at) {
            within.insert(begun.cycle);
        }
        cycles.push(begun.cycle);
    }
    let mut figures: HashMap<Id, Gathered> = HashMap::new();
    loops::each(tx, &cycles, |cycle, facts| {
        let cells = CycleCells::of(&facts, side(cycle.network_id));
        if within.contains(cycle) {
            figures.entry(cycle.network_id).or_default().add(&cells);
        }
        open.entry(cycle.network_id).or_default().add(&cells, now);
    })?;

    let (mut active, mut archived) = (SumOfNetworks::default(), SumOfNetworks::default());
    let mut networks = Vec::new();
    for node in nodes {
        let Some(head) = heads.remove(&node.id) else { continue };
        let Gathered { figures, withheld_cycles } = figures.remove(&node.id).unwrap_or_default();
        let network = NetworkBelow {
            id: head.id,
            name: head.name,
            kind: head.kind,
            locality: head.locality,
            state: head.state,
            parent_id: head.parent_id,
            depth: node.distance as usize,
            member: mine.contains(&head.id),
            cycles_by_phase: phases.remove(&node.id).unwrap_or_default(),
            figures,
            withheld_cycles,
            open_items: open.remove(&node.id).unwrap_or_default(),
        };
        match network.state {
            NetworkState::Active => active.add(&network),
            NetworkState::Archived => archived.add(&network),
        }
        networks.push(network);
    }
    Ok(NetworkFigures {
        network_id,
        since_on: period.since,
        until_on: period.until,
        generated_at: now,
        networks,
        networks_total,
        active,
        archived,
    })
}

impl SharedFigures {
    fn add(&mut self, figures: Option<&Figures>, withheld_cycles: usize) {
        self.withheld_cycles += withheld_cycles;
        if let Some(figures) = figures {
            self.networks += 1;
            self.figures.merge(figures);
        }
    }
}

impl SumOfNetworks {
    fn add(&mut self, network: &NetworkBelow) {
        self.networks += 1;
        self.cycles_by_phase.merge(&network.cycles_by_phase);
        self.shared.add(network.figures.as_ref(), network.withheld_cycles);
        self.open_items.merge(&network.open_items);
    }
}
