//! The boxes of the board: what stands in each, and how high that is.

use super::Shown;
use super::sheet::{BODY, Frame, LABEL, NAME, NOTE, Sheet, Side, Stack};
use super::words::Words;
use crate::effect_arenas::balance::{ArenaParty, ArenaPosition};
use crate::effect_arenas::content::{
    ArenaActivity, ArenaCollector, ArenaEffect, ArenaEvidence, ArenaInvestor, ArenaStake, ExpectedAndSeen,
};
use crate::effect_arenas::types::ArenaState;
use crate::ids::Id;
use crate::label::Key;

pub const WIDTH: i32 = 332;
const PADDING: i32 = 16;
/// The numbers of views that stand in a row at the right of the name, and how far one is from the next.
const NUMBERS: i32 = 28;

/// A box as it is drawn, from its own upper left corner.
pub struct Drawn {
    pub sheet: Sheet,
    pub height: i32,
}

/// Makes the boxes of a board.
pub struct Maker<'a> {
    pub shown: &'a Shown,
    pub words: &'static Words,
}

impl Maker<'_> {
    pub fn activity(&self, activity: &ArenaActivity) -> Drawn {
        let mut stack = self.begin(&activity.name, &[&activity.key]);
        let by: Vec<&str> =
            activity.organisation_ids.iter().flat_map(|ids| ids.iter()).map(|id| self.called(*id)).collect();
        if !by.is_empty() {
            stack.set_labelled(self.words.carried_out_by, NOTE, &by.join(", "));
        }
        self.both(&mut stack, self.words.output, activity.output.as_ref());
        self.both(&mut stack, self.words.outcome, activity.outcome.as_ref());
        self.evidence(&mut stack, activity.evidence.as_ref());
        finish(stack, "box")
    }

    pub fn effect(&self, effect: &ArenaEffect) -> Drawn {
        let mut stack = self.begin(&effect.name, &[&effect.key]);
        stack.space(4);
        self.sides(&mut stack, effect.expected.as_deref(), effect.seen.as_deref());
        if effect.seen.is_none() && self.shown.state != ArenaState::Draft {
            stack.set(NOTE, self.words.not_seen);
        }
        self.evidence(&mut stack, effect.evidence.as_ref());
        finish(stack, "box")
    }

    /// Somebody who invests, with all that they put in.
    pub fn investor(&self, party: &ArenaParty, entries: &[&ArenaInvestor]) -> Drawn {
        let keys: Vec<&Key> = entries.iter().map(|entry| &entry.key).collect();
        let mut stack = self.begin(self.name(party), &keys);
        self.position(&mut stack, party);
        for entry in entries {
            stack.space(4);
            self.stakes(&mut stack, entry.expected.as_ref(), entry.seen.as_ref());
            self.evidence(&mut stack, entry.evidence.as_ref());
        }
        finish(stack, of_position(party.position))
    }

    /// Somebody who collects, with all that they reap.
    pub fn collector(&self, party: &ArenaParty, entries: &[&ArenaCollector]) -> Drawn {
        let keys: Vec<&Key> = entries.iter().map(|entry| &entry.key).collect();
        let mut stack = self.begin(self.name(party), &keys);
        self.position(&mut stack, party);
        for entry in entries {
            stack.space(4);
            self.stakes(&mut stack, entry.expected.as_ref(), entry.seen.as_ref());
            self.evidence(&mut stack, entry.evidence.as_ref());
        }
        finish(stack, of_position(party.position))
    }

    pub fn name<'p>(&'p self, party: &'p ArenaParty) -> &'p str {
        party.organisation_id.map_or(party.name.as_deref().unwrap_or_default(), |id| self.called(id))
    }

    fn called(&self, organisation_id: Id) -> &str {
        self.shown.names.get(&organisation_id).map(String::as_str).unwrap_or_default()
    }

    /// The name, with the numbers of the views on these parts.
    fn begin(&self, name: &str, keys: &[&Key]) -> Stack {
        let mut stack = Stack::new(PADDING, PADDING - 4, WIDTH - 2 * PADDING);
        let views = self.shown.views.iter().enumerate();
        let about = views.filter(|(_, view)| {
            view.part_key.as_deref().is_some_and(|part| keys.iter().any(|key| &***key == part))
        });
        let numbers: Vec<usize> = about.map(|(at, _)| at + 1).collect();
        let most = ((WIDTH / 2) / NUMBERS) as usize;
        for (at, number) in numbers.iter().take(most).rev().enumerate() {
            let x = WIDTH - PADDING - 8 - at as i32 * NUMBERS;
            stack.number(x, PADDING + 7, *number);
        }
        stack.set_beside(NAME, name, numbers.len().min(most) as i32 * NUMBERS);
        stack
    }

    fn position(&self, stack: &mut Stack, party: &ArenaParty) {
        stack.space(6);
        let class = match party.position {
            ArenaPosition::PaysAndReaps => "mark-both",
            ArenaPosition::PaysOnly => "mark-pays",
            ArenaPosition::ReapsOnly => "mark-reaps",
        };
        stack.mark(class, self.words.mark(party.position));
    }

    fn both(&self, stack: &mut Stack, label: &str, said: Option<&ExpectedAndSeen>) {
        let Some(said) = said.filter(|said| said.expected.is_some() || said.seen.is_some()) else { return };
        stack.space(6);
        stack.set(LABEL, label);
        self.sides(stack, said.expected.as_deref(), said.seen.as_deref());
    }

    fn sides(&self, stack: &mut Stack, expected: Option<&str>, seen: Option<&str>) {
        if let Some(expected) = expected {
            stack.set_side(Side::Expected, self.words.expected, expected);
        }
        if let Some(seen) = seen {
            stack.set_side(Side::Seen, self.words.seen, seen);
        }
    }

    fn stakes(&self, stack: &mut Stack, expected: Option<&ArenaStake>, seen: Option<&ArenaStake>) {
        for (side, label, stake) in
            [(Side::Expected, self.words.expected, expected), (Side::Seen, self.words.seen, seen)]
        {
            let Some(stake) = stake else { continue };
            let counted = self.words.counted(stake.hours, stake.euros);
            let text = if counted.is_empty() {
                stake.text.to_string()
            } else {
                format!("{} ({counted})", &*stake.text)
            };
            stack.set_side(side, label, &text);
        }
    }

    fn evidence(&self, stack: &mut Stack, evidence: Option<&ArenaEvidence>) {
        let Some(evidence) = evidence else { return };
        let text = self.words.evidence(evidence.observation_ids.len(), evidence.evaluation_ids.len());
        if !text.is_empty() {
            stack.space(2);
            stack.set(NOTE, &text);
        }
    }

    /// A box that stands in an empty column.
    pub fn nothing(&self) -> Drawn {
        let mut stack = Stack::new(PADDING, PADDING - 4, WIDTH - 2 * PADDING);
        stack.set(BODY, self.words.nothing_yet);
        finish(stack, "box-empty")
    }
}

fn of_position(position: ArenaPosition) -> &'static str {
    match position {
        ArenaPosition::PaysAndReaps => "box",
        ArenaPosition::PaysOnly => "box-pays",
        ArenaPosition::ReapsOnly => "box-reaps",
    }
}

/// Draws the frame around what was set. Who reaps and does not pay has a double one.
fn finish(mut stack: Stack, class: &'static str) -> Drawn {
    let height = stack.height + PADDING - 4;
    let mut frames = vec![Frame { class, x: 0, y: 0, width: WIDTH, height, radius: 8 }];
    if class == "box-reaps" {
        let (width, height) = (WIDTH - 10, height - 10);
        frames.push(Frame { class: "inner", x: 5, y: 5, width, height, radius: 5 });
    }
    frames.append(&mut stack.sheet.frames);
    stack.sheet.frames = frames;
    Drawn { sheet: stack.sheet, height }
}
