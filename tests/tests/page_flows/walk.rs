//! A browser without JavaScript that follows the links and forms of the pages.

use super::{
    frameworks::{BOTH, Framework},
    page::{headers, parameter, sessions},
};
use kratos_tests::scenarios;
use kratos_tests::suite::Scenario;
use kratos_tests::{
    http::{Jar, client},
    lab::Server,
};
use scraper::{ElementRef, Html, Selector};
use std::time::Duration;
use url::Url;

pub(crate) const ALL: &[Scenario] = scenarios![
    pending_change: "a change on a stale session redirects to login, and is applied on return",
        [ShortPrivilege];
    links: "links between the pages keep return_to, and registration returns there", [LongPrivilege];
];

struct Walker {
    server: &'static Server,
    framework: Framework,
    jar: Jar,
    at: Url,
    html: String,
}

/// The limit of redirects in one step.
const REDIRECTS: usize = 10;
/// The attempts at a step that a busy machine may complete too late.
const ATTEMPTS: usize = 10;

impl Walker {
    fn new(server: &'static Server, framework: Framework, jar: Jar) -> Self {
        let at = Url::parse(&server.app_url).unwrap();
        Self { server, framework, jar, at, html: String::new() }
    }

    /// Requests a URL of the application or of Kratos and follows its redirects. Stops at a URL of the application
    /// that is not a self-service page.
    async fn go(&mut self, to: &str, form: Option<&[(String, String)]>) {
        let mut to = self.at.join(to).unwrap();
        let mut form = form;
        for _ in 0..REDIRECTS {
            let (status, location, body) = self.ask(&to, form.take()).await;
            self.at = to;
            let Some(location) = location else {
                assert!(matches!(status, 200 | 404), "{status} at {}: {body}", self.at);
                self.html = body;
                return;
            };
            to = self.at.join(&location).unwrap();
        }
        panic!("too many redirects, to {to}");
    }

    async fn ask(&mut self, to: &Url, form: Option<&[(String, String)]>) -> (u16, Option<String>, String) {
        if to.as_str().starts_with(&self.server.app_url) {
            assert!(form.is_none(), "forms go to Kratos");
            let headers = headers(&self.jar, &[]);
            let path = &to[url::Position::BeforePath..];
            let reply = self.framework.ask(sessions(self.server), "GET", path, &headers).await;
            self.jar.absorb(&reply.headers);
            let location = reply.headers.get("location").map(|to| to.to_str().unwrap().to_owned());
            return (reply.status, location, reply.body);
        }
        let url = self.server.rebase(to.as_str());
        let request = match form {
            Some(fields) => client().post(url).form(fields).header("origin", &self.server.app_url),
            None => client().get(url),
        };
        let answer = self.jar.send(request.header("accept", "text/html")).await;
        let location = answer.header("location").map(str::to_owned);
        (answer.status.as_u16(), location, String::from_utf8_lossy(&answer.body).into_owned())
    }

    /// Submits a form with this button, with some of its fields filled in.
    async fn press(&mut self, name: &str, value: &str, fill: &[(&str, &str)]) {
        let (action, fields) = self.form(name, value, fill);
        self.go(&action, Some(&fields)).await;
    }

    fn form(&self, name: &str, value: &str, fill: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
        let page = Html::parse_document(&self.html);
        let select = |text: &str| Selector::parse(text).unwrap();
        let has_button = |form: &ElementRef<'_>| {
            let button = select(&format!("button[name='{name}'][value='{value}']"));
            form.select(&button).next().is_some()
        };
        let form = page.select(&select("form")).find(has_button);
        let form = form.unwrap_or_else(|| panic!("no button {name}={value} at {}: {}", self.at, self.html));
        let mut fields = Vec::new();
        for input in form.select(&select("input[name]")) {
            let attribute = |name| input.value().attr(name).unwrap_or_default().to_owned();
            if attribute("type") == "checkbox" {
                continue;
            }
            let name = attribute("name");
            let filled = fill.iter().find(|(field, _)| *field == name).map(|(_, value)| (*value).to_owned());
            fields.push((name, filled.unwrap_or_else(|| attribute("value"))));
        }
        for (field, _) in fill {
            assert!(fields.iter().any(|(name, _)| name == field), "no field {field} at {}", self.at);
        }
        fields.push((name.to_owned(), value.to_owned()));
        (form.value().attr("action").unwrap().to_owned(), fields)
    }

    /// Follows a link.
    async fn follow(&mut self, test_id: &str) {
        let selector = Selector::parse(&format!("a[data-testid='{test_id}']")).unwrap();
        let link = {
            let page = Html::parse_document(&self.html);
            let link = page.select(&selector).next();
            link.unwrap_or_else(|| panic!("no {test_id} at {}: {}", self.at, self.html))
                .value()
                .attr("href")
                .unwrap()
                .to_owned()
        };
        self.go(&link, None).await;
    }

    /// Signs in with the form of the page, which may ask for the identifier first, with the password or not at all.
    async fn sign_in(&mut self, email: &str, password: &str) {
        if self.html.contains("value=\"identifier_first\"") {
            self.press("method", "identifier_first", &[("identifier", email)]).await;
        }
        let mut fill = vec![("password", password)];
        if self.html.contains("data-testid=\"node/input/identifier\"") {
            fill.push(("identifier", email));
        }
        self.press("method", "password", &fill).await;
    }

    /// Signs in until Kratos redirects away from the login page. A strict server's login flows live five seconds and its
    /// sessions are privileged for two, which a busy machine may exceed: Kratos then asks again.
    async fn sign_in_in_time(&mut self, email: &str, password: &str) {
        for attempt in 1..=ATTEMPTS {
            self.sign_in(email, password).await;
            if self.at.path() != "/login" {
                return;
            }
            println!("{}: the sign-in came too late, attempt {attempt} of {ATTEMPTS}", self.server.name);
        }
        panic!("not signed in after {ATTEMPTS} attempts, at {}: {}", self.at, self.html);
    }

    fn is_at(&self, path: &str) {
        assert_eq!(self.at.path(), path, "{}", self.html);
    }

    fn says(&self, message: &str) {
        assert!(self.html.contains(&format!("data-testid=\"ui/message/{message}\"")), "{}", self.html);
    }
}

/// Kratos keeps the change in a cookie and applies it when the browser returns.
async fn pending_change(server: &'static Server) {
    if let Some(kratos) = &server.testkit {
        // What expires then expires by hand alone.
        kratos.clock().stop();
    }
    for framework in BOTH {
        let ada = server.sign_up().await;
        let mut walker = Walker::new(server, framework, ada.browser().await);
        walker.go("/settings", None).await;
        walker.is_at("/settings");
        match &server.testkit {
            Some(kratos) => kratos.clock().advance(Duration::from_secs(3)),
            None => tokio::time::sleep(Duration::from_secs(3)).await,
        }
        let password = format!("another {} word", ada.password);
        walker.press("method", "password", &[("password", &password)]).await;
        walker.is_at("/login");
        walker.says("1010003");
        walker.sign_in_in_time(&ada.email, &ada.password).await;
        walker.is_at("/settings");
        walker.says("1050001");

        let mut again = Walker::new(server, framework, Jar::default());
        again.go("/login", None).await;
        again.sign_in_in_time(&ada.email, &password).await;
        assert!(again.jar.get("ory_kratos_session").is_some(), "the new password works: {}", again.html);
    }
}

async fn links(server: &'static Server) {
    for framework in BOTH {
        let mut walker = Walker::new(server, framework, Jar::default());
        let back = format!("{}/kept?x=1", server.app_url);
        let start = format!(
            "/login?{}",
            url::form_urlencoded::Serializer::new(String::new()).append_pair("return_to", &back).finish()
        );
        walker.go(&start, None).await;
        for (link, page) in
            [("forgot-password-link", "/recovery"), ("cta-link", "/login"), ("signup-link", "/registration")]
        {
            walker.follow(link).await;
            walker.is_at(page);
            assert!(parameter(&walker.at, "flow").is_some());
        }
        let email = format!("{}@example.org", uuid::Uuid::new_v4().simple());
        let password = format!("{} stands for itself", uuid::Uuid::new_v4());
        if walker.html.contains("value=\"profile\"") {
            walker.press("method", "profile", &[("traits.email", &email)]).await;
            walker.press("method", "password", &[("password", &password)]).await;
        } else {
            // 0.6 and 0.7 refuse an empty number.
            let fill = [("traits.email", &*email), ("traits.age", "7"), ("password", &*password)];
            walker.press("method", "password", &fill).await;
        }
        assert_eq!(walker.at.as_str(), back, "{}", walker.html);
    }
}
