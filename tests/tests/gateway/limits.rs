//! Rate limits through a socket: beyond them Kratos is not called.

use std::time::Duration;

use kratos_tower::gateway::{Gateway, RateLimits};

use crate::apps::{Served, kratos};
use crate::raw::{Answered, send};
use crate::upstream::Upstream;

const HOUR: Duration = Duration::from_secs(3600);
const SIGNED_IN: &str = "HTTP/1.1 303 See Other\r\nLocation: /\r\nSet-Cookie: ory_kratos_session=x; Path=/\r\nContent-Length: 0\r\n\r\n";

async fn login(app: &Served, identifier: &str, headers: &str) -> Answered {
    let body = format!("method=password&identifier={identifier}&password=x");
    let head = format!(
        "POST /.ory/kratos/self-service/login?flow=1 HTTP/1.1\r\nHost: app\r\nConnection: close\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n{headers}\r\n",
        body.len()
    );
    send(app.address, format!("{head}{body}").as_bytes()).await
}

#[tokio::test]
async fn an_identifier_has_so_many_attempts_and_the_browser_that_signed_in_its_own() {
    let upstream = Upstream::answering(SIGNED_IN).await;
    let kratos = kratos(&upstream.url);
    let set = |gateway: Gateway| gateway.with_rate_limits(RateLimits::new().with_per_identifier(2, HOUR));
    for app in [Served::axum(&kratos, set).await, Served::actix(&kratos, set).await] {
        let first = login(&app, "ada%40example.org", "").await;
        assert_eq!(first.status, 303, "{}: {first:?}", app.name);
        let cookies = first.all("set-cookie");
        assert_eq!(cookies.len(), 2, "{cookies:?}");
        let device = cookies[1].split(';').next().unwrap().to_owned();
        assert!(device.starts_with("kratos_device="), "{cookies:?}");

        assert_eq!(login(&app, "ADA%40example.org", "").await.status, 303, "{}", app.name);
        let refused = login(&app, "ada%40example.org", "").await;
        assert_eq!((refused.status, refused.all("retry-after").len()), (429, 1), "{}: {refused:?}", app.name);
        assert!(!refused.text.contains("ada"), "{refused:?}");
        let known = login(&app, "ada%40example.org", &format!("Cookie: {device}\r\n")).await;
        assert_eq!((known.status, known.all("set-cookie").len()), (303, 1), "{}: {known:?}", app.name);
        assert_eq!(login(&app, "bob%40example.org", "").await.status, 303, "{}", app.name);
    }
    // Every form that passed arrived whole, and none that was refused.
    let received = upstream.all();
    assert_eq!(received.matches("method=password&identifier=").count(), 2 * 4, "{received}");
}

#[tokio::test]
async fn a_form_whose_identifier_cannot_be_counted_does_not_pass() {
    let upstream = Upstream::answering(SIGNED_IN).await;
    let kratos = kratos(&upstream.url);
    let set = |gateway: Gateway| gateway.with_rate_limits(RateLimits::new().with_per_identifier(2, HOUR));
    for app in [Served::axum(&kratos, set).await, Served::actix(&kratos, set).await] {
        let post = async |headers: &str, body: &str| {
            let head = "POST /.ory/kratos/self-service/login HTTP/1.1\r\nHost: app\r\nConnection: close\r\n";
            send(app.address, format!("{head}{headers}\r\n{body}").as_bytes()).await.status
        };
        assert_eq!(
            post("Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 4\r\n", "--x-").await,
            400
        );
        assert_eq!(post("Content-Type: application/json\r\nContent-Length: 20000\r\n", "").await, 413);
    }
    assert!(upstream.all().is_empty(), "{}", upstream.all());
}

#[tokio::test]
async fn an_address_has_so_many_forms_and_reading_is_free() {
    let upstream = Upstream::answering(SIGNED_IN).await;
    let kratos = kratos(&upstream.url);
    let set = |gateway: Gateway| gateway.with_rate_limits(RateLimits::new().with_per_address(2, HOUR));
    for app in [Served::axum(&kratos, set).await, Served::actix(&kratos, set).await] {
        for (number, expected) in [303, 303, 429, 429].into_iter().enumerate() {
            let spoofed = format!("X-Forwarded-For: 6.6.6.{number}\r\n");
            assert_eq!(
                login(&app, &format!("user{number}"), &spoofed).await.status,
                expected,
                "{}",
                app.name
            );
        }
        let read = crate::raw::get(app.address, "/.ory/kratos/self-service/login/browser", "").await;
        assert_eq!(read.status, 303, "{}", app.name);
    }
}
