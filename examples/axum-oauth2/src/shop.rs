//! A relying party: what a shop does to let users sign in with their account at the provider.

use std::{
    collections::HashMap,
    error::Error,
    sync::{Arc, Mutex, PoisonError},
};

use openidconnect::{
    AdditionalClaims, AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IdTokenFields, IssuerUrl,
    Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse,
    StandardTokenResponse, TokenResponse as _,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim,
        CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata,
        CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};

use crate::servers::Servers;

/// What Hydra adds to the standard claims: its session, which a back-channel logout names.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Hydra {
    sid: String,
}

impl AdditionalClaims for Hydra {}

type Fields = IdTokenFields<
    Hydra,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Client = openidconnect::Client<
    Hydra,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    CoreErrorResponse,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

type CoreErrorResponse = StandardErrorResponse<CoreErrorResponseType>;

/// The relying party. Clones share its sessions.
#[derive(Clone)]
pub struct Shop(Arc<Inner>);

struct Inner {
    client: Client,
    end_session: String,
    url: String,
    /// By the value of the shop's cookie. A real shop keeps them in its database, and forgets what is old.
    visits: Mutex<HashMap<String, Visit>>,
}

enum Visit {
    /// The user is at the provider.
    Leaving {
        state: CsrfToken,
        nonce: Nonce,
        verifier: PkceCodeVerifier,
    },
    SignedIn {
        email: String,
        id_token: String,
        sid: String,
    },
}

/// What the provider sends to `/callback`.
#[derive(Deserialize)]
pub struct Callback {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
}

impl Shop {
    pub async fn new(servers: &Servers, url: &str) -> Result<Self, Box<dyn Error>> {
        let issuer = IssuerUrl::new(format!("{}/", servers.hydra_public))?;
        let provider = CoreProviderMetadata::discover_async(issuer, &send).await?;
        let id = ClientId::new(servers.client_id.clone());
        let secret = ClientSecret::new(servers.client_secret.clone());
        let client = Client::from_provider_metadata(provider, id, Some(secret))
            .set_auth_type(AuthType::RequestBody)
            .set_redirect_uri(RedirectUrl::new(format!("{url}/callback"))?);
        let end_session = format!("{}/oauth2/sessions/logout", servers.hydra_public);
        Ok(Self(Arc::new(Inner { client, end_session, url: url.to_owned(), visits: Mutex::default() })))
    }

    /// Sends the user to the provider. Returns the shop's cookie and where to go.
    pub fn sign_in(&self) -> (String, String) {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let request = self.0.client.authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            CsrfToken::new_random,
            Nonce::new_random,
        );
        let (url, state, nonce) =
            request.add_scope(Scope::new("email".to_owned())).set_pkce_challenge(challenge).url();
        let cookie = self.keep(Visit::Leaving { state, nonce, verifier });
        (cookie, url.into())
    }

    /// Takes back the user who left with this cookie. Returns a new cookie.
    pub async fn arrive(&self, cookie: &str, callback: Callback) -> Result<String, String> {
        let left = self.visits().remove(cookie);
        let Some(Visit::Leaving { state, nonce, verifier }) = left else {
            return Err("not sent from here".to_owned());
        };
        if callback.state.as_deref() != Some(state.secret()) {
            return Err("another state".to_owned());
        }
        let code = callback.code.ok_or_else(|| callback.error.unwrap_or_default())?;
        let exchange =
            self.0.client.exchange_code(AuthorizationCode::new(code)).map_err(|error| error.to_string())?;
        let tokens = exchange.set_pkce_verifier(verifier).request_async(&send).await;
        let tokens = tokens.map_err(|error| error.to_string())?;
        let id_token = tokens.id_token().ok_or("no ID token")?;
        // Hydra signs by RS256, and the Hydra in this process by ES256.
        let verifier = self.0.client.id_token_verifier().set_allowed_algs([
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        ]);
        let claims = id_token.claims(&verifier, &nonce).map_err(|error| error.to_string())?;
        let email = claims.email().map(|email| email.to_string()).unwrap_or_else(|| "a user".to_owned());
        let sid = claims.additional_claims().sid.clone();
        Ok(self.keep(Visit::SignedIn { email, id_token: id_token.to_string(), sid }))
    }

    /// The signed-in user's address.
    pub fn user(&self, cookie: &str) -> Option<String> {
        match self.visits().get(cookie) {
            Some(Visit::SignedIn { email, .. }) => Some(email.clone()),
            _ => None,
        }
    }

    /// Signs out here, and sends the user to the provider to sign out there.
    pub fn sign_out(&self, cookie: &str) -> String {
        match self.visits().remove(cookie) {
            Some(Visit::SignedIn { id_token, .. }) => {
                // Base64 and dots need no escape, and the shop's URL has no `&`.
                format!(
                    "{}?id_token_hint={id_token}&post_logout_redirect_uri={}/",
                    self.0.end_session, self.0.url
                )
            }
            _ => "/".to_owned(),
        }
    }

    /// Ends the sessions that began with this session at the provider: a back-channel logout.
    pub fn end(&self, ended: &str) {
        self.visits().retain(|_, visit| !matches!(visit, Visit::SignedIn { sid, .. } if sid == ended));
    }

    fn keep(&self, visit: Visit) -> String {
        let cookie = uuid::Uuid::new_v4().simple().to_string();
        self.visits().insert(cookie.clone(), visit);
        cookie
    }

    fn visits(&self) -> std::sync::MutexGuard<'_, HashMap<String, Visit>> {
        self.0.visits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The calls of openidconnect, by reqwest.
async fn send(request: HttpRequest) -> Result<HttpResponse, reqwest::Error> {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let (parts, body) = request.into_parts();
    let sent = client.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body);
    let answer = sent.send().await?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    let mut response = HttpResponse::new(answer.bytes().await?.to_vec());
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}
