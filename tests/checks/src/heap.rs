//! How much heap a step takes: a counting allocator for binaries that test and fuzz.
//!
//! ```
//! use grantflow_checks::heap::{Counting, measure};
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// How many blocks were asked for; growing one counts as another.
    pub allocations: usize,
    /// How many octets these blocks have in all.
    pub octets: usize,
    /// The largest sum of octets held at once, beyond what was held before. A block that grows
    /// counts twice while it moves.
    pub peak: usize,
}

impl Taken {
    const NOTHING: Self = Self { allocations: 0, octets: 0, peak: 0 };
}

thread_local! {
    static TAKEN: Cell<Taken> = const { Cell::new(Taken::NOTHING) };
    // Half way, for a thread may free what another took.
    static HELD: Cell<usize> = const { Cell::new(usize::MAX / 2) };
}

/// Runs a step, which may take so much at its peak. Where the allocator is not installed, any
/// step takes nothing.
///
/// # Panics
/// If it takes more.
#[track_caller]
pub fn at_most<T>(allowed: usize, step: impl FnOnce() -> T) -> T {
    let (result, Taken { peak, .. }) = measure(step);
    assert!(peak <= allowed, "{peak} octets of heap, where {allowed} are allowed");
    result
}

/// What a step may take that reads `length` octets, wherever no stricter rule holds.
#[must_use]
pub const fn allowed(length: usize) -> usize {
    8 * length + 4096
}

/// Runs a step and says what it took. A step may measure steps of its own.
pub fn measure<T>(step: impl FnOnce() -> T) -> (T, Taken) {
    let before = HELD.get();
    let outer = TAKEN.replace(Taken { peak: before, ..Taken::NOTHING });
    let result = step();
    let taken = TAKEN.get();
    TAKEN.set(Taken {
        allocations: outer.allocations + taken.allocations,
        octets: outer.octets + taken.octets,
        peak: outer.peak.max(taken.peak),
    });
    (result, Taken { peak: taken.peak.saturating_sub(before), ..taken })
}

fn took(size: usize) {
    let held = HELD.get().wrapping_add(size);
    HELD.set(held);
    let Taken { allocations, octets, peak } = TAKEN.get();
    TAKEN.set(Taken { allocations: allocations + 1, octets: octets + size, peak: peak.max(held) });
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
