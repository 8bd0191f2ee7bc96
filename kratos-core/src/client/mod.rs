//! A typed client of Kratos' whole API, from 0.6 to 26.2.0.
//!
//! [`Client`] is the public port: sessions, and flows for a [`Browser`] or a [`Native`] app. [`AdminClient`] is the
//! admin port, and cannot be had from the other. [`operations`] tells every name that the API ever had.
//!
//! What a browser is concerned with comes as an [`WithCookies`], which does not give its value away without a word about
//! the cookies. A submit answers an outcome, [`Submitted`]. Everything else is an [`Error`].

mod admin;
mod answer;
mod call;
mod connection;
mod cookies;
mod detect;
mod era;
mod error;
mod flows;
#[cfg(feature = "fuzzing")]
pub(crate) mod fuzz;
pub mod operations;
mod options;
mod outcome;
mod pager;
mod public;
mod raw;
mod retries;
pub mod submit;
mod verdict;

pub use admin::{
    AdminClient, BatchIdentities, Consistency, ImportCredentials, JsonPatch, ListIdentities, ListMessages,
    ListSessions, NewIdentity, NewRecoveryCode, NewRecoveryLink, SessionExpand, UpdatedIdentity,
};
pub use answer::{RelayCookies, WithCookies};
pub use cookies::BrowserCookies;
pub use era::Era;
pub use error::{Error, ErrorKind};
pub use flows::FlowRef;
pub use operations::{Operation, Port};
pub use options::NewFlow;
pub use outcome::{Expired, Redirect, RedirectReason, Submitted};
pub use pager::{Page, PageToken, Pager};
pub use public::{Browser, Client, Native};
pub use raw::{RawAnswer, RawCall};
pub use retries::RetryPolicy;

#[cfg(test)]
mod tests;
