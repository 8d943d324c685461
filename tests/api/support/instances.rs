//! Several instances of the service on one PostgreSQL behind nginx, where `TEST_INSTANCES` asks for them: the same tests then
//! show that it does not matter to a client which of them answers.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::eventually;
use super::janitor::{self, Kept};

/// How many there are of each server on PostgreSQL; one by default.
pub fn wanted() -> usize {
    let Ok(told) = std::env::var("TEST_INSTANCES") else { return 1 };
    let count = told.parse().ok().filter(|count| (1..=8).contains(count));
    count.unwrap_or_else(|| panic!("TEST_INSTANCES is {told}, not a number from 1 to 8"))
}

/// Nothing is kept back on the way, neither of a request nor of an answer: streams go on as they come. No request is sent twice, and
/// none to a connection that the service is about to close. That the next request of a client goes to another instance is the
/// upstream's own way.
fn configuration(folder: &Path, port: u16, addresses: &[&str]) -> String {
    let folder = folder.display();
    let servers: String = addresses.iter().map(|address| format!("server {address}; ")).collect();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("    {kind}_temp_path {folder}/{kind};\n"))
        .concat();
    format!(
        "daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
{temporary}    access_log off;
    client_max_body_size 0;
    large_client_header_buffers 8 64k;
    ignore_invalid_headers off;
    merge_slashes off;
    proxy_buffering off;
    proxy_request_buffering off;
    proxy_read_timeout 600s;
    proxy_next_upstream off;
    keepalive_requests 1000000;
    keepalive_timeout 600s;
    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    proxy_set_header Connection \"\";
    upstream instances {{ {servers}keepalive 64; keepalive_timeout 2s; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{ proxy_pass http://instances; }}
    }}
}}
"
    )
}

/// nginx before some instances, told by their addresses, and where it listens.
pub fn nginx(addresses: &[&str]) -> (Kept, String) {
    let folder = janitor::folder("nginx");
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = free.local_addr().expect("its own").port();
    drop(free);
    let file = folder.join("nginx.conf");
    fs::write(&file, configuration(&folder, port, addresses)).expect("our own folder");
    let log = fs::File::create(folder.join("stderr")).expect("our own folder");
    let mut command = Command::new("nginx");
    command
        .arg("-c")
        .arg(&file)
        .arg("-p")
        .arg(&folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log);
    let mut process = Kept::start(&mut command);
    eventually("nginx listens", || {
        std::thread::sleep(Duration::from_millis(5));
        assert!(
            process.child.try_wait().expect("our own child").is_none(),
            "nginx ended: see {}",
            folder.display()
        );
        TcpStream::connect(("127.0.0.1", port)).is_ok()
    });
    (process, format!("http://127.0.0.1:{port}"))
}
