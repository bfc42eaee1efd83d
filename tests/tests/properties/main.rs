//! What holds for any input, tried with made ones.

mod callback;
mod dpop;
mod form;
mod raw_octets;
mod reply;
mod scene;
mod start;
mod stored;
