//! Lists and reports that stand until their network changes: a validator, a 304 while nothing has, and never a page out
//! of date or for eyes that may not see it.

use serde_json::json;

use crate::support::team::{approach, new_id, observation};
use crate::support::{Answer, Client, Request, both};

fn revalidate(client: &Client, path: &str, etag: &str) -> Answer {
    client.send(Request::new("GET", path).header("If-None-Match", etag))
}

#[test]
fn what_a_network_lists_stands_until_the_network_changes() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let (cycle, elsewhere) = (team.cycle(), other.cycle());
        let question = cycle.ask(json!({}));
        let approach = team.practitioner().post(team.path("approaches"), approach()).expect(201).id();
        let seen = cycle.observe(json!({}));
        let reflection = cycle.reflect(&[&seen], json!({}));
        let action = cycle.act(&[&reflection], json!({}));
        cycle.evaluate(&action, json!({}));
        cycle.tell(&question, json!({}));
        let own =
            json!({"name": {"nl": "Goed leven"}, "domains": [{"key": "home", "label": {"nl": "Thuis"}}]});
        let own = team.facilitator().post(team.path("life-domain-frameworks"), own).expect(201).id();
        let session = team.held(json!({"cycleId": cycle.id}), &[crate::support::Part::Practitioner]);
        let square = team.square(json!({}));
        square.perceived(crate::support::Part::Practitioner, json!({}));
        let arena = team.arena(json!({"cycleId": cycle.id}));
        let pseudonym = team.pseudonym();
        let lists = [
            team.path("partners"),
            team.path("life-domain-frameworks"),
            format!("/v1/life-domain-frameworks/{own}/versions"),
            team.path("life-domain-choices"),
            team.path("check-in-definitions"),
            team.path("check-ins"),
            team.path("themes"),
            team.path("cycles"),
            team.path("dossier-entries"),
            team.path("kept-reports"),
            team.path("report-schedules"),
            team.path("observations"),
            cycle.path("transitions"),
            cycle.path("questions"),
            cycle.path("observations"),
            cycle.path("observations?perspective=citizen&limit=1"),
            cycle.path("actions"),
            cycle.path("report"),
            team.path("report"),
            team.path("report?from=2024-01-01&to=2024-12-31"),
            team.path("questions"),
            team.path("actions"),
            cycle.path("evaluations"),
            team.path("evaluations"),
            cycle.path("observations?figure=observed"),
            team.path("actions?figure=open"),
            team.path("effect-calculations"),
            team.path("approaches"),
            format!("/v1/approaches/{approach}/versions"),
            format!("/v1/approaches/{approach}/outcomes"),
            format!("/v1/questions/{question}/returns"),
            format!("/v1/actions/{action}/evaluations"),
            team.path("sessions"),
            cycle.path("sessions?state=held"),
            team.path("effect-arenas"),
            format!("{arena}/versions"),
            format!("{arena}/views"),
            session.path("action-reviews"),
            session.path("questions"),
            session.path("reflections"),
            format!("/v1/pseudonyms/{pseudonym}/research-consents"),
            team.path("effect-squares"),
            square.path("perceptions?direction=better"),
        ];
        let reader = team.reader();
        let standing: Vec<(String, String)> = lists
            .iter()
            .map(|path| (path.clone(), reader.get(path).expect(200).header("etag").expect(path).to_owned()))
            .collect();
        elsewhere.observe(json!({}));
        for (path, etag) in &standing {
            for known in [etag.clone(), format!("\"other\", {etag}"), "*".to_owned()] {
                let unchanged = revalidate(&reader, path, &known).expect(304);
                assert_eq!((unchanged.text.as_str(), unchanged.header("etag")), ("", Some(etag.as_str())));
            }
            revalidate(&reader, path, "\"other\"").expect(200);
            assert_eq!(reader.get(path).body["items"], team.expert().get(path).body["items"], "{path}");
        }
        cycle.observe(json!({}));
        for (path, etag) in &standing {
            let now = revalidate(&reader, path, etag).expect(200);
            assert_ne!(now.header("etag"), Some(etag.as_str()), "{path}");
        }
    });
}

#[test]
fn a_list_tells_of_each_change_at_once() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let cycle = team.cycle();
        let (list, inbox) = (cycle.path("observations"), other.path("observations"));
        let author = team.practitioner();
        let id = cycle.observe(json!({"body": "Eerst."}));
        let agrees = || {
            let record = author.get(format!("/v1/observations/{id}")).expect(200);
            for _ in 0..2 {
                assert_eq!(team.reader().get(&list).expect(200).items(), std::slice::from_ref(&record.body));
            }
        };
        agrees();
        author.patch(format!("/v1/observations/{id}"), 1, json!({"body": "Daarna."})).expect(200);
        agrees();
        let closed = json!({"to": "closed", "reason": "Al opgelost."});
        author.post(format!("/v1/observations/{id}/transitions"), closed).expect(200);
        agrees();
        author.post(format!("/v1/observations/{id}/transitions"), json!({"to": "logged"})).expect(200);
        agrees();
        assert!(other.reader().get(&inbox).expect(200).items().is_empty());
        author.post(format!("/v1/observations/{id}/moves"), json!({"networkId": other.id})).expect(200);
        assert!(team.reader().get(&list).expect(200).items().is_empty(), "it has left");
        assert_eq!(other.reader().get(&inbox).expect(200).ids(), std::slice::from_ref(&id), "and arrived");
    });
}

#[test]
fn a_refused_or_replayed_write_leaves_a_list_as_it_is() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let (list, id) = (cycle.path("observations"), new_id());
        let mut body = observation();
        body["id"] = json!(id);
        team.practitioner().post(&list, body.clone()).expect(201);
        let etag = team.reader().get(&list).expect(200).header("etag").expect("a validator").to_owned();
        team.practitioner().post(&list, body.clone()).expect(200);
        body["body"] = json!("Anders.");
        team.practitioner().post(&list, body).refused(409, "id_reused");
        team.reader().post(&list, observation()).refused(403, "forbidden");
        revalidate(&team.reader(), &list, &etag).expect(304);
    });
}

#[test]
fn a_validator_opens_no_door() {
    both(|api| {
        let team = api.team();
        let list = team.cycle().path("observations");
        let reader = team.reader();
        let etag = reader.get(&list).expect(200).header("etag").expect("a validator").to_owned();
        revalidate(&team.outsider(), &list, &etag).refused(404, "not_found");
        revalidate(&api.anonymous(), &list, &etag).refused(401, "unauthenticated");
        revalidate(&api.with_token("x"), &list, "*").refused(401, "unauthenticated");
        revalidate(&reader, &list, &etag).expect(304);
    });
}
