//! What somebody looks for, read from what they typed: words, "phrases" and the beginnings of words*. Anything else is
//! plain text.

use super::words::{DUTCH, ENGLISH, Token, tokens};
use crate::db::dialect::full_text::Term;

/// The shortest beginning of a word that is looked for as such.
const SHORTEST_PREFIX: usize = 2;

/// What a text asks for: all of these. Empty where nothing in it counts.
///
/// A single word that counts for nothing in one of the languages ("been" in English, "die" in Dutch) is passed over as
/// long as there is anything else.
pub fn read(text: &str) -> Vec<Term> {
    let (mut terms, mut minor) = (Vec::new(), Vec::new());
    for (part, quoted) in parts(text) {
        if quoted {
            terms.extend(phrase(&tokens(part)));
            continue;
        }
        for word in part.split_whitespace() {
            let mut found = tokens(word);
            if word.ends_with('*')
                && let Some(last) = found.pop_if(|last| last.folded.chars().count() >= SHORTEST_PREFIX)
            {
                terms.push(Term::Prefix(last.folded));
            }
            let everyday = match found.as_slice() {
                [only] => !DUTCH.counts(&only.folded) || !ENGLISH.counts(&only.folded),
                _ => false,
            };
            if everyday { minor.extend(phrase(&found)) } else { terms.extend(phrase(&found)) }
        }
    }
    let mut asked = if terms.is_empty() { minor } else { terms };
    let mut once = Vec::new();
    asked.retain(|term| {
        !once.contains(term) && {
            once.push(term.clone());
            true
        }
    });
    asked
}

/// The text's parts in their order, and whether they stand in quotation marks. A mark that nothing closes is none.
fn parts(text: &str) -> Vec<(&str, bool)> {
    let is_mark = |c: char| matches!(c, '"' | '“' | '”' | '„' | '‟');
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, quoted)) = rest.split_once(is_mark)
        && let Some((quoted, after)) = quoted.split_once(is_mark)
    {
        parts.extend([(before, false), (quoted, true)]);
        rest = after;
    }
    parts.push((rest, false));
    parts
}

/// Words that follow each other; none where no word counts in any language.
fn phrase(words: &[Token]) -> Option<Term> {
    let dutch: Vec<_> = words.iter().filter_map(|word| DUTCH.word(&word.folded)).collect();
    let english: Vec<_> = words.iter().filter_map(|word| ENGLISH.word(&word.folded)).collect();
    (!dutch.is_empty() || !english.is_empty()).then_some(Term::Phrase { dutch, english })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The terms in words: a phrase as its Dutch and its English stems, a beginning with its asterisk.
    fn told(text: &str) -> Vec<String> {
        let stems = |words: &[crate::db::dialect::full_text::Word]| {
            words.iter().map(|word| word.stem.as_str()).collect::<Vec<_>>().join(" ")
        };
        read(text)
            .iter()
            .map(|term| match term {
                Term::Phrase { dutch, english } => format!("{}/{}", stems(dutch), stems(english)),
                Term::Prefix(beginning) => format!("{beginning}*"),
            })
            .collect()
    }

    #[test]
    fn words_phrases_and_beginnings_are_read() {
        for (text, terms) in [
            ("Buren buren koffie", &["bur/buren", "koffie/koffi"][..]),
            ("“hulp van de buren” eenz*", &["hulp bur/hulp van de buren", "eenz*"]),
            ("e-mail 2024", &["e mail/e mail", "2024/2024"]),
            ("e-mai*", &["mai*", "e/e"]),
            ("eenzaamheid in de wijk", &["eenzam/eenzaamheid", "wijk/wijk"]),
            ("been", &["ben/"]),
            ("die", &["/die"]),
            ("het been", &["/het", "ben/"]),
        ] {
            assert_eq!(told(text), terms, "{text}");
        }
    }

    #[test]
    fn all_else_is_plain_text() {
        for (text, terms) in [
            ("\"koffie", &["koffie/koffi"][..]),
            (
                "NOT koffie OR -thee & !melk | (suiker):*",
                &["koffie/koffi", "thee/thee", "melk/melk", "suiker*"],
            ),
            ("a* * ** \"*\"", &["a/"]),
            ("dutch:koffie", &["dutch koffie/dutch koffi"]),
            ("'; DROP TABLE people; --", &["drop/drop", "tabl/tabl", "peopl/peopl"]),
        ] {
            assert_eq!(told(text), terms, "{text}");
        }
    }

    #[test]
    fn what_counts_for_nothing_asks_nothing() {
        for text in ["in", "is in", "\"in\"", "😀", "...", "*", "\"\"", "'s"] {
            assert!(read(text).is_empty(), "{text}");
        }
    }
}
