//! Narrowing a search, and turning its pages.

use serde_json::{Value, json};

use super::{finds, rare, says, search};
use crate::support::both;

#[test]
fn a_search_is_narrowed_by_kind_network_theme_and_period() {
    both(|api| {
        let (team, other, word) = (api.team(), api.team(), rare());
        let theme = |title: &str| {
            api.founder().post("/v1/themes", json!({"title": api.unique(title)})).expect(201).id()
        };
        let (of_cycle, of_record) = (theme("Wonen"), theme("Zorg"));
        let cycle = team.cycle_with(json!({"themeIds": [of_cycle]}));
        let plain = team.cycle();
        let early =
            cycle.observe(json!({"body": format!("Vroeg {word}"), "happenedAt": "2024-01-01T12:00:00Z"}));
        let late = plain.observe(json!({"body": format!("Laat {word}"), "themeIds": [of_record], "happenedAt": "2024-03-01T12:00:00Z"}));
        let thought = cycle.reflect(&[&early], json!({
            "answers": [{"promptId": "free", "text": format!("Gedacht {word}")}], "happenedAt": "2024-02-01T12:00:00Z",
        }));
        let asked =
            cycle.ask(json!({"text": format!("Gevraagd {word}"), "happenedAt": "2024-02-02T12:00:00Z"}));
        let elsewhere = other
            .cycle()
            .observe(json!({"body": format!("Elders {word}"), "happenedAt": "2024-02-03T12:00:00Z"}));
        let reader = team.reader();
        finds(&reader, &word, &[&early, &late, &thought, &asked, &elsewhere]);
        for (filter, expected) in [
            ("type=observation".to_owned(), vec![&early, &late, &elsewhere]),
            ("type=reflection".to_owned(), vec![&thought]),
            ("type=question".to_owned(), vec![&asked]),
            (format!("networkId={}", other.id), vec![&elsewhere]),
            (format!("networkId={}&type=question", other.id), vec![]),
            (format!("networkId={of_cycle}"), vec![]),
            (format!("themeId={of_cycle}"), vec![&early, &thought, &asked]),
            (format!("themeId={of_record}"), vec![&late]),
            (format!("themeId={of_record}&type=reflection"), vec![]),
            ("since=2024-02-01T12:00:00Z".to_owned(), vec![&late, &thought, &asked, &elsewhere]),
            ("until=2024-02-01T12:00:00Z".to_owned(), vec![&early]),
            ("since=2024-02-01T12:00:00.000001Z&until=2024-02-03T12:00:00Z".to_owned(), vec![&asked]),
        ] {
            let mut got = reader.get(format!("/v1/search?q={word}&{filter}")).expect(200).ids();
            let mut expected: Vec<String> = expected.into_iter().cloned().collect();
            got.sort();
            expected.sort();
            assert_eq!(got, expected, "{filter}");
        }
    });
}

#[test]
fn an_item_says_what_it_is_and_where_it_lies() {
    both(|api| {
        let (team, word) = (api.team(), rare());
        let cycle = team.cycle();
        let seen = cycle.observe(json!({
            "body": "Niets bijzonders.", "tags": [word], "happenedAt": "2024-01-01T12:00:00Z",
        }));
        finds(&team.reader(), &word, &[&seen]);
        let item = search(&team.reader(), &word).items()[0].clone();
        assert_eq!(
            item,
            json!({
                "type": "observation", "id": seen, "networkId": team.id, "cycleId": cycle.id,
                "happenedAt": "2024-01-01T12:00:00Z", "title": null,
                "snippet": [{"text": "Niets bijzonders.\n", "hit": false}, {"text": word, "hit": true}],
            })
        );
        let inbox = json!({"body": format!("Los {word}"), "perspective": "citizen"});
        let inbox = team.practitioner().post(team.path("observations"), inbox).expect(201).id();
        finds(&team.reader(), &format!("los {word}"), &[&inbox]);
        assert_eq!(search(&team.reader(), &format!("los {word}")).items()[0]["cycleId"], Value::Null);
    });
}

#[test]
fn all_pages_together_hold_each_hit_once() {
    both(|api| {
        let (team, word) = (api.team(), rare());
        let cycle = team.cycle();
        // Many of equal rank, some better, and of every kind.
        for count in [1, 1, 1, 1, 1, 2, 2, 3, 5] {
            says(&cycle, &format!("{} dit", format!("{word} ").repeat(count)));
            cycle.ask(json!({"text": format!("{} dit", format!("{word} ").repeat(count))}));
        }
        let seen = says(&cycle, &format!("Om over na te denken: {word}"));
        for _ in 0..3 {
            cycle.reflect(
                &[&seen],
                json!({"answers": [{"promptId": "free", "text": format!("Gedacht {word}")}]}),
            );
        }
        let reader = team.reader();
        let all = || reader.get(format!("/v1/search?q={word}&limit=200")).expect(200).ids();
        crate::support::eventually("all are found", || all().len() == 22);
        let whole = all();
        for limit in [1, 2, 5, 21, 22, 23] {
            let (mut got, mut next) = (Vec::new(), Some(format!("/v1/search?q={word}&limit={limit}")));
            while let Some(path) = next {
                let page = reader.get(path).expect(200);
                assert!(page.items().len() <= limit);
                got.extend(page.ids());
                next = page["nextCursor"]
                    .as_str()
                    .map(|cursor| format!("/v1/search?q={word}&limit={limit}&cursor={cursor}"));
                if next.is_some() {
                    // What comes meanwhile doubles nothing and skips nothing.
                    assert!(page.header("link").is_some_and(|link| link.contains("rel=\"next\"")));
                }
            }
            assert_eq!(got, whole, "in pages of {limit}");
        }
        assert_eq!(reader.get(format!("/v1/search?q={word}")).expect(200).items().len(), 22);
    });
}

#[test]
fn a_cursor_is_bound_to_what_was_sought() {
    both(|api| {
        let (team, word) = (api.team(), rare());
        let cycle = team.cycle();
        let (one, two) = (says(&cycle, &word), says(&cycle, &word));
        let reader = team.reader();
        finds(&reader, &word, &[&one, &two]);
        let cursor = reader.get(format!("/v1/search?q={word}&limit=1")).expect(200).text_of("nextCursor");
        reader.get(format!("/v1/search?q={word}&limit=9&cursor={cursor}")).expect(200);
        for other in [
            format!("/v1/search?q={word}x&cursor={cursor}"),
            format!("/v1/search?q={word}&type=observation&cursor={cursor}"),
            format!("/v1/networks/{}/observations?cursor={cursor}", team.id),
            format!("/v1/search?q={word}&cursor=nonsense"),
        ] {
            reader.get(other).refused(400, "invalid_cursor");
        }
    });
}
