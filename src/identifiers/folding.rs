//! Letters, digits and signs as they are compared: what looks the same, or is typed for the same, becomes one.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The zeros of the scripts whose digits are not a form of the European ones: each is followed by its one to nine
/// (Unicode Character Database, general category Nd).
const ZEROS: [u32; 58] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0,
    0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136,
    0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50,
    0x11DA0, 0x16A60, 0x16AC0, 0x16B50, 0x1E140, 0x1E2F0, 0x1E950,
];

/// Hands over what `letter` is compared as: nothing for what cannot be seen and for accents, mostly one character, more
/// for a ligature. Full-width and styled forms become plain by their compatibility decomposition (Unicode Standard Annex
/// 15). Cyrillic letters that look like Latin ones become those; what looks alike in other scripts stays apart.
pub fn fold(letter: char, mut push: impl FnMut(char)) {
    match letter {
        '\t' => push(' '),
        '\r' | '\u{0B}' | '\u{0C}' => push('\n'),
        '`' => push('\''),
        _ if letter.is_ascii() => push(letter.to_ascii_lowercase()),
        _ => decompose_compatible(letter, |part| fold_part(part, &mut push)),
    }
}

fn fold_part(part: char, push: &mut impl FnMut(char)) {
    if is_combining_mark(part) || is_unseen(part) {
        return;
    }
    for small in part.to_lowercase() {
        match small {
            'ß' => ['s', 's'].into_iter().for_each(&mut *push),
            'æ' => ['a', 'e'].into_iter().for_each(&mut *push),
            'œ' => ['o', 'e'].into_iter().for_each(&mut *push),
            'þ' => ['t', 'h'].into_iter().for_each(&mut *push),
            _ if is_combining_mark(small) => {}
            _ => push(plain(small)),
        }
    }
}

/// The character that this one is typed or mistaken for.
fn plain(small: char) -> char {
    match small {
        'ø' | 'о' => 'o',
        'đ' | 'ð' => 'd',
        'ł' => 'l',
        'ħ' => 'h',
        'ı' | 'і' => 'i',
        'а' => 'a',
        'в' => 'b',
        'е' => 'e',
        'ј' => 'j',
        'к' => 'k',
        'м' => 'm',
        'н' => 'h',
        'р' => 'p',
        'с' => 'c',
        'ѕ' => 's',
        'т' => 't',
        'у' => 'y',
        'х' => 'x',
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{2E3A}' | '\u{2E3B}' => '-',
        '`'
        | '\u{2018}'..='\u{201B}'
        | '\u{2032}'
        | '\u{2035}'
        | '\u{02B9}'..='\u{02BD}'
        | '\u{02C8}'
        | '\u{A78C}' => '\'',
        '\u{2044}' | '\u{2215}' | '\u{29F8}' => '/',
        '\u{00B7}' | '\u{2022}' | '\u{2027}' | '\u{2219}' | '\u{22C5}' | '\u{30FB}' | '\u{3002}' => '.',
        '\u{2028}' | '\u{2029}' | '\u{85}' => '\n',
        '\u{2800}' => ' ',
        _ if small.is_whitespace() => ' ',
        _ => digit(small).unwrap_or(small),
    }
}

fn digit(letter: char) -> Option<char> {
    let code = u32::from(letter);
    let zero = ZEROS[..ZEROS.partition_point(|zero| *zero <= code)].last()?;
    char::from_digit(code - zero, 10)
}

/// Whether it takes no room: the format characters and fillers that text is broken up with (general category Cf, and
/// what Unicode calls Default_Ignorable_Code_Point).
fn is_unseen(letter: char) -> bool {
    matches!(letter,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = String::new();
        text.chars().for_each(|letter| fold(letter, |part| out.push(part)));
        out
    }

    #[test]
    fn what_looks_the_same_is_the_same() {
        assert_eq!(folded("１２３ ④⑤ ٦٧٨ 𝟗𝟎"), "123 45 678 90");
        assert_eq!(folded("1\u{200B}2\u{AD}3\u{FE0F}\u{20E3}"), "123");
        assert_eq!(folded("a\u{A0}b\u{202F}c\u{3000}d\te"), "a b c d e");
        assert_eq!(folded("Zoë Çelik Ødegård Łukasz ẞ"), "zoe celik odegard lukasz ss");
        assert_eq!(folded("06–12−34‑56"), "06-12-34-56");
        assert_eq!(folded("Fatima’s Fatima`s Fatima｀s"), "fatima's fatima's fatima's");
        assert_eq!(folded("АВН"), "abh", "Cyrillic");
    }

    #[test]
    fn every_digit_of_every_script_has_its_value() {
        for zero in ZEROS {
            let digits: Vec<char> = (0..10).filter_map(|value| char::from_u32(zero + value)).collect();
            assert_eq!(folded(&digits.into_iter().collect::<String>()), "0123456789", "{zero:x}");
        }
        assert_eq!(digit('\u{66A}'), None);
    }
}
