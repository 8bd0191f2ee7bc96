//! Detects the era of a server, by reads without side effects.

use http::{Method, StatusCode, header};

use super::{AdminClient, Client, Era, Error, connection::Connection};
use crate::transport::Reply;

impl Era {
    /// Detects the era through the public port, by at most eight `GET` requests, newest first. None of them creates a flow.
    ///
    /// 0.9 and 0.10 have the same public API: both are detected as [`Era::V0_9`]. Not needed for the Ory Network, which is of
    /// the latest era.
    ///
    /// # Errors
    /// Returns an error if the server does not respond, fails or limits the rate of requests.
    pub async fn detect(client: &Client) -> Result<Self, Error> {
        let probe = Probe(&client.connection);
        if !probe.get("/.well-known/change-password").await?.lacks_route() {
            return Ok(Self::Latest);
        }
        // Those of the admin API redirect to its port. The transport does not follow.
        if !probe.get("/identities/by/external/era-probe").await?.lacks_route() {
            return Ok(Self::V26);
        }
        let schemas = probe.get("/schemas?per_page=1").await?;
        if schemas.lacks_route() {
            let has_logout = !probe.get("/self-service/logout/browser").await?.lacks_route();
            return Ok(if has_logout { Self::V0_7 } else { Self::V0_6 });
        }
        // Since 1.1 the `Link` of this list has a page token, too.
        if schemas.link().contains("page_token=") {
            let any_provider = !probe.get("/self-service/methods/oidc/callback").await?.lacks_route();
            return Ok(if any_provider { Self::V1_3 } else { Self::V1_1 });
        }
        if !probe.get("/sessions/token-exchange").await?.lacks_route() {
            return Ok(Self::V1_0);
        }
        // 405: the route serves `DELETE`.
        if probe.get("/admin/identities/era-probe/credentials/era-probe").await?.is_of_other_method() {
            return Ok(Self::V0_13);
        }
        if !probe.get("/admin/courier/messages").await?.lacks_route() {
            return Ok(Self::V0_11);
        }
        // 0.9 also serves the schemas below `/admin`.
        let below_admin = !probe.get("/admin/schemas?per_page=1").await?.lacks_route();
        Ok(if below_admin { Self::V0_9 } else { Self::V0_8 })
    }

    /// Detects the era through the admin port, by at most seven `GET` requests.
    ///
    /// 0.13 and 1.0 have the same admin API, and so have 1.1 to 25.3: they are detected as [`Era::V0_13`] and [`Era::V1_1`].
    ///
    /// # Errors
    /// Returns an error if the server does not respond, fails or limits the rate of requests.
    pub async fn detect_admin(client: &AdminClient) -> Result<Self, Error> {
        let probe = Probe(&client.connection);
        if probe.get("/admin/health/alive").await?.lacks_route() {
            if !probe.get("/self-service/errors?id=era-probe").await?.reply.status.is_redirection() {
                return Ok(Self::V0_6);
            }
            // 0.8 serves `DELETE` here.
            let has_sessions = probe.get("/identities/era-probe/sessions").await?.is_of_other_method();
            return Ok(if has_sessions { Self::V0_8 } else { Self::V0_7 });
        }
        if probe.get("/admin/test-login-flows").await?.is_of_other_method() {
            return Ok(Self::Latest);
        }
        if !probe.get("/admin/identities/by/external/era-probe").await?.lacks_route() {
            return Ok(Self::V26);
        }
        // An invalid page token is refused since 1.1. Before, no session has an id after it.
        let page = probe.get("/admin/sessions?page_size=1&page_token=zz-era-probe").await?;
        if page.reply.status.is_client_error() && !page.lacks_route() {
            return Ok(Self::V1_1);
        }
        if probe.get("/admin/identities/era-probe/credentials/era-probe").await?.is_of_other_method() {
            return Ok(Self::V0_13);
        }
        if page.reply.status.is_success() {
            return Ok(Self::V0_11);
        }
        let extends = probe.get("/admin/sessions/era-probe/extend").await?.is_of_other_method();
        Ok(if extends { Self::V0_10 } else { Self::V0_9 })
    }
}

struct Probe<'a>(&'a Connection);

impl Probe<'_> {
    async fn get(&self, path: &str) -> Result<Probed, Error> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let mut call = self.0.raw_call(Method::GET, path);
        let pairs = url::form_urlencoded::parse(query.as_bytes());
        call.query.extend(pairs.map(|(name, value)| (name.into_owned().into(), value.into_owned())));
        let what = call.what.clone();
        let reply = self.0.send(call).await?;
        if reply.status.is_server_error() || reply.status == StatusCode::TOO_MANY_REQUESTS {
            return Err(Error::refused(&what, &reply, super::RelayCookies::default()));
        }
        Ok(Probed { reply })
    }
}

struct Probed {
    reply: Reply,
}

impl Probed {
    /// Returns whether the server has no such route: its router answers 404 or 405 in plain text.
    fn lacks_route(&self) -> bool {
        !self.reply.body.starts_with(b"{") && matches!(self.reply.status.as_u16(), 404 | 405)
    }

    /// Returns whether the route serves another method.
    fn is_of_other_method(&self) -> bool {
        self.lacks_route() && self.reply.status == StatusCode::METHOD_NOT_ALLOWED
    }

    fn link(&self) -> &str {
        self.reply.headers.get(header::LINK).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}
