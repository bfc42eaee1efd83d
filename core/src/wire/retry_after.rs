//! `Retry-After`: when to come back (RFC 9110 section 10.2.3).

use super::Response;
use crate::value::UnixTime;
use core::time::Duration;

/// Longer waits are cut to an hour: a server must not put a client to sleep for ever.
const MAX: Duration = Duration::from_secs(3600);

impl Response {
    /// What `Retry-After` asks for, in seconds or as a date, at most an hour.
    pub(crate) fn retry_after(&self, now: UnixTime) -> Option<Duration> {
        let field = self.header("retry-after")?.trim();
        let wait = if !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_digit()) {
            // More digits than fit mean longer than an hour all the same.
            Duration::from_secs(field.parse().unwrap_or(u64::MAX))
        } else {
            http_date(field)?.saturating_since(now)
        };
        Some(wait.min(MAX))
    }
}

/// Reads the three forms of RFC 9110 section 5.6.7:
/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`.
fn http_date(text: &str) -> Option<UnixTime> {
    let mut parts = text.split([' ', '-']).filter(|part| !part.is_empty()).skip(1);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let fourth = parts.next()?;
    if first.starts_with(|character: char| character.is_ascii_digit()) {
        (parts.next() == Some("GMT")).then_some(())?;
        at(third, second, first, fourth)
    } else {
        at(fourth, first, second, third)
    }
}

fn at(year: &str, month: &str, day: &str, time: &str) -> Option<UnixTime> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = u64::try_from(MONTHS.iter().position(|known| *known == month)?).ok()?;
    let year = match (year.len(), number(year)?) {
        // Two digits are of this century but for the years that lie far ahead.
        (2, short @ 70..) => short.checked_add(1900)?,
        (2, short) => short.checked_add(2000)?,
        (_, full @ 1970..=9999) => full,
        _ => return None,
    };
    let mut clock = time.split(':').map(number);
    let (hours, minutes, seconds) = (clock.next()??, clock.next()??, clock.next()??);
    // Days since 1970-01-01, with the year taken to begin in March so that a leap day comes last.
    let (year, month) = if month < 2 {
        (year.checked_sub(1)?, month.checked_add(10)?)
    } else {
        (year, month.checked_sub(2)?)
    };
    let leap_days = (year / 4).checked_sub(year / 100)?.checked_add(year / 400)?;
    let days = year
        .checked_mul(365)?
        .checked_add(leap_days)?
        .checked_add(month.checked_mul(153)?.checked_add(2)? / 5)?
        .checked_add(number(day)?)?
        .checked_sub(719_469)?;
    let seconds = days
        .checked_mul(86_400)?
        .checked_add(hours.checked_mul(3600)?)?
        .checked_add(minutes.checked_mul(60)?)?
        .checked_add(seconds)?;
    Some(UnixTime::from_secs(seconds))
}

/// One to four digits.
fn number(digits: &str) -> Option<u64> {
    let is_plain = digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn waits(field: &str, expected: Option<u64>) {
        let reply = Response::new(429, [("Retry-After", field)], "");
        let now = UnixTime::from_secs(784_111_777);
        assert_eq!(reply.retry_after(now).map(|wait| wait.as_secs()), expected, "{field}");
    }

    #[test]
    fn seconds_and_the_three_forms_of_a_date_are_read() {
        waits("30", Some(30));
        waits("Sun, 06 Nov 1994 08:49:47 GMT", Some(10));
        waits("Sunday, 06-Nov-94 08:49:47 GMT", Some(10));
        waits("Sun Nov  6 08:49:47 1994", Some(10));
        waits("Sun, 06 Nov 1994 08:49:36 GMT", Some(0));
    }

    #[test]
    fn a_wait_is_at_most_an_hour() {
        waits("3601", Some(3600));
        waits("99999999999999999999999", Some(3600));
        waits("Wed, 29 Feb 2096 00:00:00 GMT", Some(3600));
    }

    #[test]
    fn anything_else_is_no_wait() {
        for field in
            ["", "-1", "1.5", "soon", "Sun, 06 Nov 1994 08:49:37", "a b c d e", "x, 1 Jan 1 1"]
        {
            waits(field, None);
        }
    }

    #[test]
    fn leap_days_count() {
        let date = |text| http_date(text).map(UnixTime::as_secs);
        assert_eq!(date("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
        assert_eq!(date("Tue, 29 Feb 2000 12:00:00 GMT"), Some(951_825_600));
        assert_eq!(date("Wed, 01 Mar 2000 00:00:00 GMT"), Some(951_868_800));
    }
}
