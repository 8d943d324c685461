//! The variants of unions that a member tells apart: each a component, so that clients generated from the contract have a
//! name for it.

use serde_json::{Map, Value, json};

/// Moves the variants of each union to components of their own, called after the union and the tag: `ImportLineRefused`.
pub(super) fn name(schemas: &mut Map<String, Value>) {
    let mut named = Map::new();
    for (union, schema) in schemas.iter_mut() {
        let Some(Value::Array(branches)) = schema.get_mut("oneOf") else { continue };
        let Some(tag) = branches.first().and_then(tag_of).map(|(tag, _)| tag.to_owned()) else { continue };
        let mut mapping = Map::new();
        for branch in branches {
            let Some((_, value)) = tag_of(branch).filter(|(name, _)| *name == tag) else { continue };
            let (value, variant) = (value.to_owned(), format!("{union}{}", pascal_case(value)));
            let path = format!("#/components/schemas/{variant}");
            named.insert(variant, std::mem::replace(branch, json!({"$ref": path})));
            mapping.insert(value, path.into());
        }
        schema["discriminator"] = json!({"propertyName": tag, "mapping": mapping});
    }
    schemas.extend(named);
}

/// The member that has one value in this variant, and that value.
fn tag_of(variant: &Value) -> Option<(&str, &str)> {
    let members = variant.get("properties")?.as_object()?;
    members.iter().find_map(|(name, schema)| Some((name.as_str(), schema.get("const")?.as_str()?)))
}

fn pascal_case(snake_case: &str) -> String {
    let capitalised = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    snake_case.split('_').map(capitalised).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variant_becomes_a_component_that_is_called_after_its_tag() {
        let variant =
            |tag: &str| json!({"type": "object", "properties": {"kind": {"type": "string", "const": tag}}});
        let union = json!({"oneOf": [variant("not_taken"), variant("finished")]});
        let other = json!({"oneOf": [{"$ref": "#/components/schemas/Line"}, {"type": "null"}]});
        let Value::Object(mut schemas) = json!({"Line": union, "Other": other.clone()}) else {
            unreachable!()
        };
        name(&mut schemas);
        let reference = |name: &str| format!("#/components/schemas/{name}");
        let (taken, finished) = (reference("LineNotTaken"), reference("LineFinished"));
        assert_eq!(
            Value::Object(schemas),
            json!({
                "Line": {
                    "oneOf": [{"$ref": taken}, {"$ref": finished}],
                    "discriminator": {"propertyName": "kind", "mapping": {"not_taken": taken, "finished": finished}}
                },
                "LineNotTaken": variant("not_taken"),
                "LineFinished": variant("finished"),
                "Other": other
            })
        );
    }
}
