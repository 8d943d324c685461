//! The app at `/app/`, as the program serves it: with its files, or with a page that says how to get them. The tests of
//! `src/notebook` look at both; these hold for whichever it is.

use crate::support::{Request, both};

#[test]
fn the_app_is_served_with_a_policy_of_its_own() {
    both(|api| {
        let page = api.anonymous().get("/app/").expect(200);
        assert_eq!(page.media_type(), "text/html");
        let policy = page.header("content-security-policy").expect("a policy");
        assert!(policy.starts_with("default-src 'none'; "), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        let etag = page.header("etag").expect("a validator").to_owned();
        let known = Request::new("GET", "/app/").header("If-None-Match", etag);
        assert_eq!(api.anonymous().send(known).expect(304).text, "");
    });
}

#[test]
fn it_is_found_without_its_slash_and_nothing_else_is_there() {
    both(|api| {
        let answer = api.anonymous().get("/app").expect(308);
        assert_eq!(answer.header("location"), Some("app/"));
        api.anonymous().get("/app/nowhere").refused(404, "not_found");
        api.anonymous().get("/application").refused(404, "not_found");
    });
}
