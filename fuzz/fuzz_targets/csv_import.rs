#![no_main]

use feedbacklus_fuzz::csv_import;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| csv_import::holds(data));
