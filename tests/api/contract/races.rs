//! Two at the same time: one wins, the other is told, nothing is lost or doubled.

use serde_json::json;

use crate::support::team::{new_id, observation, with};
use crate::support::{Answer, both};

/// Runs both at once; answers with their statuses, sorted.
fn at_once(
    first: impl Fn() -> Answer + Sync,
    second: impl Fn() -> Answer + Sync,
) -> (Vec<u16>, Answer, Answer) {
    let barrier = std::sync::Barrier::new(2);
    let (one, two) = std::thread::scope(|scope| {
        let one = scope.spawn(|| {
            barrier.wait();
            first()
        });
        let two = scope.spawn(|| {
            barrier.wait();
            second()
        });
        (one.join().expect("an answer"), two.join().expect("an answer"))
    });
    let mut statuses = vec![one.status, two.status];
    statuses.sort_unstable();
    (statuses, one, two)
}

#[test]
fn one_id_sent_twice_at_once_is_one_record() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let practitioner = team.practitioner();
        for _ in 0..10 {
            let body = with(observation(), json!({"id": new_id()}));
            let send = || practitioner.post(cycle.path("observations"), body.clone());
            let (statuses, one, two) = at_once(send, send);
            assert_eq!(statuses, [200, 201]);
            assert_eq!(one.body, two.body);
        }
        assert_eq!(cycle.report()["counts"]["observations"], 10);
    });
}

#[test]
fn one_id_with_two_contents_at_once_keeps_the_first() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let practitioner = team.practitioner();
        for _ in 0..10 {
            let id = new_id();
            let send = |text: &str| {
                practitioner
                    .post(cycle.path("observations"), with(observation(), json!({"id": id, "body": text})))
            };
            let (statuses, one, two) = at_once(|| send("Links."), || send("Rechts."));
            assert_eq!(statuses, [201, 409]);
            let winner = if one.status == 201 { one } else { two };
            assert_eq!(
                practitioner.get(format!("/v1/observations/{id}")).expect(200)["body"],
                winner["body"]
            );
        }
    });
}

#[test]
fn of_two_edits_of_one_version_one_is_kept_and_the_other_told() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        for _ in 0..10 {
            let path = format!("/v1/actions/{}", cycle.act(&[&thought], json!({})));
            let (practitioner, facilitator) = (team.practitioner(), team.facilitator());
            let (statuses, one, two) = at_once(
                || practitioner.patch(&path, 1, json!({"description": "Zo."})),
                || facilitator.patch(&path, 1, json!({"description": "Anders."})),
            );
            assert_eq!(statuses, [200, 412]);
            let (won, lost) = if one.status == 200 { (one, two) } else { (two, one) };
            assert_eq!(lost["storedVersion"], 2, "it says what there is now");
            assert_eq!(team.reader().get(&path).expect(200).body, won.body);
        }
    });
}

#[test]
fn logging_while_the_cycle_closes_is_either_in_time_or_refused() {
    both(|api| {
        let team = api.team();
        let practitioner = team.practitioner();
        for _ in 0..5 {
            let cycle = team.cycle();
            for phase in ["act", "observe", "reflect"] {
                cycle.move_to(phase);
            }
            let facilitator = team.facilitator();
            let close = json!({"to": "closed", "reason": "Klaar.", "acceptLooseEnds": true});
            let (_, logged, closed) = at_once(
                || practitioner.post(cycle.path("observations"), observation()),
                || facilitator.post(cycle.path("transitions"), close.clone()),
            );
            closed.expect(200);
            // In time, or late because it was dated before the closing, or refused: never lost, never in doubt.
            assert!(matches!(logged.status, 201 | 409), "{}", logged.text);
            assert_eq!(cycle.report()["counts"]["observations"], if logged.status == 201 { 1 } else { 0 });
        }
    });
}

#[test]
fn a_cycle_gets_one_successor_even_at_once() {
    both(|api| {
        let team = api.team();
        let first = team.cycle();
        first.close();
        let facilitator = team.facilitator();
        let body = json!({"learningQuestion": "En nu?", "previousCycleId": first.id});
        let send = || facilitator.post(team.path("cycles"), body.clone());
        let (statuses, _, _) = at_once(send, send);
        assert_eq!(statuses, [201, 409]);
    });
}

#[test]
fn many_writers_at_once_lose_nothing() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let practitioner = team.practitioner();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..10 {
                        practitioner.post(cycle.path("observations"), observation()).expect(201);
                    }
                });
            }
        });
        assert_eq!(cycle.report()["counts"]["observations"], 80);
    });
}
