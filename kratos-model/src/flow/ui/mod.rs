//! The form of a flow: nodes, their attributes, and texts.

mod attributes;
mod container;
mod input;
mod node;
mod text;

pub use attributes::{
    AnchorAttributes, Attributes, DivAttributes, ImageAttributes, ScriptAttributes, TextAttributes,
};
pub use container::UiContainer;
pub use input::{Autocomplete, InputAttributes, InputOption, InputType, WebAuthnTrigger};
pub use node::{NodeGroup, NodeType, UiMeta, UiNode};
pub use text::{MessageType, UiText};
