//! Text as it can be printed.

use super::press::fonts;
use unicode_normalization::char::is_combining_mark;

/// What stands where no font has a letter.
const UNKNOWN: char = '\u{25a1}';
/// Letters that a line has room for, in any case.
const LONG: usize = 30;
/// Says how bytes are ordered, and nothing in the middle of a text; the standard forbids it.
const BYTE_ORDER: char = '\u{feff}';
/// A line may be broken there.
const BREAK: char = '\u{200b}';

/// Letters that can be printed, with spaces as words have them: what no font has is a box, and marks that only say how
/// letters before them look (ZERO WIDTH JOINER, variation selectors) go with those.
pub fn printable(text: &str) -> String {
    let known = |letter: char| fonts().iter().any(|font| font.info().coverage.contains(letter.into()));
    let mut out = String::with_capacity(text.len());
    for word in text.split(|letter: char| letter.is_whitespace() || letter.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        for letter in word.chars() {
            if letter == BYTE_ORDER {
                continue;
            }
            if known(letter) && !is_private(letter) {
                out.push(letter);
            } else if !is_joiner(letter) {
                out.push(UNKNOWN);
            }
        }
    }
    breakable(&out)
}

/// The same, where a word that is wider than a line may be broken anywhere.
fn breakable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = 0;
    for letter in text.chars() {
        run = if letter == ' ' { 0 } else { run + 1 };
        if run > LONG && !is_combining_mark(letter) {
            out.push(BREAK);
            run = 1;
        }
        out.push(letter);
    }
    out
}

/// The beginning of a text: whole words, as far as `most` letters go.
pub fn beginning(text: &str, most: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(most) else { return text };
    let start = &text[..end];
    let words = if text[end..].starts_with(' ') {
        Some(start)
    } else {
        start.rsplit_once(' ').map(|(words, _)| words)
    };
    words.unwrap_or(start).trim_end_matches(|letter: char| !letter.is_alphanumeric())
}

fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}')
}

/// Letters that mean something in one font alone.
fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_printed_is_a_box_and_everything_else_stays() {
        let cases = [
            ("Hoe  gaat\n\nhet?\t", "Hoe gaat het?"),
            ("#read(\"/etc/passwd\") $x$ *a* ] \\ <b>", "#read(\"/etc/passwd\") $x$ *a* ] \\ <b>"),
            ("Ελλάδα, Україна, Türkiye, café", "Ελλάδα, Україна, Türkiye, café"),
            ("\u{0}\u{7}een\u{feff}", "een"),
            ("漢字", "□□"),
            ("\u{e000}", "□"),
        ];
        for (text, printed) in cases {
            assert_eq!(printable(text), printed);
        }
    }

    #[test]
    fn a_word_without_end_can_be_broken() {
        let broken = printable(&"a".repeat(100));
        assert!(broken.split(BREAK).all(|part| part.len() <= LONG));
        assert_eq!(broken.replace(BREAK, ""), "a".repeat(100));
        let ordinary = "arbeidsongeschiktheidsverzekeringen"[..LONG].to_owned();
        assert_eq!(printable(&ordinary), ordinary);
    }

    #[test]
    fn a_line_has_whole_words() {
        assert_eq!(beginning("Kort.", 10), "Kort.");
        assert_eq!(beginning("Hoe doorbreken we, samen, eenzaamheid?", 20), "Hoe doorbreken we");
        assert_eq!(beginning("Hoe doorbreken wij eenzaamheid?", 18), "Hoe doorbreken wij");
        assert_eq!(beginning("één woord", 2), "éé");
    }
}
