//! The usual request of a browser: one session cookie, and no other credential.

use super::{CredentialReader, HeaderLookup, rank};
use crate::credential::{Credential, CredentialKind, cookie, part::Part};

impl CredentialReader {
    /// The session cookie of a request that has one `Cookie` line with one session cookie, and no other header that may
    /// carry a credential. `None` for every other request, which [`CredentialReader::read`] reads header by header.
    ///
    /// It returns what `read` would return, in a third of the instructions.
    pub(super) fn lone_cookie(&self, headers: &impl HeaderLookup) -> Option<Credential> {
        if !self.jwt_cookies.is_empty() {
            return None;
        }
        let line = Part::new(headers.lone_cookie()?);
        if line.bytes().len() >= cookie::MAX_BYTES {
            return None;
        }
        let mut pairs = cookie::split(line.bytes()).map(<[u8]>::trim_ascii);
        let mut session_cookies = pairs.by_ref().filter(|pair| self.is_session_cookie(pair));
        let pair = session_cookies.next()?;
        // A second one is an alternative, or of the same name.
        session_cookies.next().is_none().then(|| line.narrowed(pair).credential(CredentialKind::Cookie))
    }

    fn is_session_cookie(&self, pair: &[u8]) -> bool {
        let names = &self.cookies;
        names.iter().any(|name| name.may_begin(pair))
            && cookie::parts(pair).is_some_and(|(name, value)| rank(names, name, value, pair).is_some())
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::*;
    use crate::credential::reader::Ambiguous;

    /// What `read` returns without the shortcut: a request with an unusable token is read header by header.
    fn slowly(reader: &CredentialReader, headers: &HeaderMap) -> Option<Credential> {
        let mut headers = headers.clone();
        headers.append("x-session-token", HeaderValue::from_static("\u{20}"));
        assert!(reader.lone_cookie(&headers).is_none());
        reader.read(&headers).ok().flatten()
    }

    const PAIRS: [&str; 14] = [
        "",
        "a=b",
        " ory_kratos_session=1 ",
        "ory_kratos_session=2",
        "ory_kratos_session=",
        "ory_kratos_session",
        "ory_kratos_session =3",
        "ory_kratos_sessionx=4",
        "ory_session_=5",
        "ory_session_a=6=7",
        "=8",
        "x=y=9",
        "x=",
        "\t=",
    ];

    #[test]
    fn it_returns_what_is_read_header_by_header() {
        let readers = [
            CredentialReader::default(),
            CredentialReader::default().with_ambiguous(Ambiguous::Reject),
            CredentialReader::default().with_jwt(),
            CredentialReader::default().with_cookies(["", "x", "x=y", "*", "ory_kratos_session"]),
            CredentialReader::default().with_cookies(Vec::<&str>::new()),
        ];
        let mut found = 0;
        for reader in &readers {
            for filler in [0, 20] {
                for first in PAIRS {
                    for second in PAIRS {
                        for third in ["", ";theme=dark", ";ory_session_b=c"] {
                            let line = format!("{first};{second}{third}");
                            let mut headers = HeaderMap::new();
                            headers.insert("cookie", HeaderValue::from_str(&line).unwrap());
                            for number in 0..filler {
                                let name = HeaderName::from_bytes(format!("x-{number}").as_bytes()).unwrap();
                                headers.insert(name, HeaderValue::from_static("y"));
                            }
                            if let Some(cookie) = reader.lone_cookie(&headers) {
                                found += 1;
                                assert_eq!(
                                    Some(&cookie),
                                    slowly(reader, &headers).as_ref(),
                                    "{reader:?} {line:?}"
                                );
                                assert_eq!(reader.read(&headers), Ok(Some(cookie)));
                            }
                        }
                    }
                }
            }
        }
        assert!(found > 500, "the shortcut was taken {found} times");
    }

    /// A request with a header that may carry another credential takes no shortcut.
    #[test]
    fn every_other_request_is_read_header_by_header() {
        let cookie = ("cookie", "ory_kratos_session=1");
        let reader = CredentialReader::default();
        let taken = |reader: &CredentialReader, pairs: &[(&'static str, &'static str)]| {
            let of = |count: usize| {
                let mut headers = HeaderMap::new();
                for (name, value) in pairs {
                    headers.append(*name, HeaderValue::from_static(value));
                }
                for number in 0..count {
                    let name = HeaderName::from_bytes(format!("x-{number}").as_bytes()).unwrap();
                    headers.insert(name, HeaderValue::from_static("y"));
                }
                reader.lone_cookie(&headers).is_some()
            };
            assert_eq!(of(0), of(20), "{pairs:?}");
            of(0)
        };
        assert!(taken(&reader, &[cookie]));
        assert!(!taken(&reader, &[]));
        assert!(!taken(&reader, &[cookie, cookie]));
        assert!(!taken(&reader, &[cookie, ("cookie", "a=b")]));
        assert!(!taken(&reader, &[cookie, ("authorization", "Basic YTpi")]));
        assert!(!taken(&reader, &[cookie, ("x-session-token", "foreign")]));
        assert!(!taken(&reader.clone().with_jwt_cookies(["jwt"]), &[cookie]));
    }
}
