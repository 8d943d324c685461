//! Two workplaces of the same shape on one server. Every place where the contract takes an id is sent one of the other
//! workplace: the answer is the one to an id that nobody has, and nothing changes.

mod ids;
mod more;
mod places;

use std::collections::BTreeSet;

use serde_json::Value;

use self::ids::Ids;
use self::places::{Place, places};
use super::matrix::{COLUMNS, read_table};
use crate::support::cases::{Call, Case, World, all};
use crate::support::contract::contract;
use crate::support::watch::Watch;
use crate::support::{Answer, Part, Request, both_alone};

/// Kinds of ids that belong to no workplace: everybody on the server reads these records.
const EVERYBODYS: [&str; 4] = ["organisationId", "themeId", "priceListId", "priceListVersionId"];

/// Places in which an id of another workplace means something, and why.
const MEANT: [(&str, &str, &str); 4] = [
    (
        "createCoNetwork",
        "/coNetworkId",
        "an invitation: nothing is shared until the other network accepts it",
    ),
    ("listInsights", "?networkId", "what a network shared with everybody is listed by that network"),
    ("createEffectSquare", "/initiatives/0/id", "names a part of the square itself"),
    ("updateEffectSquare", "/initiatives/0/id", "names a part of the square itself"),
];

#[test]
fn an_id_of_another_workplace_is_an_id_that_nobody_has() {
    both_alone(&[("LEAVE_JOBS", "true")], |api| {
        let beside = api.beside();
        let (ours, theirs) = (World::new(api), World::new(&beside));
        let ids = Ids::of(&theirs);
        let mut walk = Walk {
            ours: &ours,
            ids,
            watch: Watch::over(api),
            part: Part::Coordinator,
            faults: Vec::new(),
            reached: BTreeSet::new(),
            there: BTreeSet::new(),
        };
        for case in all() {
            walk.through(&case);
        }
        walk.unreached();
        assert!(walk.faults.is_empty(), "{} faults:\n{}", walk.faults.len(), walk.faults.join("\n"));
    });
}

struct Walk<'w> {
    ours: &'w World<'w>,
    ids: Ids,
    watch: Watch,
    /// Who sends.
    part: Part,
    faults: Vec<String>,
    /// Operations and their places, as the contract has them.
    there: BTreeSet<(String, String)>,
    /// Those of them of which an answer told that the id was looked for.
    reached: BTreeSet<(String, String)>,
}

impl Walk<'_> {
    /// Sends the case's request with each of its ids in turn replaced, and then as it is: it was right in all else.
    fn through(&mut self, case: &Case) {
        let part = who_may(case.row);
        self.part = part.unwrap_or(Part::Coordinator);
        let call = (case.make)(self.ours, self.part);
        let contract = contract(&self.ours.api.server.base);
        let operation =
            contract.operation(call.request.method, &call.request.path).expect("it is in the contract");
        self.watch.changed();
        for place in places(contract, &operation) {
            let at = (case.operation().to_owned(), place.to_string());
            let meant = MEANT.iter().any(|(operation, place, _)| (*operation, *place) == (&at.0, &at.1));
            if !meant && !EVERYBODYS.contains(&ids::kind(case.operation(), &place).as_str()) {
                self.there.insert(at);
                self.at(case, part.is_some(), &call, &place);
            }
        }
        let answer = self.send(&call, &call.request);
        if part.is_some() && answer.status >= 300 {
            self.faults
                .push(format!("{}: {}, though with our own ids: {}", case.row, answer.status, answer.text));
        }
        if let (Some(after), true) = (call.after, answer.status < 300) {
            after();
        }
    }

    fn at(&mut self, case: &Case, allowed: bool, call: &Call<'_>, place: &Place) {
        let Some(id) = self.ids.for_place(case.operation(), place) else {
            self.faults.push(format!("{}: of what kind is the id in {place}? See ids.rs", case.row));
            return;
        };
        let needed = more::needed(self.ours, case.operation(), &place.to_string());
        let filled = |id: &str| place.filled(&call.request, needed.as_ref(), id);
        let Some(request) = filled(id) else { return };
        self.watch.changed();
        let theirs = told(&self.send(call, &request), id);
        // A record may have any id that is free; whether one is taken by somebody else, it has to tell.
        let expected = if place.is_own_id() && allowed {
            "409 id_taken".to_owned()
        } else {
            let nobody = uuid::Uuid::now_v7().to_string();
            told(&self.send(call, &filled(&nobody).expect("it was filled before")), &nobody)
        };
        let changed = self.watch.changed();
        if theirs != expected || !changed.is_empty() {
            let changed = changed.join(", ");
            self.faults.push(format!(
                "{}: an id of theirs in {place}: {theirs}; expected: {expected}; changed: {changed}",
                case.row
            ));
        }
        if place.is_looked_up(&expected) || !allowed {
            self.reached.insert((case.operation().to_owned(), place.to_string()));
        }
    }

    fn send(&self, call: &Call<'_>, request: &Request) -> Answer {
        let client = match &call.token {
            Some(token) => self.ours.api.with_token(token),
            None => self.ours.api.client(self.part),
        };
        client
            .try_send(request)
            .unwrap_or_else(|error| panic!("{} {}: {error}", request.method, request.path))
    }

    /// Places of which no answer told anything.
    fn unreached(&mut self) {
        for (operation, place) in self.there.difference(&self.reached) {
            self.faults.push(format!(
                "{operation}: no case tells whether the id in {place} is looked for; see more.rs"
            ));
        }
    }
}

/// What an answer tells, apart from the id that was asked for.
fn told(answer: &Answer, id: &str) -> String {
    let code = answer["code"].as_str().unwrap_or("");
    let rest = match &answer.body {
        Value::Object(body) if answer.status >= 400 => body.get("errors").map(Value::to_string),
        body => Some(body.to_string()),
    };
    format!("{} {code} {}", answer.status, rest.unwrap_or_default().replace(id, "ID")).trim_end().to_owned()
}

/// Somebody whom the access matrix lets do this, and who is no administrator: those see what others do not.
fn who_may(row: &str) -> Option<Part> {
    let parts = [Part::Coordinator, Part::Facilitator, Part::Practitioner, Part::Expert, Part::Reader];
    let cells = &read_table()[row];
    parts.into_iter().find(|part| {
        let column =
            COLUMNS.iter().position(|(name, of)| of == part && !name.contains(' ') && *name != "key");
        column.is_some_and(|column| cells[column].starts_with('2'))
    })
}
