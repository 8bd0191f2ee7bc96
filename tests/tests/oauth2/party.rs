//! A relying party, by the crate openidconnect.

use std::{
    net::TcpListener,
    sync::{Arc, Mutex},
};

use kratos_axum::oauth2::backchannel::{LogoutNotice, LogoutVerifier};
use kratos_tests::http::{Answer, client};
use openidconnect::{
    AccessToken, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse, IssuerUrl,
    Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken, Scope,
    core::{
        CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreJwsSigningAlgorithm, CoreProviderMetadata,
        CoreTokenResponse,
    },
};
use serde_json::Value;
use url::Url;

use crate::{app::Framework, place::Place, visitor::Visitor};

/// Where users return to. Nothing listens there: a visitor stops.
pub(crate) const CALLBACK: &str = "http://127.0.0.1:9/callback";
/// Where users return to after a logout.
pub(crate) const GOODBYE: &str = "http://127.0.0.1:9/goodbye";

pub(crate) struct Party<'a> {
    pub(crate) place: &'a Place,
    pub(crate) id: String,
    secret: String,
    provider: CoreProviderMetadata,
}

/// A request that the user has not answered yet.
pub(crate) struct Asking {
    pub(crate) url: Url,
    state: CsrfToken,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
}

/// The tokens of a user.
pub(crate) struct Tokens {
    pub(crate) response: CoreTokenResponse,
    pub(crate) id_token: CoreIdToken,
    /// The claims of the ID token, whose signature, issuer, audience, time and nonce were verified.
    pub(crate) claims: Value,
}

impl<'a> Party<'a> {
    pub(crate) async fn new(place: &'a Place, settings: Value) -> Self {
        let client = place.client(settings).await;
        let text = |name: &str| client[name].as_str().unwrap_or_default().to_owned();
        let issuer = IssuerUrl::new(format!("{}/", place.hydra_public)).unwrap();
        let provider =
            CoreProviderMetadata::discover_async(issuer, &send).await.expect("the provider's metadata");
        Self { place, id: text("client_id"), secret: text("client_secret"), provider }
    }

    /// Makes a request for these scopes, with further parameters.
    pub(crate) fn ask(&self, scopes: &str, more: &[(&str, &str)]) -> Asking {
        let client = self.client();
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = client.authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            CsrfToken::new_random,
            Nonce::new_random,
        );
        // `openid` is there already.
        for scope in scopes.split_whitespace().filter(|scope| *scope != "openid") {
            request = request.add_scope(Scope::new(scope.to_owned()));
        }
        for (name, value) in more {
            request = request.add_extra_param(*name, *value);
        }
        let (url, state, nonce) = request.set_pkce_challenge(challenge).url();
        Asking { url, state, nonce, verifier }
    }

    /// Exchanges the code that a visitor brought.
    pub(crate) async fn exchange(&self, asking: Asking, visitor: &Visitor<'_>) -> Tokens {
        assert_eq!(&visitor.received("state"), asking.state.secret());
        let code = AuthorizationCode::new(visitor.received("code"));
        let client = self.client();
        let request = client.exchange_code(code).unwrap().set_pkce_verifier(asking.verifier);
        let response =
            request.request_async(&send).await.unwrap_or_else(|error| panic!("no tokens: {error:?}"));
        self.verified(response, Some(&asking.nonce))
    }

    /// Exchanges the code, which is refused. Returns the error.
    pub(crate) async fn exchange_refused(&self, asking: Asking, visitor: &Visitor<'_>) -> String {
        let code = AuthorizationCode::new(visitor.received("code"));
        let client = self.client();
        let request = client.exchange_code(code).unwrap().set_pkce_verifier(asking.verifier);
        format!("{:?}", request.request_async(&send).await.expect_err("a refusal"))
    }

    pub(crate) async fn refresh(&self, token: &RefreshToken) -> Result<Tokens, String> {
        let client = self.client();
        let request = client.exchange_refresh_token(token).unwrap();
        let response = request.request_async(&send).await.map_err(|error| format!("{error:?}"))?;
        Ok(self.verified(response, None))
    }

    pub(crate) async fn userinfo(&self, token: &AccessToken) -> Answer {
        let url = format!("{}/userinfo", self.place.hydra_public);
        Answer::of(client().get(url).bearer_auth(token.secret())).await
    }

    /// Posts a form to the token endpoint or beside it.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut fields = fields.to_vec();
        fields.extend([("client_id", self.id.as_str()), ("client_secret", self.secret.as_str())]);
        Answer::of(client().post(format!("{}{path}", self.place.hydra_public)).form(&fields)).await
    }

    fn verified(&self, response: CoreTokenResponse, nonce: Option<&Nonce>) -> Tokens {
        use openidconnect::TokenResponse as _;
        let id_token = response.id_token().expect("an ID token").clone();
        let client = self.client();
        let verifier = client.id_token_verifier().set_allowed_algs([
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        ]);
        // The nonce of a refreshed ID token is that of the first (OpenID Connect Core §12.2).
        let verified = match nonce {
            Some(nonce) => id_token.claims(&verifier, nonce).map(drop),
            None => id_token.claims(&verifier, |_: Option<&Nonce>| Ok(())).map(drop),
        };
        verified.unwrap_or_else(|error| panic!("the ID token: {error:?}"));
        let claims = claims_of(&id_token.to_string());
        Tokens { response, id_token, claims }
    }

    fn client(
        &self,
    ) -> CoreClient<
        openidconnect::EndpointSet,
        openidconnect::EndpointNotSet,
        openidconnect::EndpointNotSet,
        openidconnect::EndpointNotSet,
        openidconnect::EndpointMaybeSet,
        openidconnect::EndpointMaybeSet,
    > {
        let id = ClientId::new(self.id.clone());
        let secret = ClientSecret::new(self.secret.clone());
        CoreClient::from_provider_metadata(self.provider.clone(), id, Some(secret))
            .set_auth_type(openidconnect::AuthType::RequestBody)
            .set_redirect_uri(RedirectUrl::new(CALLBACK.to_owned()).unwrap())
    }

    /// The URL at which the relying party ends the provider's session.
    pub(crate) fn end_session_url(&self, id_token: &CoreIdToken, state: &str) -> String {
        let mut url = Url::parse(&format!("{}/oauth2/sessions/logout", self.place.hydra_public)).unwrap();
        url.query_pairs_mut()
            .append_pair("id_token_hint", &id_token.to_string())
            .append_pair("post_logout_redirect_uri", GOODBYE)
            .append_pair("state", state);
        url.into()
    }
}

/// The claims of a JWT.
pub(crate) fn claims_of(jwt: &str) -> Value {
    use base64::Engine as _;
    let payload = jwt.split('.').nth(1).unwrap();
    let payload = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload).unwrap();
    serde_json::from_slice(&payload).unwrap()
}

async fn send(request: HttpRequest) -> Result<HttpResponse, reqwest::Error> {
    let (parts, body) = request.into_parts();
    let url = parts.uri.to_string();
    let request = client().request(parts.method, url).headers(parts.headers).body(body);
    let answer = request.send().await?;
    let mut response = http::Response::builder().status(answer.status());
    *response.headers_mut().unwrap() = answer.headers().clone();
    Ok(response.body(answer.bytes().await?.to_vec()).unwrap())
}

/// Back-channel logouts of a relying party, received by one framework.
#[derive(Clone, Default)]
pub(crate) struct Logouts(Arc<Mutex<Vec<LogoutNotice>>>);

impl Logouts {
    pub(crate) fn all(&self) -> Vec<LogoutNotice> {
        self.0.lock().unwrap().clone()
    }

    pub(crate) async fn wait(&self, count: usize) -> Vec<LogoutNotice> {
        for _ in 0..200 {
            if self.all().len() >= count {
                return self.all();
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("{} of {count} logouts were received", self.all().len());
    }
}

/// A listener for logout tokens, before the client is known.
pub(crate) struct Receiver(TcpListener);

impl Receiver {
    pub(crate) fn bind() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/logout", self.0.local_addr().unwrap().port())
    }

    /// Receives the logouts of this client.
    pub(crate) fn serve(self, place: &Place, client_id: &str) -> Logouts {
        let keys = format!("{}/.well-known/jwks.json", place.hydra_public);
        let verifier = LogoutVerifier::new(&format!("{}/", place.hydra_public), client_id, &keys).unwrap();
        let logouts = Logouts::default();
        let received = logouts.clone();
        let end = move |notice: LogoutNotice| {
            let received = received.clone();
            async move {
                received.0.lock().unwrap().push(notice);
                Ok::<_, std::convert::Infallible>(())
            }
        };
        match place.framework {
            Framework::Axum => {
                let route = kratos_axum::oauth2::backchannel_logout(verifier, end);
                let app = axum::Router::new().route("/logout", route);
                let listener = tokio::net::TcpListener::from_std(self.0).unwrap();
                tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
            }
            Framework::Actix => {
                std::thread::spawn(move || {
                    let app = move || {
                        let route = kratos_actix::oauth2::backchannel_logout(verifier.clone(), end.clone());
                        actix_web::App::new().route("/logout", route)
                    };
                    let server = actix_web::HttpServer::new(app).workers(1).disable_signals();
                    actix_web::rt::System::new().block_on(server.listen(self.0).unwrap().run()).unwrap();
                });
            }
        }
        logouts
    }
}
