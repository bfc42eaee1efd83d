//! What is pushed comes back as one `request_uri` in the browser's URL, and nothing that was
//! pushed does.
#![no_main]

use grantflow_checks::{heap::Counting, par_reply};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static HEAP: Counting = Counting;

fuzz_target!(|input: &[u8]| par_reply::check(input));
