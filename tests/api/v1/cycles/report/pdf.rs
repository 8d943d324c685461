//! The report as a PDF, read back by a parser that is not ours: tagged, numbered, and text whatever people wrote.

use lopdf::{Dictionary, Document, Object, decode_text_string};
use serde_json::json;

use super::faces::lived;
use crate::support::team::Cycle;
use crate::support::{Answer, Client, Part, Request, both};

pub const PDF: &str = "application/pdf";
const HOSTILE: &str = "#read(\"/etc/passwd\") $x^2$ *vet* _schuin_ ] [ } { <script> \\u{41} // @kop -- 😀 漢";

/// What a PDF says, and how it is tagged.
pub struct Printed {
    document: Document,
    /// The text of each page, without its spaces: where words end is for the eye to see.
    pub pages: Vec<String>,
    tags: Vec<Tag>,
}

/// An element of the structure that programs for who cannot see it read.
#[derive(Debug)]
struct Tag {
    kind: String,
    alt: Option<String>,
    /// Of the head of a column or row.
    scope: Option<String>,
}

fn ask(client: &Client, cycle: &Cycle<'_, '_>, language: &str) -> Answer {
    let request = Request::new("GET", cycle.path("report")).header("Accept", PDF);
    client.send(request.header("Accept-Language", language)).expect(200)
}

fn bare(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{200b}').collect()
}

impl Printed {
    pub fn of(answer: &Answer) -> Printed {
        assert_eq!(answer.header("content-type"), Some(PDF));
        let document = Document::load_mem(&answer.bytes).expect("a PDF");
        let pages = document
            .get_pages()
            .keys()
            .map(|page| bare(&document.extract_text(&[*page]).expect("text on each page")))
            .collect();
        let mut printed = Printed { document, pages, tags: Vec::new() };
        let root = printed.of_catalog(b"StructTreeRoot").as_dict().expect("a structure").clone();
        let mut tags = Vec::new();
        printed.walk(&root, &mut tags);
        printed.tags = tags;
        printed
    }

    /// A member of the catalog, followed to what it refers to.
    fn of_catalog(&self, key: &[u8]) -> &Object {
        self.member(self.document.catalog().expect("a catalog"), key)
            .unwrap_or_else(|| panic!("no {} in the catalog", String::from_utf8_lossy(key)))
    }

    fn member<'d>(&'d self, of: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
        of.get(key).ok().map(|object| self.document.dereference(object).expect("no loose ends").1)
    }

    fn text(&self, of: &Dictionary, key: &[u8]) -> Option<String> {
        self.member(of, key).map(|text| decode_text_string(text).expect("a text string"))
    }

    /// The elements below one, in the order of reading.
    fn walk(&self, element: &Dictionary, tags: &mut Vec<Tag>) {
        if let Some(kind) = self.member(element, b"S") {
            let of_table = |attributes: &Object| {
                let attributes = attributes.as_dict().ok()?;
                Some(name(self.member(attributes, b"Scope")?))
            };
            let scope = match self.member(element, b"A") {
                Some(Object::Array(several)) => several
                    .iter()
                    .find_map(|one| of_table(self.document.dereference(one).expect("no loose ends").1)),
                Some(one) => of_table(one),
                None => None,
            };
            tags.push(Tag { kind: name(kind), alt: self.text(element, b"Alt"), scope });
        }
        let children = match self.member(element, b"K") {
            Some(Object::Array(children)) => children.iter().collect(),
            Some(child) => vec![child],
            None => Vec::new(),
        };
        for child in children {
            let child = self.document.dereference(child).expect("no loose ends").1;
            if let Ok(child) = child.as_dict() {
                self.walk(child, tags);
            }
        }
    }

    pub fn count(&self, kind: &str) -> usize {
        self.tags.iter().filter(|tag| tag.kind == kind).count()
    }

    pub fn whole(&self) -> String {
        self.pages.concat()
    }
}

fn name(object: &Object) -> String {
    String::from_utf8_lossy(object.as_name().expect("a name")).into_owned()
}

#[test]
fn it_is_tagged_and_numbered_in_the_language_of_its_reader() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle_with(json!({"learningQuestion": "Hoe doorbreken we eenzaamheid?"}));
        lived(&cycle);
        for (language, tag, page, kind, part) in [
            ("nl", "nl-NL", "pagina", "Rapport van een leercyclus", "Uitkomst bekeken: 1"),
            ("en", "en-GB", "page", "Report of a learning cycle", "Result evaluated: 1"),
        ] {
            let answer = ask(&team.reader(), &cycle, language);
            assert_eq!(answer.header("content-language"), Some(language));
            let printed = Printed::of(&answer);

            let catalog = printed.document.catalog().expect("a catalog");
            assert_eq!(printed.text(catalog, b"Lang").as_deref(), Some(tag));
            let marks = printed.of_catalog(b"MarkInfo").as_dict().expect("a dictionary");
            assert!(matches!(marks.get(b"Marked"), Ok(Object::Boolean(true))));
            let shown = printed.of_catalog(b"ViewerPreferences").as_dict().expect("a dictionary");
            assert!(matches!(shown.get(b"DisplayDocTitle"), Ok(Object::Boolean(true))));
            let metadata = printed.of_catalog(b"Metadata").as_stream().expect("a stream");
            let metadata = metadata.get_plain_content().expect("it can be read");
            let metadata = String::from_utf8(metadata).expect("UTF-8");
            assert!(metadata.contains("<pdfuaid:part>1</pdfuaid:part>"), "{metadata}");
            assert!(metadata.contains(&format!("{kind}: Hoe doorbreken we eenzaamheid?")), "{metadata}");
            printed.of_catalog(b"PageLabels");
            printed.of_catalog(b"Outlines");

            let count = printed.pages.len();
            assert!(count > 1, "it goes on over the page");
            for (at, text) in printed.pages.iter().enumerate() {
                let of = if language == "nl" { "van" } else { "of" };
                assert!(text.contains(&format!("{page}{}{of}{count}", at + 1)), "{text}");
                assert!(text.contains("Hoedoorbrekenweeenzaamheid?"), "{text}");
            }

            // A section has a heading and a table; so have the contents and the notes a heading.
            let tables = printed.count("Table");
            assert!(tables > 5, "{:?}", printed.tags);
            assert_eq!((printed.count("H1"), printed.count("H2")), (1, tables + 2));
            assert_eq!(printed.count("TOCI"), tables);
            let heads = printed.tags.iter().filter(|tag| tag.kind == "TH");
            let scopes: Vec<&str> = heads.filter_map(|head| head.scope.as_deref()).collect();
            assert_eq!(scopes.len(), printed.count("TH"));
            assert!(scopes.contains(&"Column") && scopes.contains(&"Row"));
            let alts: Vec<&str> = printed
                .tags
                .iter()
                .filter(|tag| tag.kind == "Figure")
                .map(|figure| figure.alt.as_deref().expect("words for who cannot see it"))
                .collect();
            assert!(alts.len() > 3 && alts.iter().all(|alt| alt.contains(": ")), "{alts:?}");
            assert!(alts[0].contains(part), "{alts:?}");
        }
    });
}

#[test]
fn its_figures_are_those_of_the_report() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        lived(&cycle);
        let stages = cycle.report()["loop"]["stages"].clone();
        assert_eq!(stages["observed"], 3);
        let text = Printed::of(&ask(&team.reader(), &cycle, "nl")).whole();
        for told in ["Uitkomstbekeken133%", "Samen3100%", "Ditgaatover3observaties"] {
            assert!(text.contains(told), "{told} is not in {text}");
        }
    });
}

#[test]
fn what_people_wrote_is_printed_as_they_wrote_it() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle_with(json!({"learningQuestion": HOSTILE}));
        let answer = ask(&team.reader(), &cycle, "nl");
        let text = Printed::of(&answer).whole();
        // What no font has is a box; all else is there to the letter.
        let printed = bare(HOSTILE).replace('漢', "□");
        assert!(text.contains(&printed), "{printed} is not in {text}");
        let name = answer.header("content-disposition").unwrap_or_default();
        let (plain, readable) = name.split_once("; filename*=UTF-8''").expect("a name that can be read");
        assert_eq!(plain, format!("attachment; filename=\"cycle-{}.pdf\"", cycle.id));
        let words = "Rapport%20van%20een%20leercyclus%20read%20etc%20passwd%20x";
        assert!(readable.starts_with(words) && readable.ends_with(".pdf"), "{readable}");
    });
}

#[test]
fn an_empty_cycle_takes_one_page() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        for (language, page) in [("nl", "pagina1van1"), ("en", "page1of1")] {
            let printed = Printed::of(&ask(&team.reader(), &cycle, language));
            assert_eq!(printed.pages.len(), 1);
            assert!(printed.pages[0].contains(page), "{}", printed.pages[0]);
            assert_eq!(printed.count("Figure"), 0);
        }
    });
}

#[test]
fn a_long_table_has_its_head_on_each_page() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        for _ in 0..90 {
            cycle.observe(json!({}));
        }
        let printed = Printed::of(&ask(&team.reader(), &cycle, "nl"));
        let rows = |text: &str| text.matches("Observatieeenreflectie").count();
        let with_rows: Vec<&String> = printed.pages.iter().filter(|text| rows(text) > 0).collect();
        assert!(with_rows.len() > 1, "it goes on over the page");
        assert!(with_rows.iter().all(|text| text.contains("WachtopSindsHoelangal")), "{with_rows:?}");
        assert_eq!(printed.pages.iter().map(|text| rows(text)).sum::<usize>(), 90);
    });
}

#[test]
fn it_names_no_person() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        lived(&cycle);
        let printed = Printed::of(&ask(&team.coordinator(), &cycle, "nl"));
        let information = printed.document.trailer.get(b"Info").ok();
        let information = information.and_then(|info| printed.document.dereference(info).ok());
        let author = information.and_then(|(_, info)| info.as_dict().ok()?.get(b"Author").ok());
        assert!(author.is_none(), "{author:?}");
        let text = printed.whole();
        for part in [Part::Practitioner, Part::Facilitator] {
            let person = api.person(part);
            let name = bare(
                &api.founder().get(format!("/v1/people/{}", person.id)).expect(200).text_of("displayName"),
            );
            for word in [&person.id, &person.email, &name] {
                assert!(!text.contains(word.as_str()), "{part:?} stands in {text}");
            }
        }
    });
}

#[test]
fn it_is_sent_again_only_when_something_changed() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        cycle.observe(json!({}));
        let first = ask(&team.reader(), &cycle, "nl");
        let tag = first.header("etag").expect("an ETag").to_owned();
        let again = |language: &str| {
            let request = Request::new("GET", cycle.path("report")).header("Accept", PDF);
            request.header("Accept-Language", language).header("If-None-Match", tag.clone())
        };
        let unchanged = team.reader().send(again("nl")).expect(304);
        for name in ["etag", "vary", "content-language"] {
            assert_eq!(unchanged.header(name), first.header(name), "{name}");
        }
        team.reader().send(again("en")).expect(200);
        cycle.observe(json!({}));
        team.reader().send(again("nl")).expect(200);
    });
}
