use http::{HeaderMap, HeaderName, HeaderValue};
use kratos_model::flow::{LoginFlow, RegistrationFlow};

use crate::{
    Kratos,
    kratos::tests::upstream::Upstream,
    pages::PageFlow,
    policy::{RequestView, Requirement},
    resolve::StaticResolver,
};

const FLOW: &str = r#"{"id":"9f425a8d-7efc-4768-8f23-7647a74fdf13","type":"browser",
    "expires_at":"3000-01-01T00:00:00Z","issued_at":"2026-01-01T00:00:00Z","request_url":"https://app.example/",
    "ui":{"action":"https://app.example/self-service/login","method":"POST","nodes":[]}}"#;

/// A browser that stores the loop breaker's cookie.
#[derive(Default)]
struct Browser {
    cookie: Option<HeaderValue>,
}

impl Browser {
    fn headers(&self) -> HeaderMap {
        let accept = (HeaderName::from_static("accept"), HeaderValue::from_static("text/html"));
        let cookie = self.cookie.clone().map(|cookie| (HeaderName::from_static("cookie"), cookie));
        [accept].into_iter().chain(cookie).collect()
    }

    fn store(&mut self, set_cookie: Option<&HeaderValue>) {
        let Some(line) = set_cookie.map(|line| line.to_str().unwrap()) else { return };
        let pair = line.split(';').next().unwrap();
        self.cookie = if line.contains("Max-Age=0") { None } else { HeaderValue::from_str(pair).ok() };
    }

    /// Visits a guarded page and returns the status.
    async fn guarded(&mut self, kratos: &Kratos) -> u16 {
        let headers = self.headers();
        let request = RequestView::new("GET", "/account", &headers);
        let rejection =
            kratos.request(&headers).require(&Requirement::signed_in(), &request).await.unwrap_err();
        self.store(rejection.response().headers.get("set-cookie"));
        rejection.response().status.as_u16()
    }

    /// Shows the page of a flow.
    async fn shown<F: PageFlow>(&mut self, kratos: &Kratos) {
        let headers = self.headers();
        let request = RequestView::new("GET", "/page?flow=9f425a8d-7efc-4768-8f23-7647a74fdf13", &headers);
        let session = kratos.request(&headers);
        session.flow::<F, _>(&request).await.unwrap();
        let added: HeaderMap = session.response_headers().headers(&HeaderMap::new()).collect();
        self.store(added.get("set-cookie"));
    }
}

/// The `https` site has another cookie name.
async fn kratos(server: &Upstream, app: &str) -> Kratos {
    let client = Kratos::new(&server.url).unwrap().client().unwrap().clone();
    let kratos = Kratos::from_resolver(StaticResolver::anonymous()).with_client(client);
    kratos.with_app(app).unwrap().with_browser_url(app).unwrap()
}

#[tokio::test]
async fn a_login_page_that_is_shown_ends_the_count_of_redirects() {
    let server = Upstream::start(|_| (200, FLOW.to_owned())).await;
    for app in ["https://app.example", "http://localhost:3000"] {
        let kratos = kratos(&server, app).await;
        let mut browser = Browser::default();
        for _ in 0..3 {
            for _ in 0..4 {
                assert_eq!(browser.guarded(&kratos).await, 303, "{app}");
            }
            browser.shown::<LoginFlow>(&kratos).await;
            assert!(browser.cookie.is_none(), "{app}");
        }
        // Another page does not prove that login works.
        for _ in 0..4 {
            assert_eq!(browser.guarded(&kratos).await, 303, "{app}");
        }
        browser.shown::<RegistrationFlow>(&kratos).await;
        assert_eq!(browser.guarded(&kratos).await, 401, "{app}");
    }
}
