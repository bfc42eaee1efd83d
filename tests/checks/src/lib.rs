//! What holds for any input: one function for each invariant, called by a property with made
//! input and by a fuzz target with found input. A broken invariant panics.

pub mod callback;
