//! Whether a cookie that Kratos sets reaches the application. The session's own cookie cannot be seen from
//! outside; the CSRF cookie is set by the same keys unless `session.cookie` overrides them.

use http::header;

use super::{Report, Topic};
use crate::{
    diagnosis::{cookies, hosts},
    links::Links,
    transport::Reply,
};

pub(super) fn check(reply: &Reply, links: &Links, report: &mut Report) {
    let mut lines = reply.headers.get_all(header::SET_COOKIE).iter();
    let found = match lines.find(|line| line.as_bytes().starts_with(b"csrf_token")) {
        Some(line) => cookies::judge(line, links),
        None => match hosts::configured(links) {
            Some(finding) => vec![finding],
            None => return report.good(Topic::Cookies, "Kratos set no cookie to look at"),
        },
    };
    if found.is_empty() {
        let app = links.app("/");
        report
            .good(Topic::Cookies, format!("cookies of Kratos reach {}", app.host_str().unwrap_or_default()));
    }
    found.into_iter().for_each(|finding| report.add(finding));
}
