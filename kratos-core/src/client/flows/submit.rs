//! Submits flows and classifies Kratos' responses.

use kratos_model::__private::decode_salvaging;
use uuid::Uuid;

use super::{FlowRef, Served, create::flow_of};
use crate::{
    client::{
        call::{Call, Creds},
        connection::Connection,
        error::{Error, ErrorKind},
        outcome::{Expired, Redirect, RedirectReason, Submitted},
        submit::SubmitBody,
        with_cookies::{RelayCookies, RelayRule, WithCookies},
    },
    model::{ErrorEnvelope, ErrorId},
    transport::Reply,
};

impl Connection {
    /// Submits a flow.
    pub(in crate::client) async fn submit<F: Served>(
        &self,
        flow: FlowRef,
        creds: &Creds,
        mut body: SubmitBody<F>,
    ) -> Result<WithCookies<Submitted<F>>, Error> {
        if let (Creds::Cookies(_), Some(token)) = (creds, &flow.csrf_token) {
            body = body.with_default("csrf_token", token);
        }
        let (fields, query) = body.into_parts();
        let mut call = self
            .creds_call(F::OPERATIONS.update, &[], creds)?
            .query("flow", flow.id.to_string())
            .json(&fields)?;
        call.query.extend(query.into_iter().map(|(name, value)| (name.into(), value)));
        self.send_submit(call, flow.id, creds).await
    }

    /// Sends a call whose response is that of a submit.
    pub(in crate::client) async fn send_submit<F: Served>(
        &self,
        call: Call,
        flow: Uuid,
        creds: &Creds,
    ) -> Result<WithCookies<Submitted<F>>, Error> {
        let what = call.what.clone();
        let reply = self.send(call).await?;
        let set = RelayCookies::by(&RelayRule::All, true, &reply.headers);
        let outcome = match reply.status.as_u16() {
            200..300 => F::read(&reply.body).map_err(|error| Error::unreadable(&what, &reply, error))?,
            300..400 => match self.redirected::<F>(&reply, flow, creds, &set).await? {
                Some(outcome) => outcome,
                None => return Err(self.refused(&what, &reply, set)),
            },
            _ => match refused::<F>(&reply) {
                Some(outcome) => outcome,
                None => return Err(self.refused(&what, &reply, set)),
            },
        };
        Ok(WithCookies::new(outcome, set, reply.headers))
    }

    /// Classifies a redirect. 0.6 and 0.7 redirect where later releases answer 400 and 410, and an expired recovery flow
    /// redirects in every release. Reads the named flow to find out whether it is one of this type.
    async fn redirected<F: Served>(
        &self,
        reply: &Reply,
        submitted: Uuid,
        creds: &Creds,
        set: &RelayCookies,
    ) -> Result<Option<Submitted<F>>, Error> {
        let Some(url) = self.location(reply) else { return Ok(None) };
        let creds = match creds {
            Creds::Cookies(cookies) => Creds::Cookies(cookies.after(set)),
            other => other.clone(),
        };
        if let Some(id) = flow_of(&url) {
            match self.get_flow::<F>(id, &creds).await.map(WithCookies::drop_cookies) {
                Ok(flow) if id == submitted => return Ok(Some(judged_again(flow))),
                Ok(_) => return Ok(Some(Submitted::Expired(Expired { use_flow_id: Some(id), error: None }))),
                Err(error) if error.kind() == ErrorKind::Refused && !error.is_unavailable() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Some(Submitted::Redirect(Redirect { url, reason: RedirectReason::Location, error: None })))
    }
}

/// Classifies a flow of an unsuccessful response. It is not done, whatever its state is.
fn judged_again<F: Served>(flow: F) -> Submitted<F> {
    if flow.has_errors() { Submitted::Invalid(flow) } else { Submitted::NextStep(flow) }
}

/// Classifies an unsuccessful response; `None` if it is an error. Uses the HTTP status, not the code in the body.
fn refused<F: Served>(reply: &Reply) -> Option<Submitted<F>> {
    let envelope: ErrorEnvelope = match decode_salvaging(&reply.body) {
        Ok(envelope) => envelope,
        // Without an error the body is the flow itself, also if a wrapped error changed the status.
        Err(_) if reply.status.is_client_error() => {
            return decode_salvaging(&reply.body).ok().map(judged_again);
        }
        Err(_) => return None,
    };
    let reason = match (reply.status.as_u16(), envelope.error.id.as_ref()) {
        (410, _) => {
            return Some(Submitted::Expired(Expired {
                use_flow_id: envelope.use_flow_id,
                error: Some(envelope),
            }));
        }
        (403, Some(ErrorId::SessionAal2Required)) => RedirectReason::Aal2,
        (403, Some(ErrorId::SessionRefreshRequired)) => RedirectReason::Refresh,
        (422, _) => RedirectReason::Location,
        _ => return None,
    };
    let url = envelope.redirect_browser_to()?;
    Some(Submitted::Redirect(Redirect { url, reason, error: Some(envelope) }))
}
