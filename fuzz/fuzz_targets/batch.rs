#![no_main]

use feedbacklus_fuzz::batch;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| batch::holds(data));
