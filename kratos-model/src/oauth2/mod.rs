//! What Ory Hydra's admin API sends to the pages of a provider (Hydra 2.0 to 26.2.0, flow/consent_types.go).
//!
//! Challenges are [`QuietText`](crate::QuietText): a challenge can be accepted by every caller of the admin API.

mod client;
mod requests;
mod sessions;

pub use client::OAuth2Client;
pub use requests::{ConsentRequest, LoginRequest, LogoutRequest, OidcContext};
pub use sessions::{ConsentSession, ProviderError, SessionClaims};
