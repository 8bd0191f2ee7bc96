//! Timestamps.

use std::{fmt, ops::Deref};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, format_description::well_known::Rfc3339};

/// A point in time, written as RFC 3339 with up to nine fractional digits.
///
/// Dereferences to [`time::OffsetDateTime`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(OffsetDateTime);

impl Timestamp {
    /// The Unix epoch.
    pub const EPOCH: Self = Self(OffsetDateTime::UNIX_EPOCH);
}

impl From<OffsetDateTime> for Timestamp {
    fn from(time: OffsetDateTime) -> Self {
        Self(time)
    }
}

impl Deref for Timestamp {
    type Target = OffsetDateTime;
    fn deref(&self) -> &OffsetDateTime {
        &self.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.format(&Rfc3339).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Timestamp;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an RFC 3339 time")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
                let parsed =
                    parse_utc(text.as_bytes()).or_else(|| OffsetDateTime::parse(text, &Rfc3339).ok());
                parsed.map(Timestamp).ok_or_else(|| E::custom("not an RFC 3339 time"))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

/// Parses the form that Kratos writes, `2026-11-23T05:57:30.317350012Z`, and returns `None` for all others. A session
/// has ten timestamps; the general RFC 3339 parser would take half of its decoding time.
fn parse_utc(text: &[u8]) -> Option<OffsetDateTime> {
    let (date, rest) = text.split_at_checked(10)?;
    let (clock, rest) = rest.split_at_checked(9)?;
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = date else { return None };
    let &[b'T', h1, h2, b':', n1, n2, b':', s1, s2] = clock else { return None };
    let year = i32::from(two_digits(y1, y2)?) * 100 + i32::from(two_digits(y3, y4)?);
    let date =
        Date::from_calendar_date(year, Month::try_from(two_digits(m1, m2)?).ok()?, two_digits(d1, d2)?)
            .ok()?;
    let time = Time::from_hms_nano(
        two_digits(h1, h2)?,
        two_digits(n1, n2)?,
        two_digits(s1, s2)?,
        nanoseconds(rest)?,
    )
    .ok()?;
    Some(PrimitiveDateTime::new(date, time).assume_utc())
}

fn two_digits(tens: u8, ones: u8) -> Option<u8> {
    Some(digit(tens)? * 10 + digit(ones)?)
}

fn digit(letter: u8) -> Option<u8> {
    letter.is_ascii_digit().then(|| letter - b'0')
}

/// Parses the end of a timestamp: `Z`, or `.`, one to nine digits and `Z`.
fn nanoseconds(rest: &[u8]) -> Option<u32> {
    let fraction = match rest.strip_suffix(b"Z")? {
        [] => return Some(0),
        [b'.', fraction @ ..] if (1..=9).contains(&fraction.len()) => fraction,
        _ => return None,
    };
    let mut value = 0;
    for place in 0..9 {
        value = value * 10 + fraction.get(place).map_or(Some(0), |letter| digit(*letter).map(u32::from))?;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fast_parser_agrees_with_the_general_parser() {
        for text in [
            "2026-11-23T05:57:30.317350012Z",
            "2026-11-23T05:57:30Z",
            "2024-02-29T23:59:59.9Z",
            "0001-01-01T00:00:00.000000001Z",
            "9999-12-31T23:59:59.999999999Z",
        ] {
            let general = OffsetDateTime::parse(text, &Rfc3339).unwrap();
            assert_eq!(parse_utc(text.as_bytes()), Some(general), "{text}");
        }
        for text in [
            "",
            "2026-11-23",
            "2026-11-23T05:57:30",
            "2026-11-23T05:57:30.Z",
            "2026-11-23T05:57:30.0123456789Z",
            "2026-11-23T05:57:30.3z",
            "2026-11-23T05:57:30.31735+01:00",
            "2026-13-23T05:57:30Z",
            "2023-02-29T05:57:30Z",
            "2026-11-23T24:57:30Z",
            "2016-12-31T23:59:60Z",
            "2026-11-23 05:57:30Z",
            "2026-11-2:T05:57:30Z",
            "2026-11-23T05:57:30.3/Z",
        ] {
            assert_eq!(parse_utc(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn other_rfc_3339_forms_are_accepted() {
        let read = |text: &str| serde_json::from_str::<Timestamp>(&format!("\"{text}\""));
        assert_eq!(read("2026-11-23T06:57:30.5+01:00").unwrap(), read("2026-11-23T05:57:30.500Z").unwrap());
        assert!(read("yesterday").is_err());
    }
}
