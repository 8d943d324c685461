use super::*;
use actix_web::body::to_bytes;
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::middleware::from_fn;
use actix_web::rt::System;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, web};
use std::borrow::Cow;

fn assets() -> Assets {
    let files: [(&str, &'static [u8]); 5] = [
        ("index.html", b"<!doctype html>"),
        ("sw.js", b"self"),
        ("assets/app-1a2b.js", b"plain script"),
        ("assets/app-1a2b.js.br", b"small"),
        ("assets/app-1a2b.js.gz", b"smaller"),
    ];
    Assets::of(files.map(|(name, content)| (name.to_owned(), Cow::Borrowed(content))))
}

fn ask(assets: Assets, path: &str, headers: &[(&str, &str)]) -> ServiceResponse {
    System::new().block_on(async {
        let app = App::new()
            .app_data(web::Data::new(assets))
            .wrap(from_fn(crate::http::envelope::envelope))
            .configure(paths);
        let service = init_service(app).await;
        let mut request = TestRequest::get().uri(path);
        for header in headers {
            request = request.insert_header(*header);
        }
        call_service(&service, request.to_request()).await.map_into_boxed_body()
    })
}

fn header<'r>(response: &'r ServiceResponse, name: &str) -> Option<&'r str> {
    response.headers().get(name).and_then(|value| value.to_str().ok())
}

fn body(response: ServiceResponse) -> String {
    let bytes = System::new().block_on(to_bytes(response.into_body())).expect("a body");
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn the_app_comes_with_a_policy_that_lets_in_nothing_from_elsewhere() {
    let response = ask(assets(), "/app/", &[]);
    assert_eq!(header(&response, "content-type"), Some("text/html; charset=utf-8"));
    let policy = header(&response, "content-security-policy").expect("a policy");
    for part in ["default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'"] {
        assert!(policy.contains(part), "{policy}");
    }
    for part in ["unsafe", "http", "data:", "*"] {
        assert!(!policy.contains(part), "{policy}");
    }
    assert_eq!(header(&response, "referrer-policy"), Some("no-referrer"));
    assert_eq!(header(&response, "cross-origin-opener-policy"), Some("same-origin"));
    assert_eq!(header(&response, "x-content-type-options"), Some("nosniff"));
    assert_eq!(body(response), "<!doctype html>");
}

#[test]
fn what_has_its_content_in_its_name_is_kept_and_all_else_asked_for_again() {
    for path in ["/app/", "/app/index.html", "/app/sw.js"] {
        let response = ask(assets(), path, &[]);
        assert_eq!(header(&response, "cache-control"), Some("no-cache"), "{path}");
        let etag = header(&response, "etag").expect("a validator").to_owned();
        let again = ask(assets(), path, &[("If-None-Match", &etag)]);
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
        assert_eq!(header(&again, "cache-control"), Some("no-cache"), "{path}");
        assert_eq!(body(again), "");
    }
    let response = ask(assets(), "/app/assets/app-1a2b.js", &[]);
    assert_eq!(header(&response, "cache-control"), Some("public, max-age=31536000, immutable"));
}

#[test]
fn the_smallest_form_that_the_browser_takes() {
    let cases = [
        ("", None, "plain script"),
        ("identity", None, "plain script"),
        ("gzip", Some("gzip"), "smaller"),
        ("gzip, deflate, br", Some("br"), "small"),
        ("br;q=0, gzip", Some("gzip"), "smaller"),
        ("zstd", None, "plain script"),
    ];
    for (accepted, encoding, content) in cases {
        let headers = [("Accept-Encoding", accepted)];
        let response = ask(assets(), "/app/assets/app-1a2b.js", &headers[usize::from(accepted.is_empty())..]);
        assert_eq!(header(&response, "content-encoding"), encoding, "{accepted}");
        assert_eq!(header(&response, "content-type"), Some("text/javascript; charset=utf-8"));
        assert_eq!(header(&response, "vary"), Some("Accept-Encoding"));
        assert_eq!(body(response), content, "{accepted}");
    }
}

#[test]
fn what_is_not_there_is_a_problem_like_any_other() {
    for path in ["/app/assets/gone.js", "/app/assets/app-1a2b.js.br", "/app/nowhere", "/app/../Cargo.toml"] {
        let response = ask(assets(), path, &[]);
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let response = ask(Assets::default(), "/app/sw.js", &[]);
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(header(&response, "content-type"), Some("application/problem+json"));
}

#[test]
fn without_its_files_the_page_says_how_to_build_it() {
    for (language, lang, words) in [
        ("nl-NL,nl;q=0.9", "lang=\"nl\"", "De app zit niet in dit programma"),
        ("en-GB,en;q=0.9", "lang=\"en\"", "This program does not carry the app"),
    ] {
        let response = ask(Assets::default(), "/app/", &[("Accept-Language", language)]);
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header(&response, "cache-control"), Some("no-store"));
        assert!(
            header(&response, "content-security-policy").is_some_and(|it| it.contains("default-src 'none'"))
        );
        let page = body(response);
        for part in [lang, words, "make app", "cargo run -- demo"] {
            assert!(page.contains(part), "{page}");
        }
    }
}

#[test]
fn without_the_slash_it_is_found_too() {
    let response = ask(assets(), "/app", &[]);
    assert_eq!(response.status(), StatusCode::PERMANENT_REDIRECT);
    assert_eq!(header(&response, "location"), Some("app/"));
}
