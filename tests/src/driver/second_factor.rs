//! TOTP: enrolment, and the step to AAL2. Kratos has both from 0.8 on.

use super::{Person, node};
use crate::http::Jar;
use serde_json::json;
use totp_rs::{Builder, Secret};

impl Person {
    /// Enrols TOTP, in a session of its own, so that sessions that exist or come later have AAL1.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn enrol_totp(&mut self) {
        let token = self.token().await;
        let flow = self.server.native_flow("settings/api", Some(&token)).await;
        let key = node(&flow, "totp_secret_key").expect("a TOTP secret");
        self.totp = Some(key["attributes"]["text"]["text"].as_str().expect("a TOTP secret").to_owned());
        let body = json!({"method": "totp", "totp_code": self.code()});
        let _ = self.server.submit_native(&flow, &body, Some(&token)).await.expect(&[200]);
        self.sign_out_token(&token).await;
    }

    /// Lifts the session of this token to AAL2.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn step_up_token(&self, token: &str) {
        let flow = self.server.native_flow("login/api?aal=aal2", Some(token)).await;
        let body = json!({"method": "totp", "totp_code": self.code()});
        let _ = self.server.submit_native(&flow, &body, Some(token)).await.expect(&[200]);
    }

    /// Lifts the browser's session to AAL2.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn step_up_browser(&self, jar: &mut Jar) {
        let flow = self.server.browser_flow(jar, "login", "?aal=aal2").await;
        let fields = [("method", "totp"), ("totp_code", &self.code())];
        let done = self.server.submit_form(jar, &flow, &fields).await.expect(&[302, 303]);
        assert!(!done.location().contains("flow="), "no AAL2: {done:?}");
    }

    /// The code of this moment.
    ///
    /// # Panics
    /// When the person has not enrolled.
    #[must_use]
    pub fn code(&self) -> String {
        let secret = self.totp.as_deref().expect("enrolled");
        let secret = Secret::try_from_base32(secret).expect("base32");
        Builder::new().with_secret(secret).build_noncompliant().generate_current().to_string()
    }
}
