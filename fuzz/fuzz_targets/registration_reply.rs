//! What is registered is what the reply says, at 201 alone; its secret and its token go where they
//! belong and are shown nowhere.
#![no_main]

use grantflow_checks::{heap::Counting, registration_reply};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static HEAP: Counting = Counting;

fuzz_target!(|input: &[u8]| registration_reply::check(input));
