//! Stored tokens are taken up by the client that they belong to, hold exactly what is written, and
//! what is read is written again as it was meant.
#![no_main]

use grantflow_checks::{heap::Counting, stored_tokens};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static HEAP: Counting = Counting;

fuzz_target!(|input: &[u8]| stored_tokens::check(input));
