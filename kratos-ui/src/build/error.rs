//! Builds the view of an error that Kratos recorded for a browser.

use kratos_model::flow::FlowError;
use serde_json::json;

use super::{
    Config,
    links::{Links, Situation},
};
use crate::{
    texts::Phrase,
    view::{Message, PageKind, View},
};

pub(crate) fn error_view(config: &Config<'_>, error: &FlowError) -> View {
    let words = config.words;
    let mut view = View::new(PageKind::Error, words.phrase(Phrase::ErrorTitle), config.texts);
    let mut details = Vec::new();
    for body in error.errors() {
        let reason = body.reason.clone().filter(|reason| !reason.is_empty());
        let text = reason.unwrap_or_else(|| body.message.clone());
        if !text.is_empty() {
            view.messages.push(Message::error(text));
        }
        // `debug` may hold a stack trace (releases up to 0.11), and `details` may name internal addresses.
        details.push(json!({
            "id": body.id,
            "code": body.code,
            "status": body.status,
            "request": body.request,
            "message": body.message,
        }));
    }
    if view.messages.is_empty() {
        view.messages.push(Message::error(words.phrase(Phrase::ErrorUnknown)));
    }
    let details = json!({ "id": error.id, "errors": details });
    view.details = serde_json::to_string_pretty(&details).ok().map(Into::into);
    view.links = Links { routes: config.routes, words, kept: &[] }
        .of(PageKind::Error, Situation { by_password: true, ..Situation::default() });
    view
}
