#![no_main]

use feedbacklus_fuzz::cursor;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| cursor::holds(data));
