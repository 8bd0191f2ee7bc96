//! What every scenario begins with.

use kratos_core::client::__private::Operation;
use kratos_core::client::{AdminClient, BrowserCookies, Client, Era, Error, RelayCookies, Submitted};
use kratos_core::flow::Flow;
use kratos_tests::http::Jar;
use kratos_tests::lab::Server;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::ledger;

/// A server and clients for it.
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

    /// Whether the era has an operation. A real server of that era must then have it.
    pub(crate) fn offers(&self, operation: Operation) -> bool {
        operation.route(self.era).is_some()
    }

    pub(crate) fn passed(&self, operations: &[Operation]) {
        ledger::passed(self.server, operations);
    }

    /// Stops a scenario on the testkit where it lacks a route, and writes down what it lacks. Gives whether to stop.
    pub(crate) fn lacks<T>(&self, outcome: &Result<T, Error>, operations: &[Operation]) -> bool {
        let missing = matches!(outcome, Err(error) if error.is_unsupported());
        if missing && self.server.testkit.is_some() {
            for operation in operations {
                ledger::not_offered(self.server, *operation, "the testkit does not have it");
            }
            return true;
        }
        false
    }

    /// Writes that a server does not have operations by its configuration.
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
}

/// A person who is not there yet.
pub(crate) struct Stranger {
    pub(crate) email: String,
    pub(crate) password: String,
}

impl Stranger {
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

/// A browser's cookies as the client takes them.
pub(crate) fn cookies(jar: &Jar) -> BrowserCookies {
    BrowserCookies::new(jar.header().unwrap_or_default())
}

/// Gives a browser the cookies of an answer.
pub(crate) fn absorb(jar: &mut Jar, cookies: &RelayCookies) {
    let mut headers = http::HeaderMap::new();
    cookies.append_to(&mut headers);
    jar.absorb(&headers);
}

/// The success of a submit.
pub(crate) fn done<F: Flow>(outcome: Submitted<F>) -> F::Success {
    match outcome {
        Submitted::Done(success) => success,
        other => panic!("not done: {other:?} {:?}", other.flow().map(texts)),
    }
}

/// What a flow says.
pub(crate) fn texts<F: Flow>(flow: &F) -> Vec<(i64, String)> {
    flow.messages().map(|text| (text.id, text.text.to_string())).collect()
}
