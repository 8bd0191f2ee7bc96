//! Messages that Kratos gives to the application to send: mail and SMS by HTTP.

mod data;
mod language;
mod message;
mod plain;
mod render;

pub use data::MessageData;
pub use language::MessageLanguage;
pub use message::{CourierReceipt, OutgoingMessage};
pub use plain::PlainMessages;
pub use render::{RenderMessage, RenderedMessage};
