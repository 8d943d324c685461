//! Files that come in: what is taken, what is refused line by line, and what a dry run leaves behind.

use serde_json::{Value, json};

use super::{CSV, JSON_LINES, import, told};
use crate::support::stored::changes_of;
use crate::support::team::new_id;
use crate::support::{Part, Request, both};

/// What a file is refused for as a whole.
fn refused_whole(answer: &crate::support::Answer, errors: &[(&str, &str)]) {
    answer.clone().refused(400, "invalid_columns").pointers(errors);
}

#[test]
fn lines_are_created_as_if_each_had_been_sent_by_itself() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let path = cycle.path("imports?type=observation");
        let before = changes_of(api, &team.id).len();
        let id = new_id();
        let csv = format!(
            "id,body,perspective,tags,happenedAt\r\n\
             {id},\"Zij zei: \"\"Nee.\"\"\nEn ging.\",citizen,\"a;b\\;c\",2024-01-01T10:00:00+01:00\r\n\
             ,Stil op straat.,system,,\r\n"
        );
        let answer = import(&team.practitioner(), &path, CSV, &csv);
        assert_eq!(answer.header("content-type"), Some(JSON_LINES));
        let end = told(&answer).end;
        assert_eq!(
            end,
            json!({"kind": "finished", "dryRun": false, "lines": 2, "created": 2, "replayed": 0, "refused": 0})
        );
        let made = team.reader().get(format!("/v1/observations/{id}")).expect(200);
        assert_eq!(made["body"], "Zij zei: \"Nee.\"\nEn ging.");
        assert_eq!((&made["tags"], &made["voice"]), (&json!(["a", "b;c"]), &Value::Null));
        assert_eq!(made["happenedAt"], "2024-01-01T09:00:00Z");
        assert_eq!(made["authorId"], json!(api.person(Part::Practitioner).id));
        let changes = changes_of(api, &team.id);
        assert_eq!(changes.len(), before + 2, "each is a change like others");
        assert!(changes[before..].iter().all(|change| change.kind == "observation.created"));

        // Sent once more, what has an id is there, and so is the same by itself.
        let again = told(&import(&team.practitioner(), &path, CSV, &csv)).end;
        assert_eq!((&again["created"], &again["replayed"]), (&json!(1), &json!(1)));
        let body = json!({
            "id": id, "body": "Zij zei: \"Nee.\"\nEn ging.", "perspective": "citizen", "tags": ["a", "b;c"],
            "happenedAt": "2024-01-01T09:00:00Z",
        });
        team.practitioner().post(cycle.path("observations"), body).expect(200);
        let other = csv.replace("Nee", "Ja");
        let refused = told(&import(&team.practitioner(), &path, CSV, &other));
        assert_eq!(refused.lines(), [(2, 409, "id_reused".into())]);
    });
}

#[test]
fn every_bad_line_is_told_with_its_column() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let path = cycle.path("imports?type=reflection");
        let seen = cycle.observe(json!({}));
        let good = format!(
            "{seen},free,\"[{{\"\"promptId\"\":\"\"free\"\",\"\"text\"\":\"\"Zo.\"\"}}]\",single,,,\r\n"
        );
        let csv = [
            "observationIds,model,answers,loopDepth,frameShift.disruption,visibility,happenedAt\r\n"
                .to_owned(),
            good.clone(),                                                         // 2
            "\r\n".into(),                                                        // 3
            ",,,,,,\r\n".into(),                                                  // 4
            "x;y,bird,[1,deep,,,\r\n".into(),                                     // 5
            format!("{seen},bird,[],deep,Zij lachte.,mine,25-11-2024 14:30\r\n"), // 6
            format!("{seen},free\r\n"),                                           // 7
            format!("{}\r\n", good.trim_end().replace(&seen, &new_id())),         // 8
            good.replace("single", "double"),                                     // 9
            good.clone(),                                                         // 10
            "\"never closed,\r\n\r\n".into(),                                     // 11
        ]
        .concat();
        let answer = import(&team.practitioner(), &path, CSV, &csv);
        let report = told(&answer);
        let lines = report.lines();
        let bad = |line: u64| (line, 400, "invalid_body".to_owned());
        assert_eq!(lines, [bad(5), bad(6), bad(7), (8, 409, "reference_not_found".into()), bad(9), bad(11)]);
        assert_eq!(report.faults(5), [("/answers".into(), "malformed_json".into(), Some("answers".into()))]);
        let faults = report.faults(6);
        for (pointer, code, column) in [
            ("/model", "not_in_enum", Some("model")),
            ("/answers", "too_few", Some("answers")),
            ("/loopDepth", "not_in_enum", Some("loopDepth")),
            ("/frameShift/assumptionBefore", "required", None),
            ("/visibility", "not_in_enum", Some("visibility")),
            ("/happenedAt", "bad_format", Some("happenedAt")),
        ] {
            let fault = (pointer.to_owned(), code.to_owned(), column.map(str::to_owned));
            assert!(faults.contains(&fault), "{fault:?} in {faults:?}");
        }
        assert!(answer.text.contains("dates=dutch"), "it is told what is expected");
        assert_eq!(report.faults(7), [(String::new(), "ragged".into(), None)]);
        let dangling = ("/observationIds/0".into(), "not_found".into(), Some("observationIds".into()));
        assert_eq!(report.faults(8), [dangling]);
        assert_eq!(report.faults(9), [("/frameShift".into(), "required".into(), None)]);
        assert_eq!(report.faults(11), [(String::new(), "quote_left_open".into(), None)]);
        assert_eq!(report.count("lines"), 8);
        assert_eq!((report.count("created"), report.count("refused")), (2, 6), "the others are taken");
        assert_eq!(team.practitioner().get(cycle.path("reflections")).expect(200).items().len(), 2);
    });
}

#[test]
fn lines_of_json_are_bodies() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let path = cycle.path("imports?type=observation");
        let long = format!("{{\"body\": \"{}\"}}", "x".repeat(1 << 20));
        let file = [
            r#"{"body": "Stil.", "perspective": "system"}"#,
            "",
            "  \t",
            r#"{"body": "Stil.", "perspective": "bird", "tags": ["a", "a"]}"#,
            "no json",
            "[]",
            r#"{"body": "a", "body": "b", "perspective": "system"}"#,
            &long,
            r#"{"body": "Laatste.", "perspective": "citizen"}"#,
        ]
        .join("\n");
        let report = told(&import(&team.practitioner(), &path, JSON_LINES, &file));
        let bad = |line: u64| (line, 400, "invalid_body".to_owned());
        let broken = (5, 400, "malformed_json".to_owned());
        let large = (8, 413, "payload_too_large".to_owned());
        assert_eq!(report.lines(), [bad(4), broken, bad(6), bad(7), large]);
        let faults = report.faults(4);
        assert!(faults.contains(&("/perspective".into(), "not_in_enum".into(), None)), "{faults:?}");
        assert!(faults.contains(&("/tags".into(), "duplicate".into(), None)), "{faults:?}");
        assert_eq!((report.count("lines"), report.count("created")), (7, 2));
        // Ended by CRLF too, and with nothing in it.
        let windows = "{\"body\": \"Stil.\", \"perspective\": \"system\"}\r\n\r\n";
        assert_eq!(told(&import(&team.practitioner(), &path, JSON_LINES, windows)).count("created"), 1);
        assert_eq!(told(&import(&team.practitioner(), &path, JSON_LINES, "")).count("lines"), 0);
    });
}

#[test]
fn columns_are_called_what_they_are_called() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let ask = |columns: &Value, media_type: &str, file: &str| {
            let columns = columns.to_string();
            let columns: String = ureq_escape(&columns);
            let path = cycle.path(&format!("imports?type=observation&columns={columns}"));
            import(&team.practitioner(), &path, media_type, file)
        };
        let csv = "Nr;Wat zag u?;perspective;Opmerking\n1;Stil op straat.;system;x\n";
        let none = json!({});
        refused_whole(
            &ask(&none, CSV, csv),
            &[
                ("/columns/Nr", "unknown_member"),
                ("/columns/Wat zag u?", "unknown_member"),
                ("/columns/Opmerking", "unknown_member"),
            ],
        );
        let columns = json!({"Wat zag u?": "body", "Nr": null, "Opmerking": "tags"});
        let report = told(&ask(&columns, CSV, csv));
        assert_eq!(report.count("created"), 1);
        let made = team.reader().get(cycle.path("observations")).expect(200).items()[0].clone();
        assert_eq!((&made["body"], &made["tags"]), (&json!("Stil op straat."), &json!(["x"])));
        assert_eq!(told(&ask(&json!({"Wat zag u?": "body", "*": null}), CSV, csv)).count("created"), 1);
        let wrong = told(&ask(&columns, CSV, &csv.replace("Stil op straat.", "")));
        assert_eq!(wrong.faults(2), [("/body".into(), "required".into(), Some("Wat zag u?".into()))]);

        let twice = json!({"Wat zag u?": "body", "Nr": "body", "Opmerking": null, "Wie": "voice"});
        refused_whole(
            &ask(&twice, CSV, csv),
            &[("/columns/Wat zag u?", "duplicate"), ("/columns/Wie", "not_found")],
        );
        refused_whole(&ask(&json!({"Nr": "number"}), CSV, csv), &[("/columns/Nr", "unknown_member")]);
        ask(&json!({"Nr": 1}), CSV, csv).errors(&[("/columns", "bad_format")]);
        ask(&json!({"*": "body"}), CSV, csv).errors(&[("/columns", "bad_format")]);
        refused_whole(&ask(&none, CSV, ""), &[("", "required")]);

        // The members of lines of JSON are columns as well.
        let line = "{\"Wat zag u?\": \"Stil.\", \"perspective\": \"system\", \"Nr\": 1}";
        assert_eq!(
            told(&ask(&json!({"Wat zag u?": "body", "Nr": null}), JSON_LINES, line)).count("created"),
            1
        );
        let unknown = told(&ask(&json!({"Wat zag u?": "body"}), JSON_LINES, line));
        assert_eq!(unknown.faults(1), [("/Nr".into(), "unknown_member".into(), None)]);
    });
}

fn ureq_escape(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[test]
fn files_come_as_spreadsheets_write_them() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let send = |query: &str, file: &[u8]| {
            let path = cycle.path(&format!("imports?type=observation{query}"));
            team.practitioner().send(Request::new("POST", path).raw(CSV, file))
        };
        let created = |query: &str, file: &[u8]| told(&send(query, file)).count("created");
        let body = |text: &str| format!("body;perspective;happenedAt\r\n{text};citizen;\r\n");
        assert_eq!(created("", format!("\u{feff}{}", body("Eén.")).as_bytes()), 1, "a byte order mark");
        assert_eq!(created("", body("Eén, twee.").replace(';', "\t").as_bytes()), 1, "tabs");
        assert_eq!(created("&delimiter=semicolon", body("Eén, twee.").as_bytes()), 1);
        let one_line_ended_by_nothing = "body,perspective\nStil.,system";
        assert_eq!(created("", one_line_ended_by_nothing.as_bytes()), 1);

        // In another encoding: the line is told, and the others are taken.
        let mut latin = b"body,perspective\nStil.,system\n".to_vec();
        latin.extend(b"Caf\xe9.,system\nNog eens.,system\n");
        let report = told(&send("", &latin));
        assert_eq!(report.lines(), [(3, 400, "invalid_body".into())]);
        assert_eq!(report.faults(3), [(String::new(), "bad_encoding".into(), None)]);
        assert_eq!(report.count("created"), 2);
        let utf16: Vec<u8> = "\u{feff}body,perspective\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        send("", &utf16).errors(&[("", "bad_encoding")]);
        send("", b"t\xe9kst,perspective\nx,system\n").errors(&[("", "bad_encoding")]);

        let dutch = "body;perspective;happenedAt\nEen.;citizen;25-11-2024 14:30\nTwee.;citizen;1-7-2024\nDrie.;citizen;2024-01-01T00:00:00Z\n";
        assert_eq!(told(&send("", dutch.as_bytes())).lines().len(), 2);
        assert_eq!(created("&dates=dutch", dutch.as_bytes()), 3);
        let times: Vec<Value> = team
            .reader()
            .get(cycle.path("observations"))
            .expect(200)
            .items()
            .iter()
            .filter(|item| item["body"] == "Een." || item["body"] == "Twee.")
            .map(|item| item["happenedAt"].clone())
            .collect();
        assert_eq!(times, ["2024-11-25T13:30:00Z", "2024-06-30T22:00:00Z"]);

        send("&delimiter=comma&dryRun=maybe", b"").errors(&[("/dryRun", "not_in_enum")]);
        let path = cycle.path("imports?type=observation&delimiter=tab&dates=iso");
        let lines = Request::new("POST", path).raw(JSON_LINES, "");
        team.practitioner().send(lines).errors(&[("/delimiter", "inconsistent"), ("/dates", "inconsistent")]);
        let other = Request::new("POST", cycle.path("imports?type=observation")).json(&json!({}));
        team.practitioner().send(other).refused(415, "unsupported_media_type");
        let path = cycle.path("imports?type=pseudonym");
        import(&team.practitioner(), &path, CSV, "").errors(&[("/type", "not_in_enum")]);
        import(&team.practitioner(), &cycle.path("imports"), CSV, "").errors(&[("/type", "required")]);
    });
}

#[test]
fn formulas_lose_their_apostrophe_and_nothing_else_does() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let path = cycle.path("imports?type=question");
        let file = "text\n'=1+1\n''=1+1\n's ochtends\n\"'\"\n-1\n";
        assert_eq!(told(&import(&team.practitioner(), &path, CSV, file)).count("created"), 5);
        let questions = team.reader().get(cycle.path("questions")).expect(200);
        let mut texts: Vec<&str> =
            questions.items().iter().map(|item| item["text"].as_str().expect("a text")).collect();
        texts.sort_unstable();
        assert_eq!(texts, ["'", "'=1+1", "'s ochtends", "-1", "=1+1"]);
    });
}

#[test]
fn who_may_create_one_may_import_many() {
    both(|api| {
        let team = api.team();
        let (cycle, other) = (team.cycle(), team.cycle());
        for (part, role) in [(Part::GuestPractitioner, "practitioner"), (Part::GuestReader, "reader")] {
            let guest = json!({"personId": api.person(part).id, "role": role});
            api.founder().post(cycle.path("participants"), guest).expect(201);
        }
        let file = "{\"text\": \"Wie komt er?\"}\n";
        let ask = |part: Part, path: &str| import(&api.client(part), path, JSON_LINES, file);
        let into = |cycle: &crate::support::team::Cycle| cycle.path("imports?type=question");
        for dry in ["", "&dryRun=true"] {
            let path = format!("{}{dry}", into(&cycle));
            ask(Part::Outsider, &path).refused(404, "not_found");
            ask(Part::Reader, &path).refused(403, "forbidden");
            ask(Part::GuestReader, &path).refused(403, "forbidden");
            assert_eq!(told(&ask(Part::GuestPractitioner, &path)).count("created"), 1);
            ask(Part::GuestPractitioner, &format!("{}{dry}", into(&other))).refused(404, "not_found");
        }
        ask(Part::GuestPractitioner, &team.path("imports?type=pseudonym")).refused(404, "not_found");
        let anonymous = Request::new("POST", into(&cycle)).raw(JSON_LINES, file);
        api.anonymous().send(anonymous).refused(401, "unauthenticated");

        // Into an archived network nothing comes, and nothing looks as if it would.
        let founder = api.founder();
        cycle.close();
        other.close();
        let network = format!("/v1/networks/{}", team.id);
        founder
            .post(
                format!("{network}/transitions"),
                json!({"to": "archived", "reason": "Het team is opgeheven."}),
            )
            .expect(200);
        for dry in ["", "&dryRun=true"] {
            let path = team.path(&format!("imports?type=pseudonym{dry}"));
            let answer = import(&team.practitioner(), &path, JSON_LINES, "{}\n");
            let stopped = told(&answer).end;
            assert_eq!(stopped["kind"], "stopped", "{}", answer.text);
            assert_eq!(stopped["problem"]["code"], "network_archived");
        }
    });
}

#[test]
fn a_refused_file_is_refused_though_it_is_long() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let file = format!("Tekst,perspective\n{}", "Stil op straat.,system\n".repeat(400_000));
        let path = cycle.path("imports?type=observation");
        let answer = import(&team.practitioner(), &path, CSV, &file);
        refused_whole(&answer, &[("/columns/Tekst", "unknown_member")]);
    });
}
