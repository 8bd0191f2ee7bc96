//! Sessions as tokens: taken in place of a session, and exchanged for one.

use crate::app::{App, Site, active, assert_led, assert_refused, cookie, jwks, resolver, tokens};
use kratos_core::Kratos;
use kratos_core::client::Client;
use kratos_core::credential::{Credential, CredentialReader};
use kratos_core::resolve::{Freshness, HttpResolver, Jwks, JwtResolver, SessionResolver as _};
use kratos_core::tokenize::{Exchanged, SessionJwt, SessionTokenizer};
use kratos_tests::http::Jar;

/// An address where nobody listens.
const NOBODY: &str = "http://127.0.0.1:9";

fn exchanger(site: &Site) -> SessionTokenizer {
    SessionTokenizer::new(Client::new(&site.public_url).unwrap())
}

/// The session of a credential as a token.
async fn token_of(site: &Site, credential: &Credential) -> SessionJwt {
    let template = site.token_template.as_deref().expect("a template");
    match exchanger(site).token(credential, template).await.unwrap() {
        Exchanged::Jwt(token) => token,
        other => panic!("{other:?}"),
    }
}

fn bearer(token: &SessionJwt) -> String {
    format!("Bearer {}", token.expose_secret())
}

/// How often the testkit was asked whoami; nothing is known of a real server.
fn asked(site: &Site) -> usize {
    site.testkit.as_ref().map_or(0, |kratos| kratos.count("/sessions/whoami"))
}

pub(crate) async fn cheap(site: &Site) {
    let ada = site.sign_up().await;
    let token = ada.token().await;
    let jwt = bearer(&token_of(site, &Credential::session_token(&token)).await);
    let app = App::with(site, tokens(site, jwks(site))).await;
    let before = asked(site);
    for _ in 0..3 {
        let me = app.get("/me", &[("authorization", &jwt)]).await;
        assert_eq!((me.status.as_u16(), me.body.as_ref()), (200, ada.identity_id.to_string().as_bytes()));
    }
    let session = app.get("/session", &[("authorization", &jwt)]).await.expect(&[200]).json();
    assert_eq!(session["sub"], ada.identity_id.to_string(), "what else is claimed is there too");
    assert_eq!(asked(site), before, "Kratos was not asked");
    // The other credentials go on as ever.
    assert_eq!(app.get("/me", &[("x-session-token", &token)]).await.status, 200);
    assert_eq!(app.page("/me", &mut ada.browser().await).await.status, 200);
    assert_refused(&app.get("/me", &[]).await, 401, "session_inactive");
}

pub(crate) async fn live(site: &Site) {
    let ada = site.sign_up().await;
    let mut jar = ada.browser().await;
    let jwt = bearer(&token_of(site, &cookie(&jar)).await);
    let app = App::with(site, tokens(site, jwks(site))).await;
    for path in ["/live", "/fresh", "/vault"] {
        let refused = app.get(path, &[("authorization", &jwt)]).await;
        assert_refused(&refused, 403, "session_live_required");
    }
    let session = jar.header().unwrap();
    let both = [("authorization", jwt.as_str()), ("cookie", session.as_str())];
    assert_eq!(app.get("/live", &both).await.body, "live");
    assert_eq!(app.page("/live", &mut jar).await.body, "live", "and so does the session alone");
}

pub(crate) async fn two_people(site: &Site) {
    let (ada, bob) = (site.sign_up().await, site.sign_up().await);
    let jwt = bearer(&token_of(site, &Credential::session_token(ada.token().await)).await);
    let app = App::with(site, tokens(site, jwks(site))).await;
    let session = bob.browser().await.header().unwrap();
    let both = [("authorization", jwt.as_str()), ("cookie", session.as_str())];
    assert_eq!(app.get("/me", &both).await.body, ada.identity_id.to_string());
    assert_refused(&app.get("/live", &both).await, 403, "session_live_required");
    assert_refused(&app.get("/token", &both).await, 403, "session_live_required");
}

pub(crate) async fn revoked(site: &Site) {
    let ada = site.sign_up().await;
    let mut jar = ada.browser().await;
    let whoami = ada.session_of_browser(&mut jar).await;
    let jwt = bearer(&token_of(site, &cookie(&jar)).await);
    let app = App::with(site, tokens(site, jwks(site))).await;
    let session = jar.header().unwrap();
    let both = [("authorization", jwt.as_str()), ("cookie", session.as_str())];
    assert_eq!(app.get("/live", &both).await.body, "live");
    ada.revoke(&whoami).await;
    assert_eq!(app.get("/me", &both).await.status, 200, "until it expires");
    assert_refused(&app.get("/live", &both).await, 401, "session_inactive");
}

pub(crate) async fn second_factor(site: &Site) {
    let ada = site.sign_up_with_totp().await;
    let jar = ada.browser_aal2().await;
    let jwt = bearer(&token_of(site, &cookie(&jar)).await);
    let app = App::with(site, tokens(site, jwks(site))).await;
    let session = jar.header().unwrap();
    let both = [("authorization", jwt.as_str()), ("cookie", session.as_str())];
    assert_eq!(app.get("/vault", &both).await.body, "aal2");
    assert_refused(&app.get("/vault", &both[..1]).await, 403, "session_live_required");
}

pub(crate) async fn foreign(site: &Site) {
    let ada = site.sign_up().await;
    let jar = ada.browser().await;
    let jwt = bearer(&token_of(site, &cookie(&jar)).await);
    let session = jar.header().unwrap();
    let others =
        kratos_testkit::TestKratos::builder().with_jwt_template("jwt", std::time::Duration::from_secs(60));
    let others = others.start().await.unwrap();
    let keys = Jwks::from_url(&format!("{}/.well-known/jwks.json", others.public_url())).unwrap();
    let foreign_keys = tokens(site, keys);
    let reader = CredentialReader::default().with_jwt();
    let issuer = JwtResolver::new(jwks(site)).with_issuer("https://elsewhere.example/");
    let foreign_issuer = Kratos::from_resolver(issuer.with_sessions(resolver(site))).with_credentials(reader);
    for sessions in [foreign_keys, foreign_issuer] {
        let app = App::with(site, sessions).await;
        for path in ["/me", "/live"] {
            // Not even beside a good session: what is explicit counts.
            let both = [("authorization", jwt.as_str()), ("cookie", session.as_str())];
            assert_refused(&app.get(path, &both).await, 401, "session_inactive");
        }
    }
    let app = App::with(site, tokens(site, jwks(site))).await;
    for malformed in ["Bearer eyJ.eyJ.AAAA", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.AA"] {
        assert_refused(&app.get("/me", &[("authorization", malformed)]).await, 401, "session_inactive");
    }
    let led = app.page("/me", &mut Jar::default()).await;
    assert_led(&led, site, "login", &[("return_to", &app.return_to("/me"))]);
}

pub(crate) async fn no_keys(site: &Site) {
    let ada = site.sign_up().await;
    let jar = ada.browser().await;
    let jwt = bearer(&token_of(site, &cookie(&jar)).await);
    let app = App::with(site, tokens(site, Jwks::from_url(NOBODY).unwrap())).await;
    assert_refused(&app.get("/me", &[("authorization", &jwt)]).await, 503, "session_unavailable");
    assert_eq!(app.get("/me", &[("cookie", &jar.header().unwrap())]).await.status, 200);
    assert_eq!(app.get("/open", &[("authorization", &jwt)]).await.body, "open");
    // And with keys but without Kratos: what needs it is 503, and nothing else.
    let dead = HttpResolver::new(NOBODY).unwrap();
    let resolver = JwtResolver::new(jwks(site)).with_sessions(dead);
    let reader = CredentialReader::default().with_jwt();
    let app = App::with(site, Kratos::from_resolver(resolver).with_credentials(reader)).await;
    let session = jar.header().unwrap();
    let both = [("authorization", jwt.as_str()), ("cookie", session.as_str())];
    assert_eq!(app.get("/me", &both).await.status, 200);
    assert_refused(&app.get("/live", &both).await, 503, "session_unavailable");
}

pub(crate) async fn exchange(site: &Site) {
    let ada = site.sign_up().await;
    let app = App::with(site, tokens(site, jwks(site))).await;
    let token = ada.token().await;
    let credential = [("x-session-token", token.as_str())];
    let first = app.get("/token", &credential).await.expect(&[200]);
    let before = asked(site);
    let again = app.get("/token", &credential).await.expect(&[200]);
    assert_eq!((&first.body, asked(site)), (&again.body, before), "remembered");

    // The service behind it knows the keys alone.
    let behind = JwtResolver::new(jwks(site)).with_issuer(site.issuer());
    let shown = Credential::jwt(&first.body);
    let session = active(behind.resolve(&shown, Freshness::Cached).await.unwrap().resolution);
    assert_eq!(session.identity().unwrap().id, ada.identity_id);

    // A browser that shows a token beside its session is the session's.
    let jar = ada.browser().await;
    let jwt = bearer(&token_of(site, &cookie(&jar)).await);
    let session = jar.header().unwrap();
    let both = [("authorization", jwt.as_str()), ("cookie", session.as_str())];
    assert_eq!(app.get("/token", &both).await.status, 200);
    assert_refused(&app.get("/token", &both[..1]).await, 403, "session_live_required");
}

pub(crate) async fn exchange_ends(site: &Site) {
    let ada = site.sign_up().await;
    let (token, shared) = (ada.token().await, exchanger(site));
    let app = App::with(site, tokens(site, jwks(site)).with_tokenizer(shared.clone())).await;
    let credential = [("x-session-token", token.as_str())];
    assert_eq!(app.get("/token", &credential).await.status, 200);
    ada.sign_out_token(&token).await;
    shared.forget(&Credential::session_token(&token));
    let gone = shared.token(&Credential::session_token(&token), "jwt").await.unwrap();
    assert!(matches!(gone, Exchanged::Refused(_)), "{gone:?}");
}

pub(crate) async fn exchange_fails(site: &Site) {
    let ada = site.sign_up().await;
    let token = ada.token().await;
    let credential = [("x-session-token", token.as_str())];
    let app = App::with(site, tokens(site, jwks(site))).await;
    assert_refused(&app.get("/token", &[]).await, 401, "session_inactive");
    assert_refused(&app.get("/token", &[("x-session-token", "ory_st_gone")]).await, 401, "session_inactive");
    let misused = app.get("/no-token", &credential).await;
    assert_refused(&misused, 500, "invalid_configuration");
    assert!(
        misused.json()["error"]["message"].as_str().unwrap().contains("tokenizer.templates"),
        "{misused:?}"
    );

    let unreachable = SessionTokenizer::new(Client::new(NOBODY).unwrap());
    let app = App::with(site, tokens(site, jwks(site)).with_tokenizer(unreachable)).await;
    assert_refused(&app.get("/token", &credential).await, 503, "session_unavailable");
    // The extractor without what it needs names it.
    let without = App::of(site).await.get("/token", &credential).await;
    assert_refused(&without, 500, "invalid_configuration");
    assert!(without.json()["error"]["message"].as_str().unwrap().contains("with_tokenizer"), "{without:?}");
}
