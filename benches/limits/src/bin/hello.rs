//! What the benchmark measures against: actix-web with the server's worker count and no middleware. `/` is one text; where a
//! file is named, `/page` is what it holds, as JSON.

use actix_web::http::header::ContentType;
use actix_web::web::Bytes;
use actix_web::{App, HttpResponse, HttpServer, web};

async fn hello() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("Hello, world!")
}

async fn page(page: web::Data<Bytes>) -> HttpResponse {
    HttpResponse::Ok().content_type(ContentType::json()).body(page.get_ref().clone())
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let kept = std::env::args().nth(1).map(std::fs::read).transpose()?.unwrap_or_default();
    let kept = web::Data::new(Bytes::from(kept));
    let workers = std::env::var("WORKERS").ok().and_then(|number| number.parse().ok());
    let workers = workers.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let app = move || {
        App::new()
            .app_data(kept.clone())
            .service(web::resource("/").route(web::get().to(hello)))
            .service(web::resource("/page").route(web::get().to(page)))
    };
    let server = HttpServer::new(app).workers(workers).bind("127.0.0.1:0")?;
    for address in server.addrs() {
        println!("listening on http://{address}");
    }
    server.run().await
}
