//! The forms that each identifier takes, also where somebody hides one, and what only looks like it.

use crate::sentences::names;
use feedbacklus::identifiers::{Certainty, IdentifierKind, Names, find};

/// What is found, as `kind certainty text`.
fn found(text: &str, names: &Names) -> Vec<String> {
    let scalars: Vec<char> = text.chars().collect();
    let findings = find(text, names).into_iter().map(|finding| {
        let value: String = scalars[finding.offset as usize..finding.end() as usize].iter().collect();
        let (kind, certainty): (&str, &str) = (finding.kind.into(), finding.certainty.into());
        format!("{kind} {certainty} {value}")
    });
    findings.collect()
}

/// All of the text between `|` is one finding, and there is no other.
#[track_caller]
fn is(kind: IdentifierKind, certainty: Certainty, texts: &[&str]) {
    for marked in texts {
        let value = marked.split('|').nth(1).expect("a marked part");
        let (kind, certainty): (&str, &str) = (kind.into(), certainty.into());
        assert_eq!(
            found(&marked.replace('|', ""), &names()),
            [format!("{kind} {certainty} {value}")],
            "{marked}"
        );
    }
}

#[track_caller]
fn nothing(texts: &[&str]) {
    for text in texts {
        assert_eq!(found(text, &names()), [""; 0], "{text}");
    }
}

use Certainty::{Strong, Weak};
use IdentifierKind::{Address, BirthDate, Bsn, Email, Iban, Name, Phone};

#[test]
fn citizen_service_numbers() {
    is(
        Bsn,
        Strong,
        &[
            "bsn:|999903627|;adres onbekend",
            "Burger-service-nummer |999903627|",
            "b.s.n. |9999.03.627|",
            "|999903627| is bekend bij de politie",
            "|999-903-627|",
            "bsn |9 9 9 9 0 3 6 2 7|",
            "bsn |9\u{200B}9\u{200D}9\u{FEFF}9\u{AD}03627|",
            "bsn |９９９９０３６２７|",
            "bsn |९९९९०३६२७|",
            "bsn |𝟗𝟗𝟗𝟗𝟎𝟑𝟔𝟐𝟕|",
            "bsn |9999\u{2007}03\u{2007}627|",
            "bsn |9999·03·627|",
            "ＢＳＮ |999903627|",
            "b\u{200B}s\u{200B}n kamer 12: |999903627|",
            "BSN:\n|999903627|",
        ],
    );
    is(
        Bsn,
        Weak,
        &[
            "|999.903.627|",
            "bsn |999903628|",
            "V-|999903627|",
            "patiëntnummer |999903627|",
            "voorbeeld.example/|999903627|",
        ],
    );
    nothing(&[
        "Kamer 999903627",
        "€999903627",
        "999903627,-",
        "999903627 euro",
        "999.903.627,50",
        "999903628",
        "10.99.99.03.627",
        "BSN staat niet in de map. Ordernummer 999903627.",
        "x999903627",
        "0999903627",
        "bsn ________ nog vragen",
    ]);
}

#[test]
fn accounts() {
    is(
        Iban,
        Strong,
        &[
            "iban|NL66BEDA0123456789|",
            "|NL66 BEDA 0123 4567 89|, zei hij",
            "NL 12 bij |nl66beda0123456789|",
            "|NL66\u{A0}BEDA\u{A0}0123\u{A0}4567\u{A0}89|",
            "|N\u{200B}L66BEDA0123456789|",
            "|NL66ВEDA0123456789|",
            "(|NL66.BEDA.0123.4567.89|)",
        ],
    );
    is(Iban, Weak, &["|NL67 BEDA 0123 4567 89|"]);
    nothing(&["NL66BEDA01234567890", "NL66 BEDA 0123", "in 20 minuten", "DE 12 cursisten"]);
}

#[test]
fn mail_addresses() {
    is(
        Email,
        Strong,
        &[
            "<|jan.de.boer@voorbeeld.example|>",
            "http://|jan@voorbeeld.example|/pad",
            "|jan[at]voorbeeld[dot]com|",
            "|jan_AT_voorbeeld.example|",
            "|jan at voorbeeld dot com|",
            "|jan@voorbeeld . nl|",
            "|jan\u{200B}@voorbeeld.example|",
            "|jan＠voorbeeld．example|",
            "|josé@cafe\u{301}.example|.",
        ],
    );
    is(Email, Weak, &["|jan @voorbeeld.nl|", "|info@voorbeeld.example|"]);
    nothing(&["@jan", "a@b", "3 @ 2,50", "hij at soep", "hij at punt nl en ging", "koken@home"]);
}

#[test]
fn telephone_numbers() {
    is(
        Phone,
        Strong,
        &[
            "tel:|0600000012|",
            "Tel.nr.: |06 - 00 00 00 12|",
            "|06-0000 0012|",
            "|0600 000 012|",
            "|06 000 00 012|",
            "|(06)00000012|",
            "|+31600000012|",
            "|+31 0600000012|",
            "|0031-6-00000012|",
            "|00 31 6 00000012|",
            "|31-6-00000012|",
            "|+31 (0) 6 00 00 00 12|",
            "Mijn |06: 00000012|",
            "mobiel |600000012|",
            "|06\u{2011}00000012|",
            "|06\u{200B}00000012|",
            "|０６００００００１２|",
            "|024 0123456|",
            "|024/0123456|",
            "|(0251) 01 23 45|",
            "|+31 24 012 34 56|",
            "|0031240123456|",
            "|+44 7700 900123|",
            "|084-0123456|",
        ],
    );
    is(Phone, Weak, &["|088-0123456|", "tel. |321 45 67|", "zaaknummer |0600000012|"]);
    nothing(&[
        "0900-1234567",
        "0800 1234",
        "112 of 14 024",
        "op 06-02-2026 10 uur",
        "om 06:12 en 07:34",
        "ordernummer 0240123456",
        "van 2024-2025, 06 keer",
        "+31 punten",
        "01 02 03 04 05",
        "0600000012,50",
        "€ 0600000012",
    ]);
}

#[test]
fn houses() {
    is(
        Address,
        Strong,
        &[
            "|6599 ZX 12|",
            "|6599ZX nr. 12a|, boven",
            "|6599zx-12|",
            "|Verzonnenstraat 12, 6599 ZX| Nijmegen",
            "|Verzonnenstraat 12-3\n6599 ZX|",
            "Achter de Verzonnenkerk |12, 6599 ZX|",
            "|6599 ZX Nijmegen, Verzonnenstraat 12|",
            "|6599\u{A0}ZX\u{A0}12|",
            "|６５９９ＺＸ１２|",
        ],
    );
    is(
        Address,
        Weak,
        &[
            "|6599 ZX|",
            "|verzonnenstraat 12|",
            "|Verzonnenstraat 1-A|",
            "|St. Verzonnenstraat 12 bis|",
            "|Grote Markt 3|",
            "|Plein 1944 nr 12|",
            "|Laan van Nergens 12|",
            "Postbus 12, |6599 ZX|",
            "postcode |6599 zx|",
        ],
    );
    nothing(&[
        "6599",
        "6599 SS 12",
        "0599 ZX 12",
        "in 2024 op 12 plekken",
        "2000 EU",
        "1500 km",
        "Verzonnenstraat",
        "Verzonnenstraat 12 keer",
        "snelweg 73",
        "onderweg 2",
        "kenmerk 6599ZX12 3",
        "Plein 1944",
        "ontslaan 3 mensen",
    ]);
}

#[test]
fn dates_of_birth() {
    is(
        BirthDate,
        Strong,
        &[
            "geb. |1 jan. 1980|",
            "geboren d.d. |01.02.1980|",
            "Geb.datum: |01/02/80|",
            "geboren te Nijmegen, |12 maart 1985|",
            "geb |1985-03-12|",
            "|12-3-1985| (geboortedatum)",
            "geboren |12\u{2013}03\u{2013}1985|",
            "ge\u{200B}boren |12-03-1985|",
            "geboortedatum\n|12031985|",
            "jarig: |3e mei '61|",
        ],
    );
    is(BirthDate, Weak, &["verjaardag |12/3|"]);
    nothing(&[
        "(12-03-1985)",
        "Ze was jarig. Op 12-03-2025 vergaderden we.",
        "geboren in 1985",
        "geb. 31-02-1980 1",
        "12 maart 1985",
        "op 12-03-2025 om 10.15 uur",
    ]);
}

#[test]
fn names_of_the_list() {
    is(
        Name,
        Strong,
        &[
            "|fatima|",
            "|Fatima|'s tas",
            "|Fatima|\u{2019}s tas",
            "|Fatima|-project",
            "|F\u{200B}átima|",
            "|ＦＡＴＩＭＡ|",
            "|Mehmet\nYildiz| en",
            "|MEHMET  YILDIZ|",
            "|Zoe\u{308}| komt",
            "met |In ’t Veld|",
            "de tas van |Wil|",
            "Mevr. |Roos| belde",
            "|Youssef|s broer",
        ],
    );
    is(Name, Weak, &["|Wil| komt", "Ja. |Roos| ook", "NU |WIL| HIJ", "|youssef|s broer"]);
    nothing(&["fatimakerk", "ik wil", "een roos", "Veld", "de groot", "Anneke"]);
    assert_eq!(found("Fatima en Jan", &Names::none()), [""; 0], "no list");
    assert_eq!(found("a de 12 x", &Names::new(["a", "de", "12", "", "van de"])), [""; 0], "what is no name");
}
