//! What holds for any input, tried with made ones.

mod callback;
mod cloudvault;
mod dpop;
mod form;
mod interleaving;
mod near;
mod parsers;
mod raw_octets;
mod reply;
mod scene;
mod start;
mod stored;
mod stored_forms;
mod time;
mod values;

use grantflow_checks::heap::Counting;

/// So that the checks see what each step takes.
#[global_allocator]
static HEAP: Counting = Counting;
