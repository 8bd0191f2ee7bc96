//! Scripts that Kratos requests.

use serde::Serialize;

/// A script that Kratos requests, from the origin of the form's action or from one that
/// [`Theme::with_script_origin`](crate::Theme::with_script_origin) allows.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Script {
    /// Kratos' id of the node, for example `webauthn_script`; empty if it has none.
    pub id: String,
    /// The URL.
    pub src: String,
    /// The subresource integrity hash; empty if Kratos sent none.
    pub integrity: String,
    /// The cross-origin mode: `anonymous`, `use-credentials` or empty.
    pub crossorigin: String,
    /// The referrer policy; may be empty.
    pub referrerpolicy: String,
}
