//! Checks that the public URL is that of a ready Kratos, its era and its clock.

use std::time::Instant;

use http::{StatusCode, header};
use kratos_model::__private::decode_salvaging;
use time::{OffsetDateTime, format_description::well_known::Rfc2822};

use super::{Check, Report, Topic};
use crate::{client::Era, diagnosis::ports::Port, model::ErrorEnvelope, transport::Reply};

/// The skew above which a report warns: sessions expire earlier or later by this time.
const NOTABLE_SKEW: time::Duration = time::Duration::seconds(10);

/// Returns `None` if further checks are impossible.
pub(super) async fn check(check: &Check, report: &mut Report) -> Option<()> {
    let started = Instant::now();
    let url = check.public.join("/");
    let whoami = match check.get(&check.public, "/sessions/whoami").await {
        Ok(reply) => reply,
        Err(failure) => {
            let advice = "start Kratos, or set the public URL at which this process reaches it";
            report.problem(Topic::Reachable, format!("no response from {url} ({failure})"), advice);
            return None;
        }
    };
    report.good(Topic::Reachable, format!("{url} responds within {} ms", started.elapsed().as_millis()));
    clock(&whoami, report);
    if !is_public(&whoami) {
        let (message, advice) = not_public(check, whoami.status).await;
        report.problem(Topic::PublicUrl, message, advice);
        return None;
    }
    report.good(Topic::PublicUrl, "this is Kratos' public API");
    ready(check, report).await;
    era(check, report).await;
    Some(())
}

/// Returns whether whoami responded as the public API does to a request without a credential, in every release.
fn is_public(reply: &Reply) -> bool {
    reply.status == StatusCode::UNAUTHORIZED && decode_salvaging::<ErrorEnvelope>(&reply.body).is_ok()
}

/// Returns message and advice for a URL that is not that of the public API.
async fn not_public(check: &Check, status: StatusCode) -> (String, &'static str) {
    // The admin port serves the version at the root up to 0.8, below `/admin` since 0.9, and both ways in 26.
    for path in ["/version", "/admin/version"] {
        if check.get(&check.public, path).await.is_ok_and(|reply| reply.status == StatusCode::OK) {
            let message = format!("this is Kratos' admin API (whoami returned {status})");
            return (message, Port::Public.advice());
        }
    }
    (
        format!("this is not Kratos: whoami returned {status} without Kratos' error JSON"),
        "set Kratos' public URL, with its path prefix if it has one; it must neither redirect nor require a password",
    )
}

fn clock(reply: &Reply, report: &mut Report) {
    let date = reply.headers.get(header::DATE).and_then(|date| date.to_str().ok());
    let Some(theirs) = date.and_then(|date| OffsetDateTime::parse(date, &Rfc2822).ok()) else {
        return report.good(Topic::Clock, "the server sends no date");
    };
    let skew = time::Duration::seconds((theirs - OffsetDateTime::now_utc()).whole_seconds());
    report.set_clock_skew(skew);
    let (seconds, side) =
        (skew.abs().whole_seconds(), if skew.is_negative() { "behind" } else { "ahead of" });
    if skew.abs() < NOTABLE_SKEW {
        report.good(Topic::Clock, "the clocks agree");
    } else {
        let advice = "synchronize both by NTP: sessions and authentication times depend on the clocks";
        report.warning(
            Topic::Clock,
            format!("Kratos' clock is {seconds} s {side} the clock of this machine"),
            advice,
        );
    }
}

async fn ready(check: &Check, report: &mut Report) {
    match check.get(&check.public, "/health/ready").await {
        Ok(reply) if reply.status == StatusCode::OK => {
            report.good(Topic::Ready, "Kratos and its database are ready");
        }
        Ok(reply) => report.problem(
            Topic::Ready,
            format!("Kratos is not ready ({})", reply.status),
            "see Kratos' log; run `kratos migrate sql` to migrate the database",
        ),
        Err(failure) => report.warning(
            Topic::Ready,
            format!("the readiness of Kratos is unknown ({failure})"),
            "see Kratos' log",
        ),
    }
}

async fn era(check: &Check, report: &mut Report) {
    match Era::detect(&check.client).await {
        Ok(era) => {
            report.set_era(era);
            report.good(Topic::Release, format!("the era of Kratos is {era}"));
            let configured = check.client.era();
            if era.has_legacy_session_tokens() && !configured.has_legacy_session_tokens() {
                let message = format!(
                    "session tokens of Kratos {era} have no prefix: in `Authorization: Bearer` they are ignored, because \
                     the application is set to {configured}"
                );
                let advice = "set the era with `Kratos::with_era` or `Kratos::with_detected_era`";
                report.warning(Topic::Release, message, advice);
            }
        }
        Err(error) => report.warning(
            Topic::Release,
            format!("the era of Kratos is unknown ({error})"),
            "set it with `Client::with_era`",
        ),
    }
}
