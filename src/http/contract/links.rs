//! Where a new record leads: what can be asked for and done by the id and the ETag that its creation answers with. Readers of the
//! contract see what goes on from where, and so do tools that walk along.

use serde_json::{Map, Value, json};

struct Target {
    path: String,
    operation_id: String,
    takes_if_match: bool,
}

/// Adds to each creation the links that go on from it, and gives the components that these are.
pub(super) fn link(paths: &mut Map<String, Value>) -> Map<String, Value> {
    let targets: Vec<Target> = paths.iter().flat_map(|(path, item)| targets(path, item)).collect();
    let mut links = Map::new();
    for (path, item) in paths.iter_mut() {
        let Some(created) = item.pointer_mut("/post/responses/201") else { continue };
        let list = path.rsplit('/').next().unwrap_or_default();
        for target in &targets {
            let Some(placeholder) = record_of(&target.path, list) else { continue };
            let name = &target.operation_id;
            created["links"][name] = json!({"$ref": format!("#/components/links/{name}")});
            links.entry(name).or_insert_with(|| {
                let mut link =
                    json!({"operationId": name, "parameters": {placeholder: "$response.body#/id"}});
                if target.takes_if_match {
                    link["parameters"]["If-Match"] = "$response.header.ETag".into();
                }
                link
            });
        }
    }
    links
}

fn targets(path: &str, item: &Value) -> Vec<Target> {
    let methods = item.as_object().into_iter().flat_map(Map::values);
    let target = |operation: &Value| {
        let mut parameters = operation["parameters"].as_array().into_iter().flatten();
        Some(Target {
            path: path.to_owned(),
            operation_id: operation["operationId"].as_str()?.to_owned(),
            takes_if_match: parameters.any(|parameter| parameter["name"] == "If-Match"),
        })
    };
    methods.filter_map(target).collect()
}

/// What stands for the record's id in a path that begins with the record: `observationId` where what is called `observations` is at
/// `/v1/observations/{observationId}`.
fn record_of<'p>(path: &'p str, list: &str) -> Option<&'p str> {
    let (name, rest) = path.strip_prefix("/v1/")?.split_once("/{")?;
    let (placeholder, below) = rest.split_once('}')?;
    (name == list && !below.contains('{')).then_some(placeholder)
}
