//! The session of a request as a token for other services.

use super::RequestSession;
use crate::{
    credential::HeaderLookup,
    exchange::{Exchanged, SessionToken},
    policy::{Answer, Facts, Refusal, RequestView, Requirement, decide},
    resolve::{Resolution, SecondFactor},
    wire::Timestamp,
};

impl RequestSession {
    /// The session as a JWT by this template of Kratos' configuration, to show to the services behind this one.
    /// Remembered by [`TokenExchange`](crate::exchange::TokenExchange), so that most requests cost no call.
    ///
    /// # Errors
    /// The answer to send instead, as for [`RequestSession::require`] with [`Requirement::signed_in`]. A request that
    /// itself shows a token needs the session beside it. 500 without [`Sessions::with_token_exchange`], and when
    /// Kratos has no such template.
    ///
    /// [`Sessions::with_token_exchange`]: super::Sessions::with_token_exchange
    pub async fn token<H: HeaderLookup>(
        &self,
        template: &str,
        request: &RequestView<'_, H>,
    ) -> Result<SessionToken, Box<Answer>> {
        let Some(exchange) = self.sessions().exchange() else {
            let fix = "exchanging a session for a token needs Sessions::with_token_exchange";
            return Err(self.refuse(&Refusal::misconfigured(fix), request));
        };
        let credential = self.credential().ok().flatten();
        // What is exchanged must be the session that the request stands for, and a token's may be another's.
        let requirement = match credential.is_some_and(|shown| shown.kind().is_jwt()) {
            true => Requirement::signed_in().with_live_session(),
            false => Requirement::signed_in(),
        };
        self.require(&requirement, request).await?;
        let outcome = match credential {
            Some(credential) => exchange.token(credential, template).await,
            None => Ok(Exchanged::Refused(Resolution::Anonymous)),
        };
        let facts = match &outcome {
            Ok(Exchanged::Token(token)) => return Ok(token.clone()),
            Ok(Exchanged::Refused(resolution)) => Facts::Resolved(resolution, SecondFactor::Unknown),
            Err(error) => Facts::Failed(error),
        };
        let links = self.sessions().links();
        let refused =
            decide(facts, &Requirement::signed_in().with_live_session(), request, links, Timestamp::now());
        // Those facts always refuse.
        let otherwise = || Answer::refuse(&Refusal::anonymous(), request.audience());
        Err(Box::new(self.sessions().render(refused.answer().unwrap_or_else(otherwise))))
    }
}
