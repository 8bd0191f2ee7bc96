//! CORS: the responses of Kratos 26.2.0 to preflights and to requests of another origin.

#![allow(clippy::expect_used, reason = "test helpers")]

use http::{HeaderMap, Request};
use kratos_testkit::{TestKratos, call};

const APP: &str = "http://localhost:4455";

fn values(headers: &HeaderMap, name: &str) -> Vec<String> {
    headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect()
}

#[tokio::test]
async fn preflights_and_requests() {
    let kratos = TestKratos::builder().with_cors_origin(APP).build_without_sockets().expect("a server");
    let preflight = |origin: &str| {
        Request::options("/self-service/login")
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type")
    };
    let allowed = call(&kratos.public_service(), preflight(APP)).await;
    assert_eq!(allowed.status, 204);
    assert_eq!(values(&allowed.headers, "access-control-allow-origin"), [APP]);
    assert_eq!(values(&allowed.headers, "access-control-allow-methods"), ["POST"]);
    assert_eq!(values(&allowed.headers, "access-control-allow-headers"), ["content-type"]);
    let vary = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
    assert_eq!(values(&allowed.headers, "vary"), [vary]);
    let foreign = call(&kratos.public_service(), preflight("http://evil.test")).await;
    assert_eq!(foreign.status, 204);
    assert!(values(&foreign.headers, "access-control-allow-origin").is_empty());

    let asked = call(&kratos.public_service(), Request::get("/sessions/whoami").header("origin", APP)).await;
    assert_eq!(values(&asked.headers, "access-control-allow-origin"), [APP]);
    assert_eq!(values(&asked.headers, "vary"), ["Origin", "Cookie"]);
    let plain = TestKratos::builder().build_without_sockets().expect("a server");
    let asked = call(&plain.public_service(), Request::get("/sessions/whoami").header("origin", APP)).await;
    assert_eq!(values(&asked.headers, "vary"), ["Cookie"]);
}
