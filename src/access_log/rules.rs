//! What is told of which access. Pure.

use super::types::{Access, EventCode};
use std::collections::HashSet;

/// The code of an operation, by the verb that its name begins with.
pub fn code_of(operation: &str) -> EventCode {
    const CODES: [(&str, EventCode); 9] = [
        ("get", EventCode::R),
        ("list", EventCode::R),
        ("search", EventCode::R),
        ("create", EventCode::C),
        ("accept", EventCode::C),
        ("delete", EventCode::D),
        ("revoke", EventCode::D),
        ("withdraw", EventCode::D),
        ("end", EventCode::D),
    ];
    let verb = |(verb, _): &&(&str, EventCode)| operation.starts_with(verb);
    CODES.iter().find(verb).map_or(EventCode::U, |(_, code)| *code)
}

/// The code of a kind of change, by what happened.
pub fn code_of_change(kind: &str) -> EventCode {
    match kind.rsplit('.').next().unwrap_or_default() {
        "created" => EventCode::C,
        "deleted" | "withdrawn" | "erased" => EventCode::D,
        _ => EventCode::U,
    }
}

/// What a path's parameter is of, in the words of the change log: `observation` for `observationId`.
pub fn object_kind(parameter: &str) -> String {
    let mut kind = String::with_capacity(parameter.len());
    for letter in parameter.strip_suffix("Id").unwrap_or(parameter).chars() {
        if letter.is_ascii_uppercase() && !kind.is_empty() {
            kind.push('_');
        }
        kind.push(letter.to_ascii_lowercase());
    }
    kind
}

/// Leaves one of those that one request made of one thing: a file is read in pieces, and a report in parts.
pub fn without_repeats(accesses: Vec<Access>) -> Vec<Access> {
    let mut known = HashSet::with_capacity(accesses.len());
    let mut is_first = |access: &Access| {
        let thing = (access.network_id, access.object_id);
        let done = (access.operation.clone(), access.code, access.reason);
        known.insert((access.request_id, thing, done))
    };
    accesses.into_iter().filter(|access| access.request_id.is_none() || is_first(access)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Op;
    use strum::IntoEnumIterator;

    #[test]
    fn each_operation_begins_with_a_verb_that_is_known() {
        const UPDATES: [&str; 6] = ["update", "transition", "move", "change", "answer", "share"];
        for op in Op::iter() {
            let known =
                code_of(op.name()) != EventCode::U || UPDATES.iter().any(|verb| op.name().starts_with(verb));
            assert!(known, "{}", op.name());
        }
        assert_eq!(code_of("getObservation"), EventCode::R);
        assert_eq!(code_of("transitionObservation"), EventCode::U);
        assert_eq!(code_of_change("observation.withdrawn"), EventCode::D);
        assert_eq!(code_of_change("member.ended"), EventCode::U);
    }

    #[test]
    fn a_parameter_names_a_kind_as_the_change_log_does() {
        for (parameter, kind) in
            [("observationId", "observation"), ("effectArenaId", "effect_arena"), ("theme", "theme")]
        {
            assert_eq!(object_kind(parameter), kind);
        }
    }
}
