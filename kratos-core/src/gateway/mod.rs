//! What a gateway in front of Kratos' public API needs (feature `gateway`): which paths pass, which permits the breaker
//! gives, and what a response means for cached sessions. Applications use `kratos_tower::gateway`.

mod action;
mod event;
mod forget;
mod identifier;
mod outcome;
mod passage;
mod path;
mod permit;
#[cfg(test)]
mod tests;
mod upstream;

pub use event::{GatewayEvent, GatewayEventKind, GatewayOutcome, SubmittedFlow};
pub use identifier::posted_identifiers;
pub use passage::Passage;
pub use path::{PathRefused, public_path};
pub use permit::UpstreamPermit;
pub use upstream::GatewayUpstream;
