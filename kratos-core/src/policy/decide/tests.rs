use std::sync::Arc;

use http::{HeaderMap, HeaderValue, StatusCode};
use uuid::Uuid;

use super::*;
use crate::model::{Aal, Identity, VerifiableAddress};

const NOW: i64 = 1_800_000_000;

fn at(second: i64) -> Timestamp {
    Timestamp::from(time::OffsetDateTime::from_unix_timestamp(second).unwrap())
}

fn session(change: impl FnOnce(&mut Session)) -> Resolution {
    let mut session = Session::new(Uuid::nil());
    session.authenticated_at = Some(at(NOW - 60));
    session.authenticator_assurance_level = Some(Aal::Aal1);
    change(&mut session);
    Resolution::Active(Arc::new(session))
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pairs = pairs
        .iter()
        .map(|(name, value)| (http::HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()));
    pairs.collect()
}

fn page() -> HeaderMap {
    headers(&[("accept", "text/html,application/xhtml+xml,*/*;q=0.8")])
}

fn links() -> Links {
    Links::new("https://app.example", "https://auth.example").unwrap()
}

fn decided(resolution: &Resolution, requirement: &Requirement, path: &str, headers: &HeaderMap) -> Decision {
    let request = RequestView::new("GET", path, headers);
    let facts = Facts::Resolved(resolution, SecondFactor::Unknown);
    decide(facts, requirement, &request, Some(&links()), at(NOW))
}

fn to(decision: &Decision) -> &str {
    match decision {
        Decision::Redirect { to, .. } => to.as_str(),
        other => panic!("not a redirect: {other:?}"),
    }
}

fn reason(decision: &Decision) -> RefusalReason {
    match decision {
        Decision::Redirect { refusal, .. } | Decision::Refuse { refusal, .. } => refusal.reason(),
        Decision::Continue => panic!("continues"),
    }
}

#[test]
fn pages_are_led_to_where_it_can_be_mended() {
    let signed_in = Requirement::signed_in();
    let fresh = signed_in.clone().with_authenticated_within(Duration::from_secs(30));
    let active = session(|_| ());
    let step_up = Resolution::Aal2Required(Box::new(Aal2Required::new(
        Url::parse("http://kratos:4433/x?aal=aal2&via=email").ok(),
    )));
    let login = "https://auth.example/self-service/login/browser";
    let back = "return_to=https%3A%2F%2Fapp.example%2Fa%3Fb%3D1%26c%3D%252F";
    for (resolution, requirement, expected) in [
        (&Resolution::Anonymous, signed_in.clone(), format!("{login}?{back}")),
        (&step_up, signed_in.clone(), format!("{login}?via=email&aal=aal2&{back}")),
        (&active, signed_in.clone().with_aal2(), format!("{login}?aal=aal2&{back}")),
        (&active, fresh.clone(), format!("{login}?refresh=true&{back}")),
        (
            &session(|s| s.authenticator_assurance_level = Some(Aal::Aal2)),
            fresh.with_aal2(),
            format!("{login}?refresh=true&aal=aal2&{back}"),
        ),
        (
            &active,
            signed_in.with_verified_address(),
            format!("https://auth.example/self-service/verification/browser?{back}"),
        ),
        (&active, Requirement::signed_out(), "https://app.example/".to_owned()),
    ] {
        let decision = decided(resolution, &requirement, "/a?b=1&c=%2F", &page());
        assert_eq!(to(&decision), expected, "{requirement:?}");
        assert_eq!(decision.response().unwrap().status, StatusCode::SEE_OTHER);
    }
}

#[test]
fn a_person_without_a_second_factor_is_led_to_enrol() {
    let (requirement, headers) = (Requirement::signed_in().with_aal2(), page());
    let request = RequestView::new("GET", "/vault", &headers);
    let active = session(|_| ());
    let decision = decide(
        Facts::Resolved(&active, SecondFactor::NotEnrolled),
        &requirement,
        &request,
        Some(&links()),
        at(NOW),
    );
    assert!(to(&decision).starts_with("https://auth.example/self-service/settings/browser?return_to="));
    assert_eq!(reason(&decision), RefusalReason::SecondFactorNotEnrolled);
}

#[test]
fn a_kratos_without_levels_brings_no_loop() {
    let old = session(|session| session.authenticator_assurance_level = None);
    let decision = decided(&old, &Requirement::signed_in().with_aal2(), "/vault", &page());
    assert_eq!(decision.response().unwrap().status, StatusCode::FORBIDDEN);
}

#[test]
fn unknown_levels_are_no_second_factor() {
    let requirement = Requirement::signed_in().with_aal2();
    for (level, passes) in [("aal2", true), ("aal3", true), ("aal1", false), ("aal9", false), ("", false)] {
        let active = session(|session| session.authenticator_assurance_level = Some(level.into()));
        let decision = decided(&active, &requirement, "/", &headers(&[]));
        assert_eq!(matches!(decision, Decision::Continue), passes, "{level}");
    }
}

#[test]
fn freshness_ends_at_the_second() {
    let active = session(|_| ());
    for (age, passes) in [(61, true), (60, false), (0, false)] {
        let requirement = Requirement::signed_in().with_authenticated_within(Duration::from_secs(age));
        let decision = decided(&active, &requirement, "/", &headers(&[]));
        assert_eq!(matches!(decision, Decision::Continue), passes, "{age}");
    }
    let unknown = session(|session| session.authenticated_at = None);
    let requirement = Requirement::signed_in().with_authenticated_within(Duration::MAX);
    assert_eq!(reason(&decided(&unknown, &requirement, "/", &headers(&[]))), RefusalReason::SessionTooOld);
}

#[test]
fn a_token_alone_is_no_live_session() {
    let Resolution::Active(proven) = session(|s| s.authenticator_assurance_level = Some(Aal::Aal2)) else {
        panic!("a session")
    };
    let token = Resolution::Unconfirmed(proven);
    let signed_in = Requirement::signed_in();
    assert!(matches!(decided(&token, &signed_in, "/a", &page()), Decision::Continue));
    let home = decided(&token, &Requirement::signed_out(), "/login", &page());
    assert_eq!(reason(&home), RefusalReason::AlreadySignedIn);
    for live in [
        signed_in.clone().with_live_session(),
        signed_in.clone().with_aal2(),
        signed_in.with_authenticated_within(Duration::MAX),
    ] {
        let decision = decided(&token, &live, "/a", &headers(&[]));
        assert_eq!(reason(&decision), RefusalReason::LiveSessionRequired, "{live:?}");
        assert_eq!(decision.response().unwrap().status, StatusCode::FORBIDDEN);
        let page = decided(&token, &live, "/a", &page());
        assert!(to(&page).starts_with("https://auth.example/self-service/login/browser?return_to="));
    }
}

#[test]
fn addresses_and_predicates() {
    let verified = session(|session| {
        let mut identity = Identity::new(Uuid::nil());
        let mut address = VerifiableAddress::default();
        address.verified = true;
        identity.verifiable_addresses.push(address);
        session.identity = Some(Arc::new(identity));
    });
    let requirement = Requirement::signed_in().with_verified_address();
    assert!(matches!(decided(&verified, &requirement, "/", &page()), Decision::Continue));
    let refused = requirement.with_predicate(|_| true).with_predicate(|_| false);
    let decision = decided(&verified, &refused, "/", &page());
    assert_eq!(reason(&decision), RefusalReason::Forbidden);
    assert_eq!(decision.response().unwrap().status, StatusCode::FORBIDDEN, "a page, yet no redirect");
}

#[test]
fn a_login_page_lets_step_ups_through() {
    let (active, requirement) = (session(|_| ()), Requirement::signed_out());
    for (path, passes) in [
        ("/login", false),
        ("/login?flow=1", false),
        ("/login?refresh=false", false),
        ("/login?aal=", false),
        ("/login?refresh=true", true),
        ("/login?aal=aal2", true),
        ("/login?login_challenge=c", true),
    ] {
        let decision = decided(&active, &requirement, path, &page());
        assert_eq!(matches!(decision, Decision::Continue), passes, "{path}");
    }
    assert!(matches!(decided(&Resolution::Anonymous, &requirement, "/login", &page()), Decision::Continue));
    let step_up = Resolution::Aal2Required(Box::default());
    assert!(matches!(decided(&step_up, &requirement, "/login", &page()), Decision::Continue));
}

#[test]
fn failures_are_never_a_logout() {
    for requirement in
        [Requirement::signed_in(), Requirement::signed_out(), Requirement::signed_in().with_aal2()]
    {
        for (error, status) in [
            (ResolveError::unavailable("x"), StatusCode::SERVICE_UNAVAILABLE),
            (ResolveError::rate_limited(None), StatusCode::TOO_MANY_REQUESTS),
            (ResolveError::misconfigured("give the public URL"), StatusCode::INTERNAL_SERVER_ERROR),
        ] {
            let headers = page();
            let request = RequestView::new("GET", "/", &headers);
            let answer = decide(Facts::Failed(&error), &requirement, &request, Some(&links()), at(NOW))
                .response()
                .unwrap();
            assert_eq!(answer.status, status);
            assert!(!answer.headers.contains_key("location"));
            assert_eq!(answer.headers.contains_key("retry-after"), status == StatusCode::TOO_MANY_REQUESTS);
        }
    }
}

#[test]
fn who_is_redirected() {
    let anonymous = Resolution::Anonymous;
    let requirement = Requirement::signed_in();
    let links = links();
    for (method, pairs, redirected) in [
        ("GET", &[("accept", "text/html")][..], true),
        ("HEAD", &[("accept", "text/html")], true),
        ("GET", &[("accept", "application/json, text/html;q=0")], false),
        ("GET", &[("accept", "*/*")], false),
        ("GET", &[], false),
        ("GET", &[("sec-fetch-mode", "navigate")], true),
        ("GET", &[("sec-fetch-mode", "cors"), ("accept", "text/html")], false),
        ("POST", &[("accept", "text/html"), ("sec-fetch-mode", "navigate")], false),
        ("PUT", &[("accept", "text/html")], false),
        ("OPTIONS", &[("accept", "text/html"), ("access-control-request-method", "GET")], false),
        ("GET", &[("accept", "text/html"), ("hx-request", "true")], false),
    ] {
        let headers = headers(pairs);
        let request = RequestView::new(method, "/form", &headers);
        let facts = Facts::Resolved(&anonymous, SecondFactor::Unknown);
        let answer = decide(facts, &requirement, &request, Some(&links), at(NOW)).response().unwrap();
        let expected = if redirected { StatusCode::SEE_OTHER } else { StatusCode::UNAUTHORIZED };
        assert_eq!(answer.status, expected, "{method} {pairs:?}");
    }
}

#[test]
fn scripts_come_back_to_their_page_and_never_to_a_post() {
    let anonymous = Resolution::Anonymous;
    let help = |pairs: &[(&'static str, &str)]| {
        let headers = headers(pairs);
        let request = RequestView::new("POST", "/form", &headers);
        let facts = Facts::Resolved(&anonymous, SecondFactor::Unknown);
        let answer =
            decide(facts, &Requirement::signed_in(), &request, Some(&links()), at(NOW)).response().unwrap();
        (answer.refusal.redirect_to().unwrap().to_string(), answer.headers.get("hx-redirect").cloned())
    };
    let bare = "https://auth.example/self-service/login/browser";
    assert_eq!(help(&[]).0, bare);
    assert_eq!(help(&[("referer", "https://evil.example/x")]).0, bare);
    assert_eq!(help(&[("referer", "https://app.example.evil.example/x")]).0, bare);
    let (url, none) = help(&[("referer", "https://app.example/page?x=1")]);
    assert_eq!(url, format!("{bare}?return_to=https%3A%2F%2Fapp.example%2Fpage%3Fx%3D1"));
    assert_eq!(none, None);
    let (url, header) = help(&[("hx-request", "true"), ("hx-current-url", "https://app.example/list")]);
    assert_eq!(url, format!("{bare}?return_to=https%3A%2F%2Fapp.example%2Flist"));
    assert_eq!(header.unwrap(), url.as_str());
}

#[test]
fn return_to_stays_on_the_configured_origin() {
    for path in [
        "//evil.example/x",
        "/\\evil.example",
        "/x@evil.example",
        "/..//evil.example",
        "/%2F%2Fevil",
        "evil",
        "/x?y#z",
    ] {
        let decision = decided(&Resolution::Anonymous, &Requirement::signed_in(), path, &page());
        let login = Url::parse(to(&decision)).unwrap();
        assert_eq!(login.host_str(), Some("auth.example"));
        let (_, back) = login.query_pairs().find(|(name, _)| name == "return_to").unwrap();
        assert_eq!(Url::parse(&back).unwrap().host_str(), Some("app.example"), "{path}");
    }
}

#[test]
fn own_pages_replace_kratos() {
    let links =
        links().with_login_page("/login").unwrap().with_settings_page("https://id.example/settings").unwrap();
    let headers = page();
    let request = RequestView::new("GET", "/a", &headers);
    let facts = Facts::Resolved(&Resolution::Anonymous, SecondFactor::Unknown);
    let decision = decide(facts, &Requirement::signed_in(), &request, Some(&links), at(NOW));
    assert_eq!(to(&decision), "https://app.example/login?return_to=https%3A%2F%2Fapp.example%2Fa");
    assert!(Links::new("app.example", "https://auth.example").is_err());
    assert!(Links::new("https://app.example", "ftp://auth.example").is_err());
    assert!(Links::new("https://app.example/?x", "https://auth.example").is_err());
}

#[test]
fn without_links_or_with_status_only_nobody_is_redirected() {
    let browser = page();
    let request = RequestView::new("GET", "/a", &browser);
    let facts = Facts::Resolved(&Resolution::Anonymous, SecondFactor::Unknown);
    let bare = decide(facts, &Requirement::signed_in(), &request, None, at(NOW)).response().unwrap();
    assert_eq!((bare.status, bare.refusal.redirect_to()), (StatusCode::UNAUTHORIZED, None));
    let status_only = Requirement::signed_in().with_status_only();
    let answer = decide(facts, &status_only, &request, Some(&links()), at(NOW)).response().unwrap();
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.refusal.id(), crate::model::ErrorId::SessionInactive);
    let link = answer.refusal.redirect_to().unwrap().as_str().replace('&', "&amp;");
    assert!(String::from_utf8_lossy(&answer.body).contains(&format!("<a href=\"{link}\">")));
    let json = headers(&[("accept", "application/json")]);
    let program = RequestView::new("GET", "/a", &json);
    let answer = decide(facts, &status_only, &program, Some(&links()), at(NOW)).response().unwrap();
    let body: crate::model::ErrorEnvelope = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(body.error.id, Some(crate::model::ErrorId::SessionInactive));
    assert!(body.redirect_browser_to().is_some());
}

#[test]
fn a_loop_between_application_and_login_is_broken() {
    let mut jar = String::new();
    let mut statuses = Vec::new();
    for _ in 0..6 {
        let headers = headers(&[("accept", "text/html"), ("cookie", &jar)]);
        let answer =
            decided(&Resolution::Anonymous, &Requirement::signed_in(), "/a", &headers).response().unwrap();
        statuses.push(answer.status.as_u16());
        if let Some(line) = answer.headers.get("set-cookie") {
            jar = line.to_str().unwrap().split(';').next().unwrap().to_owned();
        }
    }
    assert_eq!(statuses, [303, 303, 303, 303, 401, 401]);
    let headers = headers(&[("accept", "text/html"), ("cookie", &jar)]);
    let elsewhere = decided(&Resolution::Anonymous, &Requirement::signed_in(), "/b", &headers);
    assert_eq!(elsewhere.response().unwrap().status, StatusCode::SEE_OTHER, "another page is no loop");
}

#[test]
fn two_credentials_are_a_bad_request() {
    let headers = page();
    let request = RequestView::new("GET", "/", &headers);
    let decision = decide(
        Facts::Ambiguous(AmbiguousCredentials),
        &Requirement::signed_in(),
        &request,
        Some(&links()),
        at(NOW),
    );
    assert_eq!(decision.response().unwrap().status, StatusCode::BAD_REQUEST);
}

#[test]
fn what_another_site_sends_is_forbidden_and_never_redirected() {
    let headers = page();
    let request = RequestView::new("GET", "/", &headers);
    for requirement in [Requirement::signed_in(), Requirement::signed_out()] {
        let decision = decide(Facts::CrossSite, &requirement, &request, Some(&links()), at(NOW));
        assert_eq!(reason(&decision), RefusalReason::CrossSite);
        let answer = decision.response().unwrap();
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_eq!(answer.refusal.id(), crate::model::ErrorId::SecurityCsrfViolation);
        let program = GuardResponse::refuse(&answer.refusal, Audience::Program);
        assert!(String::from_utf8_lossy(&program.body).contains(r#""id":"security_csrf_violation""#));
        // Without links the refusal is the same.
        let decision = decide(Facts::CrossSite, &requirement, &request, None, at(NOW));
        assert_eq!(reason(&decision), RefusalReason::CrossSite);
        assert_eq!(decision.response().unwrap().status, StatusCode::FORBIDDEN);
    }
}

/// A request with a cached session takes a shortcut past the table: it must say what the table says.
#[test]
fn signed_in_is_met_by_every_active_session_and_by_nothing_else() {
    let active = Session::new(Uuid::nil());
    let resolutions = [
        session(|_| ()),
        session(|s| s.authenticator_assurance_level = None),
        session(|s| s.authenticator_assurance_level = Some(Aal::Aal2)),
        session(|s| s.authenticated_at = None),
        session(|s| s.identity = Some(Arc::new(Identity::new(Uuid::nil())))),
        Resolution::Unconfirmed(Arc::new(active)),
        Resolution::Anonymous,
        Resolution::Aal2Required(Box::default()),
    ];
    let links = links();
    for requirement in [Requirement::signed_in(), Requirement::signed_in().with_status_only()] {
        assert!(requirement.is_signed_in());
        for resolution in &resolutions {
            for factor in [SecondFactor::Enrolled, SecondFactor::NotEnrolled, SecondFactor::Unknown] {
                for method in ["GET", "HEAD", "POST", "DELETE", "OPTIONS"] {
                    for headers in [HeaderMap::new(), page(), headers(&[("hx-request", "true")])] {
                        for links in [None, Some(&links)] {
                            let request = RequestView::new(method, "/a?refresh=true&aal=aal2", &headers);
                            let facts = Facts::Resolved(resolution, factor);
                            let decision = decide(facts, &requirement, &request, links, at(NOW));
                            assert_eq!(
                                matches!(decision, Decision::Continue),
                                resolution.active().is_some(),
                                "{resolution:?} {factor:?} {method} {headers:?}"
                            );
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn every_further_requirement_takes_no_shortcut() {
    let signed_in = Requirement::signed_in;
    for requirement in [
        Requirement::signed_out(),
        signed_in().with_aal2(),
        signed_in().with_authenticated_within(Duration::MAX),
        signed_in().with_verified_address(),
        signed_in().with_live_session(),
        signed_in().with_predicate(|_| true),
        Requirement::session_token(),
    ] {
        assert!(!requirement.is_signed_in(), "{requirement:?}");
    }
}
