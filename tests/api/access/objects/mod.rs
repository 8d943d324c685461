//! Two workplaces of one shape on one server, and nobody in both. Whatever somebody of the one asks by an id of the other,
//! they are told what they would be told of an id that is nobody's, and nothing of the other changes.
//!
//! The requests are those of `support/cases`, which has one for every operation of the contract; where ids may stand in
//! them is read from the contract. What is asked of the whole server has no foreign ids: `common.rs` says of what kinds.

mod bodies;
mod common;
mod ids;
mod paths;
mod queries;

use serde_json::{Value, json};

use crate::support::api_keys::grantable;
use crate::support::cases::{Case, World, all};
use crate::support::client::{Answer, Client, Request};
use crate::support::contract::{Contract, Operation, contract};
use crate::support::stored::Contents;
use crate::support::{Api, Part, both_alone};
use ids::Ids;

/// What changes by itself, or because somebody asked, whatever they were told.
const LEFT_OUT: [&str; 13] = [
    // Who read, and who was refused: told after the answer, and then sealed.
    "accesses",
    "access_subjects",
    "access_streams",
    "audit_chains",
    "audit_seals",
    "audit_salts",
    // Our own people sign in, and our own key is used.
    "auth_sessions",
    "refresh_tokens",
    "sign_in_failures",
    "api_keys.last_used_at",
    // Deliveries of the cases' pings, which are tried again by themselves.
    "webhook_deliveries",
    "webhook_attempts",
    "webhook_progress",
];

/// The two workplaces, with a request for every operation in each.
struct Scene<'a> {
    contract: &'static Contract,
    /// Where the caller belongs.
    ours: &'a World<'a>,
    /// Who asks, in the order of what they may.
    callers: [Caller; 3],
    /// Where the ids are from.
    theirs: Vec<(Case, Request)>,
    ids: Ids,
}

struct Caller {
    name: &'static str,
    client: Client,
    key: bool,
}

#[test]
fn by_an_id_of_another_workplace_nothing_is_had_told_or_changed() {
    // Servers of its own: nobody else may write while it compares, nor may they by themselves.
    both_alone(&[("LEAVE_JOBS", "true")], |api| {
        let beside = api.beside();
        let (ours, theirs) = (World::new(api), World::new(&beside));
        let scene = Scene::new(api, &ours, &theirs);
        let own = bodies::own(&scene);
        let mut faults = Vec::new();
        let before = Contents::read(api, &LEFT_OUT);
        assert!(before.rows() > 1_000, "the workplaces hold something: {} rows", before.rows());
        for (name, walk) in [
            ("ids in paths", paths::walk as fn(&Scene<'_>, &[(Case, Request)]) -> Vec<String>),
            ("ids in queries", queries::walk),
            ("ids in bodies", bodies::walk),
        ] {
            faults.extend(walk(&scene, &own));
            let changed = before.differences(&Contents::read(api, &LEFT_OUT));
            faults.extend(changed.into_iter().map(|row| format!("{name} changed {row}")));
        }
        assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    });
}

impl<'a> Scene<'a> {
    fn new(api: &Api, ours: &'a World<'a>, theirs: &World<'_>) -> Scene<'a> {
        let contract = contract(&api.server.base);
        let part = Part::Coordinator;
        let theirs: Vec<(Case, Request)> = all()
            .into_iter()
            .map(|case| {
                let request = (case.make)(theirs, part).request;
                (case, request)
            })
            .collect();
        let key = ours.team.keyed("facilitator", grantable(api));
        let callers = [
            Caller { name: "coordinator", client: api.client(part), key: false },
            Caller { name: "reader", client: api.client(Part::Reader), key: false },
            Caller { name: "key", client: key, key: true },
        ];
        let ids = Ids::gather(contract, &theirs);
        Scene { contract, ours, callers, theirs, ids }
    }

    fn coordinator(&self) -> &Client {
        &self.callers[0].client
    }

    fn operation(&self, request: &Request) -> Operation<'static> {
        self.contract.operation(request.method, &request.path).expect("the cases ask what the contract has")
    }
}

/// What an answer tells, without what is of this request alone and with each id of the request called by its place in it.
fn told(request: &Request, answer: &Answer) -> Value {
    let mut text = match answer.body {
        Value::Null => json!({"text": answer.text}),
        ref body => body.clone(),
    };
    if let Some(members) = text.as_object_mut() {
        members.remove("requestId");
    }
    let mut text = text.to_string();
    let sent =
        format!("{} {}", request.path, String::from_utf8_lossy(request.body.as_deref().unwrap_or_default()));
    for (at, id) in ids::within(&sent).into_iter().enumerate() {
        text = text.replace(&id, &format!("id {at}"));
    }
    json!([answer.status, text])
}

fn send(client: &Client, request: &Request) -> Answer {
    client.try_send(request).unwrap_or_else(|error| panic!("{} {}: {error}", request.method, request.path))
}
