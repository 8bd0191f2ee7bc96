//! A typed client of Kratos' whole API, from 0.6 to 26.2.0 and its sources of 2026-07-29.
//!
//! [`Client`] calls the public API: sessions, and flows for a [`Browser`] or a [`Native`] app. [`AdminClient`] calls the
//! admin API. The types are separate, so that code with a `Client` cannot reach the admin API.
//!
//! A call for a browser returns [`WithCookies`], which contains the cookies to relay. A submit returns its outcome,
//! [`Submitted`]. Every failure is an [`Error`].
//!
//! [`names_2021`] maps the 43 operations of the 2021 reference to the methods. The documentation search finds the methods
//! by those names and by the names of today's OpenAPI.

mod admin;
mod call;
mod connection;
mod cookies;
mod detect;
mod era;
mod error;
mod excerpt;
mod flows;
#[cfg(feature = "__fuzzing")]
pub(crate) mod fuzz;
mod new_flow;
mod operations;
mod outcome;
mod pager;
mod public;
mod raw_call;
mod retry_policy;
pub mod submit;
mod verdict;
mod with_cookies;

pub use admin::{
    AdminClient, BatchIdentities, Consistency, ImportCredentials, JsonPatch, ListIdentities, ListMessages,
    ListSessions, ManageSessions, NewIdentity, NewRecoveryCode, NewRecoveryLink, SessionExpand,
    SessionSelection, UpdatedIdentity,
};
pub use cookies::BrowserCookies;
pub use era::Era;
pub use error::{Error, ErrorKind};
pub use flows::FlowRef;
pub use new_flow::NewFlow;
pub use outcome::{Expired, Redirect, RedirectReason, SessionExchange, Submitted};
pub use pager::{Page, PageToken, Pager};
pub use public::{Browser, Client, Native};
pub use raw_call::{RawCall, RawResponse};
pub use retry_policy::RetryPolicy;
pub use with_cookies::{RelayCookies, WithCookies};

#[doc = include_str!("names_2021.md")]
pub mod names_2021 {}

/// For this workspace's own tests. May change at any time.
#[doc(hidden)]
pub mod __private {
    pub use super::operations::{Operation, Route};
}

#[cfg(test)]
mod tests;
