//! The handle on a running server.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

use crate::clock::Clock;
use crate::exchange::{Port, Shared};
use crate::fault::{Fault, Faults};
use crate::journal::{Journal, Received};
use crate::mailbox::Mail;
use crate::serve::Listening;
use crate::service::TestKratosService;
use crate::world::World;

/// A Kratos inside the process. It listens on 127.0.0.1 until it is dropped and keeps nothing on disk.
#[derive(Debug)]
pub struct TestKratos {
    pub(crate) public_url: String,
    pub(crate) admin_url: String,
    pub(crate) world: Arc<Mutex<World>>,
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    pub(crate) journal: Journal,
    pub(crate) listening: Vec<Listening>,
}

impl TestKratos {
    /// The address of the public API, without a trailing slash.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// The address of the admin API, without a trailing slash. Its paths begin with `/admin`.
    #[must_use]
    pub fn admin_url(&self) -> &str {
        &self.admin_url
    }

    /// The public API as a tower service: the same server without its socket.
    #[must_use]
    pub fn public_service(&self) -> TestKratosService {
        self.service(Port::Public)
    }

    /// The admin API as a tower service.
    #[must_use]
    pub fn admin_service(&self) -> TestKratosService {
        self.service(Port::Admin)
    }

    /// The clock everything here ages by.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Every message to this address, oldest first.
    #[must_use]
    pub fn mail_to(&self, address: &str) -> Vec<Mail> {
        self.world().messages.iter().filter(|message| message.recipient == address).map(Mail::of).collect()
    }

    /// Every message to anybody, oldest first.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        self.world().messages.iter().map(Mail::of).collect()
    }

    /// The newest message to this address.
    #[must_use]
    pub fn last_mail_to(&self, address: &str) -> Option<Mail> {
        self.mail_to(address).pop()
    }

    /// Revokes a session; one that is not there is revoked already.
    pub fn revoke(&self, session: Uuid) {
        if let Some(session) = self.world().session_mut(session) {
            session.revoked = true;
        }
    }

    /// Lets the answers of a path go wrong. `path` is a whole path such as `/sessions/whoami`, or a beginning
    /// followed by `*`; it holds for both ports. A later fault for the same path replaces the earlier one.
    pub fn inject(&self, path: &str, fault: Fault) {
        self.faults.inject(path, fault);
    }

    /// Ends every fault. Requests that hang already stay so.
    pub fn clear_faults(&self) {
        self.faults.clear();
    }

    /// Every request received so far, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<Received> {
        self.journal.all()
    }

    /// How many requests came to exactly this path.
    #[must_use]
    pub fn count(&self, path: &str) -> usize {
        self.journal.all().iter().filter(|request| request.path == path).count()
    }

    /// Forgets the requests received.
    pub fn clear_requests(&self) {
        self.journal.clear();
    }

    /// Forgets flows, sessions and errors that ended longer ago than this, as `kratos cleanup sql --keep-last` does:
    /// for tests that run long. By default everything is kept, since a flow that is over is answered otherwise (410)
    /// than one that never was.
    pub fn clean_up(&self, keep_last: std::time::Duration) {
        let mut world = self.world();
        let until = world.now().saturating_sub(crate::world::session::signed(keep_last));
        world.clean_up(until);
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn service(&self, port: Port) -> TestKratosService {
        let shared = Shared { world: Arc::clone(&self.world), port };
        TestKratosService::new(shared, self.faults.clone(), self.journal.clone())
    }
}
