//! The feeds, read by parsers that are not ours, and held against what their specifications require.

use feed_rs::model::FeedType;
use feed_rs::parser::parse;
use roxmltree::{Document, Node};
use serde_json::{Value, json};

use super::theme;
use crate::support::team::{approve, entry};
use crate::support::{Request, both, both_alone};

const ATOM: &str = "http://www.w3.org/2005/Atom";
const TOMBSTONES: &str = "http://purl.org/atompub/tombstones/1.0";

fn child<'a, 'i>(node: Node<'a, 'i>, name: &'a str) -> Node<'a, 'i> {
    let mut found = node.children().filter(|child| child.has_tag_name((ATOM, name)));
    let first = found.next().unwrap_or_else(|| panic!("{name} is required"));
    assert!(found.next().is_none(), "{name} stands once");
    first
}

/// RFC 4287, sections 4.1.1, 4.1.2 and 3: what a feed and its entries must have.
pub fn check_atom(text: &str) {
    let document = Document::parse(text).expect("it is well-formed");
    let feed = document.root_element();
    assert!(feed.has_tag_name((ATOM, "feed")));
    let instant = |node: Node| {
        let text = node.text().expect("an instant").to_owned();
        assert!(chrono::DateTime::parse_from_rfc3339(&text).is_ok(), "{text}");
    };
    let links = |node: Node, rel: &str| {
        node.children()
            .filter(|link| {
                link.has_tag_name((ATOM, "link")) && link.attribute("rel").unwrap_or("alternate") == rel
            })
            .map(|link| link.attribute("href").expect("a link leads somewhere").to_owned())
            .collect::<Vec<_>>()
    };
    for node in std::iter::once(feed).chain(feed.children().filter(|node| node.has_tag_name((ATOM, "entry"))))
    {
        assert!(child(node, "id").text().is_some_and(|id| id.starts_with("urn:uuid:")));
        assert!(child(node, "title").text().is_some());
        instant(child(node, "updated"));
        assert_eq!(child(child(node, "author"), "name").children().count(), 1);
        assert!(links(node, "alternate").iter().all(|href| href.starts_with("http://")));
        assert_eq!(links(node, "alternate").len(), 1);
    }
    assert_eq!(links(feed, "self").len(), 1);
    for stone in feed.children().filter(|node| node.has_tag_name((TOMBSTONES, "deleted-entry"))) {
        assert!(stone.attribute("ref").is_some_and(|id| id.starts_with("urn:uuid:")));
        assert!(chrono::DateTime::parse_from_rfc3339(stone.attribute("when").expect("when")).is_ok());
    }
}

fn stones(text: &str) -> Vec<String> {
    let document = Document::parse(text).expect("it is well-formed");
    let stones = document.descendants().filter(|node| node.has_tag_name((TOMBSTONES, "deleted-entry")));
    stones.map(|stone| stone.attribute("ref").expect("which").to_owned()).collect()
}

/// JSON Feed 1.1: what a feed and its items must have, and what an extension is.
fn check_json(feed: &Value) {
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert!(feed["title"].is_string() && feed["items"].is_array());
    for item in feed["items"].as_array().expect("items") {
        assert!(item["id"].is_string() && item["content_html"].is_string());
        for date in ["date_published", "date_modified"] {
            assert!(chrono::DateTime::parse_from_rfc3339(item[date].as_str().expect("a date")).is_ok());
        }
    }
    assert!(feed["_tombstones"]["about"].as_str().is_some_and(|about| about.starts_with("https://")));
}

#[test]
fn both_feeds_say_what_the_page_says() {
    both(|api| {
        let team = api.team();
        let theme = theme(api, json!({}));
        let (id, _) = team.cycle().publish(&theme, json!({"title": "Een deur & een \"drempel\" < stoep"}));
        let page = format!("{}/v1/themes/{theme}/dossier?lang=nl", api.server.base);
        let atom = api.anonymous().get(format!("/v1/themes/{theme}/dossier/atom?lang=nl")).expect(200);
        assert_eq!(atom.media_type(), "application/atom+xml");
        check_atom(&atom.text);
        let json = api.anonymous().get(format!("/v1/themes/{theme}/dossier/json-feed?lang=nl")).expect(200);
        assert_eq!(json.media_type(), "application/feed+json");
        check_json(&json.body);
        assert_eq!((&json["home_page_url"], &json["language"]), (&json!(page), &json!("nl")));
        assert_eq!(
            json["feed_url"],
            format!("{}/v1/themes/{theme}/dossier/json-feed?lang=nl", api.server.base)
        );
        for (text, kind) in [(&atom.text, FeedType::Atom), (&json.text, FeedType::JSON)] {
            let feed = parse(text.as_bytes()).expect("a feed");
            assert_eq!(feed.feed_type, kind);
            assert_eq!(feed.title.expect("a title").content, "Dossier: Eenzaamheid");
            let [entry] = &feed.entries[..] else { panic!("one entry: {text}") };
            assert_eq!(entry.id, format!("urn:uuid:{id}"));
            assert_eq!(entry.title.as_ref().expect("a title").content, "Een deur & een \"drempel\" < stoep");
            assert_eq!(entry.links[0].href, format!("{page}#{id}"));
            assert!(entry.published.is_some());
            let author = entry.authors[0].name.as_deref().unwrap_or_default();
            assert!(author.starts_with("Buurtteam"), "the network is the author");
            let content =
                entry.content.as_ref().and_then(|content| content.body.as_deref()).expect("its text");
            assert!(
                content.contains("<strong>buiten</strong>") && content.contains("minder dan 5 waarnemingen"),
                "{content}"
            );
        }
        let asked = Request::new("GET", format!("/v1/themes/{theme}/dossier/json-feed"))
            .header("Accept", "application/json");
        assert_eq!(api.anonymous().send(asked).expect(200).media_type(), "application/json");
    });
}

#[test]
fn what_was_taken_out_leaves_a_tombstone() {
    both(|api| {
        let team = api.team();
        let theme = theme(api, json!({}));
        let cycle = team.cycle();
        let (kept, _) = cycle.publish(&theme, json!({}));
        let (withdrawn, _) = cycle.publish(&theme, json!({}));
        let (orphaned, insight) = cycle.publish(&theme, json!({}));
        let feed = |kind: &str| {
            api.anonymous().get(format!("/v1/themes/{theme}/dossier/{kind}?lang=nl")).expect(200)
        };
        let before = parse(feed("atom").text.as_bytes()).expect("a feed");
        assert_eq!((before.entries.len(), stones(&feed("atom").text).len()), (3, 0));

        let reason = json!({"to": "withdrawn", "reason": "Een reden voor binnen."});
        let path = format!("/v1/dossier-entries/{withdrawn}/transitions");
        team.facilitator().send(Request::new("POST", path).if_match(2).json(&reason)).expect(200);
        team.coordinator().post(format!("/v1/insights/{insight}/transitions"), reason).expect(200);
        let atom = feed("atom");
        check_atom(&atom.text);
        let after = parse(atom.text.as_bytes()).expect("a feed");
        assert_eq!(
            after.entries.iter().map(|entry| &entry.id).collect::<Vec<_>>(),
            [&format!("urn:uuid:{kept}")]
        );
        let gone = [format!("urn:uuid:{orphaned}"), format!("urn:uuid:{withdrawn}")];
        assert_eq!(stones(&atom.text), gone);
        assert!(after.updated > before.updated && after.id == before.id);
        let json = feed("json-feed");
        check_json(&json.body);
        let deleted = json["_tombstones"]["deleted_entries"].as_array().expect("tombstones");
        assert_eq!(
            deleted.iter().map(|stone| stone["ref"].as_str().expect("which")).collect::<Vec<_>>(),
            gone
        );
        assert!(!atom.text.contains("reden voor binnen") && !json.text.contains("reden voor binnen"));
        // A text that never was public leaves none.
        let insight = cycle.share("commons");
        let entries = format!("/v1/insights/{insight}/dossier-entries");
        let waiting = team.facilitator().post(entries, entry(&theme)).expect(201).id();
        let path = format!("/v1/dossier-entries/{waiting}/transitions");
        let reason = json!({"to": "declined", "reason": "Te herkenbaar."});
        team.coordinator().send(Request::new("POST", path).if_match(1).json(&reason)).expect(200);
        assert!(!feed("atom").text.contains(&waiting) && !feed("json-feed").text.contains(&waiting));
    });
}

#[test]
fn the_last_to_go_leave_the_tombstones() {
    both(|api| {
        let (team, theme) = (api.team(), theme(api, json!({})));
        let (oldest, insight) = team.cycle().publish(&theme, json!({}));
        let withdraw = |id: &str| {
            let path = format!("/v1/dossier-entries/{id}/transitions");
            let body = json!({"to": "withdrawn", "reason": "Achterhaald."});
            team.facilitator().send(Request::new("POST", path).if_match(2).json(&body)).expect(200);
        };
        // As many as a feed remembers, each put forward and gone again while the oldest stands.
        let entries = format!("/v1/insights/{insight}/dossier-entries");
        let mut english = entry(&theme);
        english["language"] = json!("en");
        let mut first_gone = None;
        for _ in 0..200 {
            let id = team.facilitator().post(&entries, english.clone()).expect(201).id();
            approve(&team.coordinator(), &id);
            withdraw(&id);
            first_gone.get_or_insert(id);
        }
        withdraw(&oldest);
        let feed = api.anonymous().get(format!("/v1/themes/{theme}/dossier/atom?lang=nl")).expect(200);
        let stones = stones(&feed.text);
        assert_eq!((stones.len(), &stones[0]), (200, &format!("urn:uuid:{oldest}")));
        assert!(!stones.contains(&format!("urn:uuid:{}", first_gone.expect("one"))));
    });
}

#[test]
fn links_begin_with_the_address_that_was_set() {
    both_alone(&[("PUBLIC_URL", "https://leren.example.org/lus/")], |api| {
        let theme = theme(api, json!({}));
        api.team().cycle().publish(&theme, json!({}));
        let page = format!("https://leren.example.org/lus/v1/themes/{theme}/dossier?lang=nl");
        let json = api.anonymous().get(format!("/v1/themes/{theme}/dossier/json-feed?lang=nl")).expect(200);
        assert_eq!(json["home_page_url"], page);
        for face in ["/atom?lang=nl", "?lang=nl"] {
            let text = api.anonymous().get(format!("/v1/themes/{theme}/dossier{face}")).expect(200).text;
            assert!(text.contains(&page) && !text.contains("127.0.0.1"), "{text}");
        }
    });
}
