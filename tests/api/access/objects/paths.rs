//! Ids in paths: always a 404, and always the same 404.

use crate::support::cases::Case;
use crate::support::client::Request;
use crate::support::team::new_id;

use super::common::{is_common, is_shared, is_unpublished};
use super::{Caller, Scene, ids, send, told};

pub fn walk(scene: &Scene<'_>, _: &[(Case, Request)]) -> Vec<String> {
    let mut faults = Vec::new();
    for (case, request) in &scene.theirs {
        let operation = scene.operation(request);
        let named = ids::named(operation.path, &request.path);
        if named.is_empty() {
            // Without a path parameter there is no record of theirs that the path could lead to.
            continue;
        }
        // Each alone, and all of them.
        let foreign: Vec<&str> =
            named.iter().filter(|(name, _)| !is_common(name)).map(|(_, value)| *value).collect();
        assert!(foreign.len() <= 1, "{}: say here how one foreign id stands beside one of ours", case.row);
        for caller in &scene.callers {
            for (how, request) in variants(request) {
                let wrong = ask(scene, caller, case, &request, foreign.first().copied());
                faults.extend(wrong.map(|wrong| format!("{} as {}{how}: {wrong}", case.row, caller.name)));
            }
        }
    }
    faults
}

/// The request, and the same with what would be refused of a record of one's own: no answer may tell that it is there.
fn variants(request: &Request) -> Vec<(&'static str, Request)> {
    let mut variants = vec![("", request.clone())];
    if request.headers.iter().any(|(name, _)| name == "If-Match") {
        let mut careless = request.clone();
        careless.headers.retain(|(name, _)| name != "If-Match");
        variants.push((" without If-Match", careless));
        let mut stale = request.clone();
        stale.headers.retain(|(name, _)| name != "If-Match");
        variants.push((" with a stale If-Match", stale.if_match(999)));
    }
    if request.body.is_some() {
        let mut empty = request.clone();
        empty.body = Some(b"{}".to_vec());
        variants.push((" with an empty body", empty));
    }
    variants
}

fn ask(
    scene: &Scene<'_>,
    caller: &Caller,
    case: &Case,
    request: &Request,
    foreign: Option<&str>,
) -> Option<String> {
    let answer = send(&caller.client, request);
    let Some(foreign) = foreign.filter(|_| !is_shared(case.row)) else {
        // What is everybody's may be read, and by a workplace alone it is not changed.
        let may_know = request.method == "GET" && !is_unpublished(case.row);
        let had = answer.status < 300 && !may_know;
        return had.then(|| format!("{} of what belongs to no workplace", answer.status));
    };
    let nobodys = Request { path: request.path.replace(foreign, &new_id()), ..request.clone() };
    let of_nobodys = send(&caller.client, &nobodys);
    let (here, there) = (told(request, &answer), told(&nobodys, &of_nobodys));
    if here != there {
        return Some(format!("{here}, and of an id that is nobody's {there}"));
    }
    // A key is refused before anything is looked for where it was not given the operation, and so is a body that is wrong by
    // itself.
    let grantable = scene.operation(request).body["security"].to_string().contains("apiKey");
    let beforehand = match answer.status {
        403 => caller.key && !grantable,
        400 => request.body.as_deref() == Some(b"{}"),
        status => status == 404,
    };
    (!beforehand).then(|| answer.status.to_string())
}
