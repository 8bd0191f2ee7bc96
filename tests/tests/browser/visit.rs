//! One person at one place with one browser: what a walk is made of.

use std::time::Duration;

use kratos_tests::http::{Answer, client};
use kratos_tests::lab::Server;
use serde_json::Value;
use totp_rs::{Builder, Secret};

use crate::page::{Ledger, complains_about_nothing, inspect};
use crate::place::Place;
use crate::webdriver::Browser;

/// How long a mail may take.
const MAIL: Duration = Duration::from_secs(20);

/// A browser that walks a place. Pages are known by the test ids of Ory's reference pages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visit<'a> {
    pub(crate) browser: &'a Browser,
    pub(crate) place: &'a Place,
    pub(crate) ledger: &'a Ledger,
}

/// Somebody without an account yet.
#[derive(Debug, Clone)]
pub(crate) struct Stranger {
    pub(crate) email: String,
    pub(crate) password: String,
}

impl Stranger {
    pub(crate) fn new() -> Self {
        // Kratos refuses a password that resembles the identifier.
        Self { email: format!("w{}@example.org", uuid::Uuid::new_v4().simple()), password: new_password() }
    }
}

/// A password that Kratos has no objections to.
pub(crate) fn new_password() -> String {
    format!("Zq9-{}", uuid::Uuid::new_v4())
}

/// The field of this name.
pub(crate) fn field(name: &str) -> String {
    format!("[data-testid='node/input/{name}'] :is(input, select):not([type=hidden])")
}

/// The button of this name and value.
pub(crate) fn button(name: &str, value: &str) -> String {
    format!("button[name='{name}'][value='{value}']")
}

/// The message of this id.
pub(crate) fn message(id: u64) -> String {
    format!("[data-testid='ui/message/{id}']")
}

/// What has this test id.
pub(crate) fn id(id: &str) -> String {
    format!("[data-testid='{id}']")
}

impl Visit<'_> {
    pub(crate) fn server(&self) -> &Server {
        self.place.server()
    }

    /// Types the address of a page of the application.
    pub(crate) async fn open(&self, path: &str) {
        self.browser.open(&format!("{}{path}", self.place.app)).await;
        self.browser.is_whole().await;
    }

    /// Waits until an element is shown.
    pub(crate) async fn sees(&self, selector: &str) {
        let _ = self.browser.sees(selector).await;
    }

    /// An element is not shown, on a page that is there.
    pub(crate) async fn sees_no(&self, selector: &str) {
        self.browser.is_whole().await;
        assert!(self.browser.shown(selector).await.is_none(), "there is {selector}");
    }

    /// Types into a field.
    pub(crate) async fn fill(&self, name: &str, text: &str) {
        self.browser.fill(&field(name), text).await;
    }

    /// Presses a button that sends a form.
    pub(crate) async fn press(&self, name: &str, value: &str) {
        self.browser.leave_by(&button(name, value)).await;
    }

    /// Follows a link or presses a button by its test id.
    pub(crate) async fn follow(&self, test_id: &str) {
        self.browser.leave_by(&id(test_id)).await;
    }

    /// What a field holds.
    pub(crate) async fn value(&self, name: &str) -> String {
        let field = self.browser.sees(&field(name)).await;
        field.prop("value").await.expect("a value").unwrap_or_default()
    }

    /// Waits for a page of the application.
    pub(crate) async fn is_at(&self, path: &str) -> url::Url {
        let app = self.place.app.clone();
        let url =
            self.browser.arrives(path, |url| url.as_str().starts_with(&app) && url.path() == path).await;
        self.browser.is_whole().await;
        url
    }

    /// Looks at the page that is shown.
    pub(crate) async fn inspect(&self, name: &str) {
        inspect(self.browser, self.ledger, name).await;
    }

    /// The browser had nothing to complain about up to here.
    pub(crate) async fn was_quiet(&self) {
        complains_about_nothing(self.browser, "the walk").await;
    }

    /// What Kratos says about the browser's session; none when there is none.
    pub(crate) async fn session(&self) -> Option<Value> {
        let cookie = self.browser.cookie("ory_kratos_session").await?;
        let whoami = client().get(self.server().public("/sessions/whoami"));
        let request = whoami.header("cookie", format!("ory_kratos_session={cookie}"));
        let answer = Answer::of(request.header("accept", "application/json")).await.expect(&[200, 401, 403]);
        (answer.status == 200).then(|| answer.json())
    }

    /// The browser is signed in as this person.
    pub(crate) async fn is_signed_in(&self, email: &str) -> Value {
        let session = self.session().await.unwrap_or_else(|| panic!("{email} is not signed in"));
        assert_eq!(session["identity"]["traits"]["email"], email);
        session
    }

    /// Signs in with the password, up to where the second factor would be asked for.
    pub(crate) async fn log_in(&self, email: &str, password: &str) {
        self.open("/login").await;
        self.identify(email).await;
        self.fill("password", password).await;
        self.press("method", "password").await;
    }

    /// Says who signs in: on a page of its own, where the server wants it so.
    pub(crate) async fn identify(&self, email: &str) {
        self.fill("identifier", email).await;
        if self.server().profile == "strict" {
            self.press("method", "identifier_first").await;
        }
    }

    /// Signs in somebody who has an account, and is where that leads.
    pub(crate) async fn is_in(&self, email: &str, password: &str) {
        self.log_in(email, password).await;
        self.browser.arrives("a page without a flow", |url| !url.path().starts_with("/login")).await;
        self.is_signed_in(email).await;
    }

    /// Signs out, by whatever button the page has for it.
    pub(crate) async fn logout(&self) {
        self.browser.leave_by(":is([data-testid='logout'], [data-testid='logout-link'])").await;
        assert_eq!(self.browser.cookie("ory_kratos_session").await, None, "the cookie is gone");
    }

    /// How many mails somebody has.
    pub(crate) fn mails(&self, email: &str) -> usize {
        self.server().mailbox.mails(email).len()
    }

    /// How many mails there are once one of the page's flow has come: Kratos sends them when it comes to it.
    pub(crate) async fn mails_with_this_flow(&self, email: &str) -> usize {
        let page = self.browser.url().await;
        let (_, flow) = page.query_pairs().find(|(name, _)| name == "flow").expect("a flow");
        let mut known = 0;
        loop {
            let mail = self.server().mailbox.wait(email, known, MAIL).await;
            known += 1;
            if mail.data["verification_url"].as_str().is_some_and(|url| url.contains(&*flow)) {
                return known;
            }
        }
    }

    /// The code in the first mail after those known that has one of this kind, `recovery_code` say.
    pub(crate) async fn code_by_mail(&self, kind: &str, email: &str, mut known: usize) -> String {
        loop {
            let mail = self.server().mailbox.wait(email, known, MAIL).await;
            known += 1;
            if let Some(code) = mail.data[kind].as_str() {
                return code.to_owned();
            }
        }
    }

    /// The TOTP code of the server's present for a secret in base32.
    pub(crate) fn totp(&self, secret: &str) -> String {
        let secret = Secret::try_from_base32(secret).expect("base32");
        let now = u64::try_from(self.place.now().unix_timestamp()).expect("a time");
        Builder::new().with_secret(secret).build_noncompliant().generate(now).to_string()
    }

    /// The texts of a text node, a line each.
    pub(crate) async fn lines(&self, name: &str) -> Vec<String> {
        self.sees(&id(&format!("node/text/{name}/text"))).await;
        let script = format!(
            "return [...document.querySelectorAll(\"[data-testid='node/text/{name}/text'] code\")].map((e) => e.innerText.trim())"
        );
        let lines = self.browser.run(&script).await;
        lines.as_array().expect("lines").iter().filter_map(|line| line.as_str().map(str::to_owned)).collect()
    }
}
