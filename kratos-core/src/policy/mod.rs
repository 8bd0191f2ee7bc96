//! The one decision table: what the resolver returned × what the route requires × who sends the request → what happens.
//!
//! Everything here is pure. The layers and extractors of every framework only carry out a [`Decision`].

mod cross_site;
mod decide;
mod login_loop;
mod refusal;
mod request;
mod requirement;
mod response;

pub use crate::links::Links;
pub use decide::{Decision, Facts, decide};
pub use refusal::{Refusal, RefusalReason};
pub use request::{Audience, RequestView};
pub use requirement::Requirement;
pub use response::GuardResponse;
pub(crate) use {
    cross_site::{is_cross_site, is_unsafe},
    login_loop::Hop,
};
