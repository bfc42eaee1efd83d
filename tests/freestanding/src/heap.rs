//! An allocator that never frees: enough for one flow.

use core::{
    alloc::{GlobalAlloc, Layout},
    cell::UnsafeCell,
    ptr::null_mut,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

const SIZE: usize = 1 << 20;

#[repr(align(64))]
struct Heap {
    octets: UnsafeCell<[u8; SIZE]>,
    used: AtomicUsize,
}

// SAFETY: `used` hands out every octet once, and nothing else touches them.
unsafe impl Sync for Heap {}

// SAFETY: each block lies inside `octets`, is aligned, and overlaps no other.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let mut start = 0;
        let taken = self.used.fetch_update(Relaxed, Relaxed, |used| {
            start = used.next_multiple_of(layout.align());
            start.checked_add(layout.size()).filter(|end| *end <= SIZE)
        });
        match taken {
            // SAFETY: `start` is at most `SIZE`.
            Ok(_) => unsafe { self.octets.get().cast::<u8>().add(start) },
            Err(_) => null_mut(),
        }
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static HEAP: Heap = Heap { octets: UnsafeCell::new([0; SIZE]), used: AtomicUsize::new(0) };
