//! Single sign-on: what a `state` stands for, and the credential.

use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::identity::Identity;
use super::{World, secret};
use crate::sso::{Claims, State};
use crate::webauthn::keys_of;

/// The lifespan of a sign-on (Kratos 26.2.0, selfservice/strategy/oidc/strategy_login.go).
const LIFESPAN: Duration = Duration::minutes(30);

/// A user sent to the provider.
#[derive(Clone)]
pub(crate) struct SignOn {
    pub(crate) flow: Uuid,
    pub(crate) provider: String,
    /// The PKCE verifier.
    pub(crate) verifier: String,
    expires_at: OffsetDateTime,
}

/// The codes of a native flow for the exchange of its session token.
#[derive(Clone)]
pub(crate) struct ExchangeCodes {
    pub(crate) init: String,
    pub(crate) back: String,
}

/// A sign-on to add to the account that its user proves to own (account linking).
#[derive(Clone)]
pub(crate) struct Linking {
    pub(crate) provider: String,
    pub(crate) subject: String,
    /// The identifier of both.
    pub(crate) identifier: String,
}

/// The provider that the server is configured with.
pub(crate) struct Provider {
    pub(crate) id: String,
    pub(crate) label: String,
    state: std::sync::Arc<parking_lot::Mutex<State>>,
}

impl Provider {
    pub(crate) fn new(id: String, label: String, state: std::sync::Arc<parking_lot::Mutex<State>>) -> Self {
        Self { id, label, state }
    }

    pub(crate) fn issuer(&self) -> String {
        self.state.lock().issuer().to_owned()
    }

    /// Exchanges a code for the claims about its user.
    pub(crate) fn claims(&self, code: &str, redirect: &str, verifier: &str) -> Option<Claims> {
        self.state.lock().redeem(code, &self.id, redirect, verifier).map(|(claims, _)| claims)
    }
}

impl World {
    /// Notes a sign-on, and returns its `state`.
    pub(crate) fn begin_sign_on(&mut self, flow: Uuid, provider: &str, verifier: &str) -> String {
        let now = self.now();
        self.sign_ons.retain(|_, known| known.expires_at > now);
        let state = secret::token("");
        let (provider, verifier) = (provider.to_owned(), verifier.to_owned());
        self.sign_ons.insert(state.clone(), SignOn { flow, provider, verifier, expires_at: now + LIFESPAN });
        state
    }

    pub(crate) fn sign_on(&self, state: &str) -> Option<SignOn> {
        self.sign_ons.get(state).filter(|known| known.expires_at > self.now()).cloned()
    }
}

impl Identity {
    /// The ids of the linked providers.
    pub(crate) fn linked(&self) -> Vec<&str> {
        let known = self.credentials.get("oidc").map(|known| &known.config);
        let list = known.and_then(|config| config.get("providers")).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(|link| link.get("provider")?.as_str()).collect()
    }

    /// Links a provider's user.
    pub(crate) fn link(&mut self, provider: &str, subject: &str, now: OffsetDateTime) {
        let known = self.credentials.get("oidc");
        let mut identifiers = known.map(|known| known.identifiers.clone()).unwrap_or_default();
        let mut list =
            known.and_then(|known| known.config.get("providers")?.as_array().cloned()).unwrap_or_default();
        identifiers.push(format!("{provider}:{subject}"));
        list.push(json!({
            "subject": subject, "provider": provider, "initial_id_token": "", "initial_access_token": "",
            "initial_refresh_token": "",
        }));
        self.set_credential("oidc", identifiers, json!({ "providers": list }), now);
    }

    /// Removes a provider's link.
    pub(crate) fn unlink(&mut self, provider: &str, now: OffsetDateTime) {
        let Some(known) = self.credentials.get("oidc") else { return };
        let start = format!("{provider}:");
        let identifiers =
            known.identifiers.iter().filter(|known| !known.starts_with(&start)).cloned().collect();
        let list = known.config.get("providers").and_then(Value::as_array);
        let list: Vec<Value> = list
            .into_iter()
            .flatten()
            .filter(|link| link.get("provider").is_none_or(|known| known != provider))
            .cloned()
            .collect();
        self.set_credential("oidc", identifiers, json!({ "providers": list }), now);
    }

    /// The number of credentials that sign the identity in by themselves.
    pub(crate) fn first_factors(&self, with_code: bool) -> usize {
        let code = with_code && self.credentials.contains_key("code");
        usize::from(self.can_use_password())
            + usize::from(code)
            + self.linked().len()
            + keys_of(self, "passkey").len()
    }
}
