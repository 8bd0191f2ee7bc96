//! What Kratos sends to hooks, and what a caller that is not Kratos may send.

use http::HeaderMap;
use kratos_hooks::{
    AfterLogin, AfterRecovery, AfterRegistration, AfterSettings, AfterVerification, BeforeLogin,
    BeforeRegistration, HookAuth, HookCall, HookEvent, HookIds, MigrationCall, OutgoingMessage,
    PlainMessages, RenderMessage as _,
};

use crate::exchange::Exchange;

const KEY: &str = "a-key-of-22-characters";

/// The body of a web hook or of the password migration hook.
pub(crate) fn hook(data: &[u8]) {
    decode::<BeforeLogin>(data);
    decode::<AfterLogin>(data);
    decode::<BeforeRegistration>(data);
    decode::<AfterRegistration>(data);
    decode::<AfterSettings>(data);
    decode::<AfterRecovery>(data);
    decode::<AfterVerification>(data);
    if let Ok(call) = MigrationCall::decode(HookIds::default(), data) {
        let password = call.password.expose_secret();
        assert!(password.len() < 12 || !format!("{call:?}").contains(password), "the password is shown");
    }
}

fn decode<E: HookEvent>(data: &[u8]) {
    match HookCall::<E>::decode(HookIds::default(), data) {
        Ok(call) => {
            assert!(!call.extra.contains_key("request_cookies"));
            assert!(call.session_id().is_none_or(|id| !id.is_nil()));
            let _ = (format!("{call:?}"), call.transient_payload::<serde_json::Value>());
        }
        Err(error) => assert!(!error.path().is_empty()),
    }
}

/// The headers of a request: nothing but the key proves the caller.
pub(crate) fn caller(data: &[u8]) {
    let exchange = Exchange::of(data);
    let headers: HeaderMap = exchange.headers;
    for auth in [
        HookAuth::api_key_header("x-hook-key", KEY),
        HookAuth::api_key_cookie("hook", KEY),
        HookAuth::basic("kratos", KEY),
    ] {
        let auth = auth.expect("a valid key");
        let is_basic = auth.header_name() == "authorization";
        if auth.is_proven_by(&headers) && !is_basic {
            let has_key = headers
                .values()
                .any(|value| value.as_bytes().windows(KEY.len()).any(|it| it == KEY.as_bytes()));
            assert!(has_key, "a caller without the key was admitted");
        }
    }
    let _ = HookIds::of_headers(&headers);
}

/// A message to send.
pub(crate) fn message(data: &[u8]) {
    let Ok(message) = OutgoingMessage::decode(data) else { return };
    let rendered = PlainMessages::new("Example").render_for_reader(&message);
    assert!(!rendered.subject.contains(['\r', '\n']), "a subject of two lines");
    let _ = (format!("{message:?} {rendered:?}"), message.data.event_time(), message.language(&["en", "de"]));
}
