//! The application as a user of kratos-axum writes it.

use super::{FRESH, Named, NoTemplate, Person, Ship};
use axum::routing::get;
use axum::{Json, Router};
use kratos_axum::{Identity, Jwt, Kratos, KratosLayer, RequireLayer, Session, Traits};
use kratos_core::model;
use kratos_core::policy::Requirement;

/// Serves the application until the test's runtime ends.
pub(super) async fn serve(sessions: Kratos) -> String {
    let signed_out = RequireLayer::signed_out();
    let router = Router::new()
        .route("/open", get(async || "open"))
        .route(
            "/maybe",
            get(async |who: Option<Identity>| who.map_or("anonymous".to_owned(), |who| who.id.to_string())),
        )
        .route(
            "/me",
            get(async |who: Identity| who.id.to_string()).post(async |who: Identity| who.id.to_string()),
        )
        .route("/session", get(async |session: Session| Json(model::Session::clone(&session))))
        .route(
            "/traits",
            get(async |Traits(who): Traits<Person>| format!("{} {}", who.name.first, who.email)),
        )
        .route("/ship", get(async |_: Traits<Ship>| "ahoy"))
        .route("/vault", get(async || "aal2").layer(RequireLayer::aal2()))
        .route("/fresh", get(async || "fresh").layer(RequireLayer::authenticated_within(FRESH)))
        .route(
            "/live",
            get(async || "live").layer(RequireLayer::new(Requirement::signed_in().with_live_session())),
        )
        .route("/token", get(async |token: Jwt<Named>| token.expose_secret().to_owned()))
        .route("/no-token", get(async |_: Jwt<NoTemplate>| "a token"))
        .route("/verified", get(async || "verified").layer(RequireLayer::verified_address()))
        .route("/login", get(async || "login").layer(signed_out))
        .nest("/deep", Router::new().route("/me", get(async |who: Identity| who.id.to_string())))
        .layer(KratosLayer::new(sessions));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}
