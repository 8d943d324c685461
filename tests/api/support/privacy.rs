//! What people have a right to, and what they consent to: bodies, and ZIP files read back.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use serde_json::{Value, json};

use super::client::{Answer, Client, Request};
use super::contract::contract;
use super::people::Part;
use super::team::{Team, with};

pub const ZIP: &str = "application/zip";

/// A consent in writing to a protocol, since long.
pub fn consent(protocol: &str) -> Value {
    json!({"protocol": protocol, "givenOn": "2024-01-15", "means": "written"})
}

/// Who answers for a network: two organisations together, a processor, and whom people turn to.
pub fn controllers(first: &str, second: &str) -> Value {
    json!({
        "controllers": [
            {"organisationId": first, "responsibleFor": "De wijkteams"},
            {"organisationId": second, "responsibleFor": "Het onderwijs"},
        ],
        "processor": {"name": "Hosting Voorbeeld"},
        "dataProtectionOfficer": {"name": "Functionaris gegevensbescherming", "email": "fg@gemeente.example"},
        "contactPoint": {"name": "Privacyloket", "phone": "14 000", "address": "https://gemeente.example/privacy"},
    })
}

impl Team<'_> {
    /// A consent of a pseudonym, as the practitioner was told; its id.
    pub fn consented(&self, pseudonym: &str, protocol: &str) -> String {
        let path = format!("/v1/pseudonyms/{pseudonym}/research-consents");
        self.practitioner().post(path, consent(protocol)).expect(201).id()
    }

    /// A consent of somebody to the use of what they write; its id.
    pub fn consents(&self, part: Part, protocol: &str) -> String {
        self.api.client(part).post(self.path("research-consents"), consent(protocol)).expect(201).id()
    }

    /// A link to the page about a pseudonym, as it was answered.
    pub fn link(&self, pseudonym: &str, members: Value) -> Answer {
        self.coordinator().post(format!("/v1/pseudonyms/{pseudonym}/citizen-links"), members).expect(201)
    }

    /// The path of a new link to the page about a pseudonym.
    pub fn linked(&self, pseudonym: &str) -> String {
        let url = self.link(pseudonym, json!({})).text_of("url");
        url[url.find("/v1/").expect("a path")..].to_owned()
    }

    /// A new code for whom a pseudonym stands for.
    pub fn intake_code(&self, pseudonym: &str) -> String {
        let path = format!("/v1/pseudonyms/{pseudonym}/intake-codes");
        self.coordinator().post(path, json!({})).expect(201).text_of("code")
    }

    /// What somebody asks about what is held about them, as the practitioner was told; as it was answered.
    pub fn requested(&self, pseudonym: &str, members: Value) -> Answer {
        let body = with(json!({"pseudonymId": pseudonym, "kind": "correct"}), members);
        self.practitioner().post(self.path("data-subject-requests"), body).expect(201)
    }

    pub fn research_export(&self, protocol: &str) -> Zip {
        Zip::of(&get_zip(
            &self.coordinator(),
            self.path(&format!("research-exports?protocol={protocol}")),
            "en",
        ))
    }
}

/// Asks for a ZIP in a language.
#[track_caller]
pub fn get_zip(client: &Client, path: impl Into<String>, language: &str) -> Answer {
    let request = Request::new("GET", path).header("Accept", ZIP).header("Accept-Language", language);
    let answer = client.send(request).expect(200);
    assert_eq!(answer.header("content-type"), Some(ZIP));
    assert_eq!(answer.header("content-language"), Some(language));
    assert_eq!(answer.header("vary"), Some("Accept-Language"));
    assert!(answer.header("content-disposition").is_some_and(|it| it.ends_with(".zip\"")));
    answer
}

/// The files of a ZIP, as texts.
pub struct Zip(pub BTreeMap<String, String>);

impl Zip {
    #[track_caller]
    pub fn of(answer: &Answer) -> Zip {
        let mut archive = zip::ZipArchive::new(Cursor::new(&answer.bytes)).expect("a zip");
        let files = (0..archive.len()).map(|at| {
            let mut file = archive.by_index(at).expect("a file");
            let mut text = String::new();
            file.read_to_string(&mut text).expect("text in UTF-8");
            (file.name().expect("a name").into_owned(), text)
        });
        Zip(files.collect())
    }

    #[track_caller]
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).unwrap_or_else(|| panic!("no {name} among {:?}", self.0.keys()))
    }

    #[track_caller]
    pub fn json(&self, name: &str) -> Value {
        serde_json::from_str(self.text(name)).expect("JSON")
    }

    /// The records of a file.
    #[track_caller]
    pub fn records(&self, name: &str) -> Vec<Value> {
        self.json(name).as_array().expect("a list").clone()
    }

    /// The ids of the records of a file.
    #[track_caller]
    pub fn ids(&self, name: &str) -> Vec<String> {
        let id = |record: &Value| record["id"].as_str().expect("an id").to_owned();
        self.records(name).iter().map(id).collect()
    }

    /// The rows of a CSV file, each by its columns.
    #[track_caller]
    pub fn rows(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_reader(self.text(name).as_bytes());
        reader.deserialize().map(|row| row.expect("a row")).collect()
    }

    /// The column of a CSV file.
    #[track_caller]
    pub fn column(&self, name: &str, column: &str) -> Vec<String> {
        self.rows(name).into_iter().map(|row| row[column].clone()).collect()
    }

    /// Fails unless the JSON files are the members of this component of the contract, and each is as it is described there.
    #[track_caller]
    pub fn is_as_described(&self, base: &str, component: &str) {
        let contract = contract(base);
        let members = contract.document["components"]["schemas"][component]["properties"]
            .as_object()
            .unwrap_or_else(|| panic!("the contract describes {component}"));
        let described: Vec<String> =
            members.keys().map(|member| format!("{}.json", kebab_case(member))).collect();
        let mut sorted = described.clone();
        sorted.sort();
        let files: Vec<&String> = self.0.keys().filter(|name| name.ends_with(".json")).collect();
        assert_eq!(files, sorted.iter().collect::<Vec<_>>());
        for (name, schema) in described.iter().zip(members.values()) {
            let validator = contract.validator(schema, true);
            let value = self.json(name);
            let faults: Vec<String> = validator
                .iter_errors(&value)
                .map(|error| format!("{name} at {:?}: {error}", error.instance_path().to_string()))
                .collect();
            assert!(faults.is_empty(), "{}", faults.join("\n"));
        }
    }
}

fn kebab_case(name: &str) -> String {
    name.chars().fold(String::new(), |mut kebab, letter| {
        if letter.is_ascii_uppercase() {
            kebab.push('-');
        }
        kebab.push(letter.to_ascii_lowercase());
        kebab
    })
}
