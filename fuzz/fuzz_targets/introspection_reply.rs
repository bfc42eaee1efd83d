//! A token is good only if the server says `true`, at 200, in JSON; the token that is asked about
//! is shown nowhere.
#![no_main]

use grantflow_checks::{heap::Counting, introspection_reply};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static HEAP: Counting = Counting;

fuzz_target!(|input: &[u8]| introspection_reply::check(input));
