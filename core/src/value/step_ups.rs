//! How often the user was sent back to sign in again.

use super::UnixTime;
use core::{fmt, time::Duration};

/// How long a step-up counts.
const MEMORY: Duration = Duration::from_secs(3600);

/// The step-ups that led to a grant, so that a resource which is never content cannot send the
/// user around in circles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StepUps {
    count: u8,
    /// When the first of them was.
    since: UnixTime,
}

impl StepUps {
    /// A login of the user's own accord.
    pub(crate) const NONE: Self = Self { count: 0, since: UnixTime::from_secs(0) };

    /// One more; none after `limit` of them within an hour.
    pub(crate) fn one_more(self, limit: u8, now: UnixTime) -> Option<Self> {
        let is_first = self.count == 0
            || now.saturating_since(self.since) > MEMORY
            // One that lies far ahead was not written by a clock.
            || self.since.saturating_since(now) > MEMORY;
        let (count, since) = if is_first { (0, now) } else { (self.count, self.since) };
        (count < limit).then_some(Self { count: count.saturating_add(1), since })
    }

    /// Reads what `Display` wrote.
    pub(crate) fn from_stored(text: &str) -> Option<Self> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let (count, since) = text.split_once(' ').filter(|(a, b)| digits(a) && digits(b))?;
        let count = count.parse().ok().filter(|count| *count > 0)?;
        Some(Self { count, since: UnixTime::from_secs(since.parse().ok()?) })
    }
}

impl Default for StepUps {
    fn default() -> Self {
        Self::NONE
    }
}

impl fmt::Display for StepUps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.count, self.since)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);

    fn later(seconds: u64) -> UnixTime {
        NOW.saturating_add(Duration::from_secs(seconds))
    }

    #[test]
    fn there_are_so_many_within_an_hour_of_the_first() {
        let first = StepUps::NONE.one_more(2, NOW).unwrap();
        let second = first.one_more(2, later(1800)).unwrap();
        assert!(second.one_more(2, later(3600)).is_none());
        assert!(second.one_more(3, later(3600)).is_some());
        let anew = second.one_more(2, later(3601)).unwrap();
        assert_eq!(anew.to_string(), "1 1700003601");
        assert!(StepUps::NONE.one_more(0, NOW).is_none());
        let soon = UnixTime::from_secs(1000);
        assert_eq!(StepUps::NONE.one_more(2, soon).unwrap().to_string(), "1 1000");
    }

    #[test]
    fn a_clock_that_was_set_back_counts_on_and_one_that_was_far_ahead_is_forgotten() {
        let first = StepUps::NONE.one_more(1, later(3600)).unwrap();
        assert!(first.one_more(1, NOW).is_none());
        let first = StepUps::NONE.one_more(1, later(3601)).unwrap();
        assert!(first.one_more(1, NOW).is_some());
        let last = UnixTime::from_secs(u64::MAX);
        let first = StepUps::NONE.one_more(1, last).unwrap();
        assert!(first.one_more(1, last).is_none());
    }

    #[test]
    fn what_is_stored_is_read_and_nothing_else() {
        let second = StepUps { count: 2, since: NOW };
        assert!(StepUps::from_stored(&second.to_string()) == Some(second));
        for text in ["", "2", "0 1", "-1 1", "+1 1", "1 +1", "1 -1", "256 1", "1  1", "1 1 ", "a 1"]
        {
            assert!(StepUps::from_stored(text).is_none(), "{text:?}");
        }
    }
}
