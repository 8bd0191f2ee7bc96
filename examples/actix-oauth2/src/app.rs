//! The provider's routes and the shop's.

use std::{convert::Infallible, error::Error, net::TcpListener};

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    cookie::{Cookie, SameSite},
    web::{self, Data, Query},
};
use kratos_actix::{
    Identity, Kratos, KratosMiddleware,
    oauth2::{
        HydraAdmin, OAuth2Pages, ProviderService,
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
    let pages = ProviderService::new(pages);
    let selfservice = Pages::new(&kratos, theme);
    let app = move || {
        App::new()
            .route("/", web::get().to(async |user: Identity| format!("hello, {}", user.id)))
            // /login, /registration and so on; /oauth2/consent, /oauth2/logout and so on.
            .service(selfservice.clone())
            .service(pages.clone())
            .wrap(KratosMiddleware::new(kratos.clone()))
    };
    let provider = HttpServer::new(app).listen(provider)?.run();
    // The shop reads the provider's metadata, which is Hydra's.
    let shop = Shop::new(servers, url).await?;
    let keys = format!("{}/.well-known/jwks.json", servers.hydra_public);
    let verifier = LogoutVerifier::new(&format!("{}/", servers.hydra_public), &servers.client_id, &keys)?;
    let ending = shop.clone();
    let end = move |notice: LogoutNotice| {
        notice.sid.iter().for_each(|sid| ending.end(sid));
        async { Ok::<_, Infallible>(()) }
    };
    let party_app = move || {
        App::new()
            .app_data(Data::new(shop.clone()))
            .route("/", web::get().to(home))
            .route("/sign-in", web::get().to(sign_in))
            .route("/callback", web::get().to(callback))
            .route("/sign-out", web::post().to(sign_out))
            .route("/backchannel-logout", backchannel_logout(verifier.clone(), end.clone()))
    };
    let party = HttpServer::new(party_app).listen(party)?.run();
    // Both stop with Ctrl-C.
    let provider = actix_web::rt::spawn(provider);
    party.await?;
    Ok(provider.await??)
}

async fn home(shop: Data<Shop>, request: HttpRequest) -> HttpResponse {
    let page = match shop.user(&cookie(&request)) {
        Some(user) => {
            // An address may hold characters of HTML.
            let user = user.replace('&', "&amp;").replace('<', "&lt;");
            format!("<p>hello, {user}</p><form method=post action=/sign-out><button>Sign out</button></form>")
        }
        None => "<p><a href=/sign-in>Sign in with Acme</a></p>".to_owned(),
    };
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page)
}

async fn sign_in(shop: Data<Shop>) -> HttpResponse {
    let (cookie, to) = shop.sign_in();
    redirect(&to, Some(cookie))
}

async fn callback(shop: Data<Shop>, request: HttpRequest, callback: Query<Callback>) -> HttpResponse {
    match shop.arrive(&cookie(&request), callback.into_inner()).await {
        Ok(cookie) => redirect("/", Some(cookie)),
        Err(why) => HttpResponse::BadRequest().body(format!("not signed in: {why}")),
    }
}

async fn sign_out(shop: Data<Shop>, request: HttpRequest) -> HttpResponse {
    redirect(&shop.sign_out(&cookie(&request)), None)
}

/// The value of the shop's cookie; empty without one.
fn cookie(request: &HttpRequest) -> String {
    request.cookie("shop").map(|cookie| cookie.value().to_owned()).unwrap_or_default()
}

fn redirect(to: &str, cookie: Option<String>) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    response.insert_header(("location", to));
    if let Some(cookie) = cookie {
        // `secure(true)` too, where the shop is at https.
        response.cookie(
            Cookie::build("shop", cookie).path("/").http_only(true).same_site(SameSite::Lax).finish(),
        );
    }
    response.finish()
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
