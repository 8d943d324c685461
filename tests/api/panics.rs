//! A panic in a handler is a 500 problem, and the server goes on. The program has no handler that panics, so a server
//! with the program's own envelope around one that does stands in, over real HTTP.

use actix_web::middleware::from_fn;
use actix_web::{App, HttpResponse, HttpServer, web};
use feedbacklus::http::envelope::envelope;
use std::sync::mpsc;

/// Serves one good and one bad handler until the test process ends.
fn serve() -> String {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async {
            let server = HttpServer::new(|| {
                App::new()
                    .wrap(from_fn(envelope))
                    .route("/good", web::get().to(HttpResponse::Ok))
                    .route("/bad", web::get().to(bad))
            })
            .workers(1)
            .bind(("127.0.0.1", 0))
            .expect("an address");
            tell.send(server.addrs()[0]).expect("the test waits");
            server.run().await.expect("the server runs");
        });
    });
    format!("http://{}", told.recv().expect("an address"))
}

async fn bad() -> HttpResponse {
    panic!("on purpose: a handler panics")
}

#[test]
fn a_panic_is_a_500_problem_and_the_server_goes_on() {
    let base = serve();
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    // One worker: were it lost, the second round would find nobody.
    for _ in 0..3 {
        let mut answer = agent.get(format!("{base}/bad")).call().expect("an answer");
        assert_eq!(answer.status(), 500);
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        assert_eq!(answer.headers()["x-frame-options"], "DENY");
        let problem: serde_json::Value = answer.body_mut().read_json().expect("a problem");
        assert_eq!(problem["code"], "internal");
        assert_eq!(problem["requestId"].as_str(), answer.headers()["x-request-id"].to_str().ok());
        assert!(!problem.to_string().contains("on purpose"), "the cause is for the log alone");
        assert_eq!(agent.get(format!("{base}/good")).call().expect("an answer").status(), 200);
    }
}
