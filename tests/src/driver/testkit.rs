//! The testkit's own ways in, where its first cut has no flows.

use super::Person;
use crate::http::{Answer, Jar, client};
use crate::lab::Server;
use kratos_testkit::{Kratos, NewIdentity, NewSession, TestSession};
use serde_json::json;
use std::time::Duration;
use uuid::Uuid;

impl Server {
    /// Somebody new, made directly.
    pub(super) fn fixture<'a>(
        &self,
        kratos: &'a Kratos,
        change: impl FnOnce(NewIdentity<'a>) -> NewIdentity<'a>,
    ) -> Person {
        let email = format!("p{}@example.org", Uuid::new_v4().simple());
        let person =
            kratos.identity(&email).with_traits(json!({"name": {"first": "Ada", "last": "Lovelace"}}));
        let identity = change(person).create();
        let (server, identity_id) = (self.clone(), identity.id);
        Person { server, email, password: String::new(), identity_id, totp: None, fixture: Some(identity) }
    }
}

impl Person {
    /// A session of AAL1 made directly; none when the server is a real one.
    pub(super) fn fixture_session(&self) -> Option<TestSession> {
        self.new_fixture_session().map(NewSession::create)
    }

    /// A session of AAL2 made directly; none when the server is a real one.
    pub(super) fn fixture_session_aal2(&self) -> Option<TestSession> {
        self.new_fixture_session().map(|session| session.with_aal2().create())
    }

    fn new_fixture_session(&self) -> Option<NewSession<'_>> {
        Some(self.server.testkit.as_deref()?.session(self.fixture.as_ref()?))
    }

    /// A session token that is no longer good because its time is over.
    ///
    /// # Panics
    /// When the server is a real one, where that takes an hour.
    #[must_use]
    pub fn expired_token(&self) -> String {
        let session = self.new_fixture_session().expect("the testkit");
        let session =
            session.with_authenticated_ago(Duration::from_secs(7200)).with_expires_in(Duration::ZERO);
        session.create().token().to_owned()
    }

    /// Revokes a session of the testkit.
    pub(super) async fn revoke_fixture(&self, kratos: &Kratos, credential: (&str, &str)) {
        let request = client().get(self.server.public("/sessions/whoami")).header(credential.0, credential.1);
        let session = Answer::of(request).await.expect(&[200]).json();
        kratos.revoke(session["id"].as_str().and_then(|id| id.parse().ok()).expect("a session's id"));
    }
}

/// The cookie of a session in a browser.
pub(super) fn jar(session: &TestSession) -> Jar {
    let (name, value) = session.cookie().split_once('=').expect("a cookie");
    let mut jar = Jar::default();
    jar.set(name, value);
    jar
}
