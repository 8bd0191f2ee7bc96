//! Values that an application creates: credentials, submit bodies, clients, resolvers.

use std::{sync::Arc, time::Duration};

use http::{HeaderMap, HeaderValue, Method};
use kratos_core::{
    Kratos,
    client::{
        AdminClient, BatchIdentities, BrowserCookies, Client, ImportCredentials, JsonPatch, ListIdentities,
        ListMessages, NewFlow, NewIdentity, NewRecoveryLink, UpdatedIdentity,
        submit::{LoginBody, RecoveryBody, RegistrationBody, SettingsBody, VerificationBody},
    },
    credential::{CacheKeyHasher, Credential, CredentialReader},
    model::{Identity, SecretText, Session},
    policy::{Links, RequestView},
    resolve::{
        Aal2Required, CachedSession, CachingResolver, CircuitBreaker, HttpResolver, Jwks, JwtResolver,
        MemoryStore, Resolution, ResolveError, Resolved, SessionResolver as _, SessionStore as _,
        StaticResolver,
    },
    tokenize::SessionTokenizer,
};
use serde_json::json;

use crate::shown::{MARK, clean, debugged, error, secret};

const AWAY: &str = "http://127.0.0.1:9";

fn session() -> Session {
    let mut session = Session::new(uuid::Uuid::nil());
    session.tokenized = Some(secret("jwt").into());
    let identity = json!({"id": uuid::Uuid::nil(), "traits": {"pin": secret("pin")}});
    session.identity = Some(Arc::new(serde_json::from_value::<Identity>(identity).unwrap()));
    session
}

pub fn credentials() {
    let token = Credential::session_token(format!("ory_st_{}", secret("token")));
    let cookie = Credential::cookie(format!("ory_kratos_session={}", secret("cookie")));
    let hasher = CacheKeyHasher::with_secret(*b"MARKED-secret-16", "tenant");
    debugged(&hasher);
    for credential in [token, cookie] {
        debugged(&credential);
        debugged(&credential.to_header());
        debugged(&credential.cache_key(&hasher));
    }
    let cookies = BrowserCookies::new(format!("csrf_token={}", secret("csrf")));
    debugged(&cookies);
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("cookie", format!("ory_kratos_session={}", secret("cookie"))),
        ("x-session-token", format!("ory_st_{}", secret("token"))),
        ("authorization", format!("Bearer ory_st_{}", secret("bearer"))),
    ] {
        headers.clear();
        headers.insert(name, HeaderValue::try_from(value).unwrap());
        debugged(&CredentialReader::default().read(&headers));
        debugged(&BrowserCookies::from_headers(&headers));
        let session = Kratos::from_resolver(StaticResolver::active(session_of())).request(&headers);
        debugged(&session);
        debugged(&session.credential());
        debugged(&session.response_headers());
        debugged(&session.response_headers().headers(&HeaderMap::new()));
    }
}

fn session_of() -> Session {
    session()
}

pub async fn resolver_results() {
    let mut resolved = Resolved::new(Resolution::Active(Arc::new(session())));
    let mut line = HeaderValue::try_from(format!("ory_kratos_session={}", secret("cookie"))).unwrap();
    line.set_sensitive(true);
    resolved.cookies.push(line);
    debugged(&resolved);
    debugged(&StaticResolver::new(Ok(resolved.clone())));
    let demand = format!("http://localhost/self-service/login/browser?aal=aal2&token={}", secret("token"));
    debugged(&Resolution::Aal2Required(Box::new(Aal2Required::new(demand.parse().ok()))));
    let entry = CachedSession::new(
        Some(Arc::new(session())),
        kratos_core::model::Timestamp::from(time::OffsetDateTime::now_utc()),
    );
    debugged(&entry);
    let store = MemoryStore::new();
    let credential = Credential::session_token(format!("ory_st_{}", secret("token")));
    store.put(credential.cache_key(&CacheKeyHasher::random()), entry);
    debugged(&store);
    let cache =
        CachingResolver::new(StaticResolver::new(Ok(resolved)), Duration::from_secs(9)).with_store(store);
    debugged(&cache.resolve(&credential, kratos_core::resolve::Freshness::Cached).await);
    debugged(&cache);
    debugged(&cache.cached(&credential));
    debugged(&HttpResolver::new(AWAY).unwrap().with_breaker(CircuitBreaker::new()));
    debugged(&JwtResolver::new(Jwks::from_url(AWAY).unwrap()));
    let jwks = json!({"keys": [{"kty": "EC", "crv": "P-256", "kid": "k", "alg": "ES256", "x": "AA", "y": "AA", "d": secret("private")}]});
    match Jwks::from_json(jwks.to_string()) {
        Ok(jwks) => debugged(&jwks),
        Err(failed) => error(&failed),
    }
    let kept = Jwks::from_json(
        json!({"keys": [{"kty": "oct", "kid": "k", "alg": "HS256", "k": secret("shared")}]}).to_string(),
    );
    debugged(&kept);
    debugged(&SessionTokenizer::new(Client::new(AWAY).unwrap()));
}

pub async fn errors_of_calls_that_fail() {
    let credential = Credential::session_token(format!("ory_st_{}", secret("token")));
    let resolver = HttpResolver::new(AWAY).unwrap();
    let failed = resolver.resolve(&credential, kratos_core::resolve::Freshness::Live).await.unwrap_err();
    error(&failed);
    error(&ResolveError::unavailable("down").with_source(failed));
    let client = Client::new(AWAY).unwrap();
    error(&client.to_session(&credential).await.unwrap_err());
    let cookies = BrowserCookies::new(format!("csrf_token={}", secret("csrf")));
    let browser = client.browser(&cookies);
    debugged(&browser);
    error(&browser.logout(None).await.unwrap_err());
    let native = client.native().with_session_token(&SecretText::new(secret("token")));
    debugged(&native);
    error(&native.logout(&SecretText::new(secret("token"))).await.unwrap_err());
    let raw = client.raw(Method::POST, "/x").with_query("token", &secret("query")).with_cookies(&cookies);
    let raw = raw.with_form(&[("password", &secret("password"))]);
    debugged(&raw);
    error(&raw.send().await.unwrap_err());
    let admin = AdminClient::new(AWAY).unwrap().with_bearer_key(secret("key")).unwrap();
    debugged(&admin);
    error(&admin.get_identity(uuid::Uuid::nil()).await.unwrap_err());
    // A value that is not a valid header must not appear in the error.
    if let Err(failed) = AdminClient::new(AWAY).unwrap().with_bearer_key(format!("{}\n", secret("key"))) {
        error(&failed);
    }
}

pub fn configuration() {
    for url in [
        format!("http://ada:{}@localhost", secret("word")),
        format!("http://localhost/?token={}", secret("token")),
        format!("{}://localhost", secret("scheme")),
        format!("http://[{}", secret("host")),
    ] {
        for failed in [
            HttpResolver::new(&url).err(),
            Client::new(&url).err(),
            AdminClient::new(&url).err(),
            Links::new(&url, AWAY).err(),
            Links::new(AWAY, &url).err(),
            Jwks::from_url(&url).err(),
        ] {
            failed.iter().for_each(|failed| error(failed));
        }
    }
}

pub fn bodies() {
    let mark = secret("field");
    let traits = || json!({"email": "a", "pin": secret("pin")});
    debugged(&LoginBody::password("ada", &mark).with_csrf_token(&mark).with_field("x", mark.as_str()));
    debugged(&LoginBody::code().with_field("code", mark.as_str()));
    debugged(&LoginBody::identifier_first(&mark));
    debugged(&LoginBody::lookup_secret(&mark));
    debugged(&LoginBody::oidc("lab").with_id_token(&mark).with_id_token_nonce(&mark));
    debugged(&LoginBody::passkey(&mark));
    debugged(&LoginBody::saml("lab").with_csrf_token(&mark));
    debugged(&LoginBody::totp(&mark));
    debugged(&LoginBody::webauthn("ada").with_csrf_token(&mark));
    debugged(&RegistrationBody::code(traits()));
    debugged(&RegistrationBody::oidc("lab").with_csrf_token(&mark));
    debugged(&RegistrationBody::passkey(traits()));
    debugged(&RegistrationBody::password(traits(), &mark).with_transient_payload(json!({"x": mark})));
    debugged(&RegistrationBody::profile(traits()));
    debugged(&RegistrationBody::saml("lab").with_csrf_token(&mark));
    debugged(&RegistrationBody::webauthn(traits()));
    debugged(&SettingsBody::reveal_lookup_secrets().with_csrf_token(&mark));
    debugged(&SettingsBody::link_oidc("lab").with_csrf_token(&mark));
    debugged(&SettingsBody::add_passkey(&mark));
    debugged(&SettingsBody::password(&mark));
    debugged(&SettingsBody::profile(traits()));
    debugged(&SettingsBody::link_saml("lab").with_csrf_token(&mark));
    debugged(&SettingsBody::enrol_totp(&mark));
    debugged(&SettingsBody::add_webauthn(&mark));
    debugged(&RecoveryBody::code().with_email(&mark));
    debugged(&RecoveryBody::link(&mark));
    debugged(&VerificationBody::code().with_email(&mark));
    debugged(&VerificationBody::link(&mark));
    let fields = json!({"method": "password", "password": mark}).as_object().unwrap().clone();
    debugged(&LoginBody::from_fields(fields));
    let credentials = ImportCredentials::new()
        .with_password(&mark)
        .with_hashed_password(&mark)
        .with("x", json!({"x": mark}));
    debugged(&credentials);
    let new = NewIdentity::new("person", json!({"pin": mark})).with_credentials(credentials.clone());
    debugged(&new);
    debugged(&UpdatedIdentity::new("person", json!({"pin": mark})).with_credentials(credentials));
    debugged(&BatchIdentities::new().with_identity(&new, None));
    debugged(&JsonPatch::new().with_replace("/credentials/password", json!(mark)));
}

pub fn questions() {
    debugged(&NewFlow::new().with_return_to(secret("return-to")).with_login_challenge(secret("challenge")));
    debugged(&ListIdentities::new().with_credentials_identifier(&secret("identifier")));
    debugged(&ListMessages::new().with_recipient(&secret("recipient")));
    debugged(&NewRecoveryLink::new(uuid::Uuid::nil()).with_return_to(&secret("return-to")));
}

pub async fn responses() {
    let mut headers = HeaderMap::new();
    headers
        .insert("cookie", HeaderValue::try_from(format!("ory_kratos_session={}", secret("cookie"))).unwrap());
    headers.insert("accept", HeaderValue::from_static("text/html"));
    let resolver = StaticResolver::failing(
        ResolveError::unavailable("down").with_source(std::io::Error::other(secret("source"))),
    );
    let sessions = Kratos::from_resolver(resolver)
        .with_app("https://app.example")
        .unwrap()
        .with_browser_url(AWAY)
        .unwrap();
    let request = RequestView::new("GET", "/", &headers);
    let answer = sessions.request(&headers).session(&request).await.unwrap_err();
    error(&answer);
    debugged(&answer);
    let answer = answer.into_response();
    let told = format!("{:?} {}", answer.headers, String::from_utf8_lossy(&answer.body));
    clean("a response", &told);
    error(&answer.refusal.clone());
    debugged(&answer);
    let path = format!("/page?code={}", secret("code"));
    let request = RequestView::new("GET", &path, &headers);
    let anonymous = Kratos::from_resolver(StaticResolver::anonymous())
        .with_app("https://app.example")
        .unwrap()
        .with_browser_url(AWAY)
        .unwrap();
    let session = anonymous.request(&headers);
    let decision = session.decide(&kratos_core::policy::Requirement::signed_in(), &request).await;
    assert!(matches!(decision, kratos_core::policy::Decision::Redirect { .. }));
    debugged(&decision);
    debugged(&decision.response());
    debugged(&sessions);
    assert!(headers.values().any(|value| value.to_str().unwrap().contains(MARK)));
}
