//! One request of an application.

use async_trait::async_trait;

use super::*;
use crate::{
    credential::Credential,
    model::Session,
    resolve::{
        CachingResolver, Freshness, HttpResolver, Resolution, ResolveError, Resolved, SessionResolver,
    },
};

/// What a renderer of rejections sees of the request.
#[tokio::test]
async fn a_rejection_is_rendered_for_its_request() {
    for (site, referer, page) in [
        ("same-origin", "https://app.example/form?a=b", Some("/form?a=b")),
        ("cross-site", "https://app.example/form", None),
        ("same-origin", "https://app.example//evil.example", None),
        ("same-origin", "https://app.example", None),
        ("same-origin", "/form", None),
    ] {
        let seen = std::sync::Arc::new(std::sync::Mutex::new(None));
        let note = std::sync::Arc::clone(&seen);
        let kratos = Kratos::from_resolver(StaticResolver::anonymous()).with_rejection_response(
            move |response, request| {
                response.body = "rendered".into();
                *note.lock().unwrap() = Some((
                    request.method().to_owned(),
                    request.path_and_query().to_owned(),
                    request.page().map(str::to_owned),
                    request.header("accept-language").map(<[u8]>::to_vec),
                    request.header("x-absent").is_none(),
                ));
            },
        );
        let headers = headers(&[("sec-fetch-site", site), ("referer", referer), ("accept-language", "de")]);
        let request = RequestView::new("PUT", "/x?y", &headers);
        let rejection =
            kratos.request(&headers).require(&Requirement::signed_in(), &request).await.unwrap_err();
        assert_eq!(rejection.response().body, "rendered");
        let expected =
            ("PUT".to_owned(), "/x?y".to_owned(), page.map(str::to_owned), Some(b"de".to_vec()), true);
        assert_eq!(*seen.lock().unwrap(), Some(expected), "{site} {referer}");
    }
}

/// A handler drops the session that it changed.
#[tokio::test]
async fn a_request_forgets_its_session_and_resolves_an_optional_one() {
    let server = Upstream::start(|_| (200, SESSION.to_owned())).await;
    let kratos = Kratos::new(&server.url).unwrap().with_cache(MINUTE);
    let headers = headers(&[]);
    for calls in 1..=3 {
        let view = RequestView::new("GET", "/", &headers);
        let request = kratos.request(&headers).bind(&view);
        assert!(request.optional_session().await.unwrap().is_some());
        assert!(request.credential().unwrap().is_some());
        assert_eq!(server.asked().len(), calls);
        request.forget().await;
    }
    let refusing = Upstream::start(|_| (401, r#"{"error":{"code":401}}"#.to_owned())).await;
    let kratos = Kratos::new(&refusing.url).unwrap();
    let view = RequestView::new("GET", "/", &headers);
    assert!(kratos.request(&headers).bind(&view).optional_session().await.unwrap().is_none());
}

const HTTPS: &str = "https://app.example";
const HTTP: &str = "http://app.example";

/// The loop breaker's cookie is one that no other host can set, where browsers use https.
#[tokio::test]
async fn the_cookie_of_the_loop_breaker_fits_the_scheme() {
    for (app, start) in [(HTTPS, "__Host-kratos_login_hops="), (HTTP, "kratos_login_hops=")] {
        let kratos = Kratos::from_resolver(StaticResolver::anonymous()).with_app(app).unwrap();
        let kratos = kratos.with_browser_url("https://auth.example").unwrap();
        let headers = headers(&[("accept", "text/html")]);
        let request = RequestView::new("GET", "/", &headers);
        let rejection =
            kratos.request(&headers).require(&Requirement::signed_in(), &request).await.unwrap_err();
        let cookie = rejection.response().headers["set-cookie"].to_str().unwrap();
        assert!(cookie.starts_with(start), "{cookie}");
        assert_eq!(cookie.contains("Secure"), app == HTTPS, "{cookie}");
    }
}

/// A cached session decides every requirement but a live one without waiting, and a forged request gets none of it.
#[tokio::test]
async fn a_cached_session_answers_at_once() {
    let server = Upstream::start(|_| (200, SESSION.to_owned())).await;
    let kratos = Kratos::new(&server.url).unwrap().with_cache(MINUTE).with_app(HTTPS).unwrap();
    let own = headers(&[("sec-fetch-site", "same-origin")]);
    let foreign = headers(&[("sec-fetch-site", "cross-site")]);
    let post = |headers| RequestView::new("POST", "/", headers);
    assert!(kratos.request(&own).optional_session(&post(&own)).await.unwrap().is_some());
    assert!(kratos.request(&own).optional_session(&post(&own)).into_ready().is_ok());
    for requirement in [
        Requirement::signed_in(),
        Requirement::signed_in().with_predicate(|_| true),
        Requirement::signed_in().with_verified_address(),
    ] {
        let outcome = kratos.request(&own).require(&requirement, &post(&own)).into_ready();
        assert!(outcome.is_ok(), "{requirement:?} waits");
    }
    for headers in [&own, &foreign] {
        let outcome = kratos.request(headers).optional_session(&post(headers)).await;
        match outcome {
            Ok(session) => assert!(session.is_some() && std::ptr::eq(headers, &raw const own)),
            Err(refused) => {
                assert_eq!(refused.refusal().reason(), RefusalReason::CrossSite);
                assert!(std::ptr::eq(headers, &raw const foreign));
            }
        }
    }
    assert_eq!(server.asked().len(), 1);
}

/// The cached resolution was re-issued a cookie, the live one was not.
struct Reissuing;

#[async_trait]
impl SessionResolver for Reissuing {
    async fn resolve(&self, _: &Credential, freshness: Freshness) -> Result<Resolved, ResolveError> {
        let session = Session::new(Uuid::nil());
        let mut resolved = Resolved::new(Resolution::Active(session.into()));
        if freshness == Freshness::Cached {
            resolved.live = false;
            resolved.cookies = vec![HeaderValue::from_static("ory_kratos_session=new; Path=/")];
        }
        Ok(resolved)
    }
}

#[tokio::test]
async fn a_cookie_is_relayed_also_if_a_later_call_brings_none() {
    let kratos = Kratos::from_resolver(Reissuing);
    let headers = headers(&[]);
    let lazy = kratos.lazy_session();
    assert!(lazy.response_headers().is_empty());
    let request = RequestView::new("GET", "/", &headers);
    let session = lazy.read(&headers).clone();
    session.require(&Requirement::signed_in(), &request).await.unwrap();
    session.require(&Requirement::signed_in().with_live_session(), &request).await.unwrap();
    let added: HeaderMap = lazy.response_headers().headers(&HeaderMap::new()).collect();
    assert_eq!(added["set-cookie"], "ory_kratos_session=new; Path=/");
    assert_eq!(added["cache-control"], "private");
}

#[test]
fn hosts_that_share_no_cookie_are_logged_when_a_layer_is_made() {
    let kratos = Kratos::from_resolver(StaticResolver::anonymous());
    let kratos = kratos.with_app("http://127.0.0.1:3917").unwrap().with_browser_url("http://localhost:3918");
    let ((), lines) = log::during(|| kratos.unwrap().explain());
    assert!(lines.iter().any(|line| line.contains("127.0.0.1")), "{lines:?}");
}

/// A login long ago meets no requirement of a recent one, whether the session comes from the cache or not.
#[tokio::test]
async fn the_age_of_a_login_is_judged_by_the_clock() {
    let mut session = Session::new(Uuid::nil());
    session.authenticated_at = Some((*crate::clock::now() - time::Duration::hours(2)).into());
    let kratos = Kratos::from_resolver(StaticResolver::active(session));
    for kratos in [kratos.clone(), kratos.with_cache(MINUTE)] {
        for (hours, expected) in [(1, Err(RefusalReason::SessionTooOld)), (3, Ok(()))] {
            let recent = Requirement::signed_in().with_authenticated_within(MINUTE * 60 * hours);
            assert_eq!(ask(&kratos, &recent).await, expected, "{hours} h");
        }
    }
}

/// The names of pages are hashed with a key of the application.
#[tokio::test]
async fn each_secret_names_pages_otherwise() {
    let mut cookies = std::collections::BTreeSet::new();
    for secret in [[1; 32], [2; 32], [3; 32]] {
        let kratos = Kratos::from_resolver(StaticResolver::anonymous()).with_secret(secret).unwrap();
        let kratos = kratos.with_app(HTTPS).unwrap().with_browser_url("https://auth.example").unwrap();
        let headers = headers(&[("accept", "text/html")]);
        let request = RequestView::new("GET", "/", &headers);
        let rejection =
            kratos.request(&headers).require(&Requirement::signed_in(), &request).await.unwrap_err();
        cookies.insert(rejection.response().headers["set-cookie"].to_str().unwrap().to_owned());
    }
    assert_eq!(cookies.len(), 3, "{cookies:?}");
}

/// The cache is that of `Kratos` itself, of a resolver of the application, or of both.
#[tokio::test]
async fn what_is_forgotten_is_resolved_anew_whoever_caches() {
    let own = |url: &str| CachingResolver::new(HttpResolver::new(url).unwrap(), MINUTE);
    type Build<'a> = &'a dyn Fn(&str) -> Kratos;
    let builds: [Build<'_>; 3] = [
        &|url| Kratos::new(url).unwrap().with_cache(MINUTE),
        &|url| Kratos::from_resolver(own(url)),
        &|url| Kratos::from_resolver(std::sync::Arc::new(own(url))).with_cache(MINUTE),
    ];
    let forget: [fn(&Kratos, &Session); 3] = [
        |kratos, session| kratos.forget_session(session.id),
        |kratos, session| kratos.forget_identity(session.identity().unwrap().id),
        |kratos, _| kratos.forget_all(),
    ];
    for (build, forget) in builds.iter().flat_map(|build| forget.map(|forget| (build, forget))) {
        let server = Upstream::start(|_| (200, SESSION.to_owned())).await;
        let kratos = build(&server.url);
        let headers = headers(&[]);
        let request = RequestView::new("GET", "/", &headers);
        let session = kratos.request(&headers).session(&request).await.unwrap();
        assert_eq!(ask(&kratos, &Requirement::signed_in()).await, Ok(()));
        assert_eq!(server.asked().len(), 1);
        forget(&kratos, &session);
        assert_eq!(ask(&kratos, &Requirement::signed_in()).await, Ok(()));
        assert_eq!(server.asked().len(), 2);
    }
}

#[tokio::test]
async fn an_identity_is_forgotten() {
    let server = Upstream::start(|_| (200, SESSION.to_owned())).await;
    let kratos = Kratos::new(&server.url).unwrap().with_cache(MINUTE);
    let headers = headers(&[]);
    let request = RequestView::new("GET", "/", &headers);
    let session = kratos.request(&headers).session(&request).await.unwrap();
    kratos.forget_identity(Uuid::from_u128(0xdead));
    assert_eq!(ask(&kratos, &Requirement::signed_in()).await, Ok(()));
    assert_eq!(server.asked().len(), 1);
    kratos.forget_identity(session.identity().unwrap().id);
    assert_eq!(ask(&kratos, &Requirement::signed_in()).await, Ok(()));
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn a_page_that_is_neither_a_path_nor_a_url_is_refused_at_once() {
    let kratos = || Kratos::from_resolver(StaticResolver::anonymous());
    assert!(kratos().with_login_page("login").is_err());
    assert!(kratos().with_login_page("ftp://id.example/").is_err());
    assert!(kratos().with_login_page("/login").is_ok());
    assert!(kratos().with_login_page("https://id.example/login?a=b").is_ok());
}

/// Without a cache the first resolution is live: a requirement of a live one makes no second call.
#[tokio::test]
async fn a_live_resolution_serves_the_whole_request() {
    let server = Upstream::start(|_| (200, SESSION.to_owned())).await;
    let kratos = Kratos::new(&server.url).unwrap();
    let headers = headers(&[]);
    let request = RequestView::new("GET", "/", &headers);
    let session = kratos.request(&headers);
    for requirement in [Requirement::signed_in(), Requirement::signed_in().with_live_session()] {
        session.require(&requirement, &request).await.unwrap();
        session.require(&requirement, &request).await.unwrap();
    }
    assert_eq!(server.asked().len(), 1);
}

/// A guard over a page that guards redirect to is the cause of a loop, and the log says so.
#[test]
fn a_loop_of_a_guarded_page_is_logged_with_its_cause() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for (path, is_guarded) in [("/sign-in-of-a-loop", true), ("/account-of-a-loop", false)] {
        let kratos = Kratos::from_resolver(StaticResolver::anonymous()).with_app(HTTPS).unwrap();
        let kratos = kratos.with_browser_url("https://auth.example").unwrap();
        let kratos = kratos.with_login_page("/sign-in-of-a-loop").unwrap();
        let visits = async {
            let mut cookie = HeaderValue::from_static("ory_kratos_session=MTcw");
            let mut statuses = Vec::new();
            for _ in 0..6 {
                let mut headers = headers(&[("accept", "text/html")]);
                headers.insert("cookie", cookie.clone());
                let request = RequestView::new("GET", path, &headers);
                let rejection =
                    kratos.request(&headers).require(&Requirement::signed_in(), &request).await.unwrap_err();
                statuses.push(rejection.response().status.as_u16());
                if let Some(line) = rejection.response().headers.get("set-cookie") {
                    let pair = line.to_str().unwrap().split(';').next().unwrap();
                    cookie = HeaderValue::from_str(&format!("ory_kratos_session=MTcw; {pair}")).unwrap();
                }
            }
            statuses
        };
        let (statuses, lines) = log::during(|| runtime.block_on(visits));
        assert_eq!((statuses.first(), statuses.last()), (Some(&303), Some(&401)), "{statuses:?}");
        let named = lines.iter().any(|line| line.contains("a guard covers") && line.contains(path));
        assert_eq!(named, is_guarded, "{path}: {lines:?}");
    }
}
