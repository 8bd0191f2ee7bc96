use http::header;
use kratos_core::Kratos;

use super::*;

fn upstream(secret: u8) -> GatewayUpstream {
    let kratos = Kratos::new("http://127.0.0.1:4433").unwrap().with_app("https://example.org").unwrap();
    GatewayUpstream::new(&kratos.with_secret([secret; 32]).unwrap()).unwrap()
}

fn sent(cookie: &str) -> HeaderMap {
    HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(cookie).unwrap())])
}

/// A guesser uses an identifier's attempts up; the browser that signed in before has its own.
#[test]
fn a_known_browser_is_not_locked_out() {
    let limits = RateLimits::new().with_per_identifier(2, Duration::from_secs(3600));
    let (limiter, here) = (Limiter::new(limits), upstream(1));
    let ada = ["ada@example.org".to_owned()];
    let first = limiter.count_identifiers(&here, &ada, &HeaderMap::new()).unwrap();
    let line = first.cookie(&here, "/.ory/kratos").unwrap();
    let line = line.to_str().unwrap();
    assert!(
        line.ends_with("; Path=/.ory/kratos; Max-Age=15552000; HttpOnly; SameSite=Lax; Secure"),
        "{line}"
    );
    assert!(!line.contains("ada"), "{line}");
    let cookie = line.split(';').next().unwrap();

    assert!(limiter.count_identifiers(&here, &ada, &HeaderMap::new()).is_ok());
    let wait = limiter.count_identifiers(&here, &ada, &HeaderMap::new()).unwrap_err();
    assert!(wait > Duration::from_secs(1000), "{wait:?}");
    let known = sent(&format!("a=b; {cookie}"));
    let attempt = limiter.count_identifiers(&here, &ada, &known).expect("the known browser passes");
    assert!(attempt.cookie(&here, "/").is_none(), "it has the cookie");
    assert!(limiter.count_identifiers(&here, &ada, &known).is_ok());
    assert!(limiter.count_identifiers(&here, &ada, &known).is_err(), "within the same limit");

    // The cookie counts for its identifier and this application alone.
    let other = ["eve@example.org".to_owned()];
    for _ in 0..2 {
        assert!(limiter.count_identifiers(&here, &other, &known).is_ok());
    }
    assert!(limiter.count_identifiers(&here, &other, &HeaderMap::new()).is_err(), "counted with all others");
    let elsewhere = Limiter::new(limits);
    for _ in 0..2 {
        assert!(elsewhere.count_identifiers(&upstream(2), &ada, &known).is_ok());
    }
    assert!(elsewhere.count_identifiers(&upstream(2), &ada, &HeaderMap::new()).is_err(), "another secret");
}

#[test]
fn a_made_up_cookie_is_none() {
    let limits = RateLimits::new().with_per_identifier(1, Duration::from_secs(3600));
    let here = upstream(1);
    let ada = ["ada@example.org".to_owned()];
    for cookie in ["", "00", &"0".repeat(64), &"+".repeat(64), &"é".repeat(32), &"f".repeat(65)] {
        let limiter = Limiter::new(limits);
        let mut headers = HeaderMap::new();
        let line = format!("kratos_device={cookie}");
        headers.insert(header::COOKIE, HeaderValue::from_bytes(line.as_bytes()).unwrap());
        assert!(limiter.count_identifiers(&here, &ada, &headers).is_ok());
        assert!(limiter.count_identifiers(&here, &ada, &HeaderMap::new()).is_err(), "{cookie}");
    }
}

#[test]
fn addresses_of_one_network_count_together() {
    let limits = RateLimits::new().with_per_address(1, Duration::from_secs(3600));
    let limiter = Limiter::new(limits);
    let count = |address: &str| limiter.count_address(address.parse().ok()).is_ok();
    assert!(count("192.0.2.1") && !count("192.0.2.1") && !count("::ffff:192.0.2.1") && count("192.0.2.2"));
    assert!(count("2001:db8::1") && !count("2001:db8::ffff:2") && count("2001:db8:0:1::1"));
    assert!(count("not an address") && count(""), "no address, no limit");
}
