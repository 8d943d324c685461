//! Refresh tokens: each works once. Used twice, somebody has a copy, and the session ends; unless an answer was
//! just lost on its way to a phone.

use serde_json::json;

use crate::support::stored::pass_time;
use crate::support::token::Token;
use crate::support::{Answer, Api, Part, both};

fn refresh(api: &Api, token: &str) -> Answer {
    api.anonymous().post("/v1/auth/tokens", json!({"refreshToken": token}))
}

fn begin(api: &Api) -> Answer {
    let person = api.person(Part::Reader);
    api.sign_in(&person.email, &person.password()).expect(200)
}

#[test]
fn each_renewal_gives_a_new_pair() {
    both(|api| {
        let first = begin(api);
        let second = refresh(api, &first.text_of("refreshToken")).expect(200);
        assert_ne!(first["refreshToken"], second["refreshToken"]);
        assert_ne!(first["accessToken"], second["accessToken"]);
        api.with_token(second.text_of("accessToken")).get("/v1/me").expect(200);
        refresh(api, &second.text_of("refreshToken")).expect(200);
    });
}

#[test]
fn a_lost_answer_does_not_log_a_phone_out() {
    both(|api| {
        let first = begin(api).text_of("refreshToken");
        let lost = refresh(api, &first).expect(200);
        // The phone never saw that, and asks again: the new pair takes the lost one's place.
        let again = refresh(api, &first).expect(200);
        let next = refresh(api, &again.text_of("refreshToken")).expect(200);
        api.with_token(next.text_of("accessToken")).get("/v1/me").expect(200);
        refresh(api, &lost.text_of("refreshToken")).expect(401);
    });
}

#[test]
fn a_token_used_again_after_its_successor_ends_the_session() {
    both(|api| {
        let first = begin(api);
        let second = refresh(api, &first.text_of("refreshToken")).expect(200);
        let third = refresh(api, &second.text_of("refreshToken")).expect(200);
        refresh(api, &first.text_of("refreshToken")).expect(401);
        refresh(api, &third.text_of("refreshToken")).expect(401);
        api.with_token(third.text_of("accessToken")).get("/v1/me").expect(401);
    });
}

#[test]
fn after_half_a_minute_a_second_use_is_no_lost_answer_any_more() {
    both(|api| {
        let first = begin(api);
        let second = refresh(api, &first.text_of("refreshToken")).expect(200);
        let session =
            Token::of(&first.text_of("accessToken")).claims["sid"].as_str().expect("a session").to_owned();
        pass_time(api, 31, "refresh_tokens", "used_at", ("session_id", &session));
        refresh(api, &first.text_of("refreshToken")).expect(401);
        refresh(api, &second.text_of("refreshToken")).expect(401);
        api.with_token(second.text_of("accessToken")).get("/v1/me").expect(401);
    });
}

#[test]
fn a_made_up_token_is_worth_nothing() {
    both(|api| {
        let answer = refresh(api, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").expect(401);
        assert!(answer["accessToken"].is_null());
        // An access token is no refresh token.
        let access = begin(api).text_of("accessToken");
        let answer = refresh(api, &access);
        assert!(matches!(answer.status, 400 | 401), "{}", answer.text);
    });
}

#[test]
fn of_two_renewals_at_once_the_session_survives() {
    both(|api| {
        let first = begin(api).text_of("refreshToken");
        let (one, two) = std::thread::scope(|scope| {
            let (one, two) = (scope.spawn(|| refresh(api, &first)), scope.spawn(|| refresh(api, &first)));
            (one.join().expect("an answer"), two.join().expect("an answer"))
        });
        // Both within the grace: whichever came last holds the pair that works.
        let working = [one, two].into_iter().filter(|answer| {
            answer.status == 200 && refresh(api, &answer.text_of("refreshToken")).status == 200
        });
        assert!(working.count() >= 1, "a phone that asks twice stays signed in");
    });
}
