//! Asking a server which era it is of, by reads that change nothing.

use http::{Method, StatusCode};

use super::{AdminClient, Client, Era, Error, connection::Connection};

impl Era {
    /// Asks the public port. At most four calls, all `GET`, none of which makes a flow. A 25.4 and a 26 look the
    /// same. The Ory Network needs no question: it is of the latest era.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn detect(client: &Client) -> Result<Self, Error> {
        let probe = Probe(&client.connection);
        if probe.lacks("/schemas").await? {
            let logout_today = !probe.lacks("/self-service/logout/browser").await?;
            return Ok(if logout_today { Self::V0_7 } else { Self::V0_6 });
        }
        // 0.9 serves the schemas below the new prefix too.
        if probe.lacks("/admin/schemas").await? {
            return Ok(Self::V0_8);
        }
        // These two are redirects to the admin port, which nobody follows.
        if probe.lacks("/admin/courier/messages").await? {
            return Ok(Self::V0_9);
        }
        Ok(if probe.lacks("/identities/by/external/era-probe").await? { Self::V0_11 } else { Self::V26 })
    }

    /// Asks the admin port. At most four calls, all `GET`.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn detect_admin(client: &AdminClient) -> Result<Self, Error> {
        let probe = Probe(&client.connection);
        if probe.lacks("/admin/health/alive").await? {
            if probe.status("/self-service/errors?id=era-probe").await?.0.is_redirection() {
                return Ok(if probe.lacks("/schemas").await? { Self::V0_7 } else { Self::V0_8 });
            }
            return Ok(Self::V0_6);
        }
        // An id that is none: the route is there or not, and no session is read.
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
    /// The status, and whether Kratos' router answered rather than Kratos.
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

    /// Whether the server has no such route: its router says so in plain text.
    async fn lacks(&self, path: &str) -> Result<bool, Error> {
        let (status, text) = self.status(path).await?;
        Ok(text && matches!(status.as_u16(), 404 | 405))
    }
}
