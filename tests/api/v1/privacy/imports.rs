//! Lines of files: each has findings of its own.

use serde_json::{Value, json};

use super::{BSN, PHONE, SHARED, policy};
use crate::support::team::{evaluation, new_id, with};
use crate::support::{Answer, Client, Request, both};

fn import(client: &Client, path: &str, media_type: &str, file: &str) -> Vec<Value> {
    let answer: Answer = client.send(Request::new("POST", path).raw(media_type, file)).expect(200);
    assert!(!answer.text.contains(BSN), "{}", answer.text);
    answer.text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

#[test]
fn lines_of_csv_are_refused_and_warned_of() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let file = format!("body,perspective\nRustig.,citizen\nbsn {BSN},citizen\n{SHARED},citizen\n");
        for dry_run in [true, false] {
            let path = cycle.path(&format!("imports?type=observation&dryRun={dry_run}"));
            let told = import(&team.practitioner(), &path, "text/csv", &file);
            let of = |kind: &str| told.iter().filter(|line| line["kind"] == kind).collect::<Vec<_>>();
            let [refused] = of("refused")[..] else { panic!("one is refused: {told:?}") };
            assert_eq!((&refused["line"], &refused["problem"]["code"]), (&json!(3), &json!("personal_data")));
            let error = &refused["problem"]["errors"][0];
            assert_eq!((&error["column"], &error["offset"]), (&json!("body"), &json!(4)));
            let [warned] = of("warned")[..] else { panic!("one is warned of: {told:?}") };
            assert_eq!((&warned["line"], &warned["warnings"][0]["kind"]), (&json!(4), &json!("email")));
            assert_eq!(told.last().expect("an end")["created"], 2);
            let kept = team.practitioner().get(team.path("privacy-warnings")).expect(200).ids().len();
            assert_eq!(kept, usize::from(!dry_run));
        }
    });
}

#[test]
fn lines_below_other_records_are_redacted_and_known_again() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        policy(&team, json!({"phone": "redact"}));
        let action = cycle.act(&[&cycle.reflect(&[&cycle.observe(json!({}))], json!({}))], json!({}));
        let id = new_id();
        let body = with(evaluation(), json!({"id": id, "seenEffect": format!("Belt nu {PHONE}.")}));
        let line = format!("{}\n", with(body.clone(), json!({"actionId": action})));
        let path = cycle.path("imports?type=evaluation");
        let client = team.practitioner();
        let ends = |line: &str| import(&client, &path, "application/jsonl", line).pop().expect("an end");
        assert_eq!(ends(&line)["created"], 1);
        assert_eq!(ends(&line)["replayed"], 1);
        client.post(format!("/v1/actions/{action}/evaluations"), body).expect(200);
        let stored = client.get(format!("/v1/evaluations/{id}")).expect(200);
        assert_eq!(stored["seenEffect"], "Belt nu [telefoonnummer].");
    });
}
