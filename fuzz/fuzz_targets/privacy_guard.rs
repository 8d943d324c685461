#![no_main]

use feedbacklus_fuzz::privacy_guard;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| privacy_guard::holds(data));
