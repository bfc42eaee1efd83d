//! A resource's metadata is believed only if it names the very resource that was asked for, with
//! the servers that stand there.
#![no_main]

use grantflow_checks::{heap::Counting, resource_metadata};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static HEAP: Counting = Counting;

fuzz_target!(|input: &[u8]| resource_metadata::check(input));
