//! The form that a page renders: nodes, their order, labels and messages.

pub(crate) mod message;
pub(crate) mod node;
pub(crate) mod passkey;
pub(crate) mod sheet;
pub(crate) mod text;

pub(crate) use message::Message;
pub(crate) use node::Node;
pub(crate) use sheet::Sheet;
