//! An OpenID Connect provider that accepts any identity: the authorization code names the user.
//!
//! Its page asks for the email address and accepts any. It listens at the issuer that the lab's servers are
//! configured with, until the process ends.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::extract::RawQuery;
use axum::response::{Html, Redirect};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use tokio::sync::OnceCell;

/// The issuer, which is also the address that it listens on.
pub const ISSUER: &str = "http://127.0.0.1:26491";
const ADDRESS: &str = "127.0.0.1:26491";

/// A key of this provider alone, which protects nothing.
const KEY: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgzQR1Bwso6VykWXpoxRIFlQ7opzPmtan5M9k06idZhLehRANCAAQP1NCCQdL6i2cusqmDKolP7tHPd3SG2pBazfCSZvHJ5qJxctz6EeKUW4Hwkld79J/isnMuik2fzkxMbYTM9mh7";
const X: &str = "D9TQgkHS-otnLrKpgyqJT-7Rz3d0htqQWs3wkmbxyeY";
const Y: &str = "onFy3PoR4pRbgfCSV3v0n-Kycy6KTZ_OTExthMz2aHs";

/// Starts the provider once. Waits for the port, which another suite may hold.
///
/// # Panics
/// If the port stays in use.
pub async fn start() {
    static STARTED: OnceCell<()> = OnceCell::const_new();
    STARTED.get_or_init(listen).await;
}

async fn listen() {
    for _ in 0..600 {
        if let Ok(listener) = std::net::TcpListener::bind(ADDRESS) {
            listener.set_nonblocking(true).unwrap();
            crate::lab::runtime().spawn(async move {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                axum::serve(listener, routes()).await.unwrap();
            });
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{ADDRESS} is taken");
}

/// The authorization code that names this user, for the redirect of this request.
#[must_use]
pub fn code(email: &str, authorization: &url::Url) -> String {
    let nonce = parameter(authorization, "nonce").unwrap_or_default();
    format!("{email} {nonce}")
}

/// A query parameter of a URL.
#[must_use]
pub fn parameter(url: &url::Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

fn routes() -> Router {
    let configuration = json!({
        "issuer": ISSUER,
        "authorization_endpoint": format!("{ISSUER}/auth"),
        "token_endpoint": format!("{ISSUER}/token"),
        "jwks_uri": format!("{ISSUER}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
    });
    let keys = json!({"keys": [
        {"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "stub", "x": X, "y": Y},
    ]});
    Router::new()
        .route("/.well-known/openid-configuration", get(async move || Json(configuration)))
        .route("/auth", get(ask).post(lead_back))
        .route("/jwks", get(async move || Json(keys)))
        .route("/token", post(token))
}

/// Asks for the user's address with a form that needs no JavaScript.
async fn ask() -> Html<&'static str> {
    Html(
        "<!doctype html><html lang=en><title>Lab</title><main><h1>Lab</h1><form method=post>\
         <label>E-mail <input name=email></label><button>Continue</button></form></main></html>",
    )
}

/// Redirects back to the client with the code for the address that the user entered.
async fn lead_back(RawQuery(query): RawQuery, Form(fields): Form<Vec<(String, String)>>) -> Redirect {
    let mut asked = url::Url::parse(ISSUER).expect("an address");
    asked.set_query(query.as_deref());
    let email =
        fields.into_iter().find(|(name, _)| name == "email").map(|(_, value)| value).unwrap_or_default();
    let back = parameter(&asked, "redirect_uri").unwrap_or_default();
    let mut back = url::Url::parse(&back).expect("where to lead back");
    let state = parameter(&asked, "state").unwrap_or_default();
    back.query_pairs_mut().append_pair("code", &code(&email, &asked)).append_pair("state", &state);
    Redirect::to(back.as_str())
}

async fn token(Form(fields): Form<Vec<(String, String)>>) -> Json<Value> {
    let code =
        fields.iter().find(|(name, _)| name == "code").map(|(_, value)| value.as_str()).unwrap_or_default();
    let (email, nonce) = code.split_once(' ').unwrap_or((code, ""));
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let claims = json!({
        "iss": ISSUER, "aud": "lab", "sub": format!("sub-{email}"), "email": email, "nonce": nonce,
        "iat": now, "exp": now + 300,
    });
    let mut header = Header::new(Algorithm::ES256);
    header.kid = Some("stub".to_owned());
    let key = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, KEY).unwrap();
    let id_token = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_ec_der(&key)).unwrap();
    Json(json!({"access_token": "stub", "token_type": "Bearer", "expires_in": 300, "id_token": id_token}))
}
