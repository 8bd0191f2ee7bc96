//! The token hook and the refresh hook of Hydra: the application decides on claims when tokens are issued
//! (Hydra 26.2.0, oauth2/token_hook.go and refresh_hook.go).

use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use kratos_hooks::HookAuth;
use kratos_model::{__private::decode_salvaging, RawJson};
use serde::Deserialize;
use serde_json::json;

use crate::Claims;

/// The bytes that a call's body may have.
pub const TOKEN_HOOK_LIMIT: usize = 1 << 20;

/// The proof that the caller is Hydra: `auth` of `oauth2.token_hook` and `oauth2.refresh_token_hook`, an API key in a header or
/// cookie. Hydra signs nothing, so that a call without it can be from anyone.
///
/// Put it where the extractors find it: `.layer(Extension(auth))` in axum, `.app_data(auth)` in actix-web. Without one, every
/// call is refused.
#[derive(Clone, Debug)]
#[must_use]
pub struct TokenHookAuth(HookAuth);

impl TokenHookAuth {
    /// Requires this proof.
    pub fn new(auth: HookAuth) -> Self {
        Self(auth)
    }

    /// Returns the header that holds the proof.
    #[must_use]
    pub fn header_name(&self) -> &str {
        self.0.header_name()
    }

    /// Returns whether the values of that header prove the caller.
    #[must_use]
    pub fn is_proven_by<'a>(&self, values: impl IntoIterator<Item = &'a [u8]>) -> bool {
        self.0.is_proven_by_values(values)
    }
}

/// A call of a hook: tokens are about to be issued. The legacy call of the refresh hook has the same parts.
///
/// `Debug` shows the client, the grant and the scopes, never claims.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct TokenHookCall {
    /// The user: with Kratos, the identity's id. Empty for a client on its own behalf.
    pub subject: String,
    /// The client.
    pub client_id: String,
    /// The grant types: `authorization_code`, `refresh_token` and so on.
    pub grant_types: Vec<String>,
    /// The requested scopes: more than the user granted, perhaps. The refresh hook does not name them.
    pub requested_scopes: Vec<String>,
    /// The granted scopes. Hydra 26.2.0 names none when an authorization code is exchanged, and all when tokens are refreshed.
    pub granted_scopes: Vec<String>,
    /// The granted audiences.
    pub granted_audience: Vec<String>,
    /// The claims of the access token so far.
    pub access_claims: Option<RawJson>,
    /// The claims of the ID token so far, those that Hydra sets itself included.
    pub id_claims: Option<RawJson>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wire {
    subject: Option<String>,
    session: Option<Session>,
    request: Option<Request>,
    requester: Option<Request>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Session {
    subject: Option<String>,
    extra: Option<RawJson>,
    id_token: Option<IdToken>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct IdToken {
    subject: Option<String>,
    id_token_claims: Option<IdTokenClaims>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct IdTokenClaims {
    sub: Option<String>,
    ext: Option<RawJson>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Request {
    client_id: Option<String>,
    requested_scopes: Option<Vec<String>>,
    granted_scopes: Option<Vec<String>>,
    granted_audience: Option<Vec<String>>,
    grant_types: Option<Vec<String>>,
}

/// The body of a call cannot be used. Names the JSON path, never a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot decode the call of Hydra's token hook at `{path}`: {what}")]
pub struct TokenHookDecodeError {
    path: String,
    what: &'static str,
}

impl TokenHookCall {
    /// Reads the body of a call.
    ///
    /// # Errors
    /// When it is not a call of the token hook or the refresh hook: it names no client.
    pub fn decode(body: &[u8]) -> Result<Self, TokenHookDecodeError> {
        let wire: Wire = decode_salvaging(body)
            .map_err(|error| TokenHookDecodeError { path: error.path, what: error.what })?;
        let session = wire.session.unwrap_or_default();
        let id_token = session.id_token.unwrap_or_default();
        let id_claims = id_token.id_token_claims.unwrap_or_default();
        let request = wire.request.or(wire.requester).unwrap_or_default();
        let client_id = request.client_id.filter(|client| !client.is_empty());
        let what = "missing field";
        let client_id =
            client_id.ok_or_else(|| TokenHookDecodeError { path: "request.client_id".to_owned(), what })?;
        let subject = wire.subject.or(session.subject).or(id_token.subject).or(id_claims.sub);
        Ok(Self {
            subject: subject.unwrap_or_default(),
            client_id,
            grant_types: request.grant_types.unwrap_or_default(),
            requested_scopes: request.requested_scopes.unwrap_or_default(),
            granted_scopes: request.granted_scopes.unwrap_or_default(),
            granted_audience: request.granted_audience.unwrap_or_default(),
            access_claims: session.extra,
            id_claims: id_claims.ext,
        })
    }

    /// Returns whether tokens are refreshed.
    #[must_use]
    pub fn is_refresh(&self) -> bool {
        self.grant_types.iter().any(|grant| grant == "refresh_token")
    }

    /// Returns whether the client requested this scope.
    #[must_use]
    pub fn requests(&self, scope: &str) -> bool {
        self.requested_scopes.iter().any(|requested| requested == scope)
    }

    /// Returns whether this scope is granted, as far as Hydra says: see [`granted_scopes`](Self::granted_scopes).
    #[must_use]
    pub fn grants(&self, scope: &str) -> bool {
        self.granted_scopes.iter().any(|granted| granted == scope)
    }
}

impl fmt::Debug for TokenHookCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenHookCall")
            .field("client_id", &self.client_id)
            .field("grant_types", &self.grant_types)
            .field("granted_scopes", &self.granted_scopes)
            .finish_non_exhaustive()
    }
}

/// The answer to a call.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum TokenHookAnswer {
    /// Issues the tokens with the claims that they have: 204.
    Keep,
    /// Issues the tokens with these claims: 200. Hydra 26.2.0 adds them to those of the consent when an authorization code is
    /// exchanged, and puts them in place of all when tokens are refreshed, `sid` of the ID token included.
    Replace(Claims),
    /// Issues no tokens: 403. The client receives `access_denied`.
    Deny,
}

impl TokenHookAnswer {
    /// Returns the status and the JSON body.
    #[must_use]
    pub fn into_response(self) -> (StatusCode, Bytes) {
        match self {
            Self::Keep => (StatusCode::NO_CONTENT, Bytes::new()),
            Self::Deny => (StatusCode::FORBIDDEN, Bytes::new()),
            Self::Replace(claims) => {
                let (id_token, access_token) = claims.into_parts();
                let body = json!({ "session": { "id_token": id_token, "access_token": access_token } });
                (StatusCode::OK, body.to_string().into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_hooks_are_read() {
        let token = r#"{"session":{"id_token":{"id_token_claims":{"sub":"u","ext":{"email":"a@b"}},"subject":"u"},
            "extra":{"g":1},"client_id":"c"},"request":{"client_id":"c","requested_scopes":["openid"],
            "granted_scopes":["openid"],"granted_audience":[],"grant_types":["authorization_code"],"payload":{}}}"#;
        let call = TokenHookCall::decode(token.as_bytes()).unwrap();
        assert_eq!((call.subject.as_str(), call.client_id.as_str(), call.is_refresh()), ("u", "c", false));
        assert!(call.grants("openid") && !call.grants("email") && call.requests("openid"));
        assert_eq!(call.access_claims.unwrap().as_str(), r#"{"g":1}"#);
        let refresh = r#"{"subject":"u","session":{"id_token":null,"extra":null},"requester":{"client_id":"c",
            "granted_scopes":["openid"],"granted_audience":null,"grant_types":["refresh_token"]},"client_id":"c"}"#;
        let call = TokenHookCall::decode(refresh.as_bytes()).unwrap();
        assert!(call.is_refresh() && call.subject == "u" && call.access_claims.is_none());
        assert!(!format!("{call:?}").contains("u\""), "{call:?}");
        for bad in ["", "{}", "[]", r#"{"request":{"client_id":""}}"#, r#"{"request":7}"#] {
            assert!(TokenHookCall::decode(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_answer_is_one_of_three_statuses() {
        assert_eq!(TokenHookAnswer::Keep.into_response(), (StatusCode::NO_CONTENT, Bytes::new()));
        assert_eq!(TokenHookAnswer::Deny.into_response().0, StatusCode::FORBIDDEN);
        let (status, body) =
            TokenHookAnswer::Replace(Claims::new().with_access_claim("g", 1)).into_response();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        let expected = serde_json::json!({ "session": { "access_token": { "g": 1 }, "id_token": {} } });
        assert_eq!((status, body), (StatusCode::OK, expected));
    }
}
