//! Ids in queries: they narrow a list to nothing, or are refused, as ids that are nobody's.

use crate::support::cases::Case;
use crate::support::client::Request;
use crate::support::team::new_id;

use super::common::is_common;
use super::{Scene, send, told};

pub fn walk(scene: &Scene<'_>, own: &[(Case, Request)]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut walked = 0;
    for (case, request) in own {
        for name in keys(scene, request) {
            let kind = scene.ids.kind(name);
            if is_common(kind) {
                continue;
            }
            walked += 1;
            let [theirs, nobodys] = [scene.ids.of(kind).to_owned(), new_id()].map(|id| {
                let with = if request.path.contains('?') { '&' } else { '?' };
                Request { path: format!("{}{with}{name}={id}", request.path), ..request.clone() }
            });
            // The one that is nobody's goes second: had the first been taken, it would be too.
            let answers = [send(scene.coordinator(), &theirs), send(scene.coordinator(), &nobodys)];
            let (here, there) = (told(&theirs, &answers[0]), told(&nobodys, &answers[1]));
            if here != there {
                faults.push(format!("{} by {name}: {here}, and of an id that is nobody's {there}", case.row));
            }
            let empty = answers[0].body["items"].as_array().is_none_or(Vec::is_empty);
            if answers[0].status < 300 && (request.method != "GET" || !empty) {
                faults.push(format!("{} by {name} is answered: {here}", case.row));
            }
        }
    }
    assert!(walked >= 20, "only {walked} keys of queries were walked");
    faults
}

/// The keys of the operation's query that take an id.
fn keys(scene: &Scene<'_>, request: &Request) -> Vec<&'static str> {
    let operation = scene.operation(request);
    let parameters = operation.body["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let resolved = parameters.iter().map(|parameter| scene.contract.resolve(parameter));
    resolved
        .filter(|parameter| {
            parameter["in"] == "query" && super::bodies::is_id(scene.contract, &parameter["schema"])
        })
        .filter_map(|parameter| parameter["name"].as_str())
        .collect()
}
