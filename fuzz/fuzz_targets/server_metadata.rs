//! Metadata makes a server only if it names the very issuer that was asked, with the endpoints
//! that stand there, and what an application keeps of it comes back as it was.
#![no_main]

use grantflow_checks::{heap::Counting, server_metadata};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static HEAP: Counting = Counting;

fuzz_target!(|input: &[u8]| server_metadata::check(input));
