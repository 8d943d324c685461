#![no_main]

use feedbacklus_fuzz::if_match;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| if_match::holds(data));
