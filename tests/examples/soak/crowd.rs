//! The users and their Kratos.

use std::time::Duration;

use kratos_testkit::{FlowKind, TestFlow, TestIdentity, TestKratos, TestSession};

/// The maximum age of a recent authentication.
pub(crate) const FRESH: Duration = Duration::from_secs(6 * 3600);
/// How long the objects of one visit exist before the clean-up removes them.
pub(crate) const SHORT: Duration = Duration::from_secs(30);
const PEOPLE: usize = 300;
const TEMPLATE: &str = "soak";

/// A Kratos whose flows expire soon.
pub(crate) async fn kratos() -> TestKratos {
    let builder = TestKratos::builder().with_flow_lifespan(FlowKind::Login, SHORT);
    let builder = builder.with_jwt_template(TEMPLATE, FRESH);
    builder.with_flow_lifespan(FlowKind::Settings, SHORT).start().await.expect("a server")
}

/// A user and their session.
#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) identity: TestIdentity,
    pub(crate) session: TestSession,
}

#[derive(Debug)]
pub(crate) struct Crowd {
    /// Signed in, not enrolled in a second factor.
    plain: Vec<Person>,
    /// Signed in at AAL2.
    strong: Vec<Person>,
    /// Enrolled in a second factor, signed in at AAL1.
    weak: Vec<Person>,
    /// Signed in long ago.
    old: Vec<Person>,
    /// JWTs of the first users without a second factor.
    tokens: Vec<String>,
}

impl Crowd {
    pub(crate) async fn of(kratos: &TestKratos) -> Self {
        let group = |name: &str, size: usize, make: fn(&TestKratos, &str) -> Person| {
            (0..size).map(|n| make(kratos, &format!("{name}-{n}@example.org"))).collect()
        };
        let mut crowd = Self {
            tokens: Vec::new(),
            plain: group("plain", PEOPLE, |kratos, email| {
                let identity = kratos.identity(email).with_verified_address().create();
                Person { session: kratos.session(&identity).create(), identity }
            }),
            strong: group("strong", PEOPLE / 5, |kratos, email| {
                let identity = kratos.identity(email).with_totp().create();
                Person { session: kratos.session(&identity).with_aal2().create(), identity }
            }),
            weak: group("weak", PEOPLE / 5, |kratos, email| {
                let identity = kratos.identity(email).with_totp().create();
                Person { session: kratos.session(&identity).create(), identity }
            }),
            old: group("old", PEOPLE / 5, |kratos, email| {
                let identity = kratos.identity(email).create();
                let session = kratos.session(&identity).with_authenticated_ago(FRESH + SHORT);
                Person { session: session.create(), identity }
            }),
        };
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        for person in crowd.plain.iter().take(PEOPLE / 5) {
            let url = format!("{}/sessions/whoami?tokenize_as={TEMPLATE}", kratos.public_url());
            let request = client.get(url).header("x-session-token", person.session.session_token());
            let session: serde_json::Value =
                request.send().await.expect("an answer").json().await.expect("a session");
            crowd.tokens.push(session["tokenized"].as_str().expect("a token").to_owned());
        }
        crowd
    }

    /// A user without a second factor, and their JWT.
    pub(crate) fn token(&self, n: usize) -> (&Person, &str) {
        let n = n % self.tokens.len();
        (&self.plain[n], &self.tokens[n])
    }

    pub(crate) fn plain(&self, n: usize) -> &Person {
        &self.plain[n % self.plain.len()]
    }

    pub(crate) fn strong(&self, n: usize) -> &Person {
        &self.strong[n % self.strong.len()]
    }

    pub(crate) fn weak(&self, n: usize) -> &Person {
        &self.weak[n % self.weak.len()]
    }

    pub(crate) fn old(&self, n: usize) -> &Person {
        &self.old[n % self.old.len()]
    }
}

/// Creates a session for one visit.
pub(crate) fn session(kratos: &TestKratos, person: &Person) -> TestSession {
    kratos.session(&person.identity).with_expires_in(SHORT).create()
}

/// Creates a flow for one visit.
pub(crate) fn flow(kratos: &TestKratos, kind: FlowKind, session: Option<&TestSession>) -> TestFlow {
    let mut flow = kratos.flow(kind);
    if let Some(session) = session {
        flow = flow.with_session(session);
    }
    flow.create().expect("a flow")
}
