#![no_main]

use feedbacklus_fuzz::access_token;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| access_token::holds(data));
