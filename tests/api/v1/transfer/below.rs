//! Files of what lies below other records of a cycle: evaluations and returns, whose lines name their parents.

use serde_json::{Value, json};

use super::{CSV, JSON_LINES, NASTY, Report, export, import, lines, told};
use crate::support::server::Server;
use crate::support::statements::Statements;
use crate::support::stored::changes_of;
use crate::support::team::{Cycle, Team, action, ago, evaluation, new_id, with, without};
use crate::support::{Api, Client, Kind, Part, both};

/// Evaluations of actions, and returns to questions.
#[derive(Clone, Copy, Debug)]
enum Below {
    Action,
    Question,
}

impl Below {
    const BOTH: [Below; 2] = [Below::Action, Below::Question];

    /// The member that names the parent.
    fn member(self) -> &'static str {
        match self {
            Below::Action => "actionId",
            Below::Question => "questionId",
        }
    }

    /// A member of the body that is prose.
    fn prose(self) -> &'static str {
        match self {
            Below::Action => "seenEffect",
            Below::Question => "text",
        }
    }

    fn parent(self, cycle: &Cycle) -> String {
        match self {
            Below::Action => {
                let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
                cycle.act(&[&thought], json!({}))
            }
            Below::Question => cycle.ask(json!({})),
        }
    }

    fn withdraw(self, cycle: &Cycle, parent: &str) {
        let collection = match self {
            Below::Action => "actions",
            Below::Question => "questions",
        };
        cycle.withdraw(collection, parent);
    }

    fn list(self, parent: &str) -> String {
        match self {
            Below::Action => format!("/v1/actions/{parent}/evaluations"),
            Below::Question => format!("/v1/questions/{parent}/returns"),
        }
    }

    fn path(self, cycle: &Cycle) -> String {
        let kind = match self {
            Below::Action => "evaluation",
            Below::Question => "return",
        };
        cycle.path(&format!("imports?type={kind}"))
    }

    /// A body, with this in its prose.
    fn body(self, words: &str) -> Value {
        let body = match self {
            Below::Action => evaluation(),
            Below::Question => json!({"recognised": "partly", "response": "Dat klopt wel."}),
        };
        with(body, json!({self.prose(): words}))
    }

    fn line(self, parent: &str, words: &str) -> Value {
        with(self.body(words), json!({self.member(): parent}))
    }
}

fn file(lines: &[Value]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// A file is sent by somebody who may create both.
fn send(team: &Team, path: &str, media_type: &str, file: &str) -> Report {
    told(&import(&team.facilitator(), path, media_type, file))
}

fn dangling(line: u64) -> (u64, u64, String) {
    (line, 409, "reference_not_found".to_owned())
}

/// `{"*": null}` and more, as it stands in a query.
fn columns(members: &Value) -> String {
    let text = with(json!({"*": null}), members.clone()).to_string();
    text.bytes().fold("&columns=".to_owned(), |query, byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' => query + &char::from(byte).to_string(),
        other => format!("{query}%{other:02X}"),
    })
}

#[test]
fn each_line_goes_where_it_says() {
    both(|api| {
        for kind in Below::BOTH {
            let team = api.team();
            let cycle = team.cycle();
            let (first, second) = (kind.parent(&cycle), kind.parent(&cycle));
            let before = changes_of(api, &team.id).len();
            let ids = [new_id(), new_id(), new_id()];
            let line =
                |at: usize, parent: &str, words: &str| with(kind.line(parent, words), json!({"id": ids[at]}));
            let mut sent = vec![line(0, &first, "Eén."), line(1, &second, "Twee."), line(2, &first, "Drie.")];
            let report = send(&team, &kind.path(&cycle), JSON_LINES, &file(&sent));
            assert_eq!((report.count("created"), report.lines()), (3, vec![]), "{kind:?}");
            let log = changes_of(api, &team.id).split_off(before);
            let told: Vec<String> = log.iter().filter_map(|change| change.subject.clone()).collect();
            assert_eq!(told, ids.clone().map(|id| id.replace('-', "")), "in the order of the file");
            assert_eq!(team.reader().get(kind.list(&first)).expect(200).ids().len(), 2);
            let made = team.reader().get(kind.list(&second)).expect(200).items()[0].clone();
            assert_eq!((&made["id"], &made[kind.prose()]), (&json!(ids[1]), &json!("Twee.")));
            assert_eq!(made[kind.member()], json!(second));
            assert_eq!(made["authorId"], json!(api.person(Part::Facilitator).id));

            // By itself it is the same, and so it is sent once more, with what was not sent before.
            let alone = without(sent[1].clone(), kind.member());
            team.facilitator().post(kind.list(&second), alone).expect(200);
            sent.push(kind.line(&second, "Vier."));
            let again = send(&team, &kind.path(&cycle), JSON_LINES, &file(&sent));
            assert_eq!((again.count("replayed"), again.count("created")), (3, 1), "{kind:?}");

            // An id stands for one content, below one parent.
            let other = [line(0, &first, "Anders."), line(1, &first, "Twee."), line(2, &first, "Drie.")];
            let report = send(&team, &kind.path(&cycle), JSON_LINES, &file(&other));
            let refused = [(1, 409, "id_reused".to_owned()), (2, 409, "id_taken".to_owned())];
            assert_eq!((report.lines(), report.count("replayed")), (refused.to_vec(), 1), "{kind:?}");
        }
    });
}

#[test]
fn a_line_whose_parent_is_not_in_the_cycle_is_a_bad_line() {
    both(|api| {
        for kind in Below::BOTH {
            let (team, foreign) = (api.team(), api.team());
            let (cycle, beside, elsewhere) = (team.cycle(), team.cycle(), foreign.cycle());
            let (good, gone) = (kind.parent(&cycle), kind.parent(&cycle));
            kind.withdraw(&cycle, &gone);
            let words = "Zij komt nu elke week.";
            let parents = [
                good.as_str(),
                &new_id(),
                // Of another cycle, which the sender sees; of a network in which they are as well; of no parent's kind.
                &kind.parent(&beside),
                &kind.parent(&elsewhere),
                &cycle.id,
                &gone,
                "x",
                "",
                &good,
            ];
            let mut csv = match kind {
                Below::Action => "Bij;expectedEffect;seenEffect;verdict;judgedBy\r\n".to_owned(),
                Below::Question => "Bij;text\r\n".to_owned(),
            };
            for parent in parents {
                csv += &match kind {
                    Below::Action => format!("{parent};Meer.;{words};worked;citizen\r\n"),
                    Below::Question => format!("{parent};{words}\r\n"),
                };
            }
            let path = format!("{}{}", kind.path(&cycle), columns(&json!({"Bij": kind.member()})));
            for dry in ["&dryRun=true", ""] {
                let report = send(&team, &format!("{path}{dry}"), CSV, &csv);
                let bad = |line: u64| (line, 400, "invalid_body".to_owned());
                let withdrawn = (7, 409, "withdrawn".to_owned());
                let expected =
                    [dangling(3), dangling(4), dangling(5), dangling(6), withdrawn, bad(8), bad(9)];
                assert_eq!(report.lines(), expected, "{kind:?}{dry}");
                let pointer = format!("/{}", kind.member());
                let fault = |code: &str| vec![(pointer.clone(), code.to_owned(), Some("Bij".to_owned()))];
                for line in 3..=6 {
                    assert_eq!(report.faults(line), fault("not_found"), "{kind:?} {line}");
                }
                assert_eq!(report.faults(8), fault("bad_format"));
                assert_eq!(report.faults(9), fault("required"));
                assert_eq!(report.count("created"), 2, "the others are taken");
            }
            assert_eq!(team.reader().get(kind.list(&good)).expect(200).items().len(), 2);
            // Its own cycle takes what another does not.
            let of_beside = kind.line(parents[2], words);
            let report = send(&team, &kind.path(&beside), JSON_LINES, &file(&[of_beside]));
            assert_eq!(report.count("created"), 1);
        }
    });
}

#[test]
fn a_line_is_held_against_its_body_and_its_parent_at_once() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let tried = Below::Action.parent(&cycle);
        let good = Below::Action.line(&tried, "Zij komt.");
        let sent = [
            json!({"seenEffect": "", "verdict": "maybe", "mood": 1}),
            with(good.clone(), json!({"questionId": new_id()})),
            without(good.clone(), "actionId"),
            good.clone(),
        ];
        let twice = good.to_string().replacen('{', &format!("{{\"actionId\":\"{tried}\","), 1);
        let report =
            send(&team, &Below::Action.path(&cycle), JSON_LINES, &format!("{}{twice}\n", file(&sent)));
        let bad = |line: u64| (line, 400, "invalid_body".to_owned());
        assert_eq!(report.lines(), [bad(1), bad(2), bad(3), bad(5)]);
        let faults = report.faults(1);
        for (pointer, code) in [
            ("/actionId", "required"),
            ("/expectedEffect", "required"),
            ("/judgedBy", "required"),
            ("/seenEffect", "too_short"),
            ("/verdict", "not_in_enum"),
            ("/mood", "unknown_member"),
        ] {
            let fault = (pointer.to_owned(), code.to_owned(), None);
            assert!(faults.contains(&fault), "{fault:?} in {faults:?}");
        }
        assert_eq!(report.faults(2), [("/questionId".into(), "unknown_member".into(), None)]);
        assert_eq!(report.faults(3), [("/actionId".into(), "required".into(), None)]);
        assert_eq!(report.count("created"), 1);
    });
}

#[test]
fn who_may_create_one_may_import_many() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        for (part, role) in [(Part::GuestPractitioner, "practitioner"), (Part::GuestReader, "reader")] {
            let guest = json!({"personId": api.person(part).id, "role": role});
            api.founder().post(cycle.path("participants"), guest).expect(201);
        }
        let ask = |client: &Client, kind: Below| {
            let file = file(&[kind.line(&kind.parent(&cycle), "Zij komt.")]);
            import(client, &kind.path(&cycle), JSON_LINES, &file)
        };
        for part in [Part::Practitioner, Part::GuestPractitioner, Part::Facilitator] {
            assert_eq!(told(&ask(&api.client(part), Below::Action)).count("created"), 1);
        }
        for kind in Below::BOTH {
            ask(&team.reader(), kind).refused(403, "forbidden");
            ask(&api.client(Part::GuestReader), kind).refused(403, "forbidden");
            ask(&team.outsider(), kind).refused(404, "not_found");
        }
        // Returns are told by who guides.
        ask(&team.practitioner(), Below::Question).refused(403, "forbidden");
        assert_eq!(told(&ask(&team.coordinator(), Below::Question)).count("created"), 1);
        let file_alone = team.keyed("facilitator", json!(["createCycleImport", "createObservation"]));
        ask(&file_alone, Below::Action).refused(403, "forbidden");
        let evaluates = team.keyed("practitioner", json!(["createCycleImport", "createEvaluation"]));
        assert_eq!(told(&ask(&evaluates, Below::Action)).count("created"), 1);

        // What came of it is told after the cycle as well.
        let (tried, asked) = (Below::Action.parent(&cycle), Below::Question.parent(&cycle));
        cycle.close();
        for (kind, parent) in [(Below::Action, tried), (Below::Question, asked)] {
            let report =
                send(&team, &kind.path(&cycle), JSON_LINES, &file(&[kind.line(&parent, "Zij komt.")]));
            assert_eq!((report.count("created"), report.lines()), (1, vec![]));
        }
    });
}

/// What is exported of a list, cut to what says something.
fn said(client: &Client, list: &str) -> Vec<Value> {
    let mut records = lines(&export(client, list, JSON_LINES).expect(200).text);
    for record in &mut records {
        record.as_object_mut().expect("an object").retain(|member, _| {
            ["expectedEffect", "seenEffect", "beneficiaries", "text", "response", "happenedAt"]
                .contains(&member.as_str())
        });
    }
    records.sort_by_key(|record| record["happenedAt"].to_string());
    records
}

#[test]
fn what_was_exported_is_imported() {
    both(|api| {
        for (kind, media_type) in
            Below::BOTH.into_iter().flat_map(|kind| [CSV, JSON_LINES].map(|media_type| (kind, media_type)))
        {
            let team = api.team();
            let (cycle, next) = (team.cycle(), team.cycle());
            let (parent, other) = (kind.parent(&cycle), kind.parent(&next));
            for (at, words) in NASTY.iter().enumerate() {
                let named = json!({"id": new_id(), "happenedAt": ago(60 + at as i64)});
                team.facilitator().post(kind.list(&parent), with(kind.body(words), named)).expect(201);
            }
            let count = NASTY.len() as u64;
            let exported = export(&team.reader(), &kind.list(&parent), media_type).expect(200).text;
            let before = changes_of(api, &team.id).len();
            let back = format!("{}{}", kind.path(&cycle), columns(&json!({})));
            let report = send(&team, &back, media_type, &exported);
            assert_eq!((report.count("replayed"), report.lines()), (count, vec![]), "{kind:?} {media_type}");
            assert_eq!(changes_of(api, &team.id).len(), before, "nothing is other than it was");

            // Elsewhere, where each parent has another id, and each record is to have one.
            let moved = exported.replace(&parent, &other);
            let away = format!("{}{}", kind.path(&next), columns(&json!({"id": null})));
            let report = send(&team, &away, media_type, &moved);
            assert_eq!((report.count("created"), report.lines()), (count, vec![]), "{kind:?} {media_type}");
            let [left, arrived] = [&parent, &other].map(|parent| said(&team.reader(), &kind.list(parent)));
            assert_eq!(left, arrived, "formulas too, whose apostrophes are the file's alone");
            // An id that stands below another parent tells nothing of it.
            let taken = send(&team, &back.replace(&cycle.id, &next.id), media_type, &moved);
            assert!(
                taken.lines().iter().all(|(_, status, code)| (*status, code.as_str()) == (409, "id_taken"))
            );
            assert_eq!(taken.count("refused"), count);
        }
    });
}

#[test]
fn columns_are_called_what_they_are_called() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let asked = Below::Question.parent(&cycle);
        let path = Below::Question.path(&cycle);
        let mapped = format!("{path}{}", columns(&json!({"Vraag": "questionId", "Wat is gezegd?": "text"})));
        let csv = format!("Vraag,Nr,Wat is gezegd?\r\n{asked},1,'=1+1\r\n");
        let line = json!({"Vraag": asked, "Nr": 1, "Wat is gezegd?": "=1+1"}).to_string();
        for (media_type, file) in [(CSV, &csv), (JSON_LINES, &line)] {
            assert_eq!(send(&team, &mapped, media_type, file).count("created"), 1, "{media_type}");
        }
        let texts = team.reader().get(Below::Question.list(&asked)).expect(200);
        assert!(texts.items().iter().all(|item| item["text"] == "=1+1"), "{}", texts.text);
        let unknown = import(&team.facilitator(), &path, CSV, &csv);
        unknown.refused(400, "invalid_columns").pointers(&[
            ("/columns/Vraag", "unknown_member"),
            ("/columns/Nr", "unknown_member"),
            ("/columns/Wat is gezegd?", "unknown_member"),
        ]);
        // The parent's member is one of the line and of no other kind's.
        let wrong = format!("{path}{}", columns(&json!({"Vraag": "actionId"})));
        let wrong = import(&team.facilitator(), &wrong, CSV, &csv);
        wrong.refused(400, "invalid_columns").pointers(&[("/columns/Vraag", "unknown_member")]);
    });
}

#[test]
fn a_file_that_was_broken_off_is_sent_again() {
    both(|api| {
        for kind in Below::BOTH {
            let team = api.team();
            let cycle = team.cycle();
            let parents = [kind.parent(&cycle), kind.parent(&cycle), kind.parent(&cycle)];
            let sent: Vec<Value> = (0..450)
                .map(|at| with(kind.line(&parents[at % 3], &format!("De {at}e.")), json!({"id": new_id()})))
                .collect();
            let begun = send(&team, &kind.path(&cycle), JSON_LINES, &file(&sent[..250]));
            assert_eq!(begun.count("created"), 250);
            let whole = send(&team, &kind.path(&cycle), JSON_LINES, &file(&sent));
            assert_eq!((whole.count("replayed"), whole.count("created")), (250, 200), "{kind:?}");
            assert_eq!(lines(&export(&team.reader(), &kind.list(&parents[2]), JSON_LINES).text).len(), 150);
        }
    });
}

#[test]
fn a_chunk_takes_few_statements_however_many_parents_it_has() {
    let api = Api::start(Kind::Postgres, &[]);
    let team = api.team();
    let cycle = team.cycle();
    let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
    let ids: Vec<String> = (0..200).map(|_| new_id()).collect();
    let owner = &api.person(Part::Practitioner).id;
    let actions = ids.iter().map(|id| with(action(&[&thought], owner), json!({"id": id})));
    let actions: Vec<Value> = actions.collect();
    let report = send(&team, &cycle.path("imports?type=action"), JSON_LINES, &file(&actions));
    assert_eq!(report.count("created"), 200);
    let questions: Vec<Value> = ids.iter().map(|id| json!({"id": id, "text": "Wie komt er?"})).collect();
    let report = send(&team, &cycle.path("imports?type=question"), JSON_LINES, &file(&questions));
    assert_eq!(report.count("created"), 200);
    // A server of its own on the same database, whose housekeeping is over when it first answers.
    let counting = Statements::to(&api.server.database_url);
    let server = Server::start(&counting.database_url, &[]);
    let client = Client::with_token(&server.base, team.facilitator().token());
    let statements = |kind: Below, parents: &[&str]| {
        let lines: Vec<Value> = parents
            .iter()
            .map(|parent| with(kind.line(parent, "Zij komt."), json!({"id": new_id()})))
            .collect();
        let before = counting.counted();
        let report = told(&import(&client, &kind.path(&cycle), JSON_LINES, &file(&lines)));
        assert_eq!(report.count("created"), parents.len() as u64);
        counting.counted() - before
    };
    for kind in Below::BOTH {
        let one = statements(kind, &[&ids[0]]);
        let of_one = statements(kind, &vec![ids[0].as_str(); 200]);
        let of_many = statements(kind, &ids.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(one > 5, "they are counted");
        assert!(of_one <= one + 10, "{of_one} statements for two hundred lines, {one} for one");
        assert_eq!(of_many, of_one, "{kind:?}");
    }
}
