//! A sans-IO OAuth 2.0 client core.
#![no_std]
#![forbid(unsafe_code)]
extern crate alloc;
