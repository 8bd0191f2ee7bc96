//! Whether the public API is there, is the public one, and tells the right time.

use kratos_model::__private::decode_salvaging;
use std::time::Instant;

use http::{StatusCode, header};
use time::{OffsetDateTime, format_description::well_known::Rfc2822};

use super::{Check, Report, Topic};
use crate::{client::Era, diagnosis::ports::Port, model::ErrorEnvelope, transport::Reply};

/// A session that ended by one clock counts by the other for as long as they differ.
const NOTABLE_SKEW: time::Duration = time::Duration::seconds(10);

/// `None` when nothing more can be learnt.
pub(super) async fn check(check: &Check, report: &mut Report) -> Option<()> {
    let started = Instant::now();
    let place = check.public.join("/");
    let whoami = match check.get(&check.public, "/sessions/whoami").await {
        Ok(reply) => reply,
        Err(failure) => {
            let advice = "start Kratos, or give the public URL as this process reaches it";
            report.problem(Topic::Reachable, format!("nothing answers at {place} ({failure})"), advice);
            return None;
        }
    };
    report.good(Topic::Reachable, format!("{place} answers within {} ms", started.elapsed().as_millis()));
    clock(&whoami, report);
    if !is_public(&whoami) {
        let (message, advice) = stranger(check, whoami.status).await;
        report.problem(Topic::PublicUrl, message, advice);
        return None;
    }
    report.good(Topic::PublicUrl, "this is a public API of Kratos: it tells that nobody is signed in");
    ready(check, report).await;
    era(check, report).await;
    Some(())
}

/// Kratos answers a request without a credential with 401 and its error JSON, in every release.
fn is_public(reply: &Reply) -> bool {
    reply.status == StatusCode::UNAUTHORIZED && decode_salvaging::<ErrorEnvelope>(&reply.body).is_ok()
}

/// What else may answer at a URL that is not the public API's.
async fn stranger(check: &Check, status: StatusCode) -> (String, &'static str) {
    // 0.6 to 0.8 have the version at the root of the admin port, later releases below /admin; 26 has both.
    for path in ["/version", "/admin/version"] {
        if check.get(&check.public, path).await.is_ok_and(|reply| reply.status == StatusCode::OK) {
            let message = format!("this is the admin API of Kratos (whoami answered {status})");
            return (message, Port::Public.advice());
        }
    }
    (
        format!("there is no Kratos here: whoami answered {status} without Kratos' error JSON"),
        "give Kratos' public URL itself, with its path prefix if it has one, and neither one behind a password nor \
         one that redirects",
    )
}

fn clock(reply: &Reply, report: &mut Report) {
    let told = reply.headers.get(header::DATE).and_then(|date| date.to_str().ok());
    let Some(theirs) = told.and_then(|date| OffsetDateTime::parse(date, &Rfc2822).ok()) else {
        return report.good(Topic::Clock, "the server does not tell the time");
    };
    let skew = time::Duration::seconds((theirs - OffsetDateTime::now_utc()).whole_seconds());
    report.set_clock_skew(skew);
    let (seconds, side) =
        (skew.abs().whole_seconds(), if skew.is_negative() { "behind" } else { "ahead of" });
    if skew.abs() < NOTABLE_SKEW {
        report.good(Topic::Clock, "the clocks agree");
    } else {
        let advice = "set both by NTP: sessions end, and sign-ins grow old, by the wrong clock";
        report.warning(Topic::Clock, format!("Kratos' clock is {seconds} s {side} ours"), advice);
    }
}

async fn ready(check: &Check, report: &mut Report) {
    match check.get(&check.public, "/health/ready").await {
        Ok(reply) if reply.status == StatusCode::OK => report.good(Topic::Ready, "its database is ready"),
        Ok(reply) => report.problem(
            Topic::Ready,
            format!("it is not ready ({})", reply.status),
            "look at its log; `kratos migrate sql` brings the database up to date",
        ),
        Err(failure) => report.warning(
            Topic::Ready,
            format!("it does not say whether it is ready ({failure})"),
            "look at its log",
        ),
    }
}

async fn era(check: &Check, report: &mut Report) {
    match Era::detect(&check.client).await {
        Ok(era) => {
            report.set_era(era);
            report.good(Topic::Release, format!("it is of the era {era}"));
        }
        Err(error) => report.warning(
            Topic::Release,
            format!("its era cannot be told ({error})"),
            "set it with `Client::with_era`",
        ),
    }
}
