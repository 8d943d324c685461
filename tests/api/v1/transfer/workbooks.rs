//! Lists as workbooks, read back by a reader that is not ours: cell by cell what the pages show.

use std::io::{Cursor, Read as _};
use std::sync::atomic::{AtomicBool, Ordering};

use calamine::{Data, Reader as _, Xlsx};
use chrono::{DateTime, Timelike as _};
use serde_json::{Value, json};

use super::exports::{WORDS, begun, leaves, observed_often, paged};
use super::{CSV, JSON_LINES, NASTY, XLSX, export};
use crate::support::team::frame_shift;
use crate::support::{Answer, Api, Part, both, eventually, on_each};

/// The rows of the only sheet, the header first, and whether any cell is a formula.
fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<Data>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    assert_eq!(book.sheet_names(), [name]);
    let formulas = book.worksheet_formula(name).expect("the sheet");
    assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()), "no cell is a formula");
    let range = book.worksheet_range(name).expect("the sheet");
    range.rows().map(<[Data]>::to_vec).collect()
}

/// A file of the workbook that is no cell.
fn part(bytes: &[u8], path: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    archive.by_name(path).expect(path).read_to_string(&mut text).expect("XML");
    text
}

/// What a cell is to show of a value.
#[track_caller]
fn compare(name: &str, cell: &Data, value: &Value) {
    let member = name.trim_end_matches(" (Europe/Amsterdam)");
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(entries) if entries.iter().all(Value::is_string) => {
            let entries = entries.iter().filter_map(Value::as_str);
            entries.map(|entry| entry.replace('\\', "\\\\").replace(';', "\\;")).collect::<Vec<_>>().join(";")
        }
        other => other.to_string(),
    };
    match cell {
        Data::DateTime(moment) if name != member => {
            let told = DateTime::parse_from_rfc3339(&text).expect("an instant");
            let there = told.with_timezone(&chrono_tz::Europe::Amsterdam).naive_local();
            // A spreadsheet's moments are shown to the second, and kept to the millisecond.
            let kept = there.with_nanosecond(there.nanosecond() / 1_000_000 * 1_000_000);
            assert_eq!(moment.as_datetime(), kept, "{name}");
        }
        Data::DateTime(moment) => {
            assert_eq!(moment.as_datetime().expect("a day").date().to_string(), text, "{name}");
        }
        Data::Float(number) => assert_eq!(Some(*number), value.as_f64(), "{name}"),
        Data::Bool(truth) => assert_eq!(Some(*truth), value.as_bool(), "{name}"),
        Data::String(cell) => {
            assert!(!value.is_number() && !value.is_boolean(), "{name} is no text");
            assert_eq!(cell, &text, "{name}");
        }
        other => panic!("{name}: {other:?}"),
    }
}

#[track_caller]
fn assert_same(answer: &Answer, list: &str, items: &[Value]) {
    let rows = sheet(&answer.bytes, list);
    assert_eq!(rows.len(), items.len() + 1, "{}", answer.asked);
    for (row, item) in rows[1..].iter().zip(items) {
        let mut members = 0;
        for (name, cell) in rows[0].iter().zip(row).filter(|(_, cell)| **cell != Data::Empty) {
            let name = name.to_string();
            let path = name.trim_end_matches(" (Europe/Amsterdam)");
            let value = path.split('.').fold(item, |value, member| &value[member]);
            compare(&name, cell, value);
            members += 1;
        }
        assert_eq!(members, leaves(item), "no member is left out: {}", answer.asked);
    }
}

#[test]
fn every_cell_is_what_the_pages_show() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let question = cycle.ask(json!({"pseudonymId": team.pseudonym()}));
        // On either side of the hour that comes twice in the autumn, and with a fraction.
        for (at, text) in NASTY.iter().enumerate() {
            let tags: Vec<&str> = [*text].into_iter().filter(|text| text.chars().count() <= 50).collect();
            let month = 1 + at % 12;
            let happened = format!("2024-{month:02}-27T00:59:{at:02}.123456Z");
            cycle.observe(json!({"body": text, "tags": tags, "happenedAt": happened}));
        }
        cycle.observe(json!({"happenedAt": "1899-05-01T00:00:00Z", "body": "_x0041_ & <b>"}));
        let seen = cycle.observe(json!({}));
        let shift = json!({"loopDepth": "double", "frameShift": frame_shift()});
        let reflection = cycle.reflect(&[&seen], shift);
        let action = cycle.act(&[&reflection], json!({"dueOn": "2030-01-01"}));
        cycle.evaluate(&action, json!({}));
        cycle.tell(&question, json!({}));
        for path in [
            team.path("observations"),
            cycle.path("observations"),
            cycle.path("questions"),
            cycle.path("reflections"),
            cycle.path("actions"),
            cycle.path("sessions"),
            format!("/v1/actions/{action}/evaluations"),
            format!("/v1/questions/{question}/returns"),
            team.path("pseudonyms"),
        ] {
            let items = paged(&team.reader(), &path);
            let answer = export(&team.reader(), &path, XLSX).expect(200);
            assert_eq!(answer.header("content-type"), Some(XLSX));
            let list = path.rsplit('/').next().expect("a list");
            assert_same(&answer, list, &items);
            let name = path.trim_start_matches("/v1/").replace('/', "-");
            let disposition = format!("attachment; filename=\"{name}.xlsx\"");
            assert_eq!(answer.header("content-disposition"), Some(disposition.as_str()));
            assert_eq!(answer.header("vary"), Some("Accept"));
            assert_eq!(answer.header("content-length"), Some(answer.bytes.len().to_string().as_str()));
        }
    });
}

#[test]
fn what_looks_like_a_formula_stays_a_text() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        cycle.observe(json!({"body": "=1+1", "tags": ["@buurt"]}));
        cycle.observe(json!({"body": "https://evil.example/"}));
        let answer = export(&team.reader(), &cycle.path("observations"), XLSX).expect(200);
        let rows = sheet(&answer.bytes, "observations");
        let texts =
            |text: &str| rows.iter().flatten().filter(|cell| **cell == Data::String(text.into())).count();
        assert_eq!((texts("=1+1"), texts("@buurt"), texts("https://evil.example/")), (1, 1, 1));
        let xml = part(&answer.bytes, "xl/worksheets/sheet1.xml");
        assert!(!xml.contains("<f>") && !xml.contains("hyperlink"), "{xml}");
        // By this mark it is a text even after somebody has edited it.
        assert!(part(&answer.bytes, "xl/styles.xml").contains("quotePrefix=\"1\""));
    });
}

#[test]
fn the_header_stays_in_view_and_filters() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        for count in [0, 1] {
            let answer = export(&team.reader(), &cycle.path("observations"), XLSX).expect(200);
            let rows = sheet(&answer.bytes, "observations");
            assert_eq!(rows.len(), 1 + count);
            assert!(rows[0].contains(&Data::String("happenedAt (Europe/Amsterdam)".into())), "{rows:?}");
            let xml = part(&answer.bytes, "xl/worksheets/sheet1.xml");
            let xml = roxmltree::Document::parse(&xml).expect("XML");
            let node = |name: &str| {
                xml.descendants()
                    .find(|node| {
                        node.has_tag_name(("http://schemas.openxmlformats.org/spreadsheetml/2006/main", name))
                    })
                    .expect(name)
            };
            assert_eq!(
                (node("pane").attribute("ySplit"), node("pane").attribute("state")),
                (Some("1"), Some("frozen"))
            );
            let filter = node("autoFilter").attribute("ref").expect("a range");
            assert!(filter.starts_with("A1:") && filter.ends_with(&(1 + count).to_string()), "{filter}");
            for column in node("cols").children().filter(roxmltree::Node::is_element) {
                let width: f64 = column.attribute("width").expect("a width").parse().expect("a number");
                assert!((8.0..=61.0).contains(&width), "{width}");
            }
            assert!(part(&answer.bytes, "xl/styles.xml").contains("<b/>"));
            cycle.observe(json!({}));
        }
    });
}

#[test]
fn a_link_names_what_it_wants() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        cycle.observe(json!({"perspective": "citizen"}));
        let reader = team.reader();
        let list = cycle.path("observations");
        for (format, media_type) in
            [("json", "application/json"), ("csv", CSV), ("jsonl", JSON_LINES), ("xlsx", XLSX)]
        {
            let path = format!("{list}?perspective=citizen&format={format}");
            // It wins over the header, even over one that nothing here satisfies.
            for accept in ["*/*", "application/json", "text/csv", "image/png"] {
                assert_eq!(export(&reader, &path, accept).expect(200).media_type(), media_type);
            }
        }
        let both = reader.get(format!("{list}?format=csv&delimiter=semicolon")).expect(200);
        assert!(both.text.starts_with("id;networkId;"));
        let refused = |query: &str, errors: &[(&str, &str)]| {
            reader.get(format!("{list}?{query}")).errors(errors);
        };
        refused("format=doc", &[("/format", "not_in_enum")]);
        refused("format=", &[("/format", "not_in_enum")]);
        refused("format=html", &[("/format", "not_in_enum")]);
        refused(
            "format=doc&perspective=bird",
            &[("/format", "not_in_enum"), ("/perspective", "not_in_enum")],
        );
        refused("format=csv&format=json", &[("/format", "duplicate")]);
        refused("format=xlsx&limit=1", &[("/limit", "inconsistent")]);
        refused("format=xlsx&delimiter=tab", &[("/delimiter", "inconsistent")]);
        export(&reader, &list, "image/png").refused(406, "not_acceptable");
        // Pages go on as they began.
        cycle.observe(json!({"perspective": "citizen"}));
        let first = export(&reader, &format!("{list}?format=json&limit=1"), CSV).expect(200);
        let next = first.header("link").expect("another page").to_owned();
        let second = export(&reader, &next[1..next.find('>').expect("a link")], CSV).expect(200);
        assert_eq!(second.items().len(), 1);
        // The report is chosen alike; a list that comes in one form has no such key.
        let report = cycle.path("report");
        assert_eq!(reader.get(format!("{report}?format=csv")).expect(200).media_type(), CSV);
        assert_eq!(
            export(&reader, &format!("{report}?format=json"), CSV).expect(200).media_type(),
            "application/json"
        );
        reader.get(format!("{report}?format=jsonl")).errors(&[("/format", "not_in_enum")]);
        reader.get(format!("{}?format=json", team.path("members"))).refused(400, "invalid_query");
    });
}

#[test]
fn a_workbook_is_for_whoever_may_read_the_list() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        cycle.reflect(&[&seen], json!({"visibility": "author"}));
        let list = cycle.path("reflections");
        let rows = |part: Part| {
            sheet(&export(&api.client(part), &list, XLSX).expect(200).bytes, "reflections").len() - 1
        };
        assert_eq!((rows(Part::Practitioner), rows(Part::Reader)), (1, 0));
        export(&team.outsider(), &list, XLSX).refused(404, "not_found");
        export(&api.anonymous(), &list, XLSX).refused(401, "unauthenticated");
    });
}

#[test]
fn a_long_list_becomes_a_workbook_and_is_never_held() {
    on_each(|kind| {
        // A server of its own, to see how much memory it takes.
        let api = Api::start(kind, &[]);
        let team = api.team();
        let cycle = team.cycle();
        observed_often(&api, &cycle, 20_000);
        let path = cycle.path("observations");
        let (reader, before) = (team.reader(), api.server.memory());
        let (done, mut most) = (AtomicBool::new(false), before);
        let bytes = std::thread::scope(|scope| {
            let asking = scope.spawn(|| {
                let mut bytes = Vec::new();
                begun(&reader, &path, XLSX).read_to_end(&mut bytes).expect("the whole of it");
                done.store(true, Ordering::Relaxed);
                bytes
            });
            while !done.load(Ordering::Relaxed) && !asking.is_finished() {
                most = most.max(api.server.memory());
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
            asking.join().expect("it is sent")
        });
        let xml = part(&bytes, "xl/worksheets/sheet1.xml");
        assert_eq!(xml.matches(WORDS.trim_end()).count(), 20_000 * 80);
        let (size, taken) = (xml.len() >> 20, (most - before) >> 20);
        assert!(size > 80 && taken < 40, "{kind:?}: {taken} MiB more for {size} MiB");
        eventually("what was sent is gone", || api.server.nameless_files() == 0);

        // A client that goes away leaves nothing either.
        let mut body = begun(&reader, &path, XLSX);
        body.read_exact(&mut [0; 1_000]).expect("it begins");
        drop(body);
        eventually("what was not sent is gone", || api.server.nameless_files() == 0);
    });
}
