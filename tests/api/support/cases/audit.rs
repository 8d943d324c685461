//! What coordinators read of the logs, and what administrators read in an emergency.

use serde_json::json;

use super::{Make, World, get, post};
use crate::support::audit::emergency;

pub const CASES: &[(&str, Make)] = &[
    ("listAuditEvents", |world, _| get(world.team.path("audit-events"))),
    ("listEmergencyAccesses", |world, _| get(world.team.path("emergency-accesses"))),
    // In networks of their own: from then on the administrator sees them.
    ("createEmergencyAccess", |world, _| post(world.fresh_team().path("emergency-accesses"), emergency())),
    ("getEmergencyAccess", |world, _| get(begun(world))),
    ("transitionEmergencyAccess", |world, _| {
        post(format!("{}/transitions", begun(world)), json!({"to": "ended"}))
    }),
];

/// One of the founder.
fn begun(world: &World) -> String {
    let team = world.fresh_team();
    let made = world.founder().post(team.path("emergency-accesses"), emergency()).expect(201);
    format!("/v1/emergency-accesses/{}", made.id())
}
