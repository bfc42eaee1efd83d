//! How deep a scan is, in one bit a level.

use alloc::vec::Vec;

/// Which brackets are open: a bit each, 1 for an object.
#[derive(Default)]
pub(super) struct Nesting {
    depth: usize,
    inner: u128,
    outer: Vec<u128>,
}

impl Nesting {
    pub(super) fn push(&mut self, is_object: bool) {
        if self.depth != 0 && self.depth % 128 == 0 {
            self.outer.push(self.inner);
        }
        self.inner = self.inner << 1 | u128::from(is_object);
        self.depth = self.depth.saturating_add(1);
    }

    pub(super) fn pop(&mut self) {
        self.inner >>= 1;
        self.depth = self.depth.saturating_sub(1);
        if self.depth != 0 && self.depth % 128 == 0 {
            self.inner = self.outer.pop().unwrap_or_default();
        }
    }

    pub(super) fn top(&self) -> Option<bool> {
        (self.depth != 0).then_some(self.inner & 1 == 1)
    }
}
