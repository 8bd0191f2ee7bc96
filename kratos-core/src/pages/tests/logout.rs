use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::{
    Kratos,
    kratos::tests::upstream::{SESSION, Upstream},
    policy::{GuardResponse, RefusalReason, RequestView, Requirement},
    request::Rejection,
    tokenize::Tokenized,
};

const HOUR: Duration = Duration::from_secs(3600);

/// A Kratos with one session, until that is signed out. Its cookie was re-issued: `A` is the earlier one, `B` the later.
struct Server {
    upstream: Upstream,
    ended: Arc<AtomicBool>,
    /// Whether whoami fails.
    fails: Arc<AtomicBool>,
}

impl Server {
    async fn start() -> Self {
        let ended = Arc::<AtomicBool>::default();
        let fails = Arc::<AtomicBool>::default();
        let (has_ended, has_failed) = (Arc::clone(&ended), Arc::clone(&fails));
        let upstream = Upstream::routed(move |_, head| {
            match has_failed.load(Ordering::SeqCst) && head.starts_with("GET /sessions/whoami") {
                true => (500, String::new(), String::new()),
                false => answer(head, &has_ended),
            }
        })
        .await;
        Self { upstream, ended, fails }
    }

    fn kratos(&self) -> Kratos {
        let kratos = Kratos::new(&self.upstream.url).unwrap().with_cache(HOUR);
        let kratos = kratos.with_app("https://app.example").unwrap();
        kratos.with_browser_url("https://auth.example").unwrap()
    }
}

fn answer(head: &str, ended: &AtomicBool) -> (u16, String, String) {
    let plain = |status, body: &str| (status, String::new(), body.to_owned());
    let path = head.split(' ').nth(1).unwrap();
    if ended.load(Ordering::SeqCst) {
        return plain(401, r#"{"error":{"code":401,"id":"session_inactive","message":"Unauthorized"}}"#);
    }
    if path.starts_with("/sessions/whoami?tokenize_as") {
        let jwt = r#""active":true,"tokenized":"e30.eyJleHAiOjMyNTAzNjgwMDAwfQ.a""#;
        return plain(200, &SESSION.replace(r#""active":true"#, jwt));
    }
    if path.starts_with("/sessions/whoami") {
        return plain(200, SESSION);
    }
    if path.starts_with("/self-service/logout/browser") {
        if path.contains("broken") {
            return plain(500, "");
        }
        return match path.contains("evil") {
            true => plain(400, r#"{"error":{"code":400,"id":"self_service_flow_return_to_forbidden"}}"#),
            false => plain(200, r#"{"logout_url":"https://auth.example/","logout_token":"fits"}"#),
        };
    }
    // A logout token that does not fit is answered by a redirect to the error page.
    let is_page = head.contains("text/html");
    match path.contains("token=fits") && !head.contains("=stolen") {
        false if is_page => (303, "Location: https://app.example/error?id=1\r\n".to_owned(), String::new()),
        false => plain(403, r#"{"error":{"code":403,"message":"Forbidden"}}"#),
        true => {
            ended.store(true, Ordering::SeqCst);
            // What a second attempt is answered, after the first answer was lost on its way.
            if path.contains("lost") {
                return answer(head, ended);
            }
            let to = match path.contains("partner") {
                true => "https://partner.example/",
                false => "https://app.example/configured",
            };
            let gone = "Set-Cookie: ory_kratos_session=x; Path=/; Max-Age=0\r\n";
            // Kratos clears the browser's data if it is said to use https (after 26.2).
            let clear = match head.to_lowercase().contains("x-forwarded-proto: https") {
                true => "Clear-Site-Data: \"cookies\", \"storage\"\r\n",
                false => "",
            };
            (303, format!("Location: {to}\r\n{gone}{clear}"), String::new())
        }
    }
}

type Carried = (&'static str, &'static str);

const EARLIER: Carried = ("cookie", "ory_kratos_session=A");
const LATER: Carried = ("cookie", "ory_kratos_session=B");

fn headers(carried: &[Carried]) -> HeaderMap {
    let pairs = carried.iter().chain(&[("sec-fetch-site", "same-origin")]);
    pairs.map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
}

async fn is_signed_in(kratos: &Kratos, carried: &[Carried]) -> bool {
    let headers = headers(carried);
    let request = RequestView::new("GET", "/", &headers);
    match kratos.request(&headers).require(&Requirement::signed_in(), &request).await {
        Ok(()) => true,
        Err(rejection) => {
            assert_eq!(rejection.refusal().reason(), RefusalReason::Anonymous);
            false
        }
    }
}

async fn logout(kratos: &Kratos, path: &str, carried: &[Carried]) -> Result<GuardResponse, Rejection> {
    let headers = headers(carried);
    kratos.request(&headers).logout(&RequestView::new("POST", path, &headers)).await
}

/// The session was used with each of these before, and stays cached for an hour.
#[tokio::test]
async fn a_logout_drops_the_session_under_every_credential() {
    let both = ("cookie", "ory_kratos_session=A; ory_kratos_session=B");
    for (known, carried) in [
        (&[EARLIER][..], &[LATER][..]),
        (&[LATER], &[LATER]),
        (&[EARLIER], &[both]),
        (&[both], &[LATER]),
        (&[("x-session-token", "ory_st_a")], &[LATER]),
        (&[("x-session-token", "ory_st_a")], &[LATER, ("x-session-token", "ory_st_a")]),
        (&[("x-session-token", "ory_st_a"), EARLIER], &[LATER, ("authorization", "Bearer ory_st_a")]),
        (&[("authorization", "Bearer ory_st_a")], &[LATER, ("authorization", "Bearer ory_st_a")]),
        (&[("cookie", "ory_session_x=C")], &[LATER]),
    ] {
        let server = Server::start().await;
        let kratos = server.kratos();
        assert!(is_signed_in(&kratos, known).await);
        let credential = kratos.credentials().read(&headers(known)).unwrap().unwrap();
        let tokenizer = kratos.tokenizer().unwrap();
        assert!(matches!(tokenizer.jwt(&credential, "t").await.unwrap(), Tokenized::Jwt(_)));
        let calls = server.upstream.asked().len();
        assert!(is_signed_in(&kratos, known).await && server.upstream.asked().len() == calls, "cached");
        let response = logout(&kratos, "/logout", carried).await.unwrap();
        assert!(response.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
        assert!(!is_signed_in(&kratos, known).await, "{known:?} after {carried:?}");
        let jwt = tokenizer.jwt(&credential, "t").await.unwrap();
        assert!(matches!(jwt, Tokenized::Refused(_)), "{known:?} after {carried:?}: {jwt:?}");
    }
}

/// A logout whose session is not known would leave its other credentials in the cache, which the oracle found.
#[tokio::test]
async fn a_logout_stands_back_while_whoami_fails() {
    for carried in [("x-session-token", "ory_st_a"), ("authorization", "Bearer ory_st_a")] {
        let server = Server::start().await;
        let kratos = server.kratos();
        assert!(is_signed_in(&kratos, &[carried]).await);
        // Which session the cookie ends is not known: another credential of it would stay in the cache.
        server.fails.store(true, Ordering::SeqCst);
        let refused = logout(&kratos, "/logout", &[LATER]).await.unwrap_err();
        assert_eq!(refused.response().status, 503);
        assert!(!server.ended.load(Ordering::SeqCst));
        server.fails.store(false, Ordering::SeqCst);
        logout(&kratos, "/logout", &[LATER]).await.unwrap();
        assert!(!is_signed_in(&kratos, &[carried]).await, "{carried:?}");
    }
}

/// The safe call is repeated on a fresh connection, and Kratos does not know the session any more.
#[tokio::test]
async fn a_logout_whose_first_answer_was_lost_drops_the_session() {
    let token = ("x-session-token", "ory_st_a");
    let server = Server::start().await;
    let kratos = server.kratos();
    assert!(is_signed_in(&kratos, &[token]).await);
    logout(&kratos, "/logout?return_to=https%3A%2F%2Flost.example%2F", &[LATER]).await.unwrap();
    assert!(server.ended.load(Ordering::SeqCst) && !is_signed_in(&kratos, &[token]).await);
}

/// Kratos ends the session; the caller hangs up before it hears so.
#[tokio::test]
async fn a_logout_goes_on_if_the_caller_hangs_up() {
    let server = Server::start().await;
    let kratos = server.kratos();
    assert!(is_signed_in(&kratos, &[LATER]).await);
    let request = tokio::spawn({
        let kratos = kratos.clone();
        async move { logout(&kratos, "/logout", &[LATER]).await.map(drop) }
    });
    while !server.upstream.asked().iter().any(|line| line.contains("token=")) {
        tokio::task::yield_now().await;
    }
    request.abort();
    drop(request.await);
    // The logout still runs for a moment.
    let mut waits = 0;
    while is_signed_in(&kratos, &[LATER]).await {
        waits += 1;
        assert!(waits < 10_000 && server.ended.load(Ordering::SeqCst), "the ended session stays cached");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn a_logout_redirects_to_what_the_request_or_kratos_names() {
    for (query, to) in [
        ("", "https://app.example/configured"),
        ("?return_to=https%3A%2F%2Fapp.example%2Fbye", "https://app.example/bye"),
        ("?return_to=https%3A%2F%2Fpartner.example%2F", "https://partner.example/"),
        ("?return_to=https%3A%2F%2Fevil.example%2F", "https://app.example/configured"),
        ("?return_to=%2F%2Fevil.example%2F", "https://app.example/configured"),
        ("?return_to=javascript%3Aalert(1)%2F%2Fevil", "https://app.example/configured"),
        ("?login_challenge=c1", "https://auth.example/self-service/login/browser?login_challenge=c1"),
        (
            "?login_challenge=c1&return_to=/account",
            "https://auth.example/self-service/login/browser?login_challenge=c1&return_to=https%3A%2F%2Fapp.example%2Faccount",
        ),
        // Signing out in the middle of a login: on to the login page, which keeps where the user was going.
        ("?return_to=%2Flogin%3Freturn_to%3D%252Faccount", "https://app.example/login?return_to=%2Faccount"),
    ] {
        let server = Server::start().await;
        let response = logout(&server.kratos(), &format!("/logout{query}"), &[LATER]).await.unwrap();
        assert_eq!(response.headers["location"], to, "{query}");
        // The session has ended: nothing is asked of Kratos, nor can it name a URL.
        let again = logout(&server.kratos(), &format!("/logout{query}"), &[]).await.unwrap();
        let is_own = to.ends_with("/bye") || query.contains("challenge") || to.contains("/login?");
        assert_eq!(again.headers["location"], if is_own { to } else { "https://app.example/" }, "{query}");
    }
}

#[tokio::test]
async fn a_logout_relays_which_data_the_browser_clears() {
    let server = Server::start().await;
    let response = logout(&server.kratos(), "/logout", &[LATER]).await.unwrap();
    assert_eq!(response.headers["clear-site-data"], "\"cookies\", \"storage\"");
    // Kratos is not told of https where the application is not reached by it.
    let server = Server::start().await;
    let plain = server.kratos().with_app("http://app.example").unwrap();
    let response = logout(&plain, "/logout", &[LATER]).await.unwrap();
    assert!(!response.headers.contains_key("clear-site-data"));
}

/// A refusal is a redirect as well.
#[tokio::test]
async fn a_refused_logout_is_an_error_and_forgets_nothing() {
    let server = Server::start().await;
    let kratos = server.kratos();
    let stolen = ("cookie", "ory_kratos_session=stolen");
    assert!(is_signed_in(&kratos, &[stolen]).await);
    logout(&kratos, "/logout", &[stolen]).await.unwrap_err();
    let calls = server.upstream.asked().len();
    assert!(is_signed_in(&kratos, &[stolen]).await);
    assert_eq!(server.upstream.asked().len(), calls, "still cached");
}

/// The 401 of a proxy does not say that the session has ended.
#[tokio::test]
async fn a_401_of_another_server_is_not_a_logout() {
    let server = Upstream::routed(|_, head| match head.contains("/sessions/whoami") {
        true => (200, String::new(), SESSION.to_owned()),
        false => (401, String::new(), "<h1>Sign in to the proxy</h1>".to_owned()),
    })
    .await;
    let kratos = Kratos::new(&server.url).unwrap().with_cache(HOUR).with_app("https://app.example").unwrap();
    assert!(is_signed_in(&kratos, &[LATER]).await);
    let rejection = logout(&kratos, "/logout", &[LATER]).await.unwrap_err();
    assert_eq!(rejection.response().status, 503);
    assert!(is_signed_in(&kratos, &[LATER]).await);
}

/// A logout with a cookie that opens nothing.
#[tokio::test]
async fn a_made_up_cookie_signs_out_no_other() {
    let server = Server::start().await;
    let kratos = server.kratos();
    assert!(is_signed_in(&kratos, &[LATER]).await);
    server.ended.store(true, Ordering::SeqCst);
    for number in 0..20 {
        let cookie = HeaderValue::try_from(format!("ory_kratos_session=made-up-{number}")).unwrap();
        let mut headers = headers(&[]);
        headers.insert("cookie", cookie);
        let request = RequestView::new("POST", "/logout", &headers);
        assert_eq!(kratos.request(&headers).logout(&request).await.unwrap().status, 303);
    }
    let calls = server.upstream.asked().len();
    assert!(is_signed_in(&kratos, &[LATER]).await, "its entry was not dropped");
    assert_eq!(server.upstream.asked().len(), calls);
}

/// Only a URL that Kratos does not allow is left out; a failing Kratos is a failing Kratos.
#[tokio::test]
async fn a_logout_is_a_post_of_this_site_and_fails_if_kratos_does() {
    let server = Server::start().await;
    let kratos = server.kratos();
    let broken = logout(&kratos, "/logout?return_to=https%3A%2F%2Fbroken.example%2F", &[LATER]).await;
    assert_eq!(broken.unwrap_err().response().status, 503);
    for (method, site) in [("GET", "same-origin"), ("POST", "cross-site"), ("PUT", "same-origin")] {
        let mut headers = headers(&[LATER]);
        headers.insert("sec-fetch-site", HeaderValue::from_static(site));
        let outcome = kratos.request(&headers).logout(&RequestView::new(method, "/logout", &headers)).await;
        let rejection = outcome.unwrap_err();
        assert_eq!(rejection.refusal().reason(), RefusalReason::CrossSite, "{method} {site}");
    }
    assert!(!server.ended.load(Ordering::SeqCst) && is_signed_in(&kratos, &[LATER]).await);
}
