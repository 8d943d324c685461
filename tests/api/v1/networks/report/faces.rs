//! The faces of a network's report, as those of a cycle's: in both languages, whole, safe, and only as new as they are.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use serde_json::json;

use crate::support::team::{Cycle, Team, ago, insight};
use crate::support::{Api, Request, both};
use crate::v1::cycles::report::faces::{HOSTILE, XLSX, page, stands_alone, texts, unlabelled};
use crate::v1::cycles::report::tracing::busy;

const DAY: i64 = 86_400;

fn ask(team: &Team<'_>, accept: &str, language: &str, query: &str) -> Request {
    Request::new("GET", team.path(&format!("report{query}")))
        .header("Accept", accept)
        .header("Accept-Language", language)
}

/// The last days, and so there are days before them to look back on.
fn period() -> String {
    format!("?from={}&to={}", &ago(40 * DAY)[..10], &ago(0)[..10])
}

/// An insight with this title, shared with all, and what another network decided about it.
fn travelled(api: &Api, cycle: &Cycle<'_, '_>, title: &str, decision: &str) {
    let seen = cycle.observe(json!({}));
    let thought = cycle.reflect(&[&seen], json!({}));
    let mut draft = insight(&[&thought]);
    draft["title"] = json!(title);
    let coordinator = cycle.team.coordinator();
    let made = coordinator.post(cycle.path("insights"), draft).expect(201).id();
    let share = json!({"to": "shared", "audience": "commons"});
    coordinator.post(format!("/v1/insights/{made}/transitions"), share).expect(200);
    let other = api.team();
    let adoption = json!({"insightId": made, "decision": decision, "reason": "Zo past het hier."});
    other.coordinator().post(other.path("adoptions"), adoption).expect(201);
}

/// A network in which everything that people wrote would break a page.
fn hostile(api: &Api) -> Team<'_> {
    let network = json!({"name": HOSTILE, "kind": "team", "locality": HOSTILE});
    let id = api.founder().post("/v1/networks", network).expect(201).id();
    let team = Team { api, id };
    for (part, role) in crate::support::team::MEMBERS {
        team.join(part, role);
    }
    team
}

#[test]
fn the_page_tells_it_in_the_language_of_its_reader() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        busy(&cycle);
        travelled(api, &cycle, "De drempel ligt bij de deur", "adopted");
        for (language, kind, insights, past) in [
            ("nl", "Rapport van een leernetwerk", "Waar inzichten heen gingen", "Naast het eigen verleden"),
            ("en", "Report of a learning network", "Where insights went", "Beside its own past"),
        ] {
            for query in [String::new(), period()] {
                let answer = team.reader().send(ask(&team, "text/html", language, &query)).expect(200);
                assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
                assert_eq!(answer.header("content-language"), Some(language));
                let policy = answer.header("content-security-policy").unwrap_or_default();
                assert!(policy.contains("default-src 'none'"), "{policy}");
                let page = page(&answer);
                stands_alone(&page);
                assert_eq!(page.root_element().attribute("lang"), Some(language));
                assert!(texts(&page, "p").iter().any(|text| text == kind), "{}", answer.text);
                let headings = texts(&page, "h2");
                assert!(headings.iter().any(|text| text == insights), "{headings:?}");
                assert_eq!(headings.iter().any(|text| text == past), !query.is_empty(), "{headings:?}");
                // Where insights went and how deep the learning went are pictures too.
                for key in ["insights", "depth"] {
                    let section = page
                        .descendants()
                        .find(|node| node.attribute("id") == Some(key))
                        .unwrap_or_else(|| panic!("{key} is told"));
                    for element in ["svg", "table"] {
                        assert!(
                            section.descendants().any(|node| node.has_tag_name(element)),
                            "{key} {element}"
                        );
                    }
                }
                // Its records are no pages, and the app has no screen for them.
                let away = page
                    .descendants()
                    .filter_map(|node| node.attribute("href"))
                    .find(|to| !to.starts_with('#'));
                assert_eq!(away, None);
            }
        }
    });
}

#[test]
fn the_workbook_leads_from_each_row_of_figures_to_its_records() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        busy(&cycle);
        travelled(api, &cycle, "De drempel ligt bij de deur", "adapted");
        let json = team.reader().get(team.path(&format!("report{}", period()))).expect(200);
        for (language, first, perspectives, citizen) in
            [("nl", "Rapport", "Perspectief", "Burger"), ("en", "Report", "Perspective", "Citizen")]
        {
            let answer = team.reader().send(ask(&team, XLSX, language, &period())).expect(200);
            assert_eq!(answer.header("content-type"), Some(XLSX));
            let name = format!("attachment; filename=\"network-{}.xlsx\"", team.id);
            assert_eq!(answer.header("content-disposition"), Some(&*name));
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.bytes)).expect("a workbook");
            assert_eq!(book.sheet_names().first().map(String::as_str), Some(first));
            let sheet = book.worksheet_range(perspectives).expect("a sheet");
            let row = sheet
                .rows()
                .find(|row| row.first() == Some(&Data::String(citizen.to_owned())))
                .expect("what citizens saw");
            assert_eq!(
                row.get(1),
                json["byPerspective"]["citizen"].as_f64().map(Data::Float).as_ref(),
                "{row:?}"
            );
            let to = row.last().map(ToString::to_string).unwrap_or_default();
            let list = json["from"]["/byPerspective/citizen"].as_str().expect("a list");
            assert!(to.starts_with("http") && to.ends_with(list), "{to} is not {list}");
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
                let answer = team.reader().send(ask(&team, accept, language, "")).expect(200);
                assert_eq!(answer.media_type(), accept);
                let vary = answer.header("vary").unwrap_or_default();
                assert!(vary.contains("Accept") && vary.contains("Accept-Language"), "{vary}");
                let tag = answer.header("etag").expect("an ETag").to_owned();
                let again = ask(&team, accept, language, "").header("If-None-Match", tag.clone());
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
            team.reader().send(ask(&team, accept, "nl", "").header("If-None-Match", tag)).expect(200);
        }
    });
}

#[test]
fn a_link_can_ask_for_a_face() {
    both(|api| {
        let team = api.team();
        for (format, media_type) in
            [("json", "application/json"), ("html", "text/html"), ("xlsx", XLSX), ("csv", "text/csv")]
        {
            let path = format!("{}&format={format}", team.path(&format!("report{}", period())));
            let answer = team.reader().send(Request::new("GET", path).header("Accept", "image/png"));
            assert_eq!(answer.expect(200).media_type(), media_type);
        }
        team.reader().get(team.path("report?format=docx")).errors(&[("/format", "not_in_enum")]);
        let wish = Request::new("GET", team.path("report")).header("Accept", "image/png");
        team.reader().send(wish).refused(406, "not_acceptable");
    });
}

#[test]
fn what_people_wrote_is_text_in_every_face() {
    both(|api| {
        let team = hostile(api);
        let cycle = team.cycle_with(json!({"learningQuestion": HOSTILE}));
        travelled(api, &cycle, HOSTILE, "rejected");
        let answer = team.reader().send(ask(&team, "text/html", "nl", &period())).expect(200);
        let page = page(&answer);
        stands_alone(&page);
        assert_eq!(texts(&page, "h1"), [HOSTILE]);
        assert!(texts(&page, "dd").iter().any(|text| text == HOSTILE), "the place");
        assert!(texts(&page, "th").iter().any(|text| text == HOSTILE), "the insight");

        let answer = team.reader().send(ask(&team, XLSX, "nl", &period())).expect(200);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.bytes)).expect("a workbook");
        let (mut told, sheets) = (0, book.sheet_names());
        for name in sheets {
            let formulas = book.worksheet_formula(&name).expect("a sheet");
            assert_eq!(formulas.used_cells().count(), 0, "{name}");
            let sheet = book.worksheet_range(&name).expect("a sheet");
            told +=
                sheet.used_cells().filter(|(.., cell)| **cell == Data::String(HOSTILE.to_owned())).count();
        }
        assert_eq!(told, 3, "the network, its place and the insight");

        let csv = team.reader().send(ask(&team, "text/csv", "nl", &period())).expect(200);
        let mut rows = csv::Reader::from_reader(csv.text.as_bytes());
        let values: Vec<String> = rows.records().map(|row| row.expect("a row")[3].to_owned()).collect();
        let quoted = format!("'{HOSTILE}");
        assert_eq!(values.iter().filter(|value| **value == quoted).count(), 3);
    });
}

#[test]
fn csv_says_what_every_figure_is() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        busy(&cycle);
        travelled(api, &cycle, "De drempel ligt bij de deur", "adopted");
        for language in ["nl", "en"] {
            for query in [String::new(), period()] {
                let answer = team.reader().send(ask(&team, "text/csv", language, &query)).expect(200);
                assert_eq!(unlabelled(&answer), Vec::<String>::new(), "{language}");
            }
        }
    });
}
