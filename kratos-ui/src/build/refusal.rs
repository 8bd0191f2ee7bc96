//! From an answer that was sent instead of calling a handler to a view.

use kratos_core::policy::{Refusal, RefusalReason};

use super::{Config, links::Links};
use crate::{
    texts::Phrase,
    view::{Link, LinkKind, Message, PageKind, Severity, View},
};

pub(crate) fn refusal_view(config: &Config<'_>, refusal: &Refusal) -> View {
    let words = config.words;
    let phrase = match refusal.reason() {
        RefusalReason::Anonymous | RefusalReason::LoginLoop { signed_in: false } => Phrase::NotSignedIn,
        RefusalReason::Unavailable => Phrase::Unavailable,
        RefusalReason::RateLimited => Phrase::TooManyRequests,
        RefusalReason::NoFlow => Phrase::FormExpired,
        RefusalReason::CrossSite => Phrase::FromAnotherSite,
        RefusalReason::LoginLoop { signed_in: true } => Phrase::NoProgress,
        RefusalReason::SecondFactorRequired
        | RefusalReason::SecondFactorNotEnrolled
        | RefusalReason::SessionTooOld
        | RefusalReason::AddressNotVerified
        | RefusalReason::Forbidden => Phrase::Forbidden,
        // The words for developers stay in the log.
        _ => Phrase::CannotAnswer,
    };
    let mut view = View::new(PageKind::Error, words.phrase(Phrase::ErrorTitle));
    let text = words.phrase(phrase).into();
    view.messages.push(Message { id: 0, text, severity: Severity::Error });
    if let Some(help) = refusal.redirect_to() {
        view.links.push(Link {
            kind: LinkKind::Help,
            href: help.as_str().into(),
            text: words.phrase(Phrase::TryAgain),
            before: None,
            test_id: "help-link",
        });
    }
    view.links.extend(Links { routes: config.routes, words, kept: &[] }.home());
    view
}
