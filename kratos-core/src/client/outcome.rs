//! Outcomes of a submit.

use url::Url;
use uuid::Uuid;

use crate::{
    flow::{CodeExchange, Flow, LoginFlow, RegistrationFlow},
    model::ErrorEnvelope,
};

/// The outcome of a submit: everything from which the user can continue. Failures are an [`Error`](super::Error).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Submitted<F: Flow> {
    /// The flow is complete.
    Done(F::Success),
    /// The flow requires another step and has no errors: a code was sent, or a second screen follows. Kratos answers some of
    /// them with 400 (ory/kratos#4178).
    NextStep(F),
    /// The input was refused. The flow's messages explain why. Kratos answers a wrong code with 200.
    Invalid(F),
    /// Redirect the browser.
    Redirect(Redirect),
    /// The flow has expired. Continue with the flow that replaces it, or create another.
    Expired(Expired),
}

/// The outcome of a native app's token exchange.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SessionExchange {
    /// The user is signed in.
    Done(Box<CodeExchange>),
    /// The sign-in failed: the login flow with its messages (422, after 26.2).
    Login(Box<LoginFlow>),
    /// The registration failed, for example because a web hook refused it: the flow with its messages (422, after 26.2).
    Registration(Box<RegistrationFlow>),
}

impl SessionExchange {
    /// Returns the session and its session token, if the user is signed in.
    #[must_use]
    pub fn done(self) -> Option<CodeExchange> {
        match self {
            Self::Done(exchange) => Some(*exchange),
            _ => None,
        }
    }
}

/// A redirect of the browser. `Debug` omits the URL's query and fragment.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Redirect {
    /// The target. It may contain one-time tokens: send it to this browser only.
    pub url: Url,
    /// The reason.
    pub reason: RedirectReason,
    /// Kratos' error that demanded the redirect, if any.
    pub error: Option<ErrorEnvelope>,
}

impl std::fmt::Debug for Redirect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut url = self.url.clone();
        url.set_query(None);
        url.set_fragment(None);
        let id = self.error.as_ref().and_then(|envelope| envelope.error.id.as_ref());
        f.debug_struct("Redirect")
            .field("url", &url.as_str())
            .field("reason", &self.reason)
            .field("error", &id)
            .finish()
    }
}

/// The reason of a [`Redirect`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RedirectReason {
    /// The change requires AAL2 (403 `session_aal2_required`).
    Aal2,
    /// The change requires a refresh (403 `session_refresh_required`). Afterwards Kratos resumes the change by the
    /// continuity cookie.
    Refresh,
    /// The flow continues at a provider or at another page (422, or a redirect).
    Location,
}

/// An expired flow.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Expired {
    /// The flow that replaces it, if Kratos created one.
    pub use_flow_id: Option<Uuid>,
    /// Kratos' error; `None` for 0.6 and 0.7, which redirect instead.
    pub error: Option<ErrorEnvelope>,
}

impl<F: Flow> Submitted<F> {
    /// Returns the success, if the flow is complete.
    #[must_use]
    pub fn done(self) -> Option<F::Success> {
        match self {
            Self::Done(success) => Some(success),
            _ => None,
        }
    }

    /// Returns the flow to render again, if any.
    #[must_use]
    pub fn flow(&self) -> Option<&F> {
        match self {
            Self::NextStep(flow) | Self::Invalid(flow) => Some(flow),
            _ => None,
        }
    }
}
