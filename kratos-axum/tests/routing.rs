//! How the layers and extractors stand in axum's routers.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use axum::{Router, body::Body, routing::get};
use http::{Request, Response, StatusCode, header};
use kratos_axum::{Identity, Kratos, KratosLayer, RequireLayer, Session};
use kratos_core::{model, resolve::StaticResolver};
use tower::ServiceExt as _;
use uuid::Uuid;

fn anonymous() -> KratosLayer {
    KratosLayer::new(
        Kratos::from_resolver(StaticResolver::anonymous())
            .with_app("https://app.example")
            .unwrap()
            .with_browser_url("https://auth.example")
            .unwrap(),
    )
}

async fn page(app: Router, path: &str) -> Response<Body> {
    let request = Request::builder().uri(path).header("accept", "text/html").body(Body::empty()).unwrap();
    app.oneshot(request).await.unwrap()
}

fn back(response: &Response<Body>) -> String {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let login = url::Url::parse(response.headers()[header::LOCATION].to_str().unwrap()).unwrap();
    login.query_pairs().find(|(name, _)| name == "return_to").unwrap().1.into_owned()
}

/// Where the layer stands, in a nested router or around it, people come back to the path that they asked for.
#[tokio::test]
async fn nested_routers_lead_back_to_the_full_path() {
    let inner = || {
        Router::new().route("/account", get(async |_: Session| ())).route("/{id}", get(async |_: Session| ()))
    };
    let around = Router::new().nest("/a", Router::new().nest("/b", inner())).layer(anonymous());
    let within = Router::new().nest("/a", Router::new().nest("/b", inner().layer(anonymous())));
    let guarded = inner().route_layer(RequireLayer::signed_in());
    let guarded = Router::new().nest("/a", Router::new().nest("/b", guarded).layer(anonymous()));
    for app in [around, within, guarded] {
        assert_eq!(back(&page(app.clone(), "/a/b/account?x=1").await), "https://app.example/a/b/account?x=1");
        assert_eq!(back(&page(app, "/a/b/7").await), "https://app.example/a/b/7");
    }
}

/// HTTP/2 requests have no `Host`.
#[tokio::test]
async fn a_further_app_is_found_by_the_authority_of_the_uri() {
    let kratos = Kratos::from_resolver(StaticResolver::anonymous()).with_app("https://app.example").unwrap();
    let kratos = kratos.with_further_app("https://two.example").unwrap();
    let layer = KratosLayer::new(kratos.with_browser_url("https://auth.example").unwrap());
    let inner = Router::new().route("/b", get(async || ())).route_layer(RequireLayer::signed_in());
    let app = Router::new().nest("/a", inner).route("/c", get(async |_: Session| ())).layer(layer);
    assert_eq!(back(&page(app.clone(), "https://two.example/a/b").await), "https://two.example/a/b");
    assert_eq!(back(&page(app.clone(), "https://two.example/c").await), "https://two.example/c");
    assert_eq!(back(&page(app, "https://evil.example/c").await), "https://app.example/c");
}

#[tokio::test]
async fn a_route_layer_leaves_404_alone() {
    let app =
        Router::new().route("/x", get(async || ())).route_layer(RequireLayer::signed_in()).layer(anonymous());
    assert_eq!(page(app.clone(), "/nowhere").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(page(app, "/x").await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_missing_layer_is_a_500_that_names_the_fix() {
    for route in
        [get(async |_: Session| ()), get(async |_: Option<Session>| ()), get(async |_: Option<Identity>| ())]
    {
        let response = page(Router::new().route("/", route), "/").await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let refusal = response.extensions().get::<kratos_axum::policy::Refusal>().unwrap();
        assert!(refusal.explanation().contains("call `.layer(KratosLayer::new(..))`"), "{refusal}");
        let body = axum::body::to_bytes(response.into_body(), 4096).await.unwrap();
        let body = String::from_utf8_lossy(&body);
        assert!(body.contains("The server is misconfigured; see its log."), "{body}");
    }
}

/// whoami always returns the identity; a session without one is rejected.
#[tokio::test]
async fn a_session_without_identity_is_unavailable() {
    let session = model::Session::new(Uuid::nil());
    let app = Router::new()
        .route("/session", get(async |_: Session| ()))
        .route("/identity", get(async |_: Identity| ()))
        .layer(KratosLayer::new(StaticResolver::active(session)));
    let ask = async |path| {
        let request = Request::builder().uri(path).header("cookie", "ory_kratos_session=MTcw");
        app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap().status()
    };
    assert_eq!(ask("/session").await, StatusCode::OK);
    assert_eq!(ask("/identity").await, StatusCode::SERVICE_UNAVAILABLE);
}

/// The traits of an optional user are there when the user is.
#[tokio::test]
async fn optional_traits_follow_the_session() {
    let mut identity = model::Identity::new(Uuid::nil());
    identity.traits = serde_json::from_str(r#"{"email":"ada@example.org"}"#).ok();
    let mut session = model::Session::new(Uuid::nil());
    session.identity = Some(identity.into());
    let handler = async |traits: Option<kratos_axum::Traits<serde_json::Value>>| {
        traits.map_or("none".to_owned(), |kratos_axum::Traits(traits)| traits["email"].to_string())
    };
    let app = Router::new().route("/", get(handler)).layer(KratosLayer::new(StaticResolver::active(session)));
    for (cookie, expected) in [("ory_kratos_session=a", "\"ada@example.org\""), ("theme=dark", "none")] {
        let request = Request::builder().header("cookie", cookie).body(Body::empty()).unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        assert_eq!(axum::body::to_bytes(response.into_body(), 1000).await.unwrap(), expected);
    }
}

/// An application that mounts its pages one by one mounts the assets alone.
#[cfg(feature = "ui")]
#[tokio::test]
async fn the_assets_stand_alone() {
    use kratos_axum::ui::{Pages, Theme};

    let kratos = Kratos::from_resolver(StaticResolver::anonymous());
    let pages = Pages::new(&kratos, Theme::new());
    let assets: Router = pages.assets();
    assert_eq!(page(assets.clone(), "/kratos-ui/kratos-ui.css").await.status(), StatusCode::OK);
    assert_eq!(page(assets, "/login").await.status(), StatusCode::NOT_FOUND);
}
