//! Keys of integrations.

use super::{Make, World, delete, get, post};
use crate::support::api_keys::api_key;

pub const CASES: &[(&str, Make)] = &[
    ("listApiKeys", |world, _| get(world.team.path("api-keys"))),
    ("createApiKey", |world, _| post(world.team.path("api-keys"), api_key())),
    ("getApiKey", |world, _| get(format!("/v1/api-keys/{}", made(world)))),
    ("revokeApiKey", |world, _| delete(format!("/v1/api-keys/{}", made(world)), 1)),
];

fn made(world: &World) -> String {
    world.founder().post(world.team.path("api-keys"), api_key()).expect(201).id()
}
