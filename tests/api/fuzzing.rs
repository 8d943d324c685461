//! What the fuzz targets have found worth keeping, run through the same functions by the compiler that builds the product.

#[path = "../../fuzz/src/lib.rs"]
mod properties;

use std::path::Path;

use properties::{access_token, batch, csv_import, cursor, if_match, merge_patch, privacy_guard};

type Holds = fn(&[u8]);

const TARGETS: [(&str, Holds); 7] = [
    ("access_token", access_token::holds),
    ("batch", batch::holds),
    ("csv_import", csv_import::holds),
    ("cursor", cursor::holds),
    ("if_match", if_match::holds),
    ("merge_patch", merge_patch::holds),
    ("privacy_guard", privacy_guard::holds),
];

fn names(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn every_target_is_here() {
    let named: Vec<String> = TARGETS.iter().map(|(name, _)| format!("{name}.rs")).collect();
    assert_eq!(names("fuzz_targets"), named);
}

#[test]
fn what_was_found_holds() {
    for (target, holds) in TARGETS {
        let corpus = names(&format!("corpus/{target}"));
        assert!((5..=150).contains(&corpus.len()), "{target} has {} inputs", corpus.len());
        for name in corpus {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target).join(&name);
            let input = std::fs::read(&path).expect("a file of ours");
            let ended = std::panic::catch_unwind(|| holds(&input));
            assert!(ended.is_ok(), "{target}/{name}: see above");
        }
    }
}
