//! Scripts that Kratos asks for.

use serde::Serialize;

/// A script that Kratos asks for. Only those of the origin that the form is sent to are here, and of origins
/// that [`Theme::with_script_origin`](crate::Theme::with_script_origin) allows.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Script {
    /// Kratos' id of it, for example `webauthn_script`; empty if it has none.
    pub id: String,
    /// Its URL.
    pub src: String,
    /// The hash that it has to have; empty if Kratos gave none.
    pub integrity: String,
    /// The cross-origin mode: `anonymous`, `use-credentials` or empty.
    pub crossorigin: String,
    /// The referrer policy; may be empty.
    pub referrerpolicy: String,
}
