//! The dossier of a theme, as everyone reads it.

mod feeds;
mod hostile;

use serde_json::{Value, json};

use crate::support::team::{approve, entry, with};
use crate::support::{Answer, Api, Client, Part, Request, both};

pub fn theme(api: &Api, members: Value) -> String {
    api.founder().post("/v1/themes", with(json!({"title": "Eenzaamheid"}), members)).expect(201).id()
}

fn page(theme: &str) -> String {
    format!("/v1/themes/{theme}/dossier")
}

fn get(client: &Client, path: &str, headers: &[(&str, &str)]) -> Answer {
    let plain = Request::new("GET", path);
    client.send(headers.iter().fold(plain, |request, (name, value)| request.header(name, *value)))
}

/// Everything that is public about a theme, as text.
fn all_faces(api: &Api, theme: &str) -> Vec<Answer> {
    let (nobody, page) = (api.anonymous(), page(theme));
    let mut faces = Vec::new();
    for lang in ["nl", "en"] {
        faces.push(nobody.get(format!("{page}?lang={lang}")));
        faces.push(get(&nobody, &format!("{page}?lang={lang}"), &[("Accept", "application/json")]));
        faces.push(nobody.get(format!("{page}/atom?lang={lang}")));
        faces.push(nobody.get(format!("{page}/json-feed?lang={lang}")));
    }
    faces
}

#[test]
fn from_a_text_that_waits_to_one_that_is_gone() {
    both(|api| {
        let team = api.team();
        let theme = theme(api, json!({"locality": "Heumen"}));
        let cycle = team.cycle();
        for face in all_faces(api, &theme) {
            face.refused(404, "not_found");
        }
        let insight = cycle.share("commons");
        let entries = format!("/v1/insights/{insight}/dossier-entries");
        let id = team.facilitator().post(entries, entry(&theme)).expect(201).id();
        for face in all_faces(api, &theme) {
            face.refused(404, "not_found");
        }
        approve(&team.coordinator(), &id);
        for face in all_faces(api, &theme) {
            let text = face.expect(200).text;
            assert!(text.contains(&id) && text.contains("De drempel ligt bij de deur"), "{text}");
            assert!(text.contains("Nijmegen"), "the network's locality: {text}");
        }
        let json = get(&api.anonymous(), &page(&theme), &[("Accept", "application/json")]).expect(200);
        let item = &json.items()[0];
        assert_eq!((&item["observations"], &item["verdicts"]["worked"]), (&Value::Null, &json!(0)));
        assert_eq!(
            item["html"],
            "<p>Wie <strong>buiten</strong> wordt aangesproken, komt vaker binnen.</p>\n"
        );

        let withdrawn = json!({"to": "withdrawn", "reason": "Een reden die niemand hoeft te weten."});
        team.coordinator().post(format!("/v1/insights/{insight}/transitions"), withdrawn).expect(200);
        for face in all_faces(api, &theme) {
            let text = face.expect(200).text;
            assert!(!text.contains("drempel") && !text.contains("niemand hoeft"), "{text}");
        }
        assert!(api.anonymous().get(format!("{}?lang=nl", page(&theme))).text.contains("staat er niets"));
    });
}

#[test]
fn what_stands_behind_a_text_is_told_in_fives() {
    both(|api| {
        let team = api.team();
        let theme = theme(api, json!({}));
        let cycle = team.cycle();
        let seen: Vec<String> = (0..12).map(|_| cycle.observe(json!({}))).collect();
        let all: Vec<&str> = seen.iter().map(String::as_str).collect();
        let tried = cycle.act(&[&cycle.reflect(&all, json!({}))], json!({}));
        let verdicts = ["worked"; 7].into_iter().chain(["partly"; 2]);
        let judged: Vec<String> =
            verdicts.map(|verdict| cycle.evaluate(&tried, json!({"verdict": verdict}))).collect();
        let id = cycle.draft(&[], json!({"evaluationIds": judged}));
        let path = format!("/v1/insights/{id}");
        let shared = |audience: &str| json!({"to": "shared", "audience": audience});
        team.practitioner().post(format!("{path}/transitions"), shared("network")).expect(200);
        team.coordinator().post(format!("{path}/transitions"), shared("commons")).expect(200);
        let id = team.facilitator().post(format!("{path}/dossier-entries"), entry(&theme)).expect(201).id();
        approve(&team.coordinator(), &id);

        let exact = json!({"worked": 7, "partly": 2, "didNotWork": 0});
        let in_fives = json!({"worked": 5, "partly": null, "didNotWork": 0});
        let json = get(&api.anonymous(), &page(&theme), &[("Accept", "application/json")]).expect(200);
        let item = &json.items()[0];
        assert_eq!((&item["observations"], &item["verdicts"]), (&json!(10), &in_fives));
        let words = "minstens 10 waarnemingen · minstens 5\u{a0}×\u{a0}gewerkt \
                     · minder dan 5\u{a0}×\u{a0}deels gewerkt";
        for path in [format!("{}?lang=nl", page(&theme)), format!("{}/atom?lang=nl", page(&theme))] {
            let text = api.anonymous().get(path).expect(200).text.replace("&#160;", "\u{a0}");
            assert!(text.contains(words), "{text}");
        }
        // The insight itself says the same to whoever is no member.
        for (client, observations, verdicts) in
            [(team.reader(), 12, &exact), (team.outsider(), 10, &in_fives)]
        {
            let alone = client.get(&path).expect(200)["provenance"].clone();
            let list = client.get(format!("/v1/insights?networkId={}", team.id)).expect(200);
            for provenance in [&alone, &list.items()[0]["provenance"]] {
                assert_eq!(
                    (&provenance["observations"], &provenance["verdicts"]),
                    (&json!(observations), verdicts)
                );
            }
        }
    });
}

#[test]
fn nothing_public_leads_to_a_person_or_a_source() {
    both(|api| {
        let team = api.team();
        let theme = theme(api, json!({}));
        let cycle = team.cycle_with(json!({"learningQuestion": "Een leervraag van binnen?"}));
        let (_, insight) = cycle.publish(&theme, json!({}));
        let hidden = [
            api.person(Part::Facilitator).id.clone(),
            api.person(Part::Coordinator).id.clone(),
            api.person(Part::Practitioner).id.clone(),
            team.id.clone(),
            cycle.id.clone(),
            insight,
            "leervraag van binnen".to_owned(),
            "Buiten aanspreken helpt".to_owned(),
            "tests.example".to_owned(),
        ];
        for face in all_faces(api, &theme) {
            let text = face.expect(200).text;
            for part in &hidden {
                assert!(!text.contains(part), "{part} in {text}");
            }
        }
    });
}

#[test]
fn a_broader_dossier_gathers_the_narrower_ones() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let broad = theme(api, json!({"title": "Meedoen"}));
        let middle = theme(api, json!({"title": "Eenzaamheid", "broaderThemeId": broad}));
        let narrow = theme(api, json!({"title": "Eenzame ouderen", "broaderThemeId": middle}));
        let (deep, _) = team.cycle().publish(&narrow, json!({}));
        let (high, _) = other.cycle().publish(&broad, json!({}));
        let listed = |theme: &str, query: &str| {
            get(&api.anonymous(), &format!("{}{query}", page(theme)), &[("Accept", "application/json")])
                .expect(200)
        };
        assert_eq!(listed(&broad, "").ids(), [high.clone(), deep.clone()]);
        assert_eq!(listed(&middle, "").ids(), std::slice::from_ref(&deep));
        assert_eq!(listed(&narrow, "").items()[0]["themeTitle"], "Eenzame ouderen");
        let page = api.anonymous().get(format!("{}?lang=nl", page(&broad))).expect(200).text;
        assert!(page.contains("Eenzame ouderen") && page.contains("<h1>Meedoen</h1>"), "{page}");

        let first = listed(&broad, "?limit=1");
        assert_eq!(first.ids(), [high]);
        assert!(first.header("link").is_some_and(|link| link.ends_with("rel=\"next\"")));
        let next = listed(&broad, &format!("?limit=1&cursor={}", first.text_of("nextCursor")));
        assert_eq!((next.ids(), &next["nextCursor"]), (vec![deep], &Value::Null));
        let html = api.anonymous().get(format!("{}?limit=1&lang=nl", self::page(&broad))).expect(200).text;
        assert!(html.contains("<a rel=\"next\" href=\"?limit=1&#38;lang=nl&#38;cursor="), "{html}");
    });
}

#[test]
fn a_theme_is_called_as_it_was_at_the_approval() {
    both(|api| {
        let broad = theme(api, json!({"title": "Samen leven"}));
        let local =
            theme(api, json!({"title": "Eenzaamheid", "broaderThemeId": broad, "locality": "Heumen"}));
        let team = api.team();
        let cycle = team.cycle();
        cycle.publish(&local, json!({}));
        for (theme, title) in [(&broad, "Mevrouw de Wit"), (&local, "Meneer de Zwart")] {
            api.founder().patch(format!("/v1/themes/{theme}"), 1, json!({"title": title})).expect(200);
        }
        for face in all_faces(api, &broad) {
            let text = face.expect(200).text;
            assert!(!text.contains("de Wit") && !text.contains("de Zwart"), "nobody approved of it: {text}");
            assert!(text.contains("Eenzaamheid") && !text.contains("Heumen"), "{text}");
        }
        let title = |lang: &str| {
            api.anonymous().get(format!("{}/json-feed?lang={lang}", page(&broad))).expect(200)["title"]
                .clone()
        };
        assert_eq!(title("nl"), "Dossier: Samen leven");
        // Whoever approves the next entry has read the new titles.
        cycle.publish(&local, json!({}));
        assert_eq!(title("nl"), "Dossier: Mevrouw de Wit");
        let json = get(&api.anonymous(), &page(&broad), &[("Accept", "application/json")]).expect(200);
        let titles: Vec<&Value> = json.items().iter().map(|item| &item["themeTitle"]).collect();
        assert_eq!(titles, ["Meneer de Zwart", "Eenzaamheid"]);
    });
}

#[test]
fn it_is_read_in_dutch_and_in_english() {
    both(|api| {
        let team = api.team();
        let theme = theme(api, json!({}));
        let cycle = team.cycle();
        let (dutch, insight) = cycle.publish(&theme, json!({"title": "Alleen in het Nederlands"}));
        let (both_dutch, both_insight) = cycle.publish(&theme, json!({"title": "Een deur"}));
        let english = with(entry(&theme), json!({"language": "en", "title": "A door"}));
        let entries = format!("/v1/insights/{both_insight}/dossier-entries");
        let both_english = team.facilitator().post(entries, english).expect(201).id();
        approve(&team.coordinator(), &both_english);
        let path = page(&theme);
        let read = |query: &str, header: &str| {
            let answer =
                get(&api.anonymous(), &format!("{path}{query}"), &[("Accept-Language", header)]).expect(200);
            assert_eq!(answer.header("vary"), Some("Accept, Accept-Language"));
            let language = answer.header("content-language").expect("a language").to_owned();
            assert!(answer.text.contains(&format!("<html lang=\"{language}\">")), "{}", answer.text);
            (language, answer.text)
        };
        for (query, header, language) in [
            ("?lang=nl", "en", "nl"),
            ("?lang=en", "nl", "en"),
            ("", "en-GB,en;q=0.9,nl;q=0.8", "en"),
            ("", "de", "nl"),
        ] {
            let (got, text) = read(query, header);
            assert_eq!(got, language, "{query} {header}");
            let (shown, left) =
                if language == "nl" { (&both_dutch, &both_english) } else { (&both_english, &both_dutch) };
            assert!(text.contains(&dutch) && text.contains(shown) && !text.contains(left), "{text}");
            assert!(
                text.contains("<h2>Alleen in het Nederlands</h2>") && text.contains("lang=\"nl\""),
                "{text}"
            );
            let words = if language == "nl" { "Volg dit dossier" } else { "Follow this dossier" };
            assert!(text.contains(words), "{text}");
        }
        api.anonymous().get(format!("{path}?lang=de")).errors(&[("/lang", "not_in_enum")]);
        api.anonymous().get(format!("{path}/atom?lang=de")).errors(&[("/lang", "not_in_enum")]);
        // What was read in one language alone is read in the other when its twin is gone.
        let gone = json!({"to": "withdrawn", "reason": "Slecht vertaald."});
        let path = format!("/v1/dossier-entries/{both_english}/transitions");
        team.coordinator().send(Request::new("POST", path).if_match(2).json(&gone)).expect(200);
        assert!(read("?lang=en", "nl").1.contains(&both_dutch));
        assert!(!insight.is_empty());
    });
}

#[test]
fn the_page_loads_nothing_and_stands_while_nothing_changes() {
    both(|api| {
        let team = api.team();
        let theme = theme(api, json!({}));
        let cycle = team.cycle();
        cycle.publish(&theme, json!({}));
        for path in [page(&theme), format!("{}/atom", page(&theme)), format!("{}/json-feed", page(&theme))] {
            let answer = api.anonymous().get(&path).expect(200);
            let etag = answer.header("etag").expect("a validator").to_owned();
            let same = get(&api.anonymous(), &path, &[("If-None-Match", &etag)]).expect(304);
            assert_eq!((same.text.as_str(), same.header("etag")), ("", Some(etag.as_str())));
            assert_eq!(same.header("vary"), answer.header("vary"));
            get(&api.anonymous(), &path, &[("If-None-Match", &etag), ("Accept-Language", "en")]).expect(200);
        }
        let answer = api.anonymous().get(page(&theme)).expect(200);
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
        let policy = answer.header("content-security-policy").expect("a policy");
        for part in ["default-src 'none'", "style-src 'sha256-", "base-uri 'none'", "frame-ancestors 'none'"]
        {
            assert!(policy.contains(part) && !policy.contains("unsafe"), "{policy}");
        }
        assert!(!answer.text.contains("style=\"") && !answer.text.contains("<script"));
        for alternate in ["application/atom+xml", "application/feed+json"] {
            assert!(answer.text.contains(&format!("<link rel=\"alternate\" type=\"{alternate}\"")));
        }
        let etag = answer.header("etag").expect("a validator").to_owned();
        cycle.publish(&theme, json!({}));
        get(&api.anonymous(), &page(&theme), &[("If-None-Match", &etag)]).expect(200);
        get(&api.anonymous(), &page(&theme), &[("Accept", "text/csv")]).refused(406, "not_acceptable");
        get(&api.anonymous(), &format!("{}/atom", page(&theme)), &[("Accept", "text/csv")])
            .refused(406, "not_acceptable");
    });
}
