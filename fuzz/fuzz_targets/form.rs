//! Forms are written as `serde_urlencoded` writes them, and what is read of one is what
//! `serde_urlencoded` reads.
#![no_main]

use grantflow_checks::{form, heap::Counting};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static HEAP: Counting = Counting;

fuzz_target!(|input: &[u8]| form::check(input));
