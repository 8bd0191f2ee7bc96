//! One browser, used as a user does.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::chromedriver::chromium;
use super::command::Post;

/// The time limit of each step.
const DEADLINE: Duration = Duration::from_secs(20);

/// The interval between two checks of a page.
const PAUSE: Duration = Duration::from_millis(25);

/// Whether pages may run JavaScript.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scripts {
    /// On, as by default.
    On,
    /// Off for every site.
    Off,
}

/// One browser with its own profile.
#[derive(Debug)]
pub(crate) struct Browser {
    client: Client,
    scripts: Scripts,
    profile: PathBuf,
    keys: Mutex<Vec<String>>,
}

impl Browser {
    /// Starts a browser.
    pub(crate) async fn start(chromedriver: &str, scripts: Scripts) -> Self {
        let profile = std::env::temp_dir().join(format!("kratos-browser-{}", uuid::Uuid::new_v4()));
        let setting = if scripts == Scripts::On { 1 } else { 2 };
        let capabilities = json!({
            "browserName": "chrome",
            "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
            "goog:chromeOptions": {
                "binary": chromium(),
                "prefs": {"profile.managed_default_content_settings.javascript": setting},
                "perfLoggingPrefs": {"enableNetwork": true, "enablePage": false},
                "args": [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
                    "--no-first-run", "--disable-background-networking", "--disable-component-update",
                    "--disable-sync", "--window-size=1280,900", format!("--user-data-dir={}", profile.display()),
                ],
            },
        });
        let Value::Object(capabilities) = capabilities else { panic!("an object") };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(chromedriver)
            .await
            .unwrap_or_else(|error| panic!("Chromium does not start: {error}"));
        Self { client, scripts, profile, keys: Mutex::default() }
    }

    /// Whether its pages may run JavaScript.
    pub(crate) fn scripts(&self) -> Scripts {
        self.scripts
    }

    /// Stops it and deletes its profile.
    pub(crate) async fn close(self) {
        let _ = self.client.close().await;
        let _ = std::fs::remove_dir_all(self.profile);
    }

    /// Clears the state of a walk: cookies, keys, logs.
    pub(crate) async fn forget(&self) {
        self.client.goto("about:blank").await.expect("an empty page");
        self.devtools("Network.clearBrowserCookies", json!({})).await;
        let keys = std::mem::take(&mut *self.keys.lock().unwrap_or_else(PoisonError::into_inner));
        for key in keys {
            self.devtools("WebAuthn.removeVirtualAuthenticator", json!({"authenticatorId": key})).await;
        }
        // Every page then loads all its resources, which the weights measure.
        self.devtools("Network.setCacheDisabled", json!({"cacheDisabled": true})).await;
        let _ = self.log("performance").await;
        let _ = self.log("browser").await;
    }

    /// Sends a command of the DevTools protocol.
    pub(crate) async fn devtools(&self, name: &str, parameters: Value) -> Value {
        let command = Post::devtools(name, &parameters);
        self.client.issue_cmd(command).await.unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The log entries since the last call.
    pub(crate) async fn log(&self, kind: &str) -> Vec<Value> {
        let log = self.client.issue_cmd(Post::log(kind)).await.expect("a log");
        log.as_array().cloned().unwrap_or_default()
    }

    /// Adds a virtual authenticator, `internal` or `usb`, that confirms user presence. Returns its id.
    pub(crate) async fn plug_in(&self, transport: &str) -> String {
        let key = self.client.issue_cmd(Post::authenticator(transport)).await.expect("an authenticator");
        let key = key.as_str().expect("an authenticator's id").to_owned();
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).push(key.clone());
        key
    }

    /// Sets whether an authenticator confirms user presence.
    pub(crate) async fn touch(&self, key: &str, touches: bool) {
        let parameters = json!({"authenticatorId": key, "enabled": touches});
        self.devtools("WebAuthn.setAutomaticPresenceSimulation", parameters).await;
    }

    /// Runs a script of the suite in the page, even if the page may not run JavaScript.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap_or_else(|error| panic!("{script:.200}: {error}"))
    }

    /// Runs a script that ends by calling its last argument.
    pub(crate) async fn run_until_called(&self, script: &str) -> Value {
        self.client
            .execute_async(script, Vec::new())
            .await
            .unwrap_or_else(|error| panic!("{script:.200}: {error}"))
    }

    /// Navigates to a URL.
    pub(crate) async fn open(&self, url: &str) {
        self.client.goto(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// The current URL.
    pub(crate) async fn url(&self) -> url::Url {
        self.client.current_url().await.expect("an address")
    }

    /// The visible text of the page.
    pub(crate) async fn text(&self) -> String {
        let text = self.run("return document.body ? document.body.innerText : ''").await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Goes back. A page with `no-store` is fetched again.
    pub(crate) async fn back(&self) {
        self.client.back().await.expect("a page before this one");
    }

    /// The value of a cookie of this page.
    pub(crate) async fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.client.get_all_cookies().await.expect("cookies");
        cookies.into_iter().find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned())
    }

    /// Waits until an element that matches the selector is visible.
    pub(crate) async fn sees(&self, selector: &str) -> Element {
        let start = Instant::now();
        loop {
            if let Some(element) = self.shown(selector).await {
                return element;
            }
            if start.elapsed() > DEADLINE {
                panic!("no {selector} to be seen after {DEADLINE:?}");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// The first visible element that matches now.
    pub(crate) async fn shown(&self, selector: &str) -> Option<Element> {
        let found = self.client.find_all(Locator::Css(selector)).await.unwrap_or_default();
        for element in found {
            if element.is_displayed().await.unwrap_or_default() {
                return Some(element);
            }
        }
        None
    }

    /// Waits until the URL meets a condition.
    pub(crate) async fn arrives(&self, what: &str, wanted: impl Fn(&url::Url) -> bool) -> url::Url {
        let start = Instant::now();
        loop {
            let url = self.url().await;
            if wanted(&url) {
                return url;
            }
            assert!(start.elapsed() < DEADLINE, "not at {what} after {DEADLINE:?}, but at {url}");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Types into a field, replacing its value.
    pub(crate) async fn fill(&self, selector: &str, text: &str) {
        let field = self.sees(selector).await;
        field.clear().await.unwrap_or_else(|error| panic!("{selector}: {error}"));
        field.send_keys(text).await.unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Clicks, and stays on the page.
    pub(crate) async fn click(&self, selector: &str) {
        let element = self.sees(selector).await;
        element.click().await.unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Clicks an element that leaves the page, and waits for the next page.
    pub(crate) async fn leave_by(&self, selector: &str) {
        let element = self.sees(selector).await;
        let page = self.page().await;
        element.click().await.unwrap_or_else(|error| panic!("{selector}: {error}"));
        self.has_left(&page, selector).await;
    }

    /// Presses Enter in a field, and waits for the next page.
    pub(crate) async fn leave_by_enter(&self, selector: &str) {
        let element = self.sees(selector).await;
        let page = self.page().await;
        element.send_keys("\u{e007}").await.unwrap_or_else(|error| panic!("{selector}: {error}"));
        self.has_left(&page, selector).await;
    }

    /// An element of the current page, to detect that the page is replaced.
    pub(crate) async fn page(&self) -> Element {
        self.client.find(Locator::Css("html")).await.expect("a page")
    }

    /// Waits until this page is replaced and the next one has loaded.
    pub(crate) async fn has_left(&self, page: &Element, by: &str) {
        let start = Instant::now();
        loop {
            match page.tag_name().await {
                Err(CmdError::Standard(error)) if error.error() == "stale element reference" => break,
                Err(CmdError::Standard(error)) if error.error() == "no such element" => break,
                _ => {}
            }
            assert!(start.elapsed() < DEADLINE, "{by} opened no page within {DEADLINE:?}");
            tokio::time::sleep(PAUSE).await;
        }
        self.is_whole().await;
    }

    /// Waits until the page has loaded completely.
    pub(crate) async fn is_whole(&self) {
        let start = Instant::now();
        while self.client.execute("return document.readyState", Vec::new()).await.ok()
            != Some(json!("complete"))
        {
            assert!(start.elapsed() < DEADLINE, "the page does not load within {DEADLINE:?}");
            tokio::time::sleep(PAUSE).await;
        }
    }
}
