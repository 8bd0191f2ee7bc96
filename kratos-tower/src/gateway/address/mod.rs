//! The address of the client, in spite of what it says.

mod forwarded;

use std::{net::IpAddr, num::NonZeroU8};

use http::HeaderMap;

/// The address of the peer of a request's connection, in the request's extensions. Servers insert it before the gateway;
/// `kratos-axum` and `kratos-actix` need none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeerAddress(pub IpAddr);

/// Where the gateway reads the address of a client. Kratos records it with the session, and rate limits count by it.
///
/// Whatever is set, the client's own `True-Client-IP`, `X-Real-IP`, `X-Forwarded-*`, `Forwarded` and `Cf-*` headers never
/// reach Kratos. The gateway sets `X-Real-IP` and `X-Forwarded-For` to the one address that it knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct ClientAddress(Source);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Peer,
    XForwardedFor(NonZeroU8),
    Forwarded(NonZeroU8),
}

/// What a request tells of its client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Address(IpAddr),
    /// The peer's address, since fewer proxies than configured named theirs.
    OnlyPeer(IpAddr),
    Nothing,
}

impl ClientAddress {
    /// The address of the connection's peer: for an application that browsers reach directly.
    pub fn peer() -> Self {
        Self(Source::Peer)
    }

    /// The address that the outermost of this many proxies appended to `X-Forwarded-For`. One is the proxy that connects to
    /// the application. Each of them must append its peer's address; the client's own entries come before, and count for
    /// nothing. Zero counts as one.
    pub fn x_forwarded_for(proxies: u8) -> Self {
        Self(Source::XForwardedFor(NonZeroU8::new(proxies).unwrap_or(NonZeroU8::MIN)))
    }

    /// As [`x_forwarded_for`](Self::x_forwarded_for), for proxies that append to `Forwarded` (RFC 7239): its `for`
    /// parameters. An obfuscated or unknown one is no address. Choose the header that the proxies write: the other one is
    /// the client's.
    pub fn forwarded(proxies: u8) -> Self {
        Self(Source::Forwarded(NonZeroU8::new(proxies).unwrap_or(NonZeroU8::MIN)))
    }

    pub(super) fn find(self, headers: &HeaderMap, peer: Option<IpAddr>) -> Found {
        let (name, proxies) = match self.0 {
            Source::Peer => return peer.map_or(Found::Nothing, Found::Address),
            Source::XForwardedFor(proxies) => ("x-forwarded-for", proxies),
            Source::Forwarded(proxies) => ("forwarded", proxies),
        };
        let values: Vec<&[u8]> = headers.get_all(name).iter().map(http::HeaderValue::as_bytes).collect();
        let entry = forwarded::from_the_right(&values, usize::from(proxies.get()));
        match (entry, self.0) {
            (None, _) => peer.map_or(Found::Nothing, Found::OnlyPeer),
            (Some(entry), Source::Forwarded(_)) => {
                forwarded::for_parameter(entry).map_or(Found::Nothing, Found::Address)
            }
            (Some(entry), _) => forwarded::node(entry).map_or(Found::Nothing, Found::Address),
        }
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    fn find(address: ClientAddress, pairs: &[(&'static str, &'static str)]) -> Found {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        address.find(&pairs.iter().map(pair).collect(), Some(PEER))
    }

    const PEER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));

    fn address(text: &str) -> Found {
        Found::Address(text.parse().unwrap())
    }

    #[test]
    fn without_a_trusted_proxy_headers_count_for_nothing() {
        let spoofed =
            [("x-forwarded-for", "1.2.3.4"), ("forwarded", "for=1.2.3.4"), ("x-real-ip", "1.2.3.4")];
        assert_eq!(find(ClientAddress::peer(), &spoofed), Found::Address(PEER));
        assert_eq!(ClientAddress::peer().find(&HeaderMap::new(), None), Found::Nothing);
    }

    #[test]
    fn the_entry_of_the_outermost_trusted_proxy_counts() {
        let one = ClientAddress::x_forwarded_for(1);
        let two = ClientAddress::x_forwarded_for(2);
        for (source, pairs, found) in [
            (one, &[("x-forwarded-for", "1.1.1.1, 2.2.2.2 , 3.3.3.3")][..], address("3.3.3.3")),
            (two, &[("x-forwarded-for", "1.1.1.1, 2.2.2.2, 3.3.3.3")], address("2.2.2.2")),
            (
                two,
                &[("x-forwarded-for", "1.1.1.1, 2.2.2.2"), ("x-forwarded-for", "3.3.3.3")],
                address("2.2.2.2"),
            ),
            (one, &[("x-forwarded-for", "2001:db8::1")], address("2001:db8::1")),
            (one, &[("x-forwarded-for", "[2001:db8::1]:4711")], address("2001:db8::1")),
            (one, &[("x-forwarded-for", "192.0.2.1:4711")], address("192.0.2.1")),
            (one, &[("x-forwarded-for", "unknown")], Found::Nothing),
            (one, &[("x-forwarded-for", "1.1.1.1,")], Found::Nothing),
            (one, &[("x-forwarded-for", "")], Found::Nothing),
            (two, &[("x-forwarded-for", "3.3.3.3")], Found::OnlyPeer(PEER)),
            (one, &[], Found::OnlyPeer(PEER)),
            (one, &[("forwarded", "for=1.1.1.1")], Found::OnlyPeer(PEER)),
            (
                ClientAddress::x_forwarded_for(0),
                &[("x-forwarded-for", "1.1.1.1, 2.2.2.2")],
                address("2.2.2.2"),
            ),
        ] {
            assert_eq!(find(source, pairs), found, "{source:?} {pairs:?}");
        }
    }

    #[test]
    fn forwarded_is_read_as_rfc_7239_says() {
        let one = ClientAddress::forwarded(1);
        for (value, found) in [
            ("for=192.0.2.43", address("192.0.2.43")),
            ("For=\"[2001:db8:cafe::17]:4711\"", address("2001:db8:cafe::17")),
            ("for=192.0.2.60;proto=http;by=203.0.113.43", address("192.0.2.60")),
            ("proto=http; FOR = 192.0.2.60", address("192.0.2.60")),
            ("for=1.1.1.1, for=198.51.100.17", address("198.51.100.17")),
            // A comma or semicolon in a quoted string separates nothing.
            ("for=198.51.100.17;host=\"a,b;for=1.1.1.1\"", address("198.51.100.17")),
            ("for=1.1.1.1, host=\"x\\\",y\";for=198.51.100.17", address("198.51.100.17")),
            ("for=unknown", Found::Nothing),
            ("for=_hidden", Found::Nothing),
            ("proto=https", Found::Nothing),
            ("for=", Found::Nothing),
            ("for=\"", Found::Nothing),
            ("for=1.1.1.1;for=2.2.2.2", Found::Nothing),
            ("for=2001:db8::1", address("2001:db8::1")),
            ("\"for=1.1.1.1", Found::Nothing),
        ] {
            assert_eq!(find(one, &[("forwarded", value)]), found, "{value}");
        }
    }
}
