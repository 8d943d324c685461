//! Joint cycles: one network's, shared by others whose members take part with their own role.

use serde_json::{Value, json};

use crate::support::people::Api;
use crate::support::stored::changes_of;
use crate::support::team::{Cycle, action, evaluation, new_id, observation, question, reflection, with};
use crate::support::{Client, Part, Request, both};

/// A network of others: its coordinator, practitioner and reader are not in the team.
struct Neighbours<'a> {
    api: &'a Api,
    id: String,
}

const COORDINATOR: Part = Part::Neighbour;
const PRACTITIONER: Part = Part::GuestPractitioner;
const READER: Part = Part::GuestReader;

impl<'a> Neighbours<'a> {
    fn new(api: &'a Api) -> Neighbours<'a> {
        let network = json!({"name": api.unique("Buurtnetwerk"), "kind": "community"});
        let id = api.founder().post("/v1/networks", network).expect(201).id();
        let neighbours = Neighbours { api, id };
        for (part, role) in [(COORDINATOR, "coordinator"), (PRACTITIONER, "practitioner"), (READER, "reader")]
        {
            neighbours.join(part, role);
        }
        neighbours
    }

    fn join(&self, part: Part, role: &str) {
        let member = json!({"personId": self.api.person(part).id, "role": role});
        self.api.founder().post(self.path("members"), member).expect(201);
    }

    fn path(&self, rest: &str) -> String {
        format!("/v1/networks/{}/{rest}", self.id)
    }

    fn client(&self, part: Part) -> Client {
        self.api.client(part)
    }

    /// Invited to the cycle by its coordinator: the record's path.
    fn invited(&self, by: &Client, cycle: &Cycle) -> String {
        let body = json!({"coNetworkId": self.id, "reason": "Dezelfde vraag."});
        format!("/v1/co-networks/{}", by.post(cycle.path("co-networks"), body).expect(201).id())
    }

    fn sharing(&self, by: &Client, cycle: &Cycle) -> String {
        let record = self.invited(by, cycle);
        self.moves(COORDINATOR, &record, json!({"to": "accepted"})).expect(200);
        record
    }

    fn moves(&self, part: Part, record: &str, body: Value) -> crate::support::Answer {
        self.client(part).post(format!("{record}/transitions"), body)
    }
}

#[test]
fn both_coordinators_agree_before_anybody_sees_the_cycle() {
    both(|api| {
        let (team, neighbours) = (api.team(), Neighbours::new(api));
        let cycle = team.cycle();
        let body = json!({"coNetworkId": neighbours.id});
        team.facilitator().post(cycle.path("co-networks"), body).refused(403, "forbidden");
        let record = neighbours.invited(&team.coordinator(), &cycle);
        let of_cycle = format!("/v1/cycles/{}", cycle.id);

        // The invitation is seen on both sides, the cycle is not.
        neighbours.client(READER).get(&of_cycle).refused(404, "not_found");
        let listed = neighbours.client(READER).get(neighbours.path("joint-cycles")).expect(200);
        let entry = &listed.items()[0];
        assert_eq!(
            (entry["state"].as_str(), entry["cycleId"].as_str(), entry["phase"].as_str()),
            (Some("invited"), Some(cycle.id.as_str()), Some("plan"))
        );
        assert_eq!(team.reader().get(&record).expect(200)["coNetworkId"], neighbours.id.as_str());
        api.client(Part::Outsider).get(&record).refused(404, "not_found");
        neighbours.moves(PRACTITIONER, &record, json!({"to": "accepted"})).refused(403, "forbidden");
        team.coordinator()
            .post(format!("{record}/transitions"), json!({"to": "accepted"}))
            .refused(403, "forbidden");

        let accepted = neighbours.moves(COORDINATOR, &record, json!({"to": "accepted"})).expect(200);
        assert_eq!((accepted["state"].as_str(), accepted.version()), (Some("accepted"), 2));
        neighbours.client(READER).get(&of_cycle).expect(200);
        let listed =
            neighbours.client(READER).get(neighbours.path("joint-cycles?state=accepted")).expect(200);
        assert_eq!(listed.items().len(), 1);
        assert!(team.reader().get(team.path("joint-cycles")).expect(200).items().is_empty());
    });
}

#[test]
fn members_of_a_co_network_take_part_with_their_own_role() {
    both(|api| {
        let (team, neighbours) = (api.team(), Neighbours::new(api));
        let (cycle, other) = (team.cycle(), team.cycle());
        neighbours.sharing(&team.coordinator(), &cycle);
        let theirs = neighbours.client(PRACTITIONER);

        let seen = theirs.post(cycle.path("observations"), observation()).expect(201);
        assert_eq!(seen["networkId"], team.id.as_str(), "it is the cycle's own network's");
        let ours = cycle.observe(json!({}));
        let thought =
            theirs.post(cycle.path("reflections"), reflection(&[&seen.id(), &ours])).expect(201).id();
        let owner = &api.person(PRACTITIONER).id;
        let tried = team.practitioner().post(cycle.path("actions"), action(&[&thought], owner)).expect(201);
        theirs.post(format!("/v1/actions/{}/transitions", tried.id()), json!({"to": "doing"})).expect(200);
        let file = Request::new("POST", cycle.path("imports?type=evaluation"));
        let line = with(evaluation(), json!({"actionId": tried.id()})).to_string();
        let came = theirs.send(file.raw("application/jsonl", line)).expect(200).text;
        assert!(came.contains("\"created\":1"), "{came}");

        // A reader reads, a coordinator guides, nobody edits another's text.
        let reader = neighbours.client(READER);
        reader.get(format!("/v1/observations/{ours}")).expect(200);
        reader.get(cycle.path("report")).expect(200);
        reader.post(cycle.path("questions"), question()).refused(403, "forbidden");
        neighbours.client(COORDINATOR).post(cycle.path("transitions"), json!({"to": "act"})).expect(200);
        theirs
            .patch(format!("/v1/observations/{ours}"), 1, json!({"body": "Anders."}))
            .refused(403, "forbidden");

        // And nothing else of the network.
        for path in [
            format!("/v1/networks/{}", team.id),
            team.path("cycles"),
            team.path("observations"),
            team.path("members"),
            format!("/v1/cycles/{}", other.id),
            other.path("observations"),
        ] {
            theirs.get(path).refused(404, "not_found");
        }
        // The two know each other's names, and find the cycle among their own.
        let author = theirs.get(format!("/v1/observations/{ours}")).expect(200);
        theirs.get(format!("/v1/people/{}", author["authorId"].as_str().expect("an id"))).expect(200);
        team.reader().get(format!("/v1/people/{owner}")).expect(200);
        let me = theirs.get("/v1/me").expect(200);
        let mine: Vec<_> = me["cycles"]
            .as_array()
            .expect("cycles")
            .iter()
            .filter(|c| c["cycleId"] == cycle.id.as_str())
            .collect();
        assert_eq!(mine.len(), 1);
        assert_eq!(
            (mine[0]["role"].as_str(), mine[0]["coNetworkId"].as_str()),
            (Some("practitioner"), Some(neighbours.id.as_str()))
        );
    });
}

#[test]
fn a_role_at_home_and_one_in_the_co_network_both_count() {
    both(|api| {
        let (team, neighbours) = (api.team(), Neighbours::new(api));
        neighbours.join(Part::Reader, "practitioner");
        let cycle = team.cycle();
        team.reader().post(cycle.path("observations"), observation()).refused(403, "forbidden");
        neighbours.sharing(&team.coordinator(), &cycle);
        team.reader().post(cycle.path("observations"), observation()).expect(201);
        team.reader().post(team.cycle().path("observations"), observation()).refused(403, "forbidden");
    });
}

#[test]
fn a_joint_cycle_is_counted_once_in_its_own_network() {
    both(|api| {
        let (team, neighbours) = (api.team(), Neighbours::new(api));
        let cycle = team.cycle();
        neighbours.sharing(&team.coordinator(), &cycle);
        neighbours.client(PRACTITIONER).post(cycle.path("observations"), observation()).expect(201);
        assert_eq!(cycle.report()["counts"]["observations"], 1);
        let reader = neighbours.client(READER);
        assert!(reader.get(neighbours.path("cycles")).expect(200).items().is_empty());
        assert!(reader.get(neighbours.path("observations")).expect(200).items().is_empty());
        assert_eq!(
            reader.get(neighbours.path("joint-cycles")).expect(200).items()[0]["cycleId"],
            cycle.id.as_str()
        );
    });
}

#[test]
fn closing_needs_both() {
    both(|api| {
        let (team, neighbours) = (api.team(), Neighbours::new(api));
        let cycle = team.cycle();
        let record = neighbours.sharing(&team.coordinator(), &cycle);
        let agrees = |version: i64, agrees: bool| {
            neighbours.client(COORDINATOR).patch(&record, version, json!({"agreesToClose": agrees}))
        };
        // An agreement holds for the phase it is given in.
        let agreed = agrees(2, true).expect(200);
        assert!(agreed["agreedToCloseAt"].is_string());
        assert_eq!(agrees(3, true).expect(200)["agreedToCloseAt"], agreed["agreedToCloseAt"], "since then");
        let heard = || {
            let changes = changes_of(api, &neighbours.id);
            changes.iter().filter(|change| change.kind == "joint_cycle.updated").count()
        };
        let before = heard();
        for to in ["act", "observe", "reflect"] {
            cycle.move_to(to).expect(200);
        }
        assert_eq!(team.reader().get(&record).expect(200)["agreedToCloseAt"], Value::Null);
        assert_eq!(heard(), before + 1, "the co-network hears of it once");

        // The co-network does not close it alone, nor does the cycle's own network.
        let theirs = neighbours.client(COORDINATOR);
        for body in [json!({"to": "closed"}), json!({"to": "abandoned", "reason": "Geen tijd."})] {
            theirs.post(cycle.path("transitions"), body.clone()).refused(403, "forbidden");
            let refused =
                team.facilitator().post(cycle.path("transitions"), body).refused(409, "agreement_missing");
            assert_eq!(refused["coNetworkRecordIds"], json!([record.rsplit('/').next()]));
        }
        team.coordinator().patch(&record, 5, json!({"agreesToClose": true})).refused(403, "forbidden");
        agrees(5, true).expect(200);
        agrees(6, false).expect(200);
        team.facilitator()
            .post(cycle.path("transitions"), json!({"to": "closed"}))
            .refused(409, "agreement_missing");
        agrees(7, true).expect(200);
        team.facilitator().post(cycle.path("transitions"), json!({"to": "closed"})).expect(200);
        agrees(8, false).refused(409, "cycle_closed");

        // Taken up again by its own network alone, it needs both again.
        let again = json!({"to": "reflect", "reason": "Er kwam nog iets na."});
        theirs.post(cycle.path("transitions"), again.clone()).refused(403, "forbidden");
        team.facilitator().post(cycle.path("transitions"), again).expect(200);
        team.facilitator()
            .post(cycle.path("transitions"), json!({"to": "closed"}))
            .refused(409, "agreement_missing");
    });
}

#[test]
fn who_declines_or_leaves_sees_it_no_longer_and_their_records_stay() {
    both(|api| {
        let (team, neighbours) = (api.team(), Neighbours::new(api));
        let cycle = team.cycle();
        let declined = neighbours.invited(&team.coordinator(), &cycle);
        neighbours
            .moves(COORDINATOR, &declined, json!({"to": "declined"}))
            .errors(&[("/reason", "required")]);
        let body = json!({"to": "declined", "reason": "Nu even niet."});
        neighbours.moves(COORDINATOR, &declined, body).expect(200);
        neighbours.client(READER).get(cycle.path("observations")).refused(404, "not_found");
        let possible = neighbours.moves(COORDINATOR, &declined, json!({"to": "accepted"}));
        assert_eq!(possible.refused(409, "move_not_allowed")["possible"], json!([]));

        let record = neighbours.sharing(&team.coordinator(), &cycle);
        let told =
            neighbours.client(PRACTITIONER).post(cycle.path("observations"), observation()).expect(201).id();
        let body = json!({"to": "ended", "reason": "Wij gaan zelf verder."});
        neighbours.moves(PRACTITIONER, &record, body.clone()).refused(403, "forbidden");
        neighbours.moves(COORDINATOR, &record, body).expect(200);
        neighbours.client(PRACTITIONER).get(format!("/v1/observations/{told}")).refused(404, "not_found");
        team.reader().get(format!("/v1/observations/{told}")).expect(200);
        // What was is seen on both sides.
        for reader in [team.reader(), neighbours.client(READER)] {
            assert_eq!(reader.get(&record).expect(200)["reason"], "Wij gaan zelf verder.");
        }
        assert_eq!(team.reader().get(cycle.path("co-networks")).expect(200).items().len(), 2);
        // The cycle's own network ends it too, and invites anew.
        let record = neighbours.invited(&team.coordinator(), &cycle);
        let body = json!({"to": "ended", "reason": "Verkeerd netwerk."});
        team.coordinator().post(format!("{record}/transitions"), body).expect(200);
    });
}

#[test]
fn a_network_is_invited_once_to_a_cycle_of_another_that_is_open() {
    both(|api| {
        let (team, neighbours) = (api.team(), Neighbours::new(api));
        let cycle = team.cycle();
        let coordinator = team.coordinator();
        let invite = |id: &str| coordinator.post(cycle.path("co-networks"), json!({"coNetworkId": id}));
        invite(&team.id).refused(409, "own_cycle");
        invite(&new_id()).refused(409, "reference_not_found").pointers(&[("/coNetworkId", "not_found")]);
        let record = invite(&neighbours.id).expect(201).id();
        assert_eq!(
            invite(&neighbours.id).refused(409, "already_co_network")["coNetworkRecordId"],
            record.as_str()
        );
        coordinator.post(cycle.path("co-networks"), json!({})).errors(&[("/coNetworkId", "required")]);

        let closed = team.cycle();
        let waiting = neighbours.invited(&coordinator, &closed);
        closed.close();
        neighbours.moves(COORDINATOR, &waiting, json!({"to": "accepted"})).refused(409, "cycle_closed");
        let late = json!({"coNetworkId": api.team().id});
        coordinator.post(closed.path("co-networks"), late).refused(409, "cycle_closed");

        let gone = Neighbours::new(api);
        let archived = json!({"to": "archived", "reason": "Gestopt."});
        api.founder().post(gone.path("transitions"), archived).expect(200);
        invite(&gone.id).refused(409, "network_archived");
    });
}

#[test]
fn an_archived_co_network_reads_on() {
    both(|api| {
        let (team, neighbours) = (api.team(), Neighbours::new(api));
        let cycle = team.cycle();
        neighbours.sharing(&team.coordinator(), &cycle);
        let archived = json!({"to": "archived", "reason": "Opgegaan in een ander."});
        api.founder().post(neighbours.path("transitions"), archived).expect(200);
        let theirs = neighbours.client(PRACTITIONER);
        theirs.get(cycle.path("observations")).expect(200);
        theirs.post(cycle.path("observations"), observation()).refused(403, "forbidden");
    });
}

#[test]
fn a_co_network_lets_nobody_in_and_so_closes_nothing_alone() {
    both(|api| {
        let (team, neighbours) = (api.team(), Neighbours::new(api));
        let cycle = team.cycle();
        let record = neighbours.sharing(&team.coordinator(), &cycle);
        let theirs = neighbours.client(COORDINATOR);
        let body = json!({"personId": api.person(COORDINATOR).id, "role": "facilitator"});
        theirs.post(cycle.path("participants"), body.clone()).refused(403, "forbidden");
        let seat = team.facilitator().post(cycle.path("participants"), body).expect(201);
        neighbours
            .client(READER)
            .delete(format!("/v1/participants/{}", seat.id()), seat.version())
            .refused(403, "forbidden");

        // From an archive too, their part can be ended; and what becomes of the cycle is then not theirs to follow.
        let archived = json!({"to": "archived", "reason": "Gestopt."});
        api.founder().post(team.path("transitions"), archived).expect(200);
        let body = json!({"to": "ended", "reason": "Het archief is van ons."});
        team.coordinator().post(format!("{record}/transitions"), body).expect(200);
        neighbours.client(READER).get(cycle.path("observations")).refused(404, "not_found");
        assert!(
            neighbours.client(READER).get(neighbours.path("joint-cycles")).expect(200).items().is_empty()
        );
    });
}
