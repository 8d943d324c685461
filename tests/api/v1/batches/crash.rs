//! A power cut in the middle.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use super::{atomic, create, send, statuses};
use crate::support::server::Server;
use crate::support::stored::{assert_gapless, number};
use crate::support::team::{new_id, observation, with};
use crate::support::{Client, Request, both_alone};

#[test]
fn killing_the_process_leaves_each_atomic_batch_whole_or_not_at_all() {
    both_alone(&[], |api| {
        let team = api.team();
        let cycle = team.cycle();
        let practitioner = team.practitioner();
        let make = || {
            let items: Vec<Value> = (0..200)
                .map(|_| with(observation(), json!({"id": new_id()})))
                .map(|body| create("observation", ("cycleId", &cycle.id), body))
                .collect();
            atomic(&items)
        };
        let batches: Vec<Vec<Value>> = (0..4).map(|_| (0..40).map(|_| make()).collect()).collect();
        let answered = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for mine in &batches {
                let (answered, practitioner) = (&answered, &practitioner);
                scope.spawn(move || {
                    for batch in mine {
                        match practitioner.try_send(&Request::new("POST", "/v1/batches").json(batch)) {
                            Ok(answer) if answer.status == 200 => answered.fetch_add(1, Ordering::SeqCst),
                            // It is gone.
                            _ => return,
                        };
                    }
                });
            }
            while answered.load(Ordering::SeqCst) < 6 {
                std::thread::sleep(Duration::from_millis(1));
            }
            api.server.kill();
        });

        let server = Server::start(&api.server.database_url, &[]);
        let client = Client::with_token(&server.base, practitioner.token());
        let url = &api.server.database_url;
        let count = |sql: &str| number(api.kind, url, sql);
        let (observations, written) =
            (count("SELECT count(*) FROM observations"), count("SELECT count(*) FROM batches"));
        assert_eq!(observations, written * 200, "whole batches, each remembered");
        assert!(written >= 6, "what was answered is there");
        assert_eq!(
            count("SELECT count(*) FROM changes WHERE kind = 'observation.created'"),
            observations,
            "each told of"
        );
        assert_gapless(api);
        // Sent again, whatever became of them, they are all there once.
        for batch in batches.iter().map(|mine| &mine[0]) {
            assert_eq!(statuses(&send(&client, batch)), [201; 200]);
        }
    });
}
