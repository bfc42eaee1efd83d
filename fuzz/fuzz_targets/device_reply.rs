//! A device reply makes a poll only of what stands in it; no poll is without an end, asks more
//! often than it may, or shows its code.
#![no_main]

use grantflow_checks::{device_reply, heap::Counting};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static HEAP: Counting = Counting;

fuzz_target!(|input: &[u8]| device_reply::check(input));
