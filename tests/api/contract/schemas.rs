//! What the contract promises about bodies and refusals.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::rules::{check, has_type, media, parameters, walk};
use crate::support::server::{program, run};

#[test]
fn every_request_body_has_an_example_that_validates() {
    check(|contract, operation| {
        let mut faults = Vec::new();
        for (media_type, spec) in media(contract, &operation.body["requestBody"]) {
            let one =
                [&spec["example"], &spec["schema"]["example"], &contract.resolve(&spec["schema"])["example"]]
                    .into_iter()
                    .find(|example| !example.is_null());
            let many = spec["examples"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(_, example)| &contract.resolve(example)["value"]);
            let examples: Vec<&Value> = one.into_iter().chain(many).collect();
            if examples.is_empty() {
                faults.push(format!("no example of {media_type}"));
            }
            let validator = contract.validator(&spec["schema"], false);
            for example in examples {
                faults.extend(
                    validator
                        .iter_errors(example)
                        .map(|error| format!("example at {:?}: {error}", error.instance_path().to_string())),
                );
            }
        }
        faults
    });
}

#[test]
fn request_schemas_are_closed_and_bounded() {
    check(|contract, operation| {
        let mut faults = Vec::new();
        for (_, spec) in media(contract, &operation.body["requestBody"]) {
            walk(contract, &spec["schema"], "", &mut HashSet::new(), &mut |at, schema| {
                let named = ["enum", "const", "format"].iter().any(|word| !schema[*word].is_null());
                if has_type(schema, "string") && !named && schema["maxLength"].is_null() {
                    faults.push(format!("{at:?} is a text without a bound"));
                }
                if has_type(schema, "array") && schema["maxItems"].is_null() {
                    faults.push(format!("{at:?} is a list without a bound"));
                }
                let closed = schema["additionalProperties"] == json!(false)
                    || schema["unevaluatedProperties"] == json!(false);
                if schema["properties"].is_object() && !closed {
                    faults.push(format!("{at:?} takes unknown members"));
                }
            });
        }
        faults
    });
}

#[test]
fn every_refusal_an_operation_can_give_is_listed_as_a_problem() {
    check(|contract, operation| {
        let answers = &operation.body["responses"];
        let given = parameters(contract, operation);
        let has_body = !operation.body["requestBody"].is_null();
        let if_match =
            given.iter().any(|parameter| parameter["name"] == "If-Match" && parameter["required"] == true);
        let security = if operation.body["security"].is_null() {
            &contract.document["security"]
        } else {
            &operation.body["security"]
        };
        let secured =
            security.as_array().is_some_and(|schemes| !schemes.is_empty() && !schemes.contains(&json!({})));
        let mut wanted = vec!["500"];
        wanted.extend(secured.then_some("401"));
        wanted.extend(operation.path.contains('{').then_some("404"));
        wanted.extend(has_body.then_some(["400", "413", "415"]).into_iter().flatten());
        wanted.extend(if_match.then_some(["412", "428"]).into_iter().flatten());
        wanted.extend(given.iter().any(|parameter| parameter["in"] == "query").then_some("400"));
        let mut faults: Vec<String> = wanted
            .into_iter()
            .filter(|status| answers[status].is_null())
            .map(|status| format!("{status} is not listed"))
            .collect();
        for (status, answer) in
            answers.as_object().into_iter().flatten().filter(|(status, _)| status.starts_with(['4', '5']))
        {
            if media(contract, answer).iter().all(|(name, _)| *name != "application/problem+json") {
                faults.push(format!("{status} is no problem"));
            }
        }
        if ["PATCH", "DELETE"].contains(&operation.method.as_str())
            && !if_match
            && !["revokeTokens", "deleteInvitation", "deleteIdentity"].contains(&operation.id)
        {
            faults.push("no If-Match is asked for".into());
        }
        faults
    });
}

#[test]
fn a_nullable_reference_is_one_of_the_reference_and_null() {
    let document: Value = serde_json::from_str(&run(&mut program(&["openapi"]))).expect("JSON");
    fn visit(value: &Value, at: &str, faults: &mut Vec<String>) {
        if let Some(members) = value.as_object() {
            if members.contains_key("$ref")
                && (members.contains_key("type") || members.contains_key("nullable"))
            {
                faults.push(at.to_owned());
            }
            members.iter().for_each(|(key, member)| visit(member, &format!("{at}/{key}"), faults));
        }
        value.as_array().into_iter().flatten().for_each(|item| visit(item, at, faults));
    }
    let mut faults = Vec::new();
    visit(&document["components"], "", &mut faults);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
