//! No request causes a redirect outside the allowed origins, in any spelling that browsers treat as an absolute
//! URL. The oracle is the WHATWG URL parser, which browsers follow.

use http::{HeaderMap, HeaderValue};
use kratos_core::{
    Kratos,
    client::Client,
    policy::{Decision, Facts, RequestView, Requirement, decide},
    resolve::{Resolution, SecondFactor, StaticResolver},
};
use kratos_testkit::TestKratos;
use proptest::prelude::*;
use url::Url;

use crate::apps::{APP, AUTH, block_on, linked, links};

/// Open redirects, as complete texts.
const WAYS_OUT: &[&str] = &[
    "//evil.example",
    "///evil.example",
    "////evil.example//",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\r\n//evil.example",
    " //evil.example",
    "\u{0}//evil.example",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:\\\\evil.example",
    "HTTPS://EVIL.example",
    "ht\ttps://evil.example",
    "http://app.example",
    "https://app.example:444/",
    "https://app.example.evil.example/",
    "https://app.example@evil.example/",
    "https://app.example%40evil.example/",
    "https://app.example\\@evil.example/",
    "https://evil.example#@app.example/",
    "https://evil.example?@app.example/",
    "https://evil.example/https://app.example",
    "https://user:word@evil.example",
    "https://ａpp.example.evil.example",
    "https://evil。example",
    "https://evil%E3%80%82example",
    "https://0x7f000001/",
    "https://[::1]/",
    "https://app.example.",
    "https://app.example%00.evil.example",
    "blob:https://app.example/9f425a8d",
    "filesystem:https://app.example/temporary/x",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "JaVaScRiPt://app.example/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "about:blank",
    "view-source:https://app.example",
    "wss://app.example",
    "/%2f%2fevil.example",
    "/%5cevil.example",
    "/..//evil.example",
    "/.//evil.example",
    "/%2e%2e//evil.example",
    "/;@evil.example",
    "/@evil.example",
    "/?return_to=https://evil.example&return_to=https://evil.example",
    "/page?x=1&return_to=https%3A%2F%2Fevil.example",
    "/page#//evil.example",
    "/page\r\nLocation: https://evil.example",
    "/page\r\nSet-Cookie: ory_kratos_session=stolen",
    "",
    "?",
    "#",
    "evil.example",
    "@evil.example",
    ":443",
    ".evil.example",
];

/// An open redirect, mutated, assembled from parts, or arbitrary text.
fn way_out() -> impl Strategy<Value = String> {
    let known = || proptest::sample::select(WAYS_OUT).prop_map(str::to_owned);
    let parts = &[
        "/",
        "\\",
        "//",
        ":",
        "@",
        "?",
        "#",
        "%2f",
        "%5c",
        "\t",
        "\n",
        "\r",
        "\0",
        " ",
        "..",
        ".",
        "https",
        "http",
        "javascript",
        "blob:",
        "evil.example",
        "app.example",
        "auth.example",
        "&return_to=",
        "[",
        "]",
        "\u{202e}",
        "。",
    ][..];
    let made =
        proptest::collection::vec(proptest::sample::select(parts), 0..8).prop_map(|parts| parts.concat());
    let changed = (known(), any::<prop::sample::Index>(), proptest::sample::select(parts)).prop_map(
        |(mut text, place, part)| {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            text.insert_str(places[place.index(places.len())], part);
            text
        },
    );
    prop_oneof![3 => known(), 3 => changed, 3 => made, 1 => any::<String>()]
}

/// `Location` as a browser on this application's page resolves it.
fn as_browsers_read(location: &str) -> Url {
    assert!(location.bytes().all(|byte| (0x21..0x7f).contains(&byte)), "not a valid header: {location:?}");
    Url::parse(APP).unwrap().join(location).unwrap()
}

fn is_at(url: &Url, origin: &str) -> bool {
    url.scheme() == "https" && url.origin() == Url::parse(origin).unwrap().origin() && !url.cannot_be_a_base()
}

/// The URL to which the login page returns.
fn assert_returns_home(to: &Url) {
    assert!(is_at(to, AUTH), "redirected to {to}");
    let back: Vec<_> = to.query_pairs().filter(|(name, _)| name == "return_to").collect();
    assert!(back.len() <= 1, "two targets: {to}");
    for (_, back) in back {
        // As Kratos resolves it, and as a browser on any page does: both must agree.
        for page in [APP, AUTH, "https://evil.example/x"] {
            let url = Url::parse(page).unwrap().join(&back).unwrap();
            assert!(is_at(&url, APP), "returns to {url} ({back})");
        }
    }
}

fn page(more: Option<(&'static str, &str)>) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    headers.insert("accept", HeaderValue::from_static("text/html"));
    if let Some((name, value)) = more {
        headers.insert(name, HeaderValue::from_bytes(value.as_bytes()).ok()?);
    }
    Some(headers)
}

fn led(path: &str, headers: &HeaderMap) -> Vec<Url> {
    let requirements =
        [Requirement::signed_in(), Requirement::signed_in().with_aal2(), Requirement::signed_out()];
    let request = RequestView::new("GET", path, headers);
    let links = links();
    let now = kratos_core::model::Timestamp::from(time::OffsetDateTime::now_utc());
    let active = serde_json::json!({"id": uuid::Uuid::nil(), "authenticator_assurance_level": "aal1"});
    let resolutions = [
        Resolution::Anonymous,
        Resolution::Aal2Required(Default::default()),
        Resolution::Active(serde_json::from_value::<kratos_core::model::Session>(active).unwrap().into()),
    ];
    let mut all = Vec::new();
    for requirement in &requirements {
        for resolution in &resolutions {
            let facts = Facts::Resolved(resolution, SecondFactor::Unknown);
            let decision = decide(facts, requirement, &request, Some(&links), now);
            match &decision {
                Decision::Continue => {}
                Decision::Redirect { to, .. } => all.push(to.clone()),
                Decision::Refuse { refusal, .. } => all.extend(refusal.redirect_to().cloned()),
            }
            if let Some(answer) = decision.response() {
                for name in ["location", "hx-redirect"] {
                    let lines = answer.headers.get_all(name).iter();
                    all.extend(lines.map(|line| as_browsers_read(line.to_str().unwrap())));
                }
            }
        }
    }
    all
}

fn assert_stays(path: &str, headers: &HeaderMap) {
    for to in led(path, headers) {
        // A signed-in user is redirected home.
        if !is_at(&to, APP) {
            assert_returns_home(&to);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_path_of_a_page_redirects_away(path in way_out()) {
        assert_stays(&path, &page(None).unwrap());
        assert_stays(&format!("/{path}"), &page(None).unwrap());
        assert_stays(&format!("/page?return_to={path}"), &page(None).unwrap());
    }

    #[test]
    fn no_header_redirects_away(value in way_out()) {
        for name in ["referer", "hx-current-url", "host", "origin", "x-forwarded-host", "x-forwarded-proto", "x-original-url", "x-rewrite-url", "forwarded"] {
            if let Some(mut headers) = page(Some((name, &value))) {
                assert_stays("/page", &headers);
                headers.insert("accept", HeaderValue::from_static("application/json"));
                assert_stays("/page", &headers);
                headers.insert("hx-request", HeaderValue::from_static("true"));
                assert_stays("/page", &headers);
            }
        }
    }
}

#[test]
fn signing_out_never_redirects_away() {
    let kratos = block_on(TestKratos::start()).unwrap();
    let client = Client::new(kratos.public_url()).unwrap();
    let sessions = linked(Kratos::from_resolver(StaticResolver::anonymous())).with_client(client);
    let to = |path: &str| {
        let headers = HeaderMap::new();
        let request = RequestView::new("POST", path, &headers);
        let answer = block_on(sessions.request(&headers).bind(&request).logout()).unwrap();
        as_browsers_read(answer.headers["location"].to_str().unwrap())
    };
    let own = "https://app.example/bye?x=1";
    assert_eq!(to(&format!("/log-out?return_to={own}")).as_str(), own);
    let encoded = |way: &str| {
        let pair =
            url::form_urlencoded::Serializer::new(String::new()).append_pair("return_to", way).finish();
        format!("/log-out?{pair}")
    };
    for way in WAYS_OUT {
        for path in [encoded(way), format!("/log-out?return_to={way}"), format!("{way}?return_to={way}")] {
            let to = to(&path);
            assert!(is_at(&to, APP), "{path:?} redirects to {to}");
        }
    }
    let config = ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(way in way_out())| {
        let to = to(&encoded(&way));
        prop_assert!(is_at(&to, APP), "{:?} redirects to {}", way, to);
    });
}

#[test]
fn a_login_page_without_a_flow_never_redirects_away() {
    use kratos_core::model::flow::LoginFlow;
    let client = Client::new("http://127.0.0.1:9").unwrap();
    let sessions = linked(Kratos::from_resolver(StaticResolver::anonymous())).with_client(client);
    let config = ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(path in way_out(), value in way_out())| {
        for path in [path.clone(), format!("/login?{path}"), format!("/login?return_to={value}&{path}={value}")] {
            let headers = page(None).unwrap();
            let request = RequestView::new("GET", &path, &headers);
            let answer = block_on(sessions.request(&headers).flow::<LoginFlow, _>(&request)).unwrap_err().into_response();
            for line in answer.headers.get_all("location") {
                let to = as_browsers_read(line.to_str().unwrap());
                // Kratos checks `return_to` against its own list; this crate must only redirect there.
                prop_assert!(is_at(&to, AUTH) && to.path() == "/self-service/login/browser", "{:?}: {}", path, to);
            }
        }
    });
}
