//! The provider's routes and the shop's.

use std::{convert::Infallible, error::Error, net::TcpListener};

use axum::{
    Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use kratos_axum::{
    Identity, Kratos, KratosLayer,
    oauth2::{
        self, HydraAdmin, OAuth2Pages,
        backchannel::{LogoutNotice, LogoutVerifier},
        backchannel_logout,
    },
    ui::{Pages, Theme},
};

use crate::{
    servers::Servers,
    shop::{Callback, Shop},
};

pub async fn serve(
    kratos: Kratos,
    servers: &Servers,
    url: &str,
    [provider, party]: [TcpListener; 2],
) -> Result<(), Box<dyn Error>> {
    // The pages' policy names where their forms lead: Hydra and the client are added by themselves.
    let theme = Theme::from("Acme").with_form_targets([]);
    let hydra = HydraAdmin::new(&servers.hydra_admin)?;
    let pages = OAuth2Pages::new(&kratos, hydra, theme.clone()).with_provider_url(&servers.hydra_public);
    let app = Router::new()
        .route("/", get(async |user: Identity| format!("hello, {}", user.id)))
        // /login, /registration and so on; /oauth2/consent, /oauth2/logout and so on.
        .merge(Pages::new(&kratos, theme))
        .merge(oauth2::routes(pages))
        .layer(KratosLayer::new(kratos));
    let provider = tokio::spawn(run(provider, app));
    // The shop reads the provider's metadata, which is Hydra's.
    let shop = Shop::new(servers, url).await?;
    let keys = format!("{}/.well-known/jwks.json", servers.hydra_public);
    let verifier = LogoutVerifier::new(&format!("{}/", servers.hydra_public), &servers.client_id, &keys)?;
    let ending = shop.clone();
    let end = move |notice: LogoutNotice| {
        notice.sid.iter().for_each(|sid| ending.end(sid));
        async { Ok::<_, Infallible>(()) }
    };
    let party_app = Router::new()
        .route("/", get(home))
        .route("/sign-in", get(sign_in))
        .route("/callback", get(callback))
        .route("/sign-out", post(sign_out))
        .route("/backchannel-logout", backchannel_logout(verifier, end))
        .with_state(shop);
    tokio::try_join!(async { provider.await.map_err(std::io::Error::other)? }, run(party, party_app))?;
    Ok(())
}

async fn run(listener: TcpListener, app: Router) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    axum::serve(tokio::net::TcpListener::from_std(listener)?, app).await
}

async fn home(State(shop): State<Shop>, headers: HeaderMap) -> Html<String> {
    Html(match shop.user(&cookie(&headers)) {
        Some(user) => {
            // An address may hold characters of HTML.
            let user = user.replace('&', "&amp;").replace('<', "&lt;");
            format!("<p>hello, {user}</p><form method=post action=/sign-out><button>Sign out</button></form>")
        }
        None => "<p><a href=/sign-in>Sign in with Acme</a></p>".to_owned(),
    })
}

async fn sign_in(State(shop): State<Shop>) -> Response {
    let (cookie, to) = shop.sign_in();
    with_cookie(&cookie, Redirect::to(&to))
}

async fn callback(
    State(shop): State<Shop>,
    headers: HeaderMap,
    Query(callback): Query<Callback>,
) -> Response {
    match shop.arrive(&cookie(&headers), callback).await {
        Ok(cookie) => with_cookie(&cookie, Redirect::to("/")),
        Err(why) => (StatusCode::BAD_REQUEST, format!("not signed in: {why}")).into_response(),
    }
}

async fn sign_out(State(shop): State<Shop>, headers: HeaderMap) -> Redirect {
    Redirect::to(&shop.sign_out(&cookie(&headers)))
}

/// The value of the shop's cookie; empty without one.
fn cookie(headers: &HeaderMap) -> String {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs =
        lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().strip_prefix("shop="));
    pairs.next().unwrap_or_default().to_owned()
}

fn with_cookie(cookie: &str, response: impl IntoResponse) -> Response {
    // `Secure` too, where the shop is at https.
    let cookie = format!("shop={cookie}; Path=/; HttpOnly; SameSite=Lax");
    ([(header::SET_COOKIE, cookie)], response).into_response()
}

/// One command a line, each with the status that it returns.
pub fn commands(app: &str, shop: &str) -> String {
    format!(
        "# The shop: {shop}/  The provider: {app}/\n\
         curl -s -i {shop}/sign-in # 303: to the provider\n\
         curl -s -i {app}/oauth2/consent # 400: no challenge\n\
         curl -s -i '{app}/oauth2/error?error=access_denied' # 400: the provider's error page\n\
         curl -s -i -X POST -d logout_token=x {shop}/backchannel-logout # 400: not signed by the provider\n\
         # ready; press Ctrl-C to stop\n"
    )
}
