//! Checks that Kratos' cookies reach the application, by the CSRF cookie. The session cookie requires a sign-in; it has the
//! same configuration unless `session.cookie` overrides it.

use http::header;

use super::{Links, Report, Topic};
use crate::{
    diagnosis::{cookies, hosts},
    transport::Reply,
};

pub(super) fn check(reply: &Reply, links: &Links, report: &mut Report) {
    let mut lines = reply.headers.get_all(header::SET_COOKIE).iter();
    let found = match lines.find(|line| line.as_bytes().starts_with(b"csrf_token")) {
        Some(line) => cookies::judge(line, links),
        None => match hosts::configured(links) {
            Some(finding) => vec![finding],
            None => return report.good(Topic::Cookies, "Kratos set no cookie to check"),
        },
    };
    if found.is_empty() {
        let app = links.app("/");
        report.good(Topic::Cookies, format!("Kratos' cookies reach {}", app.host_str().unwrap_or_default()));
    }
    found.into_iter().for_each(|finding| report.add(finding));
}
