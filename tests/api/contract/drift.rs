//! One contract in three places: printed by the program, checked in, and served.

use serde_json::Value;

use crate::support::both;
use crate::support::server::{program, run};

fn printed() -> String {
    run(&mut program(&["openapi"]))
}

#[test]
fn the_checked_in_contract_is_what_the_code_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/feedbacklus.json");
    let checked_in = std::fs::read_to_string(path).expect("openapi/feedbacklus.json is checked in");
    assert!(
        checked_in.trim_end() == printed().trim_end(),
        "openapi/feedbacklus.json is not what `feedbacklus openapi` prints: run `make openapi` and look at the difference"
    );
}

#[test]
fn the_served_contract_is_the_printed_one_and_open_to_all() {
    let printed: Value = serde_json::from_str(&printed()).expect("JSON");
    both(|api| {
        let served = api.anonymous().get("/v1/openapi.json").expect(200);
        assert!(served.body == printed, "the served contract differs from the printed one");
        assert_eq!(served.header("access-control-allow-origin"), Some("*"));
    });
}

#[test]
fn the_docs_page_needs_no_network() {
    both(|api| {
        let page = api.anonymous().get("/docs/").expect(200);
        assert_eq!(page.media_type(), "text/html");
        let mut assets = 0;
        for attribute in ["src=\"", "href=\""] {
            for target in page.text.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(!target.contains("//"), "{target} lies elsewhere");
                api.anonymous().get(format!("/docs/{}", target.trim_start_matches("./"))).expect(200);
                assets += 1;
            }
        }
        assert!(assets > 0, "the page has its assets");
    });
}

#[test]
fn the_probes_answer_without_a_credential() {
    both(|api| {
        for path in ["/livez", "/readyz", "/metrics"] {
            api.anonymous().get(path).expect(200);
        }
    });
}
