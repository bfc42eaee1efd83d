//! A URL that is accepted is one that credentials may go to, is kept as it was written, and means
//! to any other parser what it means here.
#![no_main]

use grantflow_checks::{heap::Counting, urls};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static HEAP: Counting = Counting;

fuzz_target!(|input: &[u8]| urls::check(input));
