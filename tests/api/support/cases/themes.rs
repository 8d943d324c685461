//! Networks on themes, and overviews over many networks.

use serde_json::json;

use super::{Make, World, delete, get, patch, post};

pub const CASES: &[(&str, Make)] = &[
    ("listNetworkThemes", |world, _| get(world.team.path("themes"))),
    ("createThemeNetwork", |world, _| {
        post(world.team.path("themes"), json!({"themeId": theme(world), "sharesFigures": false}))
    }),
    ("getThemeNetwork", |world, _| get(format!("/v1/theme-networks/{}", term(world)))),
    ("updateThemeNetwork", |world, _| {
        patch(format!("/v1/theme-networks/{}", term(world)), 1, json!({"sharesFigures": true}))
    }),
    ("endThemeNetwork", |world, _| delete(format!("/v1/theme-networks/{}", term(world)), 1)),
    ("getThemeOverview", |world, _| get(format!("/v1/themes/{}/overview", theme(world)))),
    ("getNetworkFigures", |world, _| get(world.team.path("figures"))),
    ("getNetworkReport", |world, _| get(world.team.path("report"))),
];

fn theme(world: &World) -> String {
    world.founder().post("/v1/themes", json!({"title": world.api.unique("Thema")})).expect(201).id()
}

fn term(world: &World) -> String {
    let body = json!({"themeId": theme(world), "sharesFigures": false});
    world.founder().post(world.team.path("themes"), body).expect(201).id()
}
