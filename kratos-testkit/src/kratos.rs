//! The handle of a running server.

use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use uuid::Uuid;

use crate::clock::Clock;
use crate::exchange::{Port, Shared};
use crate::fault::{Fault, Faults};
use crate::hooks::{Calls, Courier, HookDelivery};
use crate::journal::{Journal, Received};
use crate::mailbox::Mail;
use crate::serve::Listening;
use crate::service::TestKratosService;
use crate::sso::TestSsoProvider;
use crate::world::World;

/// An Ory Kratos in the test's process. It listens on 127.0.0.1 until dropped and keeps its state in memory.
#[derive(Debug)]
pub struct TestKratos {
    pub(crate) public_url: String,
    pub(crate) admin_url: String,
    pub(crate) world: Arc<Mutex<World>>,
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    pub(crate) journal: Journal,
    pub(crate) calls: Calls,
    pub(crate) courier: Courier,
    pub(crate) listening: Vec<Listening>,
    pub(crate) sso: Option<TestSsoProvider>,
}

impl TestKratos {
    /// Returns the URL of the public API, without a trailing slash.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// Returns the URL of the admin API, without a trailing slash. Its paths begin with `/admin`.
    #[must_use]
    pub fn admin_url(&self) -> &str {
        &self.admin_url
    }

    /// Returns the URL of the single sign-on provider, if [`Methods::provider`](crate::Methods::provider) is set. A form that leads
    /// to it requires its origin in the `form-action` of a content security policy.
    #[must_use]
    pub fn sso_url(&self) -> Option<&str> {
        self.sso.as_ref().map(TestSsoProvider::issuer)
    }

    /// Returns the public API as a tower service: the same server without its socket.
    #[must_use]
    pub fn public_service(&self) -> TestKratosService {
        self.service(Port::Public)
    }

    /// Returns the admin API as a tower service.
    #[must_use]
    pub fn admin_service(&self) -> TestKratosService {
        self.service(Port::Admin)
    }

    /// Returns the clock of the server.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Returns the messages to this address, oldest first.
    #[must_use]
    pub fn mail_to(&self, address: &str) -> Vec<Mail> {
        self.world().messages.iter().filter(|message| message.recipient == address).map(Mail::of).collect()
    }

    /// Returns all messages, oldest first.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        self.world().messages.iter().map(Mail::of).collect()
    }

    /// Returns the newest message to this address.
    #[must_use]
    pub fn last_mail_to(&self, address: &str) -> Option<Mail> {
        self.mail_to(address).pop()
    }

    /// Revokes a session. Does nothing if there is no such session.
    pub fn revoke(&self, session: Uuid) {
        if let Some(session) = self.world().session_mut(session) {
            session.revoked = true;
        }
    }

    /// Injects a fault into the responses of a path, on both ports. `path` is a whole path such as
    /// `/sessions/whoami`, or a prefix followed by `*`. A later fault of the same `path` replaces the earlier
    /// one.
    pub fn inject(&self, path: &str, fault: Fault) {
        self.faults.inject(path, fault);
    }

    /// Removes all faults. A request that already hangs stays so.
    pub fn clear_faults(&self) {
        self.faults.clear();
    }

    /// Returns all requests received so far, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<Received> {
        self.journal.all()
    }

    /// Returns the number of requests to exactly this path.
    #[must_use]
    pub fn count(&self, path: &str) -> usize {
        self.journal.all().iter().filter(|request| request.path == path).count()
    }

    /// Clears the requests received.
    pub fn clear_requests(&self) {
        self.journal.clear();
    }

    /// Returns all attempts to call a hook so far, oldest first.
    #[must_use]
    pub fn hook_deliveries(&self) -> Vec<HookDelivery> {
        self.calls.all()
    }

    /// Deletes flows, sessions and errors that ended longer ago than `keep_last`, as `kratos cleanup sql
    /// --keep-last` does.
    ///
    /// Limits the memory of a long test. Without it all are kept: an expired flow is 410, an unknown one 404.
    pub fn clean_up(&self, keep_last: std::time::Duration) {
        let mut world = self.world();
        let until = world.now().saturating_sub(crate::world::session::signed(keep_last));
        world.clean_up(until);
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock()
    }

    pub(crate) fn service(&self, port: Port) -> TestKratosService {
        let shared = Shared { world: Arc::clone(&self.world), port, courier: self.courier.clone() };
        TestKratosService::new(shared, self.faults.clone(), self.journal.clone())
    }
}
