//! Detects the era of a server, by reads without side effects.

use http::{Method, StatusCode};

use super::{AdminClient, Client, Era, Error, connection::Connection};

impl Era {
    /// Detects the era through the public port, by at most four `GET` requests. None of them creates a flow.
    ///
    /// Not needed for the Ory Network, which is of the latest era.
    ///
    /// # Errors
    /// Returns an error if the server does not respond, fails or limits the rate of requests.
    pub async fn detect(client: &Client) -> Result<Self, Error> {
        let probe = Probe(&client.connection);
        if probe.lacks("/schemas").await? {
            let has_logout = !probe.lacks("/self-service/logout/browser").await?;
            return Ok(if has_logout { Self::V0_7 } else { Self::V0_6 });
        }
        // 0.9 also serves the schemas below `/admin`.
        if probe.lacks("/admin/schemas").await? {
            return Ok(Self::V0_8);
        }
        // These two redirect to the admin port. The transport does not follow.
        if probe.lacks("/admin/courier/messages").await? {
            return Ok(Self::V0_9);
        }
        Ok(if probe.lacks("/identities/by/external/era-probe").await? { Self::V0_11 } else { Self::V26 })
    }

    /// Detects the era through the admin port, by at most four `GET` requests.
    ///
    /// # Errors
    /// Returns an error if the server does not respond, fails or limits the rate of requests.
    pub async fn detect_admin(client: &AdminClient) -> Result<Self, Error> {
        let probe = Probe(&client.connection);
        if probe.lacks("/admin/health/alive").await? {
            if probe.status("/self-service/errors?id=era-probe").await?.0.is_redirection() {
                return Ok(if probe.lacks("/schemas").await? { Self::V0_7 } else { Self::V0_8 });
            }
            return Ok(Self::V0_6);
        }
        // An invalid id tests for the route without reading a session.
        if probe.lacks("/admin/sessions/era-probe").await? {
            return Ok(Self::V0_9);
        }
        Ok(if probe.lacks("/admin/identities/by/external/era-probe").await? {
            Self::V0_11
        } else {
            Self::V26
        })
    }
}

struct Probe<'a>(&'a Connection);

impl Probe<'_> {
    /// Returns the status, and whether the body is not a JSON object.
    async fn status(&self, path: &str) -> Result<(StatusCode, bool), Error> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let mut call = self.0.raw_call(Method::GET, path);
        let pairs = url::form_urlencoded::parse(query.as_bytes());
        call.query.extend(pairs.map(|(name, value)| (name.into_owned().into(), value.into_owned())));
        let what = call.what.clone();
        let reply = self.0.send(call).await?;
        if reply.status.is_server_error() || reply.status == StatusCode::TOO_MANY_REQUESTS {
            return Err(Error::refused(&what, &reply, super::RelayCookies::default()));
        }
        Ok((reply.status, !reply.body.starts_with(b"{")))
    }

    /// Returns whether the server has no such route: its router answers 404 or 405 in plain text.
    async fn lacks(&self, path: &str) -> Result<bool, Error> {
        let (status, text) = self.status(path).await?;
        Ok(text && matches!(status.as_u16(), 404 | 405))
    }
}
