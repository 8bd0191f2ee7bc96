//! Checks `return_to`, base URL, cookies and login page by creating login flows.

use http::{StatusCode, header};
use kratos_model::__private::decode_salvaging;
use serde::Deserialize;
use url::Url;

use super::{Check, Finding, Links, Report, Topic, cookies};
use crate::{
    client::Era,
    diagnosis,
    model::{ErrorEnvelope, ErrorId},
    transport::{Reply, TransportFailure},
};

const LOGIN: &str = "/self-service/login/browser";

pub(super) async fn check(check: &Check, report: &mut Report) {
    let Some(links) = &check.links else {
        let advice = "set the application's URL with `Kratos::with_app`";
        return report.warning(Topic::BaseUrl, "the URLs for browsers were not checked", advice);
    };
    let back = links.app("/");
    let mut url = check.public.join(LOGIN);
    url.query_pairs_mut().append_pair("return_to", back.as_str());
    match check.send(check.transport.request(http::Method::GET, url)).await {
        Ok(reply) => {
            return_to(&reply, &back, report);
            cookies::check(&reply, links, report);
        }
        Err(failure) => no_response(&failure, report),
    }
    match check.get(&check.public, LOGIN).await {
        Ok(reply) => base_url(&reply, links, report),
        Err(failure) => no_response(&failure, report),
    }
    match check.visit(check.public.join(LOGIN)).await {
        Ok(reply) => login_page(&reply, links, report),
        Err(failure) => no_response(&failure, report),
    }
}

fn no_response(failure: &TransportFailure, report: &mut Report) {
    report.warning(Topic::BaseUrl, format!("a login flow cannot be created ({failure})"), "see Kratos' log");
}

fn return_to(reply: &Reply, back: &Url, report: &mut Report) {
    match reply.status {
        // 0.6 and 0.7 create a flow for any URL, and check the URL when the flow ends (Kratos 0.6.3 and 0.7.6).
        status if status.is_redirection() || report.era().is_some_and(|era| era <= Era::V0_7) => {
            report.good(Topic::ReturnTo, "this release does not check `return_to` when it creates a flow");
        }
        StatusCode::OK => report.good(Topic::ReturnTo, format!("Kratos redirects browsers back to {back}")),
        status => {
            let error =
                decode_salvaging::<ErrorEnvelope>(&reply.body).ok().and_then(|envelope| envelope.error.id);
            if error == Some(ErrorId::SelfServiceFlowReturnToForbidden) {
                report.add(diagnosis::return_to::refused(back.as_str()));
            } else {
                report.problem(
                    Topic::ReturnTo,
                    format!("a login flow cannot be created ({status})"),
                    "see Kratos' log",
                );
            }
        }
    }
}

/// Checks the form's action, which Kratos builds from `serve.public.base_url`.
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
    report.add(diagnosis::hosts::base_url(&action, links).unwrap_or_else(|| {
        let origin = action.origin().ascii_serialization();
        Finding::good(Topic::BaseUrl, format!("forms are submitted to {origin}, as configured"))
    }));
}

/// Checks the login page, `selfservice.flows.login.ui_url`, to which Kratos redirects browsers.
fn login_page(reply: &Reply, links: &Links, report: &mut Report) {
    let location = reply.headers.get(header::LOCATION).and_then(|to| to.to_str().ok());
    let Some(mut page) = location.and_then(|to| links.start("login", &[]).join(to).ok()) else {
        let message = format!("Kratos does not redirect browsers to a login page ({})", reply.status);
        return report.problem(Topic::LoginPage, message, "set `selfservice.flows.login.ui_url`");
    };
    page.set_query(None);
    if links.is_app(&page) {
        report.good(Topic::LoginPage, format!("the login page is {page}, of this application"));
    } else {
        report.good(Topic::LoginPage, format!("the login page is {page} (`selfservice.flows.login.ui_url`)"));
    }
}
