//! The picture of an arena: from what is on the board to SVG. It is read from left to right, in light, in the dark and on
//! paper; nothing is told by colour alone.

mod board;
mod boxes;
mod panels;
mod sheet;
mod telling;
#[cfg(test)]
mod tests;
mod text;
mod words;

use super::content::ArenaContent;
use super::types::ArenaState;
use super::versions::types::KeptArenaView;
use crate::http::language::tag;
use crate::ids::Id;
use crate::people::types::Locale;
use askama::Template;
use chrono::NaiveDate;
use sheet::{Dot, NOTE, Sheet, Stack, TITLE};
use std::collections::HashMap;
use std::fmt;
use words::{Words, words};

/// The style sheet of a picture; it stands in the picture, and `http::document::policy` allows it and nothing else.
pub const STYLE: &str = include_str!("../../../templates/effect-arena.css");

/// The style sheet, for the template to take as it is.
struct Style;

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(STYLE)
    }
}

impl askama::filters::HtmlSafe for Style {}

/// What an arena is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Action,
    Cycle,
    Initiative,
}

impl Subject {
    pub fn of(action_id: Option<Id>, cycle_id: Option<Id>) -> Subject {
        match (action_id, cycle_id) {
            (Some(_), _) => Subject::Action,
            (None, Some(_)) => Subject::Cycle,
            (None, None) => Subject::Initiative,
        }
    }
}

/// What a picture shows.
#[derive(Clone, Debug)]
pub struct Shown {
    pub title: String,
    pub subject: Subject,
    /// What the network is called.
    pub network: String,
    pub state: ArenaState,
    /// Of the version that was kept last.
    pub number: i32,
    /// Of the last change, or of the agreement.
    pub day: NaiveDate,
    pub content: ArenaContent,
    pub views: Vec<KeptArenaView>,
    /// What the partners on the board are called.
    pub names: HashMap<Id, String>,
}

const MARGIN: i32 = 48;

#[derive(Template)]
#[template(path = "effect-arena.svg")]
struct Picture {
    lang: &'static str,
    title: String,
    description: String,
    width: i32,
    height: i32,
    sheet: Sheet,
    style: Style,
}

/// The picture in a language.
pub fn svg(shown: &Shown, language: Locale) -> askama::Result<String> {
    let words = words(language);
    let (mut sheet, mut height) = (Sheet::default(), MARGIN);
    let below = [
        Some(head(shown, words)),
        Some(board::draw(shown, words)),
        Some(panels::balance(shown, words)),
        panels::views(shown, words),
    ];
    for (part, tall) in below.into_iter().flatten() {
        sheet.put(part, MARGIN, height);
        height += tall + 44;
    }
    let picture = Picture {
        lang: tag(language),
        title: text::line(&format!("{}: {}", words.arena, shown.title)),
        description: telling::telling(shown, words),
        width: board::BREADTH + 2 * MARGIN,
        height: height - 44 + MARGIN,
        sheet,
        style: Style,
    };
    picture.render()
}

/// What it is, and what its dots mean.
fn head(shown: &Shown, words: &Words) -> (Sheet, i32) {
    let mut stack = Stack::new(0, 0, board::BREADTH);
    stack.set(sheet::KICKER, words.arena);
    stack.space(2);
    stack.set(TITLE, &shown.title);
    stack.space(4);
    let subject = words.subject(shown.subject);
    let state = words.state(shown.state, shown.number);
    stack.set(NOTE, &format!("{subject} · {} · {state} · {}", shown.network, words.day(shown.day)));
    let mut x = board::BREADTH;
    for (class, word) in [("seen", words.seen), ("expected", words.expected)] {
        x -= text::width(word, NOTE);
        stack.sheet.lines.push(sheet::Line { class: NOTE.class, x, y: 15, text: word.to_owned() });
        stack.sheet.dots.push(Dot { class, x: x - 11, y: 10, radius: 5 });
        x -= 42;
    }
    (stack.sheet, stack.height)
}
