//! How much heap a step takes: a counting allocator for test binaries of their own.
//!
//! ```
//! use grantflow_tests::heap::{Counting, measure};
//!
//! #[global_allocator]
//! static HEAP: Counting = Counting;
//!
//! let (text, taken) = measure(|| String::with_capacity(100));
//! assert_eq!((taken.allocations, taken.peak), (1, 100));
//! # drop(text);
//! ```
#![expect(unsafe_code, reason = "an allocator cannot be written without")]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

/// The system's allocator, with every request of the thread counted.
pub struct Counting;

/// What a step took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// How many blocks were asked for; growing one counts as another.
    pub allocations: usize,
    /// The largest sum of octets held at once, beyond what was held before. A block that grows
    /// counts twice while it moves.
    pub peak: usize,
}

thread_local! {
    static TAKEN: Cell<Taken> = const { Cell::new(Taken { allocations: 0, peak: 0 }) };
    static HELD: Cell<usize> = const { Cell::new(0) };
}

/// Runs a step and says what it took.
pub fn measure<T>(step: impl FnOnce() -> T) -> (T, Taken) {
    let before = HELD.get();
    TAKEN.set(Taken { allocations: 0, peak: before });
    let result = step();
    let taken = TAKEN.get();
    (result, Taken { peak: taken.peak.saturating_sub(before), ..taken })
}

fn took(size: usize) {
    let held = HELD.get().wrapping_add(size);
    HELD.set(held);
    let Taken { allocations, peak } = TAKEN.get();
    TAKEN.set(Taken { allocations: allocations + 1, peak: peak.max(held) });
}

// SAFETY: every call goes to the system's allocator as it came. `realloc` is the trait's own:
// allocate, copy, free.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        took(layout.size());
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        HELD.set(HELD.get().wrapping_sub(layout.size()));
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(block, layout) }
    }
}
