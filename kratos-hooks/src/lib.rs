// The README is the crate's documentation. These links resolve to the items here; in the README itself, to docs.rs.
//! [`HookAuth`]: HookAuth
//! [`HookCall`]: HookCall
//! [`HookAnswer`]: HookAnswer
//! [`HookConfig`]: HookConfig
//! [`Idempotence`]: Idempotence
//! [`MigrationCall`]: MigrationCall
//! [`OutgoingMessage`]: OutgoingMessage
#![doc = include_str!("../README.md")]
#![cfg_attr(feature = "__docs", doc = "# Features")]
#![cfg_attr(feature = "__docs", doc = document_features::document_features!())]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod auth;
mod call;
mod config;
mod courier;
mod error;
mod event;
mod guard;
mod idempotence;
#[cfg(feature = "tower")]
mod layer;
mod migration;
mod quiet;

pub use answer::{
    AnswersHook, FieldPointer, HookAnswer, HookMessage, HookReceipt, HookRefusal, HookReply, HookResponse,
    HookVerdict, IdentityChange, ResponseMode,
};
pub use auth::HookAuth;
pub use call::{HookCall, HookIdentity, HookIds, HookRequest};
pub use config::{HookConfig, WebHook, jsonnet};
pub use courier::{
    CourierReceipt, MessageData, MessageLanguage, OutgoingMessage, PlainMessages, RenderMessage,
    RenderedMessage,
};
pub use error::{HookConfigError, HookDecodeError};
pub use event::{
    AfterLogin, AfterRecovery, AfterRegistration, AfterSettings, AfterVerification, BeforeLogin,
    BeforeRecovery, BeforeRegistration, BeforeSettings, BeforeVerification, ChangesIdentity, HookEvent,
    HookTime,
};
pub use guard::{HookGuard, HookPass};
pub use idempotence::{AnswerKey, AnswerStore, Idempotence, MemoryAnswerStore};
#[cfg(feature = "tower")]
#[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
pub use layer::{HookFuture, HookLayer, HookService};
pub use migration::{MigrationAnswer, MigrationCall};

/// Of the crates of frameworks alone.
#[doc(hidden)]
pub mod __private {
    pub use crate::quiet::{Quiet, log_unguarded};
}
