//! A token reply gives the very tokens that it holds, or none; no reply costs a flow that need not
//! be over, shows a secret, or takes more heap than 2.1 times its body and 1 KiB.
#![no_main]

use grantflow_checks::{heap::Counting, token_reply};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static HEAP: Counting = Counting;

fuzz_target!(|input: &[u8]| token_reply::check(input));
