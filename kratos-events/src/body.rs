//! The body's coding.

use std::io::Read as _;

use bytes::Bytes;
use flate2::read::MultiGzDecoder;
use http::{HeaderMap, header};

/// How a body is coded. Kratos sends none, unless `OTEL_EXPORTER_OTLP_COMPRESSION=gzip` is in its environment; collectors send
/// gzip by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    Plain,
    Gzip,
}

impl Coding {
    /// Returns the coding of a request; `None` if it is not supported.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let mut lines = headers.get_all(header::CONTENT_ENCODING).iter();
        let coding = match (lines.next(), lines.next()) {
            (None, _) => return Some(Self::Plain),
            (Some(only), None) => only.as_bytes().trim_ascii(),
            _ => return None,
        };
        if coding.eq_ignore_ascii_case(b"gzip") {
            return Some(Self::Gzip);
        }
        coding.eq_ignore_ascii_case(b"identity").then_some(Self::Plain)
    }

    /// Decodes a body, up to `limit` bytes.
    pub(crate) fn decode(self, body: Bytes, limit: usize) -> Result<Bytes, BodyFault> {
        if self == Self::Plain {
            return if body.len() > limit { Err(BodyFault::TooLarge) } else { Ok(body) };
        }
        let mut plain = Vec::new();
        let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        MultiGzDecoder::new(body.as_ref())
            .take(most)
            .read_to_end(&mut plain)
            .map_err(|_| BodyFault::Unreadable)?;
        if plain.len() > limit { Err(BodyFault::TooLarge) } else { Ok(plain.into()) }
    }
}

/// Why a body is not decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyFault {
    TooLarge,
    Unreadable,
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::GzEncoder};
    use http::HeaderValue;

    use super::*;

    fn gzip(bytes: &[u8]) -> Bytes {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap().into()
    }

    #[test]
    fn a_coding_is_plain_or_gzip() {
        for (lines, coding) in [
            (&[][..], Some(Coding::Plain)),
            (&["identity"], Some(Coding::Plain)),
            (&["GZip"], Some(Coding::Gzip)),
            (&["deflate"], None),
            (&["gzip, gzip"], None),
            (&["gzip", "gzip"], None),
            (&[""], None),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::CONTENT_ENCODING, HeaderValue::from_static(line));
            }
            assert_eq!(Coding::of(&headers), coding, "{lines:?}");
        }
    }

    #[test]
    fn a_bomb_is_not_unpacked_past_the_limit() {
        let bomb = gzip(&vec![0; 8 << 20]);
        assert!(bomb.len() < 10_000);
        assert_eq!(Coding::Gzip.decode(bomb, 1 << 20), Err(BodyFault::TooLarge));
        assert_eq!(Coding::Gzip.decode(gzip(b"abc"), 3).unwrap().as_ref(), b"abc");
        assert_eq!(Coding::Gzip.decode(gzip(b"abcd"), 3), Err(BodyFault::TooLarge));
        assert_eq!(Coding::Gzip.decode(Bytes::from_static(b"no gzip"), 99), Err(BodyFault::Unreadable));
        let whole = gzip(b"cut off");
        assert_eq!(Coding::Gzip.decode(whole.slice(..whole.len() - 4), 99), Err(BodyFault::Unreadable));
        assert_eq!(Coding::Plain.decode(Bytes::from_static(b"abcd"), 3), Err(BodyFault::TooLarge));
    }
}
