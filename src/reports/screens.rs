//! Where people find in the app what the paths of a report are of. A browser that is sent to such a path itself would be
//! refused: it has no credential to show.

/// The screen of the app for a path in a report of `of`, below the public address; none where the app has no such screen.
pub fn screen(of: &str, path: &str) -> Option<String> {
    let cycle = of.strip_prefix("/v1/cycles/")?;
    let record = path.strip_prefix("/v1/").filter(|record| !record.contains('?'))?;
    match record.split_once('/')? {
        ("cycles", id) if id == cycle => Some(format!("/app/#/cycles/{cycle}")),
        ("actions", id) => Some(format!("/app/#/cycles/{cycle}/actions/{id}")),
        ("questions", id) => Some(format!("/app/#/cycles/{cycle}/questions/{id}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_app_shows_has_a_screen() {
        let of = |path: &str| screen("/v1/cycles/one", path);
        assert_eq!(of("/v1/cycles/one").as_deref(), Some("/app/#/cycles/one"));
        assert_eq!(of("/v1/actions/two").as_deref(), Some("/app/#/cycles/one/actions/two"));
        assert_eq!(of("/v1/questions/two").as_deref(), Some("/app/#/cycles/one/questions/two"));
        for path in ["/v1/cycles/one/actions?figure=open", "/v1/observations/two", "/v1/insights/two"] {
            assert_eq!(of(path), None, "{path}");
        }
        assert_eq!(screen("/v1/networks/one", "/v1/networks/one"), None);
    }
}
