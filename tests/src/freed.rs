//! What freed memory still holds: an allocator that searches each block before it goes back, for
//! test binaries of their own.
//!
//! ```
//! use grantflow_tests::freed::{Searching, leftovers, search};
//!
//! #[global_allocator]
//! static HEAP: Searching = Searching;
//!
//! search(&["a secret text"], || drop(String::from("there is a secret text in it")));
//! assert_eq!(leftovers().len(), 1);
//! ```
#![expect(unsafe_code, reason = "an allocator cannot be written without")]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    backtrace::Backtrace,
    cell::{Cell, RefCell},
};

/// The system's allocator; it hands out blocks of zeros, and searches what it gets back. Growing a
/// block frees the one that was too small, as on a system that cannot grow it in place.
pub struct Searching;

thread_local! {
    static IS_ON: Cell<bool> = const { Cell::new(false) };
    static WANTED: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
    static FOUND: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Runs steps whose freed blocks are searched for these texts.
pub fn search<T>(wanted: &[&str], steps: impl FnOnce() -> T) -> T {
    WANTED.set(wanted.iter().map(|text| text.as_bytes().to_vec()).collect());
    let result = switched(true, steps);
    WANTED.take();
    result
}

/// Runs a step whose freed blocks are not searched, because they are not the core's.
pub fn not_searched<T>(step: impl FnOnce() -> T) -> T {
    switched(false, step)
}

/// What was found, each with the calls that freed it.
#[must_use]
pub fn leftovers() -> Vec<String> {
    FOUND.take()
}

fn switched<T>(is_on: bool, step: impl FnOnce() -> T) -> T {
    let before = IS_ON.replace(is_on);
    let result = step();
    IS_ON.set(before);
    result
}

fn look_through(block: &[u8]) {
    WANTED.with_borrow(|wanted| {
        for text in wanted {
            if block.windows(text.len()).any(|window| window == text.as_slice()) {
                let text = String::from_utf8_lossy(text);
                let calls = own_calls(&Backtrace::force_capture().to_string());
                let size = block.len();
                FOUND.with_borrow_mut(|found| found.push(format!("{text}, of {size}: {calls}")));
            }
        }
    });
}

/// The functions of the core that a backtrace goes through.
fn own_calls(backtrace: &str) -> String {
    let names = backtrace.lines().filter(|line| line.contains("grantflow::"));
    names.map(str::trim_start).collect::<Vec<_>>().join(" < ")
}

// SAFETY: every call goes to the system's allocator as it came, but for the zeros. `realloc` is
// the trait's own: allocate, copy, free.
unsafe impl GlobalAlloc for Searching {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise. Zeros, so that a block holds nothing of the one before.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if IS_ON.replace(false) {
            // SAFETY: the block is the caller's, whole and initialised, until the next line.
            look_through(unsafe { std::slice::from_raw_parts(block, layout.size()) });
            IS_ON.set(true);
        }
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(block, layout) }
    }
}
