//! Detects a URL of the wrong port: the public URL given as the admin URL, or the reverse.
//!
//! The admin port redirects (307) whoami and flows to the public port (Kratos 26.2.0), every path to one below `/admin`
//! (1.3.1), or flows to the public port while whoami is 404 (0.7.6). The public port of these releases redirects
//! identities to the admin port (307). Kratos 0.6.3 answers 404 on both ports. The transport follows none of them.

use http::StatusCode;

use super::{Finding, Topic};

/// One of Kratos' two ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Port {
    /// The port for browsers, applications and native apps.
    Public,
    /// The port for operators.
    Admin,
}

impl Port {
    /// Returns how errors name the URL.
    pub(crate) fn url_name(self) -> &'static str {
        match self {
            Self::Public => "Kratos' public URL",
            Self::Admin => "Kratos' admin URL",
        }
    }

    /// Returns which URL to set instead.
    pub(crate) fn advice(self) -> &'static str {
        match self {
            Self::Public => {
                "give `Kratos::new` or `Client::new` the public URL, with its path prefix if it has one; the port is \
                 4433 unless `serve.public.port` sets another"
            }
            Self::Admin => {
                "give `AdminClient::new` the admin URL; the port is 4434 unless `serve.admin.port` sets another"
            }
        }
    }

    fn topic(self) -> Topic {
        match self {
            Self::Public => Topic::PublicUrl,
            Self::Admin => Topic::Admin,
        }
    }
}

/// Returns the finding for a call that was answered with a redirect to the other port.
pub(crate) fn redirected(given_as: Port, status: StatusCode) -> Finding {
    let other = if given_as == Port::Public { "the admin port" } else { "the public port" };
    let message = format!("{} answers with a redirect ({status}), as {other} does", given_as.url_name());
    Finding::problem(given_as.topic(), message, given_as.advice())
}

/// Returns whether Kratos answers with this status to a call for its other port. Flows redirect by 302 and 303.
pub(crate) fn is_other_port(status: StatusCode) -> bool {
    status == StatusCode::TEMPORARY_REDIRECT
}

/// Returns the finding for a 404 of Kratos' router.
pub(crate) fn no_route(given_as: Port) -> Finding {
    let message = format!(
        "the server has no such route: either its era is not that of `with_era`, or this is not {}",
        given_as.url_name()
    );
    Finding::warning(given_as.topic(), message, given_as.advice())
}

/// Returns the finding for a public URL without the whoami route.
pub(crate) fn no_whoami(status: StatusCode) -> Finding {
    let message = format!("{} has no whoami route ({status})", Port::Public.url_name());
    Finding::problem(Topic::PublicUrl, message, Port::Public.advice())
}
