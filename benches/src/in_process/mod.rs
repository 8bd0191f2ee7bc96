//! Requests that never see a network: a service is called, and answers in the same breath.

pub mod axum;
