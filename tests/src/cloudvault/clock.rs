//! What time the server believes it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A clock that the server and its test share: clones show the same time.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<AtomicU64>>);

impl Clock {
    /// The machine's own clock.
    #[must_use]
    pub fn real() -> Self {
        Self(None)
    }

    /// A clock that stands still at `unix_time` (seconds since 1970) until someone moves it.
    #[must_use]
    pub fn fixed(unix_time: u64) -> Self {
        Self(Some(Arc::new(AtomicU64::new(unix_time))))
    }

    /// Seconds since 1970.
    #[must_use]
    pub fn now(&self) -> u64 {
        match &self.0 {
            Some(fixed) => fixed.load(Ordering::SeqCst),
            None => {
                SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs())
            }
        }
    }

    /// Moves a fixed clock forward by whole seconds.
    ///
    /// # Panics
    ///
    /// On the real clock, which nobody moves.
    pub fn advance(&self, by: Duration) {
        let fixed = self.0.as_ref().expect("only a fixed clock can be moved");
        fixed.fetch_add(by.as_secs(), Ordering::SeqCst);
    }
}
