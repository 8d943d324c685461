//! Drafting an insight from what a cycle thought and found.

use serde_json::{Value, json};

use crate::support::team::{insight, new_id, with, without};
use crate::support::{Part, both};

#[test]
fn a_draft_is_its_authors_alone_until_it_is_shared_or_deleted() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let theme =
            api.founder().post("/v1/themes", json!({"title": api.unique("Meedoen")})).expect(201).id();
        let author = team.practitioner();
        let body = with(insight(&[&thought]), json!({"themeIds": [theme], "locality": "Nijmegen"}));
        let draft = author.post(cycle.path("insights"), body).expect(201);
        for (member, value) in [
            ("state", json!("draft")),
            ("audience", Value::Null),
            ("provenance", Value::Null),
            ("sharedAt", Value::Null),
            ("createdBy", Value::Null),
            ("themeIds", json!([theme])),
        ] {
            assert_eq!(draft[member], value, "{member}");
        }
        let path = format!("/v1/insights/{}", draft.id());
        team.coordinator().get(&path).refused(404, "not_found");
        team.coordinator().patch(&path, 1, json!({"title": "X"})).refused(404, "not_found");
        team.coordinator().delete(&path, 1).refused(404, "not_found");
        assert!(team.coordinator().get(team.path("insights")).expect(200).items().is_empty());
        assert!(team.coordinator().get(team.path("insights?state=draft")).expect(200).items().is_empty());
        assert_eq!(author.get(team.path("insights")).expect(200).ids(), [draft.id()]);
        assert!(!author.get("/v1/insights").expect(200).ids().contains(&draft.id()));

        let changed = json!({"title": "Anders", "locality": null, "themeIds": []});
        let changed = author.patch(&path, 1, changed).expect(200);
        assert_eq!(
            (&changed["title"], &changed["locality"], &changed["themeIds"]),
            (&json!("Anders"), &Value::Null, &json!([]))
        );
        author.patch(&path, 1, json!({"title": "X"})).refused(412, "version_mismatch");
        author.delete(&path, 1).refused(412, "version_mismatch");
        author.delete(&path, 2).expect(204);
        author.get(&path).refused(404, "not_found");
    });
}

#[test]
fn it_is_drawn_from_something_that_stands_in_this_cycle_for_all_to_see() {
    both(|api| {
        let team = api.team();
        let (cycle, other) = (team.cycle(), team.cycle());
        let seen = cycle.observe(json!({}));
        let thought = cycle.reflect(&[&seen], json!({}));
        let own = cycle.reflect(&[&seen], json!({"visibility": "author"}));
        let withdrawn = cycle.reflect(&[&seen], json!({}));
        cycle.withdraw("reflections", &withdrawn);
        let elsewhere = other.reflect(&[&other.observe(json!({}))], json!({}));
        let tried = cycle.act(&[&thought], json!({}));
        let judged = cycle.evaluate(&tried, json!({}));
        let foreign = other.evaluate(&other.act(&[&elsewhere], json!({})), json!({}));
        let author = team.practitioner();
        let path = cycle.path("insights");

        author.post(&path, without(insight(&[]), "reflectionIds")).errors(&[("/reflectionIds", "required")]);
        author
            .post(&path, with(insight(&[]), json!({"evaluationIds": []})))
            .errors(&[("/reflectionIds", "required")]);
        author.post(&path, with(insight(&[]), json!({"evaluationIds": [judged]}))).expect(201);
        let wrong = with(
            insight(&[&thought, &own, &withdrawn, &elsewhere]),
            json!({"evaluationIds": [judged, foreign], "themeIds": [new_id()], "adaptedFromId": new_id()}),
        );
        author.post(&path, wrong).refused(409, "reference_not_found").pointers(&[
            ("/reflectionIds/1", "not_found"),
            ("/reflectionIds/2", "not_found"),
            ("/reflectionIds/3", "not_found"),
            ("/evaluationIds/1", "not_found"),
            ("/themeIds/0", "not_found"),
            ("/adaptedFromId", "not_found"),
        ]);
        let faulty = json!({"title": "t".repeat(201), "reflectionIds": ["x"], "shared": true});
        author.post(&path, faulty).errors(&[
            ("/title", "too_long"),
            ("/body", "required"),
            ("/reflectionIds/0", "bad_format"),
            ("/shared", "unknown_member"),
        ]);
        // Neither does a draft lose its last source.
        let draft = cycle.draft(&[&thought], json!({}));
        author
            .patch(format!("/v1/insights/{draft}"), 1, json!({"reflectionIds": []}))
            .refused(409, "inconsistent")
            .pointers(&[("/reflectionIds", "required")]);
    });
}

#[test]
fn what_has_gone_from_under_a_draft_does_not_keep_it_from_being_put_right() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let cycle = team.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let judged = cycle.evaluate(&cycle.act(&[&thought], json!({})), json!({}));
        let origin = other.cycle().share("commons");
        let draft = cycle.draft(&[&thought], json!({"evaluationIds": [judged], "adaptedFromId": origin}));
        cycle.withdraw("reflections", &thought);
        cycle.withdraw("evaluations", &judged);
        let taken_back = json!({"to": "withdrawn", "reason": "Het gold alleen daar."});
        other
            .coordinator()
            .post(format!("/v1/insights/{origin}/transitions"), taken_back.clone())
            .expect(200);
        let path = format!("/v1/insights/{draft}");
        let author = team.practitioner();
        let changed = author.patch(&path, 1, json!({"title": "De drempel"})).expect(200);
        assert_eq!(changed["adaptedFromId"], json!(origin));
        let sources = author.get(format!("{path}/sources")).expect(200);
        assert_eq!(
            (&sources["reflectionIds"], &sources["evaluationIds"]),
            (&json!([thought]), &json!([judged]))
        );
        // What is added has to stand.
        let gone = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        cycle.withdraw("reflections", &gone);
        let second = other.cycle().share("commons");
        other.coordinator().post(format!("/v1/insights/{second}/transitions"), taken_back).expect(200);
        let wrong =
            json!({"reflectionIds": [thought, gone], "adaptedFromId": second, "themeIds": [new_id()]});
        author.patch(&path, 2, wrong).refused(409, "reference_not_found").pointers(&[
            ("/reflectionIds/1", "not_found"),
            ("/adaptedFromId", "not_found"),
            ("/themeIds/0", "not_found"),
        ]);
        // And what is shared stands on something.
        let shared = json!({"to": "shared", "audience": "network"});
        author.post(format!("{path}/transitions"), shared).refused(409, "no_source");
    });
}

#[test]
fn learning_is_drawn_after_the_closing_too() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        cycle.close();
        cycle.draft(&[&thought], json!({}));
    });
}

#[test]
fn what_it_is_adapted_from_has_to_reach_its_author() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let (cycle, elsewhere) = (team.cycle(), other.cycle());
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let from = |id: &str| with(insight(&[&thought]), json!({"adaptedFromId": id}));
        let path = cycle.path("insights");
        let made = team.practitioner().post(&path, from(&elsewhere.share("network"))).expect(201);
        assert!(made["adaptedFromId"].is_string());
        // A draft is nothing to build on, not even one's own.
        let draft = cycle.draft(&[&thought], json!({}));
        team.practitioner().post(&path, from(&draft)).refused(409, "reference_not_found");
        let colleague = api.client(Part::Colleague);
        team.join(Part::Colleague, "practitioner");
        colleague.post(&path, from(&elsewhere.share("network"))).refused(409, "reference_not_found");
        colleague.post(&path, from(&elsewhere.share("commons"))).expect(201);
    });
}
