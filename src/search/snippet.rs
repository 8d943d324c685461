//! A piece of a text around what was sought in it, with the hits marked.

use super::words::{DUTCH, ENGLISH, tokens};
use crate::db::dialect::full_text::{Term, Word};
use schemars::JsonSchema;
use serde::Serialize;

/// Characters of a piece, about.
const LENGTH: usize = 240;
/// Words that lead to the first hit, at most.
const LEAD: usize = 8;

/// A part of a snippet. Plain text: whoever shows it escapes it as any other, and puts the mark around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SnippetPart {
    pub text: String,
    /// Whether it is what was sought.
    pub hit: bool,
}

/// The piece with the most hits, the first of these; the text's beginning where there are none.
pub fn snippet(text: &str, terms: &[Term]) -> Vec<SnippetPart> {
    let hits = hits(text, terms);
    let (start, end) = piece(text, &hits);
    let mut parts = Vec::new();
    let mut add = |text: &str, hit: bool| {
        if !text.is_empty() {
            parts.push(SnippetPart { text: text.into(), hit });
        }
    };
    let mut at = start;
    for (from, to) in hits.into_iter().filter(|(from, to)| *from >= start && *to <= end) {
        add(&text[at..from], false);
        add(&text[from..to], true);
        at = to;
    }
    add(&text[at..end], false);
    // Marks of the cut go with what is no hit.
    if start > 0 {
        match parts.first_mut().filter(|part| !part.hit) {
            Some(first) => first.text.insert(0, '…'),
            None => parts.insert(0, SnippetPart { text: "…".into(), hit: false }),
        }
    }
    if end < text.len() {
        match parts.last_mut().filter(|part| !part.hit) {
            Some(last) => last.text.push('…'),
            None => parts.push(SnippetPart { text: "…".into(), hit: false }),
        }
    }
    parts
}

/// Where the hits stand, in bytes, in order and apart from each other.
fn hits(text: &str, terms: &[Term]) -> Vec<(usize, usize)> {
    let tokens = tokens(text);
    let mut hit = vec![false; tokens.len()];
    let streams = [&DUTCH, &ENGLISH].map(|language| {
        let word =
            |(at, token): (usize, &super::words::Token)| Some((at, language.word(&token.folded)?.stem));
        tokens.iter().enumerate().filter_map(word).collect::<Vec<_>>()
    });
    for term in terms {
        match term {
            Term::Prefix(beginning) => {
                tokens
                    .iter()
                    .zip(&mut hit)
                    .for_each(|(token, hit)| *hit |= token.folded.starts_with(beginning));
            }
            Term::Phrase { dutch, english } => {
                for (stream, words) in streams.iter().flat_map(|stream| [(stream, dutch), (stream, english)])
                {
                    mark(stream, words, &mut hit);
                }
            }
        }
    }
    let marked = tokens.iter().zip(&hit).filter(|(_, hit)| **hit);
    marked.map(|(token, _)| (token.start, token.end)).collect()
}

/// Marks the words of a phrase wherever they follow each other, with those between them that count for nothing.
fn mark(stream: &[(usize, String)], phrase: &[Word], hit: &mut [bool]) {
    if phrase.is_empty() {
        return;
    }
    for window in stream.windows(phrase.len()) {
        if window.iter().zip(phrase).all(|((_, stem), word)| *stem == word.stem)
            && let [(first, _), ..] = window
            && let [.., (last, _)] = window
        {
            hit[*first..=*last].fill(true);
        }
    }
}

/// From where to where, in bytes: some words before the hits, and not longer than a piece is.
fn piece(text: &str, hits: &[(usize, usize)]) -> (usize, usize) {
    let reach =
        |start: usize| text[start..].char_indices().nth(LENGTH).map_or(text.len(), |(at, _)| start + at);
    let Some(first) = (0..hits.len()).rev().max_by_key(|index| {
        let end = reach(hits[*index].0);
        hits[*index..].iter().take_while(|(_, to)| *to <= end).count()
    }) else {
        return (0, whole_words(text, 0, reach(0)));
    };
    if text.chars().nth(LENGTH).is_none() {
        return (0, text.len());
    }
    let before: Vec<usize> = tokens(&text[..hits[first].0]).iter().map(|token| token.start).collect();
    let start = if before.len() <= LEAD { 0 } else { before[before.len() - LEAD] };
    // A lead that leaves no room for the hit is left out.
    let start = if reach(start) > hits[first].1 { start } else { hits[first].0 };
    (start, whole_words(text, start, reach(start)).max(hits[first].1.min(reach(start))))
}

/// The end of the last whole word before `end`.
fn whole_words(text: &str, start: usize, end: usize) -> usize {
    if end == text.len() {
        return end;
    }
    let cut =
        tokens(&text[start..]).into_iter().map(|token| start + token.end).take_while(|at| *at <= end).last();
    cut.unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::super::query::read;
    use super::*;

    /// As a person would read it: hits in brackets.
    fn shown(text: &str, query: &str) -> String {
        let bracketed = |part: SnippetPart| if part.hit { format!("[{}]", part.text) } else { part.text };
        snippet(text, &read(query)).into_iter().map(bracketed).collect()
    }

    #[test]
    fn hits_are_marked_as_they_were_written() {
        for (text, query, expected) in [
            ("Eén BUURMAN en twee buren.", "buren", "Eén BUURMAN en twee [buren]."),
            ("De coördinatoren belden.", "coordinator", "De [coördinatoren] belden."),
            ("Zij is eenzaam, zei ze.", "eenz*", "Zij is [eenzaam], zei ze."),
            (
                "Hulp van de buren; hulp, dus.",
                "\"hulp van de buren\"",
                "[Hulp] [van] [de] [buren]; hulp, dus.",
            ),
            ("Koffie <b>op</b> het plein", "b", "Koffie <[b]>op</[b]> het plein"),
            ("Niets daarvan", "koffie", "Niets daarvan"),
        ] {
            assert_eq!(shown(text, query), expected, "{query} in {text}");
        }
    }

    #[test]
    fn a_long_text_is_cut_around_the_most_hits() {
        let filler = "Er gebeurde die dag verder weinig bijzonders. ".repeat(20);
        let text = format!("Koffie. {filler}Toen kwam er koffie met koffie. {filler}");
        let shown = shown(&text, "koffie");
        assert!(shown.starts_with('…') && shown.ends_with('…'), "{shown}");
        assert!(shown.contains("[koffie] met [koffie]"), "{shown}");
        assert!(shown.chars().count() <= LENGTH + 10, "{shown}");
    }

    #[test]
    fn any_text_can_be_cut() {
        for text in
            ["é".repeat(2_000), "😀 ".repeat(500), "koffie".repeat(300), " ".repeat(900), String::new()]
        {
            let parts = snippet(&text, &read("koffie ee* \"x y\""));
            assert!(parts.iter().map(|part| part.text.chars().count()).sum::<usize>() <= LENGTH + 2);
        }
        let text = format!("koffie {}", "é".repeat(2_000));
        assert_eq!(snippet(&text, &read("koffie"))[0], SnippetPart { text: "koffie".into(), hit: true });
    }
}
