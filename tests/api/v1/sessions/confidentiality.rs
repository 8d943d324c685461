//! What is kept to those present is kept: every GET of the contract, in every media type, as everybody who was absent.

use serde_json::{Value, json};

use crate::support::contract::{Operation, contract};
use crate::support::team::{note, with};
use crate::support::{Answer, Api, Client, Part, Request, both};

/// A word that stands in the confidential note and nowhere else.
const WORD: &str = "zwaluwstaart";

const ABSENT: [Part; 8] = [
    Part::Founder,
    Part::Coordinator,
    Part::Facilitator,
    Part::Expert,
    Part::Reader,
    Part::GuestFacilitator,
    Part::Outsider,
    Part::Admin,
];

/// The addresses of an operation: with every id that is known here where it takes one.
fn addresses(operation: &Operation, ids: &[String]) -> Vec<String> {
    let searched =
        operation.body["parameters"].as_array().into_iter().flatten().any(|key| key["name"] == "q");
    let query = if searched { format!("?q={WORD}") } else { String::new() };
    let Some((before, rest)) = operation.path.split_once('{') else {
        return vec![format!("{}{query}", operation.path)];
    };
    let after = rest.split_once('}').map_or("", |(_, after)| after);
    ids.iter().map(|id| format!("{before}{id}{after}{query}")).collect()
}

fn media_types<'o>(api: &Api, operation: &'o Operation) -> Vec<&'o str> {
    let answer = contract(&api.server.base).resolve(&operation.body["responses"]["200"]);
    let names = answer["content"].as_object().into_iter().flatten().map(|(name, _)| name.as_str());
    // A live stream has no end to wait for; it sends the same pages.
    names.filter(|name| *name != "text/event-stream").collect()
}

fn read(client: &Client, address: &str, media_type: &str) -> Answer {
    client.send(Request::new("GET", address).header("Accept", media_type))
}

#[test]
fn a_note_kept_to_those_present_appears_nowhere_for_those_absent() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        for (part, role) in [(Part::GuestFacilitator, "facilitator"), (Part::GuestReader, "reader")] {
            let guest = json!({"personId": api.person(part).id, "role": role});
            api.founder().post(cycle.path("participants"), guest).expect(201);
        }
        let seen = cycle.observe(json!({}));
        let thought = cycle.reflect(&[&seen], json!({}));
        let action = cycle.act(&[&thought], json!({}));
        let session = team.held(json!({"cycleId": cycle.id}), &[Part::Practitioner, Part::GuestReader]);
        let before = team.coordinator().get(session.path("notes")).expect(200).body;
        let text = json!({"text": format!("Vertrouwelijk: {WORD}.")});
        let kept =
            team.practitioner().post(session.path("notes"), with(note("present"), text)).expect(201).id();
        let ids = [&team.id, &cycle.id, &session.id, &kept, &seen, &thought, &action].map(Clone::clone);

        let contract = contract(&api.server.base);
        let reads: Vec<_> =
            contract.operations().into_iter().filter(|operation| operation.method == "GET").collect();
        let mut shown_to_those_present = 0;
        for operation in &reads {
            for address in addresses(operation, &ids) {
                for media_type in media_types(api, operation) {
                    for part in ABSENT {
                        let answer = read(&api.client(part), &address, media_type);
                        let told = answer.text.contains(WORD)
                            || answer.headers.iter().any(|(_, value)| value.contains(WORD));
                        // A search may say what was searched for, in its links.
                        assert!(
                            !told || (address.contains("?q=") && empty(&answer)),
                            "{address} as {part:?} tells: {}",
                            answer.text
                        );
                    }
                    let present = read(&api.client(Part::GuestReader), &address, media_type);
                    shown_to_those_present += usize::from(present.text.contains("Vertrouwelijk"));
                }
            }
        }
        assert!(reads.len() >= 40, "these are all, not {}", reads.len());
        assert_eq!(shown_to_those_present, 2, "the note and its list, to who was there");
        // Nor does the list that the absent see tell that there is something in it.
        assert_eq!(team.coordinator().get(session.path("notes")).expect(200).body, before);
        assert_eq!(
            team.coordinator().get(session.path("notes?limit=1")).expect(200)["nextCursor"],
            Value::Null
        );
    });
}

fn empty(answer: &Answer) -> bool {
    answer.body["items"].as_array().is_none_or(Vec::is_empty)
}

#[test]
fn pages_and_validators_are_nobody_elses() {
    both(|api| {
        let team = api.team();
        let session = team.held(json!({}), &[Part::Practitioner, Part::Expert]);
        for _ in 0..3 {
            session.note(Part::Practitioner, "present");
            session.note(Part::Practitioner, "network");
        }
        let list = session.path("notes?limit=2");
        // Those present first: what they were sent is not sent on.
        let whole = team.expert().get(&list).expect(200);
        assert_eq!((whole.items().len(), whole.header("etag")), (2, None));
        let (mut next, mut pages) = (Some(list), 0);
        while let Some(path) = next {
            let page = team.coordinator().get(&path).expect(200);
            assert!(page.items().iter().all(|note| note["visibility"] == "network"), "{}", page.text);
            pages += 1;
            let rest = |cursor: &str| session.path(&format!("notes?limit=2&cursor={cursor}"));
            next = page["nextCursor"].as_str().map(rest);
        }
        assert_eq!(pages, 2, "three notes in pages of two");
    });
}
