//! What a framework crate needs to add sessions to a framework. Applications do not need it.
//!
//! A framework crate has four parts and no rule of its own:
//! 1. [`HeaderLookup`] over the framework's header map.
//! 2. A layer or middleware: it inserts [`Kratos::lazy_session`](crate::Kratos::lazy_session) into each request, and appends
//!    [`ResponseHeaders`] to each response.
//! 3. A guard and extractors: they ask [`RequestSession`] with a [`RequestView`](crate::policy::RequestView) of the request,
//!    and send the [`Rejection`](crate::Rejection)'s response.
//! 4. A driver in this workspace's suite `guard`, which runs every scenario through it.

pub use crate::{
    credential::headers::HeaderLookup,
    request::{
        GuardFuture, LazySession, RequestContext, RequestSession, ResponseHeaders, ResponseHeadersIter,
        missing_layer,
    },
};
