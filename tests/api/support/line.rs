//! A line to a server that can be cut.

use std::io::copy;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::spawn;

pub struct Line {
    /// Where the server is reached over this line.
    pub base: String,
    connections: Arc<Mutex<Vec<TcpStream>>>,
}

impl Line {
    pub fn to(base: &str) -> Line {
        let server = base.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let connections: Arc<Mutex<Vec<TcpStream>>> = Arc::default();
        let open = connections.clone();
        spawn(move || {
            for client in listener.incoming() {
                let client = client.expect("a connection");
                // The server may have stopped: the client is to see just that.
                let Ok(server) = TcpStream::connect(&server) else { continue };
                open.lock().expect("nobody panicked").push(half(&client));
                pass(half(&client), half(&server));
                pass(server, client);
            }
        });
        Line { base, connections }
    }

    /// How often it was opened.
    pub fn opened(&self) -> usize {
        self.connections.lock().expect("nobody panicked").len()
    }

    /// Cuts all that is open. How often it had been opened.
    pub fn cut(&self) -> usize {
        let connections = self.connections.lock().expect("nobody panicked");
        for connection in connections.iter() {
            // It may have ended by itself.
            let _ = connection.shutdown(Shutdown::Both);
        }
        connections.len()
    }
}

fn half(stream: &TcpStream) -> TcpStream {
    stream.try_clone().expect("a second handle")
}

fn pass(mut from: TcpStream, mut to: TcpStream) {
    spawn(move || {
        let _ = copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Both);
    });
}
