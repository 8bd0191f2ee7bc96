//! The hooks that the server calls: web hooks, password migration, mail by HTTP.

mod apply;
mod calls;
mod courier;
mod deliver;
mod fire;
mod migrate;
mod outcome;
mod payload;
mod target;
mod timing;

pub(crate) use apply::change;
pub(crate) use calls::Calls;
pub use calls::HookDelivery;
pub(crate) use courier::post as post_mail;
pub(crate) use deliver::{Courier, Delivered, Errand};
pub(crate) use fire::{after, before, session};
pub(crate) use migrate::migrate;
pub(crate) use payload::{Who, unstored};
pub use target::TestHook;
use target::{Mode, Place};
pub(crate) use timing::Stage;
