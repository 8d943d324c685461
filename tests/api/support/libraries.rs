//! The specification's own libraries for webhooks in other languages. They come from their registries, once.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::server::both_outputs;

const NPM: &str = "standardwebhooks@1.1.1";
const PYPI: &str = "standardwebhooks==1.1.0";

/// A folder under target/ into which a package was installed, by this run or an earlier one.
fn installed(name: &str, package: &str, install: impl Fn(&Path) -> Command) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("libraries").join(name);
    let whole = folder.join("installed");
    if std::fs::read_to_string(&whole).is_ok_and(|had| had == package) {
        return folder;
    }
    std::fs::create_dir_all(&folder).expect("target/ can be written");
    let output = install(&folder).output().unwrap_or_else(|error| {
        panic!("{package} cannot be installed: {error}. The test needs node with npm, and python3 with pip.")
    });
    let said = both_outputs(&output);
    assert!(output.status.success(), "{package} cannot be installed; the test needs its registry: {said}");
    std::fs::write(&whole, package).expect("target/ can be written");
    folder
}

/// Where node finds the specification's library, as `NODE_PATH`.
pub fn npm() -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        installed("npm", NPM, |folder| {
            let mut command = Command::new("npm");
            command
                .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
                .arg(folder)
                .arg(NPM);
            command
        })
    });
    folder.join("node_modules")
}

/// Where Python finds it, as `PYTHONPATH`.
pub fn pypi() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        installed("pypi", PYPI, |folder| {
            let mut command = Command::new("python3");
            command.args(["-m", "pip", "install", "--quiet", "--upgrade", "--target"]).arg(folder).arg(PYPI);
            command
        })
    })
}
