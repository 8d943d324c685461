//! Effect squares, and what is perceived there.

use serde_json::json;

use super::{Call, Make, World, get, patch, post, withdrawal};
use crate::support::effect_squares::{effect_square, perception};
use crate::support::people::Part;

pub const CASES: &[(&str, Make)] = &[
    ("listEffectSquares", |world, _| get(world.team.path("effect-squares"))),
    ("createEffectSquare", |world, _| post(world.team.path("effect-squares"), effect_square())),
    ("getEffectSquare", |world, _| get(laid_out(world, Part::Colleague))),
    ("updateEffectSquare (another's)", |world, _| update(&laid_out(world, Part::Colleague))),
    ("updateEffectSquare (own)", |world, caller| update(&laid_out(world, member(world, caller)))),
    ("transitionEffectSquare (another's)", |world, _| withdraw(&laid_out(world, Part::Colleague))),
    ("transitionEffectSquare (own)", |world, caller| withdraw(&laid_out(world, member(world, caller)))),
    ("getEffectSquareSummary", |world, _| get(format!("{}/summary", laid_out(world, Part::Colleague)))),
    ("listPerceptions", |world, _| get(format!("{}/perceptions", laid_out(world, Part::Colleague)))),
    ("createPerception", |world, _| {
        let square = world.team.square(json!({}));
        post(square.path("perceptions"), perception(&square.initiatives[0]))
    }),
    ("getPerception", |world, _| get(perceived(world, Part::Colleague))),
    ("transitionPerception (another's)", |world, _| withdraw(&perceived(world, Part::Colleague))),
    ("transitionPerception (own)", |world, caller| withdraw(&perceived(world, member(world, caller)))),
];

/// Who makes the record in the case `(own)`: a square is of the network, where guests make nothing.
fn member(world: &World, caller: Part) -> Part {
    match world.author(caller) {
        Part::GuestPractitioner | Part::GuestFacilitator => Part::Colleague,
        author => author,
    }
}

fn laid_out(world: &World, author: Part) -> String {
    let made = world.api.client(author).post(world.team.path("effect-squares"), effect_square()).expect(201);
    format!("/v1/effect-squares/{}", made.id())
}

fn perceived(world: &World, author: Part) -> String {
    format!("/v1/perceptions/{}", world.team.square(json!({})).perceived(author, json!({})))
}

fn update<'w>(square: &str) -> Call<'w> {
    patch(square, 1, json!({"story": "Bij nader inzien."}))
}

fn withdraw<'w>(record: &str) -> Call<'w> {
    post(format!("{record}/transitions"), withdrawal())
}
