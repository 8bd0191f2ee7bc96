//! The application as a user of kratos-axum writes it.

use axum::response::Html;
use axum::routing::{get, post};
use axum::{Extension, Router};
use kratos_axum::{Identity, Kratos, KratosLayer, LoginFlow, RequireLayer, SettingsFlow, logout};
use kratos_ui::Theme;

use super::Parts;
use crate::crowd::FRESH;

/// Serves the application on the current runtime.
pub(crate) async fn serve(parts: Parts) -> String {
    let app = Router::new()
        .nest("/live", pages(parts.live))
        .nest("/cached", pages(parts.cached))
        .nest("/token", pages(parts.token))
        .layer(Extension(Theme::new()));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

fn pages(sessions: Kratos) -> Router {
    Router::new()
        .route("/open", get(async || "open"))
        .route("/me", get(async |who: Identity| who.id.to_string()))
        .route("/vault", get(async |who: Identity| who.id.to_string()).layer(RequireLayer::aal2()))
        .route(
            "/fresh",
            get(async |who: Identity| who.id.to_string()).layer(RequireLayer::authenticated_within(FRESH)),
        )
        .route(
            "/login",
            get(async |flow: LoginFlow, theme: Extension<Theme>| Html(theme.page(&*flow).into_html())),
        )
        .route(
            "/settings",
            get(async |flow: SettingsFlow, theme: Extension<Theme>| Html(theme.page(&*flow).into_html())),
        )
        .route("/logout", post(logout))
        .layer(KratosLayer::new(sessions))
}
