//! The application, written with each framework: every page once asking Kratos each time and once remembering.

pub(crate) mod actix;
pub(crate) mod axum;

use std::time::Duration;

use kratos_core::Sessions;
use kratos_core::client::Client;
use kratos_core::policy::Links;
use kratos_core::resolve::{CachingResolver, HttpResolver};
use kratos_testkit::Kratos;

/// How long the resolvers wait, so that a Kratos that hangs holds visits no longer than this.
const TIMEOUT: Duration = Duration::from_millis(500);
/// How long a session is remembered.
const REMEMBERED: Duration = Duration::from_secs(5);

/// How the two halves of an application find sessions.
pub(crate) struct Halves {
    pub(crate) live: Sessions,
    pub(crate) cached: Sessions,
}

/// Those that ask this Kratos.
pub(crate) fn sessions(kratos: &Kratos) -> Halves {
    let resolver = || HttpResolver::new(kratos.public_url()).expect("a resolver").with_timeout(TIMEOUT);
    let cache = CachingResolver::new(resolver(), REMEMBERED)
        .with_anonymous_for(Duration::from_secs(1))
        .with_stale_if_error(Duration::from_secs(15));
    let client = Client::new(kratos.public_url()).expect("a client").with_timeout(TIMEOUT);
    let links = Links::new("http://127.0.0.1:4455", kratos.public_url()).expect("links");
    let whole = |sessions: Sessions| sessions.with_links(links.clone()).with_client(client.clone());
    Halves { live: whole(Sessions::new(resolver())), cached: whole(Sessions::new(cache)) }
}
