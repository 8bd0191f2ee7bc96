//! What passed the gateway.

use http::StatusCode;
use uuid::Uuid;

/// A request that passed the gateway and may have changed sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GatewayEvent {
    /// What was requested.
    pub kind: GatewayEventKind,
    /// Whether Kratos did it.
    pub outcome: GatewayOutcome,
    /// The identity, where this process knows it. Nothing is requested for an event: it is known with a cache, which has the
    /// session or needs it ([`Passage::find_sessions`](super::Passage::find_sessions)).
    pub identity: Option<Uuid>,
    /// The session, where the path names it or this process knows it.
    pub session: Option<Uuid>,
    /// The status of Kratos' response, or of the gateway's own (502 or 504, for example) if none came.
    pub status: StatusCode,
}

/// The kind of a [`GatewayEvent`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GatewayEventKind {
    /// Kratos issued a session: after a login, a registration, a recovery or a single sign-on. Follows the
    /// [`FlowSubmitted`](Self::FlowSubmitted) of the same response.
    SignedIn,
    /// A logout.
    SignedOut,
    /// One session of the user was revoked.
    SessionRevoked,
    /// All other sessions of the user were revoked.
    OtherSessionsRevoked,
    /// A flow's form was submitted, or the link of a mail opened.
    FlowSubmitted(SubmittedFlow),
}

/// The flow of a submitted form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SubmittedFlow {
    /// Login, a refresh and a step-up included.
    Login,
    /// Registration.
    Registration,
    /// Settings.
    Settings,
    /// Recovery.
    Recovery,
    /// Verification.
    Verification,
    /// The return from a single sign-on provider, which ends a login, a registration or a settings flow.
    SingleSignOn,
    /// A form of a kind that this release does not know.
    Other,
}

/// Whether Kratos did what was requested, as far as its response tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GatewayOutcome {
    /// Kratos did it.
    Succeeded,
    /// Kratos refused it.
    Refused,
    /// The response does not tell, or none came. A settings form is answered with 303 to the same page in both cases.
    Unknown,
}
