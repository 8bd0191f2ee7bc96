//! The one decision table: what was resolved × what is required × what kind of request → what happens.
//!
//! Everything here is pure. The layers and extractors of every framework only carry out a [`Decision`].

mod answer;
mod cross_site;
mod decide;
mod links;
mod login_loop;
mod refusal;
mod request;
mod requirement;

pub use answer::GuardResponse;
pub use decide::{Decision, Facts, decide};
pub use links::Links;
pub use refusal::{Refusal, RefusalReason};
pub use request::{Audience, RequestView};
pub use requirement::Requirement;
pub(crate) use {
    cross_site::{is_cross_site, is_unsafe},
    login_loop::Hop,
};
