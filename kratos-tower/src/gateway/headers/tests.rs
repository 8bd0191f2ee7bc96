use super::*;

fn map(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers
}

#[test]
fn what_is_hop_by_hop_or_claimed_does_not_reach_kratos() {
    let mut headers = map(&[
        ("accept", "text/html"),
        ("authorization", "Bearer x"),
        ("cookie", "a=b"),
        ("cookie", "c=d"),
        ("origin", "https://example.org"),
        ("range", "bytes=0-1"),
        ("sec-fetch-site", "same-origin"),
        ("x-session-token", "t"),
        ("connection", "close, X-Custom , te"),
        ("connection", "x-other"),
        ("x-custom", "1"),
        ("x-other", "1"),
        ("keep-alive", "timeout=5"),
        ("proxy-authorization", "x"),
        ("proxy-connection", "x"),
        ("te", "trailers"),
        ("trailer", "x"),
        ("transfer-encoding", "chunked"),
        ("upgrade", "h2c"),
        ("http2-settings", "x"),
        ("host", "evil.example"),
        ("content-length", "3"),
        ("expect", "100-continue"),
        ("true-client-ip", "1.1.1.1"),
        ("cf-connecting-ip", "1.1.1.1"),
        ("cf-ipcity", "x"),
        ("x-real-ip", "1.1.1.1"),
        ("x-forwarded-for", "1.1.1.1"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-prefix", "/"),
        ("x-forwarded-port", "1"),
        ("x-original-url", "/admin"),
        ("forwarded", "for=1.1.1.1"),
        ("ory-base-url-rewrite", "https://evil.example"),
        ("ory-base-url-rewrite-token", "x"),
        ("ory-no-custom-domain-redirect", "true"),
        ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"),
        ("tracestate", "a=b"),
        ("baggage", "a=b"),
        ("b3", "0"),
        ("x-b3-sampled", "0"),
        ("x-b3-traceid", "1"),
        ("uber-trace-id", "1:1:0:0"),
        ("uberctx-a", "b"),
    ]);
    clean_request(&mut headers);
    let mut left: Vec<_> =
        headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
    left.sort_unstable();
    let kept = [
        ("accept", "text/html"),
        ("authorization", "Bearer x"),
        ("cookie", "a=b; c=d"),
        ("origin", "https://example.org"),
        ("range", "bytes=0-1"),
        ("sec-fetch-site", "same-origin"),
        ("x-session-token", "t"),
    ];
    assert_eq!(left, kept);
}

#[test]
fn a_response_keeps_all_but_what_is_hop_by_hop() {
    let mut headers = map(&[
        ("set-cookie", "a=1"),
        ("set-cookie", "b=2"),
        ("content-length", "3"),
        ("clear-site-data", "\"cookies\""),
        ("connection", "keep-alive, x-internal"),
        ("x-internal", "1"),
        ("transfer-encoding", "chunked"),
    ]);
    clean_response(&mut headers);
    let expected = [("set-cookie", "a=1"), ("set-cookie", "b=2"), ("content-length", "3")];
    assert_eq!(headers, map(&[&expected[..], &[("clear-site-data", "\"cookies\"")]].concat()));
}

#[test]
fn the_gateway_says_who_asks() {
    let app = Origin::of(&Url::parse("https://example.org:8443/shop").unwrap()).unwrap();
    // Names what the gateway sets afterwards.
    let mut headers = map(&[
        ("connection", "x-real-ip, via, x-forwarded-proto"),
        ("x-real-ip", "1.1.1.1"),
        ("via", "1.0 a"),
    ]);
    clean_request(&mut headers);
    introduce(&mut headers, "2001:db8::1".parse().ok(), Some(&app), None);
    let set = map(&[
        ("via", "1.1 kratos-gateway"),
        ("x-real-ip", "2001:db8::1"),
        ("x-forwarded-for", "2001:db8::1"),
        ("x-forwarded-host", "example.org:8443"),
        ("x-forwarded-proto", "https"),
    ]);
    assert_eq!(headers, set);
    let mut unknown = HeaderMap::new();
    introduce(&mut unknown, None, None, None);
    assert_eq!(unknown, map(&[("via", "1.1 kratos-gateway")]));
}

#[test]
fn requests_that_servers_could_read_differently_are_recognised() {
    for (pairs, ambiguous) in [
        (&[][..], false),
        (&[("content-length", "5")], false),
        (&[("transfer-encoding", "chunked")], false),
        (&[("transfer-encoding", "Chunked")], false),
        (&[("transfer-encoding", "chunked"), ("content-length", "5")], true),
        (&[("transfer-encoding", "gzip, chunked")], true),
        (&[("transfer-encoding", "identity")], true),
        (&[("transfer-encoding", "chunked"), ("transfer-encoding", "chunked")], true),
        (&[("content-length", "5"), ("content-length", "5")], true),
        (&[("content-length", "5, 5")], true),
        (&[("content-length", "+5")], true),
        (&[("content-length", "")], true),
    ] {
        assert_eq!(is_ambiguous(&map(pairs)), ambiguous, "{pairs:?}");
    }
    for (pairs, upgrade) in [
        (&[("connection", "keep-alive")][..], false),
        (&[("connection", "keep-alive, Upgrade")], true),
        (&[("upgrade", "websocket")], true),
    ] {
        assert_eq!(asks_for_upgrade(&map(pairs)), upgrade, "{pairs:?}");
    }
    for (pairs, back) in [
        (&[("via", "1.1 nginx, HTTP/2 other (comment)")][..], false),
        (&[("via", "1.0 a"), ("via", "2 b, 1.1 kratos-gateway")], true),
        (&[("via", "kratos-gateway")], false),
    ] {
        assert_eq!(came_back(&map(pairs)), back, "{pairs:?}");
    }
}
