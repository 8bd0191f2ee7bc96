//! A resolver that notes what is forgotten.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use kratos_core::{
    Kratos,
    credential::Credential,
    resolve::{Freshness, Resolution, ResolveError, Resolved, SessionResolver},
};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Forgotten {
    Session(Uuid),
    Identity(Uuid),
    All,
}

#[derive(Clone, Default)]
pub(crate) struct Notes(Arc<Mutex<Vec<Forgotten>>>);

impl Notes {
    pub(crate) fn kratos(&self) -> Kratos {
        Kratos::from_resolver(self.clone())
    }

    /// What was forgotten since the last call.
    pub(crate) fn take(&self) -> Vec<Forgotten> {
        std::mem::take(&mut self.0.lock().unwrap())
    }

    fn note(&self, what: Forgotten) {
        self.0.lock().unwrap().push(what);
    }
}

#[async_trait]
impl SessionResolver for Notes {
    async fn resolve(&self, _: &Credential, _: Freshness) -> Result<Resolved, ResolveError> {
        Ok(Resolved::new(Resolution::Anonymous))
    }

    fn forget_session(&self, session: Uuid) {
        self.note(Forgotten::Session(session));
    }

    fn forget_identity(&self, identity: Uuid) {
        self.note(Forgotten::Identity(identity));
    }

    fn forget_all(&self) {
        self.note(Forgotten::All);
    }
}
