//! Query keys: known ones within their bounds, and no others.

use serde_json::json;

use crate::support::both;
use crate::support::team::new_id;

#[test]
fn an_unknown_key_is_refused_and_not_ignored() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let path = cycle.path("observations");
        team.reader()
            .get(format!("{path}?perspectve=citizen"))
            .refused(400, "invalid_query")
            .pointers(&[("/perspectve", "unknown_member")]);
        team.reader().get(format!("/v1/networks/{}?verbose=1", team.id)).refused(400, "invalid_query");
        team.reader().get(format!("{}?cycle=1", cycle.path("report"))).refused(400, "invalid_query");
    });
}

#[test]
fn values_are_checked_all_at_once() {
    both(|api| {
        let team = api.team();
        let path = team.cycle().path("observations");
        team.reader()
            .get(format!("{path}?perspective=bird&themeId=x&limit=many&colour=red"))
            .refused(400, "invalid_query")
            .pointers(&[
                ("/perspective", "not_in_enum"),
                ("/themeId", "bad_format"),
                ("/limit", "out_of_range"),
                ("/colour", "unknown_member"),
            ]);
    });
}

#[test]
fn a_page_has_one_to_two_hundred_records() {
    both(|api| {
        let team = api.team();
        let path = team.cycle().path("observations");
        for limit in ["1", "200"] {
            team.reader().get(format!("{path}?limit={limit}")).expect(200);
        }
        for limit in ["0", "201", "-1", "1.5", "", "99999999999999999999", "ten"] {
            team.reader().get(format!("{path}?limit={limit}")).refused(400, "invalid_query");
        }
    });
}

#[test]
fn a_cursor_is_bound_to_its_list_and_filter() {
    both(|api| {
        let team = api.team();
        let (cycle, other) = (team.cycle(), team.cycle());
        for _ in 0..3 {
            cycle.observe(json!({}));
            other.observe(json!({}));
        }
        let path = cycle.path("observations");
        let cursor = team.reader().get(format!("{path}?limit=1")).expect(200).text_of("nextCursor");
        team.reader().get(format!("{path}?limit=2&cursor={cursor}")).expect(200);
        for wrong in [
            format!("{path}?cursor={cursor}&perspective=citizen"),
            format!("{}?cursor={cursor}", other.path("observations")),
            format!("{}?cursor={cursor}", cycle.path("reflections")),
            format!("{path}?cursor=nonsense"),
            format!("{path}?cursor="),
            format!("{path}?cursor={}", new_id()),
        ] {
            team.reader().get(wrong).refused(400, "invalid_cursor");
        }
    });
}

#[test]
fn a_tampered_cursor_is_refused() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        cycle.observe(json!({}));
        cycle.observe(json!({}));
        let path = cycle.path("observations");
        let cursor = team.reader().get(format!("{path}?limit=1")).expect(200).text_of("nextCursor");
        for at in [0, cursor.len() / 3, cursor.len() / 2, cursor.len() - 2] {
            let mut bytes = cursor.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let tampered = String::from_utf8(bytes).expect("ASCII");
            team.reader().get(format!("{path}?limit=1&cursor={tampered}")).refused(400, "invalid_cursor");
        }
    });
}

#[test]
fn a_moment_has_a_year_of_four_digits() {
    both(|api| {
        let founder = api.founder();
        for until in ["-262143-01-01T00:00:00Z", "%2B262142-12-31T23:59:59Z"] {
            let path = format!("/v1/newsletter-draft?since=2026-01-01T00:00:00Z&until={until}");
            let refused = founder.get(path).expect(400);
            assert_eq!(refused["errors"][0]["pointer"], "/until", "{}", refused.text);
        }
    });
}
