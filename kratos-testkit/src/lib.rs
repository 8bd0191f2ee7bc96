// The README is included below. These definitions link its names to the items here; elsewhere they link to docs.rs.
//! [`TestKratos`]: TestKratos
//! [`TestKratos::identity`]: TestKratos::identity
//! [`TestKratos::session`]: TestKratos::session
//! [`TestKratos::flow`]: TestKratos::flow
//! [`TestKratos::clock`]: TestKratos::clock
//! [`TestKratos::mail_to`]: TestKratos::mail_to
//! [`TestKratos::inject`]: TestKratos::inject
//! [`TestKratos::requests`]: TestKratos::requests
//! [`TestKratos::public_service`]: TestKratos::public_service
//! [`TestHook`]: TestHook
//! [`TestHydra`]: TestHydra
//! [`TestSsoProvider`]: TestSsoProvider
//! [`TestKratos::hook_deliveries`]: TestKratos::hook_deliveries
//! [`AsUser`]: AsUser
//! [`Methods`]: Methods
#![doc = include_str!("../README.md")]
#![cfg_attr(feature = "__docs", doc = "# Features")]
#![cfg_attr(feature = "__docs", doc = document_features::document_features!())]

mod admin;
mod app;
mod builder;
mod clock;
mod config;
mod cors;
mod csrf;
#[cfg(feature = "demo")]
pub mod demo;
mod error;
mod exchange;
mod fault;
mod fixture;
#[cfg(feature = "fleet")]
pub mod fleet;
mod health;
mod hooks;
mod hydra;
mod journal;
mod kratos;
mod mailbox;
mod other_port;
mod paging;
mod profile;
mod public;
mod schema;
mod serve;
mod service;
mod sso;
mod ui;
mod webauthn;
mod wire;
mod world;

pub use app::{AsUser, TestResponse, call, call_with_body};
pub use builder::TestKratosBuilder;
pub use clock::Clock;
pub use config::{LoginStyle, Methods, Proof, RequiredAal, TestRelease};
pub use error::StartError;
pub use exchange::Port;
pub use fault::Fault;
pub use fixture::{FlowBuilder, IdentityBuilder, SessionBuilder, TestFlow, TestIdentity, TestSession};
pub use hooks::{HookDelivery, TestHook};
pub use hydra::{TestHydra, TestHydraBuilder};
pub use journal::Received;
pub use kratos::TestKratos;
pub use mailbox::Mail;
pub use service::TestKratosService;
pub use sso::TestSsoProvider;
pub use world::flow::FlowKind;
