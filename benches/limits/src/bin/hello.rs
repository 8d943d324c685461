//! What the benchmark measures against: actix-web with the server's worker count, one text and no middleware.

use actix_web::{App, HttpResponse, HttpServer, web};

async fn hello() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("Hello, world!")
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let workers = std::env::var("WORKERS").ok().and_then(|number| number.parse().ok());
    let workers = workers.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let server = HttpServer::new(|| App::new().service(web::resource("/").route(web::get().to(hello))))
        .workers(workers)
        .bind("127.0.0.1:0")?;
    for address in server.addrs() {
        println!("listening on http://{address}");
    }
    server.run().await
}
