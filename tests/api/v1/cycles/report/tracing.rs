//! Every figure leads to the records that it counts.

use serde_json::{Value, json};

use crate::support::both;
use crate::support::team::{Cycle, ago, frame_shift};
use crate::support::tracing::{all, follow_every_figure};

const DAY: i64 = 86_400;

/// A cycle in which a bit of everything happened.
pub fn busy(cycle: &Cycle<'_, '_>) {
    let asked: Vec<String> =
        [90, 40, 3].iter().map(|days| cycle.ask(json!({"happenedAt": ago(days * DAY)}))).collect();
    cycle.tell(&asked[0], json!({"recognised": "yes", "happenedAt": ago(10 * DAY)}));
    cycle.tell(&asked[1], json!({"happenedAt": ago(50 * DAY)}));
    let perspectives = ["citizen", "practitioner", "informal_carer", "organisation", "system"];
    let voices = ["own_words", "quoted", "retold", "interpreted"];
    let mut seen = Vec::new();
    for nth in 0..14_usize {
        let days = [100, 80, 45, 31, 29, 12, 8, 6, 2, 0][nth % 10];
        let mut members = json!({
            "perspective": perspectives[nth % 5],
            "happenedAt": ago(days * DAY + 60 * i64::try_from(nth).expect("few")),
        });
        if nth % 5 < 4 {
            members["voice"] = json!(voices[nth % 4]);
        }
        if nth % 3 == 0 {
            members["questionId"] = json!(asked[nth % 2]);
        }
        seen.push(cycle.observe(members));
    }
    let thoughts: Vec<String> = (0..6)
        .map(|nth| {
            let mut members = json!({"happenedAt": ago(if nth == 5 { 120 } else { 5 } * DAY)});
            if nth % 3 > 0 {
                members["loopDepth"] = json!(["double", "triple"][nth % 2]);
                members["frameShift"] = frame_shift();
            }
            cycle.reflect(&[&seen[nth], &seen[nth + 1]], members)
        })
        .collect();
    let tried: Vec<String> = thoughts[..4]
        .iter()
        .map(|thought| cycle.act(&[thought], json!({"happenedAt": ago(4 * DAY)})))
        .collect();
    cycle.evaluate(&tried[0], json!({"verdict": "worked", "happenedAt": ago(DAY)}));
    cycle.evaluate(&tried[1], json!({"verdict": "did_not_work"}));
    let practitioner = cycle.team.practitioner();
    let dropped = json!({"to": "dropped", "reason": "Geen tijd."});
    practitioner.post(format!("/v1/actions/{}/transitions", tried[2]), dropped).expect(200);
    let closed = json!({"to": "closed", "reason": "Opgelost."});
    cycle.team.facilitator().post(format!("/v1/observations/{}/transitions", seen[12]), closed).expect(200);
    cycle.withdraw("observations", &seen[13]);
}

#[test]
fn every_figure_of_a_cycle_leads_to_the_records_that_it_counts() {
    both(|api| {
        let team = api.team();
        let network = format!("/v1/networks/{}", team.id);
        let version = team.coordinator().get(&network).expect(200).version();
        let day = |seconds: i64| ago(seconds)[..10].to_owned();
        let pause = json!({"pauses": [{"startsOn": day(11 * DAY), "endsOn": day(5 * DAY)}]});
        team.coordinator().patch(&network, version, pause).expect(200);
        let first = team.cycle();
        busy(&first);
        first.share("commons");
        first.close();
        let cycle = team.cycle_with(json!({"previousCycleId": first.id}));
        busy(&cycle);
        let insight = cycle.share("commons");
        let other = api.team();
        let adoption = json!({"insightId": insight, "decision": "adapted"});
        other.coordinator().post(other.path("adoptions"), adoption).expect(201);

        let report = cycle.report();
        let reader = team.reader();
        let figures = follow_every_figure(&reader, &report.body);
        assert!(figures > 150, "{figures}");
        assert_eq!(report["carriedIn"].as_array().map(Vec::len), Some(1), "it has something to carry");
        assert_eq!(report["insights"]["items"][0]["adoptions"]["adapted"], 1);
        assert_eq!(report["predecessors"][0]["id"], first.id);
        assert_ne!(
            report["agesOfOpen"]["observations"]["medianDays"],
            report["agesOfOpen"]["observations"]["medianDaysWithoutPauses"]
        );

        // The links against filters that know nothing of reports.
        for (place, plain) in [
            ("/byPerspective/citizen", "observations?perspective=citizen"),
            ("/counts/withdrawn", "observations?state=withdrawn"),
            ("/loop/parts/closedWithoutAction", "observations?state=closed"),
            ("/byLoopDepth/double", "reflections?loopDepth=double"),
            ("/actionsByState/dropped", "actions?state=dropped"),
        ] {
            let linked = all(&reader, report["from"][place].as_str().expect("a link"));
            let listed = all(&reader, &cycle.path(plain));
            assert!(!linked.is_empty());
            assert_eq!(linked, listed, "{place}");
        }
    });
}

#[test]
fn the_figures_of_a_closed_cycle_stay_and_what_came_since_stands_beside_them() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        busy(&cycle);
        let asked = cycle.ask(json!({}));
        let open = cycle.report();
        assert_eq!((&open["atClosing"], &open["sinceClosing"]), (&Value::Null, &Value::Null));
        cycle.close();
        let closed = cycle.report();
        let nothing =
            json!({"observations": 0, "evaluations": 0, "evaluated": 0, "withdrawn": 0, "returned": 0});
        assert_eq!(closed["sinceClosing"], nothing);
        assert_eq!(closed["atClosing"]["loop"], closed["loop"]);

        let waiting = all(&team.reader(), &cycle.path("actions?figure=open"));
        let waiting = waiting[0]["id"].as_str().expect("an id");
        cycle.evaluate(waiting, json!({}));
        cycle.tell(&asked, json!({}));
        let seen = all(&team.reader(), &cycle.path("observations?figure=open"));
        let taken_back = seen.last().expect("one is open")["id"].as_str().expect("an id").to_owned();
        cycle.withdraw("observations", &taken_back);
        let since = cycle.report();
        assert_eq!(since["atClosing"], closed["atClosing"]);
        assert_ne!(since["counts"], closed["counts"], "the figures of now are told as well");
        assert_eq!(since["sinceClosing"]["evaluations"], 1);
        assert_eq!(since["sinceClosing"]["withdrawn"], 1);
        assert_eq!(since["sinceClosing"]["returned"], 1);
        assert_ne!(since["openItemsTotal"], closed["openItemsTotal"], "what is open is open now");
        follow_every_figure(&team.reader(), &since.body);
        let counted = all(&team.reader(), &cycle.path("observations?figure=observed&at=closing"));
        let counted_still =
            counted.iter().find(|record| record["id"] == *taken_back).expect("it was counted");
        assert_eq!(counted_still["state"], "withdrawn", "as it is now");

        // What its author has taken away or kept back since is nobody else's, counted or not.
        let kept_back = all(&team.reader(), &cycle.path("reflections?figure=action_still_open&at=closing"));
        let kept_back = kept_back[0]["id"].as_str().expect("an id").to_owned();
        let path = format!("/v1/reflections/{kept_back}");
        let version = team.practitioner().get(&path).expect(200).version();
        team.practitioner().patch(&path, version, json!({"visibility": "author"})).expect(200);
        let elsewhere = api.team();
        let moved = all(&team.reader(), &cycle.path("observations?figure=reflection_still_open&at=closing"));
        let moved = moved.iter().find(|seen| seen["state"] == "logged").expect("one is undiscussed");
        let moved = moved["id"].as_str().expect("an id").to_owned();
        let there = json!({"networkId": elsewhere.id});
        team.practitioner().post(format!("/v1/observations/{moved}/moves"), there).expect(200);
        let listed = |list: &str, id: &str| {
            all(&team.reader(), &cycle.path(list)).iter().any(|record| record["id"] == *id)
        };
        assert!(!listed("reflections?figure=reflected&at=closing", &kept_back));
        assert!(!listed("observations?figure=observed&at=closing", &moved));

        let reopened = json!({"to": "reflect", "reason": "Nog niet klaar."});
        team.facilitator().post(cycle.path("transitions"), reopened).expect(200);
        let again = cycle.report();
        assert_eq!((&again["atClosing"], &again["sinceClosing"]), (&Value::Null, &Value::Null));
        assert_ne!(again["counts"]["observations"], since["counts"]["observations"], "one was moved away");
        let none = all(&team.reader(), &cycle.path("observations?figure=observed&at=closing"));
        assert_eq!(none.len(), 0, "it is not closed");
        cycle.close();
        assert_eq!(cycle.report()["sinceClosing"], nothing, "it was closed anew");
    });
}

#[test]
fn a_figure_goes_with_days_alone_and_guests_are_told_nothing_of_the_network() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        cycle.observe(json!({}));
        let narrowed = [
            "observations?figure=open&perspective=citizen",
            "questions?figure=asked&state=withdrawn",
            "reflections?figure=reflected&loopDepth=single",
            "actions?figure=open&kind=experiment",
            "evaluations?figure=judged&state=current",
        ];
        for list in narrowed {
            team.reader().get(cycle.path(list)).errors(&[("/figure", "inconsistent")]);
            team.reader().get(team.path(list)).errors(&[("/figure", "inconsistent")]);
        }
        team.reader().get(cycle.path("observations?at=closing")).errors(&[("/at", "inconsistent")]);
        team.reader().get(cycle.path("observations?figure=asked")).errors(&[("/figure", "not_in_enum")]);
        let none =
            team.reader().get(cycle.path("observations?figure=observed&from=2024-02-01&to=2024-01-01"));
        assert_eq!(none.expect(200).items().len(), 0, "days that are none hold nothing");

        let guest = api.learner("Gast");
        let invited = json!({"personId": guest.person.id, "role": "reader"});
        api.founder().post(cycle.path("participants"), invited).expect(201);
        let (theirs, ours) = (guest.client.get(cycle.path("report")).expect(200), cycle.report());
        assert_eq!((&theirs["insights"], &theirs["predecessors"]), (&Value::Null, &Value::Null));
        assert_eq!(ours["predecessors"], json!([]));
        assert_ne!(theirs.header("etag"), ours.header("etag"));
    });
}
