//! What the table cannot say.

use std::{pin::Pin, time::Duration};

use kratos_tests::hooks::{HookServer, MESSAGE, Plan};
use serde_json::Value;

use crate::{
    browser,
    seen::Seen,
    walk::{App, PASSWORD},
};

/// What happens on one server. A panic is a failure.
pub(crate) type Story = for<'a> fn(&'a HookServer) -> Pin<Box<dyn Future<Output = ()> + 'a>>;

macro_rules! stories {
    ($($story:ident: $name:literal;)+) => { &[$(($name, |server| Box::pin($story(server)))),+] };
}

pub(crate) const ALL: &[(&str, Story)] = stories![
    order: "hooks run in Kratos' order";
    changed: "a changed identity is stored";
    changed_whole: "every field of an identity is changed, and what is null is removed";
    stored_before_refused: "an identity is stored before a hook that is not parsed refuses";
    not_stored: "a refused registration or change stores nothing";
    retried: "a call is repeated with its trigger id, and gives up after three attempts";
    once: "a call that is repeated once succeeds";
    migrated: "a password is migrated once";
    nowhere: "a message at no field of the form is at a field of its own";
];

async fn order(server: &HookServer) {
    let user = App::new(server).user().await;
    // The ignored ones run beside the flow.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let ran = server.receiver.plans.ran();
    let ran: Vec<&str> = ran.iter().map(String::as_str).filter(|route| !route.ends_with("ignore")).collect();
    // A Kratos without the hook `session` signs in afterwards.
    let ran: Vec<&str> = ran.into_iter().filter(|route| route.starts_with("registration")).collect();
    let expected = [
        "registration/before/parse",
        "registration/before/status",
        "registration/after/parse",
        "registration/after/status",
    ];
    assert_eq!(ran, expected);
    server.receiver.plans.clear();
    assert_eq!(App::new(server).settings(&user).await.0, Seen::Done);
    let ran = server.receiver.plans.ran();
    let ran: Vec<&str> = ran.iter().map(String::as_str).filter(|route| !route.ends_with("ignore")).collect();
    let expected = [
        "settings/before/parse",
        "settings/before/status",
        "settings/after/parse",
        // Kratos makes the flow anew for its form.
        "settings/before/parse",
        "settings/before/status",
        "settings/after/status",
    ];
    assert_eq!(ran, expected);
}

async fn changed(server: &HookServer) {
    let app = App::new(server);
    let gold = serde_json::json!({"plan": "gold"});
    server.receiver.plans.set("registration/after/parse", Plan::Change);
    let user = app.user().await;
    assert_eq!(app.whoami(&user).await["metadata_public"], gold);
    server.receiver.plans.clear();
    let user = app.user().await;
    assert!(app.whoami(&user).await["metadata_public"].is_null());
    server.receiver.plans.set("settings/after/parse", Plan::Change);
    assert_eq!(app.settings(&user).await.0, Seen::Done);
    let identity = app.whoami(&user).await;
    assert_eq!((&identity["metadata_public"], &identity["traits"]["age"]), (&gold, &3.into()));
}

async fn changed_whole(server: &HookServer) {
    let app = App::new(server);
    server.receiver.plans.set("registration/after/parse", Plan::ChangeAll);
    let user = app.user().await;
    let identity = app.record(&user).await;
    let gold = serde_json::json!({"plan": "gold"});
    assert_eq!((&identity["metadata_public"], &identity["traits"]["age"]), (&gold, &7.into()));
    assert_eq!(identity["metadata_admin"], serde_json::json!({"note": "vip"}));
    let address = &identity["verifiable_addresses"][0];
    assert_eq!((&address["value"], &address["verified"]), (&user.email.as_str().into(), &true.into()));
    // Since 25.4.
    let has_external_id = identity.get("external_id").is_some();
    if has_external_id {
        assert_eq!(identity["external_id"], format!("of {}", user.email));
    }
    assert!(has_external_id || server.name.starts_with("kratos-1."), "{}: no external id", server.name);
    server.receiver.plans.set("settings/after/parse", Plan::ChangeToNothing);
    assert_eq!(app.settings(&user).await.0, Seen::Done);
    let identity = app.record(&user).await;
    for field in ["metadata_public", "metadata_admin", "external_id"] {
        assert!(identity.get(field).is_none_or(Value::is_null), "{field}: {identity}");
    }
}

async fn stored_before_refused(server: &HookServer) {
    let app = App::new(server);
    let user = app.user().await;
    server.receiver.plans.set("settings/after/status", Plan::RefuseForm);
    assert_eq!(app.settings(&user).await.0, Seen::Error(502, 502));
    assert_eq!(app.whoami(&user).await["traits"]["age"], 3);
}

async fn not_stored(server: &HookServer) {
    let app = App::new(server);
    let user = app.user().await;
    server.receiver.plans.set("settings/after/parse", Plan::RefuseForm);
    assert!(matches!(app.settings(&user).await.0, Seen::Message(..)));
    assert!(app.whoami(&user).await["traits"].get("age").is_none());
}

async fn retried(server: &HookServer) {
    server.receiver.plans.set("registration/after/parse", Plan::Retry);
    let app = App::new(server);
    let (seen, _, body) = with_clock(server, app.register()).await;
    assert_eq!(seen, Seen::Error(400, 500), "{body}");
    let message = body["error"]["message"].as_str().unwrap_or_default();
    assert!(message.ends_with("giving up after 3 attempt(s)"), "{message}");
    let ran = server.receiver.plans.ran();
    assert_eq!(ran.iter().filter(|route| *route == "registration/after/parse").count(), 3);
}

async fn once(server: &HookServer) {
    server.receiver.plans.set("registration/after/parse", Plan::RetryOnce);
    let app = App::new(server);
    assert_eq!(with_clock(server, app.register()).await.0, Seen::Done);
    if let Some(testkit) = &server.testkit {
        let deliveries = testkit.hook_deliveries();
        let parsed = deliveries.iter().filter(|delivery| delivery.url.ends_with("registration/after/parse"));
        let last: Vec<_> = parsed.rev().take(2).map(|it| (it.trigger_id, it.attempt, it.status)).collect();
        assert_eq!(last[0].0, last[1].0);
        assert_eq!([(last[1].1, last[1].2), (last[0].1, last[0].2)], [(1, Some(503)), (2, Some(204))]);
    }
}

async fn migrated(server: &HookServer) {
    let app = App::new(server);
    let email = app.import().await;
    let wrong = Seen::Message(String::new(), 4_000_006);
    assert_eq!(app.login(&email, PASSWORD).await, wrong);
    server.receiver.plans.set("migrate", Plan::Fail);
    assert_eq!(app.login(&email, "Migrated-pw-77123").await, Seen::Error(502, 502));
    server.receiver.plans.set("migrate", Plan::Proceed);
    assert_eq!(app.login(&email, "Migrated-pw-77123").await, Seen::Done);
    let asked = || server.receiver.plans.ran().iter().filter(|route| *route == "migrate").count();
    let before = asked();
    assert_eq!(app.login(&email, "Migrated-pw-77123").await, Seen::Done);
    assert_eq!(asked(), before, "the password is Kratos' own now");
}

async fn nowhere(server: &HookServer) {
    server.receiver.plans.set("registration/after/parse", Plan::RefuseUnknown);
    let there = Seen::Message("traits.no%pe".to_owned(), MESSAGE);
    let (seen, _, body) = App::new(server).register().await;
    assert_eq!(seen, there, "{body}");
    assert!(body["ui"]["messages"].is_null(), "{body}");
    assert_eq!(browser::walk(server, "registration", None).await, there);
}

/// Runs a step while the clock of the testkit goes on by hand, so that its pauses take no time.
async fn with_clock<T>(server: &HookServer, step: impl Future<Output = T>) -> T {
    let Some(testkit) = &server.testkit else { return step.await };
    let ticking = async {
        loop {
            tokio::time::sleep(Duration::from_millis(10)).await;
            testkit.clock().advance(Duration::from_secs(1));
        }
    };
    tokio::select! {
        done = step => done,
        () = ticking => unreachable!("it ticks on"),
    }
}
