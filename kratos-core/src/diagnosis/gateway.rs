//! Detects a gateway that browsers, Kratos or proxies do not use as configured.

use url::Url;

use super::{APP_URL_SETTING, BROWSER_URL_SETTING, Finding, Links, Topic};
use crate::transport::BaseUrl;

/// Returns a finding if the URLs say that browsers reach Kratos by another way than the gateway.
pub(crate) fn configured(links: &Links, upstream: &BaseUrl) -> Option<Finding> {
    let kratos = links.kratos();
    (!links.is_app(&kratos) || kratos == upstream.join("")).then(|| {
        let gateway = links.app("/.ory/kratos");
        Finding::problem(
            Topic::BaseUrl,
            format!(
                "the application has a gateway, but browsers are sent to Kratos at {}",
                kratos.origin().ascii_serialization()
            ),
            format!(
                "set Kratos' `serve.public.base_url` to {gateway}/ and {BROWSER_URL_SETTING} to {gateway}, or to the path \
                 where the gateway is mounted"
            ),
        )
    })
}

/// Returns the finding for a redirect of Kratos to its own URL, which passes by the gateway.
pub(crate) fn foreign_location(to: &Url, gateway: Option<&Url>) -> Finding {
    let gateway = gateway.map_or_else(|| "the gateway's URL".to_owned(), |url| format!("{url}/"));
    Finding::problem(
        Topic::BaseUrl,
        format!(
            "Kratos redirects browsers to {}, past the gateway: cookies and CSRF tokens do not match there",
            to.origin().ascii_serialization()
        ),
        format!("set `serve.public.base_url` to {gateway}"),
    )
}

/// Returns the finding for a gateway without the peer's address.
pub(crate) fn unknown_peer() -> Finding {
    Finding::warning(
        Topic::Application,
        "the gateway does not know the addresses of its clients: Kratos records its own peer, this application, instead",
        "serve the application with the peer's address (axum: `into_make_service_with_connect_info::<SocketAddr>()`), or \
         insert a `PeerAddress` into the request's extensions",
    )
}

/// Returns the finding for a request with fewer addresses than trusted proxies.
pub(crate) fn missing_proxy() -> Finding {
    Finding::warning(
        Topic::Application,
        "a request came with fewer addresses in its forwarding header than there are trusted proxies: its peer is taken \
         for the client",
        "let each proxy append its peer's address, and set their number in `ClientAddress`",
    )
}

/// Returns the finding for a gateway whose upstream is the gateway itself.
pub(crate) fn calls_itself() -> Finding {
    Finding::problem(
        Topic::PublicUrl,
        "the gateway calls itself",
        format!(
            "give `Kratos::new` the URL at which this process reaches Kratos, not that of the gateway, which belongs into \
             {BROWSER_URL_SETTING} and below {APP_URL_SETTING}"
        ),
    )
}
