//! HTTP/2 into the gateway, over a socket and without TLS (h2c).

use http::{Request, StatusCode, Version};
use http_body_util::{BodyExt as _, Full};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use tokio::task::JoinSet;

use crate::apps::{Served, kratos};
use crate::upstream::{OK, Upstream};

#[tokio::test]
async fn requests_by_http_2_reach_kratos_by_http_1() {
    let answer =
        OK.replacen("\r\n", "\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nConnection: x-hop\r\nX-Hop: 1\r\n", 1);
    let upstream = Upstream::answering(&answer).await;
    let app = Served::axum(&kratos(&upstream.url), |gateway| gateway).await;
    let client = Client::builder(TokioExecutor::new()).http2_only(true).build_http::<Full<bytes::Bytes>>();
    let mut calls = JoinSet::new();
    for call in 0..20 {
        let client = client.clone();
        let url = format!("http://{}/.ory/kratos/self-service/login?flow={call}", app.address);
        // Two lines of one header, as HTTP/2 sends cookies.
        let request = Request::post(url).header("cookie", "csrf=x").header("cookie", "ory_kratos_session=y");
        let request = request.body(Full::new(format!("method=password&call={call}").into())).unwrap();
        calls.spawn(async move { client.request(request).await.unwrap() });
    }
    while let Some(response) = calls.join_next().await {
        let response = response.unwrap();
        assert_eq!((response.status(), response.version()), (StatusCode::OK, Version::HTTP_2));
        let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
        assert_eq!(cookies, ["a=1", "b=2"], "two stay two");
        assert!(!response.headers().contains_key("x-hop"), "{:?}", response.headers());
        assert_eq!(response.into_body().collect().await.unwrap().to_bytes(), "ok");
    }
    let all = upstream.all();
    for call in 0..20 {
        assert!(all.contains(&format!("POST /self-service/login?flow={call} HTTP/1.1\r\n")), "{all}");
        assert!(all.contains(&format!("method=password&call={call}")), "{all}");
    }
    // Pseudo-headers and the client's host stay here.
    assert!(!all.contains(":authority") && !all.contains(&app.address.to_string()), "{all}");
    assert!(all.contains("csrf=x") && all.contains("ory_kratos_session=y"), "{all}");
}

#[tokio::test]
async fn no_other_path_and_no_upgrade_passes_by_http_2() {
    let upstream = Upstream::answering(OK).await;
    let app = Served::axum(&kratos(&upstream.url), |gateway| gateway).await;
    let client = Client::builder(TokioExecutor::new()).http2_only(true).build_http::<Full<bytes::Bytes>>();
    for (path, status) in
        [("admin/identities", 404), ("self-service/%2e%2e/admin/identities", 404), ("sessions//whoami", 404)]
    {
        let request = Request::get(format!("http://{}/.ory/kratos/{path}", app.address));
        let response = client.request(request.body(Full::default()).unwrap()).await.unwrap();
        assert_eq!(response.status(), status, "{path}");
    }
    assert_eq!(upstream.all(), "");
}
