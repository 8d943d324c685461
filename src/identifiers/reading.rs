//! A text as identifiers are looked for in it: folded, cut into tokens, with the way back to the text as it was given.

use super::folding::fold;
use super::lexicon::{self, Meaning};
use std::cell::OnceCell;
use std::iter;

/// What a token is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// Letters.
    Word,
    /// Digits, all of them 0 to 9.
    Digits,
    /// Spaces that stay on the line.
    Space,
    /// The end of a line.
    Line,
    /// One character of any other kind.
    Sign,
}

/// A run of one class. The places are bytes of the folded text.
#[derive(Debug)]
pub struct Token {
    pub class: Class,
    pub start: usize,
    pub end: usize,
    /// How it was written: with a capital first, or in capitals throughout.
    pub capital: bool,
    pub capitals: bool,
    /// What it says about a number near it, once somebody has asked: most words stand near none.
    meaning: OnceCell<Option<Meaning>>,
}

/// The text, read once. Whoever looks for something goes over the tokens from left to right, and looks at no more than
/// a fixed number of others from each: so the time that a text takes grows with its length and no faster.
pub struct Reading {
    folded: String,
    /// Where each byte of the folded text comes from, in scalars; one more for the end.
    from: Vec<u32>,
    tokens: Vec<Token>,
    #[cfg(test)]
    pub steps: std::cell::Cell<usize>,
}

impl Reading {
    pub fn new(text: &str) -> Reading {
        let mut reading = Reading {
            folded: String::with_capacity(text.len()),
            from: Vec::with_capacity(text.len() + 1),
            tokens: Vec::new(),
            #[cfg(test)]
            steps: std::cell::Cell::new(0),
        };
        let mut scalars = 0;
        for letter in text.chars() {
            fold(letter, |part| reading.push(part, letter.is_uppercase(), scalars));
            scalars += 1;
        }
        reading.from.push(scalars);
        reading
    }

    fn push(&mut self, part: char, capital: bool, from: u32) {
        let class = class(part);
        let start = self.folded.len();
        self.folded.push(part);
        self.from.extend(iter::repeat_n(from, part.len_utf8()));
        match self.tokens.last_mut() {
            Some(last) if last.class == class && class != Class::Sign => {
                last.end = self.folded.len();
                last.capitals &= capital;
            }
            _ => self.tokens.push(Token {
                class,
                start,
                end: self.folded.len(),
                capital,
                capitals: capital,
                meaning: OnceCell::new(),
            }),
        }
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token at this place, or none beyond the end.
    pub fn get(&self, place: usize) -> Option<&Token> {
        #[cfg(test)]
        self.steps.set(self.steps.get() + 1);
        self.tokens.get(place)
    }

    /// The token before this place.
    pub fn before(&self, place: usize) -> Option<&Token> {
        place.checked_sub(1).and_then(|place| self.get(place))
    }

    /// What the token at this place says, folded; nothing beyond the end.
    pub fn text(&self, place: usize) -> &str {
        self.get(place).map_or("", |token| &self.folded[token.start..token.end])
    }

    pub fn class(&self, place: usize) -> Option<Class> {
        self.get(place).map(|token| token.class)
    }

    pub fn is(&self, place: usize, class: Class) -> bool {
        self.class(place) == Some(class)
    }

    /// Whether this sign stands at this place.
    pub fn sign(&self, place: usize, sign: &str) -> bool {
        self.text(place) == sign
    }

    pub fn meaning(&self, place: usize) -> Option<Meaning> {
        let word = self.get(place).filter(|token| token.class == Class::Word)?;
        *word.meaning.get_or_init(|| lexicon::meaning(self, place))
    }

    /// The folded text between two of its bytes.
    pub fn slice(&self, start: usize, end: usize) -> &str {
        self.folded.get(start..end).unwrap_or_default()
    }

    /// Whether these bytes belong to a UUID, as the address of a record has one.
    pub fn is_of_uuid(&self, start: usize, end: usize) -> bool {
        const LENGTH: usize = 36;
        let belongs = |letter: &&u8| letter.is_ascii_hexdigit() || **letter == b'-';
        let (before, after) = self.folded.as_bytes().split_at(start.min(self.folded.len()));
        let first = start - before.iter().rev().take(LENGTH).take_while(belongs).count();
        let last = start + after.iter().take(LENGTH).take_while(belongs).count();
        end <= last && last - first == LENGTH && uuid::Uuid::try_parse(self.slice(first, last)).is_ok()
    }

    /// Where these bytes of the folded text stand in the text as it was given: the offset and the length in scalars.
    /// What is not seen right after them (an accent by itself, a character without width) belongs to them.
    pub fn place(&self, start: usize, end: usize) -> (u32, u32) {
        let at = |byte: usize| self.from.get(byte).or(self.from.last()).copied().unwrap_or_default();
        let first = at(start);
        let last = at(end.saturating_sub(1));
        (first, at(end).max(last + 1) - first)
    }
}

fn class(part: char) -> Class {
    match part {
        '0'..='9' => Class::Digits,
        ' ' => Class::Space,
        '\n' => Class::Line,
        _ if part.is_alphabetic() => Class::Word,
        _ => Class::Sign,
    }
}
