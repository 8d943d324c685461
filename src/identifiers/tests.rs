//! How much is looked at: in proportion to the text, whatever it says.

use super::*;

/// What makes many beginnings of something, each of which could be looked at for long.
const NASTY: [&str; 22] = [
    "1 ",
    "12-",
    "06 ",
    "+31 ",
    "00 31 6 ",
    "123456782 ",
    "bsn 123456782, ",
    "bsn ",
    "bsn 1 2 3 4 5 6 7 8 ",
    "@",
    "a@",
    "a.b-c_d@e.f-g",
    "a (at) b (punt) ",
    "NL91 ",
    "NL91ABNA",
    "NL91 ABNA 0417 1643 0 ",
    "1234 AB ",
    "6511 AB 1 ",
    "Straatweg 1, ",
    "Laan van Laan van ",
    "geboren 1-1-1980 ",
    "jan van jan van ",
];
/// Tokens that are looked at for each token of a text, at most.
const MOST_LOOKS: usize = 300;

fn names() -> Names {
    Names::new(["jan van jan van jan van jan van jan van jan van jan", "jan van", "bsn", "ab"])
}

/// How many tokens a text has, and how often one was looked at.
fn looks(text: &str) -> (usize, usize) {
    let reading = Reading::new(text);
    hits(&reading, &names());
    (reading.len(), reading.steps.get())
}

#[test]
fn ten_times_the_text_takes_ten_times_the_looking() {
    for piece in NASTY {
        let (short, long) = (piece.repeat(200), piece.repeat(2_000));
        let ((_, few), (tokens, many)) = (looks(&short), looks(&long));
        assert!(many <= few * 11, "{piece:?}: {few} for 200, {many} for 2,000");
        assert!(many <= tokens * MOST_LOOKS, "{piece:?}: {many} for {tokens} tokens");
    }
}

#[test]
fn a_house_number_is_found_as_far_away_as_it_may_stand() {
    let found = |text: &str| find(text, &Names::none()).len();
    assert_eq!(found("Wij liepen over de Laan van de den der,-:#/12 naar huis"), 1);
    assert_eq!(found("Wij liepen over de Laan van de den der,-:#/-12 naar huis"), 0);
}

#[test]
fn mixtures_take_no_more() {
    // A fixed sequence that looks random: a linear congruential generator with the constants of Knuth's MMIX.
    let mut state: u64 = 2026;
    let mut pick = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        NASTY[usize::try_from(state >> 40).unwrap_or_default() % NASTY.len()]
    };
    for _ in 0..50 {
        let text: String = (0..500).map(|_| pick()).collect();
        let (tokens, many) = looks(&text);
        assert!(many <= tokens * MOST_LOOKS, "{many} for {tokens} tokens of {text}");
    }
}

#[test]
fn the_surer_then_the_longer_stays() {
    let finding = |kind, certainty, offset, length| Finding { kind, certainty, offset, length };
    let weak = finding(IdentifierKind::Address, Certainty::Weak, 0, 20);
    let strong = finding(IdentifierKind::Bsn, Certainty::Strong, 5, 9);
    let shorter = finding(IdentifierKind::Phone, Certainty::Strong, 8, 4);
    let beside = finding(IdentifierKind::Name, Certainty::Weak, 14, 3);
    let read = |finding: Finding| (finding.length as usize, finding);
    assert_eq!(apart([weak, shorter, beside, strong].map(read).to_vec()), [strong, beside]);
}

#[test]
fn an_unseen_character_does_not_decide_what_stays() {
    let kinds =
        |text: &str| find(text, &Names::none()).into_iter().map(|found| found.kind).collect::<Vec<_>>();
    let text = "bsn:122.121  06-12345678";
    assert_eq!(kinds(text), [IdentifierKind::Bsn]);
    assert_eq!(kinds(&format!("{text}\u{2060}@of")), kinds(&format!("{text}@of")));
    assert_eq!(kinds(&format!("{text}\u{2060} of")), kinds(text));
}

#[test]
fn the_address_of_a_record_is_nobodys() {
    let found = |text: &str| find(text, &Names::default()).len();
    let record = "01a21801-47dc-776e-879c-2686fb12b96f";
    assert_eq!(found(&format!("Zie https://leren.example/v1/observations/{record}.")), 0);
    assert_eq!(found(record), 0);
    assert_eq!(found(&format!("{record}, en zijn BSN is 123456782.")), 1);
    assert_eq!(found("Zie 879c-2686fb12b96f."), 1, "what is in it would be one by itself");
}
