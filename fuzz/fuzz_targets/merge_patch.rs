#![no_main]

use feedbacklus_fuzz::merge_patch;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| merge_patch::holds(data));
