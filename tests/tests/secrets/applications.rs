//! What the framework crates hand to handlers, and what the testkit and the pages show of themselves.

use actix_web::FromRequest as _;
use axum::{RequestPartsExt as _, body::Body};
use http::{HeaderValue, Request};
use kratos_core::{Sessions, policy::RequestView, resolve::FixedResolver};
use kratos_testkit::{FlowKind, Kratos};
use tower::{Layer as _, ServiceExt as _, service_fn};

use crate::shown::{clean, debugged, secret};

fn sessions() -> Sessions {
    let identity = serde_json::json!({"id": uuid::Uuid::nil(), "traits": {"pin": secret("pin")}});
    let session =
        serde_json::json!({"id": uuid::Uuid::nil(), "identity": identity, "tokenized": secret("jwt")});
    Sessions::new(FixedResolver::active(serde_json::from_value(session).unwrap()))
}

fn cookie() -> HeaderValue {
    HeaderValue::try_from(format!("ory_kratos_session={}", secret("cookie"))).unwrap()
}

#[tokio::test]
async fn axum_and_tower() {
    debugged(&kratos_axum::SessionLayer::new(sessions()));
    debugged(&kratos_axum::RequireLayer::aal2());
    let layer = kratos_tower::SessionLayer::new(sessions());
    debugged(&layer);
    let service = layer.layer(service_fn(async |request: Request<Body>| {
        let context = kratos_axum::SessionContext::of(&request).unwrap().clone();
        debugged(&context);
        let (mut parts, _) = request.into_parts();
        debugged(&parts.extract::<kratos_axum::Session>().await.unwrap());
        debugged(&parts.extract::<kratos_axum::Identity>().await.unwrap());
        debugged(&parts.extract::<Option<kratos_axum::Session>>().await.unwrap());
        let refused = parts.extract::<kratos_axum::Traits<u8>>().await.unwrap_err();
        debugged(&refused);
        clean("a rejection", &refused.to_string());
        debugged(&RequestView::new("GET", &format!("/?code={}", secret("code")), &parts.headers));
        Ok::<_, std::convert::Infallible>(http::Response::new(Body::empty()))
    }));
    let request = Request::builder()
        .uri(format!("/?code={}", secret("code")))
        .header("cookie", cookie())
        .body(Body::empty())
        .unwrap();
    drop(service.oneshot(request).await.unwrap());
}

#[tokio::test]
async fn actix() {
    debugged(&kratos_actix::SessionMiddleware::new(sessions()));
    debugged(&kratos_actix::Require::aal2());
    let request = actix_web::test::TestRequest::default()
        .uri(&format!("/?code={}", secret("code")))
        .app_data(sessions())
        .insert_header(("cookie", cookie().to_str().unwrap()))
        .to_http_request();
    debugged(&kratos_actix::Session::extract(&request).await.unwrap());
    debugged(&kratos_actix::Identity::extract(&request).await.unwrap());
    debugged(&kratos_actix::Optional::<kratos_actix::Session>::extract(&request).await.unwrap());
    let refused = kratos_actix::Traits::<u8>::extract(&request).await.unwrap_err();
    debugged(&refused);
    clean("an error", &refused.to_string());
}

#[tokio::test]
async fn the_testkit() {
    let kratos = Kratos::start().await.unwrap();
    let password = secret("password");
    let ada = kratos.identity("ada@example.org").with_password(&password).with_totp().with_backup_codes();
    debugged(&ada);
    let ada = ada.create();
    let session = kratos.session(&ada).create();
    let flow = kratos.flow(FlowKind::Login).create().unwrap();
    for (what, shown) in [
        ("a person", format!("{ada:?}")),
        ("a session", format!("{session:?}")),
        ("a flow", format!("{flow:?}")),
        ("a server", format!("{kratos:?}")),
    ] {
        clean(what, &shown);
        let cookie = session.cookie().split_once('=').unwrap().1;
        for known in [session.token(), cookie, flow.cookie(), flow.csrf_token()] {
            assert!(!shown.contains(known), "{what} shows {known}: {shown}");
        }
    }
}
