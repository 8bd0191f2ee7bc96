//! Browser sessions, by cookies. Uses forms and redirects, which every release supports; 0.6 has no AJAX.

use super::{ATTEMPTS, Person, json_get, node};
use crate::http::{Answer, Jar, client};
use crate::lab::Server;
use serde_json::Value;

impl Server {
    /// Opens a flow in a browser (`login`, `/browser?refresh=true`) and reads it as the page at its redirect target
    /// would.
    ///
    /// # Panics
    /// If the server does not redirect to a flow.
    pub async fn browser_flow(&self, jar: &mut Jar, kind: &str, query: &str) -> Value {
        let open = self.public(&format!("/self-service/{kind}/browser{query}"));
        let opened = jar.send(client().get(open).header("accept", "text/html")).await.expect(&[302, 303]);
        self.flow_at(jar, kind, opened.location()).await
    }

    /// Reads the flow that a redirect to a page names.
    ///
    /// # Panics
    /// If it names none.
    pub async fn flow_at(&self, jar: &mut Jar, kind: &str, page: &str) -> Value {
        let page = url::Url::parse(page).expect("an address");
        let id = page.query_pairs().find(|(name, _)| name == "flow");
        let (_, id) = id.unwrap_or_else(|| panic!("no flow in {page}"));
        let read = json_get(&self.public(&format!("/self-service/{kind}/flows?id={id}")));
        jar.send(read).await.expect(&[200]).json()
    }

    /// Posts a flow's form with the flow's CSRF token.
    ///
    /// # Panics
    /// If the flow has no action.
    pub async fn submit_form(&self, jar: &mut Jar, flow: &Value, fields: &[(&str, &str)]) -> Answer {
        let action = self.rebase(flow["ui"]["action"].as_str().expect("a flow's action"));
        let csrf = node(flow, "csrf_token").and_then(|node| node["attributes"]["value"].as_str());
        let mut fields = fields.to_vec();
        fields.push(("csrf_token", csrf.unwrap_or_default()));
        jar.send(client().post(action).header("accept", "text/html").form(&fields)).await
    }
}

impl Person {
    /// Signs in with the password in a new browser. The session has AAL1.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn browser(&self) -> Jar {
        let mut jar = Jar::default();
        for _ in 0..ATTEMPTS {
            let flow = self.server.browser_flow(&mut jar, "login", "").await;
            let done = self.submit_password_form(&mut jar, &flow).await;
            // The redirect goes to a flow if this one has expired, after five seconds on a strict server.
            if !done.location().contains("flow=") {
                assert!(jar.get("ory_kratos_session").is_some(), "no session cookie: {done:?}");
                return jar;
            }
        }
        panic!("not signed in after {ATTEMPTS} attempts");
    }

    /// Posts the password into a login flow and returns the redirect.
    ///
    /// # Panics
    /// If the answer is not a redirect.
    pub async fn submit_password_form(&self, jar: &mut Jar, flow: &Value) -> Answer {
        let fields = [
            ("method", "password"),
            ("identifier", self.email.as_str()),
            ("password_identifier", self.email.as_str()),
            ("password", self.password.as_str()),
        ];
        self.server.submit_form(jar, flow, &fields).await.expect(&[302, 303])
    }

    /// Authenticates again with the password in a signed-in browser.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn refresh_browser(&self, jar: &mut Jar) {
        let flow = self.server.browser_flow(jar, "login", "?refresh=true").await;
        let done = self.submit_password_form(jar, &flow).await.expect(&[302, 303]);
        assert!(!done.location().contains("flow="), "not signed in: {done:?}");
    }

    /// Signs the browser out.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn sign_out_browser(&self, jar: &mut Jar) {
        let logout = if !self.server.is_since(0, 7) {
            self.server.public("/self-service/browser/flows/logout")
        } else {
            let told = jar.send(json_get(&self.server.public("/self-service/logout/browser"))).await;
            let told = told.expect(&[200]).json();
            self.server.rebase(told["logout_url"].as_str().expect("a logout URL"))
        };
        let _ = jar.send(client().get(logout).header("accept", "text/html")).await.expect(&[302, 303]);
    }

    /// Returns the session from whoami, with the browser's session cookie.
    ///
    /// # Panics
    /// If the answer is not a session.
    pub async fn session_of_browser(&self, jar: &mut Jar) -> Value {
        jar.send(json_get(&self.server.public("/sessions/whoami"))).await.expect(&[200]).json()
    }
}
