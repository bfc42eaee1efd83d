//! A callback is believed only if exactly one `state` and the `iss` are the flow's own; one that
//! is not never ends the flow, and no error repeats what was not verified.
#![no_main]

use grantflow_checks::callback;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| callback::check(&[input]));
