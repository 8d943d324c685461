//! However much is written, search takes it: both databases look in the same part of it.

use serde_json::{Value, json};

use super::{finds, found, rare};
use crate::support::server::{program, run};
use crate::support::team::reflection;
use crate::support::{Api, Part, both, on_each};

/// Words of 64 letters, each its own, whose stems in Dutch and in English are none of them the word itself: a database
/// keeps all three.
fn word(index: usize) -> String {
    let letters = (0..4).map(|place| b'a' + (index / 26_usize.pow(place) % 26) as u8);
    let own: String = letters.map(char::from).collect();
    format!("{own}{}heids", "bolder".repeat(10)[..55].to_owned())
}

/// As many answers as a reflection may have, as long as they may be, by as many as it takes.
fn answers(people: &[String]) -> Vec<Value> {
    const PROMPTS: [&str; 6] =
        ["description", "feelings", "evaluation", "analysis", "conclusion", "action_plan"];
    let voices = people.iter().map(|id| json!({"personId": id})).chain([json!({"dissent": true})]);
    let mut words = (0..).map(word);
    let places = voices.flat_map(|voice| PROMPTS.map(|prompt| (voice.clone(), prompt)));
    places
        .take(100)
        .map(|(mut answer, prompt)| {
            answer["promptId"] = json!(prompt);
            answer["text"] = json!(words.by_ref().take(153).collect::<Vec<_>>().join(" "));
            answer
        })
        .collect()
}

#[test]
fn the_longest_reflection_is_found_by_what_stands_in_its_beginning() {
    /// 256 KiB of words of 64.
    const KEPT: usize = 4096;
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let team = api.team();
        let cycle = team.cycle();
        let mut people = vec![api.person(Part::Practitioner).id.clone()];
        for _ in 0..15 {
            let id = api.acquaintance();
            let member = json!({"personId": id, "role": "reader"});
            api.founder().post(team.path("members"), member).expect(201);
            people.push(id);
        }
        let mut body = reflection(&[&cycle.observe(json!({}))]);
        body["model"] = json!("gibbs");
        body["answers"] = json!(answers(&people));
        body["participantIds"] = json!(people[1..]);
        let long = team.practitioner().post(cycle.path("reflections"), body).expect(201).id();
        let reader = team.reader();
        let holds = || {
            finds(&reader, &word(0), &[&long]);
            finds(&reader, &word(KEPT - 1), &[&long]);
            assert!(found(&reader, &word(KEPT)).is_empty());
        };
        holds();
        run(program(&["search", "rebuild"]).env("DATABASE_URL", &api.server.database_url));
        holds();
    });
}

#[test]
fn of_a_long_word_the_beginning_counts() {
    both(|api| {
        let (team, word) = (api.team(), rare());
        let cycle = team.cycle();
        // Letters of one to four bytes, so up to 256 bytes of a word.
        for letter in ["x", "ж", "日", "𐌰"] {
            let long = format!("{word}{}", letter.repeat(48));
            let id = cycle.observe(json!({"body": format!("Lang: {long}{}.", letter.repeat(300))}));
            finds(&team.reader(), &long, &[&id]);
            finds(&team.reader(), &format!("{long}{letter}"), &[&id]);
            finds(&team.reader(), &format!("{}*", &long[..long.len() - letter.len()]), &[&id]);
        }
        let id = cycle.observe(json!({"body": "𐌰".repeat(63) + "𐌱𐌲"}));
        finds(&team.reader(), &("𐌰".repeat(63) + "𐌱"), &[&id]);
        assert!(found(&team.reader(), &"𐌰".repeat(64)).is_empty());
    });
}
