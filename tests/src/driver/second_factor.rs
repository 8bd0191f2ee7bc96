//! TOTP: enrolment and step-up to AAL2. Since Kratos 0.8.

use super::{ATTEMPTS, Person, node};
use crate::http::{Answer, Jar};
use crate::lab::Server;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

impl Server {
    /// Registers a user who is enrolled in TOTP.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn sign_up_with_totp(&self) -> Person {
        let mut person = self.sign_up().await;
        person.enrol_totp().await;
        person
    }
}

impl Person {
    /// Returns a new session token of AAL2.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn token_aal2(&self) -> String {
        let token = self.token().await;
        self.step_up_token(&token).await;
        token
    }

    /// Returns a new browser with a session of AAL2.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn browser_aal2(&self) -> Jar {
        let mut jar = self.browser().await;
        self.step_up_browser(&mut jar).await;
        jar
    }

    /// Enrols TOTP in a separate session, so that other sessions keep AAL1.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn enrol_totp(&mut self) {
        for _ in 0..ATTEMPTS {
            let token = self.token().await;
            let flow = self.server.native_flow("settings/api", Some(&token)).await;
            let key = node(&flow, "totp_secret_key").expect("a TOTP secret");
            self.totp = Some(key["attributes"]["text"]["text"].as_str().expect("a TOTP secret").to_owned());
            let body = json!({"method": "totp", "totp_code": self.code()});
            let done = self.server.submit_native(&flow, &body, Some(&token)).await.expect(&[200, 403]);
            self.sign_out_token(&token).await;
            // 403: the session is no longer privileged, after two seconds on a strict server.
            if done.status == 200 {
                return;
            }
        }
        panic!("no TOTP enrolled in {ATTEMPTS} attempts");
    }

    /// Steps the session of this session token up to AAL2.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn step_up_token(&self, token: &str) {
        self.native_login(
            "login/api?aal=aal2",
            Some(token),
            &|| json!({"method": "totp", "totp_code": self.code()}),
        )
        .await;
    }

    /// Steps the browser's session up to AAL2.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn step_up_browser(&self, jar: &mut Jar) {
        for _ in 0..ATTEMPTS {
            let flow = self.server.browser_flow(jar, "login", "?aal=aal2").await;
            let answer = self.submit_totp_form(jar, &flow).await;
            // The redirect goes to a flow if this one has expired, after five seconds on a strict server, and to the
            // error page if the store was locked.
            if !answer.location().contains("flow=") && !answer.location().contains("/error?") {
                return;
            }
        }
        panic!("no AAL2 in {ATTEMPTS} attempts");
    }

    /// Posts the current code into a login flow and returns the redirect.
    ///
    /// # Panics
    /// If the answer is not a redirect.
    pub async fn submit_totp_form(&self, jar: &mut Jar, flow: &Value) -> Answer {
        let fields = [("method", "totp"), ("totp_code", &self.code())];
        self.server.submit_form(jar, flow, &fields).await.expect(&[302, 303])
    }

    /// The current code.
    ///
    /// # Panics
    /// If the user is not enrolled.
    #[must_use]
    pub fn code(&self) -> String {
        let secret = self.totp.as_deref().expect("enrolled");
        let secret = Secret::try_from_base32(secret).expect("base32");
        Builder::new().with_secret(secret).build_noncompliant().generate_current().to_string()
    }
}
