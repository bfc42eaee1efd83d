//! JSON is read exactly where `serde_json` can skip it, after one byte order mark, at any depth;
//! the members that count are there once, and are what `serde_json` makes of them.
#![no_main]

use grantflow_checks::{heap::Counting, json_members};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static HEAP: Counting = Counting;

fuzz_target!(|input: &[u8]| json_members::check(input));
