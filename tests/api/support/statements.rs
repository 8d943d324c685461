//! Counts what a server's writes ask of PostgreSQL: the tests stand between the two and read along.

use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A way to a database on which the statements of every write are counted.
pub struct Statements {
    /// The database's address by this way.
    pub database_url: String,
    counted: Arc<AtomicUsize>,
}

impl Statements {
    /// To a database that is reached without encryption, as those of the tests are.
    pub fn to(database_url: &str) -> Statements {
        let start = database_url.rfind('@').expect("it names a user") + 1;
        let end = start + database_url[start..].find('/').expect("it names a database");
        let server = database_url[start..end].to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let here = listener.local_addr().expect("it is bound");
        let counted = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&counted);
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let server = TcpStream::connect(&server).expect("PostgreSQL answers");
                // A statement is several small messages, none of which is to wait for the next.
                server.set_nodelay(true).expect("a socket");
                client.set_nodelay(true).expect("a socket");
                let (back, front) =
                    (server.try_clone().expect("a socket"), client.try_clone().expect("a socket"));
                std::thread::spawn(move || pass_on(back, front));
                let counter = Arc::clone(&counter);
                std::thread::spawn(move || count(client, server, &counter));
            }
        });
        let database_url = format!("{}{here}{}", &database_url[..start], &database_url[end..]);
        Statements { database_url, counted }
    }

    /// Statements of the writes that were committed up to now: each Execute, and each simple query.
    pub fn counted(&self) -> usize {
        self.counted.load(Ordering::SeqCst)
    }
}

fn pass_on(mut from: TcpStream, mut to: TcpStream) {
    let _ = std::io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Both);
}

/// Passes on what the server sends (PostgreSQL's protocol 3): the start has no letter, every message after it has one.
fn count(mut from: TcpStream, mut to: TcpStream, counter: &AtomicUsize) {
    let mut transaction = Transaction::default();
    let mut begun = false;
    loop {
        let mut head = vec![0; if begun { 5 } else { 4 }];
        if from.read_exact(&mut head).is_err() {
            let _ = to.shutdown(Shutdown::Both);
            return;
        }
        let length = head[head.len() - 4..].try_into().map(u32::from_be_bytes).expect("four bytes");
        let mut rest = vec![0; length as usize - 4];
        if from.read_exact(&mut rest).is_err() {
            return;
        }
        if begun {
            counter.fetch_add(transaction.is_told(head[0], &rest), Ordering::SeqCst);
        }
        if to.write_all(&[head, rest].concat()).is_err() {
            return;
        }
        begun = true;
    }
}

/// What a connection's transaction has run so far.
#[derive(Default)]
struct Transaction {
    /// Whether each prepared statement is the one that every write begins with.
    takes_a_row: HashMap<Vec<u8>, bool>,
    statements: usize,
    writes: bool,
}

impl Transaction {
    /// How many statements a write had that is over with this message: none of those who only read or follow.
    fn is_told(&mut self, letter: u8, message: &[u8]) -> usize {
        let mut texts = message.split(|byte| *byte == 0);
        let (first, second) = (texts.next().unwrap_or_default(), texts.next().unwrap_or_default());
        match letter {
            // Parse: a name and a text. Bind: a portal and a name.
            b'P' => {
                self.takes_a_row.insert(first.to_vec(), second.starts_with(b"UPDATE network_streams"));
            }
            b'B' => self.writes |= self.takes_a_row.get(second) == Some(&true),
            b'E' => self.statements += 1,
            b'Q' if first.starts_with(b"BEGIN") => (self.statements, self.writes) = (0, false),
            b'Q' if first.starts_with(b"COMMIT") && self.writes => {
                self.writes = false;
                return self.statements;
            }
            b'Q' => self.statements += 1,
            _ => {}
        }
        0
    }
}
