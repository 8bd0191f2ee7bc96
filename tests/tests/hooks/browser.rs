//! The flows on the pages.

use kratos_tests::hooks::{HookServer, MESSAGE, Plan};
use uuid::Uuid;

use crate::{
    pages::Visitor,
    seen::Seen,
    walk::{App, PASSWORD},
};

/// What a refusal tells the user.
const TEXT: &str = "Not on the list.";

/// Walks a flow while the handler of this route follows a plan.
pub(crate) async fn cell(server: &HookServer, flow: &str, route: &str, plan: Plan) -> Seen {
    let plans = &server.receiver.plans;
    plans.clear();
    walk(server, flow, Some((route, plan))).await
}

/// Walks a flow. The plan counts after the preparations.
pub(crate) async fn walk(server: &HookServer, flow: &str, plan: Option<(&str, Plan)>) -> Seen {
    let mut visitor = Visitor::new(server);
    let email = match flow {
        "registration" => format!("b-{}@example.org", Uuid::new_v4().simple()),
        _ => App::new(server).user().await.email,
    };
    let password = [("identifier", email.as_str()), ("password", PASSWORD)];
    if flow == "settings" {
        visitor.open("/login").await;
        visitor.submit("password", &password).await;
        assert_eq!(visitor.sees(), Seen::Done);
    }
    if let Some((route, plan)) = plan {
        server.receiver.plans.set(route, plan);
    }
    visitor.open(&format!("/{flow}")).await;
    let (method, fill): (_, &[(&str, &str)]) = match flow {
        "registration" => ("password", &[("traits.email", &email), ("password", PASSWORD)]),
        "login" => ("password", &password),
        _ => ("profile", &[("traits.age", "3")]),
    };
    if visitor.has(method) {
        visitor.submit(method, fill).await;
    }
    let seen = visitor.sees();
    if let Seen::Message(_, MESSAGE) = seen {
        assert!(visitor.shows(TEXT), "the message has no text");
    }
    seen
}
