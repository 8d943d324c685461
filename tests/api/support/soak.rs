//! How long the tests of faults go on, and what they tell. `make soak` has them go on for long and print figures; the same
//! tests are short in `make test`.

use std::path::PathBuf;

/// A parameter of `make soak`; what it is otherwise.
pub fn number(name: &str, short: usize) -> usize {
    match std::env::var(name) {
        Ok(value) if !value.is_empty() => {
            value.parse().unwrap_or_else(|_| panic!("{name}: expected a whole number, not {value:?}"))
        }
        _ => short,
    }
}

pub fn is_long() -> bool {
    std::env::var_os("SOAK").is_some()
}

/// A line of figures, where there is somebody to read it.
pub fn tell(line: impl std::fmt::Display) {
    if is_long() {
        println!("soak: {line}");
    }
}

/// The program that is tested: the one that was built with the tests, or the release build where `make soak` names it.
pub fn program() -> PathBuf {
    std::env::var_os("SOAK_PROGRAM").map_or_else(|| env!("CARGO_BIN_EXE_feedbacklus").into(), PathBuf::from)
}

/// A number below `bound`, another each time.
pub fn below(bound: u64) -> u64 {
    (uuid::Uuid::new_v4().as_u128() % u128::from(bound)) as u64
}
