//! How Kratos reaches the provider, and the provider Kratos (`oauth2_provider.url` and `urls.identity_provider`).

use std::sync::{Arc, Weak};

use parking_lot::Mutex;
use serde_json::Value;
use uuid::Uuid;

use super::state::{Hydra, Login, Stage, Verdict, random};
use super::{Shared, TestHydra, lock, redirect::with_query, requests};
use crate::clock::Clock;
use crate::wire::Problem;
use crate::world::World;

/// The provider of a Kratos, reached without a socket.
#[derive(Clone, Debug)]
pub(crate) struct ProviderLink {
    state: Shared,
    pub(crate) clock: Clock,
}

/// A login request, as far as Kratos reads it.
pub(crate) struct Challenged {
    pub(crate) skip: bool,
    pub(crate) request_url: String,
}

impl ProviderLink {
    pub(crate) fn of(hydra: &TestHydra) -> Self {
        Self { state: hydra.shared(), clock: hydra.clock().clone() }
    }

    /// The provider ends sessions of this Kratos from now on.
    pub(crate) fn serve(&self, world: &Arc<Mutex<World>>) {
        let world: Weak<Mutex<World>> = Arc::downgrade(world);
        lock(&self.state).kratos = world;
    }

    /// Reads a login request.
    pub(crate) fn get(&self, challenge: &str) -> Result<Challenged, Problem> {
        let hydra = lock(&self.state);
        let (_, request) = hydra
            .challenged(Stage::Login, challenge)
            .map_err(|_| Problem::bad_request("Unable to get OAuth 2.0 Login Challenge."))?;
        Ok(Challenged { skip: request.skip, request_url: request.url.clone() })
    }

    /// The login request as Kratos puts it into a flow.
    pub(crate) fn show(&self, challenge: &str) -> Value {
        let hydra = lock(&self.state);
        match hydra.challenged(Stage::Login, challenge) {
            Ok((_, request)) => requests::login(&hydra, request),
            Err(_) => Value::Null,
        }
    }

    /// Accepts a login request for a session. Returns where the browser goes on.
    pub(crate) fn accept(
        &self,
        challenge: &str,
        identity: Uuid,
        session: Uuid,
        amr: Vec<String>,
    ) -> Result<String, Problem> {
        let mut hydra = lock(&self.state);
        let refused = |_| {
            Problem::new(500, "An internal server error occurred, please contact the system administrator")
                .reason("Unable to accept OAuth 2.0 Login Challenge.")
        };
        let (id, request) = hydra.challenged(Stage::Login, challenge).map_err(refused)?;
        let url = request.url.clone();
        let login =
            Login { subject: identity.to_string(), amr, remember: true, kratos_session: Some(session) };
        let verifier = random("");
        hydra.verifiers.insert(verifier.clone(), Verdict::Login(id, Ok(login)));
        Ok(with_query(&url, &[("login_verifier", &verifier)]))
    }
}

impl Hydra {
    /// Ends the session of Kratos that a session here began with.
    pub(super) fn end_kratos_session(kratos: &Weak<Mutex<World>>, session: Option<Uuid>) {
        if let (Some(kratos), Some(session)) = (kratos.upgrade(), session)
            && let Some(session) = kratos.lock().session_mut(session)
        {
            session.revoked = true;
        }
    }
}
