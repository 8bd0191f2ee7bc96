use std::{
    collections::BTreeMap,
    future::poll_fn,
    sync::LazyLock,
    task::Poll,
    time::{Duration, Instant},
};

use http::{HeaderMap, HeaderValue};
use metrics_util::debugging::{DebugValue, DebuggingRecorder, Snapshotter};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::{
    Kratos,
    credential::CredentialReader,
    model::Session,
    policy::{RequestView, Requirement},
    resolve::{
        Aal2Required, CachingResolver, HttpResolver, Resolution, ResolveError, Resolved, SessionResolver,
        StaticResolver,
    },
};

/// When the first test began: no call took longer.
static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);

fn recorder() -> DebuggingRecorder {
    LazyLock::force(&STARTED);
    DebuggingRecorder::new()
}

/// A marked secret in every part of a request that could carry one.
fn headers() -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("cookie", HeaderValue::from_static("ory_kratos_session=marked"));
    headers.insert("user-agent", HeaderValue::from_static("marked"));
    headers
}

async fn ask(sessions: &Kratos, headers: &HeaderMap, requirement: &Requirement) {
    let view = RequestView::new("GET", "/marked?marked=1", headers);
    let _ = sessions.request(headers).require(requirement, &view).await;
}

/// The metrics since the last call, as `name{label=value,…}`. A histogram's value is the number of its records.
fn figures(snapshotter: &Snapshotter) -> BTreeMap<String, f64> {
    let snapshot = snapshotter.snapshot().into_vec();
    let figures = snapshot.into_iter().map(|(key, _, _, value)| {
        let (name, labels) = key.key().clone().into_parts();
        let labels: Vec<String> =
            labels.into_iter().map(|label| format!("{}={}", label.key(), label.value())).collect();
        #[allow(clippy::cast_precision_loss, reason = "small numbers")]
        let value = match value {
            DebugValue::Counter(count) => count as f64,
            DebugValue::Gauge(value) => value.into_inner(),
            DebugValue::Histogram(values) => {
                let most = STARTED.elapsed().as_secs_f64();
                assert!(values.iter().all(|seconds| (0.0..=most).contains(&seconds.into_inner())), "seconds");
                values.len() as f64
            }
        };
        (format!("{}{{{}}}", name.as_str(), labels.join(",")), value)
    });
    figures.filter(|(_, value)| *value != 0.0).collect()
}

fn assert_figures(snapshotter: &Snapshotter, expected: &[(&str, f64)]) {
    let figures = figures(snapshotter);
    let expected: BTreeMap<String, f64> =
        expected.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
    assert_eq!(figures, expected);
    assert!(!format!("{figures:?}").contains("marked"));
}

#[tokio::test]
async fn resolutions_are_counted_by_outcome() {
    let recorder = recorder();
    let snapshotter = recorder.snapshotter();
    let _here = metrics::set_default_local_recorder(&recorder);
    super::describe();
    let session = Session::new(Uuid::nil());
    let signed_in = Requirement::signed_in();
    for (resolver, outcome) in [
        (StaticResolver::active(session), "active"),
        (StaticResolver::anonymous(), "anonymous"),
        (
            StaticResolver::new(Ok(Resolved::new(Resolution::Aal2Required(Box::new(Aal2Required::new(
                None,
            )))))),
            "aal2_required",
        ),
        (StaticResolver::failing(ResolveError::unavailable("marked")), "unavailable"),
        (StaticResolver::failing(ResolveError::rate_limited(None)), "rate_limited"),
        (StaticResolver::failing(ResolveError::misconfigured("marked")), "misconfigured"),
    ] {
        let sessions = Kratos::from_resolver(resolver);
        for _ in 0..3 {
            ask(&sessions, &headers(), &signed_in).await;
        }
        let name = format!("{}{{outcome={outcome},source=kratos}}", super::RESOLUTIONS);
        assert_figures(&snapshotter, &[(&name, 3.0)]);
    }
    let sessions = Kratos::from_resolver(StaticResolver::anonymous());
    ask(&sessions, &HeaderMap::new(), &signed_in).await;
    assert_figures(
        &snapshotter,
        &[("kratos_session_resolutions_total{outcome=no_credential,source=none}", 1.0)],
    );
    let strict = sessions
        .with_credentials(CredentialReader::default().with_ambiguous(crate::credential::Ambiguous::Reject));
    let mut two = headers();
    two.insert("x-session-token", HeaderValue::from_static("ory_st_marked"));
    let _ = strict.request(&two).resolve(crate::resolve::Freshness::Cached).await;
    assert_figures(&snapshotter, &[("kratos_session_resolutions_total{outcome=ambiguous,source=none}", 1.0)]);
    drop(strict.request(&headers()));
    assert_figures(&snapshotter, &[]);
}

#[tokio::test]
async fn a_cache_counts_hits_and_misses() {
    let recorder = recorder();
    let snapshotter = recorder.snapshotter();
    let _here = metrics::set_default_local_recorder(&recorder);
    let resolver =
        CachingResolver::new(StaticResolver::active(Session::new(Uuid::nil())), Duration::from_secs(60));
    let sessions = Kratos::from_resolver(resolver);
    for _ in 0..4 {
        ask(&sessions, &headers(), &Requirement::signed_in()).await;
    }
    assert_figures(
        &snapshotter,
        &[
            ("kratos_cache_lookups_total{cache=sessions,result=hit}", 3.0),
            ("kratos_cache_lookups_total{cache=sessions,result=miss}", 1.0),
            ("kratos_session_resolutions_total{outcome=active,source=kratos}", 1.0),
            ("kratos_session_resolutions_total{outcome=active,source=memory}", 3.0),
        ],
    );
    ask(&sessions, &headers(), &Requirement::signed_in().with_live_session()).await;
    assert_figures(&snapshotter, &[("kratos_session_resolutions_total{outcome=active,source=kratos}", 1.0)]);
}

#[tokio::test]
async fn calls_are_timed_and_counted_in_flight() {
    let recorder = recorder();
    let snapshotter = recorder.snapshotter();
    let _here = metrics::set_default_local_recorder(&recorder);
    // Accepts connections and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let resolver = HttpResolver::new(&url).unwrap().with_timeout(Duration::from_millis(200));
    let credential = crate::credential::Credential::cookie("ory_kratos_session=marked");
    let fresh = crate::resolve::Freshness::Live;
    // Polled once, however long that takes, and dropped.
    let mut asking = resolver.resolve(&credential, fresh);
    assert!(poll_fn(|context| Poll::Ready(asking.as_mut().poll(context))).await.is_pending());
    drop(asking);
    assert_figures(&snapshotter, &[("kratos_upstream_seconds{call=whoami,outcome=abandoned}", 1.0)]);
    let mut asking = resolver.resolve(&credential, fresh);
    assert!(poll_fn(|context| Poll::Ready(asking.as_mut().poll(context))).await.is_pending());
    assert_figures(&snapshotter, &[("kratos_upstream_in_flight{call=whoami}", 1.0)]);
    assert!(asking.await.unwrap_err().is_timeout());
    // The snapshot above reset the gauge, so that the end counts as one less.
    assert_figures(
        &snapshotter,
        &[
            ("kratos_upstream_in_flight{call=whoami}", -1.0),
            ("kratos_upstream_seconds{call=whoami,outcome=unavailable}", 1.0),
        ],
    );
}

#[tokio::test]
async fn tokenizing_is_counted() {
    let recorder = recorder();
    let snapshotter = recorder.snapshotter();
    let _here = metrics::set_default_local_recorder(&recorder);
    let exchange =
        crate::tokenize::SessionTokenizer::new(crate::client::Client::new("http://127.0.0.1:9").unwrap());
    let credential = crate::credential::Credential::cookie("ory_kratos_session=marked");
    assert!(exchange.jwt(&credential, "marked").await.unwrap_err().is_unavailable());
    assert_figures(
        &snapshotter,
        &[
            ("kratos_cache_lookups_total{cache=tokenize,result=miss}", 1.0),
            ("kratos_upstream_seconds{call=tokenize,outcome=unavailable}", 1.0),
        ],
    );
}

#[cfg(feature = "jwt")]
#[tokio::test]
async fn jwts_are_counted() {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

    let recorder = recorder();
    let snapshotter = recorder.snapshotter();
    let _here = metrics::set_default_local_recorder(&recorder);
    // The public key of RFC 7517, appendix A.1.
    let jwks = crate::resolve::Jwks::from_json(
        r#"{"keys": [{"kty": "EC", "crv": "P-256", "kid": "1", "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
            "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}"#,
    );
    let resolver = crate::resolve::JwtResolver::new(jwks.unwrap());
    let token = |header: &str| format!("{}.e30.AAAA", URL_SAFE_NO_PAD.encode(header));
    for (token, figures) in [
        (token(r#"{"alg":"HS256"}"#), &[("kratos_refused_jwts_total{reason=algorithm}", 1.0)][..]),
        (token(r#"{"alg":"ES256","kid":"1"}"#), &[("kratos_refused_jwts_total{reason=signature}", 1.0)]),
        (
            token(r#"{"alg":"ES256","kid":"marked"}"#),
            &[
                ("kratos_refused_jwts_total{reason=unknown_key}", 1.0),
                ("kratos_upstream_seconds{call=jwks,outcome=answered}", 1.0),
            ],
        ),
    ] {
        let credential = crate::credential::Credential::jwt(token);
        resolver.resolve(&credential, crate::resolve::Freshness::Cached).await.unwrap();
        let miss = ("kratos_cache_lookups_total{cache=jwts,result=miss}", 1.0);
        assert_figures(&snapshotter, &[figures, &[miss]].concat());
    }
}
