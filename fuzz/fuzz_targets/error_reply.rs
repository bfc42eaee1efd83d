//! A refusal is the same whoever asked: its code and its texts are the reply's without the
//! exchange's secrets, and what is left of the exchange is what its status says.
#![no_main]

use grantflow_checks::{error_reply, heap::Counting};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static HEAP: Counting = Counting;

fuzz_target!(|input: &[u8]| error_reply::check(input));
