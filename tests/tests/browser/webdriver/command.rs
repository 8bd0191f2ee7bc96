//! WebDriver commands that the client does not define.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// A command of this session: a path and a body.
#[derive(Debug)]
pub(crate) struct Post {
    path: &'static str,
    body: Value,
}

impl Post {
    /// A command of the Chrome DevTools Protocol.
    pub(crate) fn devtools(name: &str, parameters: &Value) -> Self {
        Self { path: "goog/cdp/execute", body: json!({"cmd": name, "params": parameters}) }
    }

    /// Chromium's log since the last call: `performance` or `browser`.
    pub(crate) fn log(kind: &str) -> Self {
        Self { path: "se/log", body: json!({"type": kind}) }
    }

    /// A virtual authenticator that stores passkeys and verifies its user
    /// (<https://www.w3.org/TR/webauthn-3/#sctn-automation>).
    pub(crate) fn authenticator(transport: &str) -> Self {
        let body = json!({
            "protocol": "ctap2", "transport": transport, "hasResidentKey": true, "hasUserVerification": true,
            "isUserConsenting": true, "isUserVerified": true,
        });
        Self { path: "webauthn/authenticator", body }
    }
}

impl WebDriverCompatibleCommand for Post {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
