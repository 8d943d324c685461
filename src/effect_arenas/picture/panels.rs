//! What stands below the board: where payer and collector differ, and how people see it differently.

use super::Shown;
use super::board::BREADTH;
use super::boxes::Maker;
use super::sheet::{BODY, Frame, HEADING, LABEL, NAME, NOTE, Sheet, Side, Stack};
use super::words::Words;
use crate::effect_arenas::balance::{ArenaParty, ArenaPosition, ArenaTotal, ArenaTotals, parties};

const GAP: i32 = 28;
const PADDING: i32 = 18;

/// Three panels: who pays and reaps, who only pays, and who only reaps.
pub fn balance(shown: &Shown, words: &'static Words) -> (Sheet, i32) {
    let (maker, parties) = (Maker { shown, words }, parties(&shown.content));
    let mut stack = Stack::new(0, 0, BREADTH);
    stack.set(HEADING, words.positions);
    let (mut sheet, top) = (stack.sheet, stack.height + 10);
    let panels = [
        (ArenaPosition::PaysOnly, "box-pays", "mark-pays"),
        (ArenaPosition::ReapsOnly, "box-reaps", "mark-reaps"),
        (ArenaPosition::PaysAndReaps, "box", "mark-both"),
    ];
    let width = (BREADTH - 2 * GAP) / 3;
    let texts = panels.map(|(position, _, mark)| {
        let mut stack = Stack::new(PADDING, PADDING - 2, width - 2 * PADDING);
        stack.mark(mark, words.heading(position));
        let there: Vec<&ArenaParty> = parties.iter().filter(|party| party.position == position).collect();
        if there.is_empty() {
            stack.set(BODY, words.nobody);
        }
        for party in there {
            stack.space(10);
            stack.set(NAME, maker.name(party));
            counted(&mut stack, words, words.puts_in, &party.paid, party.investor_keys.is_empty());
            counted(&mut stack, words, words.reaps, &party.reaped, party.collector_keys.is_empty());
        }
        stack
    });
    let height = texts.iter().map(|stack| stack.height).max().unwrap_or_default() + PADDING - 4;
    for (number, (stack, (_, class, _))) in texts.into_iter().zip(panels).enumerate() {
        let x = number as i32 * (width + GAP);
        sheet.frames.push(Frame { class, x, y: top, width, height, radius: 8 });
        if class == "box-reaps" {
            let (y, width, height) = (top + 5, width - 10, height - 10);
            sheet.frames.push(Frame { class: "inner", x: x + 5, y, width, height, radius: 5 });
        }
        sheet.put(stack.sheet, x, top);
    }
    (sheet, top + height)
}

/// What it comes to, expected and seen each in a line of its own.
fn counted(stack: &mut Stack, words: &Words, label: &str, totals: &ArenaTotals, nothing: bool) {
    if nothing {
        return;
    }
    let text = |total: &ArenaTotal| words.counted(total.hours, total.euros);
    let (expected, seen) = (text(&totals.expected), text(&totals.seen));
    if expected.is_empty() && seen.is_empty() {
        stack.set_labelled(label, NOTE, words.in_words);
        return;
    }
    stack.set(LABEL, label);
    for (side, name, text) in [(Side::Expected, words.expected, expected), (Side::Seen, words.seen, seen)] {
        if !text.is_empty() {
            stack.set_side(side, name, &text);
        }
    }
}

/// The views by their numbers, in two columns; none where all see it alike.
pub fn views(shown: &Shown, words: &'static Words) -> Option<(Sheet, i32)> {
    if shown.views.is_empty() {
        return None;
    }
    let mut stack = Stack::new(0, 0, BREADTH);
    stack.set(HEADING, words.views);
    let (mut sheet, top) = (stack.sheet, stack.height + 10);
    let width = (BREADTH - GAP) / 2;
    let mut heights = [top; 2];
    for (at, view) in shown.views.iter().enumerate() {
        let mut stack = Stack::new(38, 0, width - 38);
        stack.number(12, 12, at + 1);
        let part = part(shown, words, view.part_key.as_deref());
        stack.set(LABEL, &format!("{}: {part}", words.kind(view.kind)));
        stack.set(BODY, &view.text);
        // Beside each other, so that numbers run from left to right.
        let column = at % 2;
        sheet.put(stack.sheet, column as i32 * (width + GAP), heights[column]);
        heights[column] += stack.height.max(26) + 16;
        if column == 1 {
            heights = [heights[0].max(heights[1]); 2];
        }
    }
    Some((sheet, heights[0].max(heights[1]) - 16))
}

/// What the part with this key is called; a part that has left the board, by its key.
fn part(shown: &Shown, words: &'static Words, key: Option<&str>) -> String {
    let Some(key) = key else { return words.whole.to_owned() };
    let (maker, content) = (Maker { shown, words }, &shown.content);
    let activity = content.activities.iter().find(|one| &*one.key == key).map(|one| one.name.to_string());
    let effect = content.effects.iter().find(|one| &*one.key == key).map(|one| one.name.to_string());
    let party = || {
        let parties = parties(content);
        let has = |party: &&ArenaParty| {
            party.investor_keys.iter().chain(&party.collector_keys).any(|known| &**known == key)
        };
        parties.iter().find(has).map(|party| maker.name(party).to_owned())
    };
    activity.or(effect).or_else(party).unwrap_or_else(|| key.to_owned())
}
