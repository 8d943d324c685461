//! The names that a network keeps: those of its citizens, neighbours, children. Each is found as whole words, whatever
//! its capitals, accents and the signs between its words; a genitive belongs to it.
//!
//! A name that is also a word (*Roos*, *Wil*, *de Bakker*) needs its capital, and is weak where a sentence begins with it.

use super::Hit;
use super::reading::{Class, Reading};
use super::types::{Certainty, IdentifierKind};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The words of a name that are looked at: more than the longest Dutch names have. A longer one is found by its first ones.
const MOST_WORDS: usize = 12;
/// Tokens between two words of a name.
const BETWEEN: usize = 3;
/// What stands between the parts of a name, and is no name by itself.
const PARTICLES: &str = "van de den der het t ter ten te in op aan bij uit over onder voor la le el al ben bin da di du des \
                         dos das do von zu und y e d l o s";

/// Dutch words that are names as well.
static ORDINARY: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("names/ordinary.txt").lines();
    lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// A network's own list, made ready once: a tree in which each word of a name leads to those that may follow it.
#[derive(Clone, Debug, Default)]
pub struct Names {
    nodes: Vec<Node>,
}

#[derive(Clone, Debug, Default)]
struct Node {
    next: HashMap<Box<str>, usize>,
    /// Whether a name ends here, and whether that name is an ordinary word.
    end: Option<Commonness>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Commonness {
    OnlyName,
    Word,
}

impl Names {
    /// Names without letters, and single letters, are left out: they would be found everywhere.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Names {
        let mut list = Names { nodes: vec![Node::default()] };
        for name in names {
            list.add(name);
        }
        list
    }

    /// A list without names.
    pub fn none() -> Names {
        Names::default()
    }

    fn add(&mut self, name: &str) {
        let reading = Reading::new(name);
        let all = (0..reading.len())
            .filter(|place| reading.is(*place, Class::Word))
            .map(|place| reading.text(place));
        let words: Vec<&str> = all.take(MOST_WORDS).collect();
        if words.iter().all(|word| word.chars().count() < 2 || is_particle(word)) {
            return;
        }
        let mut node = 0;
        for word in &words {
            node = match self.nodes[node].next.get(*word) {
                Some(next) => *next,
                None => {
                    self.nodes.push(Node::default());
                    let next = self.nodes.len() - 1;
                    self.nodes[node].next.insert((*word).into(), next);
                    next
                }
            };
        }
        self.nodes[node].end = Some(commonness(&words));
    }

    pub(super) fn find(&self, reading: &Reading, hits: &mut Vec<Hit>) {
        if self.nodes.len() < 2 {
            return;
        }
        for place in 0..reading.len() {
            if reading.is(place, Class::Word) {
                hits.extend(self.longest(reading, place));
            }
        }
    }

    /// The longest name that begins with this word.
    fn longest(&self, reading: &Reading, first: usize) -> Option<Hit> {
        let (mut node, mut place, mut found) = (0, first, None);
        for _ in 0..MOST_WORDS {
            let word = reading.text(place);
            let token = reading.get(place)?;
            let ended = |word: &str| {
                self.nodes[node].next.get(word).and_then(|next| Some((*next, self.nodes[*next].end?)))
            };
            if let Some((_, commonness)) = ended(word) {
                found = certainty(reading, first, place, commonness).map(|sure| (sure, token.end)).or(found);
            } else if let Some((_, Commonness::OnlyName)) = genitive(word).and_then(ended) {
                let sure = if token.capital { Certainty::Strong } else { Certainty::Weak };
                found = Some((sure, token.end - 1));
            }
            match (self.nodes[node].next.get(word), next_word(reading, place + 1)) {
                (Some(next), Some(following)) => (node, place) = (*next, following),
                _ => break,
            }
        }
        let (certainty, end) = found?;
        Some(Hit { kind: IdentifierKind::Name, certainty, start: reading.get(first)?.start, end })
    }
}

fn is_particle(word: &str) -> bool {
    PARTICLES.split_whitespace().any(|particle| particle == word)
}

/// A name is an ordinary word when the one word in it that is no particle is.
fn commonness(words: &[&str]) -> Commonness {
    let mut own = words.iter().filter(|word| !is_particle(word));
    match (own.next(), own.next()) {
        (Some(word), None) if ORDINARY.contains(word) => Commonness::Word,
        _ => Commonness::OnlyName,
    }
}

/// The name in *Jans*. After an s, x or z Dutch writes an apostrophe, which parts words here anyway.
fn genitive(word: &str) -> Option<&str> {
    word.strip_suffix('s').filter(|name| name.len() > 2 && !name.ends_with(['s', 'x', 'z']))
}

/// The next word, with no more between than parts the words of a name.
fn next_word(reading: &Reading, from: usize) -> Option<usize> {
    for place in from..=from + BETWEEN {
        match (reading.class(place)?, reading.text(place)) {
            (Class::Word, _) => return Some(place),
            (Class::Space | Class::Line, _) | (Class::Sign, "-" | "." | "'") => {}
            _ => return None,
        }
    }
    None
}

/// How sure a name between these places is; none for a word in its own right.
fn certainty(reading: &Reading, first: usize, last: usize, commonness: Commonness) -> Option<Certainty> {
    if commonness == Commonness::OnlyName {
        return Some(Certainty::Strong);
    }
    let own = (first..=last)
        .rev()
        .find(|place| reading.is(*place, Class::Word) && !is_particle(reading.text(*place)))?;
    let token = reading.get(own)?;
    let shouted = token.capitals && token.end - token.start > 1;
    match (token.capital, shouted || begins(reading, own)) {
        (false, _) => None,
        (true, false) => Some(Certainty::Strong),
        (true, true) => Some(Certainty::Weak),
    }
}

/// Whether a sentence or a line begins with this token, so that its capital says nothing.
fn begins(reading: &Reading, place: usize) -> bool {
    for before in (place.saturating_sub(BETWEEN)..place).rev() {
        match (reading.class(before), reading.text(before)) {
            (Some(Class::Space), _) => {}
            (
                Some(Class::Sign),
                "\"" | "'" | "(" | "-" | "*" | ":" | "\u{201C}" | "\u{201D}" | "\u{201E}" | "«",
            ) => {}
            (Some(Class::Sign), ".") => return !is_title(reading, before),
            (Some(Class::Sign), sign) => return ["!", "?", ";"].contains(&sign),
            (Some(Class::Word | Class::Digits), _) => return false,
            _ => return true,
        }
    }
    place <= BETWEEN
}

/// Whether the dot here ends what stands before a name: *mevr. Roos*.
fn is_title(reading: &Reading, dot: usize) -> bool {
    let word = dot.checked_sub(1).map_or("", |place| reading.text(place));
    ["mw", "mevr", "dhr", "hr", "fam", "mr", "dr", "drs", "ds", "prof", "st"].contains(&word)
}
