//! Whether a cookie that Kratos sets reaches the application. The session's own cookie cannot be seen from
//! outside; the CSRF cookie is set by the same keys unless `session.cookie` overrides them.

use http::header;
use url::Url;

use super::{Report, Topic};
use crate::{policy::Links, transport::Reply};

pub(super) fn check(reply: &Reply, links: &Links, report: &mut Report) {
    let lines = reply.headers.get_all(header::SET_COOKIE);
    let csrf = lines.iter().find_map(|line| line.to_str().ok().filter(|line| line.starts_with("csrf_token")));
    let Some(line) = csrf else {
        return report.good(Topic::Cookies, "Kratos set no cookie to look at");
    };
    let (app, kratos) = (links.app("/"), links.start("login", &[]));
    for (wrong, advice) in judge(line, &app, &kratos) {
        match wrong {
            Wrong::Never(message) => report.problem(Topic::Cookies, message, advice),
            Wrong::Sometimes(message) => report.warning(Topic::Cookies, message, advice),
        }
    }
    if !report.findings().iter().any(|finding| finding.topic() == Topic::Cookies) {
        report.good(Topic::Cookies, format!("cookies of Kratos reach {}", host(&app)));
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Wrong {
    Never(String),
    Sometimes(String),
}

fn judge(line: &str, app: &Url, kratos: &Url) -> Vec<(Wrong, String)> {
    domain(line, app, kratos).into_iter().chain(secure(line, app)).chain(same_site(line)).collect()
}

/// Ports do not count: a cookie belongs to a host, or to a domain and what is below it.
fn domain(line: &str, app: &Url, kratos: &Url) -> Option<(Wrong, String)> {
    let (app, kratos) = (host(app), host(kratos));
    match attribute(line, "domain").map(|domain| domain.trim_start_matches('.')) {
        Some(domain) if is_below(app, domain) => None,
        Some(domain) => Some((
            Wrong::Never(format!("the cookies are for {domain}, and browsers never send them to {app}")),
            "set `cookies.domain` (and `session.cookie.domain`) to a domain that both share".to_owned(),
        )),
        None if app == kratos => None,
        None if is_loopback(app) && is_loopback(kratos) => Some((
            Wrong::Never(format!(
                "{app} and {kratos} are different hosts to a browser: the session cookie never arrives"
            )),
            format!(
                "use one of them everywhere: `serve.public.base_url`, `selfservice`' URLs and `Links`, say {kratos}"
            ),
        )),
        None => Some((
            Wrong::Never(format!(
                "the cookies are for {kratos} alone, and browsers never send them to {app}"
            )),
            match common(app, kratos) {
                Some(shared) => format!("set `cookies.domain: {shared}`"),
                None => "serve both below one domain: no cookie crosses from one site to another".to_owned(),
            },
        )),
    }
}

fn secure(line: &str, app: &Url) -> Option<(Wrong, String)> {
    let secure = attribute(line, "secure").is_some();
    match app.scheme() {
        "http" if secure && !is_loopback(host(app)) => Some((
            Wrong::Never("the cookies are marked Secure, and the application is reached by http".to_owned()),
            "serve it by https, or run Kratos with `--dev` while developing".to_owned(),
        )),
        "https" if !secure => Some((
            Wrong::Sometimes(
                "the cookies are not marked Secure, and the application is reached by https".to_owned(),
            ),
            "set `cookies.secure: true` and do not run Kratos with `--dev`".to_owned(),
        )),
        _ => None,
    }
}

fn same_site(line: &str) -> Option<(Wrong, String)> {
    let strict = attribute(line, "samesite").is_some_and(|value| value.eq_ignore_ascii_case("strict"));
    strict.then(|| {
        (
            Wrong::Sometimes(
                "the cookies are SameSite=Strict: who follows a link from elsewhere seems signed out"
                    .to_owned(),
            ),
            "set `cookies.same_site: Lax`".to_owned(),
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

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

fn is_below(host: &str, domain: &str) -> bool {
    host == domain || host.strip_suffix(domain).is_some_and(|front| front.ends_with('.'))
}

fn is_loopback(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

/// The longest domain of two names or more that both hosts are below. A guess: the public suffix list may know
/// better.
fn common<'a>(one: &'a str, other: &str) -> Option<&'a str> {
    if one.parse::<std::net::Ipv4Addr>().is_ok() {
        return None;
    }
    let tails = one.match_indices('.').filter_map(|(dot, _)| one.get(dot + 1..));
    std::iter::once(one).chain(tails).find(|tail| tail.contains('.') && is_below(other, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_reach_the_application_or_the_key_to_change_is_named() {
        let cases = [
            // Set-Cookie's attributes, application, Kratos, what the advice names
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
                &["domain that both share"],
            ),
            (
                "Domain=auth.example.org",
                "http://example.org",
                "http://auth.example.org",
                &["domain that both share"],
            ),
            ("Secure", "https://example.org", "https://example.org", &[]),
            ("secure", "http://example.org", "http://example.org", &["serve it by https"]),
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
                &["domain that both share", "`cookies.secure: true`"],
            ),
        ];
        for (attributes, app, kratos, expected) in cases {
            let url = |text: &str| Url::parse(text).unwrap();
            let found = judge(&format!("csrf_token_x=y; {attributes}"), &url(app), &url(kratos));
            let advice: Vec<_> = found.iter().map(|(_, advice)| advice.as_str()).collect();
            assert_eq!(advice.len(), expected.len(), "{attributes} {app} {kratos}: {advice:?}");
            for (advice, expected) in advice.iter().zip(expected) {
                assert!(advice.contains(expected), "{attributes} {app} {kratos}: {advice} lacks {expected}");
            }
        }
    }
}
