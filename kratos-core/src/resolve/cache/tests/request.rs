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
