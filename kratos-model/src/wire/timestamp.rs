//! Timestamps.

use std::{fmt, ops::Deref};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, format_description::well_known::Rfc3339};

use super::FromText;

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

impl FromText for Timestamp {
    #[inline]
    fn from_text<E: de::Error>(text: &str) -> Result<Self, E> {
        let parsed = parse_utc(text.as_bytes()).or_else(|| OffsetDateTime::parse(text, &Rfc3339).ok());
        parsed.map(Self).ok_or_else(|| E::custom("not an RFC 3339 time"))
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
                Timestamp::from_text(text)
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

/// Parses the form that Kratos writes, `2026-11-23T05:57:30.317350012Z`, and returns `None` for all others. A session
/// has ten timestamps; the general RFC 3339 parser would take half of its decoding time.
fn parse_utc(text: &[u8]) -> Option<OffsetDateTime> {
    let (whole, rest) = text.split_first_chunk::<19>()?;
    let (date, clock) = (whole.first_chunk()?, whole.last_chunk()?);
    let [y1, _, y2, _, _, month, ..] = pairs(*date, *b"0000-00-")?;
    let [day, ..] = pairs(*whole.get(8..)?.first_chunk()?, *b"00T00:00")?;
    let [hour, _, _, minute, _, _, second, _] = pairs(*clock, *b"00:00:00")?;
    let year = i32::from(y1) * 100 + i32::from(y2);
    let date = Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()?;
    let time = Time::from_hms_nano(hour, minute, second, nanoseconds(text, rest)?).ok()?;
    Some(PrimitiveDateTime::new(date, time).assume_utc())
}

/// Compares eight letters with a pattern at once, in which `0` stands for any digit. Returns at each place the number
/// that two digits there and behind it form.
fn pairs(text: [u8; 8], pattern: [u8; 8]) -> Option<[u8; 8]> {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    // What remains of a digit is its value, and of another letter nothing.
    let left = u64::from_le_bytes(text) ^ u64::from_le_bytes(pattern);
    // Adding this sets the high bit of a byte that is greater than 9 at a digit, or than 0 elsewhere.
    let most = u64::from_le_bytes(pattern.map(|letter| if letter == b'0' { 0x7f - 9 } else { 0x7f }));
    let is_above = (left & !HIGH) + most;
    ((is_above | left) & HIGH == 0).then(|| (left * 10 + (left >> 8)).to_le_bytes())
}

/// Parses the end of a timestamp: `Z`, or `.`, one to nine digits and `Z`.
fn nanoseconds(text: &[u8], rest: &[u8]) -> Option<u32> {
    let fraction = match rest {
        b"Z" => return Some(0),
        [b'.', fraction @ .., b'Z'] => fraction,
        _ => return None,
    };
    let unit = UNITS.get(fraction.len().checked_sub(1)?)?;
    // The eight letters before the `Z`, with zeros in place of those before the fraction.
    let (_, [last @ .., _]) = text.split_last_chunk::<9>()?;
    let before = 8 * 8_usize.saturating_sub(fraction.len());
    let zeros = u64::from_le_bytes(*b"00000000");
    let digits = u64::from_le_bytes(*last) >> before << before | zeros & !(u64::MAX << before);
    let [p1, _, p2, _, p3, _, p4, _] = pairs(digits.to_le_bytes(), *b"00000000")?.map(u32::from);
    let value = ((p1 * 100 + p2) * 100 + p3) * 100 + p4;
    let first = match fraction {
        [first, _, _, _, _, _, _, _, _] => {
            u32::from(Some(first.wrapping_sub(b'0')).filter(|digit| *digit < 10)?)
        }
        _ => 0,
    };
    Some((first * 100_000_000 + value) * unit)
}

/// The nanoseconds of the last of so many fractional digits, from one to nine.
const UNITS: [u32; 9] = [100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

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
    fn every_length_of_the_fraction_is_parsed() {
        for digits in 1..=9 {
            let text = format!("2026-11-23T05:57:30.{}Z", &"987654321"[..digits]);
            let general = OffsetDateTime::parse(&text, &Rfc3339).unwrap();
            assert_eq!(parse_utc(text.as_bytes()), Some(general), "{text}");
        }
    }

    /// Every letter at every place: what the fast parser accepts, the general one reads as the same time.
    #[test]
    fn the_fast_parser_accepts_nothing_that_the_general_parser_reads_differently() {
        let mut accepted = 0;
        for valid in ["2026-11-23T05:57:30.317350012Z", "2024-02-29T23:59:59.05Z", "1999-12-31T00:00:00Z"] {
            for place in 0..valid.len() {
                for letter in 0..=u8::MAX {
                    let mut text = valid.as_bytes().to_vec();
                    text[place] = letter;
                    let Some(fast) = parse_utc(&text) else { continue };
                    let text = std::str::from_utf8(&text).unwrap();
                    assert_eq!(OffsetDateTime::parse(text, &Rfc3339).unwrap(), fast, "{text}");
                    accepted += 1;
                }
            }
        }
        assert!(accepted > 400, "{accepted}");
    }

    #[test]
    fn other_rfc_3339_forms_are_accepted() {
        let read = |text: &str| serde_json::from_str::<Timestamp>(&format!("\"{text}\""));
        assert_eq!(read("2026-11-23T06:57:30.5+01:00").unwrap(), read("2026-11-23T05:57:30.500Z").unwrap());
        assert!(read("yesterday").is_err());
    }
}
