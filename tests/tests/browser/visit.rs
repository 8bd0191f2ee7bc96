//! One user at one place with one browser: the steps of a walk.

use std::time::Duration;

use kratos_tests::http::{Answer, client};
use kratos_tests::lab::Server;
use serde_json::Value;
use totp_rs::{Builder, Secret};

use crate::page::{Ledger, complains_about_nothing, inspect};
use crate::place::Place;
use crate::webdriver::Browser;

/// The time limit for a mail.
const MAIL: Duration = Duration::from_secs(20);

/// A browser at a place. Finds elements by the test ids of Ory's reference pages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visit<'a> {
    pub(crate) browser: &'a Browser,
    pub(crate) place: &'a Place,
    pub(crate) ledger: &'a Ledger,
}

/// A user without an account.
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

/// A password that Kratos accepts.
pub(crate) fn new_password() -> String {
    format!("Zq9-{}", uuid::Uuid::new_v4())
}

/// The selector of a field.
pub(crate) fn field(name: &str) -> String {
    format!("[data-testid='node/input/{name}'] :is(input, select):not([type=hidden])")
}

/// The selector of a button.
pub(crate) fn button(name: &str, value: &str) -> String {
    format!("button[name='{name}'][value='{value}']")
}

/// The selector of a message.
pub(crate) fn message(id: u64) -> String {
    format!("[data-testid='ui/message/{id}']")
}

/// The selector of a test id.
pub(crate) fn id(id: &str) -> String {
    format!("[data-testid='{id}']")
}

impl Visit<'_> {
    pub(crate) fn server(&self) -> &Server {
        self.place.server()
    }

    /// Navigates to a page of the application.
    pub(crate) async fn open(&self, path: &str) {
        self.browser.open(&format!("{}{path}", self.place.app)).await;
        self.browser.is_whole().await;
    }

    /// Waits until an element is visible.
    pub(crate) async fn sees(&self, selector: &str) {
        let _ = self.browser.sees(selector).await;
    }

    /// An element is not visible on a loaded page.
    pub(crate) async fn sees_no(&self, selector: &str) {
        self.browser.is_whole().await;
        assert!(self.browser.shown(selector).await.is_none(), "there is {selector}");
    }

    /// Types into a field.
    pub(crate) async fn fill(&self, name: &str, text: &str) {
        self.browser.fill(&field(name), text).await;
    }

    /// Clicks a button that submits a form.
    pub(crate) async fn press(&self, name: &str, value: &str) {
        self.browser.leave_by(&button(name, value)).await;
    }

    /// Clicks a link or button that leaves the page.
    pub(crate) async fn follow(&self, test_id: &str) {
        self.browser.leave_by(&id(test_id)).await;
    }

    /// The value of a field.
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

    /// Inspects the current page.
    pub(crate) async fn inspect(&self, name: &str) {
        inspect(self.browser, self.ledger, name).await;
    }

    /// The browser reported no errors so far.
    pub(crate) async fn was_quiet(&self) {
        complains_about_nothing(self.browser, "the walk").await;
    }

    /// The browser's session from whoami, if there is one.
    pub(crate) async fn session(&self) -> Option<Value> {
        let cookie = self.browser.cookie("ory_kratos_session").await?;
        let whoami = client().get(self.server().public("/sessions/whoami"));
        let request = whoami.header("cookie", format!("ory_kratos_session={cookie}"));
        let answer = Answer::of(request.header("accept", "application/json")).await.expect(&[200, 401, 403]);
        (answer.status == 200).then(|| answer.json())
    }

    /// The browser is signed in as this user.
    pub(crate) async fn is_signed_in(&self, email: &str) -> Value {
        let session = self.session().await.unwrap_or_else(|| panic!("{email} is not signed in"));
        assert_eq!(session["identity"]["traits"]["email"], email);
        session
    }

    /// Signs in with the password, up to the second factor.
    pub(crate) async fn log_in(&self, email: &str, password: &str) {
        self.open("/login").await;
        self.identify(email).await;
        self.fill("password", password).await;
        self.press("method", "password").await;
    }

    /// Enters the identifier, on its own page if the server is configured so.
    pub(crate) async fn identify(&self, email: &str) {
        self.fill("identifier", email).await;
        if self.server().profile == "strict" {
            self.press("method", "identifier_first").await;
        }
    }

    /// Signs in a user with an account, up to the page after login.
    pub(crate) async fn is_in(&self, email: &str, password: &str) {
        self.log_in(email, password).await;
        self.browser.arrives("a page without a flow", |url| !url.path().starts_with("/login")).await;
        self.is_signed_in(email).await;
    }

    /// Signs out with the page's own button.
    pub(crate) async fn logout(&self) {
        self.browser.leave_by(":is([data-testid='logout'], [data-testid='logout-link'])").await;
        assert_eq!(self.browser.cookie("ory_kratos_session").await, None, "the cookie is gone");
    }

    /// The number of mails to an address.
    pub(crate) fn mails(&self, email: &str) -> usize {
        self.server().mailbox.mails(email).len()
    }

    /// Waits for a mail of the page's flow, and returns the number of mails. Kratos sends them asynchronously.
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

    /// The first code of this kind, such as `recovery_code`, in the mails after the known ones.
    pub(crate) async fn code_by_mail(&self, kind: &str, email: &str, mut known: usize) -> String {
        loop {
            let mail = self.server().mailbox.wait(email, known, MAIL).await;
            known += 1;
            if let Some(code) = mail.data[kind].as_str() {
                return code.to_owned();
            }
        }
    }

    /// The TOTP code for a base32 secret at the server's time.
    pub(crate) fn totp(&self, secret: &str) -> String {
        let secret = Secret::try_from_base32(secret).expect("base32");
        let now = u64::try_from(self.place.now().unix_timestamp()).expect("a time");
        Builder::new().with_secret(secret).build_noncompliant().generate(now).to_string()
    }

    /// The lines of a text node.
    pub(crate) async fn lines(&self, name: &str) -> Vec<String> {
        self.sees(&id(&format!("node/text/{name}/text"))).await;
        let script = format!(
            "return [...document.querySelectorAll(\"[data-testid='node/text/{name}/text'] code\")].map((e) => e.innerText.trim())"
        );
        let lines = self.browser.run(&script).await;
        lines.as_array().expect("lines").iter().filter_map(|line| line.as_str().map(str::to_owned)).collect()
    }
}
