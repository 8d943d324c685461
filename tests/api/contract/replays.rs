//! The id is the idempotency key: what is sent twice is there once.

use serde_json::{Value, json};

use crate::support::cases::{World, all};
use crate::support::check_ins::influences;
use crate::support::contract::contract;
use crate::support::team::{action, evaluation, new_id, observation, question, reflection, told, with};
use crate::support::{Part, Request, both};

/// For each create a member whose value can be another one, and what to make of it.
fn other_content(operation: &str) -> Option<(&'static str, Value)> {
    Some(match operation {
        "createNetwork" | "createOrganisation" | "createApiKey" | "createPriceList" => {
            ("name", json!("Een ander"))
        }
        "createPriceListVersion" => ("note", json!("Iets anders.")),
        "createEffectCalculation" => ("title", json!("Een andere")),
        "createIdentity" => ("subject", json!("another")),
        "createPerson" => ("displayName", json!("Een ander")),
        "createTheme" | "createInsight" | "createApproach" | "createDossierEntry" | "createEffectArena" => {
            ("title", json!("Een ander"))
        }
        "createPartner" => ("role", json!("funder")),
        "createThemeNetwork" => ("sharesFigures", json!(true)),
        "createMember" | "createParticipant" => ("role", json!("facilitator")),
        "createInvitation" => ("role", json!("facilitator")),
        "createCoNetwork" => ("reason", json!("Iets anders.")),
        "createPseudonym" => ("area", json!("Een andere")),
        "createCycle" => ("learningQuestion", json!("Een andere?")),
        "createQuestion" | "createReturn" | "createApproachVersion" => ("text", json!("Iets anders.")),
        "createObservation" | "createInboxObservation" => ("body", json!("Iets anders.")),
        "createReflection" => ("loopDepth", json!("triple")),
        "createAction" => ("description", json!("Iets anders.")),
        "createSession" => ("title", json!("Een andere")),
        "createActionReview" => ("note", json!("Iets anders.")),
        "createSessionQuestion" | "createSessionNote" | "createEffectArenaView" | "createPerception" => {
            ("text", json!("Iets anders."))
        }
        "createEffectSquare" => ("neighbourhood", json!("Een andere")),
        "createEvaluation" => ("seenEffect", json!("Iets anders.")),
        "createCompetence" | "createNetworkCompetence" => ("name", json!("Iets anders")),
        "createCompetenceStatement" => ("offersHelp", json!(true)),
        "createEndorsement" => ("note", json!("Iets anders.")),
        "createLearningGoal" | "createEvidence" => ("text", json!("Iets anders.")),
        "createLifeDomainFramework" => ("name", json!({"nl": "Een ander"})),
        "createLifeDomainFrameworkVersion" | "createLifeDomainChoice" | "createCheckInDefinition" => {
            ("reason", json!("Een andere."))
        }
        "createCheckIn" => ("closesOn", json!("2098-01-01")),
        "createCheckInResponse" => ("influences", influences("hinders")),
        "createAdoption" => ("reason", json!("Een andere.")),
        "createResearchConsent" | "createPseudonymResearchConsent" => ("means", json!("electronic")),
        "createCitizenLink" => ("days", json!(3)),
        "createDataSubjectRequest" => ("kind", json!("object")),
        "createGuardedName" => ("name", json!("Een ander")),
        "createReportSchedule" => ("every", json!("quarter")),
        "createEmergencyAccess" => ("hours", json!(3)),
        "createWebhook" => ("description", json!("Een ander.")),
        "createErasure" | "createPersonErasure" => ("cause", json!("unlawful")),
        "createLegalHold" => ("reason", json!("Iets anders.")),
        "createRetentionRun" => ("dryRun", json!(true)),
        _ => return None,
    })
}

#[test]
fn every_create_that_takes_an_id_can_be_sent_again() {
    both(|api| {
        let world = World::new(api);
        let founder = api.founder();
        let contract = contract(&api.server.base);
        let mut walked = 0;
        // What is another's own and takes nothing from others is refused to whoever asks.
        for case in all().into_iter().filter(|case| case.row != "createEvidence (another's)") {
            let call = (case.make)(&world, Part::Founder);
            let operation =
                contract.operation(call.request.method, &call.request.path).expect("it is in the contract");
            let schema =
                &contract.resolve(&operation.body["requestBody"])["content"]["application/json"]["schema"];
            let takes_id = !contract.resolve(schema)["properties"]["id"].is_null();
            if operation.body["responses"]["201"].is_null() || !takes_id {
                continue;
            }
            let body: Value =
                serde_json::from_slice(call.request.body.as_deref().expect("a body")).expect("JSON");
            let body = with(body, json!({"id": new_id()}));
            let made = founder.post(&call.request.path, body.clone()).expect(201);
            assert_eq!(made["id"], body["id"], "{}: the client's id is the record's", case.row);
            let again = founder.post(&call.request.path, body.clone()).expect(200);
            let hide = |mut value: Value| {
                value["token"] = Value::Null;
                value["key"] = Value::Null;
                value["secret"] = Value::Null;
                value["url"] = Value::Null;
                value["code"] = Value::Null;
                value
            };
            assert_eq!(hide(again.body.clone()), hide(made.body.clone()), "{}", case.row);
            assert_eq!(
                (again.header("etag"), again.header("location")),
                (made.header("etag"), made.header("location")),
                "{}",
                case.row
            );

            walked += 1;
            // What says nothing else cannot be sent with other content.
            let members = contract.resolve(schema)["properties"].as_object().expect("members");
            if members.keys().eq(["id"]) {
                continue;
            }
            let (member, other) = other_content(case.operation())
                .unwrap_or_else(|| panic!("say what other content of {} is", case.operation()));
            let mut changed = body.clone();
            changed[member] = other;
            if member == "loopDepth" {
                changed["frameShift"] = crate::support::team::frame_shift();
            }
            let refused = founder.post(&call.request.path, changed).refused(409, "id_reused");
            if let Some(version) = made["version"].as_i64() {
                assert_eq!(refused["storedVersion"], version, "{}", case.row);
            }
        }
        assert!(walked >= 14, "only {walked} creates were walked");
    });
}

#[test]
fn absent_and_null_are_not_told_apart_nor_is_the_order_of_members() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let id = new_id();
        let first = format!(r#"{{"id":"{id}","body":"Stil.","perspective":"citizen"}}"#);
        let second = format!(r#"{{"perspective":"citizen","voice":null,"body":"Stil.","id":"{id}"}}"#);
        let send = |text: &str| {
            team.practitioner()
                .send(Request::new("POST", cycle.path("observations")).raw("application/json", text))
        };
        send(&first).expect(201);
        send(&second).expect(200);
    });
}

#[test]
fn a_resend_answers_with_the_record_as_it_is_now() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let body = with(observation(), json!({"id": new_id()}));
        let made = team.practitioner().post(cycle.path("observations"), body.clone()).expect(201);
        let path = format!("/v1/observations/{}", made.id());
        let patched = team.practitioner().patch(&path, 1, json!({"body": "Preciezer verteld."})).expect(200);
        // The content compared is that of the create, though the record has changed since.
        assert_eq!(team.practitioner().post(cycle.path("observations"), body).expect(200).body, patched.body);
        let as_now = with(observation(), json!({"id": made["id"], "body": "Preciezer verteld."}));
        team.practitioner().post(cycle.path("observations"), as_now).refused(409, "id_reused");
    });
}

#[test]
fn an_id_that_the_server_chose_is_no_key_to_send_again() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let made = team.practitioner().post(cycle.path("observations"), observation()).expect(201);
        let claimed = with(observation(), json!({"id": made["id"]}));
        team.practitioner().post(cycle.path("observations"), claimed).refused(409, "id_reused");
    });
}

#[test]
fn a_resend_succeeds_even_when_the_cycle_has_closed_since() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let practitioner = team.practitioner();
        let mut sent: Vec<(String, Value)> = Vec::new();
        let mut create = |path: String, body: Value| {
            let body = with(body, json!({"id": new_id()}));
            let id = practitioner.post(&path, body.clone()).expect(201).id();
            sent.push((path, body));
            id
        };
        create(cycle.path("questions"), question());
        let seen = create(cycle.path("observations"), observation());
        let thought = create(cycle.path("reflections"), reflection(&[&seen]));
        let tried = create(cycle.path("actions"), action(&[&thought], &api.person(Part::Practitioner).id));
        create(format!("/v1/actions/{tried}/evaluations"), evaluation());
        cycle.close();
        for (path, body) in sent {
            practitioner.post(&path, body).expect(200);
        }
        // And so does the step that closed it.
        let reopened = json!({"id": new_id(), "to": "reflect", "reason": "Er kwam nog iets."});
        team.facilitator().post(cycle.path("transitions"), reopened.clone()).expect(200);
        team.facilitator()
            .post(
                cycle.path("transitions"),
                json!({"to": "closed", "reason": "Nu dan.", "acceptLooseEnds": true}),
            )
            .expect(200);
        assert_eq!(
            team.facilitator().post(cycle.path("transitions"), reopened).expect(200)["phase"],
            "closed",
            "taken already, not taken again"
        );
    });
}

#[test]
fn an_id_that_stands_elsewhere_is_taken_and_shows_nothing() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let (cycle, elsewhere) = (team.cycle(), other.cycle());
        other.join(Part::Colleague, "practitioner");
        let body = with(observation(), json!({"id": new_id()}));
        team.practitioner().post(cycle.path("observations"), body.clone()).expect(201);
        // The colleague sees the other network only.
        let refused = api
            .client(Part::Colleague)
            .post(elsewhere.path("observations"), body.clone())
            .refused(409, "id_taken");
        assert_eq!((&refused["storedVersion"], &refused["storedId"]), (&Value::Null, &Value::Null));
        // Who sees both learns that it is another record's; the parent is part of the content.
        let refused = team.practitioner().post(elsewhere.path("observations"), body).expect(409);
        assert!(
            ["id_reused", "id_taken"].contains(&refused["code"].as_str().unwrap_or("")),
            "{}",
            refused.text
        );
        assert!(other.reader().get(elsewhere.path("observations")).expect(200).items().is_empty());
    });
}

#[test]
fn an_id_is_one_records_on_the_whole_server() {
    both(|api| {
        let teams = [api.team(), api.team()];
        let cycles = teams.each_ref().map(|team| team.cycle());
        let owner = api.person(Part::Practitioner).id.clone();
        let founder = api.founder();
        let mut parents: [Vec<String>; 2] = Default::default();
        for step in 0..6 {
            let [first, second] = [0, 1].map(|side| {
                let (cycle, made) = (&cycles[side], &parents[side]);
                match step {
                    0 => (cycle.path("questions"), question()),
                    1 => (format!("/v1/questions/{}/returns", made[0]), told()),
                    2 => (cycle.path("observations"), observation()),
                    3 => (cycle.path("reflections"), reflection(&[&made[2]])),
                    4 => (cycle.path("actions"), action(&[&made[3]], &owner)),
                    _ => (format!("/v1/actions/{}/evaluations", made[4]), evaluation()),
                }
            });
            let (id, other) = (new_id(), new_id());
            founder.post(&first.0, with(first.1, json!({"id": id}))).expect(201);
            let refused = founder.post(&second.0, with(second.1.clone(), json!({"id": id}))).expect(409);
            assert!(
                ["id_reused", "id_taken"].contains(&refused.text_of("code").as_str()),
                "{}",
                refused.text
            );
            founder.post(&second.0, with(second.1, json!({"id": other}))).expect(201);
            parents[0].push(id);
            parents[1].push(other);
        }
    });
}

#[test]
fn an_id_kept_to_its_author_shows_nothing_either() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let body = with(reflection(&[&seen]), json!({"id": new_id(), "visibility": "author"}));
        team.practitioner().post(cycle.path("reflections"), body.clone()).expect(201);
        team.coordinator().post(cycle.path("reflections"), body).refused(409, "id_taken");
    });
}

#[test]
fn returns_too_are_told_once() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let asked = cycle.ask(json!({}));
        let path = format!("/v1/questions/{asked}/returns");
        let body = with(told(), json!({"id": new_id(), "recognised": "yes"}));
        let made = team.facilitator().post(&path, body.clone()).expect(201);
        assert_eq!(team.facilitator().post(&path, body).expect(200).id(), made.id());
        assert_eq!(team.reader().get(&path).expect(200).items().len(), 1);
    });
}
