//! What the user sees, for each flow, time, plan and mode: the same on the testkit and on every release.

use std::pin::Pin;

use kratos_tests::hooks::{FLOWS, HookServer, MESSAGE, MODES, Plan};

use crate::{
    browser,
    seen::Seen,
    walk::{App, PASSWORD},
};

/// The flows that are walked on the pages too.
const PAGES: [&str; 3] = ["registration", "login", "settings"];

/// The id of the message of a stop.
const STOPPED: i64 = 5_000_900;

const PLANS: [Plan; 8] = [
    Plan::Proceed,
    Plan::Change,
    Plan::RefuseField,
    Plan::RefuseForm,
    Plan::Fail,
    Plan::FailWithOk,
    Plan::Panic,
    Plan::Hang,
];

pub(crate) fn native(server: &HookServer) -> Pin<Box<dyn Future<Output = ()> + '_>> {
    Box::pin(async move {
        let mut failures = Vec::new();
        let mut cells = 0;
        for (flow, time, mode, plan) in cells_of(&FLOWS) {
            let seen = native_cell(server, flow, &format!("{flow}/{time}/{mode}"), plan).await;
            let wanted = expected(flow, time, mode, plan);
            if seen != wanted {
                failures.push(format!("{flow} {time} {mode} {plan:?}: {seen:?}, not {wanted:?}"));
            }
            cells += 1;
        }
        println!("{}: {cells} cells of the table in a native app, {} differ", server.name, failures.len());
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    })
}

pub(crate) fn browser(server: &HookServer) -> Pin<Box<dyn Future<Output = ()> + '_>> {
    Box::pin(async move {
        let mut failures = Vec::new();
        let mut cells = 0;
        for (flow, time, mode, plan) in cells_of(&PAGES) {
            let seen = browser::cell(server, flow, &format!("{flow}/{time}/{mode}"), plan).await;
            let wanted = expected_on_page(flow, time, mode, plan);
            if seen != wanted {
                failures.push(format!("{flow} {time} {mode} {plan:?}: {seen:?}, not {wanted:?}"));
            }
            cells += 1;
        }
        println!("{}: {cells} cells of the table on the pages, {} differ", server.name, failures.len());
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    })
}

fn cells_of(
    flows: &'static [&'static str],
) -> impl Iterator<Item = (&'static str, &'static str, &'static str, Plan)> {
    let times = move |flow| ["before", "after"].into_iter().map(move |time| (flow, time));
    let modes = |(flow, time)| MODES.into_iter().map(move |mode| (flow, time, mode));
    let plans = |(flow, time, mode)| PLANS.into_iter().map(move |plan| (flow, time, mode, plan));
    flows.iter().copied().flat_map(times).flat_map(modes).flat_map(plans)
}

async fn native_cell(server: &HookServer, flow: &str, route: &str, plan: Plan) -> Seen {
    let app = App::new(server);
    let plans = &server.receiver.plans;
    plans.clear();
    if flow == "registration" {
        plans.set(route, plan);
        return app.register().await.0;
    }
    let user = app.user().await;
    plans.set(route, plan);
    match flow {
        "login" => app.login(&user.email, PASSWORD).await,
        "settings" => app.settings(&user).await.0,
        _ => app.by_code(flow, &user).await,
    }
}

/// Returns what the user of this flow sees on the page. An error of a native app is an error page.
fn expected_on_page(flow: &str, time: &str, mode: &str, plan: Plan) -> Seen {
    match expected(flow, time, mode, plan) {
        Seen::Error(_, code) => Seen::ErrorPage(code),
        seen => seen,
    }
}

/// Returns what the user of this flow sees if the handler of this route does this.
fn expected(flow: &str, time: &str, mode: &str, plan: Plan) -> Seen {
    if mode == "ignore" || matches!(plan, Plan::Proceed | Plan::Change) {
        return Seen::Done;
    }
    match (time, mode) {
        // A form that is not there cannot show messages.
        ("before", "parse") if flow == "login" => Seen::Error(404, 404),
        ("before", "parse") => Seen::Error(500, 500),
        ("after", "parse") => form(flow, plan),
        _ => Seen::Error(502, 502),
    }
}

fn form(flow: &str, plan: Plan) -> Seen {
    let stop = |id| Seen::Message(String::new(), id);
    match plan {
        // Kratos replaces a verification whose hook refuses, and shows no message.
        _ if flow == "verification" => Seen::Error(410, 410),
        Plan::RefuseField => Seen::Message("traits.email".to_owned(), MESSAGE),
        Plan::RefuseForm => stop(MESSAGE),
        _ => stop(STOPPED),
    }
}
