//! Something in every table, put there by the program itself.

use serde_json::json;

use crate::support::audit::{emergency, logged, sealed};
use crate::support::check_ins::{definition, response};
use crate::support::prices::{entry, price};
use crate::support::team::{Team, approach, frame_shift, new_id, observation, with};
use crate::support::{Api, Kind, Part, stored};

/// One network in which everything has happened at least once.
pub fn fill(api: &Api) {
    let founder = api.founder();
    let organisation = json!({"name": "Gemeente Voorbeeld", "kind": "municipality"});
    let organisation = founder.post("/v1/organisations", organisation).expect(201).id();
    let broader = founder.post("/v1/themes", json!({"title": "Meedoen"})).expect(201).id();
    let theme = json!({"title": "Eenzaamheid", "broaderThemeId": broader, "startsOn": "2024-01-01"});
    let theme = founder.post("/v1/themes", theme).expect(201).id();
    api.sign_in(&api.person(Part::Practitioner).email, "not the password").expect(401);

    let team = api.team();
    let hook = json!({"url": "https://localhost/hook", "kinds": ["cycle.*"]});
    let hook = founder.post(team.path("webhooks"), hook).expect(201).id();
    founder.post(format!("/v1/webhooks/{hook}/pings"), json!({})).expect(202);
    let told =
        "INSERT INTO xapi_positions (network_id, sent, refused) SELECT network_id, 1, 0 FROM network_streams";
    stored::execute(api.kind, &api.server.database_url, told);
    founder.post("/v1/networks", json!({"name": "Straat", "kind": "team", "parentId": team.id})).expect(201);
    team.keep_report(json!({}));
    founder.post(team.path("report-schedules"), json!({"every": "quarter"})).expect(201);
    founder.post(team.path("guarded-names"), json!({"name": "Zomaarwie"})).expect(201);
    founder.patch(team.path("privacy-policy"), 1, json!({"phone": "warn"})).expect(200);
    let partner = json!({"organisationId": organisation, "role": "lead"});
    founder.post(team.path("partners"), partner).expect(201);
    let term = json!({"themeId": theme, "endsOn": "2999-01-01", "sharesFigures": true});
    founder.post(team.path("themes"), term).expect(201);
    let invitation = json!({"email": "nieuw@tests.example", "role": "reader"});
    founder.post(team.path("invitations"), invitation).expect(201);

    team.keyed("reader", json!(["getNetwork"])).get(format!("/v1/networks/{}", team.id)).expect(200);

    let made = founder.post(team.path("approaches"), approach()).expect(201).id();
    let version = json!({"text": "Elke dinsdag buiten."});
    let version = founder.post(format!("/v1/approaches/{made}/versions"), version).expect(201).id();
    let cycle = team.cycle_with(json!({"themeIds": [theme], "approachVersionId": version}));
    let subject = json!({"subject": "a subject of an issuer"});
    founder.post(format!("/v1/people/{}/identities", api.person(Part::GuestReader).id), subject).expect(201);
    let guest = json!({"personId": api.person(Part::GuestReader).id, "role": "reader"});
    founder.post(cycle.path("participants"), guest).expect(201);
    let beside = json!({"coNetworkId": api.team().id});
    founder.post(cycle.path("co-networks"), beside).expect(201);
    let pseudonym = team.pseudonym();
    team.consented(&pseudonym, "METC-1");
    team.link(&pseudonym, json!({}));
    team.intake_code(&pseudonym);
    team.requested(&pseudonym, json!({}));
    let answering = json!({"controllers": [{"organisationId": organisation}]});
    founder.patch(team.path("controllership"), 0, answering).expect(200);
    let listening = founder.post("/v1/competences", json!({"name": "Luisteren"})).expect(201).id();
    let asked = cycle.ask(json!({"pseudonymId": pseudonym, "competenceIds": [listening]}));
    learn(&team, &listening);
    let seen = cycle.observe(json!({
        "questionId": asked, "aboutPseudonymIds": [pseudonym], "onBehalfOfPseudonymId": pseudonym,
        "themeIds": [theme], "tags": ["drempel"], "body": "Zij mailde info@buurthuis.example.",
    }));
    let shift = json!({
        "loopDepth": "double", "frameShift": frame_shift(),
        "participantIds": [api.person(Part::Expert).id],
    });
    let thought = cycle.reflect(&[&seen], shift);
    let rule = json!({"rule": "Alleen op afspraak.", "organisationId": organisation});
    let tried = cycle.act(&[&thought], json!({"challenges": rule, "dueOn": "2024-04-01"}));
    let judged = cycle.evaluate(&tried, json!({}));
    calculate(&team, &pseudonym, &cycle.id, &tried);
    cycle.draft(&[&thought], json!({"evaluationIds": [judged], "themeIds": [theme]}));
    let adopted = json!({"insightId": cycle.share("commons"), "decision": "adopted"});
    founder.post(api.team().path("adoptions"), adopted).expect(201);
    let arena = team.arena(json!({"actionId": tried, "participantIds": [api.person(Part::Expert).id]}));
    team.practitioner().post(format!("{arena}/views"), crate::support::team::view()).expect(201);
    team.facilitator().post(format!("{arena}/transitions"), json!({"to": "agreed"})).expect(200);
    cycle.publish(&theme, json!({}));
    cycle.tell(&asked, json!({"recognised": "partly"}));
    let session = team.held(json!({"cycleId": cycle.id}), &[Part::Expert, Part::Practitioner]);
    let practitioner = team.practitioner();
    practitioner.post(session.path("action-reviews"), crate::support::team::review(&tried)).expect(201);
    practitioner.post(session.path("questions"), crate::support::team::put_question()).expect(201);
    session.note(Part::Practitioner, "present");
    let logged =
        json!({"action": "create", "type": "observation", "cycleId": cycle.id, "body": observation()});
    practitioner.post("/v1/batches", json!({"id": new_id(), "items": [logged]})).expect(200);
    cycle.reflect(&[&seen], json!({"sessionId": session.id}));
    let by_partner = founder.get(team.path("partners")).expect(200).ids();
    let initiative = json!({"what": "Koffie op het plein", "partnerId": by_partner[0], "actionIds": [tried]});
    let square = team.square(json!({"initiatives": [initiative]}));
    square.perceived(Part::Expert, json!({"pseudonymId": pseudonym}));
    // Still open when the cycle closes, and so carried into the next.
    cycle.act(&[&thought], json!({}));
    cycle.close();
    let next = with(json!({"learningQuestion": "En nu?"}), json!({"previousCycleId": cycle.id}));
    team.facilitator().post(team.path("cycles"), next).expect(201);

    let own = json!({"name": {"nl": "Goed leven"}, "domains": [{"key": "home", "label": {"nl": "Thuis"}}]});
    let own = founder.post(team.path("life-domain-frameworks"), own).expect(201).id();
    founder.post(team.path("life-domain-choices"), json!({"frameworkId": own})).expect(201);
    let asked = team.check_in();
    team.respond(&asked, Part::Practitioner, response(3)).expect(201);
    founder.post(team.path("check-in-definitions"), definition()).expect(201);
    team.check_in();
    let hold = json!({"cycleId": cycle.id, "reason": "Er loopt een klacht."});
    founder.post(team.path("legal-holds"), hold).expect(201);
    let erasure = json!({"pseudonymId": team.pseudonym(), "cause": "objected"});
    founder.post(team.path("erasures"), erasure).expect(201);
    let old = team.cycle();
    old.observe(json!({}));
    old.close();
    crate::support::stored::pass_time(api, 90_000_000, "cycles", "closed_at", ("id", &old.id));
    let rules = json!({"rules": [{"kind": "observation", "months": 12}]});
    founder.patch(team.path("retention-policy"), 1, rules).expect(200);
    let run = founder.post(team.path("retention-runs"), json!({})).expect(201);
    crate::support::jobs::followed(&founder, &run.text_of("jobId"), "done");
    // Nobody is reached there, and that is kept.
    crate::support::eventually("a delivery was tried", || {
        let failed = founder.get(format!("/v1/webhooks/{hook}/deliveries?state=failed")).expect(200);
        !failed.items().is_empty()
    });
    chained(&team, &seen);
    // What search looks in follows a little later.
    crate::support::eventually("search finds what was seeded", || {
        !team.reader().get("/v1/search?q=zomer").expect(200).items().is_empty()
    });
}

/// One case, put to published prices; a draft of others beside them.
fn calculate(team: &Team<'_>, pseudonym: &str, cycle: &str, action: &str) {
    let version = team.api.published_prices(&[price("OPV", json!({}))]);
    team.api.draft_prices(&[]);
    let opvang = entry(&version, "OPV", ("2026-01-01", "2026-03-31"), json!({}));
    let body = json!({
        "title": "Eerder een eigen plek", "pseudonymId": pseudonym, "cycleId": cycle, "actionId": action,
        "firstYear": 2026, "years": 2, "indexation": {"rate": "0.02", "priceYear": 2026},
        "sensitivity": {"percentage": "20"}, "reference": [opvang],
    });
    team.practitioner().post(team.path("effect-calculations"), body).expect(201);
}

/// Somebody learns it and shows it, a peer endorses it, and takes that back again, and another says the same.
fn learn(team: &Team<'_>, competence: &str) {
    let learner = team.practitioner();
    let goal = json!({"competenceId": competence, "disclosure": "network"});
    let goal = format!("/v1/learning-goals/{}", learner.post("/v1/me/learning-goals", goal).expect(201).id());
    let colleague = team.api.person(Part::Expert).id.clone();
    let achieved = json!({"to": "achieved", "route": {"kind": "colleague", "personId": colleague}});
    learner.post(format!("{goal}/transitions"), achieved).expect(200);
    learner.post(format!("{goal}/evidence"), json!({"text": "Ze kwam er zelf op terug."})).expect(201);
    let stated = learner.get("/v1/me/competences").expect(200).ids();
    let endorsements = format!("/v1/competence-statements/{}/endorsements", stated[0]);
    let first = team.expert().post(&endorsements, json!({})).expect(201).id();
    team.expert().delete(format!("/v1/competence-endorsements/{first}"), 1).expect(204);
    team.coordinator().post(&endorsements, json!({"note": "Dat zag ik."})).expect(201);
}

/// Somebody reads a record about a pseudonym, an administrator breaks the glass, and both logs are sealed. An id counts as erased,
/// of a row that is to come, so that the logs hold. A row of the backlog waits for the next server, with no access in it.
fn chained(team: &Team<'_>, seen: &str) {
    let api = team.api;
    api.client(Part::Admin).post(team.path("emergency-accesses"), emergency()).expect(201);
    team.practitioner().get(format!("/v1/observations/{seen}")).expect(200);
    logged(team, "operation = 'getObservation'", 1);
    sealed(api, &team.id);
    let erased = "INSERT INTO audit_erasures (network_id, log, number, field, digest)
                  SELECT network_id, 'changes', 1000000, 'actor', hash FROM audit_chains WHERE log = 'changes'";
    stored::execute(api.kind, &api.server.database_url, erased);
    // An empty array of MessagePack.
    let nothing = match api.kind {
        Kind::Sqlite => "x'90'",
        Kind::Postgres => r"'\x90'",
    };
    let waits = format!(
        "INSERT INTO access_backlog (id, part, accesses) SELECT network_id, 0, {nothing} FROM network_streams"
    );
    stored::execute(api.kind, &api.server.database_url, &waits);
}
