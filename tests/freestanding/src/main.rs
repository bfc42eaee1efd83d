//! Whole flows in a program that has no std, no libc and no allocator of an operating system.
//!
//! If anything that the core depends on linked std, this would not build: two panic handlers.
//! x86-64 Linux only; `run.sh` builds and runs it.
#![no_std]
#![no_main]

extern crate alloc;

mod bound;
mod flow;
mod heap;
mod rt;
mod steps;

use alloc::format;

core::arch::global_asm!(".globl _start", "_start:", "xor ebp, ebp", "and rsp, -16", "call program");

#[unsafe(no_mangle)]
extern "C" fn program() -> ! {
    match flow::run().and_then(|()| bound::run()) {
        Ok(()) => rt::exit(0),
        Err(error) => {
            rt::print(&format!("failed: {error}"));
            rt::exit(1)
        }
    }
}
