//! The picture of an arena, and of its versions.

use serde_json::json;

use crate::support::team::view;
use crate::support::{Answer, Client, Request, both};

fn picture(client: &Client, path: &str, header: (&str, &str)) -> Answer {
    client.send(Request::new("GET", format!("{path}/picture")).header(header.0, header.1))
}

fn texts(picture: &Answer) -> Vec<String> {
    let document = roxmltree::Document::parse(&picture.text).expect("well formed");
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts.filter_map(|node| node.text().map(str::to_owned)).collect()
}

#[test]
fn the_picture_is_svg_in_the_language_that_is_asked_for() {
    both(|api| {
        let team = api.team();
        let path = team.arena(json!({}));
        team.expert().post(format!("{path}/views"), view()).expect(201);
        let dutch = team.reader().get(format!("{path}/picture")).expect(200);
        assert_eq!((dutch.media_type(), dutch.header("content-language")), ("image/svg+xml", Some("nl")));
        assert_eq!(dutch.header("vary"), Some("Accept-Language"));
        let policy = dutch.header("content-security-policy").expect("a policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        let words = texts(&dutch);
        for word in [
            "Koffie op de stoep",
            "Elke dinsdag koffie",
            "De bewoners",
            "betaalt, verzilvert niet",
            "verzilvert, betaalt niet",
            "Verschil van inzicht",
        ] {
            assert!(words.iter().any(|text| text == word), "{word} in {words:?}");
        }
        assert!(
            words
                .iter()
                .any(|text| text.starts_with("(80\u{a0}uur · €\u{a0}4.800,50)")
                    || text.contains("80\u{a0}uur"))
        );
        let english = picture(&team.reader(), &path, ("Accept-Language", "en-GB")).expect(200);
        assert_eq!(english.header("content-language"), Some("en"));
        assert!(texts(&english).iter().any(|text| text == "Who collects"));
        let asked = team.reader().get(format!("{path}/picture?lang=en")).expect(200);
        assert_eq!(asked.text, english.text);
        picture(&team.reader(), &path, ("Accept", "application/json")).refused(406, "not_acceptable");
        team.outsider().get(format!("{path}/picture")).refused(404, "not_found");

        let etag = dutch.header("etag").expect("a validator").to_owned();
        picture(&team.reader(), &path, ("If-None-Match", &etag)).expect(304);
        team.practitioner().patch(&path, 1, json!({"title": "Koffie op het plein"})).expect(200);
        let now = picture(&team.reader(), &path, ("If-None-Match", &etag)).expect(200);
        assert!(texts(&now).iter().any(|text| text == "Koffie op het plein"));
    });
}

#[test]
fn the_picture_of_a_version_shows_what_was_agreed() {
    both(|api| {
        let team = api.team();
        let path = team.arena(json!({}));
        team.facilitator().post(format!("{path}/transitions"), json!({"to": "agreed"})).expect(200);
        let back = json!({"to": "draft", "reason": "Er kwam een partner bij."});
        team.facilitator().post(format!("{path}/transitions"), back).expect(200);
        team.practitioner().patch(&path, 3, json!({"title": "Iets heel anders"})).expect(200);
        let kept = &team.reader().get(format!("{path}/versions")).expect(200).ids()[0];
        let words =
            texts(&team.reader().get(format!("/v1/effect-arena-versions/{kept}/picture")).expect(200));
        assert!(words.iter().any(|text| text == "Koffie op de stoep"), "{words:?}");
        assert!(words.iter().any(|text| text.contains("Afgesproken, versie 1")), "{words:?}");
        assert!(
            texts(&team.reader().get(format!("{path}/picture")).expect(200))
                .iter()
                .any(|text| text.contains("Concept"))
        );
    });
}

#[test]
fn what_is_written_on_a_board_stays_text() {
    both(|api| {
        let team = api.team();
        let nasty = "</text><script>alert(1)</script>&\"'\u{FFFE}";
        let activities = json!([{"key": "koffie", "name": nasty}]);
        let path = team.arena(json!({"title": nasty, "content": {"activities": activities}}));
        let picture = team.reader().get(format!("{path}/picture?lang=en")).expect(200);
        assert!(!picture.text.contains("<script"), "{}", picture.text);
        assert!(texts(&picture).iter().any(|text| text == "</text><script>alert(1)</script>&\"'"));
    });
}
