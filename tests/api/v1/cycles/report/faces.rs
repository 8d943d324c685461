//! The faces of the report: each in both languages, with what is needed to keep one, and safe with whatever people wrote.

use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xlsx};
use roxmltree::{Document, ParsingOptions};
use serde_json::json;

use super::tracing::busy;
use crate::support::team::{Cycle, ago};
use crate::support::tracing::all;
use crate::support::{Answer, Request, both};

pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
pub const HOSTILE: &str =
    "=1+1</title></svg><script>alert(1)</script>\" onload='x' & <img src=https://else.example/>";

fn ask(cycle: &Cycle<'_, '_>, accept: &str, language: &str) -> Request {
    Request::new("GET", cycle.path("report")).header("Accept", accept).header("Accept-Language", language)
}

/// A cycle with something in each section of its report.
pub(super) fn lived(cycle: &Cycle<'_, '_>) {
    let asked = cycle.ask(json!({}));
    for at in 0..3 {
        let seen = cycle.observe(json!({"questionId": asked, "happenedAt": ago(86_400 * (40 - at))}));
        if at > 0 {
            let thought = cycle.reflect(&[&seen], json!({"happenedAt": ago(86_400 * 20)}));
            let tried = cycle.act(&[&thought], json!({"happenedAt": ago(86_400 * 10)}));
            if at > 1 {
                cycle.evaluate(&tried, json!({}));
            }
        }
    }
}

pub fn page(answer: &Answer) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(&answer.text, options)
        .unwrap_or_else(|error| panic!("{error}\n{}", answer.text))
}

/// Nothing is run, and nothing is loaded from anywhere.
pub fn stands_alone(page: &Document<'_>) {
    for node in page.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        assert!(
            !["script", "img", "link", "iframe", "object", "embed", "form", "use"].contains(&name),
            "{name}"
        );
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(
                !name.starts_with("on") && !["src", "style", "srcset", "poster"].contains(&name),
                "{name}"
            );
            assert!(!value.contains("url(") || value.starts_with("url(#"), "{value}");
        }
    }
}

pub fn texts(page: &Document<'_>, element: &str) -> Vec<String> {
    let of = |node: roxmltree::Node<'_, '_>| {
        node.descendants().filter(|part| part.is_text()).filter_map(|part| part.text()).collect()
    };
    page.descendants().filter(|node| node.has_tag_name(element)).map(of).collect()
}

#[test]
fn the_page_tells_it_in_the_language_of_its_reader() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        lived(&cycle);
        for (language, title, told) in [
            ("nl", "Wat er van de observaties werd", "Dit gaat over 3 observaties"),
            ("en-GB, nl;q=0.5", "What became of the observations", "This is about 3 observations"),
        ] {
            let answer = team.reader().send(ask(&cycle, "text/html", language)).expect(200);
            assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
            assert_eq!(answer.header("content-language"), Some(&language[..2]));
            let vary = answer.header("vary").unwrap_or_default();
            assert!(vary.contains("Accept") && vary.contains("Accept-Language"), "{vary}");
            let policy = answer.header("content-security-policy").unwrap_or_default();
            assert!(
                policy.contains("default-src 'none'") && policy.contains("style-src 'sha256-"),
                "{policy}"
            );
            let page = page(&answer);
            stands_alone(&page);
            assert_eq!(page.root_element().attribute("lang"), Some(&language[..2]));
            let headings = texts(&page, "h2");
            // Behind the one above the contents, the parts of the whole come first.
            assert_eq!(headings.get(1).map(String::as_str), Some(title));
            assert!(texts(&page, "p").iter().any(|text| text.starts_with(told)), "{}", answer.text);
            // Each picture has its name, and a table behind it.
            for figure in page.descendants().filter(|node| node.has_tag_name("figure")) {
                let names: Vec<&str> =
                    figure.descendants().filter_map(|node| node.attribute("aria-labelledby")).collect();
                assert_eq!(names.len(), 1);
                let section =
                    figure.ancestors().find(|node| node.has_tag_name("section")).expect("a section");
                assert!(section.descendants().any(|node| node.has_tag_name("table")));
            }
        }
    });
}

/// The rows of CSV that do not say what they are, but for those that only programs read.
pub fn unlabelled(answer: &Answer) -> Vec<String> {
    let for_programs = |measure: &str| {
        measure.ends_with("Id")
            || ["id", "kind", "unit", "atClosing", "from", "to", "type"].contains(&measure)
    };
    let mut rows = csv::Reader::from_reader(answer.text.as_bytes());
    let rows = rows.records().map(|row| row.expect("a row"));
    let found = rows.filter(|row| row[4].is_empty() && !for_programs(&row[2]) && &row[0] != "cycle.themeIds");
    found.map(|row| format!("{} {} {}", &row[0], &row[2], &row[3])).collect()
}

#[test]
fn a_page_leads_to_the_screens_of_the_app_and_to_nothing_that_would_refuse_a_browser() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let asked = cycle.ask(json!({}));
        let seen = cycle.observe(json!({"questionId": asked}));
        let tried = cycle.act(&[&cycle.reflect(&[&seen], json!({}))], json!({}));
        let answer = team.reader().send(ask(&cycle, "text/html", "nl")).expect(200);
        let page = page(&answer);
        let mut to: Vec<&str> = page
            .descendants()
            .filter(|node| node.has_tag_name("a"))
            .filter_map(|node| node.attribute("href"))
            .filter(|to| !to.starts_with('#'))
            .map(|to| {
                to.split_once("/app/#/").map_or(to, |(base, screen)| {
                    assert!(base.starts_with("http"), "{to}");
                    screen
                })
            })
            .collect();
        to.sort_unstable();
        let cycle = format!("cycles/{}", cycle.id);
        let screens =
            [cycle.clone(), format!("{cycle}/actions/{tried}"), format!("{cycle}/questions/{asked}")];
        assert_eq!(to, screens);
    });
}

#[test]
fn the_workbook_leads_from_each_row_of_figures_to_its_records() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        busy(&cycle);
        for at in ["", "&at=closing"] {
            if !at.is_empty() {
                cycle.close();
            }
            let report = cycle.report();
            let lists: Vec<&str> = report["from"]
                .as_object()
                .expect("lists")
                .values()
                .filter_map(|list| list.as_str())
                .collect();
            let answer = team.reader().send(ask(&cycle, XLSX, "nl")).expect(200);
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.bytes)).expect("a workbook");
            let mut followed = 0;
            for name in book.sheet_names() {
                let sheet = book.worksheet_range(&name).expect("a sheet");
                let head = sheet
                    .rows()
                    .position(|row| row.last() == Some(&Data::String("Waar de gegevens staan".into())));
                let Some(head) = head else { continue };
                for row in sheet.rows().skip(head + 1) {
                    let to = row.last().map(ToString::to_string).unwrap_or_default();
                    let Some((base, path)) = to.split_once("/v1/") else {
                        assert_eq!(row[0], Data::String("Samen".to_owned()), "{name} {row:?}");
                        continue;
                    };
                    assert!(base.starts_with("http"), "{to}");
                    let path = format!("/v1/{path}");
                    followed += 1;
                    if !["Nog open", "Door de tijd"].contains(&name.as_str()) {
                        assert!(lists.contains(&&*path), "{name} {path}");
                        assert_eq!(path.contains("&at=closing"), !at.is_empty() && name != "Na het afronden");
                    } else if name == "Door de tijd" {
                        let counted = all(&team.reader(), &path).len();
                        assert_eq!(row[row.len() - 2], Data::Float(counted as f64), "{path}");
                    }
                }
            }
            assert!(followed > 40, "{followed}");
        }
    });
}

#[test]
fn an_empty_cycle_has_a_page_and_a_workbook_too() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let answer = team.reader().send(ask(&cycle, "text/html", "nl")).expect(200);
        let page = page(&answer);
        stands_alone(&page);
        assert!(texts(&page, "svg").is_empty());
        team.reader().send(ask(&cycle, XLSX, "nl")).expect(200);
    });
}

#[test]
fn the_workbook_has_numbers_and_days_and_a_sheet_a_section() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle_with(json!({"learningQuestion": HOSTILE}));
        lived(&cycle);
        for (language, first, parts, part) in [
            ("nl", "Rapport", "Observaties", "Uitkomst bekeken"),
            ("en", "Report", "Observations", "Result evaluated"),
        ] {
            let answer = team.reader().send(ask(&cycle, XLSX, language)).expect(200);
            assert_eq!(answer.header("content-type"), Some(XLSX));
            let name = format!("attachment; filename=\"cycle-{}.xlsx\"", cycle.id);
            assert_eq!(answer.header("content-disposition"), Some(&*name));
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.bytes)).expect("a workbook");
            let sheets = book.sheet_names();
            assert_eq!((sheets[0].as_str(), sheets[1].as_str()), (first, parts));
            assert!(sheets.iter().all(|name| name.chars().count() <= 31), "{sheets:?}");

            let front = book.worksheet_range(first).expect("a sheet");
            assert_eq!(
                front.get_value((1, 0)),
                Some(&Data::String(HOSTILE.to_owned())),
                "text is no formula"
            );
            assert!(front.used_cells().any(|(_, _, cell)| cell.is_datetime()), "days are days");

            let of_parts = book.worksheet_range(parts).expect("a sheet");
            let row = of_parts
                .rows()
                .find(|row| row[0] == Data::String(part.to_owned()))
                .expect("the part that was evaluated");
            assert_eq!(row[1], Data::Float(1.0));
            assert!(matches!(row[2], Data::Float(share) if (share - 1.0 / 3.0).abs() < 1e-9), "{row:?}");
            for name in sheets {
                let formulas = book.worksheet_formula(&name).expect("a sheet");
                assert_eq!(formulas.used_cells().count(), 0, "{name}");
            }
        }
    });
}

#[test]
fn each_face_and_language_has_its_own_validator() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        cycle.observe(json!({}));
        let mut seen = Vec::new();
        for accept in ["application/json", "text/csv", "text/html", XLSX] {
            for language in ["nl", "en"] {
                let answer = team.reader().send(ask(&cycle, accept, language)).expect(200);
                let tag = answer.header("etag").expect("an ETag").to_owned();
                assert!(tag.starts_with("W/\""), "{tag}");
                let again = ask(&cycle, accept, language).header("If-None-Match", tag.clone());
                let unchanged = team.reader().send(again).expect(304);
                for name in ["etag", "vary", "content-language"] {
                    assert_eq!(unchanged.header(name), answer.header(name), "{name} of {accept}");
                }
                // JSON speaks no language.
                if accept != "application/json" || language == "nl" {
                    assert!(!seen.contains(&tag), "{tag} of {accept} stands for two");
                    seen.push(tag);
                }
            }
        }
        cycle.observe(json!({}));
        for (accept, tag) in [("text/html", &seen[3]), (XLSX, &seen[5])] {
            team.reader().send(ask(&cycle, accept, "nl").header("If-None-Match", tag)).expect(200);
        }
    });
}

#[test]
fn what_people_wrote_is_text_in_every_face() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle_with(json!({"learningQuestion": HOSTILE}));
        lived(&cycle);
        let answer = team.reader().send(ask(&cycle, "text/html", "nl")).expect(200);
        let page = page(&answer);
        stands_alone(&page);
        assert_eq!(texts(&page, "h1"), [HOSTILE]);
        let csv = team.reader().send(ask(&cycle, "text/csv", "nl")).expect(200);
        assert!(csv.text.contains("cycle,,learningQuestion,\"'=1+1"), "{}", csv.text);
    });
}

#[test]
fn csv_says_what_every_figure_is() {
    both(|api| {
        let team = api.team();
        let first = team.cycle();
        busy(&first);
        first.close();
        let cycle = team.cycle_with(json!({"previousCycleId": first.id}));
        busy(&cycle);
        let insight = cycle.share("commons");
        let other = api.team();
        let adoption = json!({"insightId": insight, "decision": "adapted"});
        other.coordinator().post(other.path("adoptions"), adoption).expect(201);
        for language in ["nl", "en"] {
            // Of the first it tells what is now, what was at the closing, and what came since.
            for cycle in [&first, &cycle] {
                let answer = team.reader().send(ask(cycle, "text/csv", language)).expect(200);
                assert_eq!(unlabelled(&answer), Vec::<String>::new(), "{language}");
            }
        }
    });
}

#[test]
fn csv_says_it_in_the_language_of_its_reader() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        cycle.observe(json!({}));
        for (language, label) in [("nl", "Open, korter dan 30 dagen"), ("en", "Open, under 30 days")] {
            let answer = team.reader().send(ask(&cycle, "text/csv", language)).expect(200);
            assert_eq!(answer.header("content-language"), Some(language));
            let mut rows = csv::Reader::from_reader(answer.text.as_bytes());
            let head = rows.headers().expect("a head");
            assert_eq!(head.iter().collect::<Vec<_>>(), ["section", "item", "measure", "value", "label"]);
            let found = rows.records().filter_map(Result::ok).find(|row| &row[2] == "openUnder30Days");
            assert_eq!(
                found.map(|row| (row[3].to_owned(), row[4].to_owned())),
                Some(("1".into(), label.into()))
            );
        }
    });
}
