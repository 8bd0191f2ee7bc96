//! Whether the admin API is there, and which release it is.

use http::StatusCode;
use kratos_model::__private::decode_salvaging;

use super::{Check, Report, Topic};
use crate::{diagnosis::ports::Port, model::Version, transport::BaseUrl};

pub(super) async fn check(check: &Check, admin: &BaseUrl, report: &mut Report) {
    let place = admin.join("/");
    // 0.9 and later have it below /admin; earlier ones at the root.
    for path in ["/admin/version", "/version"] {
        let reply = match check.get(admin, path).await {
            Ok(reply) => reply,
            Err(failure) => {
                let advice = "give the admin URL as this process reaches it (`serve.admin`), or none";
                let message = format!("nothing answers at the admin URL {place} ({failure})");
                return report.problem(Topic::Admin, message, advice);
            }
        };
        let told = decode_salvaging::<Version>(&reply.body)
            .ok()
            .map(|told| told.version)
            .filter(|version| !version.is_empty());
        if let (StatusCode::OK, Some(version)) = (reply.status, told) {
            report.good(Topic::Admin, format!("the admin API at {place} is of release {version}"));
            return report.set_version(version);
        }
    }
    report.problem(Topic::Admin, format!("{place} is not the admin API of Kratos"), Port::Admin.advice());
}
