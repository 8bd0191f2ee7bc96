//! Errors of OAuth 2, which an authorization server sends in the URL of the error page.

use serde_json::json;
use uuid::Uuid;

use crate::{adapter::HeaderLookup, flow::FlowError, policy::RequestView};

/// The longest text that a page shows: anyone can write the URL.
const LONGEST: usize = 500;

/// Returns whether this is the id of an error that Kratos recorded: a UUID, or one of the names that it answers in
/// development (Kratos 26.2.0, selfservice/errorx/handler.go).
pub(super) fn is_error_id(id: &str) -> bool {
    id.starts_with("stub:") || Uuid::try_parse(id).is_ok()
}

/// Returns the error that the URL describes by `error` and `error_description` (RFC 6749, section 4.1.2.1), and `error_hint`
/// of Hydra.
pub(super) fn of_query<H: HeaderLookup>(request: &RequestView<'_, H>) -> Option<FlowError> {
    let text = |name: &str| request.query(name).map(|text| text.chars().take(LONGEST).collect::<String>());
    let id = text("error").filter(|id| !is_error_id(id))?;
    let parts: Vec<String> = [text("error_description"), text("error_hint")].into_iter().flatten().collect();
    let message = if parts.is_empty() { id.clone() } else { parts.join(" ") };
    serde_json::from_value(json!({ "id": id, "error": { "id": id, "code": 400, "message": message } })).ok()
}
