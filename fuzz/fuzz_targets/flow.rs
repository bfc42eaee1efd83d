//! Whatever browser, server and storage do, and in whatever order, a client does what a naive
//! model of the flow says, and no code is sent again by itself.
#![no_main]

use grantflow_checks::{flow, heap::Counting};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static HEAP: Counting = Counting;

fuzz_target!(|input: &[u8]| flow::check(input));
