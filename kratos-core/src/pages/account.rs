//! The user's own account: other sessions, and deleting it.

use std::{error::Error, fmt, pin::Pin, sync::Arc, time::Duration};

use uuid::Uuid;

use crate::{
    KratosRequest, Rejection,
    adapter::{HeaderLookup, RequestSession},
    model::{Identity, Session},
    policy::{GuardResponse, Refusal, RefusalReason, RequestView, Requirement, is_cross_site},
};

/// The sessions that [`KratosRequest::other_sessions`] returns at most.
const SESSIONS: usize = 200;

/// Deletes accounts, as the application's users ask for: the application decides what becomes of the user's data, and deletes the
/// identity with Kratos' admin API.
///
/// ```
/// use kratos_core::{client::AdminClient, model::Identity, pages::AccountDeletion};
///
/// struct Accounts {
///     kratos: AdminClient,
/// }
///
/// impl AccountDeletion for Accounts {
///     async fn delete_account(&self, identity: &Identity) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
///         // Delete the user's data first: a failure below leaves an account that can ask again.
///         Ok(self.kratos.delete_identity(identity.id).await?)
///     }
/// }
/// ```
pub trait AccountDeletion: Send + Sync + 'static {
    /// Deletes the identity and what belongs to it.
    ///
    /// # Errors
    /// An error is logged (target `kratos`), and the user is asked to try again later.
    fn delete_account(&self, identity: &Identity) -> impl Future<Output = Result<(), DeletionError>> + Send;
}

type DeletionError = Box<dyn Error + Send + Sync>;

/// An [`AccountDeletion`] of any type. Cloning it is cheap.
#[derive(Clone)]
pub struct AccountDeleter(Arc<dyn Erased>);

impl AccountDeleter {
    /// The greatest age of the authentication that lets a user delete the account: 10 minutes.
    pub const MAX_AGE: Duration = Duration::from_secs(10 * 60);

    /// Wraps a deletion.
    #[must_use]
    pub fn new(deletion: impl AccountDeletion) -> Self {
        Self(Arc::new(deletion))
    }

    /// Returns the requirement of the page and its form: a session whose user authenticated within [`MAX_AGE`](Self::MAX_AGE).
    #[must_use]
    pub fn requirement() -> Requirement {
        Requirement::signed_in().with_authenticated_within(Self::MAX_AGE)
    }
}

impl fmt::Debug for AccountDeleter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccountDeleter(..)")
    }
}

trait Erased: Send + Sync {
    fn delete<'a>(
        &'a self,
        identity: &'a Identity,
    ) -> Pin<Box<dyn Future<Output = Result<(), DeletionError>> + Send + 'a>>;
}

impl<D: AccountDeletion> Erased for D {
    fn delete<'a>(
        &'a self,
        identity: &'a Identity,
    ) -> Pin<Box<dyn Future<Output = Result<(), DeletionError>> + Send + 'a>> {
        Box::pin(self.delete_account(identity))
    }
}

impl RequestSession {
    /// Refuses a form of another site.
    fn refuse_cross_site<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> Result<(), Rejection> {
        let pages = self.pages(request)?;
        if request.method() != "POST" || is_cross_site(request, Some(pages.links.origins())) {
            let refusal = Refusal::new(RefusalReason::CrossSite, "this takes a form that this site posts");
            return Err(self.refuse(&refusal, request));
        }
        Ok(())
    }
}

impl KratosRequest {
    /// Returns the user's other active sessions, at most 200, as Kratos orders them. None before 0.9, which does not list them.
    /// Costs a call to Kratos for each page of the list.
    ///
    /// # Errors
    /// The response to send: without a session as a guard's; 503 when Kratos is unreachable.
    pub async fn other_sessions(&self) -> Result<Vec<Session>, Rejection> {
        let sessions = match self.browser()?.list_my_sessions() {
            Ok(pager) => pager.first(SESSIONS).await,
            Err(error) if error.is_unsupported() => return Ok(Vec::new()),
            Err(error) => Err(error),
        };
        sessions.map_err(|error| self.call_failed(&error))
    }

    /// Ends one of the user's other sessions, and drops what is cached of it. Succeeds for an unknown one. Goes on if the caller
    /// hangs up.
    ///
    /// # Errors
    /// The response to send: 403 unless the request is a POST of this site; without a session as a guard's; 503 when Kratos is
    /// unreachable.
    pub async fn revoke_session(&self, id: Uuid) -> Result<(), Rejection> {
        self.bound().refuse_cross_site(&self.view())?;
        let request = self.clone();
        let work = async move {
            let revoked = request.browser()?.disable_my_session(id).await;
            revoked.map_err(|error| request.call_failed(&error))?.drop_cookies();
            request.kratos().forget_session(id);
            Ok(())
        };
        self.bound().to_its_end(&self.view(), work).await?
    }

    /// Ends all of the user's other sessions, and drops what is cached of the user. Goes on if the caller hangs up.
    ///
    /// # Errors
    /// As [`revoke_session`](Self::revoke_session).
    pub async fn revoke_other_sessions(&self) -> Result<(), Rejection> {
        self.bound().refuse_cross_site(&self.view())?;
        let session = self.session().await?;
        let request = self.clone();
        let work = async move {
            let revoked = request.browser()?.disable_my_other_sessions().await;
            revoked.map_err(|error| request.call_failed(&error))?.drop_cookies();
            if let Some(identity) = session.identity() {
                request.kratos().forget_identity(identity.id);
            }
            Ok(())
        };
        self.bound().to_its_end(&self.view(), work).await?
    }

    /// Deletes the user's account, ends the session and redirects home. Returns `None` if the deletion failed: the error is logged.
    /// Goes on if the caller hangs up.
    ///
    /// # Errors
    /// The response to send: 403 unless the request is a POST of this site; as a guard's for
    /// [`AccountDeleter::requirement`]; 503 when Kratos is unreachable.
    pub async fn delete_account(&self, deleter: &AccountDeleter) -> Result<Option<GuardResponse>, Rejection> {
        self.bound().refuse_cross_site(&self.view())?;
        self.require(&AccountDeleter::requirement()).await?;
        let session = self.session().await?;
        let Some(identity) = session.identity().cloned() else {
            return Err(self.refuse(&Refusal::misconfigured("the session has no identity to delete")));
        };
        let (request, deleter) = (self.clone(), deleter.clone());
        let work = async move {
            if let Err(error) = deleter.0.delete(&identity).await {
                tracing::error!(target: "kratos", error = %error, "an account cannot be deleted");
                return Ok(None);
            }
            request.kratos().forget_identity(identity.id);
            request.logout().await.map(Some)
        };
        self.bound().to_its_end(&self.view(), work).await?
    }
}
