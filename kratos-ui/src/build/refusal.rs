//! Builds the view of a refused request.

use std::fmt;

use kratos_model::{ErrorId, QuietText};

use super::{Config, links::Links};
use crate::{
    texts::Phrase,
    urls::web_url,
    view::{Link, LinkKind, Message, PageKind, View},
};

/// A request that a guard refused, to be rendered by [`Theme::refusal_page`](crate::Theme::refusal_page).
///
/// `render_rejection` (feature `rejection`, and module `ui` of `kratos-axum` and `kratos-actix`) makes it from the guard's
/// response.
#[derive(Clone)]
#[must_use]
pub struct RefusedRequest {
    status: u16,
    id: ErrorId,
    next: Option<QuietText>,
    back: Option<QuietText>,
}

impl RefusedRequest {
    /// Describes a refusal by its HTTP status and its id, which select the text.
    pub fn new(status: u16, id: ErrorId) -> Self {
        Self { status, id, next: None, back: None }
    }

    /// Adds a link to the step that lifts the refusal: sign in, confirm, set up a second factor, verify an address, or
    /// try again. Default: none. Ignores URLs other than `http`, `https` and relative ones.
    pub fn with_next_step(mut self, url: &str) -> Self {
        self.next = web_url(url);
        self
    }

    /// Adds a link back to the page that sent the request. Default: none. Ignores the same URLs.
    pub fn with_back(mut self, url: &str) -> Self {
        self.back = web_url(url);
        self
    }

    /// The message, and the text of the link to the next step.
    fn phrases(&self) -> (Phrase, Phrase) {
        let has_next = self.next.is_some();
        match (self.status, &self.id) {
            (_, ErrorId::SessionInactive) => (Phrase::NotSignedIn, Phrase::SignIn),
            (_, ErrorId::SessionRefreshRequired) if has_next => (Phrase::ConfirmFirst, Phrase::Confirm),
            (_, ErrorId::SessionAal2Required) if has_next => (Phrase::SecondFactorRequired, Phrase::Continue),
            (_, ErrorId::SessionVerifiedAddressRequired) if has_next => {
                (Phrase::VerifyFirst, Phrase::VerifyAddress)
            }
            (_, ErrorId::SessionRefreshRequired | ErrorId::SessionAal2Required)
            | (_, ErrorId::SessionVerifiedAddressRequired) => (Phrase::Forbidden, Phrase::TryAgain),
            (_, ErrorId::SecurityCsrfViolation) => (Phrase::FromAnotherSite, Phrase::TryAgain),
            (401, _) => (Phrase::NotSignedIn, Phrase::TryAgain),
            (_, ErrorId::Other(id)) if **id == *"login_loop" => (Phrase::NoProgress, Phrase::TryAgain),
            (_, ErrorId::Other(id)) if **id == *"forbidden" => (Phrase::Forbidden, Phrase::TryAgain),
            (410, _) => (Phrase::FormExpired, Phrase::TryAgain),
            (429, _) => (Phrase::TooManyRequests, Phrase::TryAgain),
            (503, _) => (Phrase::Unavailable, Phrase::TryAgain),
            // The explanation for developers is in the log.
            _ => (Phrase::CannotAnswer, Phrase::TryAgain),
        }
    }
}

/// Hides the URLs, whose queries may hold other URLs.
impl fmt::Debug for RefusedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefusedRequest")
            .field("status", &self.status)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

pub(crate) fn refusal_view(config: &Config<'_>, refused: &RefusedRequest) -> View {
    let words = config.words;
    let (message, next) = refused.phrases();
    let mut view = View::new(PageKind::Error, words.phrase(Phrase::ErrorTitle), config.texts);
    view.messages.push(Message::error(words.phrase(message)));
    let link = |kind, href: &Option<QuietText>, phrase, test_id| {
        Some(Link { kind, href: href.clone()?, text: words.phrase(phrase), before: None, test_id })
    };
    view.links.extend(link(LinkKind::NextStep, &refused.next, next, "next-link"));
    view.links.extend(link(LinkKind::Back, &refused.back, Phrase::Back, "back-link"));
    view.links.extend(Links { routes: config.routes, words, kept: &[] }.home());
    view
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_and_id_select_the_text() {
        for (status, id, message, next) in [
            (401, "session_inactive", Phrase::NotSignedIn, Phrase::SignIn),
            (403, "session_refresh_required", Phrase::ConfirmFirst, Phrase::Confirm),
            (403, "session_aal2_required", Phrase::SecondFactorRequired, Phrase::Continue),
            (403, "session_verified_address_required", Phrase::VerifyFirst, Phrase::VerifyAddress),
            (403, "security_csrf_violation", Phrase::FromAnotherSite, Phrase::TryAgain),
            (401, "login_loop", Phrase::NotSignedIn, Phrase::TryAgain),
            (403, "login_loop", Phrase::NoProgress, Phrase::TryAgain),
            (403, "forbidden", Phrase::Forbidden, Phrase::TryAgain),
            (403, "session_live_required", Phrase::CannotAnswer, Phrase::TryAgain),
            (410, "self_service_flow_expired", Phrase::FormExpired, Phrase::TryAgain),
            (429, "rate_limited", Phrase::TooManyRequests, Phrase::TryAgain),
            (503, "session_unavailable", Phrase::Unavailable, Phrase::TryAgain),
            (500, "invalid_configuration", Phrase::CannotAnswer, Phrase::TryAgain),
        ] {
            let refused = RefusedRequest::new(status, id.into());
            assert_eq!(refused.with_next_step("/next").phrases(), (message, next), "{status} {id}");
        }
        for id in ["session_refresh_required", "session_aal2_required", "session_verified_address_required"] {
            let (message, _) = RefusedRequest::new(403, id.into()).phrases();
            assert_eq!(message, Phrase::Forbidden, "{id} without a next step");
        }
    }

    #[test]
    fn links_are_web_urls() {
        let refused = RefusedRequest::new(401, ErrorId::SessionInactive)
            .with_next_step("javascript:alert(1)")
            .with_back("data:text/html,x");
        assert!(refused.next.is_none() && refused.back.is_none());
    }
}
