//! A URL that is not the one of the port it was given for.
//!
//! What is asked of the wrong port: the admin port of 26.2.0 leads whoami and the flows to the public one (307), that of
//! 1.3.1 everything to a path below `/admin` (307), that of 0.7.6 the flows to the public port (307), and whoami is
//! 404 there. The public port of all three leads identities to the admin one (307). 0.6.3 answers 404 to both. Nobody
//! follows.

use http::StatusCode;

use super::{Finding, Topic};

/// One of the two ports of a Kratos.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Port {
    Public,
    Admin,
}

impl Port {
    /// For errors about the URL.
    pub(crate) fn url_name(self) -> &'static str {
        match self {
            Self::Public => "Kratos' public URL",
            Self::Admin => "Kratos' admin URL",
        }
    }

    /// The URL to give instead.
    pub(crate) fn advice(self) -> &'static str {
        match self {
            Self::Public => {
                "give `HttpResolver::new` and `Client::new` the public URL itself, port 4433 unless `serve.public.port` \
                 says otherwise, with its path prefix if it has one"
            }
            Self::Admin => {
                "give `AdminClient::new` the admin URL itself, port 4434 unless `serve.admin.port` says otherwise"
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

/// An answer that sends the call elsewhere.
pub(crate) fn redirected(given_as: Port, status: StatusCode) -> Finding {
    let (as_public, as_admin) = ("as an admin port does", "as a public port does");
    let like = if given_as == Port::Public { as_public } else { as_admin };
    let message = format!("{} was answered with a redirect ({status}), {like}", given_as.url_name());
    Finding::problem(given_as.topic(), message, given_as.advice())
}

/// Whether Kratos says so of a call for its other port. It uses 302 and 303 to lead browsers through flows.
pub(crate) fn is_other_port(status: StatusCode) -> bool {
    status == StatusCode::TEMPORARY_REDIRECT
}

/// An answer of Kratos' router, which has no such route.
pub(crate) fn no_route(given_as: Port) -> Finding {
    let message = format!(
        "the server has no such route: another era than `with_era` says, or not {}",
        given_as.url_name()
    );
    Finding::warning(given_as.topic(), message, given_as.advice())
}

/// A public URL that knows no whoami.
pub(crate) fn no_whoami(status: StatusCode) -> Finding {
    let message = format!("there is no whoami at {} ({status})", Port::Public.url_name());
    Finding::problem(Topic::PublicUrl, message, Port::Public.advice())
}
