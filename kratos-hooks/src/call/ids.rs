//! The ids of a call.

use uuid::Uuid;

/// The ids that Kratos sends with each call, while the hook's `emit_analytics_event` is on, as by default
/// (Kratos 26.2.0, selfservice/hook/web_hook.go, `InstrumentHTTPClientForEvents`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HookIds {
    /// `Ory-Webhook-Trigger-ID`: the same for the retries of one call (25.4 and later).
    pub trigger: Option<Uuid>,
    /// `Ory-Webhook-Request-ID`: another one for each attempt (1.1 and later).
    pub request: Option<Uuid>,
}

impl HookIds {
    /// The header of [`HookIds::trigger`].
    pub const TRIGGER_HEADER: &'static str = "ory-webhook-trigger-id";
    /// The header of [`HookIds::request`].
    pub const REQUEST_HEADER: &'static str = "ory-webhook-request-id";

    /// Reads the ids. A value that is not an id counts as absent.
    #[must_use]
    pub fn of(trigger: Option<&[u8]>, request: Option<&[u8]>) -> Self {
        let read = |value: Option<&[u8]>| value.and_then(|bytes| Uuid::try_parse_ascii(bytes).ok());
        Self { trigger: read(trigger), request: read(request) }
    }

    /// Reads the ids of a request's headers.
    #[must_use]
    pub fn of_headers(headers: &http::HeaderMap) -> Self {
        let value = |name| headers.get(name).map(http::HeaderValue::as_bytes);
        Self::of(value(Self::TRIGGER_HEADER), value(Self::REQUEST_HEADER))
    }
}
