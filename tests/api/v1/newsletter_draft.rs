//! The newsletter draft: what was published in a period.

use serde_json::json;

use crate::support::stored::copy;
use crate::support::team::ago;
use crate::support::{Api, Request, both};

fn theme(api: &Api, title: &str, broader: Option<&str>) -> String {
    let body = match broader {
        Some(broader) => json!({"title": title, "broaderThemeId": broader}),
        None => json!({"title": title}),
    };
    api.founder().post("/v1/themes", body).expect(201).id()
}

/// Tests share a server, so each draft is of a theme of its own.
fn draft(theme: &str, query: &str) -> String {
    format!("/v1/newsletter-draft?themeId={theme}{query}")
}

#[test]
fn it_gathers_what_was_published_by_theme() {
    both(|api| {
        let team = api.team();
        let broad = theme(api, "Meedoen", None);
        let second = theme(api, "Schulden", Some(&broad));
        let first = theme(api, "Eenzaamheid", Some(&broad));
        let cycle = team.cycle();
        cycle.publish(&second, json!({"title": "Over *schulden*"}));
        let (older, _) = cycle.publish(&first, json!({"title": "De eerste"}));
        cycle.publish(&first, json!({"title": "De tweede"}));
        let (_, insight) = cycle.publish(&first, json!({"title": "De ingetrokken tekst"}));
        let withdrawn = json!({"to": "withdrawn", "reason": "Klopt niet."});
        team.coordinator().post(format!("/v1/insights/{insight}/transitions"), withdrawn).expect(200);

        let answer = team.outsider().get(draft(&broad, "&lang=nl")).expect(200);
        assert_eq!(answer.header("content-type"), Some("text/markdown; charset=utf-8"));
        assert_eq!(answer.header("content-language"), Some("nl"));
        let places: Vec<_> = [
            "# Nieuwsbrief\n\n**",
            "*Hier komt een inleiding",
            "## Eenzaamheid",
            "### De tweede",
            "### De eerste",
            "Wie **buiten** wordt aangesproken",
            "Bron: Buurtteam",
            &format!("/v1/themes/{first}/dossier?lang=nl#{older}"),
            "## Schulden",
            "### Over \\*schulden\\*",
            "## Bronnen",
            "[Dossier: Eenzaamheid](http",
        ]
        .iter()
        .map(|part| answer.text.find(part).unwrap_or_else(|| panic!("{part} in {}", answer.text)))
        .collect();
        assert!(places[0] < places[1] && places[1] < places[2] && places[2] < places[3]);
        assert!(
            places[3] < places[4] && places[4] < places[8] && places[8] < places[9] && places[9] < places[10]
        );
        assert!(!answer.text.contains("ingetrokken") && !answer.text.contains("Meedoen"), "{}", answer.text);

        let html = Request::new("GET", draft(&broad, "&lang=en")).header("Accept", "text/html");
        let html = team.reader().send(html).expect(200);
        assert_eq!(html.header("content-type"), Some("text/html; charset=utf-8"));
        assert!(
            html.header("content-security-policy")
                .is_some_and(|policy| policy.contains("default-src 'none'"))
        );
        for part in ["<html lang=\"en\">", "<h1>Newsletter</h1>", "<h3>Over *schulden*</h3>", "Sources"] {
            assert!(html.text.contains(part), "{part} in {}", html.text);
        }
        api.anonymous().get(draft(&broad, "")).refused(401, "unauthenticated");
    });
}

#[test]
fn a_period_has_a_beginning_and_an_end() {
    both(|api| {
        let team = api.team();
        let theme = theme(api, "Eenzaamheid", None);
        let (id, _) = team.cycle().publish(&theme, json!({}));
        let at = team.reader().get(format!("/v1/dossier-entries/{id}")).expect(200).text_of("approvedAt");
        let reader = team.reader();
        let has = |query: &str| reader.get(draft(&theme, query)).expect(200).text.contains(&id);
        assert!(has(&format!("&since={at}")), "the beginning is in it");
        assert!(!has(&format!("&since={}&until={at}", ago(3600))), "the end is not");
        assert!(has(""), "the last 30 days");
        let empty =
            reader.get(draft(&theme, &format!("&since={}&until={at}&lang=nl", ago(3600)))).expect(200);
        assert!(empty.text.contains("niets gepubliceerd"), "{}", empty.text);
        let month = "&since=2026-02-01T00:00:00%2B01:00&until=2026-03-01T00:00:00%2B01:00";
        let text = reader.get(draft(&theme, &format!("{month}&lang=nl"))).expect(200).text;
        assert!(text.contains("\n**1 februari 2026 tot en met 28 februari 2026**\n"), "{text}");

        reader.get(draft(&theme, &format!("&since={at}&until={at}"))).errors(&[("/until", "inconsistent")]);
        reader.get("/v1/newsletter-draft?since=gisteren&themeId=x&lang=fy&per=1").errors(&[
            ("/since", "bad_format"),
            ("/themeId", "bad_format"),
            ("/lang", "not_in_enum"),
            ("/per", "unknown_member"),
        ]);
    });
}

#[test]
fn what_does_not_fit_is_not_left_out_in_silence() {
    both(|api| {
        let team = api.team();
        let theme = theme(api, "Eenzaamheid", None);
        let (id, _) = team.cycle().publish(&theme, json!({}));
        let columns = "network_id, insight_id, theme_id, language, title, text, state, approved_by, approved_at, \
                       created_by, created_at, updated_at, version, digest";
        copy(api, "dossier_entries", columns, &id, 199);
        team.reader().get(draft(&theme, "")).expect(200);
        copy(api, "dossier_entries", columns, &id, 1);
        team.reader().get(draft(&theme, "")).refused(409, "too_many_entries");
        let feed = api.anonymous().get(format!("/v1/themes/{theme}/dossier/json-feed")).expect(200);
        assert_eq!(feed["items"].as_array().map(Vec::len), Some(50));
    });
}
