//! Checks that the admin API responds, and reads the release.

use http::StatusCode;
use kratos_model::__private::decode_salvaging;

use super::{Check, Report, Topic};
use crate::{diagnosis::ports::Port, model::Version, transport::BaseUrl};

pub(super) async fn check(check: &Check, admin: &BaseUrl, report: &mut Report) {
    let url = admin.join("/");
    // The route is below `/admin` since 0.9, and at the root before.
    for path in ["/admin/version", "/version"] {
        let reply = match check.get(admin, path).await {
            Ok(reply) => reply,
            Err(failure) => {
                let advice =
                    "set the admin URL at which this process reaches Kratos (`serve.admin`), or none";
                let message = format!("no response from the admin URL {url} ({failure})");
                return report.problem(Topic::Admin, message, advice);
            }
        };
        let version = decode_salvaging::<Version>(&reply.body)
            .ok()
            .map(|body| body.version)
            .filter(|version| !version.is_empty());
        if let (StatusCode::OK, Some(version)) = (reply.status, version) {
            report.good(Topic::Admin, format!("the admin API at {url} is of release {version}"));
            return report.set_version(version);
        }
    }
    report.problem(Topic::Admin, format!("{url} is not Kratos' admin API"), Port::Admin.advice());
}
