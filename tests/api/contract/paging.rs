//! Lists in pages: every record once, also where instants are equal and while others are being added.

use serde_json::{Value, json};

use crate::support::team::{observation, with};
use crate::support::{Client, both};

/// Walks a list to its end by its Link headers, and checks that they say what `nextCursor` says.
fn walk(client: &Client, path: &str, limit: usize, mut between: impl FnMut(usize)) -> Vec<String> {
    let mut ids = Vec::new();
    let mut next = Some(format!("{path}?limit={limit}"));
    let mut pages = 0;
    while let Some(path) = next {
        let page = client.get(path).expect(200);
        assert!(page.items().len() <= limit);
        ids.extend(page.ids());
        next = page.header("link").map(|link| {
            let (target, rest) =
                link.trim_start_matches('<').split_once('>').expect("a Link has its target in brackets");
            assert!(rest.contains("rel=\"next\""), "{link}");
            assert!(target.contains(&format!("cursor={}", page.text_of("nextCursor"))), "{link}");
            assert!(target.contains(&format!("limit={limit}")), "it keeps the rest of the query: {link}");
            target[target.find("/v1/").expect("an address of the API")..].to_owned()
        });
        assert_eq!(next.is_none(), page["nextCursor"] == Value::Null, "the end is the end in both");
        pages += 1;
        between(pages);
        assert!(pages < 1_000, "a list has an end");
    }
    ids
}

#[test]
fn equal_instants_are_told_apart_by_their_ids() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let mut made: Vec<String> =
            (0..7).map(|_| cycle.observe(json!({"happenedAt": "2024-01-01T00:00:00Z"}))).collect();
        made.sort();
        made.reverse();
        for limit in [1, 2, 3, 7, 8] {
            assert_eq!(
                walk(&team.reader(), &cycle.path("observations"), limit, |_| {}),
                made,
                "in pages of {limit}"
            );
        }
    });
}

#[test]
fn nothing_is_skipped_or_doubled_while_others_write() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let at = |second: usize| format!("2024-01-01T00:00:{second:02}Z");
        let made: Vec<String> =
            (0..20).map(|second| cycle.observe(json!({"happenedAt": at(second)}))).collect();
        let mut expected = made.clone();
        expected.reverse();
        // While the reader turns pages: newer ones, older ones, and ones at the very place where they are.
        let got = walk(&team.reader(), &cycle.path("observations"), 3, |page| {
            if page <= 6 {
                for happened in
                    ["2024-02-01T00:00:00Z".to_owned(), at(20 - 3 * page), "2023-01-01T00:00:00Z".to_owned()]
                {
                    team.practitioner()
                        .post(
                            cycle.path("observations"),
                            with(observation(), json!({"happenedAt": happened})),
                        )
                        .expect(201);
                }
            }
        });
        let mut seen = got.clone();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), got.len(), "nothing twice");
        let old: Vec<&String> = got.iter().filter(|id| made.contains(id)).collect();
        assert_eq!(old, expected.iter().collect::<Vec<_>>(), "everything that was there, in its order");
    });
}

#[test]
fn filters_hold_from_page_to_page() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        for at in 0..6 {
            cycle.observe(json!({"perspective": if at % 2 == 0 { "citizen" } else { "system" }}));
        }
        let first = team
            .reader()
            .get(format!("{}?perspective=system&limit=2", cycle.path("observations")))
            .expect(200);
        let cursor = first.text_of("nextCursor");
        let rest = team
            .reader()
            .get(format!("{}?perspective=system&limit=2&cursor={cursor}", cycle.path("observations")))
            .expect(200);
        assert_eq!((first.items().len(), rest.items().len(), &rest["nextCursor"]), (2, 1, &Value::Null));
        assert!(first.header("link").is_some_and(|link| link.contains("perspective=system")));
    });
}

#[test]
fn every_list_of_a_cycle_can_be_walked() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let thoughts: Vec<String> = (0..3).map(|_| cycle.reflect(&[&seen], json!({}))).collect();
        for thought in &thoughts {
            let action = cycle.act(&[thought], json!({}));
            cycle.evaluate(&action, json!({}));
            cycle.ask(json!({}));
        }
        let reader = team.reader();
        for list in [cycle.path("reflections"), cycle.path("actions"), cycle.path("questions")] {
            assert_eq!(walk(&reader, &list, 2, |_| {}).len(), 3, "{list}");
        }
        assert_eq!(walk(&reader, &team.path("members"), 2, |_| {}).len(), 6);
        assert!(walk(&reader, "/v1/themes", 50, |_| {}).len() < 50_000);
    });
}
