//! The session of a request as a token for other services.

use std::sync::Arc;

use super::RequestSession;
use crate::{
    credential::{Credential, HeaderLookup},
    policy::{Facts, GuardResponse, Refusal, RequestView, Requirement, decide},
    resolve::{Resolution, SecondFactor},
    tokenize::{SessionJwt, Tokenized},
};

impl RequestSession {
    /// The session as a JWT by this template of Kratos' configuration, to show to the services behind this one.
    /// Remembered by [`SessionTokenizer`](crate::tokenize::SessionTokenizer), so that most requests cost no call.
    ///
    /// # Errors
    /// The answer to send instead, as for [`RequestSession::require`] with [`Requirement::signed_in`]. A request that
    /// itself shows a token needs its session beside it. 500 without [`Kratos::with_tokenizer`], and when
    /// Kratos has no such template.
    ///
    /// [`Kratos::with_tokenizer`]: super::Kratos::with_tokenizer
    pub async fn token<H: HeaderLookup>(
        &self,
        template: &str,
        request: &RequestView<'_, H>,
    ) -> Result<SessionJwt, Box<GuardResponse>> {
        let Some(exchange) = self.sessions().exchange() else {
            let fix = "exchanging a session for a token needs Kratos::with_tokenizer";
            return Err(self.refuse(&Refusal::misconfigured(fix), request));
        };
        let session = self.signed_in(request).await?;
        let shown = self.credential().ok().flatten().and_then(Credential::session);
        let outcome = match shown {
            Some(shown) => exchange.jwt(shown, template).await,
            None => Ok(Tokenized::Refused(Resolution::Unconfirmed(Arc::clone(&session)))),
        };
        let outcome = match outcome {
            Ok(Tokenized::Jwt(token)) if token.session_id() == session.id => return Ok(token),
            // The session beside a token is another's: nobody gets a token of it.
            Ok(Tokenized::Jwt(_)) => Ok(Resolution::Unconfirmed(session)),
            Ok(Tokenized::Refused(resolution)) => Ok(resolution),
            Err(error) => Err(error),
        };
        let facts = match &outcome {
            Ok(resolution) => Facts::Resolved(resolution, SecondFactor::Unknown),
            Err(error) => Facts::Failed(error),
        };
        let links = self.sessions().links();
        let refused =
            decide(facts, &Requirement::signed_in().with_live_session(), request, links, crate::clock::now());
        // Those facts always refuse.
        let otherwise = || GuardResponse::refuse(&Refusal::anonymous(), request.audience());
        Err(Box::new(self.sessions().render(refused.answer().unwrap_or_else(otherwise))))
    }
}
