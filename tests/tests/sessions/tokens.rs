//! JWTs: accepted in place of a session, and issued for one.

use crate::app::scenarios;
use crate::app::{
    App, Site, active, assert_explained, assert_led, assert_refused, cookie, jwks, resolver, tokens,
};
use kratos_core::Kratos;
use kratos_core::client::Client;
use kratos_core::credential::{Credential, CredentialReader};
use kratos_core::resolve::{Freshness, HttpResolver, Jwks, JwtResolver, SessionResolver as _};
use kratos_core::tokenize::{SessionJwt, SessionTokenizer, Tokenized};
use kratos_tests::http::Jar;
use kratos_tests::suite::Scenario;

pub(crate) const ALL: &[Scenario] = scenarios![
    cheap: "a JWT opens cheap routes without a call to Kratos", [Tokenize];
    live: "a live route requires the session beside its JWT", [Tokenize];
    two_people: "a JWT beside another user's session is not a live session", [Tokenize];
    revoked: "a JWT outlives its session on cheap routes only", [Tokenize, AdminRevocation];
    second_factor: "a JWT beside a session of AAL2", [Tokenize, SecondFactor];
    foreign: "a JWT of other keys or another issuer, or none, is anonymous", [Tokenize];
    no_keys: "a JWT is 503 while the keys are unavailable", [Tokenize];
    exchange: "a session is tokenized once", [Tokenize];
    exchange_ends: "a signed-out session is not tokenized", [Tokenize];
    exchange_fails: "no JWT without a session, a template or Kratos", [Tokenize];
];

/// A port without a listener.
const UNREACHABLE: &str = "http://127.0.0.1:9";

fn exchanger(site: &Site) -> SessionTokenizer {
    SessionTokenizer::new(Client::new(&site.public_url).unwrap())
}

/// Tokenizes the session of a credential.
async fn token_of(site: &Site, credential: &Credential) -> SessionJwt {
    let template = site.token_template.as_deref().expect("a template");
    match exchanger(site).jwt(credential, template).await.unwrap() {
        Tokenized::Jwt(token) => token,
        other => panic!("{other:?}"),
    }
}

fn bearer(token: &SessionJwt) -> String {
    format!("Bearer {}", token.expose_secret())
}

/// The number of whoami calls on the testkit; 0 on a real server, which does not count them.
fn asked(site: &Site) -> usize {
    site.testkit.as_ref().map_or(0, |kratos| kratos.count("/sessions/whoami"))
}

async fn cheap(site: &Site) {
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
    assert_eq!(session["sub"], ada.identity_id.to_string(), "the other claims are available too");
    assert_eq!(asked(site), before, "no call to Kratos");
    // Other credentials still work.
    assert_eq!(app.get("/me", &[("x-session-token", &token)]).await.status, 200);
    assert_eq!(app.page("/me", &mut ada.browser().await).await.status, 200);
    assert_refused(&app.get("/me", &[]).await, 401, "session_inactive");
}

async fn live(site: &Site) {
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
    assert_eq!(app.page("/live", &mut jar).await.body, "live", "the session alone suffices too");
}

async fn two_people(site: &Site) {
    let (ada, bob) = (site.sign_up().await, site.sign_up().await);
    let jwt = bearer(&token_of(site, &Credential::session_token(ada.token().await)).await);
    let app = App::with(site, tokens(site, jwks(site))).await;
    let session = bob.browser().await.header().unwrap();
    let both = [("authorization", jwt.as_str()), ("cookie", session.as_str())];
    assert_eq!(app.get("/me", &both).await.body, ada.identity_id.to_string());
    assert_refused(&app.get("/live", &both).await, 403, "session_live_required");
    assert_refused(&app.get("/token", &both).await, 403, "session_live_required");
}

async fn revoked(site: &Site) {
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

async fn second_factor(site: &Site) {
    let ada = site.sign_up_with_totp().await;
    let jar = ada.browser_aal2().await;
    let jwt = bearer(&token_of(site, &cookie(&jar)).await);
    let app = App::with(site, tokens(site, jwks(site))).await;
    let session = jar.header().unwrap();
    let both = [("authorization", jwt.as_str()), ("cookie", session.as_str())];
    assert_eq!(app.get("/vault", &both).await.body, "aal2");
    assert_refused(&app.get("/vault", &both[..1]).await, 403, "session_live_required");
}

async fn foreign(site: &Site) {
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
            // Not even beside a valid session: the explicit credential counts.
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

async fn no_keys(site: &Site) {
    let ada = site.sign_up().await;
    let jar = ada.browser().await;
    let jwt = bearer(&token_of(site, &cookie(&jar)).await);
    let app = App::with(site, tokens(site, Jwks::from_url(UNREACHABLE).unwrap())).await;
    assert_refused(&app.get("/me", &[("authorization", &jwt)]).await, 503, "session_unavailable");
    assert_eq!(app.get("/me", &[("cookie", &jar.header().unwrap())]).await.status, 200);
    assert_eq!(app.get("/open", &[("authorization", &jwt)]).await.body, "open");
    // With keys but without Kratos, only routes that need Kratos are 503.
    let dead = HttpResolver::new(UNREACHABLE).unwrap();
    let resolver = JwtResolver::new(jwks(site)).with_sessions(dead);
    let reader = CredentialReader::default().with_jwt();
    let app = App::with(site, Kratos::from_resolver(resolver).with_credentials(reader)).await;
    let session = jar.header().unwrap();
    let both = [("authorization", jwt.as_str()), ("cookie", session.as_str())];
    assert_eq!(app.get("/me", &both).await.status, 200);
    assert_refused(&app.get("/live", &both).await, 503, "session_unavailable");
}

async fn exchange(site: &Site) {
    let ada = site.sign_up().await;
    let app = App::with(site, tokens(site, jwks(site))).await;
    let token = ada.token().await;
    let credential = [("x-session-token", token.as_str())];
    let first = app.get("/token", &credential).await.expect(&[200]);
    let before = asked(site);
    let again = app.get("/token", &credential).await.expect(&[200]);
    assert_eq!((&first.body, asked(site)), (&again.body, before), "remembered");

    // The service behind it has the keys alone.
    let behind = JwtResolver::new(jwks(site)).with_issuer(site.issuer());
    let shown = Credential::jwt(&first.body);
    let session = active(behind.resolve(&shown, Freshness::Cached).await.unwrap().resolution);
    assert_eq!(session.identity().unwrap().id, ada.identity_id);

    // A browser that carries a JWT beside its session is identified by the session.
    let jar = ada.browser().await;
    let jwt = bearer(&token_of(site, &cookie(&jar)).await);
    let session = jar.header().unwrap();
    let both = [("authorization", jwt.as_str()), ("cookie", session.as_str())];
    assert_eq!(app.get("/token", &both).await.status, 200);
    assert_refused(&app.get("/token", &both[..1]).await, 403, "session_live_required");
}

async fn exchange_ends(site: &Site) {
    let ada = site.sign_up().await;
    let (token, shared) = (ada.token().await, exchanger(site));
    let app = App::with(site, tokens(site, jwks(site)).with_tokenizer(shared.clone())).await;
    let credential = [("x-session-token", token.as_str())];
    assert_eq!(app.get("/token", &credential).await.status, 200);
    ada.sign_out_token(&token).await;
    shared.forget(&Credential::session_token(&token));
    let gone = shared.jwt(&Credential::session_token(&token), "jwt").await.unwrap();
    assert!(matches!(gone, Tokenized::Refused(_)), "{gone:?}");
}

async fn exchange_fails(site: &Site) {
    let ada = site.sign_up().await;
    let token = ada.token().await;
    let credential = [("x-session-token", token.as_str())];
    let app = App::with(site, tokens(site, jwks(site))).await;
    assert_refused(&app.get("/token", &[]).await, 401, "session_inactive");
    assert_refused(&app.get("/token", &[("x-session-token", "ory_st_gone")]).await, 401, "session_inactive");
    let misused = app.get("/no-token", &credential).await;
    assert_refused(&misused, 500, "invalid_configuration");
    assert_explained(&misused, "tokenizer.templates");

    let unreachable = SessionTokenizer::new(Client::new(UNREACHABLE).unwrap());
    let app = App::with(site, tokens(site, jwks(site)).with_tokenizer(unreachable)).await;
    assert_refused(&app.get("/token", &credential).await, 503, "session_unavailable");
    // The error of the extractor names the missing setup.
    let without = App::of(site).await.get("/token", &credential).await;
    assert_refused(&without, 500, "invalid_configuration");
    assert_explained(&without, "with_tokenizer");
}
