//! An application in axum or actix-web that receives every hook and answers as a test plans, and the configuration that fits it.

mod answers;
mod config;
mod framework;
mod pages;
mod plan;
mod receiver;
mod server;

pub use answers::MESSAGE;
pub use config::{KEY, config};
pub use framework::Framework;
pub use plan::{Plan, Plans};
pub use receiver::Receiver;
pub use server::HookServer;

/// The ways in which Kratos reads an answer: the last part of a route's path.
pub const MODES: [&str; 3] = ["parse", "status", "ignore"];

/// The five flows.
pub const FLOWS: [&str; 5] = ["registration", "login", "settings", "recovery", "verification"];
