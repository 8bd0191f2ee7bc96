//! The values that framework crates pass to handlers, and the `Debug` of the testkit and the pages.

use actix_web::FromRequest as _;
use axum::{RequestPartsExt as _, body::Body};
use http::{HeaderValue, Request};
use kratos_core::{Kratos, policy::RequestView, resolve::StaticResolver};
use tower::{Layer as _, ServiceExt as _, service_fn};

use crate::shown::{clean, debugged, secret};

pub fn sessions() -> Kratos {
    let identity = serde_json::json!({"id": uuid::Uuid::nil(), "traits": {"pin": secret("pin")}});
    let session =
        serde_json::json!({"id": uuid::Uuid::nil(), "identity": identity, "tokenized": secret("jwt")});
    Kratos::from_resolver(StaticResolver::active(serde_json::from_value(session).unwrap()))
        .with_rejection_response(|response, request| {
            debugged(response);
            debugged(request);
        })
}

pub fn cookie() -> HeaderValue {
    HeaderValue::try_from(format!("ory_kratos_session={}", secret("cookie"))).unwrap()
}

pub async fn axum_and_tower() {
    debugged(&kratos_axum::KratosLayer::new(sessions()));
    debugged(&kratos_axum::RequireLayer::aal2());
    let layer = kratos_tower::KratosLayer::new(sessions());
    debugged(&layer);
    let service = layer.layer(service_fn(async |request: Request<Body>| {
        let context = kratos_core::adapter::RequestContext::of(&request).unwrap().clone();
        debugged(&context);
        let (mut parts, _) = request.into_parts();
        debugged(&parts.extract::<kratos_axum::Session>().await.unwrap());
        debugged(&parts.extract::<kratos_axum::Identity>().await.unwrap());
        debugged(&parts.extract::<Option<kratos_axum::Session>>().await.unwrap());
        let refused = parts.extract::<kratos_axum::Traits<u8>>().await.unwrap_err();
        debugged(&refused);
        clean("a rejection", &refused.to_string());
        debugged(&kratos_axum::Traits(secret("pin").len()));
        let bound = parts.extract::<kratos_axum::KratosRequest>().await.unwrap();
        debugged(&bound);
        debugged(&*bound);
        debugged(&bound.session_state());
        debugged(&bound.session_state().await.unwrap());
        debugged(&kratos_axum::logout(bound).await.map_err(|refused| debugged(&refused)));
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

pub async fn actix() {
    debugged(&kratos_actix::KratosMiddleware::new(sessions()));
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
    debugged(&kratos_actix::Traits(1));
    debugged(&kratos_actix::KratosRequest::extract(&request).await.unwrap());
}
