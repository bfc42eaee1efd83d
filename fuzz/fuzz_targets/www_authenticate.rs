//! Challenges read the same when they are written anew, lead to no URL that is not secure, and
//! hold nothing of the token that was sent.
#![no_main]

use grantflow_checks::{heap::Counting, www_authenticate};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static HEAP: Counting = Counting;

fuzz_target!(|input: &[u8]| www_authenticate::check(input));
