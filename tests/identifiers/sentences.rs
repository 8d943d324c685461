//! The labelled sentences, read.

use feedbacklus::identifiers::{Certainty, IdentifierKind, Names};

/// A sentence, and what stands in it.
pub struct Sentence {
    pub text: &'static str,
    pub labels: Vec<Label>,
}

/// An identifier that somebody sees in a sentence; offsets in Unicode scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    pub kind: IdentifierKind,
    pub certainty: Certainty,
    pub start: usize,
    pub end: usize,
}

/// What the rules were made with, and what they were not made with.
pub fn tuning() -> Vec<Sentence> {
    read(include_str!("tuning.tsv"))
}

pub fn held_out() -> Vec<Sentence> {
    read(include_str!("held_out.tsv"))
}

/// The list of a network that does not exist.
pub fn names() -> Names {
    Names::new(include_str!("names.txt").lines())
}

fn read(table: &'static str) -> Vec<Sentence> {
    table.lines().filter(|line| !line.starts_with('#')).map(sentence).collect()
}

fn sentence(line: &'static str) -> Sentence {
    let mut columns = line.split('\t');
    let text = columns.next().expect("a line has a sentence");
    let mut from = 0;
    let labels = columns.map(|column| label(text, column, &mut from)).collect();
    Sentence { text, labels }
}

/// The label in a column, whose text is looked for after the one before.
fn label(text: &str, column: &str, from: &mut usize) -> Label {
    let mut parts = column.splitn(3, ' ');
    let mut part = || parts.next().unwrap_or_else(|| panic!("kind, certainty and text: {column}"));
    let (kind, certainty, value) = (part(), part(), part());
    let start = text[*from..].find(value).map(|at| *from + at);
    let start = start.unwrap_or_else(|| panic!("{value} stands in {text}"));
    *from = start + value.len();
    let scalars = |bytes: usize| text[..bytes].chars().count();
    Label {
        kind: kind.parse().unwrap_or_else(|_| panic!("a kind: {column}")),
        certainty: certainty.parse().unwrap_or_else(|_| panic!("a certainty: {column}")),
        start: scalars(start),
        end: scalars(*from),
    }
}
