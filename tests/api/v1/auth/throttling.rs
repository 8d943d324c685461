//! Guessing is slowed down: ten failures an account, a hundred an address, in a quarter of an hour.

use crate::support::stored::pass_time;
use crate::support::{Api, Part, both_alone};

const WRONG: &str = "certainly not the password";

fn fail(api: &Api, email: &str, times: usize) {
    for _ in 0..times {
        api.sign_in(email, WRONG).refused(401, "sign_in_failed");
    }
}

#[test]
fn after_ten_failures_even_the_right_password_has_to_wait() {
    both_alone(&[], |api| {
        let person = api.person(Part::Reader);
        fail(api, &person.email, 9);
        // Only failures count: signing in between neither adds to them nor wipes them out.
        for _ in 0..3 {
            api.sign_in(&person.email, &person.password()).expect(200);
        }
        fail(api, &person.email, 1);
        let refused = api.sign_in(&person.email, &person.password()).refused(429, "too_many_requests");
        let wait: u64 = refused.header("retry-after").and_then(|value| value.parse().ok()).expect("seconds");
        assert!((1..=900).contains(&wait), "{wait} seconds");
        // However it is written, it is that account; others are not kept waiting, nor are sessions that run.
        api.sign_in(&person.email.to_uppercase(), &person.password()).refused(429, "too_many_requests");
        api.sign_in(&api.person(Part::Expert).email, &api.person(Part::Expert).password()).expect(200);
        api.client(Part::Reader).get("/v1/me").expect(200);
        pass_time(api, 15 * 60, "sign_in_failures", "failed_at", ("email_key", &person.email));
        api.sign_in(&person.email, &person.password()).expect(200);
    });
}

#[test]
fn an_account_that_does_not_exist_is_throttled_like_one_that_does() {
    both_alone(&[], |api| {
        fail(api, "nobody@tests.example", 10);
        api.sign_in("nobody@tests.example", WRONG).refused(429, "too_many_requests");
    });
}

#[test]
fn after_a_hundred_failures_an_address_has_to_wait() {
    both_alone(&[], |api| {
        let person = api.person(Part::Reader);
        std::thread::scope(|scope| {
            for thread in 0..4 {
                scope.spawn(move || {
                    (0..25).for_each(|at| fail(api, &format!("guess-{thread}-{at}@tests.example"), 1))
                });
            }
        });
        api.sign_in(&person.email, &person.password()).refused(429, "too_many_requests");
        api.client(Part::Reader).get("/v1/me").expect(200);
    });
}
