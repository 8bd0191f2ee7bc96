//! Which responses end a session.

use http::{HeaderMap, header};

use super::{super::*, Recorder};

const GONE: &str = "ory_kratos_session=MTcz; Path=/; Max-Age=0; HttpOnly";
const CSRF: &str = "csrf_token=c; Path=/; Max-Age=31536000";
const APP: &str = "http://localhost:4455/welcome";

fn to(location: &str, cookies: &[&str]) -> HeaderMap {
    let cookies = cookies.iter().map(|line| (header::SET_COOKIE, line.parse().unwrap()));
    std::iter::once((header::LOCATION, location.parse().unwrap())).chain(cookies).collect()
}

async fn logout(
    era: Era,
    answers: Vec<(u16, HeaderMap, &'static str)>,
    return_to: Option<&str>,
) -> Result<Option<String>, Error> {
    let mut client = Client::new("http://k.example").unwrap().with_era(era);
    client.connection.recorder = Some(Recorder::new(answers));
    let cookies = BrowserCookies::from_headers(&HeaderMap::new());
    let url = client.browser(&cookies).logout(return_to).await?.drop_cookies();
    Ok(url.map(String::from))
}

/// 0.6.3 as recorded: it redirects an anonymous request too, and one whose `return_to` it does not allow.
#[tokio::test]
async fn a_redirect_of_0_6_is_the_named_url_only_if_the_session_ended_and_nothing_failed() {
    let login = "http://localhost:4455/login";
    for (location, cookies, return_to, named) in [
        (login, &[CSRF, GONE][..], None, Some(login)),
        (APP, &[CSRF, GONE], Some(APP), Some(APP)),
        ("http://localhost:4455/welcome?a=1", &[GONE], Some(APP), Some("http://localhost:4455/welcome?a=1")),
        ("http://localhost:4455/error?error=e4b1c35b", &[CSRF, GONE], Some("https://evil.example/"), None),
        ("https://other.example/welcome", &[GONE], Some(APP), None),
        (login, &[CSRF], None, None),
        (login, &[], None, None),
    ] {
        let found = logout(Era::V0_6, vec![(302, to(location, cookies), "")], return_to).await.unwrap();
        assert_eq!(found.as_deref(), named, "{location} with {cookies:?} for {return_to:?}");
    }
}

#[tokio::test]
async fn later_releases_end_a_session_by_204_or_a_redirect_that_deletes_its_cookie() {
    let flow = || (200, HeaderMap::new(), r#"{"logout_url":"http://k.example/","logout_token":"t"}"#);
    let error = to("http://localhost:4455/error?id=1", &[]);
    let ended = logout(Era::V26, vec![flow(), (303, to(APP, &[GONE]), "")], None).await.unwrap();
    assert_eq!(ended.as_deref(), Some(APP));
    let quiet = logout(Era::V26, vec![flow(), (204, HeaderMap::new(), "")], None).await.unwrap();
    assert_eq!(quiet, None);
    for (status, body) in
        [(200, "{}"), (200, r#"{"status":"ok"}"#), (200, "<html>"), (201, ""), (202, "null")]
    {
        for first in [(status, HeaderMap::new(), body), (303, error.clone(), "")] {
            let failed = logout(Era::V26, vec![flow(), first, (status, HeaderMap::new(), body)], None).await;
            assert_eq!(failed.unwrap_err().kind(), ErrorKind::Unreadable, "{status} {body}");
        }
    }
}
