//! The network and those below it, in numbers that may leave them.

use super::{Lists, Name, section};
use crate::cells::Sum;
use crate::overviews::types::{NetworkBelow, NetworkFigures};
use crate::reports::document::{Cell, Kind, Section, Table};
use crate::reports::words::Words;

/// A row for each network, the nearest first. It leads to the observations that it counts, where its reader may see them.
pub fn networks(words: Words, lists: Lists<'_>, lineage: &NetworkFigures) -> Option<Section> {
    if lineage.networks.len() < 2 {
        return None;
    }
    let name = Name { key: "lineage", title: words.lineage_title(), tab: words.lineage_tab() };
    let heads = [
        (words.figure_network(), Kind::Text),
        (words.observations(), Kind::Count),
        (words.part_evaluated(), Kind::Count),
        (words.part_closed(), Kind::Count),
        (words.column_still_open(), Kind::Count),
        (words.column_small_cycles(), Kind::Count),
    ];
    let mut table = Table::new(&name.title, heads);
    for (index, network) in lineage.networks.iter().enumerate() {
        table.row(cells(network)).from = lists.at(&format!("/lineage/networks/{index}/figures/observations"));
    }
    Some(section(name, vec![words.lineage_how()], None, table))
}

fn cells(network: &NetworkBelow) -> [Cell; 6] {
    let told = |sum: Sum| sum.told().map_or(Cell::Withheld, Cell::count);
    let figures = match &network.figures {
        Some(figures) => {
            let closure = &figures.closure;
            [figures.observations, closure.evaluated, closure.closed_without_action, closure.open].map(told)
        }
        None if network.withheld_cycles > 0 => std::array::from_fn(|_| Cell::Withheld),
        None => std::array::from_fn(|_| Cell::Count(0)),
    };
    let [observations, evaluated, closed, open] = figures;
    let name = Cell::Text(network.name.clone());
    [name, observations, evaluated, closed, open, Cell::count(network.withheld_cycles)]
}
