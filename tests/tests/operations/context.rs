//! What every scenario needs.

use kratos_core::client::__private::Operation;
use kratos_core::client::{AdminClient, BrowserCookies, Client, Era, Error, RelayCookies, Submitted};
use kratos_core::model::flow::Flow;
use kratos_tests::http::Jar;
use kratos_tests::lab::Server;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::ledger;

/// A server and its clients.
pub(crate) struct Context {
    pub(crate) server: &'static Server,
    pub(crate) client: Client,
    pub(crate) admin: AdminClient,
    pub(crate) era: Era,
}

impl Context {
    pub(crate) fn new(server: &'static Server) -> Self {
        let era = ledger::era(server);
        let client = Client::new(&server.public_url).expect("a public URL").with_era(era);
        let admin = AdminClient::new(&server.admin_url).expect("an admin URL").with_era(era);
        Self { server, client, admin, era }
    }

    /// Returns whether the era supports an operation. A real server of that era must then serve it.
    pub(crate) fn offers(&self, operation: Operation) -> bool {
        operation.route(self.era).is_some()
    }

    pub(crate) fn passed(&self, operations: &[Operation]) {
        ledger::passed(self.server, operations);
    }

    /// Returns whether the testkit does not serve a route, and records the operations as not offered. A scenario then stops.
    pub(crate) fn lacks<T>(&self, outcome: &Result<T, Error>, operations: &[Operation]) -> bool {
        let missing = matches!(outcome, Err(error) if error.is_unsupported());
        if missing && self.server.testkit.is_some() {
            for operation in operations {
                ledger::not_offered(self.server, *operation, "the testkit does not serve it");
            }
            return true;
        }
        false
    }

    /// Records operations that a server does not offer.
    pub(crate) fn not_offered(&self, operations: &[Operation], why: &'static str) {
        for operation in operations {
            ledger::not_offered(self.server, *operation, why);
        }
    }

    pub(crate) fn is_strict(&self) -> bool {
        self.server.profile == "strict"
    }

    pub(crate) fn is_old(&self) -> bool {
        self.era <= Era::V0_7
    }

    /// Codes by mail were added in 0.11.
    pub(crate) fn mails_links(&self) -> bool {
        self.era < Era::V0_11
    }
}

/// A user without an account.
pub(crate) struct NewUser {
    pub(crate) email: String,
    pub(crate) password: String,
}

impl NewUser {
    pub(crate) fn new() -> Self {
        Self {
            email: format!("p{}@example.org", Uuid::new_v4().simple()),
            password: format!("Zq9-{}", Uuid::new_v4()),
        }
    }

    pub(crate) fn traits(&self) -> Value {
        json!({"email": self.email, "name": {"first": "Ada", "last": "Lovelace"}})
    }
}

/// Returns a browser's cookies for the client.
pub(crate) fn cookies(jar: &Jar) -> BrowserCookies {
    BrowserCookies::new(jar.header().unwrap_or_default())
}

/// Stores the cookies of a response in the browser.
pub(crate) fn absorb(jar: &mut Jar, cookies: &RelayCookies) {
    let mut headers = http::HeaderMap::new();
    cookies.append_to(&mut headers);
    jar.absorb(&headers);
}

/// Returns the success of a submit.
pub(crate) fn done<F: Flow>(outcome: Submitted<F>) -> F::Success {
    match outcome {
        Submitted::Done(success) => success,
        other => panic!("not done: {other:?} {:?}", other.flow().map(texts)),
    }
}

/// Returns the messages of a flow.
pub(crate) fn texts<F: Flow>(flow: &F) -> Vec<(i64, String)> {
    flow.messages().map(|text| (text.id, text.text.to_string())).collect()
}
