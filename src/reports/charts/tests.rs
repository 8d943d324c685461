//! Every chart with what it may be given: nothing, one, very many, long labels and hostile ones.

use super::*;
use crate::reports::document::{Dots, Groups, Part, Series, Span, Step, Tone};

const HOSTILE: &str = "</text></svg><script>alert(1)</script>\" onload='x' & \u{1}\u{ffff}]]>";

fn drawings(label: &str, counts: &[u64]) -> Vec<Drawing> {
    let tone = |at: usize| Tone::ALL[at % Tone::ALL.len()];
    let labels: Vec<String> = counts.iter().map(|_| label.to_owned()).collect();
    let series = |at: usize| Series { label: label.to_owned(), tone: tone(at), counts: counts.to_vec() };
    let groups = Groups { labels, series: (0..counts.len().min(5)).map(series).collect() };
    let parts = counts.iter().enumerate().map(|(at, count)| Part {
        label: label.to_owned(),
        count: *count,
        tone: tone(at),
    });
    let mut falling = counts.to_vec();
    falling.sort_unstable_by(|one, other| other.cmp(one));
    let steps = falling.iter().map(|count| Step {
        label: label.to_owned(),
        count: *count,
        leak: Some(label.to_owned()),
    });
    let spans = counts.iter().map(|count| Span {
        label: label.to_owned(),
        median: Some(*count as f64),
        p90: (*count > 1).then_some(*count as f64 * 2.5),
        note: label.to_owned(),
    });
    let each = counts.iter().fold(0, |sum: u64, count| sum.saturating_add(*count)).div_ceil(200).max(1);
    let dots = Dots { rows: parts.clone().collect(), each, note: label.to_owned() };
    vec![
        Drawing::Dots(dots),
        Drawing::Stacks(groups.clone()),
        Drawing::Parts(parts.collect()),
        Drawing::Funnel(steps.collect()),
        Drawing::Spans(spans.collect()),
        Drawing::Columns(groups.clone()),
        Drawing::Bars(groups),
    ]
}

/// Draws all, in every dress, and looks at what holds for each.
fn drawn(label: &str, counts: &[u64]) -> Vec<String> {
    let mut all = Vec::new();
    for drawing in drawings(label, counts) {
        for dress in [Dress::Page, Dress::Own(&Palette::PRINT)] {
            let chart =
                Chart { title: label.to_owned(), description: label.to_owned(), drawing: drawing.clone() };
            let svg = draw("it", &chart, Locale::Nl, dress);
            sound(&svg, matches!(dress, Dress::Own(_)));
            all.push(svg);
        }
    }
    all
}

fn sound(svg: &str, stands_alone: bool) {
    let tree = roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{error}\n{svg}"));
    let root = tree.root_element();
    assert_eq!((root.tag_name().name(), root.attribute("role")), ("svg", Some("img")));
    let ids: Vec<&str> = tree.descendants().filter_map(|node| node.attribute("id")).collect();
    assert!(ids.contains(&"it-title") && ids.contains(&"it-desc"), "{svg}");
    assert!(ids.iter().all(|id| ids.iter().filter(|other| *other == id).count() == 1), "an id stands twice");
    for node in tree.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        assert!(
            ["svg", "title", "desc", "pattern", "rect", "circle", "path", "text"].contains(&name),
            "{name} in {svg}"
        );
        assert!(!(stands_alone && node.has_attribute("class")), "it has no style sheet: {svg}");
        for attribute in node.attributes() {
            assert!(!attribute.name().starts_with("on"), "{svg}");
            assert!(!attribute.value().contains("NaN") && !attribute.value().contains("inf"), "{svg}");
            if let Some(reference) = attribute.value().strip_prefix("url(#") {
                assert!(ids.contains(&reference.trim_end_matches(')')), "{reference} is nowhere in {svg}");
            }
        }
        // Nothing lies beside the picture.
        if name == "rect" {
            let of =
                |name: &str| node.attribute(name).and_then(|text| text.parse::<f64>().ok()).unwrap_or(-1.0);
            assert!(of("x") >= 0.0 && of("x") + of("width") <= 360.5, "{svg}");
            let height: f64 = root
                .attribute("viewBox")
                .and_then(|box_| box_.rsplit(' ').next()?.parse().ok())
                .unwrap_or(0.0);
            assert!(of("y") >= 0.0 && of("y") + of("height") <= height + 8.0, "{height} {svg}");
        }
    }
}

#[test]
fn nothing_is_a_picture_too() {
    drawn("Niets", &[]);
    drawn("Nul", &[0]);
    drawn("Nul", &[0, 0, 0]);
}

#[test]
fn one_and_very_many() {
    for counts in [&[1][..], &[u64::MAX / 8, 1, 0], &[1; 60], &[1_000_000, 999_999, 3, 2, 1]] {
        drawn("Een gewoon label", counts);
    }
}

#[test]
fn long_labels_take_lines_of_their_own() {
    let long = "Mensen die al jaren voor een ander zorgen en dat zelf geen mantelzorg noemen ".repeat(4);
    for svg in drawn(&long, &[12, 7, 3]) {
        let tree = roxmltree::Document::parse(&svg).expect("a document");
        let texts =
            tree.descendants().filter(|node| node.tag_name().name() == "text").filter_map(|node| node.text());
        let longest = texts.map(str::len).max();
        assert!(longest.is_some_and(|length| length <= 64), "{svg}");
    }
    drawn(&"Meervoudigepersoonlijkheidsproblematiek".repeat(9), &[2, 1]);
}

#[test]
fn what_people_wrote_stays_text() {
    for svg in drawn(HOSTILE, &[5, 4]) {
        assert!(!svg.contains("<script") && !svg.contains('\u{1}'), "{svg}");
    }
}

#[test]
fn every_part_of_a_whole_can_be_seen_and_is_told() {
    let parts =
        [1_000_000, 1, 0].map(|count| Part { label: format!("Deel {count}"), count, tone: Tone::Second });
    let chart =
        Chart { title: "Delen".into(), description: "Delen.".into(), drawing: Drawing::Parts(parts.into()) };
    let svg = draw("it", &chart, Locale::Nl, Dress::Page);
    assert!(
        svg.contains("1.000.000 · 99,9%") && svg.contains(">1 · 0,1%<") && svg.contains(">0 · 0%<"),
        "{svg}"
    );
    let chart = Chart { title: "Parts".into(), ..chart };
    assert!(draw("it", &chart, Locale::En, Dress::Page).contains("1,000,000 · 99.9%"));
}
