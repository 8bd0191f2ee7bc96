//! Detects hosts of application and Kratos that share no cookie in a browser.

use url::Url;

use super::{APP_URL_SETTING, BROWSER_URL_SETTING, Finding, Links, Topic};
use crate::links::foreign;

/// Returns a finding if no cookie of Kratos can reach the application with these URLs.
pub(crate) fn configured(links: &Links) -> Option<Finding> {
    apart(&links.app("/"), &links.start("login", &[]))
}

/// Returns a finding if the hosts cannot share a cookie. `None` also where `cookies.domain` can make them share one.
pub(super) fn apart(app: &Url, kratos: &Url) -> Option<Finding> {
    let (app, kratos) = (host(app), host(kratos));
    if app == kratos || shared_domain(app, kratos).is_some() {
        return None;
    }
    Some(if is_loopback(app) && is_loopback(kratos) {
        Finding::problem(
            Topic::Cookies,
            format!("{app} and {kratos} are different hosts to a browser: the session cookie never arrives"),
            format!(
                "use one of them everywhere: `serve.public.base_url`, the URLs below `selfservice` and \
                 {APP_URL_SETTING}, for example {kratos}"
            ),
        )
    } else {
        Finding::problem(
            Topic::Cookies,
            format!("the cookies of Kratos at {kratos} never reach the application at {app}"),
            format!(
                "serve both below one domain (`serve.public.base_url`, {APP_URL_SETTING}, `cookies.domain`): browsers send \
                 no cookie of one site to another"
            ),
        )
    })
}

/// Returns a finding if a URL that Kratos built from its `serve.public.base_url` differs from the configured one.
pub(crate) fn base_url(built: &Url, links: &Links) -> Option<Finding> {
    let configured = links.start("login", &[]);
    if built.origin() == configured.origin() {
        return base_path(built, &configured);
    }
    let message = format!(
        "Kratos' own URL is {}, and the application uses {}",
        built.origin().ascii_serialization(),
        configured.origin().ascii_serialization()
    );
    let advice = format!(
        "set `serve.public.base_url` and Kratos' browser URL in {BROWSER_URL_SETTING} to the URL at which browsers reach \
         Kratos"
    );
    Some(if host(built) == host(&configured) {
        Finding::warning(Topic::BaseUrl, message, advice)
    } else {
        Finding::problem(Topic::BaseUrl, message, advice)
    })
}

/// Returns a finding if Kratos' URLs and the configured one differ in the path before `/self-service/`: behind a gateway or
/// proxy, browsers then leave it.
fn base_path(built: &Url, configured: &Url) -> Option<Finding> {
    let base = |url: &Url| Some(url.path().split_once("/self-service/")?.0.to_owned());
    let (built_at, configured_at) = (base(built)?, base(configured)?);
    let origin = configured.origin().ascii_serialization();
    (built_at != configured_at).then(|| {
        Finding::problem(
            Topic::BaseUrl,
            format!(
                "Kratos' own URL is {origin}{built_at}, and the application uses {origin}{configured_at}"
            ),
            format!(
                "set `serve.public.base_url` to {origin}{configured_at}/, or change {BROWSER_URL_SETTING}"
            ),
        )
    })
}

/// Returns a finding if the `Host` header of a page request names the machine by another loopback name than configured.
/// Other differences are not reported: a proxy may cause them.
pub(crate) fn asked_as(host_header: &str, links: &Links) -> Option<Finding> {
    let requested = foreign::parse(&format!("http://{host_header}/"))?;
    let app = links.app("/");
    let (requested, configured) = (host(&requested), host(&app));
    (requested != configured && is_loopback(requested) && is_loopback(configured)).then(|| {
        Finding::warning(
            Topic::Cookies,
            format!(
                "a page was requested at {requested}, where cookies of {configured} are not sent: they are different hosts \
                 to a browser"
            ),
            format!("open {app}, or change the application's URL in {APP_URL_SETTING}"),
        )
    })
}

/// Returns the finding for a browser that Kratos and the application redirect to each other.
pub(crate) fn login_loop() -> Finding {
    Finding::problem(
        Topic::Cookies,
        "broke a login loop: Kratos redirects the browser back without a usable session",
        "let application and Kratos share the cookie's domain (`cookies.domain`; localhost and 127.0.0.1 differ) and its \
         name (`session.cookie.name`, `CredentialReader::with_cookies`), and check that Kratos can read its database",
    )
}

/// Returns the finding for a guard that covers a page to which guards redirect.
pub(crate) fn guarded_page(path: &str) -> Finding {
    Finding::problem(
        Topic::Application,
        format!("broke a login loop: a guard covers the self-service page {path}, which redirects to login"),
        "add the self-service pages (`Pages::router`, the page of `Kratos::with_login_page`) outside the guard",
    )
}

/// Returns the finding for an unsafe request whose origin cannot be compared.
pub(crate) fn unknown_origin() -> Finding {
    Finding::problem(
        Topic::Application,
        "refused an unsafe request with a session cookie: it has `Origin` and no `Sec-Fetch-Site`, and the \
         application's own origin is not configured",
        format!("set the application's URL with {APP_URL_SETTING}"),
    )
}

/// Returns the finding for a browser to which Kratos refuses each new flow of a page.
pub(crate) fn flow_loop() -> Finding {
    Finding::problem(
        Topic::Cookies,
        "broke a flow loop: Kratos refuses each new flow to this browser, so its cookies probably do not reach this page",
        "let application and Kratos share a domain (`cookies.domain`; localhost and 127.0.0.1 differ)",
    )
}

pub(super) fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

pub(super) fn is_below(host: &str, domain: &str) -> bool {
    host == domain || host.strip_suffix(domain).is_some_and(|front| front.ends_with('.'))
}

pub(super) fn is_loopback(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

/// Returns the longest domain of at least two labels that contains both hosts. The public suffix list is not consulted.
pub(super) fn shared_domain<'a>(one: &'a str, other: &str) -> Option<&'a str> {
    if one.parse::<std::net::Ipv4Addr>().is_ok() {
        return None;
    }
    let tails = one.match_indices('.').filter_map(|(dot, _)| one.get(dot + 1..));
    std::iter::once(one).chain(tails).find(|tail| tail.contains('.') && is_below(other, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(app: &str, kratos: &str) -> Links {
        Links::new(app, kratos).unwrap()
    }

    #[test]
    fn hosts_without_a_common_cookie_are_detected_from_the_configuration() {
        for (app, kratos) in [
            ("http://localhost:3000", "http://localhost:4433"),
            ("https://app.example.org", "https://auth.example.org"),
            ("https://example.org", "https://example.org/.ory/kratos"),
            ("https://example.org", "https://auth.example.org"),
        ] {
            assert!(configured(&links(app, kratos)).is_none(), "{app} {kratos}");
        }
        for (app, kratos, expected) in [
            ("http://127.0.0.1:3000", "http://localhost:4433", "for example localhost"),
            ("http://localhost:3000", "http://[::1]:4433", "`serve.public.base_url`"),
            ("http://localhost:3000", "http://kratos:4433", "one domain"),
            ("https://app.example.org", "https://auth.example.net", "`cookies.domain`"),
            ("http://10.0.0.1:3000", "http://10.0.0.2:4433", "one domain"),
        ] {
            let finding = configured(&links(app, kratos)).unwrap_or_else(|| panic!("{app} {kratos}"));
            assert!(finding.to_string().contains(expected), "{finding}");
        }
    }

    #[test]
    fn only_loopback_names_are_compared_with_the_host_header() {
        let here = links("http://127.0.0.1:3000", "http://127.0.0.1:4433");
        assert!(asked_as("localhost:3000", &here).is_some());
        for name in ["127.0.0.1:3000", "127.0.0.1:80", "example.org", "a b", "", "\u{7f}", "[::1"] {
            assert!(asked_as(name, &here).is_none(), "{name}");
        }
        // A proxy on the same machine may use any name.
        assert!(asked_as("127.0.0.1:3000", &links("https://example.org", "https://example.org")).is_none());
    }

    #[test]
    fn another_host_is_a_problem_and_another_port_a_warning() {
        let here = links("http://localhost:3000", "http://localhost:4433");
        let verdict =
            |built: &str| base_url(&Url::parse(built).unwrap(), &here).map(|finding| finding.verdict());
        assert_eq!(verdict("http://localhost:4433/self-service/login?flow=x"), None);
        assert_eq!(verdict("http://localhost:4434/"), Some(super::super::Verdict::Warning));
        assert_eq!(verdict("http://127.0.0.1:4433/"), Some(super::super::Verdict::Problem));
    }

    #[test]
    fn another_path_on_the_same_origin_is_a_problem_that_names_the_key() {
        let here = links("https://example.org", "https://example.org/.ory/kratos");
        let found = |built: &str| base_url(&Url::parse(built).unwrap(), &here);
        assert!(found("https://example.org/.ory/kratos/self-service/login?flow=x").is_none());
        assert!(found("https://example.org/").is_none(), "not a URL of a flow");
        let finding = found("https://example.org/self-service/login?flow=x").unwrap().to_string();
        let key = "`serve.public.base_url` to https://example.org/.ory/kratos/,";
        assert!(finding.contains(key), "{finding}");
    }
}
