//! What a request meets before its route: connections and TLS, limits, pages of other origins; and what is too much for
//! any route.

mod bodies;
mod connections;
mod cors;
mod depth;
mod rate_limits;
mod secrets;
mod security_txt;
mod tls;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// A connection on which bytes are written by hand. Who waits for it in vain is told after half a minute.
fn connect(base: &str) -> TcpStream {
    let address = base.split_once("://").expect("a base").1;
    let stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a bound");
    stream
}

/// What comes on a connection until the server ends it.
#[track_caller]
fn until_it_ends(stream: &mut TcpStream) -> String {
    let mut told = Vec::new();
    let mut piece = [0; 4096];
    loop {
        match stream.read(&mut piece) {
            Ok(0) => break,
            Ok(length) => told.extend_from_slice(&piece[..length]),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                panic!("it is still open after: {}", String::from_utf8_lossy(&told))
            }
            // It was ended with something of ours unread.
            Err(_) => break,
        }
    }
    String::from_utf8_lossy(&told).into_owned()
}

/// Writes a byte every so often until the connection has ended.
fn drip(stream: &TcpStream, byte: &'static [u8]) -> std::thread::JoinHandle<()> {
    let mut stream = stream.try_clone().expect("a second handle");
    std::thread::spawn(move || {
        while stream.write_all(byte).is_ok() {
            std::thread::sleep(Duration::from_millis(100));
        }
    })
}
