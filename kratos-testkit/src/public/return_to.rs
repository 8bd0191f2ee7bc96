//! The URL to which a browser returns after a flow.

use url::Url;

use crate::exchange::Exchange;
use crate::wire::Problem;

/// Returns the request's `return_to` if it is allowed.
pub(crate) fn asked(exchange: &Exchange<'_>) -> Result<Option<String>, Problem> {
    let Some(asked) = exchange.call.query("return_to").filter(|asked| !asked.is_empty()) else {
        return Ok(None);
    };
    let config = &exchange.world.config;
    let forbidden = |url: &str| {
        Problem::bad_request(format!("Requested return_to URL {url:?} is not allowed."))
            .with_id("self_service_flow_return_to_forbidden")
    };
    let Ok(base) = Url::parse(&config.default_return()) else { return Err(forbidden(&asked)) };
    // a path without a host is the application's
    if asked.starts_with('/') && !asked.starts_with("//") && !asked.starts_with("/\\") {
        return Ok(Some(asked));
    }
    let Ok(url) = base.join(&asked) else {
        return Err(Problem::bad_request("Unable to parse the return_to query parameter as an URL."));
    };
    let shown = match (asked.starts_with("//"), asked.contains(':')) {
        (true, _) => format!("{}:{asked}", base.scheme()),
        (false, false) => url.to_string(),
        (false, true) => asked.clone(),
    };
    let own = format!("{}/self-service/settings", exchange.world.public_url);
    let default = config.default_return();
    let fits = |allowed: &str| {
        Url::parse(allowed).is_ok_and(|allowed| {
            allowed.scheme() == url.scheme()
                && same_host(&allowed, &url)
                && url.path().starts_with(allowed.path())
        })
    };
    let is_allowed = asked.contains("://")
        && (config.return_urls.iter().any(|allowed| fits(allowed)) || fits(&default) || fits(&own));
    if is_allowed { Ok(Some(asked)) } else { Err(forbidden(&shown)) }
}

/// Compares host, port and user info; the allowed host may begin with `*.`.
fn same_host(allowed: &Url, url: &Url) -> bool {
    if !url.username().is_empty() || url.port_or_known_default() != allowed.port_or_known_default() {
        return false;
    }
    let (Some(allowed), Some(host)) = (allowed.host_str(), url.host_str()) else { return false };
    match allowed.strip_prefix("*.") {
        Some(parent) => host.strip_suffix(parent).is_some_and(|sub| sub.ends_with('.')),
        None => allowed == host,
    }
}

/// Returns the absolute URL of a redirect.
pub(crate) fn target(exchange: &Exchange<'_>, to: Option<&str>) -> String {
    let default = exchange.world.config.default_return();
    match (to, Url::parse(&default)) {
        (Some(to), Ok(base)) if to.starts_with('/') => base.join(to).map_or(default, |url| url.to_string()),
        (Some(to), _) => to.to_owned(),
        (None, _) => default,
    }
}

/// Adds `return_to` to a URL, if there is one.
pub(crate) fn with_return_to(address: &str, to: Option<&str>) -> String {
    let Some(to) = to else { return address.to_owned() };
    let joint = if address.contains('?') { '&' } else { '?' };
    let encoded: String = url::form_urlencoded::byte_serialize(to.as_bytes()).collect();
    format!("{address}{joint}return_to={encoded}")
}
