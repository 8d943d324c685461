//! Text as search sees it: words without accents and capitals, and what of them counts in either language. The same is
//! made of a record's text and of what is looked for, on both databases.

use crate::db::dialect::full_text::Word;
use quick_cache::sync::Cache;
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words of a record that are looked in, from its beginning: PostgreSQL gives no word a place beyond 16,383, and every word
/// has one for each language.
const MOST_WORDS: usize = 8_000;
/// Bytes of those words: PostgreSQL keeps 1 MiB of a record at most, in which a word may stand in three forms.
const MOST_BYTES: usize = 256 * 1024;
/// Characters of a word that are looked at.
const LONGEST: usize = 64;
/// Words of a language whose stems are kept, the most used: most of what people write, in half a megabyte.
const KEPT_STEMS: usize = 4_096;

/// A word of a text: its folded form, and where it stands, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub folded: String,
    pub start: usize,
    pub end: usize,
}

/// A language whose inflections are seen through. `counts` tells a word from the language's stop words.
pub struct Language {
    stemmer: Stemmer,
    /// By the folded word: to stem it takes ten times as long as to look here.
    stems: Cache<String, String>,
    stop_words: HashSet<&'static str>,
}

/// Stemmed as PostgreSQL stems it: Porter's algorithm for Dutch, which Snowball calls `dutch_porter` since its version 3.
pub static DUTCH: LazyLock<Language> =
    LazyLock::new(|| Language::new(Algorithm::Dutch, include_str!("stop_words/dutch.txt")));
/// Porter's second algorithm for English.
pub static ENGLISH: LazyLock<Language> =
    LazyLock::new(|| Language::new(Algorithm::English, include_str!("stop_words/english.txt")));

impl Language {
    fn new(algorithm: Algorithm, list: &'static str) -> Language {
        let stop_words = list.lines().filter(|line| !line.starts_with('#')).collect();
        Language { stemmer: Stemmer::create(algorithm), stems: Cache::new(KEPT_STEMS), stop_words }
    }

    /// Whether a folded word says anything in this language.
    pub fn counts(&self, folded: &str) -> bool {
        !self.stop_words.contains(folded)
    }

    /// The word in this language, unless it counts for nothing.
    pub fn word(&self, folded: &str) -> Option<Word> {
        self.counts(folded).then(|| Word { plain: folded.to_owned(), stem: self.stem(folded) })
    }

    /// What has a digit is no word to be inflected.
    fn stem(&self, folded: &str) -> String {
        if folded.contains(char::is_numeric) {
            return folded.to_owned();
        }
        if let Some(stem) = self.stems.get(folded) {
            return stem;
        }
        let stem = self.stemmer.stem(folded).into_owned();
        self.stems.insert(folded.to_owned(), stem.clone());
        stem
    }
}

/// The words of a text, in order. Everything but letters and digits parts them. What an apostrophe parts from its word
/// is left out where it is an ending or a beginning: the *s* in foto's, the *d* in d'Artagnan.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || (start.is_some() && (is_combining_mark(c) || c == '\u{ad}'));
        match start {
            None if inside => start = Some(at),
            Some(begun) if !inside => {
                let folded = fold(&text[begun..at]);
                if !folded.is_empty() && !is_clitic(text, begun, at) {
                    found.push(Token { folded, start: begun, end: at });
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn is_apostrophe(c: &char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`')
}

fn is_clitic(text: &str, start: usize, end: usize) -> bool {
    let word = &text[start..end];
    if !word.chars().all(char::is_alphabetic) {
        return false;
    }
    let (mut before, mut after) = (text[..start].chars().rev(), text[end..].chars());
    let (led, followed) =
        (before.next().as_ref().is_some_and(is_apostrophe), after.next().as_ref().is_some_and(is_apostrophe));
    let inside = before.next().is_some_and(char::is_alphanumeric);
    match word.chars().count() {
        1 => led != followed,
        2 => led && inside && !followed,
        _ => false,
    }
}

/// Lower case, without accents; letters that Unicode does not take apart are written with two or with their plain form.
fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    let letters = word.chars().flat_map(char::to_lowercase).nfkd().flat_map(char::to_lowercase);
    for c in letters.filter(|c| c.is_alphanumeric() && !is_combining_mark(*c)).take(LONGEST) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ð' | 'đ' => folded.push('d'),
            'ł' => folded.push('l'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            plain => folded.push(plain),
        }
    }
    folded
}

/// A text as it is kept to be looked in: the words of each language in their order, and those that no stem says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Content {
    pub dutch: String,
    pub english: String,
    pub words: String,
}

impl Content {
    /// With stems, or with the words for a database that stems by itself.
    pub fn of(text: &str, stemmed: bool) -> Content {
        let (mut dutch, mut english, mut words) = (Vec::new(), Vec::new(), BTreeSet::new());
        let mut left = MOST_BYTES;
        for token in tokens(text).into_iter().take(MOST_WORDS) {
            let Some(rest) = left.checked_sub(token.folded.len()) else { break };
            left = rest;
            let (in_dutch, in_english) = (DUTCH.word(&token.folded), ENGLISH.word(&token.folded));
            let unsaid = |word: &Option<Word>| word.as_ref().is_none_or(|word| word.stem != token.folded);
            let counts = in_dutch.is_some() || in_english.is_some();
            if counts && unsaid(&in_dutch) && unsaid(&in_english) {
                words.insert(token.folded);
            }
            let kept = |word: Word| if stemmed { word.stem } else { word.plain };
            dutch.extend(in_dutch.map(kept));
            english.extend(in_english.map(kept));
        }
        let words: Vec<String> = words.into_iter().collect();
        Content { dutch: dutch.join(" "), english: english.join(" "), words: words.join(" ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.folded).collect()
    }

    #[test]
    fn words_are_told_apart_and_folded() {
        for (text, words) in [
            ("Eén coördinator, twee CAFÉS!", &["een", "coordinator", "twee", "cafes"][..]),
            ("Straße, Ærø en Łódź; ĳsvrij", &["strasse", "aero", "en", "lodz", "ijsvrij"]),
            (
                "e\u{301}e\u{301}n e-mail: jan.jansen@example.org",
                &["een", "e", "mail", "jan", "jansen", "example", "org"],
            ),
            ("😀 65+ 1.250 2e kans", &["65", "1", "250", "2e", "kans"]),
            ("co\u{ad}ördinatie 日本 жук", &["coordinatie", "日本", "жук"]),
            ("", &[]),
        ] {
            assert_eq!(folded(text), words, "{text}");
        }
    }

    #[test]
    fn what_an_apostrophe_parts_from_its_word_is_left_out() {
        for (text, words) in [
            ("foto's van 's avonds", &["foto", "van", "avonds"][..]),
            ("d’Artagnan, we'll, O'Brien", &["artagnan", "we", "brien"]),
            ("'ja' zei hij, 't was in '90", &["ja", "zei", "hij", "was", "in", "90"]),
        ] {
            assert_eq!(folded(text), words, "{text}");
        }
    }

    #[test]
    fn a_token_says_where_it_stands() {
        let text = "Één foto's";
        let places: Vec<&str> = tokens(text).iter().map(|token| &text[token.start..token.end]).collect();
        assert_eq!(places, ["Één", "foto"]);
    }

    #[test]
    fn a_text_is_kept_in_both_languages() {
        let text = "De buren kwamen: loneliness in 2024";
        let stems = Content::of(text, true);
        assert_eq!(
            (stems.dutch.as_str(), stems.english.as_str()),
            ("bur kwam lonelines 2024", "de buren kwamen loneli 2024")
        );
        let plain = Content::of(text, false);
        assert_eq!(
            (plain.dutch.as_str(), plain.english.as_str()),
            ("buren kwamen loneliness 2024", "de buren kwamen loneliness 2024")
        );
        assert_eq!((stems.words.as_str(), plain.words.as_str()), ("loneliness", "loneliness"));
    }

    #[test]
    fn a_text_has_a_bound() {
        let content = Content::of(&"koffie ".repeat(10_000), false);
        assert_eq!(content.dutch.split(' ').count(), MOST_WORDS);
        assert_eq!(folded(&"x".repeat(1_000))[0].len(), LONGEST);
        let longest = format!("{} ", "x".repeat(LONGEST));
        let content = Content::of(&longest.repeat(MOST_WORDS), false);
        assert_eq!(content.dutch.split(' ').count(), MOST_BYTES / LONGEST);
    }
}
