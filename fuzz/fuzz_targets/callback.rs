//! A callback is believed only if exactly one `state` and the `iss` are the flow's own; one that
//! is not never ends the flow, and no error repeats what was not verified.
#![no_main]

use grantflow_checks::{callback, heap::Counting};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static HEAP: Counting = Counting;

fuzz_target!(|input: &[u8]| callback::check(input));
