//! Submitting flows, and what Kratos' answers to that mean.

use kratos_model::__private::decode_salvaging;
use uuid::Uuid;

use super::{FlowRef, Served, create::flow_of};
use crate::{
    client::{
        answer::{RelayCookies, RelayRule, WithCookies},
        call::{Call, Creds},
        connection::Connection,
        error::{Error, ErrorKind},
        outcome::{Expired, Redirect, RedirectReason, Submitted},
        submit::Body,
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
        mut body: Body,
    ) -> Result<WithCookies<Submitted<F>>, Error> {
        if let (Creds::Cookies(_), Some(token)) = (creds, &flow.csrf_token) {
            body.set_default("csrf_token", token);
        }
        let (fields, query) = body.into_parts();
        let mut call = self
            .creds_call(F::OPERATIONS.update, &[], creds)?
            .query("flow", flow.id.to_string())
            .json(&fields)?;
        call.query.extend(query.into_iter().map(|(name, value)| (name.into(), value)));
        self.send_submit(call, flow.id, creds).await
    }

    /// Sends a call that answers as a submit does.
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

    /// 0.6 and 0.7 redirect where later releases answer 400 and 410; a recovery flow that is too old redirects in
    /// every release. Whether the flow named is a new one of this kind is asked by reading it.
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

/// A flow that was sent back with a status that is no success. It is not done, whatever its state says.
fn judged_again<F: Served>(flow: F) -> Submitted<F> {
    if flow.has_errors() { Submitted::Invalid(flow) } else { Submitted::NextStep(flow) }
}

/// What a refusal means; `None` when it is an error. The HTTP status decides, not the code in the body.
fn refused<F: Served>(reply: &Reply) -> Option<Submitted<F>> {
    let envelope: ErrorEnvelope = match decode_salvaging(&reply.body) {
        Ok(envelope) => envelope,
        // Without an error it is the flow itself, also where a wrapped error changed the status.
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
