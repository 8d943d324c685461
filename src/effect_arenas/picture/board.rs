//! The board: four columns of boxes, and the lines between them.

use super::Shown;
use super::boxes::{Drawn, Maker, WIDTH};
use super::sheet::{Frame, HEADING, Path, Sheet, Stack};
use super::words::Words;
use crate::effect_arenas::balance::{ArenaParty, ArenaPosition, parties};
use crate::effect_arenas::content::{ArenaCollector, ArenaEffect, ArenaInvestor};
use crate::label::Key;

/// Between columns: where the lines run.
const GAP: i32 = 104;
/// The width of all columns.
pub const BREADTH: i32 = 4 * WIDTH + 3 * GAP;
/// Between boxes of a column, at least and at most.
const LEAST: i32 = 22;
const MOST: i32 = 90;
/// From a column's heading to its first box.
const TOP: i32 = 52;

/// Somebody with their entries in a column.
struct Entry<'a, T> {
    party: &'a ArenaParty,
    entries: Vec<&'a T>,
}

/// Which box of a column a line leads from, and which box of the next it leads to.
type Link = (usize, usize);

/// Draws the board from its upper left corner, and tells its height.
pub fn draw(shown: &Shown, words: &'static Words) -> (Sheet, i32) {
    let (maker, content) = (Maker { shown, words }, &shown.content);
    let parties = parties(content);
    let activity = |key: &Key| content.activities.iter().position(|activity| activity.key == *key);
    let mut effects: Vec<&ArenaEffect> = content.effects.iter().collect();
    effects.sort_by_key(|effect| mean(&places(effect.activity_keys.as_deref(), activity)));
    let effect = |key: &Key| effects.iter().position(|effect| effect.key == *key);

    let goes_into = |one: &&ArenaInvestor| -> Vec<usize> { places(one.activity_keys.as_deref(), activity) };
    let mut investors =
        entries(&parties, &content.investors, |party, one| party.investor_keys.contains(&one.key));
    by_place(&mut investors, goes_into);
    let comes_of = |one: &&ArenaCollector| -> Vec<usize> { effect(&one.effect_key).into_iter().collect() };
    let mut collectors =
        entries(&parties, &content.collectors, |party, one| party.collector_keys.contains(&one.key));
    by_place(&mut collectors, comes_of);

    let pays = links(&investors, goes_into);
    let leads = effects.iter().enumerate().flat_map(|(at, one)| {
        places(one.activity_keys.as_deref(), activity).into_iter().map(move |from| (from, at))
    });
    let reaps = links(&collectors, comes_of).into_iter().map(|(to, from)| (from, to)).collect();
    let links: [Vec<Link>; 3] = [pays, leads.collect(), reaps];
    let pays_only =
        |at: usize| investors.get(at).is_some_and(|one| one.party.position == ArenaPosition::PaysOnly);
    let reaps_only =
        |at: usize| collectors.get(at).is_some_and(|one| one.party.position == ArenaPosition::ReapsOnly);
    let class = |column: usize, (from, to): Link| match column {
        0 if pays_only(from) => "flow-pays",
        2 if reaps_only(to) => "flow-reaps",
        _ => "flow",
    };
    let columns = [
        investors.iter().map(|one| maker.investor(one.party, &one.entries)).collect(),
        content.activities.iter().map(|one| maker.activity(one)).collect(),
        effects.iter().map(|one| maker.effect(one)).collect(),
        collectors.iter().map(|one| maker.collector(one.party, &one.entries)).collect(),
    ];
    arrange(&maker, columns, &links, class)
}

/// The parties that have entries in a column, each with its own.
fn entries<'a, T>(
    parties: &'a [ArenaParty],
    list: &'a [T],
    has: impl Fn(&ArenaParty, &T) -> bool,
) -> Vec<Entry<'a, T>> {
    let of =
        |party: &'a ArenaParty| Entry { party, entries: list.iter().filter(|one| has(party, one)).collect() };
    parties.iter().map(of).filter(|one| !one.entries.is_empty()).collect()
}

/// Where these keys stand in the list that they refer to.
fn places(keys: Option<&[Key]>, place: impl Fn(&Key) -> Option<usize>) -> Vec<usize> {
    keys.into_iter().flatten().filter_map(place).collect()
}

/// Puts boxes beside what they are linked to, so that few lines cross. The rest keeps its order.
fn by_place<T>(column: &mut [Entry<'_, T>], linked: impl Fn(&&T) -> Vec<usize>) {
    column.sort_by_key(|one| mean(&one.entries.iter().flat_map(&linked).collect::<Vec<_>>()));
}

/// In thousandths; what is linked to nothing comes last.
fn mean(places: &[usize]) -> usize {
    (places.iter().sum::<usize>() * 1000).checked_div(places.len()).unwrap_or(usize::MAX)
}

/// From each box of a column to what it is linked to, each once.
fn links<T>(column: &[Entry<'_, T>], linked: impl Fn(&&T) -> Vec<usize>) -> Vec<Link> {
    let of = |(at, one): (usize, &Entry<'_, T>)| {
        one.entries.iter().flat_map(&linked).map(move |to| (at, to)).collect::<Vec<_>>()
    };
    let mut links: Vec<Link> = column.iter().enumerate().flat_map(of).collect();
    links.sort();
    links.dedup();
    links
}

/// A box in its column.
struct Placed {
    top: i32,
    height: i32,
}

fn arrange(
    maker: &Maker<'_>,
    columns: [Vec<Drawn>; 4],
    links: &[Vec<Link>; 3],
    class: impl Fn(usize, Link) -> &'static str,
) -> (Sheet, i32) {
    let columns = columns.map(|column| if column.is_empty() { vec![maker.nothing()] } else { column });
    let height = columns.iter().map(|column| least(column)).max().unwrap_or_default();
    let mut sheet = Sheet::default();
    let mut placed: Vec<Vec<Placed>> = Vec::new();
    for (number, column) in columns.into_iter().enumerate() {
        let x = number as i32 * (WIDTH + GAP);
        sheet.put(heading(maker.words.columns[number]), x, 0);
        placed.push(stand(column, height, x, &mut sheet));
    }
    for ((links, pair), number) in links.iter().zip(placed.windows(2)).zip(0..) {
        let from = number as i32 * (WIDTH + GAP) + WIDTH;
        let class = |link| class(number, link);
        sheet.paths.extend(paths(links, &pair[0], &pair[1], from, class));
    }
    (sheet, TOP + height)
}

fn heading(text: &str) -> Sheet {
    let mut stack = Stack::new(0, 0, WIDTH);
    stack.set(HEADING, text);
    stack.sheet.frames.push(Frame { class: "rule", x: 0, y: 32, width: WIDTH, height: 3, radius: 0 });
    stack.sheet
}

/// How high a column is at least.
fn least(column: &[Drawn]) -> i32 {
    column.iter().map(|one| one.height + LEAST).sum::<i32>() - LEAST
}

/// Sets a column's boxes, in the middle and with what room there is between them.
fn stand(column: Vec<Drawn>, height: i32, x: i32, sheet: &mut Sheet) -> Vec<Placed> {
    let (count, spare) = (column.len() as i32, height - least(&column));
    let between = (LEAST + spare / (count + 1)).min(MOST);
    let mut top = TOP + (spare - (between - LEAST) * (count - 1)) / 2;
    let mut placed = Vec::new();
    for one in column {
        let height = one.height;
        sheet.put(one.sheet, x, top);
        placed.push(Placed { top, height });
        top += height + between;
    }
    placed
}

/// The lines between two columns. Those of one box leave and reach it beside each other, in the order of their other ends.
fn paths(
    links: &[Link],
    left: &[Placed],
    right: &[Placed],
    begin: i32,
    class: impl Fn(Link) -> &'static str,
) -> Vec<Path> {
    let port = |boxes: &[Placed], at: usize, others: Vec<usize>, other: usize| {
        let rank = others.iter().filter(|one| **one < other).count() as i32;
        boxes.get(at).map(|one| one.top + one.height * (rank + 1) / (others.len() as i32 + 1))
    };
    let path = |&(from, to): &Link| {
        let out = links.iter().filter(|link| link.0 == from).map(|link| link.1).collect();
        let into = links.iter().filter(|link| link.1 == to).map(|link| link.0).collect();
        let y = [port(left, from, out, to)?, port(right, to, into, from)?];
        // Room for the arrow's head.
        let x = [begin, begin + GAP - 9];
        Some(Path { class: class((from, to)), x, y, turn: begin + GAP / 2 })
    };
    links.iter().filter_map(path).collect()
}
