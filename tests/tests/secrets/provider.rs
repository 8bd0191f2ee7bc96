//! What a provider's pages hold: challenges, form tokens, claims, keys.

use actix_web::FromRequest as _;
use kratos_axum::oauth2::{
    ClaimMapping, Claims, ConsentGrant, ConsentsOf, GrantedScopes, HookAuth, HydraAdmin, OAuth2Pages,
    ProviderRefusal, ProviderRoutes, RememberConsent, TokenHook, TokenHookAnswer, TokenHookAuth,
    TokenHookCall, TokenReply,
    backchannel::{LogoutNotice, LogoutVerifier},
    model::{
        ConsentRequest, ConsentSession, LoginRequest, LogoutRequest, OAuth2Client, OidcContext, ProviderError,
    },
};
use kratos_core::{Kratos, KratosRequest, resolve::StaticResolver};
use kratos_testkit::TestHydra;
use kratos_ui::{
    FormPage,
    view::{ButtonStyle, PageKind, Severity},
};
use serde_json::{Value, json};

use crate::shown::{clean, debugged, error, secret};

/// A request of Hydra with a secret in each field that can hold one.
fn request() -> Value {
    json!({
        "challenge": secret("challenge"), "consent_request_id": "c", "skip": false, "subject": "u",
        "requested_scope": ["openid"], "requested_access_token_audience": ["a"],
        "client": {
            "client_id": "shop", "client_name": "Shop", "redirect_uris": [format!("https://rp.example/?x={}", secret("redirect"))],
            "post_logout_redirect_uris": [secret("bye")], "metadata": { "x": secret("metadata") }, "client_secret": secret("client"),
        },
        "request_url": format!("https://id.example/?state={}", secret("state")),
        "oidc_context": { "login_hint": secret("hint"), "id_token_hint_claims": { "x": secret("claims") }, "acr_values": ["aal2"] },
        "login_challenge": secret("login"), "login_session_id": "s", "amr": ["password"], "context": { "x": secret("context") },
        "rp_initiated": true, "sid": "s", "from_tomorrow": secret("unknown"),
    })
}

pub fn requests() {
    let text = request().to_string();
    debugged(&serde_json::from_str::<ConsentRequest>(&text).unwrap());
    debugged(&serde_json::from_str::<LoginRequest>(&text).unwrap());
    debugged(&serde_json::from_str::<LogoutRequest>(&text).unwrap());
    debugged(&serde_json::from_value::<OAuth2Client>(request()["client"].clone()).unwrap());
    debugged(&serde_json::from_value::<OidcContext>(request()["oidc_context"].clone()).unwrap());
    let given = json!({
        "consent_request": request(), "grant_scope": ["openid"],
        "session": { "id_token": { "email": secret("email") }, "access_token": { "x": secret("access") } },
    });
    let given: ConsentSession = serde_json::from_value(given).unwrap();
    debugged(&given);
    debugged(&given.session.unwrap());
    debugged(
        &serde_json::from_value::<ProviderError>(json!({ "error": "x", "debug": secret("debug") })).unwrap(),
    );
    let claims =
        || Claims::new().with_id_claim("email", secret("email")).with_access_claim("x", secret("access"));
    debugged(&claims());
    debugged(&ConsentGrant::new(["openid"]).with_claims(claims()));
    debugged(&ConsentsOf::subject("u").with_client("shop"));
    debugged(&ProviderRefusal::access_denied());
    debugged(&ClaimMapping::new());
    debugged(&GrantedScopes::from_iter(["openid"]));
    debugged(&RememberConsent::Never);
    debugged(&TokenHookAnswer::Replace(claims()));
    debugged(&TokenReply(TokenHookAnswer::Replace(claims())));
    debugged(&kratos_actix::oauth2::TokenReply(TokenHookAnswer::Replace(claims())));
    let page = FormPage::new(PageKind::Consent, "Consent", "/oauth2/consent")
        .with_hidden("form_token", secret("form"))
        .with_hidden("consent_challenge", secret("challenge"))
        .with_identifier(secret("account"))
        .with_message(Severity::Error, secret("message"))
        .with_button("decision", "accept", "Allow", ButtonStyle::Primary);
    debugged(&page);
}

pub fn hooks() {
    let auth =
        TokenHookAuth::new(HookAuth::api_key_header("x-key", secret("hook-key-of-16-or-more")).unwrap());
    debugged(&auth);
    let body = json!({
        "session": { "id_token": { "id_token_claims": { "ext": { "email": secret("email") } } }, "extra": { "x": secret("access") } },
        "request": { "client_id": "shop", "payload": { "code": [secret("code")] }, "grant_types": ["authorization_code"] },
    });
    let call = TokenHookCall::decode(body.to_string().as_bytes()).unwrap();
    debugged(&call);
    debugged(&TokenHook(call.clone()));
    debugged(&kratos_actix::oauth2::TokenHook(call));
    let wrong = json!({ "request": { "client_id": "", "payload": secret("code") } });
    error(&TokenHookCall::decode(wrong.to_string().as_bytes()).unwrap_err());
    let broken = format!("{{\"request\": {}", secret("code"));
    error(&TokenHookCall::decode(broken.as_bytes()).unwrap_err());
}

pub async fn pages() {
    let hydra = TestHydra::builder("http://localhost:4455").start().await.unwrap();
    debugged(&hydra);
    debugged(&TestHydra::builder("http://localhost:4455").with_token_hook(
        "http://127.0.0.1:9",
        "x-key",
        secret("key"),
    ));
    let admin = HydraAdmin::new(hydra.admin_url()).unwrap().with_key(secret("admin-key"));
    debugged(&admin);
    let challenge = secret("challenge");
    error(&admin.get_consent_request(&challenge).await.unwrap_err());
    error(&admin.get_logout_request(&challenge).await.unwrap_err());
    error(&admin.accept_user_code(&challenge, &secret("code")).await.unwrap_err());
    error(&HydraAdmin::new("http://127.0.0.1:9").unwrap().get_login_request(&challenge).await.unwrap_err());
    error(&HydraAdmin::new(&format!("no url {}", secret("url"))).unwrap_err());

    let kratos = Kratos::from_resolver(StaticResolver::anonymous())
        .with_secret(secret("secret-of-32-bytes-and-more-and-more"))
        .unwrap();
    let pages = OAuth2Pages::new(&kratos, admin, "Acme").with_remember(RememberConsent::Never);
    debugged(&pages);
    debugged(&ProviderRoutes::new());
    debugged(&kratos_actix::oauth2::ProviderService::new(pages.clone()));
    let headers = http::HeaderMap::new();
    let session = kratos.request(&headers);
    let path = format!("/oauth2/device?device_challenge={challenge}");
    let request = KratosRequest::new(session, "GET", &path, headers);
    let shown = pages.device(&request).await;
    debugged(&shown);
    let refused = pages.consent(&request).await;
    clean("the body of a refusal", &String::from_utf8_lossy(&refused.body));

    let unguarded = http::Request::new(axum::body::Body::from(secret("body")));
    let extracted = <TokenHook as axum::extract::FromRequest<()>>::from_request(unguarded, &()).await;
    debugged(&extracted.unwrap_err());
    let unguarded = actix_web::test::TestRequest::post().set_payload(secret("body")).to_http_request();
    let rejection = kratos_actix::oauth2::TokenHook::extract(&unguarded).await.unwrap_err();
    debugged(&rejection);
    clean("a token hook's error", &rejection.to_string());

    let mut notice = LogoutNotice::default();
    (notice.sid, notice.sub) = (Some(secret("sid")), Some(secret("sub")));
    debugged(&notice);
    let verifier = LogoutVerifier::new("https://id.example/", "shop", "http://127.0.0.1:9/keys").unwrap();
    debugged(&verifier);
    let form = format!("logout_token={}", secret("token"));
    let received = verifier.receive(form.as_bytes(), |notice| async move {
        debugged(&notice);
        Ok::<_, std::convert::Infallible>(())
    });
    debugged(&received.await);
}
