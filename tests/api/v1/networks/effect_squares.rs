//! Effect squares are laid out in a network: who does what and when, and what was expected of it beforehand.

use serde_json::{Value, json};

use crate::support::effect_squares::effect_square;
use crate::support::team::{new_id, with};
use crate::support::{Part, both, stored};

#[test]
fn a_square_tells_who_does_what_and_when() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let action = cycle.act(&[&thought], json!({}));
        let partner = json!({"organisationId": api.organisation(), "role": "participant"});
        let partner = team.coordinator().post(team.path("partners"), partner).expect(201).id();
        let coffee = new_id();
        let body = json!({
            "neighbourhood": "De Linde", "locality": "Nijmegen", "story": "Het plein lag er leeg bij.",
            "happenedAt": "2024-05-01T10:00:00Z",
            "initiatives": [
                {"id": coffee, "what": "Koffie", "partnerId": partner, "startsOn": "2024-03-07",
                    "endsOn": "2024-03-07", "actionIds": [action]},
                {"what": "Een moestuin", "group": "De tuinploeg"},
            ],
            "expectations": [
                {"text": "Buren groeten elkaar.", "perspective": "citizen", "initiativeId": coffee,
                    "statedOn": "2024-03-07"},
                {"text": "Minder meldingen.", "perspective": "organisation"},
            ],
        });
        let made = team.practitioner().post(team.path("effect-squares"), body).expect(201);
        for (member, value) in [
            ("neighbourhood", json!("De Linde")),
            ("state", json!("current")),
            ("happenedAt", json!("2024-05-01T10:00:00Z")),
            ("authorId", json!(api.person(Part::Practitioner).id)),
        ] {
            assert_eq!(made[member], value, "{member}");
        }
        assert_eq!(
            made["initiatives"][0],
            json!({"id": coffee, "what": "Koffie", "partnerId": partner, "group": null,
                "startsOn": "2024-03-07", "endsOn": "2024-03-07", "actionIds": [action]})
        );
        let garden = &made["initiatives"][1];
        assert!(garden["id"].is_string(), "the server chose it: {garden}");
        assert_eq!((&garden["partnerId"], &garden["actionIds"]), (&Value::Null, &json!([])));
        let hoped = json!({"text": "Minder meldingen.", "perspective": "organisation", "initiativeId": null, "statedOn": null});
        assert_eq!(made["expectations"][1], hoped);
        let path = format!("/v1/effect-squares/{}", made.id());
        assert_eq!(team.reader().get(path).expect(200).body, made.body);
    });
}

#[test]
fn squares_are_listed_newest_first_and_without_the_withdrawn() {
    both(|api| {
        let team = api.team();
        let first = team.square(json!({"happenedAt": "2024-05-01T10:00:00Z"}));
        let second = team.square(json!({"happenedAt": "2024-06-01T10:00:00Z"}));
        let gone = team.square(json!({"happenedAt": "2024-04-01T10:00:00Z"}));
        let withdrawal = json!({"to": "withdrawn", "reason": "Dubbel."});
        team.practitioner().post(gone.path("transitions"), withdrawal).expect(200);
        let ids =
            |query: &str| team.reader().get(team.path(&format!("effect-squares{query}"))).expect(200).ids();
        assert_eq!(ids(""), [second.id.as_str(), first.id.as_str()]);
        assert_eq!(ids("?state=withdrawn"), [gone.id.as_str()]);
        assert_eq!(ids("?limit=1"), [second.id.as_str()]);
        team.outsider().get(team.path("effect-squares")).refused(404, "not_found");
        // Guests in a cycle see nothing of the network beside it.
        let cycle = team.cycle();
        let guest = json!({"personId": api.person(Part::GuestPractitioner).id, "role": "practitioner"});
        api.founder().post(cycle.path("participants"), guest).expect(201);
        api.client(Part::GuestPractitioner).get(first.itself()).refused(404, "not_found");
    });
}

#[test]
fn what_does_not_hold_together_is_refused_all_at_once() {
    both(|api| {
        let team = api.team();
        let send = |members: Value| {
            team.practitioner().post(team.path("effect-squares"), with(effect_square(), members))
        };
        let (one, other) = (new_id(), new_id());
        send(json!({
            "initiatives": [
                {"id": one, "what": "Koffie"},
                {"id": one, "what": "Thee", "partnerId": other, "group": "De buren"},
                {"what": "Soep", "group": "De buren", "startsOn": "2024-03-08", "endsOn": "2024-03-07"},
            ],
            "expectations": [{"text": "Rust.", "perspective": "citizen", "initiativeId": other}],
        }))
        .errors(&[
            ("/initiatives/0/group", "required"),
            ("/initiatives/1/group", "inconsistent"),
            ("/initiatives/1/id", "duplicate"),
            ("/initiatives/2/endsOn", "inconsistent"),
            ("/expectations/0/initiativeId", "not_found"),
        ]);
        // What is told once it has begun is no expectation.
        send(json!({
            "initiatives": [{"id": one, "what": "Koffie", "group": "De buren", "startsOn": "2024-03-07"}],
            "expectations": [{"text": "Rust.", "perspective": "citizen", "initiativeId": one, "statedOn": "2024-03-08"}],
        }))
        .errors(&[("/expectations/0/statedOn", "inconsistent")]);
        // Nobody is asked for by name.
        send(json!({"initiatives": [{"what": "Koffie", "group": "De buren", "personId": one}]}))
            .errors(&[("/initiatives/0/personId", "unknown_member")]);
        send(json!({"neighbourhood": ""})).errors(&[("/neighbourhood", "too_short")]);
    });
}

#[test]
fn partners_and_actions_are_those_of_the_network() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let cycle = other.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let action = cycle.act(&[&thought], json!({}));
        let partner = json!({"organisationId": api.organisation(), "role": "participant"});
        let partner = other.coordinator().post(other.path("partners"), partner).expect(201).id();
        let body = json!({"initiatives": [
            {"what": "Koffie", "partnerId": partner, "actionIds": [action, new_id()]},
        ]});
        team.practitioner()
            .post(team.path("effect-squares"), with(with(effect_square(), json!({"expectations": []})), body))
            .refused(409, "reference_not_found")
            .pointers(&[
                ("/initiatives/0/partnerId", "not_found"),
                ("/initiatives/0/actionIds/0", "not_found"),
                ("/initiatives/0/actionIds/1", "not_found"),
            ]);
        assert!(team.reader().get(team.path("effect-squares")).expect(200).items().is_empty());
    });
}

#[test]
fn squares_and_perceptions_are_exported() {
    both(|api| {
        let team = api.team();
        let square = team.square(json!({}));
        square.perceived(Part::Expert, json!({}));
        for path in [team.path("effect-squares"), square.path("perceptions")] {
            let lines = team.reader().get(format!("{path}?format=jsonl")).expect(200).text;
            assert_eq!(lines.lines().count(), 1, "{path}");
            assert!(team.reader().get(format!("{path}?format=xlsx")).expect(200).bytes.starts_with(b"PK"));
        }
        let kinds = stored::changes_of(api, &team.id).into_iter().map(|change| change.kind);
        let kinds: Vec<String> =
            kinds.filter(|kind| kind.contains("percep") || kind.contains("square")).collect();
        assert_eq!(kinds, ["effect_square.created", "perception.created"]);
    });
}
