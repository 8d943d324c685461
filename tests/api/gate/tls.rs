//! TLS, by certificates of the test's own.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{
    ClientConfig, ClientConnection, ProtocolVersion, RootCertStore, StreamOwned, SupportedProtocolVersion,
};

use super::{connect, until_it_ends};
use crate::support::janitor;
use crate::support::server::{Server, both_outputs, program, run};
use crate::support::{Kind, eventually};

const NAME: &str = "leren.example.org";

/// A certificate in a folder, with its key.
struct Issued {
    certificate: PathBuf,
    key: PathBuf,
}

impl Issued {
    fn new() -> (Issued, CertificateDer<'static>) {
        let folder = janitor::folder("tls");
        let issued = Issued { certificate: folder.join("certificate.pem"), key: folder.join("key.pem") };
        let trusted = issued.renew();
        (issued, trusted)
    }

    /// Another certificate in the same files.
    fn renew(&self) -> CertificateDer<'static> {
        let made = rcgen::generate_simple_self_signed([NAME.to_owned()]).expect("a certificate");
        write(&self.key, &made.signing_key.serialize_pem());
        write(&self.certificate, &made.cert.pem());
        made.cert.der().clone()
    }

    fn settings(&self) -> [(&'static str, String); 2] {
        [
            ("TLS_CERTIFICATE", self.certificate.display().to_string()),
            ("TLS_KEY", self.key.display().to_string()),
        ]
    }
}

fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("our own folder");
}

fn serve(issued: &Issued) -> Server {
    let settings = issued.settings();
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Server::start(&Kind::Sqlite.database(), &settings)
}

type Stream = StreamOwned<ClientConnection, TcpStream>;

/// A connection that trusts this certificate alone.
fn secured(
    server: &Server,
    trusted: &CertificateDer<'static>,
    version: &'static SupportedProtocolVersion,
) -> Stream {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).expect("a certificate");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[version])
        .expect("a version")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(NAME).expect("a name");
    let connection = ClientConnection::new(Arc::new(config), name).expect("a client");
    StreamOwned::new(connection, connect(&server.base))
}

fn get(stream: &mut Stream, path: &str) -> std::io::Result<String> {
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n")?;
    let mut told = Vec::new();
    match stream.read_to_end(&mut told) {
        Err(error) if told.is_empty() => Err(error),
        _ => Ok(String::from_utf8_lossy(&told).into_owned()),
    }
}

#[test]
fn the_server_speaks_tls_with_its_certificate() {
    let (issued, trusted) = Issued::new();
    let server = serve(&issued);
    assert!(server.base.starts_with("https://127.0.0.1:"), "{}", server.base);
    for (version, spoken) in [
        (&rustls::version::TLS13, ProtocolVersion::TLSv1_3),
        (&rustls::version::TLS12, ProtocolVersion::TLSv1_2),
    ] {
        let mut stream = secured(&server, &trusted, version);
        let answer = get(&mut stream, "/readyz").expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.to_lowercase().contains("strict-transport-security"), "{answer}");
        assert_eq!(stream.conn.protocol_version(), Some(spoken));
        assert_eq!(stream.conn.peer_certificates().map(<[_]>::first), Some(Some(&trusted)));
    }
    let (_, other) = Issued::new();
    assert!(
        get(&mut secured(&server, &other, &rustls::version::TLS13), "/readyz").is_err(),
        "it shows its own"
    );

    let bind = server.base.trim_start_matches("https://").to_owned();
    run(program(&["healthcheck"]).env("BIND", &bind).envs(issued.settings()));
    let plain = program(&["healthcheck"]).env("BIND", &bind).output().expect("it starts");
    assert!(!plain.status.success(), "it does not answer in the clear");
    assert!(server.terminate().success());
}

#[test]
fn old_versions_and_clear_text_are_refused() {
    let (issued, _) = Issued::new();
    let server = serve(&issued);
    // A ClientHello of TLS 1.1 (RFC 4346, section 7.4.1.2), in all else as one of today: with a suite, with algorithms of
    // signatures and with a group that the server takes.
    let extensions =
        [&[0, 20][..], &[0, 13, 0, 8, 0, 6, 4, 3, 8, 4, 4, 1], &[0, 10, 0, 4, 0, 2, 0, 29]].concat();
    let hello = [&[3, 2][..], &[7; 32], &[0, 0, 2, 0xc0, 0x2b, 1, 0], &extensions].concat();
    let handshake = [&[1, 0, 0, hello.len() as u8][..], &hello].concat();
    let record = [&[22, 3, 1, 0, handshake.len() as u8][..], &handshake].concat();
    let mut stream = connect(&server.base);
    stream.write_all(&record).expect("it is open");
    let mut answer = [0; 7];
    stream.read_exact(&mut answer).expect("an alert");
    assert_eq!((answer[0], answer[5], answer[6]), (21, 2, 70), "a fatal protocol_version alert");

    let mut stream = connect(&server.base);
    stream.write_all(b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n").expect("it is open");
    assert!(!until_it_ends(&mut stream).contains("HTTP/1.1 200"));
}

#[test]
fn a_renewed_certificate_is_taken_up_and_a_broken_one_is_not() {
    let (issued, first) = Issued::new();
    let server = serve(&issued);
    let shows = |trusted: &CertificateDer<'static>| {
        get(&mut secured(&server, trusted, &rustls::version::TLS13), "/livez").is_ok()
    };
    assert!(shows(&first));
    let kept = std::fs::read_to_string(&issued.certificate).expect("our file");
    write(&issued.certificate, "-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n");
    eventually("it is told", || server.logged().contains("the certificate in use stays"));
    assert!(shows(&first), "the old one is in use");
    write(&issued.certificate, &kept);
    let second = issued.renew();
    eventually("the new one is in use", || {
        std::thread::sleep(Duration::from_millis(200));
        shows(&second)
    });
    assert!(!shows(&first));
}

#[test]
fn what_is_wrong_with_the_files_is_told_at_the_start() {
    let ((one, _), (other, _)) = (Issued::new(), Issued::new());
    let empty = janitor::folder("tls").join("empty.pem");
    write(&empty, "");
    let [one, other] = [one.settings(), other.settings()].map(|settings| settings.map(|(_, value)| value));
    let empty = empty.display().to_string();
    for (certificate, key, told) in [
        (one[0].as_str(), "", "TLS_KEY: expected"),
        ("", one[1].as_str(), "TLS_CERTIFICATE: expected"),
        (&one[0], &other[1], "is another"),
        (&empty, &one[1], "TLS_CERTIFICATE: expected"),
        (&one[0], &empty, "TLS_KEY: expected"),
        ("/no/such/file", &one[1], "TLS_CERTIFICATE: cannot read /no/such/file"),
    ] {
        let output = program(&["serve"])
            .env("DATABASE_URL", Kind::Sqlite.database())
            .env("JWT_SECRET", crate::support::server::SECRET)
            .env("BIND", "127.0.0.1:0")
            .env("TLS_CERTIFICATE", certificate)
            .env("TLS_KEY", key)
            .output()
            .expect("the program can be started");
        let said = both_outputs(&output);
        assert!(!output.status.success() && said.contains(told), "{told}: {said}");
        assert!(!said.contains("BEGIN"), "{said}");
    }
}
