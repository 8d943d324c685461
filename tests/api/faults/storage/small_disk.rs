//! A disk that is really full. Making one takes rights that a test run need not have: `make soak` does.

use std::fs;
use std::process::Command;
use std::time::Instant;

use super::Bench;
use crate::support::soak::tell;
use crate::support::{Kind, janitor};

const SIZE: usize = 24 << 20;

pub fn fills_and_is_cleared() {
    let folder = janitor::folder("disk");
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", &format!("size={SIZE}"), "tmpfs"])
        .arg(&folder)
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        tell("no disk of its own can be mounted here (that takes root): disk full by the shim alone");
        return;
    }
    let url = format!("sqlite://{}", folder.join("data.sqlite").display());
    let mut bench = Bench::at(Kind::Sqlite, &url);
    // All but nothing of what is left is taken.
    let ballast = folder.join("ballast");
    let mut size = SIZE;
    while size > 4096 {
        let taken = fs::metadata(&ballast).map_or(0, |found| found.len() as usize);
        let filled = fs::write(folder.join("more"), vec![1; size]).is_ok();
        let _ = fs::remove_file(folder.join("more"));
        if filled {
            let _ = fs::write(&ballast, vec![1; taken + size]);
        }
        size /= 2;
    }
    let begun = Instant::now();
    let mut written = 0;
    while bench.write().status == 201 {
        written += 1;
        assert!(begun.elapsed().as_secs() < 120, "it does not fill: {written}");
    }
    let refused = (0..5).map(|_| bench.is_refused("a full disk")).max().unwrap_or_default();
    fs::remove_file(&ballast).expect("it is cleared");
    let healed = bench.recovers("a full disk");
    bench.is_whole();
    bench.api.server.terminate();
    tell(format!(
        "SQLite, a real disk of {} MiB full after {written} writes more: 503 within {:.0} ms at most; writing again {:.0} ms after \
         it was cleared, none of {} acknowledged missing",
        SIZE >> 20,
        refused.as_secs_f64() * 1e3,
        healed.as_secs_f64() * 1e3,
        bench.acknowledged.len()
    ));
    let _ = Command::new("umount").arg(&folder).status();
}
