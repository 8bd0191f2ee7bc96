use http::HeaderValue;

use super::*;
use crate::policy::{RequestView, Requirement};

#[tokio::test]
async fn a_redirect_to_a_refresh_or_a_step_up_drops_the_entry() {
    let headers = http::HeaderMap::from_iter([(
        http::HeaderName::from_static("x-session-token"),
        HeaderValue::from_static("ory_st_a"),
    )]);
    let request = RequestView::new("GET", "/", &headers);
    for (requirement, forgotten) in [
        (Requirement::signed_in().with_aal2(), true),
        (Requirement::signed_in().with_authenticated_within(MINUTE), true),
        (Requirement::signed_in().with_verified_address(), false),
        (Requirement::signed_in(), false),
    ] {
        let cache = CachingResolver::new(Script::new([active(1)]), MINUTE);
        let _ = ask(&cache, "ory_st_a").await;
        let session = crate::Kratos::from_resolver(cache.clone()).request(&headers);
        let _ = session.require(&requirement, &request).await;
        assert_eq!(cache.cached(&credential("ory_st_a")).is_none(), forgotten, "{requirement:?}");
    }
}

#[tokio::test]
async fn the_origin_check_holds_for_cached_sessions() {
    let cache =
        CachingResolver::new(crate::resolve::StaticResolver::active(Session::new(Uuid::nil())), MINUTE);
    let sessions = crate::Kratos::from_resolver(cache).with_app("https://app.example").unwrap();
    let mut headers = http::HeaderMap::new();
    headers.insert("cookie", HeaderValue::from_static("ory_kratos_session=a"));
    headers.insert("sec-fetch-site", HeaderValue::from_static("cross-site"));
    let page = RequestView::new("GET", "/", &headers);
    assert!(sessions.request(&headers).session(&page).await.is_ok(), "the session is cached now");
    let forged = RequestView::new("POST", "/", &headers);
    let refused = sessions.request(&headers).require(&Requirement::signed_in(), &forged).await.unwrap_err();
    assert_eq!(refused.refusal().reason(), crate::policy::RefusalReason::CrossSite);
}

/// The request was served from the cache; a requirement of its own still asks Kratos.
#[tokio::test]
async fn a_live_requirement_is_not_met_by_the_cached_resolution_of_the_same_request() {
    let headers = http::HeaderMap::from_iter([(
        http::HeaderName::from_static("x-session-token"),
        HeaderValue::from_static("ory_st_a"),
    )]);
    let request = RequestView::new("GET", "/", &headers);
    let script = Script::new([active(1), anonymous()]);
    let cache = CachingResolver::new(script.clone(), MINUTE);
    let _ = ask(&cache, "ory_st_a").await;
    let session = crate::Kratos::from_resolver(cache).request(&headers);
    assert!(session.require(&Requirement::signed_in(), &request).await.is_ok());
    assert_eq!(script.calls(), 1);
    let live = Requirement::signed_in().with_live_session();
    let refused = session.require(&live, &request).await.unwrap_err();
    assert_eq!(refused.refusal().reason(), crate::policy::RefusalReason::Anonymous);
    // The live answer is the one that counts from now on.
    assert!(session.require(&Requirement::signed_in(), &request).await.is_err());
    assert_eq!(script.calls(), 2);
}

/// The tokenizer is told before the resolver, whose part may wait: a caller that hangs up leaves no JWT behind.
#[tokio::test]
async fn forgetting_starts_with_what_needs_no_wait() {
    use crate::{client::Client, kratos::tests::upstream::Upstream, tokenize::SessionTokenizer};

    struct Slow;
    #[async_trait]
    impl SessionResolver for Slow {
        async fn resolve(&self, _: &Credential, _: Freshness) -> Result<Resolved, ResolveError> {
            active(1)
        }
        async fn forget(&self, _: &Credential) {
            std::future::pending::<()>().await;
        }
    }
    let body = r#"{"id":"00000000-0000-0000-0000-000000000001","active":true,"tokenized":"e30.eyJleHAiOjMyNTAzNjgwMDAwfQ.a"}"#;
    let server = Upstream::start(|_| (200, body.to_owned())).await;
    let tokenizer = SessionTokenizer::new(Client::new(&server.url).unwrap());
    let kratos = crate::Kratos::from_resolver(Slow).with_tokenizer(tokenizer.clone());
    let carried = Credential::session_token("ory_st_a");
    tokenizer.jwt(&carried, "t").await.unwrap();
    let headers = http::HeaderMap::from_iter([(
        http::HeaderName::from_static("x-session-token"),
        HeaderValue::from_static("ory_st_a"),
    )]);
    let forgetting = tokio::spawn(async move { kratos.request(&headers).forget().await });
    tokio::task::yield_now().await;
    forgetting.abort();
    drop(forgetting.await);
    tokenizer.jwt(&carried, "t").await.unwrap();
    assert_eq!(server.asked().len(), 2, "made anew");
}
