//! Leaves nothing behind: one folder for all files of this test process, and one small shell that
//! outlives the process just long enough to stop what it started and to remove that folder.
//!
//! Rust runs no destructors for statics, nor for a process that was killed. A pipe, however, is closed by
//! the kernel in every case, so the shell waits for the end of its standard input.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// What the shell does, with the folder as `$1`: kill the servers, stop the clusters, drop the databases made on
/// a named server, remove the files. SIGQUIT is PostgreSQL's immediate shutdown.
const SWEEP: &str = r#"
trap '' INT TERM HUP
cat >/dev/null
for file in "$1"/pids/*; do
    [ -f "$file" ] && kill -KILL "$(basename "$file")" 2>/dev/null
done
for file in "$1"/*/data/postmaster.pid; do
    [ -f "$file" ] && kill -QUIT "$(head -n 1 "$file")" 2>/dev/null
done
if [ -f "$1/databases" ] && command -v psql >/dev/null; then
    while read -r server name; do
        psql -q "$server" -c "DROP DATABASE IF EXISTS $name WITH (FORCE)" </dev/null >/dev/null 2>&1
    done <"$1/databases"
fi
tries=0
for file in "$1"/*/data/postmaster.pid; do
    while [ -f "$file" ] && [ $tries -lt 100 ]; do tries=$((tries + 1)); sleep 0.1; done
done
rm -rf "$1"
"#;

struct Janitor {
    root: PathBuf,
    /// Held, never waited for: the shell outlives us, and the end of its pipe is the signal.
    _shell: Child,
}

static JANITOR: OnceLock<Janitor> = OnceLock::new();

/// The folder of this test process. Readable by others, because PostgreSQL may run as another user.
pub fn root() -> &'static Path {
    &JANITOR.get_or_init(start).root
}

fn start() -> Janitor {
    let root = std::env::temp_dir().join(format!("feedbacklus-tests-{}", uuid::Uuid::new_v4()));
    fs::create_dir_all(root.join("pids")).expect("the temporary folder can be written");
    fs::set_permissions(&root, fs::Permissions::from_mode(0o755)).expect("our own folder");
    let shell = Command::new("sh")
        .args(["-c", SWEEP, "janitor"])
        .arg(&root)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0) // so that neither Ctrl-C nor a kill of our group reaches it
        .spawn()
        .expect("sh can be started");
    Janitor { root, _shell: shell }
}

/// A new, empty folder under the root.
pub fn folder(name: &str) -> PathBuf {
    let path = root().join(format!("{name}-{}", uuid::Uuid::new_v4().simple()));
    fs::create_dir(&path).expect("our own folder can be written");
    path
}

/// A database on a server that is not ours, to be dropped at the end.
pub fn drop_at_end(server: &str, name: &str) {
    let mut list =
        fs::File::options().create(true).append(true).open(root().join("databases")).expect("our own folder");
    writeln!(list, "{server} {name}").expect("our own file");
}

/// A child that never outlives the test process.
pub struct Kept {
    pub child: Child,
}

impl Kept {
    pub fn start(command: &mut Command) -> Kept {
        let child = command.spawn().unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
        fs::write(root().join("pids").join(child.id().to_string()), "").expect("our own folder");
        Kept { child }
    }

    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").arg(format!("-{name}")).arg(self.child.id().to_string()).status();
        assert!(sent.expect("kill can be started").success(), "the process is there to be signalled");
    }

    pub fn wait(&mut self) -> std::process::ExitStatus {
        let status = self.child.wait().expect("our own child");
        let _ = fs::remove_file(root().join("pids").join(self.child.id().to_string()));
        status
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let _ = self.child.kill();
        self.wait();
    }
}
