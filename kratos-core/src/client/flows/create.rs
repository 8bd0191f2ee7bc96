//! Creates and reads flows.

use url::Url;
use uuid::Uuid;

use super::Served;
use crate::client::{
    BrowserCookies,
    call::Creds,
    connection::{Connection, decode},
    error::Error,
    new_flow::NewFlow,
    with_cookies::{RelayCookies, RelayRule, WithCookies},
};

impl Connection {
    /// Creates a flow for a browser.
    pub(in crate::client) async fn create_browser<F: Served>(
        &self,
        cookies: &BrowserCookies,
        options: &NewFlow,
    ) -> Result<WithCookies<F>, Error> {
        let call = self.creds_call(F::OPERATIONS.create_browser, &[], &Creds::Cookies(cookies.clone()))?;
        let what = call.what.clone();
        let reply = self.send(options.apply(call)).await?;
        let set = RelayCookies::by(&RelayRule::All, true, &reply.headers);
        if reply.status.is_success() {
            return Ok(WithCookies::new(decode(&what, &reply)?, set, reply.headers));
        }
        // 0.6 redirects to the flow's page instead of returning JSON. The flow is then read by its id.
        match self.location(&reply).as_ref().and_then(flow_of) {
            Some(id) => {
                let creds = Creds::Cookies(cookies.after(&set));
                let (flow, later) = self.get_flow::<F>(id, &creds).await?.into_parts();
                Ok(WithCookies::new(flow, set.and(later), reply.headers))
            }
            None => Err(self.refused(&what, &reply, set)),
        }
    }

    /// Creates a flow for a native app.
    pub(in crate::client) async fn create_native<F: Served>(
        &self,
        creds: &Creds,
        options: &NewFlow,
    ) -> Result<F, Error> {
        let call = self.creds_call(F::OPERATIONS.create_native, &[], creds)?;
        self.json(options.apply(call)).await
    }

    /// Reads a flow.
    pub(in crate::client) async fn get_flow<F: Served>(
        &self,
        id: Uuid,
        creds: &Creds,
    ) -> Result<WithCookies<F>, Error> {
        let call = self.creds_call(F::OPERATIONS.get, &[], creds)?;
        self.fetch(call.query("id", id.to_string()), &RelayRule::OnSuccess).await
    }
}

/// Returns the flow that a redirect names: by `flow` in the URL of a page, by `id` in the URL of the API.
pub(super) fn flow_of(url: &Url) -> Option<Uuid> {
    let wanted = if url.path().ends_with("/flows") { "id" } else { "flow" };
    url.query_pairs().find(|(name, _)| name == wanted).and_then(|(_, id)| id.parse().ok())
}
