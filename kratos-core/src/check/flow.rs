//! What a login flow tells: where browsers are sent, which cookies they get, where they may return to.

use http::{StatusCode, header};
use serde::Deserialize;
use url::Url;

use super::{Check, Report, Topic, cookies};
use crate::{
    model::{ErrorEnvelope, ErrorId},
    policy::Links,
    transport::{Reply, TransportFailure},
    wire::decode_salvaging,
};

const LOGIN: &str = "/self-service/login/browser";

pub(super) async fn check(check: &Check, report: &mut Report) {
    let Some(links) = &check.links else {
        let advice = "give them with `with_links`";
        return report.warning(Topic::BaseUrl, "the URLs that browsers see were not checked", advice);
    };
    let back = links.app("/");
    let mut url = check.public.join(LOGIN);
    url.query_pairs_mut().append_pair("return_to", back.as_str());
    match check.send(check.transport.request(http::Method::GET, url)).await {
        Ok(reply) => {
            return_to(&reply, &back, report);
            cookies::check(&reply, links, report);
        }
        Err(failure) => unanswered(&failure, report),
    }
    match check.get(&check.public, LOGIN).await {
        Ok(reply) => base_url(&reply, links, report),
        Err(failure) => unanswered(&failure, report),
    }
    match check.visit(check.public.join(LOGIN)).await {
        Ok(reply) => login_page(&reply, links, report),
        Err(failure) => unanswered(&failure, report),
    }
}

fn unanswered(failure: &TransportFailure, report: &mut Report) {
    report.warning(
        Topic::BaseUrl,
        format!("no login flow could be started ({failure})"),
        "look at Kratos' log",
    );
}

fn return_to(reply: &Reply, back: &Url, report: &mut Report) {
    match reply.status {
        StatusCode::OK => report.good(Topic::ReturnTo, format!("people may return to {back}")),
        // 0.6 redirects browsers whatever they ask for, and looks at the address when the flow ends.
        status if status.is_redirection() => {
            report.good(Topic::ReturnTo, "this release does not tell where people may return to");
        }
        status => {
            let error =
                decode_salvaging::<ErrorEnvelope>(&reply.body).ok().and_then(|envelope| envelope.error.id);
            if error == Some(ErrorId::SelfServiceFlowReturnToForbidden) {
                let message = format!("Kratos refuses to send people back to {back}");
                let advice = format!(
                    "add it to `selfservice.allowed_return_urls`, or correct the application's URL in `Links`: {back}"
                );
                report.problem(Topic::ReturnTo, message, advice);
            } else {
                report.problem(
                    Topic::ReturnTo,
                    format!("no login flow can be started ({status})"),
                    "look at Kratos' log",
                );
            }
        }
    }
}

/// The form's action is built from `serve.public.base_url`.
fn base_url(reply: &Reply, links: &Links, report: &mut Report) {
    #[derive(Deserialize)]
    struct Flow {
        ui: Ui,
    }
    #[derive(Deserialize)]
    struct Ui {
        action: String,
    }
    let flow = decode_salvaging::<Flow>(&reply.body).ok();
    let Some(action) = flow.and_then(|flow| Url::parse(&flow.ui.action).ok()) else {
        return;
    };
    let ours = links.start("login", &[]);
    if action.origin() == ours.origin() {
        return report.good(
            Topic::BaseUrl,
            format!("forms post to {}, as configured here", action.origin().ascii_serialization()),
        );
    }
    report.problem(
        Topic::BaseUrl,
        format!(
            "Kratos calls itself {} and we call it {}",
            action.origin().ascii_serialization(),
            ours.origin().ascii_serialization()
        ),
        "set `serve.public.base_url` and the browser URL in `Links` to the one that browsers reach",
    );
}

/// A browser that starts a login is led to `selfservice.flows.login.ui_url`.
fn login_page(reply: &Reply, links: &Links, report: &mut Report) {
    let location = reply.headers.get(header::LOCATION).and_then(|to| to.to_str().ok());
    let Some(mut page) = location.and_then(|to| links.start("login", &[]).join(to).ok()) else {
        let message = format!("browsers that sign in are led nowhere ({})", reply.status);
        return report.problem(Topic::LoginPage, message, "set `selfservice.flows.login.ui_url`");
    };
    page.set_query(None);
    if links.is_app(&page) {
        report.good(Topic::LoginPage, format!("the login page is this application's {page}"));
    } else {
        report.good(Topic::LoginPage, format!("the login page is {page} (`selfservice.flows.login.ui_url`)"));
    }
}
