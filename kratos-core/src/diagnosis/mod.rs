//! Detects misconfigurations that prevent users from signing in, and names the key to change.
//!
//! [`check`](crate::check) reports findings. The rest of the crate logs them at startup and on error paths, so that a
//! successful request pays nothing. Each finding is logged once per process. It contains hosts and origins only: no path,
//! query or credential.

pub(crate) mod cookies;
mod finding;
#[cfg(feature = "gateway")]
pub(crate) mod gateway;
pub(crate) mod hosts;
mod once;
pub(crate) mod ports;
pub(crate) mod return_to;

use crate::links::Links;
pub use finding::{Finding, Topic, Verdict};

/// The setting of the application's URL, as advice names it.
const APP_URL_SETTING: &str = "`Kratos::with_app`";
/// The setting of Kratos' URL for browsers, as advice names it.
const BROWSER_URL_SETTING: &str = "`Kratos::with_browser_url`";

/// Returns the finding for a mistake in the application's code, with the text of the 500 response.
pub(crate) fn misuse(explanation: &str) -> Finding {
    Finding::explained(Topic::Application, explanation)
}
