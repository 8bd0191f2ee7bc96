//! The bodies that pass.

mod download;
mod erased;
mod peek;
mod upload;

pub use download::GatewayBody;
pub(super) use erased::Erased;
pub(super) use peek::peek;
pub(super) use upload::Upload;
