//! Whether the server on this machine is ready: the first line of its answer to `GET /readyz`.

use actix_web::rt::System;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(3);

/// In the clear.
pub fn status(address: SocketAddr) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut line = String::new();
    BufReader::new(stream.take(256)).read_line(&mut line)?;
    Ok(line)
}

/// By TLS, whoever the certificate says that the server is: it is for a name outside, and this machine asks itself.
pub fn status_by_tls(address: SocketAddr) -> io::Result<String> {
    System::new().block_on(async {
        let client = reqwest::Client::builder()
            .danger_accept_invalid_certs(true)
            .no_proxy()
            .timeout(PATIENCE)
            .build()
            .map_err(io::Error::other)?;
        let answer =
            client.get(format!("https://{address}/readyz")).send().await.map_err(io::Error::other)?;
        Ok(format!("HTTP/1.1 {}", answer.status()))
    })
}
