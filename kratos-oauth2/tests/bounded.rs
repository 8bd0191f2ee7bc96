//! What a Hydra that does not answer costs, and what anonymous requests cost it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed step fails the test")]

use std::{io::ErrorKind, net::TcpListener, time::Duration};

use http::{HeaderMap, StatusCode};
use kratos_core::{Kratos, KratosRequest, policy::RequestView, resolve::CircuitBreaker};
use kratos_oauth2::{HydraAdmin, HydraErrorKind, OAuth2Pages};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A Hydra that accepts connections and never answers.
struct Silent(TcpListener);

impl Silent {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    fn admin(&self) -> HydraAdmin {
        let url = format!("http://{}", self.0.local_addr().unwrap());
        HydraAdmin::new(&url).unwrap().with_timeout(Duration::from_millis(200))
    }

    /// The connections since the last call.
    fn connections(&self) -> usize {
        let mut count = 0;
        loop {
            match self.0.accept() {
                Ok(_) => count += 1,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return count,
                Err(error) => panic!("{error}"),
            }
        }
    }
}

fn kratos() -> Kratos {
    // Nothing listens there: an anonymous request needs no Kratos.
    Kratos::new("http://127.0.0.1:9").unwrap().with_app("http://127.0.0.1:4455").unwrap()
}

/// A request of a browser without cookies.
fn anonymous(kratos: &Kratos, method: &str, path: &str) -> KratosRequest {
    let mut headers = HeaderMap::new();
    headers.insert("accept", "text/html".parse().unwrap());
    headers.insert("sec-fetch-site", "same-origin".parse().unwrap());
    headers.insert("sec-fetch-mode", "navigate".parse().unwrap());
    let session = kratos.lazy_session();
    session.read(&headers).bind(&RequestView::new(method, path, &headers))
}

#[tokio::test]
async fn an_anonymous_request_for_consent_does_not_call_hydra() {
    let (hydra, kratos) = (Silent::new(), kratos());
    let pages = OAuth2Pages::new(&kratos, hydra.admin(), "Acme");
    let asked =
        pages.consent(&anonymous(&kratos, "GET", "/oauth2/consent?consent_challenge=any-challenge")).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    let to = asked.headers["location"].to_str().unwrap();
    assert!(to.contains("/self-service/login/browser?") && to.contains("any-challenge"), "{to}");
    let posted = anonymous(&kratos, "POST", "/oauth2/consent");
    let posted = pages.consent_decision(&posted, b"consent_challenge=any-challenge&decision=accept").await;
    assert_ne!(posted.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(hydra.connections(), 0);
}

#[tokio::test]
async fn a_forged_form_does_not_call_hydra() {
    let (hydra, kratos) = (Silent::new(), kratos());
    let pages = OAuth2Pages::new(&kratos, hydra.admin(), "Acme");
    let body = b"logout_challenge=x&device_challenge=x&user_code=ABCD&decision=accept&form_token=forged";
    let logout = pages.logout_decision(&anonymous(&kratos, "POST", "/oauth2/logout"), body).await;
    let device = pages.device_decision(&anonymous(&kratos, "POST", "/oauth2/device"), body).await;
    assert_eq!((logout.status, device.status), (StatusCode::FORBIDDEN, StatusCode::FORBIDDEN));
    assert_eq!(hydra.connections(), 0);
}

#[tokio::test]
async fn calls_are_suspended_after_repeated_timeouts() {
    let (hydra, kratos) = (Silent::new(), kratos());
    let limits = CircuitBreaker::new().with_failure_threshold(2).with_open_duration(DAY);
    let admin = hydra.admin().with_breaker(&limits);
    let pages = OAuth2Pages::new(&kratos, admin.clone(), "Acme");
    let page = || async {
        pages.logout(&anonymous(&kratos, "GET", "/oauth2/logout?logout_challenge=any-challenge")).await
    };
    for _ in 0..2 {
        let slow = page().await;
        assert_eq!(slow.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(!slow.headers.contains_key("retry-after"), "{:?}", slow.headers);
    }
    assert_eq!(hydra.connections(), 2);
    // Of every call, whatever it is for.
    let suspended = page().await;
    assert_eq!(suspended.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(suspended.headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap() > 0);
    let error = admin.get_consent_request("any-challenge").await.unwrap_err();
    assert_eq!(error.kind(), HydraErrorKind::Busy);
    assert!(error.retry_after().is_some(), "{error:?}");
    assert_eq!(hydra.connections(), 0);
}

#[tokio::test]
async fn anonymous_requests_take_no_place_of_others() {
    let (hydra, kratos) = (Silent::new(), kratos());
    let limits = CircuitBreaker::new()
        .with_max_in_flight(1)
        .with_queue_wait(Duration::ZERO)
        .with_failure_threshold(u32::MAX);
    let admin = hydra.admin().with_breaker(&limits);
    let pages = OAuth2Pages::new(&kratos, admin.clone(), "Acme");
    let crowd: Vec<_> = (0..40)
        .map(|_| {
            let (pages, kratos) = (pages.clone(), kratos.clone());
            let request = anonymous(&kratos, "GET", "/oauth2/logout?logout_challenge=any-challenge");
            tokio::spawn(async move { pages.logout(&request).await })
        })
        .collect();
    // The crowd goes first.
    tokio::task::yield_now().await;
    let error = admin.get_consent_request("any-challenge").await.unwrap_err();
    assert_eq!(error.kind(), HydraErrorKind::Timeout, "it was sent");
    let mut refused = 0;
    for page in crowd {
        let page = page.await.unwrap();
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
        refused += usize::from(page.headers.contains_key("retry-after"));
    }
    assert_eq!((refused, hydra.connections()), (8, 33));
}
