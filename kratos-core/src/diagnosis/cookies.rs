//! Detects cookies of Kratos that do not reach the application.

use http::HeaderValue;
use url::Url;

use super::{
    APP_URL_SETTING, Finding, Links, Topic,
    hosts::{apart, host, is_below, is_loopback, shared_domain},
};
use crate::credential::cookie;

/// Logs what is wrong with `Set-Cookie` lines that are relayed to a browser.
pub(crate) fn watch<'a>(lines: impl IntoIterator<Item = &'a HeaderValue>, links: &Links) {
    for line in lines {
        judge(line, links).iter().for_each(Finding::log_once);
    }
}

/// Returns what prevents the cookie of this `Set-Cookie` line from reaching the application.
pub(crate) fn judge(line: &HeaderValue, links: &Links) -> Vec<Finding> {
    // Kratos sets ASCII values only.
    let Ok(line) = line.to_str() else { return Vec::new() };
    let keys = Keys::of(line);
    let (app, kratos) = (links.app("/"), links.start("login", &[]));
    let found = [domain(line, keys, &app, &kratos), secure(line, keys, &app), same_site(line, keys)];
    found.into_iter().flatten().collect()
}

/// The configuration keys of a cookie. Those of the session cookie override the common ones.
#[derive(Clone, Copy)]
struct Keys(&'static str);

impl Keys {
    fn of(line: &str) -> Self {
        let name = cookie::name_of(line.as_bytes());
        Self(if name.starts_with(b"csrf_token") { "cookies" } else { "session.cookie" })
    }
}

/// Checks the domain. Ports are ignored: a cookie belongs to a host, or to a domain and its subdomains.
fn domain(line: &str, Keys(keys): Keys, app: &Url, kratos: &Url) -> Option<Finding> {
    let (app_host, kratos_host) = (host(app), host(kratos));
    match attribute(line, "domain")
        .map(|domain| domain.trim_start_matches('.'))
        .filter(|domain| !domain.is_empty())
    {
        Some(domain) if is_below(app_host, domain) => None,
        Some(domain) => Some(Finding::problem(
            Topic::Cookies,
            format!("Kratos' cookies are for {domain}, and browsers never send them to {app_host}"),
            match shared_domain(app_host, kratos_host) {
                _ if app_host == kratos_host => {
                    format!("remove `{keys}.domain`: application and Kratos share the host {app_host}")
                }
                Some(shared) => {
                    format!("set `cookies.domain: {shared}` (and `session.cookie.domain`, if it is set)")
                }
                None => format!("set `{keys}.domain` to a domain that application and Kratos share"),
            },
        )),
        None if app_host == kratos_host => None,
        None => apart(app, kratos).or_else(|| {
            let shared = shared_domain(app_host, kratos_host)?;
            Some(Finding::problem(
                Topic::Cookies,
                format!(
                    "Kratos' cookies are for {kratos_host} only, and browsers never send them to {app_host}"
                ),
                format!("set `cookies.domain: {shared}`"),
            ))
        }),
    }
}

fn secure(line: &str, Keys(keys): Keys, app: &Url) -> Option<Finding> {
    let secure = attribute(line, "secure").is_some();
    match app.scheme() {
        "http" if secure && !is_loopback(host(app)) => Some(Finding::problem(
            Topic::Cookies,
            "Kratos' cookies are marked Secure, and the application is served over http",
            format!(
                "serve it over https and set that URL in {APP_URL_SETTING}, or set `{keys}.secure: false` or run Kratos \
                 with `--dev` while developing"
            ),
        )),
        "https" if !secure => Some(Finding::warning(
            Topic::Cookies,
            "Kratos' cookies are not marked Secure, and the application is served over https",
            format!("set `{keys}.secure: true` and do not run Kratos with `--dev`"),
        )),
        _ => None,
    }
}

fn same_site(line: &str, Keys(keys): Keys) -> Option<Finding> {
    let strict = attribute(line, "samesite").is_some_and(|value| value.eq_ignore_ascii_case("strict"));
    strict.then(|| {
        Finding::warning(
            Topic::Cookies,
            "Kratos' cookies are SameSite=Strict: a user who follows a link from another site appears signed out",
            format!("set `{keys}.same_site: Lax`"),
        )
    })
}

fn attribute<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let attributes =
        line.split(';').skip(1).map(|attribute| attribute.split_once('=').unwrap_or((attribute, "")));
    attributes
        .map(|(key, value)| (key.trim(), value.trim()))
        .find_map(|(key, value)| key.eq_ignore_ascii_case(name).then_some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_reach_the_application_or_the_key_to_change_is_named() {
        let cases = [
            // Attributes of Set-Cookie, application, Kratos, what the advice contains
            ("Path=/", "http://localhost:3000", "http://localhost:4433", &[][..]),
            ("Path=/", "http://127.0.0.1:3000", "http://localhost:4433", &["use one of them everywhere"]),
            (
                "Path=/",
                "http://app.example.org",
                "http://auth.example.org",
                &["`cookies.domain: example.org`"],
            ),
            ("Path=/", "http://example.org", "http://auth.example.org", &["`cookies.domain: example.org`"]),
            ("Path=/", "http://example.org", "http://example.net", &["below one domain"]),
            ("Path=/", "http://10.0.0.1", "http://10.1.0.1", &["below one domain"]),
            ("Path=/; Domain=example.org", "http://app.example.org", "http://auth.example.org", &[]),
            ("Path=/; Domain=.example.org", "http://app.example.org", "http://auth.example.org", &[]),
            (
                "Domain=example.org",
                "http://notexample.org",
                "http://example.org",
                &["application and Kratos share"],
            ),
            (
                "Domain=auth.example.org",
                "http://example.org",
                "http://auth.example.org",
                &["`cookies.domain: example.org`"],
            ),
            (
                "Domain=other.example",
                "http://localhost:3000",
                "http://localhost:4433",
                &["remove `cookies.domain`"],
            ),
            ("Secure", "https://example.org", "https://example.org", &[]),
            ("secure", "http://example.org", "http://example.org", &["serve it over https"]),
            ("Secure", "http://localhost:3000", "http://localhost:4433", &[]),
            ("Path=/", "https://example.org", "https://example.org", &["`cookies.secure: true`"]),
            (
                "Secure; SameSite=Strict",
                "https://example.org",
                "https://example.org",
                &["`cookies.same_site: Lax`"],
            ),
            (
                "Domain=a.org",
                "https://b.org",
                "https://a.org",
                &["application and Kratos share", "`cookies.secure: true`"],
            ),
        ];
        for (attributes, app, kratos, expected) in cases {
            let links = Links::new(app, kratos).unwrap();
            let line = HeaderValue::try_from(format!("csrf_token_x=y; {attributes}")).unwrap();
            let found = judge(&line, &links);
            let advice: Vec<_> = found.iter().map(|finding| finding.advice().unwrap()).collect();
            assert_eq!(advice.len(), expected.len(), "{attributes} {app} {kratos}: {advice:?}");
            for (advice, expected) in advice.iter().zip(expected) {
                assert!(advice.contains(expected), "{attributes} {app} {kratos}: {advice} lacks {expected}");
            }
        }
    }

    #[test]
    fn advice_on_the_session_cookie_names_its_own_keys() {
        let links = Links::new("https://example.org", "https://example.org").unwrap();
        let line = HeaderValue::from_static("ory_kratos_session=s3cret; Path=/; SameSite=Strict");
        let found: Vec<_> = judge(&line, &links).iter().map(ToString::to_string).collect();
        assert!(found.iter().any(|text| text.contains("`session.cookie.secure: true`")), "{found:?}");
        assert!(found.iter().any(|text| text.contains("`session.cookie.same_site: Lax`")), "{found:?}");
        assert!(!found.iter().any(|text| text.contains("s3cret")), "{found:?}");
    }
}
