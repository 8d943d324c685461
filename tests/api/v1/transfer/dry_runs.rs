//! A dry run: it tells what an import would, and leaves nothing behind.

use serde_json::{Value, json};

use super::{JSON_LINES, import, told};
use crate::support::stored::number;
use crate::support::team::{evaluation, new_id, reflection, with};
use crate::support::{Api, Part};

/// How many rows there are in every table that an import could write to.
fn rows(api: &Api) -> Vec<i64> {
    let tables = [
        "changes",
        "observations",
        "observation_themes",
        "observation_pseudonyms",
        "questions",
        "reflections",
        "reflection_observations",
        "reflection_people",
        "actions",
        "action_reflections",
        "evaluations",
        "returns",
        "pseudonyms",
    ];
    let url = &api.server.database_url;
    let count = |table: &&str| number(api.kind, url, &format!("SELECT count(*) FROM {table}"));
    let mut rows: Vec<i64> = tables.iter().map(count).collect();
    rows.push(number(api.kind, url, "SELECT sum(last_change) FROM network_streams"));
    rows
}

#[test]
fn a_dry_run_judges_everything_and_writes_nothing() {
    crate::support::both_alone(&[], |api| {
        let team = api.team();
        let cycle = team.cycle();
        let about = team.pseudonym();
        let (twice, other, stands) = (new_id(), new_id(), new_id());
        let line = |id: &str, body: &str| json!({"id": id, "body": body, "perspective": "citizen"});
        team.practitioner().post(cycle.path("observations"), line(&stands, "Er al.")).expect(201);
        let mut lines: Vec<Value> = vec![
            line(&twice, "Eén."),
            line(&other, "Twee."),
            line(&stands, "Er al."),
            line(&stands, "Anders."),
            line(&twice, "Eén."),
            line(&twice, "Niet één."),
            json!({"body": "Drie.", "perspective": "citizen", "aboutPseudonymIds": [about]}),
            json!({"body": "Vier.", "perspective": "citizen", "aboutPseudonymIds": [new_id()]}),
            json!({"body": "Vijf.", "perspective": "bird"}),
        ];
        // Far enough for a transaction of its own.
        lines.extend((0..300).map(|n| json!({"body": format!("Nog {n}."), "perspective": "citizen"})));
        lines.extend([line(&other, "Twee."), line(&other, "Toch niet."), line(&stands, "Er al.")]);
        let file: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let path = |dry: bool| cycle.path(&format!("imports?type=observation&dryRun={dry}"));
        let before = rows(api);
        let dry = told(&import(&team.practitioner(), &path(true), JSON_LINES, &file));
        assert_eq!(rows(api), before, "nothing is written");
        assert_eq!(dry.end["dryRun"], true);
        let reused = |line: u64| (line, 409, "id_reused".to_owned());
        let expected = [
            reused(4),
            reused(6),
            (8, 409, "reference_not_found".to_owned()),
            (9, 400, "invalid_body".to_owned()),
            reused(311),
        ];
        assert_eq!(dry.lines(), expected);
        assert_eq!((dry.count("created"), dry.count("replayed")), (303, 4));
        // What is then done is what was said.
        let done = told(&import(&team.practitioner(), &path(false), JSON_LINES, &file));
        assert_eq!(done.lines(), expected);
        let counts = |report: &super::Report| {
            ["lines", "created", "replayed", "refused"].map(|name| report.count(name))
        };
        assert_eq!(counts(&done), counts(&dry));
        assert_ne!(rows(api), before);

        // A session has one reflection, however far apart two are.
        let session = team.held(json!({"cycleId": cycle.id}), &[Part::Practitioner]);
        let thought = reflection(&[&stands]);
        let of_session = with(thought.clone(), json!({"sessionId": session.id}));
        let mut thoughts = vec![of_session.clone()];
        thoughts.extend((0..250).map(|_| thought.clone()));
        thoughts.push(of_session);
        let file: String = thoughts.iter().map(|line| format!("{line}\n")).collect();
        for dry in [true, false] {
            let path = cycle.path(&format!("imports?type=reflection&dryRun={dry}"));
            let report = told(&import(&team.practitioner(), &path, JSON_LINES, &file));
            assert_eq!(report.lines(), [(252, 409, "has_reflection".into())], "{dry}");
        }

        // What lies below another record is known by it as well.
        let thought = cycle.reflect(&[&stands], json!({}));
        let (tried, left) = (cycle.act(&[&thought], json!({})), cycle.act(&[&thought], json!({})));
        let line = |action: &str, id: &str, seen: &str| {
            with(evaluation(), json!({"actionId": action, "id": id, "seenEffect": seen}))
        };
        let mut came = vec![line(&tried, &twice, "Eén."), line(&tried, &other, "Twee.")];
        came.extend((0..250).map(|n| line(&tried, &new_id(), &format!("Nog {n}."))));
        came.extend([
            line(&tried, &twice, "Eén."),
            line(&tried, &twice, "Niet één."),
            line(&left, &other, "Twee."),
            line(&new_id(), &new_id(), "Van niets."),
        ]);
        let file: String = came.iter().map(|line| format!("{line}\n")).collect();
        for dry in [true, false] {
            let before = rows(api);
            let path = cycle.path(&format!("imports?type=evaluation&dryRun={dry}"));
            let report = told(&import(&team.practitioner(), &path, JSON_LINES, &file));
            let expected = [(254, "id_reused"), (255, "id_taken"), (256, "reference_not_found")];
            assert_eq!(report.lines(), expected.map(|(line, code)| (line, 409, code.to_owned())), "{dry}");
            assert_eq!((report.count("created"), report.count("replayed")), (252, 1), "{dry}");
            assert_eq!(rows(api) == before, dry);
        }

        // The state of the cycle counts too.
        cycle.close();
        let before = rows(api);
        let late = told(&import(&team.practitioner(), &path(true), JSON_LINES, &lines[6].to_string()));
        assert_eq!(late.lines().len(), 1);
        assert_eq!(late.lines()[0].1, 409);
        assert_eq!(rows(api), before);
    });
}
