//! Effect arenas of a cycle, their versions and the views on them.

use serde_json::{Value, json};

use super::{Call, Make, World, get, patch, post, withdrawal};
use crate::support::people::Part;
use crate::support::team::{self, with};

pub const CASES: &[(&str, Make)] = &[
    ("listEffectArenas", |world, _| get(world.team.path("effect-arenas"))),
    ("createEffectArena", |world, _| post(world.team.path("effect-arenas"), team::arena())),
    ("getEffectArena (of the cycle)", |world, _| get(of_cycle(world, Part::Colleague))),
    ("getEffectArena (of the network)", |world, _| get(made(world, Part::Colleague, json!({})))),
    ("updateEffectArena", |world, _| patch(of_cycle(world, Part::Colleague), 1, json!({"title": "Thee"}))),
    ("transitionEffectArena (agree)", |world, _| {
        moved(&of_cycle(world, Part::Colleague), json!({"to": "agreed"}))
    }),
    ("transitionEffectArena (own, withdrawn)", |world, caller| {
        let author = match caller {
            Part::Practitioner | Part::Expert | Part::Facilitator | Part::Coordinator => caller,
            _ => Part::Colleague,
        };
        moved(&of_cycle(world, author), withdrawal())
    }),
    ("transitionEffectArena (another's, withdrawn)", |world, _| {
        moved(&of_cycle(world, Part::Colleague), withdrawal())
    }),
    ("getEffectArenaBalance", |world, _| get(format!("{}/balance", of_cycle(world, Part::Colleague)))),
    ("getEffectArenaPicture", |world, _| get(format!("{}/picture", of_cycle(world, Part::Colleague)))),
    ("listEffectArenaVersions", |world, _| get(format!("{}/versions", of_cycle(world, Part::Colleague)))),
    ("getEffectArenaVersion", |world, _| get(version(world))),
    ("getEffectArenaVersionPicture", |world, _| get(format!("{}/picture", version(world)))),
    ("listEffectArenaViews", |world, _| get(format!("{}/views", of_cycle(world, Part::Colleague)))),
    ("createEffectArenaView", |world, _| {
        post(format!("{}/views", of_cycle(world, Part::Colleague)), team::view())
    }),
    ("getEffectArenaView", |world, _| get(view(world, Part::Colleague))),
    ("transitionEffectArenaView (another's)", |world, _| moved(&view(world, Part::Colleague), withdrawal())),
    ("transitionEffectArenaView (own)", |world, caller| {
        moved(&view(world, world.author(caller)), withdrawal())
    }),
];

/// A fresh arena; its path.
fn made(world: &World, author: Part, members: Value) -> String {
    let body = with(team::arena(), members);
    let made = world.api.client(author).post(world.team.path("effect-arenas"), body).expect(201);
    format!("/v1/effect-arenas/{}", made.id())
}

fn of_cycle(world: &World, author: Part) -> String {
    made(world, author, json!({"cycleId": world.cycle}))
}

/// What an arena was like when it was agreed.
fn version(world: &World) -> String {
    let arena = of_cycle(world, Part::Colleague);
    world.founder().post(format!("{arena}/transitions"), json!({"to": "agreed"})).expect(200);
    let kept = world.founder().get(format!("{arena}/versions")).expect(200).ids();
    format!("/v1/effect-arena-versions/{}", kept[0])
}

fn view(world: &World, author: Part) -> String {
    let views = format!("{}/views", of_cycle(world, Part::Colleague));
    let made = world.api.client(author).post(views, team::view()).expect(201);
    format!("/v1/effect-arena-views/{}", made.id())
}

fn moved<'w>(record: &str, body: Value) -> Call<'w> {
    post(format!("{record}/transitions"), body)
}
