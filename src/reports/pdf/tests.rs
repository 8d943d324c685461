use super::*;
use crate::clock::Instant;
use crate::people::types::Locale;
use crate::reports::document::{Cell, Fact, Kind, Section, Table};

/// A document with this title, also in every other place where people's words may come.
fn of(title: &str) -> Document {
    let mut table = Table::new(title, [(title.to_owned(), Kind::Text), ("Aantal".to_owned(), Kind::Count)]);
    table.row([Cell::text(title), Cell::Count(7)]);
    Document {
        language: Locale::Nl,
        kind: "Rapport van een leercyclus".to_owned(),
        title: title.to_owned(),
        from: "/v1/cycles/1".to_owned(),
        about: vec![Fact { label: title.to_owned(), value: Cell::text(title) }],
        made_at: Instant::from_micros(1_772_532_000_000_000).expect("an instant"),
        sections: vec![Section {
            key: "words",
            title: title.to_owned(),
            short_title: "Woorden".to_owned(),
            explanation: vec![title.to_owned()],
            chart: None,
            table,
        }],
        notes: vec![title.to_owned()],
    }
}

#[test]
fn the_same_document_makes_the_same_bytes() {
    let once = print_now(&of("Hoe gaat het?")).expect("a PDF");
    assert!(once.starts_with(b"%PDF-1.7"));
    assert!(once == print_now(&of("Hoe gaat het?")).expect("a PDF"));
}

#[test]
fn whatever_people_write_is_printed_and_keeps_to_the_standard() {
    let titles = [
        "#read(\"/etc/passwd\") #import \"@preview/x:1.0.0\" $x^2$ *vet* _schuin_ `code` ] [ } { <b> @label \\ // -- ~",
        "😀 👩‍👩‍👧 🇳🇱 ❤️ 漢字 हिन्दी العربية עברית \u{e000} \u{10ffff} \u{0} \u{feff}",
        "Z\u{334}\u{35e}a\u{489}l\u{336}g\u{360}o\u{301}\u{302}\u{303}\u{304} क्ष\u{200d}",
        "\u{200d}\u{fe0f}",
        "?",
    ];
    let untitled = Document { title: "\u{1}".to_owned(), ..of("?") };
    for document in titles.map(of).iter().chain([&untitled]) {
        let title = &document.title;
        let pdf = print_now(document).unwrap_or_else(|error| panic!("{title}: {error}"));
        let claims = pdf.windows(14).any(|bytes| bytes == b"pdfuaid:part>1");
        assert!(claims, "{title} costs the standard");
    }
    let long = ["a".repeat(3_000), "Hoe doorbreken we samen eenzaamheid? ".repeat(200)];
    for title in long {
        print_now(&of(&title)).expect("a PDF");
    }
}

#[tokio::test]
async fn a_third_one_waits_and_is_asked_to_come_again() {
    let (first, _second) = (turn(PATIENCE).await.expect("free"), turn(PATIENCE).await.expect("free"));
    assert!(matches!(turn(Duration::from_millis(1)).await, Err(Error::Busy(_))));
    drop(first);
    drop(turn(PATIENCE).await.expect("free again"));
}
