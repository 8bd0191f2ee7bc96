//! The session of a request as a JWT for other services.

use std::sync::Arc;

use super::{Rejection, RequestSession};
use crate::{
    adapter::HeaderLookup,
    credential::Credential,
    policy::{Facts, Refusal, RequestView, Requirement, decide},
    resolve::{Resolution, SecondFactor},
    tokenize::{SessionJwt, Tokenized},
};

impl RequestSession {
    /// Returns the session as a JWT made by this template of Kratos' configuration. Most requests cost no call: JWTs are
    /// cached by [`SessionTokenizer`](crate::tokenize::SessionTokenizer).
    ///
    /// # Errors
    /// The response to send, as for [`RequestSession::require`] with [`Requirement::signed_in`]. A request that carries a
    /// JWT needs its session credential beside it. 500 without a Kratos URL, and when Kratos has no such template.
    pub async fn jwt<H: HeaderLookup>(
        &self,
        template: &str,
        request: &RequestView<'_, H>,
    ) -> Result<SessionJwt, Rejection> {
        let Some(tokenizer) = self.kratos().tokenizer() else {
            let fix =
                "a session JWT needs Kratos::new with the URL of its public API, or Kratos::with_tokenizer";
            return Err(self.refuse(&Refusal::misconfigured(fix), request));
        };
        let session = self.session(request).await?;
        let sent = self.credential().ok().flatten().and_then(Credential::session);
        let outcome = match sent {
            Some(sent) => tokenizer.jwt(sent, template).await,
            None => Ok(Tokenized::Refused(Resolution::Unconfirmed(Arc::clone(&session)))),
        };
        let outcome = match outcome {
            Ok(Tokenized::Jwt(jwt)) if jwt.session_id() == session.id => return Ok(jwt),
            // The session credential beside a JWT belongs to another session: no JWT is made of it.
            Ok(Tokenized::Jwt(_)) => Ok(Resolution::Unconfirmed(session)),
            Ok(Tokenized::Refused(resolution)) => Ok(resolution),
            Err(error) => Err(error),
        };
        let facts = match &outcome {
            Ok(resolution) => Facts::Resolved(resolution, SecondFactor::Unknown),
            Err(error) => Facts::Failed(error),
        };
        let links = self.kratos().links_for(request);
        let requirement = Requirement::signed_in().with_live_session();
        let decision = decide(facts, &requirement, request, links, crate::clock::now());
        // Those facts always refuse.
        let otherwise = || self.refuse(&Refusal::anonymous(), request);
        Err(self.carry_out(&decision, request).err().unwrap_or_else(otherwise))
    }
}
