//! How long ago something was, in one unit.

use std::time::Duration;

/// The largest unit that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Age {
    /// Less than a minute.
    Now,
    Minutes(i64),
    Hours(i64),
    Days(i64),
}

/// Older times are dates.
const MOST_DAYS: u64 = 31;

impl Age {
    /// Rounds down. `None` after a month.
    pub(crate) fn new(age: Duration) -> Option<Self> {
        let minutes = age.as_secs() / 60;
        let (hours, days) = (minutes / 60, minutes / (60 * 24));
        if days > MOST_DAYS {
            return None;
        }
        let whole = |number: u64| i64::try_from(number).ok();
        Some(match (days, hours, minutes) {
            (0, 0, 0) => Self::Now,
            (0, 0, minutes) => Self::Minutes(whole(minutes)?),
            (0, hours, _) => Self::Hours(whole(hours)?),
            (days, ..) => Self::Days(whole(days)?),
        })
    }

    pub(crate) fn english(self) -> String {
        let (number, unit) = match self {
            Self::Now => return "just now".to_owned(),
            Self::Minutes(number) => (number, "minute"),
            Self::Hours(number) => (number, "hour"),
            Self::Days(number) => (number, "day"),
        };
        let plural = if number == 1 { "" } else { "s" };
        format!("{number} {unit}{plural} ago")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_in_the_largest_unit_that_fits() {
        const DAY: u64 = 24 * 60 * 60;
        for (seconds, expected) in [
            (0, Some("just now")),
            (59, Some("just now")),
            (60, Some("1 minute ago")),
            (3_599, Some("59 minutes ago")),
            (3_600, Some("1 hour ago")),
            (DAY - 1, Some("23 hours ago")),
            (DAY, Some("1 day ago")),
            (31 * DAY, Some("31 days ago")),
            (32 * DAY, None),
            (u64::MAX, None),
        ] {
            let said = Age::new(Duration::from_secs(seconds)).map(Age::english);
            assert_eq!(said.as_deref(), expected, "{seconds}");
        }
    }
}
