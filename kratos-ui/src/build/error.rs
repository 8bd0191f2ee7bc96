//! From an error that Kratos showed a browser to a view.

use kratos_core::flow::FlowError;
use serde_json::json;

use super::{Config, links::Links};
use crate::{
    texts::Phrase,
    view::{Message, PageKind, Severity, View},
};

pub(crate) fn error_view(config: &Config<'_>, error: &FlowError) -> View {
    let words = config.words;
    let mut view = View::new(PageKind::Error, words.phrase(Phrase::ErrorTitle));
    let mut details = Vec::new();
    for body in error.errors() {
        let reason = body.reason.clone().filter(|reason| !reason.is_empty());
        let text = reason.unwrap_or_else(|| body.message.clone());
        if !text.is_empty() {
            view.messages.push(Message { id: 0, text: text.into(), severity: Severity::Error });
        }
        // `debug` may be a stack trace (releases up to 0.11), and `details` may name inner addresses.
        details.push(json!({
            "id": body.id,
            "code": body.code,
            "status": body.status,
            "request": body.request,
            "message": body.message,
        }));
    }
    if view.messages.is_empty() {
        let text = words.phrase(Phrase::ErrorUnknown).into();
        view.messages.push(Message { id: 0, text, severity: Severity::Error });
    }
    let details = json!({ "id": error.id, "errors": details });
    view.details = serde_json::to_string_pretty(&details).ok().map(Into::into);
    view.links = Links { routes: config.routes, words, kept: &[] }.of(PageKind::Error, false, false, false);
    view
}
