//! Whether the hosts of application and Kratos go together in a browser.

use url::Url;

use super::{Finding, Topic};
use crate::links::Links;

/// Whether any cookie of Kratos can reach the application that is configured so.
pub(crate) fn configured(links: &Links) -> Option<Finding> {
    apart(&links.app("/"), &links.start("login", &[]))
}

/// Two hosts that no cookie can be shared by. `None` also where `cookies.domain` may join them.
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
                "use one of them everywhere: `serve.public.base_url`, `selfservice`' URLs and `Kratos::with_app`, say {kratos}"
            ),
        )
    } else {
        Finding::problem(
            Topic::Cookies,
            format!("the cookies of Kratos at {kratos} never reach the application at {app}"),
            "serve both below one domain (`serve.public.base_url`, `Kratos::with_app`, `cookies.domain`): no cookie crosses from \
             one site to another",
        )
    })
}

/// An address that Kratos built from its `serve.public.base_url`, against the one that is configured here.
pub(crate) fn base_url(theirs: &Url, links: &Links) -> Option<Finding> {
    let ours = links.start("login", &[]);
    if theirs.origin() == ours.origin() {
        return None;
    }
    let message = format!(
        "Kratos calls itself {} and we call it {}",
        theirs.origin().ascii_serialization(),
        ours.origin().ascii_serialization()
    );
    let advice = "set `serve.public.base_url` and the browser URL in `Kratos::with_app` to the one that browsers reach";
    Some(if host(theirs) == host(&ours) {
        Finding::warning(Topic::BaseUrl, message, advice)
    } else {
        Finding::problem(Topic::BaseUrl, message, advice)
    })
}

/// A page that was asked for by another name of this machine than the configured one. `asked` is the `Host` header; any
/// other difference may be a proxy's doing.
pub(crate) fn asked_as(asked: &str, links: &Links) -> Option<Finding> {
    let asked = Url::parse(&format!("http://{asked}/")).ok()?;
    let app = links.app("/");
    let (asked, here) = (host(&asked), host(&app));
    (asked != here && is_loopback(asked) && is_loopback(here)).then(|| {
        Finding::warning(
            Topic::Cookies,
            format!(
                "a page was asked for at {asked}, and cookies of {here} do not go there: they are two hosts to a browser"
            ),
            format!("open {app}, or change the application's URL in `Kratos::with_app`"),
        )
    })
}

/// A browser that Kratos and the application send to each other for ever.
pub(crate) fn login_loop() -> Finding {
    Finding::problem(
        Topic::Cookies,
        "broke a login loop: Kratos sends the browser back, but what it asked for is still not there",
        "let application and Kratos share the cookie's domain (`cookies.domain`; localhost and 127.0.0.1 differ) and its \
         name (`session.cookie.name`, `CredentialReader::with_cookies`), and look whether Kratos can read its database",
    )
}

/// A guard that covers a page which guards redirect to.
pub(crate) fn guarded_page(path: &str) -> Finding {
    Finding::problem(
        Topic::Application,
        format!("broke a login loop: a guard covers the self-service page {path}, which redirects to login"),
        "add the self-service pages (`Pages::router`, the page of `Kratos::with_login_page`) outside of the guard",
    )
}

/// An unsafe request whose origin cannot be compared.
pub(crate) fn unknown_origin() -> Finding {
    Finding::problem(
        Topic::Application,
        "refused an unsafe request with a session cookie: it carries `Origin` and no `Sec-Fetch-Site`, and the \
         application's own origin is unknown",
        "name the application's URL by `Kratos::with_app`",
    )
}

/// A browser to which each new flow of a page is refused.
pub(crate) fn flow_loop() -> Finding {
    Finding::problem(
        Topic::Cookies,
        "broke a loop: each new flow is refused to this browser, as if Kratos' cookies did not reach this page",
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

/// The longest domain of two names or more that both hosts are below. A guess: the public suffix list may know
/// better.
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
    fn hosts_that_share_no_cookie_are_known_from_the_configuration() {
        for (app, kratos) in [
            ("http://localhost:3000", "http://localhost:4433"),
            ("https://app.example.org", "https://auth.example.org"),
            ("https://example.org", "https://example.org/.ory/kratos"),
            ("https://example.org", "https://auth.example.org"),
        ] {
            assert!(configured(&links(app, kratos)).is_none(), "{app} {kratos}");
        }
        for (app, kratos, told) in [
            ("http://127.0.0.1:3000", "http://localhost:4433", "say localhost"),
            ("http://localhost:3000", "http://[::1]:4433", "`serve.public.base_url`"),
            ("http://localhost:3000", "http://kratos:4433", "one domain"),
            ("https://app.example.org", "https://auth.example.net", "`cookies.domain`"),
            ("http://10.0.0.1:3000", "http://10.0.0.2:4433", "one domain"),
        ] {
            let finding = configured(&links(app, kratos)).unwrap_or_else(|| panic!("{app} {kratos}"));
            assert!(finding.to_string().contains(told), "{finding}");
        }
    }

    #[test]
    fn only_names_of_this_machine_are_compared_with_the_host_header() {
        let here = links("http://127.0.0.1:3000", "http://127.0.0.1:4433");
        assert!(asked_as("localhost:3000", &here).is_some());
        for asked in ["127.0.0.1:3000", "127.0.0.1:80", "example.org", "a b", "", "\u{7f}", "[::1"] {
            assert!(asked_as(asked, &here).is_none(), "{asked}");
        }
        // A proxy on the machine asks by any name.
        assert!(asked_as("127.0.0.1:3000", &links("https://example.org", "https://example.org")).is_none());
    }

    #[test]
    fn another_host_is_a_problem_and_another_port_a_warning() {
        let here = links("http://localhost:3000", "http://localhost:4433");
        let told = |theirs: &str| base_url(&Url::parse(theirs).unwrap(), &here).map(|told| told.verdict());
        assert_eq!(told("http://localhost:4433/self-service/login?flow=x"), None);
        assert_eq!(told("http://localhost:4434/"), Some(super::super::Verdict::Warning));
        assert_eq!(told("http://127.0.0.1:4433/"), Some(super::super::Verdict::Problem));
    }
}
