// The README is the first chapter. Its names lead to the items here, and to docs.rs on other sites.
//! [`Kratos::identity`]: Kratos::identity
//! [`Kratos::session`]: Kratos::session
//! [`Kratos::flow`]: Kratos::flow
//! [`Kratos::clock`]: Kratos::clock
//! [`Kratos::mail_to`]: Kratos::mail_to
//! [`Kratos::inject`]: Kratos::inject
//! [`Kratos::requests`]: Kratos::requests
//! [`Kratos::public_service`]: Kratos::public_service
//! [`AsUser`]: AsUser
//! [`Methods`]: Methods
#![doc = include_str!("../README.md")]
#![cfg_attr(feature = "document-features", doc = "# Features")]
#![cfg_attr(feature = "document-features", doc = document_features::document_features!())]

mod admin;
mod app;
mod builder;
mod clock;
mod config;
mod cors;
mod csrf;
mod exchange;
mod fault;
mod fixture;
mod health;
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
mod ui;
mod wire;
mod world;

pub use app::{AsUser, Page, call};
pub use builder::Builder;
pub use clock::Clock;
pub use config::{LoginStyle, Methods, Proof, RequiredAal};
pub use exchange::Port;
pub use fault::Fault;
pub use fixture::{NewFlow, NewIdentity, NewSession, TestFlow, TestIdentity, TestSession};
pub use journal::Received;
pub use kratos::{Kratos, StartError};
pub use mailbox::Mail;
pub use service::KratosService;
pub use world::flow::FlowKind;
