//! The application with the pages, in each framework.

use std::{
    net::TcpListener,
    sync::{Arc, Mutex},
    time::Duration,
};

use kratos_axum::{
    Kratos,
    oauth2::{
        ClaimMapping, HookAuth, HydraAdmin, OAuth2Pages, RememberConsent, TokenHookAnswer, TokenHookAuth,
        TokenHookCall,
    },
    ui::{Languages, Theme},
};
use kratos_tests::hydra::HOOK_KEY;
use serde_json::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framework {
    Axum,
    Actix,
}

impl Framework {
    pub(crate) const ALL: [Self; 2] = [Self::Axum, Self::Actix];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Axum => "axum",
            Self::Actix => "actix-web",
        }
    }
}

/// What both frameworks serve.
#[derive(Clone)]
struct Parts {
    kratos: Kratos,
    theme: Theme,
    pages: OAuth2Pages,
    auth: TokenHookAuth,
    mails: Mails,
    refreshes: Refreshes,
}

type Mails = Arc<Mutex<Vec<Value>>>;
/// The calls of the refresh hook.
type Refreshes = Arc<Mutex<Vec<TokenHookCall>>>;

pub(crate) struct App {
    pub(crate) url: String,
    mails: Mails,
    refreshes: Refreshes,
}

impl App {
    pub(crate) fn serve(
        framework: Framework,
        listener: TcpListener,
        url: &str,
        kratos: &str,
        hydra_admin: &str,
        hydra_public: &str,
    ) -> Self {
        let kratos = Kratos::new(kratos).unwrap().with_app(url).unwrap();
        // With `form-action`, as strict as it gets.
        let theme = Theme::new().with_name("Acme").with_form_targets([]).with_languages(Languages::all());
        let hydra = HydraAdmin::new(hydra_admin).unwrap();
        let mapping = ClaimMapping::new();
        let pages = OAuth2Pages::new(&kratos, hydra, theme.clone())
            .with_provider_url(hydra_public)
            .with_scope("photos", "See your photos")
            .with_remember(RememberConsent::Ask(Duration::from_secs(3600)))
            .with_theme_for_locales(by_locales)
            .with_claims(move |identity, _, granted| {
                let claims = mapping.claims(identity, granted);
                if granted.contains("photos") { claims.with_access_claim("albums", 3) } else { claims }
            });
        let auth = TokenHookAuth::new(HookAuth::api_key_header("X-Hook-Key", HOOK_KEY).unwrap());
        let mails = Mails::default();
        let refreshes = Refreshes::default();
        let parts = Parts {
            kratos,
            theme,
            pages,
            auth,
            mails: Arc::clone(&mails),
            refreshes: Arc::clone(&refreshes),
        };
        listener.set_nonblocking(true).unwrap();
        match framework {
            Framework::Axum => in_axum(listener, parts),
            Framework::Actix => in_actix(listener, parts),
        }
        Self { url: url.to_owned(), mails, refreshes }
    }

    /// Returns the calls of the refresh hook for this client.
    pub(crate) fn refreshes(&self, client_id: &str) -> Vec<TokenHookCall> {
        let calls = self.refreshes.lock().unwrap();
        calls.iter().filter(|call| call.client_id == client_id).cloned().collect()
    }

    /// Returns the newest mail of a real Kratos to this address.
    pub(crate) fn mail(&self, address: &str) -> Option<Value> {
        self.mails.lock().unwrap().iter().rev().find(|mail| mail["recipient"] == address).cloned()
    }
}

/// Another theme for a client that asks for Klingon.
fn by_locales(locales: &[String]) -> Option<Theme> {
    locales.iter().any(|locale| locale == "tlh").then(|| Theme::new().with_name("Qapla"))
}

/// Adds claims for one scope, and refuses tokens for another.
fn issue(call: &TokenHookCall) -> TokenHookAnswer {
    if call.requests("refused") {
        return TokenHookAnswer::Deny;
    }
    if call.requests("hooked") {
        let claims = kratos_axum::oauth2::Claims::new();
        return TokenHookAnswer::Replace(claims.with_id_claim("hooked_by", call.client_id.as_str()));
    }
    TokenHookAnswer::Keep
}

/// Adds a claim for one scope when tokens are refreshed, and refuses another. The older call does not say what was requested.
fn reissue(call: &TokenHookCall) -> TokenHookAnswer {
    match () {
        () if call.grants("unrefreshed") => TokenHookAnswer::Deny,
        () if call.grants("rehooked") => {
            let claims = kratos_axum::oauth2::Claims::new();
            TokenHookAnswer::Replace(claims.with_id_claim("refreshed_for", call.subject.as_str()))
        }
        () => TokenHookAnswer::Keep,
    }
}

fn in_axum(listener: TcpListener, parts: Parts) {
    use axum::{
        Extension, Json, Router,
        routing::{get, post},
    };
    use kratos_axum::{
        KratosLayer,
        oauth2::{TokenHook, TokenReply, routes},
        ui::Pages,
    };
    let Parts { kratos, theme, pages, auth, mails, refreshes } = parts;
    let selfservice = Pages::new(&kratos, theme).with_theme_for_locales(by_locales);
    let hook = post(async |hook: TokenHook| TokenReply(issue(&hook))).layer(Extension(auth.clone()));
    let refresh_hook = async move |hook: TokenHook| {
        refreshes.lock().unwrap().push((*hook).clone());
        TokenReply(reissue(&hook))
    };
    let app = Router::new()
        .route("/", get(async || "home"))
        .route("/hooks/token", hook)
        .route("/hooks/refresh", post(refresh_hook).layer(Extension(auth)))
        .route("/mail", post(async move |Json(mail): Json<Value>| mails.lock().unwrap().push(mail)))
        .merge(selfservice)
        .merge(routes(pages))
        .layer(KratosLayer::new(kratos));
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
}

fn in_actix(listener: TcpListener, parts: Parts) {
    use actix_web::{App, HttpResponse, HttpServer, web};
    use kratos_actix::{
        KratosMiddleware,
        oauth2::{ProviderService, TokenHook, TokenReply},
        ui::Pages,
    };
    std::thread::spawn(move || {
        let app = move || {
            let Parts { kratos, theme, pages, auth, mails, refreshes } = parts.clone();
            let selfservice = Pages::new(&kratos, theme).with_theme_for_locales(by_locales);
            let receive = move |mail: web::Json<Value>| {
                mails.lock().unwrap().push(mail.into_inner());
                async { HttpResponse::Ok().finish() }
            };
            let refresh_hook = move |hook: TokenHook| {
                refreshes.lock().unwrap().push((*hook).clone());
                let answer = reissue(&hook);
                async { TokenReply(answer) }
            };
            App::new()
                .route("/", web::get().to(async || "home"))
                .service(
                    web::resource("/hooks/token")
                        .app_data(auth.clone())
                        .post(async |hook: TokenHook| TokenReply(issue(&hook))),
                )
                .service(web::resource("/hooks/refresh").app_data(auth).post(refresh_hook))
                .route("/mail", web::post().to(receive))
                .service(selfservice)
                .service(ProviderService::new(pages))
                .wrap(KratosMiddleware::new(kratos))
        };
        let system = actix_web::rt::System::new();
        system
            .block_on(HttpServer::new(app).workers(1).disable_signals().listen(listener).unwrap().run())
            .unwrap();
    });
}
