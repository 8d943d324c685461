//! What a decision rests on: records that were corrected or withdrawn, wherever they can be read.

use serde_json::{Value, json};

use super::{page_of, printed, story};
use crate::support::privacy::{Zip, get_zip};
use crate::support::server::Kind;
use crate::support::stored::everything;
use crate::support::team::{Team, new_id};
use crate::support::{Answer, Client, Request, both, both_alone, eventually};

fn decide(team: &Team<'_>, request: &str, body: Value) -> Answer {
    team.coordinator().post(format!("/v1/data-subject-requests/{request}/transitions"), body)
}

fn finds(client: &Client, word: &str) -> Vec<String> {
    client.get(format!("/v1/search?q={word}")).expect(200).ids()
}

fn csv(team: &Team<'_>, list: &str) -> String {
    let request = Request::new("GET", team.path(list)).header("Accept", "text/csv");
    team.coordinator().send(request).expect(200).text
}

fn export(team: &Team<'_>, pseudonym: &str) -> Zip {
    Zip::of(&get_zip(&team.coordinator(), format!("/v1/pseudonyms/{pseudonym}/export"), "nl"))
}

#[test]
fn a_correction_reaches_search_exports_and_the_page() {
    both_alone(&[], |api| {
        let team = api.team();
        let cycle = team.cycle();
        let own = team.pseudonym();
        let told = story(&cycle, &own, "kastanje");
        let link = team.linked(&own);
        let (wrong, right) = ("vervoerqxa", "maatjeqxb");
        let seen =
            cycle.observe(json!({"aboutPseudonymIds": [own], "body": format!("Zij vroeg om {wrong}.")}));
        let reader = team.reader();
        eventually("the wrong word is found", || finds(&reader, wrong) == [seen.clone()]);
        let asked = team.requested(&own, json!({"text": "Ik vroeg om een maatje."})).id();

        // Deciding corrects nothing, and what was not corrected cannot be named.
        decide(&team, &asked, json!({"to": "granted"})).refused(409, "records_required");
        let granted = json!({"id": new_id(), "to": "granted", "recordIds": [seen]});
        let refused = decide(&team, &asked, granted.clone()).refused(409, "records_not_changed");
        assert_eq!(refused["errors"][0]["pointer"], "/recordIds/0");
        let corrected = json!({"body": format!("Zij vroeg om een {right}.")});
        team.practitioner().patch(format!("/v1/observations/{seen}"), 1, corrected).expect(200);
        let decided = decide(&team, &asked, granted.clone()).expect(200);
        assert_eq!((&decided["state"], &decided["recordIds"]), (&json!("granted"), &json!([seen])));
        decide(&team, &asked, granted).expect(200);

        eventually("the right word is found", || finds(&reader, right) == [seen.clone()]);
        assert!(finds(&reader, wrong).is_empty(), "and the wrong one is not");
        let zip = export(&team, &own);
        let page = page_of(&team, &own).text;
        let texts = [
            ("the list", team.reader().get(cycle.path("observations")).expect(200).text),
            ("the file", csv(&team, "observations")),
            ("the export", zip.text("observations.json").to_owned()),
            ("the page", page),
            ("on paper", printed(&team, &own, "nl").text),
            ("by the link", api.anonymous().get(&link).expect(200).text),
        ];
        for (what, text) in texts {
            assert!(text.contains(right) && !text.contains(wrong), "{what}: {text}");
        }
        let requests = zip.records("data-subject-requests.json");
        assert_eq!((&requests[0]["id"], &requests[0]["recordIds"]), (&json!(asked), &json!([seen])));
        let moves = zip.records("transitions.json");
        assert!(moves.iter().any(|made| made["subjectId"] == asked.as_str()));
        // Nobody outside is told of this network, so no earlier version is kept anywhere.
        if api.kind == Kind::Postgres {
            let stored = everything(&api.server.database_url);
            assert!(stored.contains(right) && !stored.contains(wrong), "an earlier version is kept");
        }
        // What nothing was asked of is as it was.
        team.reader().get(format!("/v1/questions/{}", told.asked)).expect(200);
    });
}

#[test]
fn only_records_about_the_pseudonym_are_named() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let (own, other) = (team.pseudonym(), team.pseudonym());
        let (mine, anothers) = (story(&cycle, &own, "beuk"), story(&cycle, &other, "els"));
        let asked = team.requested(&own, json!({})).id();
        for id in [&mine.asked, &anothers.asked] {
            let path = format!("/v1/questions/{id}");
            team.practitioner().patch(path, 1, json!({"text": "Hoe kom ik onder mensen?"})).expect(200);
        }
        for id in [anothers.asked, asked.clone(), new_id()] {
            let body = json!({"to": "partly_granted", "reason": "Deels.", "recordIds": [mine.asked, id]});
            let refused = decide(&team, &asked, body).refused(409, "reference_not_found");
            assert_eq!(refused["errors"][0]["pointer"], "/recordIds/1");
        }
        let partly =
            json!({"to": "partly_granted", "reason": "De rest is zo gezegd.", "recordIds": [mine.asked]});
        assert_eq!(decide(&team, &asked, partly).expect(200)["state"], "partly_granted");
    });
}

#[test]
fn an_objection_and_a_withdrawal_are_met_by_withdrawing_records_and_consents() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let own = team.pseudonym();
        let told = story(&cycle, &own, "kastanje");
        let consent = team.consented(&own, "X-1");
        let objected = team.requested(&own, json!({"kind": "object"})).id();
        let withdrew = team.requested(&own, json!({"kind": "withdraw"})).id();
        cycle.withdraw("observations", &told.seen);
        let moves = format!("/v1/research-consents/{consent}/transitions");
        team.practitioner().post(moves, json!({"to": "withdrawn"})).expect(200);
        decide(&team, &objected, json!({"to": "granted", "recordIds": [told.seen]})).expect(200);
        decide(&team, &withdrew, json!({"to": "granted", "recordIds": [consent]})).expect(200);
        let page = page_of(&team, &own).body;
        assert!(!page.to_string().contains("Zij zit vaak alleen kastanje."));
        assert_eq!(page["researchConsents"][0]["state"], "withdrawn");
        let rows = csv(&team, "observations");
        assert!(!rows.contains("Zij zit vaak alleen kastanje."), "what is withdrawn is in no list: {rows}");
    });
}
