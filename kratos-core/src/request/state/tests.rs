use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use uuid::Uuid;

use super::*;
use crate::{
    Kratos, Rejection,
    credential::{Ambiguous, CredentialReader},
    policy::{RefusalReason, RequestView},
    resolve::{ResolveError, StaticResolver},
};

fn active() -> StaticResolver {
    StaticResolver::active(Session::new(Uuid::from_u128(7)))
}

/// Asks for the state of a page, on a [`Kratos`] that would redirect it, without a cache and with a warm one.
async fn states(
    resolver: StaticResolver,
    method: &str,
    more: &[(&'static str, &'static str)],
) -> Vec<Result<SessionState, Rejection>> {
    let kratos = Kratos::from_resolver(resolver).with_app("https://app.example").unwrap();
    let kratos = kratos.with_browser_url("https://auth.example").unwrap();
    let kratos = kratos
        .with_credentials(CredentialReader::default().with_ambiguous(Ambiguous::Reject))
        .with_negative_ttl(Duration::from_secs(60));
    let page = [("accept", "text/html"), ("sec-fetch-mode", "navigate")];
    let headers: HeaderMap = page
        .iter()
        .chain(more)
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
        .collect();
    let request = RequestView::new(method, "/", &headers);
    let mut states = Vec::new();
    for kratos in [kratos.clone(), kratos.with_cache(Duration::from_secs(60))] {
        for _ in 0..2 {
            let bound = kratos.request(&headers).bind(&request);
            states.push(bound.session_state().await);
            states.push(bound.session_state().await);
        }
    }
    states
}

const COOKIE: (&str, &str) = ("cookie", "ory_kratos_session=MTcw");

#[tokio::test]
async fn a_public_page_learns_the_session() {
    for state in states(active(), "GET", &[COOKIE]).await {
        let state = state.unwrap();
        assert!(matches!(state, SessionState::Active(_)), "{state:?}");
        assert_eq!(state.session().map(|session| session.id), Some(Uuid::from_u128(7)));
    }
    for (resolver, headers) in [(active(), &[][..]), (StaticResolver::anonymous(), &[COOKIE])] {
        for state in states(resolver, "GET", headers).await {
            let state = state.unwrap();
            assert!(matches!(state, SessionState::Anonymous) && state.session().is_none(), "{state:?}");
        }
    }
}

#[tokio::test]
async fn a_missing_second_factor_does_not_redirect() {
    for state in states(StaticResolver::step_up(None), "GET", &[COOKIE]).await {
        let state = state.unwrap();
        assert!(matches!(state, SessionState::Aal2Required) && state.session().is_none(), "{state:?}");
    }
}

#[tokio::test]
async fn an_outage_is_not_an_anonymous_request() {
    for (error, status) in [
        (ResolveError::unavailable("connection refused"), StatusCode::SERVICE_UNAVAILABLE),
        (ResolveError::rate_limited(None), StatusCode::TOO_MANY_REQUESTS),
        (ResolveError::misconfigured("state: give the public URL"), StatusCode::INTERNAL_SERVER_ERROR),
    ] {
        for state in states(StaticResolver::failing(error), "GET", &[COOKIE]).await {
            let rejection = state.unwrap_err();
            assert_eq!(rejection.response().status, status);
            assert!(!rejection.response().headers.contains_key("location"));
        }
    }
}

#[tokio::test]
async fn a_forged_post_is_refused_whatever_its_session() {
    let foreign = [COOKIE, ("sec-fetch-site", "cross-site")];
    for resolver in [active(), StaticResolver::anonymous(), StaticResolver::step_up(None)] {
        for state in states(resolver.clone(), "POST", &foreign).await {
            let rejection = state.unwrap_err();
            assert_eq!(rejection.refusal().reason(), RefusalReason::CrossSite);
            assert_eq!(rejection.response().status, StatusCode::FORBIDDEN);
        }
        for state in states(resolver, "GET", &foreign).await {
            state.unwrap();
        }
    }
}

#[tokio::test]
async fn two_credentials_are_a_bad_request() {
    for state in states(active(), "GET", &[COOKIE, ("x-session-token", "ory_st_a")]).await {
        let rejection = state.unwrap_err();
        assert_eq!(rejection.refusal().reason(), RefusalReason::AmbiguousCredentials);
        assert_eq!(rejection.response().status, StatusCode::BAD_REQUEST);
    }
}

/// The cache knows the session that a forged request would use.
#[tokio::test]
async fn a_forged_post_is_refused_with_a_cached_session() {
    let kratos = Kratos::from_resolver(active()).with_app("https://app.example").unwrap();
    let kratos = kratos.with_cache(Duration::from_secs(60));
    for (site, passes) in [("same-origin", true), ("cross-site", false), ("same-origin", true)] {
        let headers = [COOKIE, ("sec-fetch-site", site)];
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        let request = RequestView::new("POST", "/", &headers);
        let state = kratos.request(&headers).bind(&request).session_state().await;
        assert_eq!(state.is_ok(), passes, "{site}");
    }
}
