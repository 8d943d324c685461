//! The commands that tell whether the logs are as they were.

use super::args::{CutArgs, VerifyArgs};
use super::upkeep::upkeep;
use super::{Complaint, Outcome, say};
use crate::access_log::cut;
use crate::audit;
use crate::audit::verify::{Head, verify};
use crate::config::DatabaseSetting;

/// Verifies, and complains of each fault.
pub fn verify_audit(args: &VerifyArgs) -> Outcome {
    let heads = read_heads(args)?;
    upkeep(&args.database, async |access, shown| {
        say(&format!("Verifying the logs in {shown}"));
        let findings = verify(&access, args.network, &heads, |found| say(&format!("  {found}"))).await?;
        let of = |found: &audit::verify::Finding| {
            let (network_id, log) = (found.network_id, found.log);
            found
                .faults
                .iter()
                .map(move |fault| format!("network {network_id} {log}: {fault}"))
                .collect::<Vec<_>>()
        };
        let faults: Vec<String> = findings.iter().flat_map(of).collect();
        if !faults.is_empty() {
            return Err(Complaint::from(faults));
        }
        let sound: i64 = findings.iter().map(|found| found.sound).sum();
        say(&format!("{sound} rows are as they were."));
        Ok(())
    })
}

/// Prints the heads of all chains.
pub fn print_heads(database: &DatabaseSetting) -> Outcome {
    upkeep(database, async |access, _| {
        for head in audit::heads(&access).await? {
            say(&head.to_string());
        }
        Ok(())
    })
}

/// Removes the older end of the access log.
pub fn cut_accesses(args: &CutArgs) -> Outcome {
    upkeep(&args.database, async |access, shown| {
        let removed = cut::cut(&access, args.before).await?;
        say(&format!("{removed} accesses from before {} were removed from {shown}.", args.before));
        Ok(())
    })
}

/// The heads in the files that were named; complains of each line that is none.
fn read_heads(args: &VerifyArgs) -> Outcome<Vec<Head>> {
    let (mut heads, mut faults) = (Vec::new(), Vec::new());
    for path in &args.head {
        let shown = path.display();
        match std::fs::read_to_string(path) {
            Err(error) => faults.push(format!("--head: {shown} cannot be read: {error}.")),
            Ok(text) => {
                for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                    match Head::read(line) {
                        Some(head) => heads.push(head),
                        None => faults.push(format!(
                            "--head: line {} of {shown} is none that `audit heads` prints.",
                            index + 1
                        )),
                    }
                }
            }
        }
    }
    if faults.is_empty() { Ok(heads) } else { Err(faults.into()) }
}
