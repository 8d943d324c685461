//! What is on the page, and what is left out of it.

use serde_json::json;

use super::{ids, page_of, printed, story};
use crate::support::privacy::controllers;
use crate::support::team::{ago, review};
use crate::support::{Part, both};
use crate::v1::cycles::report::faces::{HOSTILE, page, stands_alone, texts};

#[test]
fn it_tells_the_question_what_was_done_with_it_and_what_came_of_it() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let (own, other) = (team.pseudonym(), team.pseudonym());
        let (mine, others) = (story(&cycle, &own, "kastanje"), story(&cycle, &other, "esdoorn"));
        let second = cycle.ask(json!({"pseudonymId": own, "text": "Wie helpt mij met de trap?"}));
        let bearing = cycle.observe(json!({"questionId": second, "body": "De trap is steil."}));
        let loose = cycle
            .observe(json!({"onBehalfOfPseudonymId": own, "body": "Ik ging zelf.", "voice": "own_words"}));
        let session = team.held(json!({"cycleId": cycle.id}), &[Part::Practitioner]);
        team.practitioner().post(session.path("action-reviews"), review(&mine.tried)).expect(201);
        let square = team.square(json!({}));
        let perceived = square.perceived(Part::Expert, json!({"pseudonymId": own}));
        let consented = team.consented(&own, "X-1");

        let told = page_of(&team, &own).body;
        assert_eq!((&told["pseudonymId"], &told["networkId"]), (&json!(own), &json!(team.id)));
        let chapters = told["chapters"].as_array().expect("chapters");
        assert_eq!(chapters.len(), 3, "two questions, and what bears on none");
        let first = &chapters[0];
        assert_eq!(first["question"]["id"], mine.asked.as_str());
        for (member, id) in [
            ("observations", &mine.seen),
            ("reflections", &mine.thought),
            ("actions", &mine.tried),
            ("returns", &mine.told),
        ] {
            assert_eq!(ids(&first[member]), [id], "{member}");
        }
        let tried = &first["actions"][0];
        assert_eq!(ids(&tried["evaluations"]), [&mine.judged]);
        assert_eq!(ids(&tried["reviews"]).len(), 1);
        assert_eq!(
            (ids(&chapters[1]["observations"]), ids(&chapters[2]["observations"])),
            (vec![&*bearing], vec![&*loose])
        );
        assert_eq!(
            (ids(&told["perceptions"]), ids(&told["researchConsents"])),
            (vec![&*perceived], vec![&*consented])
        );
        assert_eq!(told["leftOut"], json!({"aboutOthers": 0, "namingSomebody": 0}));
        let written = told.to_string();
        for id in [&other, &others.asked, &others.seen, &api.person(Part::Practitioner).id] {
            assert!(!written.contains(id.as_str()), "nobody else is in it");
        }
        assert!(!written.contains("esdoorn"));
    });
}

#[test]
fn it_is_read_in_plain_words_and_stands_alone_on_paper() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let own = team.pseudonym();
        story(&cycle, &own, "kastanje");
        let [one, two] = [api.organisation(), api.organisation()];
        team.coordinator().patch(team.path("controllership"), 0, controllers(&one, &two)).expect(200);
        let label = team.reader().get(format!("/v1/pseudonyms/{own}")).expect(200).text_of("label");
        for (language, title, headings, month) in [
            (
                "nl",
                "Uw vraag, en wat we ermee deden",
                ["Wat we zagen en hoorden", "Wat we deden", "Wat we u vertelden"],
                "binnen een maand",
            ),
            (
                "en",
                "Your question, and what we did with it",
                ["What we saw and heard", "What we did", "What we told you"],
                "within a month",
            ),
        ] {
            let answer = printed(&team, &own, language);
            assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
            assert_eq!(answer.header("content-language"), Some(language));
            assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
            assert_eq!(answer.header("cache-control"), Some("no-store"));
            let policy = answer.header("content-security-policy").unwrap_or_default();
            assert!(
                policy.contains("default-src 'none'") && policy.contains("style-src 'sha256-"),
                "{policy}"
            );
            let page = page(&answer);
            stands_alone(&page);
            assert_eq!(page.root_element().attribute("lang"), Some(language));
            assert_eq!(texts(&page, "h1"), [title]);
            let told = texts(&page, "h3");
            for heading in headings {
                assert!(told.iter().any(|text| text == heading), "{heading} in {told:?}");
            }
            assert!(texts(&page, "blockquote")[0].contains("Hoe kom ik onder de mensen kastanje."));
            for words in [
                "Elke dinsdag samen koffie kastanje.",
                "Zij kwam drie keer kastanje.",
                "De koffie blijft kastanje.",
                "Privacyloket",
                &label,
                month,
            ] {
                assert!(answer.text.contains(words), "{words} in {}", answer.text);
            }
            // By default Dutch, and JSON for programs.
            assert!(answer.header("vary").is_some_and(|vary| vary.contains("Accept-Language")));
        }
        assert_eq!(page_of(&team, &own).header("content-type"), Some("application/json"));
    });
}

#[test]
fn third_parties_are_left_out_and_counted() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let (own, other) = (team.pseudonym(), team.pseudonym());
        let alone = cycle.observe(json!({"aboutPseudonymIds": [own]}));
        let both = cycle
            .observe(json!({"aboutPseudonymIds": [own, other], "body": "Zij en haar buurvrouw, esdoorn."}));
        let for_another = cycle.observe(json!({"aboutPseudonymIds": [own], "onBehalfOfPseudonymId": other}));
        let anothers = cycle.ask(json!({"pseudonymId": other}));
        let on_anothers = cycle.observe(json!({"aboutPseudonymIds": [own], "questionId": anothers}));
        let mixed = cycle
            .reflect(&[&alone, &both], json!({"answers": [{"promptId": "free", "text": "Esdoorn samen."}]}));
        let tried = cycle.act(&[&mixed], json!({"description": "Esdoorn samen koken."}));
        cycle.evaluate(&tried, json!({"seenEffect": "Esdoorn at mee."}));
        let follows = json!({"answers": [{"promptId": "free", "text": "Wilg erbij."}]});
        let follows = cycle.reflect(&[&for_another], follows);
        // What somebody keeps to themselves is neither told nor counted.
        let kept =
            json!({"visibility": "author", "answers": [{"promptId": "free", "text": "Wilg voor mij."}]});
        cycle.reflect(&[&alone], kept);
        let hidden = cycle.act(&[&follows], json!({"description": "Esdoorn bellen."}));
        let clear = cycle.reflect(&[&alone], json!({}));

        let told = page_of(&team, &own).body;
        let chapters = told["chapters"].as_array().expect("chapters");
        assert_eq!(chapters.len(), 1);
        assert_eq!(
            (ids(&chapters[0]["observations"]), ids(&chapters[0]["reflections"])),
            (vec![&*alone], vec![&*clear])
        );
        assert!(ids(&chapters[0]["actions"]).is_empty());
        // Three observations, two reflections, two actions and an evaluation.
        assert_eq!(told["leftOut"], json!({"aboutOthers": 8, "namingSomebody": 0}));
        let paper = printed(&team, &own, "nl");
        for text in [told.to_string(), paper.text.clone()] {
            for absent in ["sdoorn", "Wilg", &other, &on_anothers, &hidden] {
                assert!(!text.contains(absent), "{absent}");
            }
        }
        assert!(paper.text.contains("8 teksten gaan ook over iemand anders"), "{}", paper.text);
    });
}

#[test]
fn what_names_somebody_or_was_withdrawn_is_not_on_it() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let own = team.pseudonym();
        let asked = cycle.ask(json!({"pseudonymId": own, "text": "Mag ik Zomerliefde meenemen?"}));
        let told = cycle.tell(&asked, json!({"text": "Ja, dat mag."}));
        let seen = cycle.observe(json!({"aboutPseudonymIds": [own], "body": "Zomerliefde kwam mee."}));
        let gone = cycle.observe(json!({"aboutPseudonymIds": [own], "body": "Dit was een ander, berk."}));
        cycle.withdraw("observations", &gone);
        let withdrawn = cycle.ask(json!({"pseudonymId": own, "text": "Berk?"}));
        cycle.tell(&withdrawn, json!({"text": "Berk dus."}));
        cycle.withdraw("questions", &withdrawn);
        let before = page_of(&team, &own).body;
        assert_eq!(ids(&before["chapters"][0]["returns"]), [&told]);
        assert_eq!(before["leftOut"], json!({"aboutOthers": 0, "namingSomebody": 0}));
        assert!(!before.to_string().contains("erk"), "what was withdrawn is not counted either");
        // Once the network keeps the name, texts that have it stay in the house.
        team.coordinator().post(team.path("guarded-names"), json!({"name": "Zomerliefde"})).expect(201);
        let after = page_of(&team, &own).body;
        assert_eq!(after["leftOut"], json!({"aboutOthers": 0, "namingSomebody": 2}));
        assert!(!after.to_string().contains(&seen) && !after.to_string().contains("Zomerliefde"));
        assert!(printed(&team, &own, "nl").text.contains("In 2 teksten staat misschien een naam"));
        // Nor is staff named, by their first name either.
        let person = api.newcomer("Berendina");
        let member = json!({"personId": person.id, "role": "reader"});
        api.founder().post(team.path("members"), member).expect(201);
        cycle.observe(json!({"aboutPseudonymIds": [own], "body": "Toen belde Berendina aan."}));
        assert_eq!(page_of(&team, &own).body["leftOut"]["namingSomebody"], 3);
    });
}

#[test]
fn whatever_people_wrote_does_nothing_on_it() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let own = team.pseudonym();
        let asked = cycle.ask(json!({"pseudonymId": own, "text": HOSTILE}));
        let seen = cycle.observe(json!({"questionId": asked, "body": HOSTILE}));
        let thought = cycle.reflect(&[&seen], json!({"answers": [{"promptId": "free", "text": HOSTILE}]}));
        let tried = cycle.act(&[&thought], json!({"description": HOSTILE, "happenedAt": ago(60)}));
        cycle.evaluate(&tried, json!({"seenEffect": HOSTILE, "expectedEffect": HOSTILE}));
        cycle.tell(&asked, json!({"text": HOSTILE, "response": HOSTILE}));
        let answer = printed(&team, &own, "nl");
        let page = page(&answer);
        stands_alone(&page);
        assert!(texts(&page, "blockquote")[0].contains(HOSTILE), "it is shown as it was written");
    });
}

#[test]
fn of_whom_nothing_is_held_it_says_so() {
    both(|api| {
        let team = api.team();
        let own = team.pseudonym();
        assert_eq!(page_of(&team, &own).body["chapters"], json!([]));
        assert!(printed(&team, &own, "nl").text.contains("Wij hebben niets over u opgeschreven"));
        let cycle = team.cycle();
        cycle.ask(json!({"pseudonymId": own}));
        assert!(printed(&team, &own, "nl").text.contains("Met deze vraag is nog niets gedaan."));
    });
}
