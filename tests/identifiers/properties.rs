//! What holds for every text, tried on texts made at random.

use crate::sentences::names;
use feedbacklus::identifiers::{Certainty, Finding, IdentifierKind, Names, find};
use iban::Iban;
use proptest::prelude::*;

/// Nine digits that pass the eleven-test, none of them beginning with two zeros.
fn bsn() -> impl Strategy<Value = String> {
    proptest::collection::vec(0..10_u32, 8).prop_filter_map("no check digit", |digits| {
        let sum: u32 = digits.iter().zip((2..=9).rev()).map(|(digit, weight)| digit * weight).sum();
        let check = sum % 11;
        (check < 10 && digits[..2] != [0, 0])
            .then(|| digits.iter().chain([&check]).map(u32::to_string).collect())
    })
}

/// The characters of a text with something that parts them, perhaps, from the one at `from` on.
fn parted(text: String, from: usize, signs: &'static [&'static str]) -> impl Strategy<Value = String> {
    let signs = proptest::collection::vec(proptest::sample::select(signs), text.len());
    signs.prop_map(move |signs| {
        let mut parted = String::new();
        for (place, letter) in text.chars().enumerate() {
            if place >= from {
                parted.push_str(signs[place]);
            }
            parted.push(letter);
        }
        parted
    })
}

/// Accounts by the forms of SWIFT's registry: `n` a digit, `a` a capital, `c` either.
fn account() -> impl Strategy<Value = String> {
    let forms = [
        "NLaaaannnnnnnnnn",
        "BEnnnnnnnnnnnn",
        "DEnnnnnnnnnnnnnnnnnn",
        "FRnnnnnnnnnncccccccccccnn",
        "GBaaaannnnnnnnnnnnnn",
        "MTaaaannnnncccccccccccccccccc",
        "NOnnnnnnnnnnn",
        "PLnnnnnnnnnnnnnnnnnnnnnnnn",
        "TRnnnnnncccccccccccccccc",
    ];
    proptest::sample::select(forms.to_vec()).prop_flat_map(|form| {
        let (country, form) = form.split_at(2);
        let own: String = form
            .chars()
            .map(|sort| match sort {
                'n' => "[0-9]",
                'a' => "[A-Z]",
                _ => "[0-9A-Z]",
            })
            .collect();
        proptest::string::string_regex(&own)
            .expect("a form")
            .prop_map(move |own| with_check_digits(country, &own))
    })
}

/// The check digits of ISO 7064, mod 97-10: the whole, its first four characters moved to the end and its letters read as
/// 10 to 35, leaves one.
fn with_check_digits(country: &str, own: &str) -> String {
    let values =
        own.chars().chain(country.chars()).chain("00".chars()).filter_map(|letter| letter.to_digit(36));
    let rest = values.fold(0, |rest, value| (rest * if value > 9 { 100 } else { 10 } + value) % 97);
    format!("{country}{:02}{own}", 98 - rest)
}

/// Texts of what the rules look at, and of anything else.
fn text() -> impl Strategy<Value = String> {
    let pieces = [
        " ",
        "  ",
        "\n",
        ".",
        ",",
        "-",
        "/",
        "(",
        ")",
        "+",
        "@",
        "'",
        "’",
        "\u{200B}",
        "\u{301}",
        "1",
        "12",
        "06",
        "0031",
        "24",
        "123456782",
        "1234",
        "AB",
        "ab",
        "NL91",
        "ABNA",
        "0417164300",
        "bsn",
        "geboren",
        "mei",
        "85",
        "1985",
        "straat",
        "Dorpsstraat",
        "Laan",
        "van",
        "fatima",
        "Roos",
        "in",
        "t",
        "veld",
        "voorbeeld",
        "nl",
        "at",
        "punt",
        "１",
        "𝟗",
        "½",
        "ﬁ",
        "İ",
        "ß",
        "٣",
        "e\u{301}",
        "👩‍👧",
        "漢",
    ];
    let known = proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..60)
        .prop_map(|all| all.concat());
    prop_oneof![3 => known, 1 => any::<String>(), 1 => "\\PC{0,80}"]
}

fn covers(findings: &[Finding], kind: IdentifierKind, before: &str, value: &str) -> bool {
    let (start, length) = (before.chars().count(), value.chars().count());
    findings.iter().any(|finding| {
        (finding.kind, finding.certainty) == (kind, Certainty::Strong)
            && (finding.offset as usize, finding.length as usize) == (start, length)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn every_passing_number_that_is_called_a_bsn_is_found(
        value in bsn().prop_flat_map(|digits| parted(digits, 1, &["", "", " ", ".", "-", "\u{A0}", "\u{2011}", " - "])),
        before in proptest::sample::select(vec!["bsn ", "Haar BSN: ", "burgerservicenummer = ", "sofinummer van moeder "]),
        after in proptest::sample::select(vec!["", ".", " staat vast", ", verder niets", ") klopt"]),
    ) {
        let findings = find(&format!("{before}{value}{after}"), &Names::none());
        prop_assert!(covers(&findings, IdentifierKind::Bsn, before, &value), "{findings:?}");
    }

    #[test]
    fn every_valid_account_is_found(
        value in account().prop_flat_map(|digits| parted(digits, 2, &["", "", "", " ", "-", ".", "\u{202F}", "\u{200B}"])),
        small in any::<bool>(),
        before in proptest::sample::select(vec!["", "op ", "rekening: ", "(IBAN "]),
        after in proptest::sample::select(vec!["", ".", " graag", ", dank"]),
    ) {
        let plain: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
        prop_assume!(plain.parse::<Iban>().is_ok());
        let value = if small { value.to_lowercase() } else { value };
        let findings = find(&format!("{before}{value}{after}"), &Names::none());
        prop_assert!(covers(&findings, IdentifierKind::Iban, before, &value), "{findings:?} in {before}{value}{after}");
    }

    #[test]
    fn every_mobile_number_is_found(
        digits in "[0-9]{8}",
        prefix in proptest::sample::select(vec!["06", "+316", "+31 6", "0031 6", "+31 (0)6", "0031(0)6", "+31-6", "00 31 6"]),
        part in proptest::sample::select(vec!["", " ", "-", ".", "/", " - ", "\u{A0}", "\u{2013}"]),
        by in proptest::sample::select(vec![2_usize, 4, 8]),
    ) {
        let groups: Vec<&str> = digits.as_bytes().chunks(by).map(|chunk| std::str::from_utf8(chunk).expect("digits")).collect();
        let inner = if part == "/" || part == " - " { " " } else { part };
        let value = format!("{prefix}{part}{}", groups.join(inner));
        let findings = find(&format!("Bel {value} morgen"), &Names::none());
        prop_assert!(covers(&findings, IdentifierKind::Phone, "Bel ", &value), "{findings:?} in {value}");
    }

    #[test]
    fn places_lie_in_the_text_and_apart(text in text()) {
        let scalars = text.chars().count();
        let mut end = 0;
        for finding in find(&text, &names()) {
            prop_assert!(finding.length > 0, "{finding:?}");
            prop_assert!(finding.offset as usize >= end, "{finding:?} overlaps");
            end = finding.end() as usize;
            prop_assert!(end <= scalars, "{finding:?} of {scalars}");
        }
    }

    #[test]
    fn the_same_is_found_through_full_width_letters(text in "[ -~]{0,60}") {
        let wide: String = text.chars().map(|letter| match letter {
            '!'..='~' => char::from_u32(u32::from(letter) + 0xFEE0).expect("full width"),
            _ => '\u{3000}',
        }).collect();
        prop_assert_eq!(find(&text, &names()), find(&wide, &names()));
    }

    #[test]
    fn a_name_is_found_as_a_whole_word_only(around in "[b-z]{1,5}") {
        let found = |text: &str| !find(text, &Names::new(["fatima"])).is_empty();
        prop_assert!(found(&format!("{around} Fatima {around}")), "by itself");
        prop_assert!(!found(&format!("{around}fatima")), "at the end of a word");
        prop_assert!(around == "s" || !found(&format!("fatima{around}")), "at the beginning of a word");
    }
}
