//! What came of a submit.

use url::Url;
use uuid::Uuid;

use crate::{flow::Flow, model::ErrorEnvelope};

/// What came of a submit. A failure to get there at all is an [`super::Error`]; everything that a person can go
/// on from is here.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Submitted<F: Flow> {
    /// It is done.
    Done(F::Success),
    /// The flow asks for more, and nothing was wrong: a code was sent, a second screen comes. Kratos answers 400
    /// to some of them (kratos#4178).
    NextStep(F),
    /// Something was wrong: the flow's messages say what. A wrong code comes with status 200.
    Invalid(F),
    /// The browser has to go elsewhere first, or next.
    Redirect(Redirect),
    /// The flow is too old: start another, or go on with the one that replaces it.
    Expired(Expired),
}

/// Where the browser has to go. `Debug` hides the URL's query.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Redirect {
    /// Where. It may hold tokens, so show it to this browser alone.
    pub url: Url,
    /// Why.
    pub reason: RedirectReason,
    /// The error that said so, if it was one.
    pub error: Option<ErrorEnvelope>,
}

impl std::fmt::Debug for Redirect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = self.url.clone();
        shown.set_query(None);
        shown.set_fragment(None);
        let id = self.error.as_ref().and_then(|envelope| envelope.error.id.as_ref());
        f.debug_struct("GoTo")
            .field("url", &shown.as_str())
            .field("reason", &self.reason)
            .field("error", &id)
            .finish()
    }
}

/// Why the browser has to go elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RedirectReason {
    /// A second factor is asked for (403 `session_aal2_required`).
    Aal2,
    /// The sign-in is too long ago for this change (403 `session_refresh_required`). After the refresh Kratos
    /// goes on with the change by the continuity cookie.
    Refresh,
    /// On to a provider, to the next page, or back to the application (422, or a redirect).
    Location,
}

/// A flow that is too old.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Expired {
    /// The flow that replaces it, where Kratos made one.
    pub use_flow_id: Option<Uuid>,
    /// The error that said so; 0.6 and 0.7 redirect instead.
    pub error: Option<ErrorEnvelope>,
}

impl<F: Flow> Submitted<F> {
    /// The success, if it is one.
    #[must_use]
    pub fn done(self) -> Option<F::Success> {
        match self {
            Self::Done(success) => Some(success),
            _ => None,
        }
    }

    /// The flow to show again, if there is one.
    #[must_use]
    pub fn flow(&self) -> Option<&F> {
        match self {
            Self::NextStep(flow) | Self::Invalid(flow) => Some(flow),
            _ => None,
        }
    }
}
