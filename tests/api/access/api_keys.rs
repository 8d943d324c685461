//! What an API key opens, and until when. That every other operation is refused to it is told by the access matrix.

use serde_json::{Value, json};

use crate::support::api_keys::grantable;
use crate::support::contract::contract;
use crate::support::server::Server;
use crate::support::stored::{changes_of, pass_time};
use crate::support::team::{insight, new_id, observation, reflection, with};
use crate::support::{Api, Client, Kind, Request, both};

#[test]
fn what_it_writes_is_the_integrations() {
    both(|api| {
        let team = api.team();
        let made = team.api_key(json!({"operations": [
            "createInboxObservation", "getObservation", "updateObservation", "transitionObservation"
        ]}));
        let (program, author) = (team.using(&made), made.text_of("personId"));
        let body = with(observation(), json!({"id": new_id()}));
        let logged = program.post(team.path("observations"), body.clone()).expect(201);
        assert_eq!(logged["authorId"], author.as_str());
        let change = changes_of(api, &team.id).pop().expect("a change");
        assert_eq!(change.actor, Some(author.replace('-', "")));
        let told = team.reader().get(format!("/v1/changes?networkId={}", team.id)).expect(200);
        assert_eq!(told.items().last().expect("a change")["actorId"], author.as_str());

        // It is its own author, in all that follows from that.
        program.post(team.path("observations"), body).expect(200);
        let path = format!("/v1/observations/{}", logged.id());
        program.patch(&path, 1, json!({"tags": ["koppeling"]})).expect(200);
        let withdrawn = json!({"to": "withdrawn", "reason": "Dubbel."});
        program.post(format!("{path}/transitions"), withdrawn).expect(200);
    });
}

#[test]
fn it_does_what_it_was_given_and_no_more_than_its_role_may() {
    both(|api| {
        let team = api.team();
        let network = format!("/v1/networks/{}", team.id);
        let program = team.keyed("practitioner", json!(["getNetwork"]));
        program.get(&network).expect(200);
        let refused = program.get(team.path("cycles")).refused(403, "forbidden");
        assert!(refused.text_of("detail").contains("listCycles is not among"), "{}", refused.text);
        let refused = program.get("/v1/me").refused(403, "forbidden");
        assert!(refused.text_of("detail").contains("getMe is not for API keys"), "{}", refused.text);

        let reader = team.keyed("reader", json!(["createInboxObservation"]));
        reader.post(team.path("observations"), observation()).refused(403, "forbidden");
        let guide = team.keyed("facilitator", json!(["createCycle", "transitionInsight", "createInsight"]));
        guide.post(team.path("cycles"), json!({"learningQuestion": "Wat nu?"})).expect(201);

        // To share beyond the network is for people, whatever was given.
        let cycle = team.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let drawn = guide.post(cycle.path("insights"), insight(&[&thought])).expect(201).id();
        let share = |audience: &str| {
            guide.post(
                format!("/v1/insights/{drawn}/transitions"),
                json!({"to": "shared", "audience": audience}),
            )
        };
        share("commons").refused(403, "forbidden");
        share("network").expect(200);
    });
}

#[test]
fn no_other_way_to_an_operation_gives_a_key_more_than_it_was_given() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let batch = |program: &Client, item: Value| {
            let answer = program.post("/v1/batches", json!({"id": new_id(), "items": [item]})).expect(200);
            answer["results"][0].clone()
        };
        let create = |at: &str| json!({"action": "create", "type": "observation", "cycleId": at, "body": observation()});
        let patch = json!({"action": "update", "type": "observation", "id": seen, "ifMatch": 9, "body": {"tags": []}});

        // A batch does what each of its items may, and shows beside a conflict what may be read.
        let logs = team.keyed("practitioner", json!(["createBatch", "createObservation"]));
        assert_eq!(batch(&logs, create(&cycle.id))["status"], json!(201));
        assert_eq!(batch(&logs, patch.clone())["problem"]["code"], json!("forbidden"));
        assert_eq!(batch(&logs, create(&new_id()))["status"], json!(404));
        let other = team.keyed("practitioner", json!(["createBatch", "createQuestion"]));
        assert_eq!(batch(&other, create(&cycle.id))["problem"]["code"], json!("forbidden"));
        let elsewhere = team.keyed("practitioner", json!(["createObservation"]));
        elsewhere
            .post("/v1/batches", json!({"id": new_id(), "items": [create(&cycle.id)]}))
            .refused(403, "forbidden");
        let own = logs.post(cycle.path("observations"), observation()).expect(201).id();
        let blind = team.keyed("practitioner", json!(["createBatch", "updateObservation"]));
        let stale = |id: &str| with(patch.clone(), json!({"id": id}));
        assert_eq!(batch(&blind, stale(&own))["status"], json!(403), "another key is another author");

        // A file does what its lines may.
        let import = |program: &Client| {
            let file = Request::new("POST", cycle.path("imports?type=observation"));
            program.send(file.raw("application/jsonl", observation().to_string()))
        };
        import(&elsewhere).refused(403, "forbidden");
        import(&team.keyed("practitioner", json!(["createCycleImport"]))).refused(403, "forbidden");
        import(&team.keyed("practitioner", json!(["createCycleImport", "createObservation"]))).expect(200);

        // Who may move away may not log elsewhere by it.
        let moves = team.keyed("practitioner", json!(["createInboxObservation", "moveObservation"]));
        let inbox = moves.post(team.path("observations"), observation()).expect(201).id();
        let to = json!({"networkId": team.id, "cycleId": cycle.id});
        moves.post(format!("/v1/observations/{inbox}/moves"), to).refused(403, "forbidden");
    });
}

#[test]
fn the_contract_says_what_a_key_may_be_given() {
    both(|api| {
        let grantable = grantable(api);
        let named: Vec<&str> =
            grantable.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        let mut told = 0;
        for operation in contract(&api.server.base).operations() {
            let schemes = operation.body["security"].to_string();
            assert_eq!(schemes.contains("apiKey"), named.contains(&operation.id), "{}", operation.id);
            told += usize::from(named.contains(&operation.id));
        }
        assert_eq!(told, named.len());
    });
}

#[test]
fn it_sees_its_own_network_alone() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let program = team.keyed("facilitator", grantable(api));
        program.get(format!("/v1/networks/{}", other.id)).refused(404, "not_found");
        assert_eq!(program.get("/v1/networks").expect(200).ids(), [team.id.as_str()]);

        // Not a cycle that is shared with its network, nor what is shared with everyone.
        let cycle = other.cycle();
        let beside = json!({"coNetworkId": team.id});
        let beside = other.coordinator().post(cycle.path("co-networks"), beside).expect(201).id();
        let accepted = json!({"to": "accepted"});
        team.coordinator().post(format!("/v1/co-networks/{beside}/transitions"), accepted).expect(200);
        let seen = cycle.observe(json!({"body": "De brievenbus van de buurvrouw puilt uit."}));
        let thought = cycle.reflect(&[&seen], json!({}));
        let shared = cycle.share("commons");
        team.reader().get(format!("/v1/observations/{seen}")).expect(200);
        team.reader().get(format!("/v1/insights/{shared}")).expect(200);
        for path in [
            format!("/v1/cycles/{}", cycle.id),
            cycle.path("observations"),
            format!("/v1/observations/{seen}"),
            format!("/v1/insights/{shared}"),
            format!("/v1/co-networks/{beside}"),
        ] {
            program.get(path).refused(404, "not_found");
        }
        program.post(cycle.path("observations"), observation()).refused(404, "not_found");
        program.post(cycle.path("reflections"), reflection(&[&seen])).refused(404, "not_found");
        program.get(format!("/v1/reflections/{thought}")).refused(404, "not_found");

        // Nor is it told or shown of these in another way.
        let own = team.cycle().observe(json!({"body": "De brievenbus hangt los."}));
        let changes = program.get("/v1/changes?limit=1000").expect(200);
        let networks: Vec<&Value> = changes.items().iter().map(|change| &change["networkId"]).collect();
        assert!(networks.contains(&&json!(team.id)) && !networks.contains(&&json!(other.id)));
        let find = |query: &str| program.get(format!("/v1/search?q=brievenbus{query}")).expect(200).ids();
        crate::support::eventually("search finds what was logged", || {
            find("") == [own.as_str()]
                && team.reader().get("/v1/search?q=buurvrouw").expect(200).ids().contains(&seen)
        });
        assert_eq!(find(&format!("&networkId={}", team.id)), [own]);
        assert_eq!(find(&format!("&networkId={}", other.id)), [""; 0]);
        let drempel = |client: &Client| client.get("/v1/search?q=drempel&type=insight").expect(200).ids();
        crate::support::eventually("search finds what was shared", || {
            drempel(&team.reader()).contains(&shared)
        });
        assert_eq!(drempel(&program), [""; 0]);
    });
}

#[test]
fn what_is_no_key_of_ours_opens_nothing() {
    both(|api| {
        let team = api.team();
        let made = team.api_key(json!({}));
        let (key, others) = (made.text_of("key"), team.api_key(json!({})).text_of("key"));
        let network = format!("/v1/networks/{}", team.id);
        let forged = format!("{}{}", made.text_of("prefix"), &others[made.text_of("prefix").len()..]);
        let never = "fbl_00000000_0000000000000000000000000000000000000000";
        for (name, text) in [
            ("a typing error", key.replacen("fbl_", "fbl_x", 1)),
            ("the prefix", made.text_of("prefix")),
            ("half of it", key[..key.len() / 2].to_owned()),
            ("capitals", key.to_uppercase().replacen("FBL_", "fbl_", 1)),
            ("the secret of another", forged),
            ("zeros", format!("{never}000000")),
            ("the mark", "fbl_".into()),
        ] {
            let refused = api.with_token(text).get(&network).refused(401, "api_key_invalid");
            assert_eq!(refused.header("www-authenticate"), Some("Bearer"), "{name}");
        }
        api.with_token(&key).get(&network).expect(200);
        // It is no sign-in.
        api.anonymous().post("/v1/auth/tokens", json!({"refreshToken": key})).refused(401, "unauthenticated");
    });
}

#[test]
fn it_ends_when_it_expires() {
    both(|api| {
        let team = api.team();
        let made = team.api_key(json!({"expiresAt": "2040-01-01T00:00:00Z"}));
        let (program, network) = (team.using(&made), format!("/v1/networks/{}", team.id));
        program.get(&network).expect(200);
        pass_time(api, 600_000_000, "api_keys", "expires_at", ("id", &made.id()));
        program.get(&network).refused(401, "api_key_invalid");
        program.post(team.path("observations"), observation()).refused(401, "api_key_invalid");
    });
}

#[test]
fn revoked_through_one_server_it_is_refused_by_all() {
    let api = Api::start(Kind::Postgres, &[]);
    let second = Server::start(&api.server.database_url, &[]);
    let team = api.team();
    let made = team.api_key(json!({}));
    let network = format!("/v1/networks/{}", team.id);
    let programs = [team.using(&made), Client::with_token(&second.base, made.text_of("key"))];
    for program in &programs {
        program.get(&network).expect(200);
    }
    team.coordinator().delete(format!("/v1/api-keys/{}", made.id()), 1).expect(204);
    for program in &programs {
        program.get(&network).refused(401, "api_key_invalid");
        program.post(team.path("observations"), observation()).refused(401, "api_key_invalid");
    }
}
