//! Reads headers of any framework's header map.

use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{self, GetAll},
};

use super::SESSION_TOKEN;

/// A request's headers as raw bytes.
///
/// axum and actix-web use different major versions of `http`; this trait serves both.
pub trait HeaderLookup {
    /// Every value of the header `name` (lower case), in the order received.
    fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a [u8]>;

    /// The first value of the header `name`; `None` if it is absent or not UTF-8. Not for `Cookie`, in which one
    /// cookie that is not UTF-8 would hide all others.
    fn text<'a>(&'a self, name: &str) -> Option<&'a str> {
        self.values(name).next().and_then(|value| std::str::from_utf8(value).ok())
    }

    /// Copies the headers, for a request that is kept across an await.
    fn to_map(&self) -> HeaderMap;

    /// The same values as [`HeaderLookup::values`], each with its header where cloning that is cheaper than copying
    /// the bytes. The default returns no headers.
    fn shared_values<'a>(&'a self, name: &str) -> impl Iterator<Item = (&'a [u8], Option<&'a HeaderValue>)> {
        self.values(name).map(|value| (value, None))
    }

    /// Whether there is a header `name` (lower case).
    fn has(&self, name: &str) -> bool {
        self.values(name).next().is_some()
    }

    /// The only `Cookie` line of a request without `Authorization` and `X-Session-Token`, which is what browsers send;
    /// `None` for every other request. The same values as [`HeaderLookup::shared_values`], in one pass.
    fn lone_cookie(&self) -> Option<(&[u8], Option<&HeaderValue>)> {
        let mut lines = self.shared_values("cookie");
        let line = lines.next()?;
        (lines.next().is_none() && !self.has("authorization") && !self.has("x-session-token")).then_some(line)
    }
}

/// The number of headers up to which comparing all names costs less than hashing one.
const FEW: usize = 10;

/// Whether a map has a header.
pub(crate) fn contains(headers: &HeaderMap, name: &HeaderName) -> bool {
    if headers.len() > FEW { headers.contains_key(name) } else { headers.keys().any(|known| known == name) }
}

impl HeaderLookup for HeaderMap {
    fn to_map(&self) -> HeaderMap {
        self.clone()
    }

    #[inline]
    fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        all(self, name).into_iter().map(HeaderValue::as_bytes)
    }

    #[inline]
    fn shared_values<'a>(&'a self, name: &str) -> impl Iterator<Item = (&'a [u8], Option<&'a HeaderValue>)> {
        all(self, name).into_iter().map(|value| (value.as_bytes(), Some(value)))
    }

    #[inline]
    fn has(&self, name: &str) -> bool {
        match name {
            "upgrade" => contains(self, &header::UPGRADE),
            _ => self.contains_key(name),
        }
    }

    #[inline]
    fn lone_cookie(&self) -> Option<(&[u8], Option<&HeaderValue>)> {
        if self.len() > FEW {
            let mut lines = self.get_all(header::COOKIE).iter();
            let line = lines.next()?;
            let others = [header::AUTHORIZATION, SESSION_TOKEN];
            let lone = lines.next().is_none() && !others.iter().any(|name| self.contains_key(name));
            return lone.then(|| (line.as_bytes(), Some(line)));
        }
        let mut found = None;
        for (name, value) in self {
            if *name == header::COOKIE {
                if found.replace(value).is_some() {
                    return None;
                }
            } else if *name == header::AUTHORIZATION || *name == SESSION_TOKEN {
                return None;
            }
        }
        found.map(|line| (line.as_bytes(), Some(line)))
    }
}

/// Spares parsing and hashing the names that are read of every request.
#[inline]
fn all<'a>(headers: &'a HeaderMap, name: &str) -> GetAll<'a, HeaderValue> {
    match name {
        "cookie" => headers.get_all(header::COOKIE),
        "authorization" => headers.get_all(header::AUTHORIZATION),
        "x-session-token" => headers.get_all(SESSION_TOKEN),
        "cache-control" => headers.get_all(header::CACHE_CONTROL),
        _ => headers.get_all(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The headers of a framework that implements what it must.
    struct Pairs<'a>(&'a [(&'a str, &'a str)]);

    impl HeaderLookup for Pairs<'_> {
        fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a [u8]> {
            let name = name.to_owned();
            self.0.iter().filter(move |(known, _)| *known == name).map(|(_, value)| value.as_bytes())
        }

        fn to_map(&self) -> HeaderMap {
            let pair = |(name, value): &(&str, &str)| {
                (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap())
            };
            let mut headers = HeaderMap::new();
            for (name, value) in self.0.iter().map(pair) {
                headers.append(name, value);
            }
            headers
        }
    }

    /// Few headers and many are read in two ways, and any framework's in a third.
    #[test]
    fn every_map_reads_alike() {
        let cookie = ("cookie", "a=1");
        for (pairs, lone) in [
            (&[][..], None),
            (&[cookie], Some("a=1")),
            (&[("accept", "*/*"), cookie], Some("a=1")),
            (&[cookie, cookie], None),
            (&[cookie, ("authorization", "x")], None),
            (&[("authorization", "x"), cookie], None),
            (&[cookie, ("x-session-token", "x")], None),
            (&[("x-session-token", "x")], None),
        ] {
            let filler: Vec<_> = (0..FEW + 1).map(|number| format!("x-filler-{number}")).collect();
            let many: Vec<_> =
                pairs.iter().copied().chain(filler.iter().map(|name| (name.as_str(), "x"))).collect();
            for pairs in [pairs, &many[..]] {
                let (own, map) = (Pairs(pairs), Pairs(pairs).to_map());
                let expected = lone.map(str::as_bytes);
                assert_eq!(own.lone_cookie().map(|(line, _)| line), expected, "{pairs:?}");
                assert_eq!(map.lone_cookie().map(|(line, _)| line), expected, "{pairs:?}");
                for name in ["cookie", "authorization", "upgrade", "x-session-token"] {
                    let has = pairs.iter().any(|(known, _)| *known == name);
                    assert_eq!([own.has(name), map.has(name)], [has; 2], "{name} in {pairs:?}");
                    assert_eq!(own.text(name), map.text(name));
                    assert_eq!(own.text(name).is_some(), has);
                }
                assert_eq!(contains(&map, &header::COOKIE), pairs.contains(&cookie), "{pairs:?}");
            }
        }
        assert!(Pairs(&[("upgrade", "x")]).to_map().has("upgrade"));
    }
}
