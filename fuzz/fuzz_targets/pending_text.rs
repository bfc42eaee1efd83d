//! A stored login is taken up only by its own browser and client, goes on with exactly what is
//! written in it, and what is read is written again as it was meant.
#![no_main]

use grantflow_checks::{heap::Counting, pending_text};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static HEAP: Counting = Counting;

fuzz_target!(|input: &[u8]| pending_text::check(input));
