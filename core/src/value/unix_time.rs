//! Time as an argument.

use core::{fmt, time::Duration};

/// A point in time: whole seconds since 1970-01-01 00:00:00 UTC.
///
/// The core has no clock; every step that needs the time takes it. All arithmetic saturates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(u64);

impl UnixTime {
    /// Makes a time from seconds since the epoch.
    #[must_use]
    pub const fn from_secs(seconds: u64) -> Self {
        Self(seconds)
    }

    /// Seconds since the epoch.
    #[must_use]
    pub const fn as_secs(self) -> u64 {
        self.0
    }

    /// The system's time; a clock set before 1970 reads as 1970.
    #[cfg(feature = "std")]
    #[must_use]
    pub fn now() -> Self {
        let elapsed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Self(elapsed.unwrap_or_default().as_secs())
    }

    /// The time this much later; whole seconds count.
    #[must_use]
    pub const fn saturating_add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(duration.as_secs()))
    }

    /// How long after `earlier` this is; zero if it is before.
    #[must_use]
    pub const fn saturating_since(self, earlier: Self) -> Duration {
        Duration::from_secs(self.0.saturating_sub(earlier.0))
    }
}

impl fmt::Display for UnixTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_saturates_at_both_ends() {
        let last = UnixTime::from_secs(u64::MAX);
        assert_eq!(last.saturating_add(Duration::MAX), last);
        assert_eq!(UnixTime::from_secs(0).saturating_since(last), Duration::ZERO);
        assert_eq!(last.saturating_since(UnixTime::from_secs(0)).as_secs(), u64::MAX);
    }
}
