//! Reports that were kept: as they were made, in every face, for who may read them.

use serde_json::{Value, json};

use crate::support::receiver::Receiver;
use crate::support::stored::changes_of;
use crate::support::team::{Team, observation};
use crate::support::{Answer, Api, Request, both, on_each};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn seen_as(team: &Team<'_>, path: &str, accept: &str, language: &str) -> Answer {
    let asked = Request::new("GET", path).header("Accept", accept).header("Accept-Language", language);
    team.reader().send(asked).expect(200)
}

#[test]
fn its_figures_stay_as_they_were() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        crate::v1::cycles::report::tracing::busy(&cycle);
        let live = team.reader().get(team.path("report")).expect(200);
        let path = team.keep_report(json!({"title": "Zoals het was"}));
        let kept = team.reader().get(&path).expect(200);
        let figures = |mut report: Value| {
            report["generatedAt"] = Value::Null;
            report
        };
        assert_eq!(figures(kept["report"].clone()), figures(live.body), "the same as that of the moment");
        assert!(kept["report"]["loop"]["closureRate"].is_f64());
        let faces = || ["text/csv", "text/html"].map(|accept| seen_as(&team, &path, accept, "nl").text);
        let before = faces();

        team.practitioner().post(cycle.path("observations"), observation()).expect(201);
        cycle.close();
        team.coordinator()
            .patch(format!("/v1/networks/{}", team.id), 1, json!({"name": "Een andere naam"}))
            .expect(200);
        assert_eq!(team.reader().get(&path).expect(200).text, kept.text, "to the letter");
        assert_eq!(faces(), before);
        let now = team.reader().get(team.path("report")).expect(200);
        assert_ne!(now["counts"], kept["report"]["counts"], "and the report of now is another");
    });
}

#[test]
fn it_has_the_faces_and_languages_of_the_report_of_now() {
    both(|api| {
        let team = api.team();
        team.cycle().observe(json!({}));
        let path = team.keep_report(json!({"fromOn": "2024-01-01"}));
        let dutch = seen_as(&team, &path, "text/html", "nl");
        let english = seen_as(&team, &path, "text/html", "en");
        assert_eq!(
            (dutch.header("content-language"), english.header("content-language")),
            (Some("nl"), Some("en"))
        );
        assert!(dutch.text.contains("lang=\"nl\"") && english.text.contains("lang=\"en\""));
        assert!(dutch.header("content-security-policy").is_some());
        let csv = seen_as(&team, &path, "text/csv", "en");
        assert!(csv.text.starts_with("section,item,measure,value,label\r\n"), "{}", csv.text);
        assert!(csv.text.contains("counts,,observations,1,"), "{}", csv.text);
        let name = csv.header("content-disposition").expect("a name").to_owned();
        assert_eq!(name, format!("attachment; filename=\"network-{}-2024-01-01.csv\"", team.id));
        let workbook = seen_as(&team, &path, XLSX, "nl");
        assert!(workbook.bytes.starts_with(b"PK"));
        let named = team.reader().get(format!("{path}?format=csv")).expect(200);
        assert_eq!(named.media_type(), "text/csv");
        let live = team
            .reader()
            .send(Request::new("GET", team.path("report?from=2024-01-01")).header("Accept", "text/csv"));
        let figures = |text: &str| -> Vec<String> {
            text.lines().filter(|line| !line.contains("generatedAt")).map(str::to_owned).collect()
        };
        assert_eq!(figures(&named.text), figures(&live.text));
        team.reader()
            .send(Request::new("GET", &path).header("Accept", "image/png"))
            .refused(406, "not_acceptable");
    });
}

#[test]
fn its_validator_is_strong_and_stands_whatever_comes_after() {
    both(|api| {
        let team = api.team();
        let path = team.keep_report(json!({}));
        let tags: Vec<(String, String)> =
            [("application/json", "nl"), ("text/html", "nl"), ("text/html", "en"), ("text/csv", "nl")]
                .iter()
                .map(|(accept, language)| {
                    let answer = seen_as(&team, &path, accept, language);
                    (accept.to_string(), answer.header("etag").expect("a validator").to_owned())
                })
                .collect();
        assert_eq!(tags[0].1, "\"1\"");
        let mut different: Vec<_> = tags.iter().map(|(_, tag)| tag).collect();
        different.dedup();
        assert_eq!(different.len(), 4);
        assert!(tags.iter().all(|(_, tag)| !tag.starts_with("W/")));
        team.cycle().observe(json!({}));
        for ((accept, tag), language) in tags.iter().zip(["nl", "nl", "en", "nl"]) {
            let asked = Request::new("GET", &path)
                .header("Accept", accept.as_str())
                .header("Accept-Language", language);
            let unchanged =
                team.reader().send(asked.clone().header("If-None-Match", tag.as_str())).expect(304);
            assert_eq!((unchanged.text.as_str(), unchanged.header("etag")), ("", Some(tag.as_str())));
            team.outsider().send(asked.header("If-None-Match", tag.as_str())).refused(404, "not_found");
        }
    });
}

#[test]
fn they_are_listed_without_figures_and_by_what_they_are_of() {
    both(|api| {
        let team = api.team();
        let first = team.keep_report(json!({"title": "Eerst"}));
        let second = team.keep_report(json!({"fromOn": "2026-01-01", "toOn": "2026-03-31"}));
        let list = |query: &str| team.reader().get(team.path(&format!("kept-reports{query}"))).expect(200);
        let all = list("");
        let id = |path: &str| path.rsplit('/').next().expect("an id").to_owned();
        assert_eq!(all.ids(), [id(&second), id(&first)]);
        assert_eq!(
            (&all.items()[0]["report"], &all.items()[0]["toOn"]),
            (&Value::Null, &json!("2026-03-31"))
        );
        assert_eq!(list("?to=2020-12-31").items().len(), 0);
        assert_eq!(list("?from=2020-12-31").items().len(), 2);
        assert_eq!(list(&format!("?reportScheduleId={}", team.id)).items().len(), 0);
        team.facilitator()
            .post(team.path("kept-reports"), json!({"fromOn": "2026-02-01", "toOn": "2026-01-01"}))
            .errors(&[("/toOn", "inconsistent")]);
    });
}

#[test]
fn one_that_was_deleted_is_gone_for_good() {
    both(|api| {
        let team = api.team();
        let body = json!({"id": crate::support::team::new_id()});
        let path = team.keep_report(body.clone());
        team.coordinator().send(Request::new("DELETE", &path)).refused(428, "precondition_required");
        team.coordinator().delete(&path, 2).refused(412, "version_mismatch");
        team.coordinator().delete(&path, 1).expect(204);
        team.reader().get(&path).refused(404, "not_found");
        let last = changes_of(api, &team.id).pop().expect("a change");
        assert_eq!(last.kind, "kept_report.deleted");
        // Asked for again after a lost answer, it is not made again.
        let again = team.facilitator().post(team.path("kept-reports"), body).expect(200);
        assert_eq!(again["state"], "done");
        team.reader().get(&path).refused(404, "not_found");
    });
}

#[test]
fn a_webhook_is_told_with_the_report_as_it_is_kept() {
    on_each(|kind| {
        let api = Api::sending(kind);
        let (team, receiver) = (api.team(), Receiver::start());
        team.hook(&receiver, json!({"kinds": ["kept_report.created"]}));
        team.cycle().observe(json!({}));
        let path = team.keep_report(json!({"title": "Voor het dashboard"}));
        let event = receiver.wait_for_kind("kept_report.created").event();
        assert_eq!(event["data"]["record"], team.reader().get(&path).expect(200).body);
    });
}

#[test]
fn the_stream_of_changes_tells_of_it() {
    both(|api| {
        let team = api.team();
        let path = team.keep_report(json!({}));
        let told = team.reader().get(format!("/v1/changes?networkId={}&limit=200", team.id)).expect(200);
        let kept = told.items().iter().find(|change| change["kind"] == "kept_report.created").expect("told");
        assert!(path.ends_with(kept["subjectId"].as_str().expect("an id")));
    });
}
