//! `/.well-known`: the passkey script, and the keys of JWTs.

use crate::exchange::Exchange;
use crate::wire::{Answer, Reply};

/// A script in place of Kratos': it only announces itself.
pub(super) fn webauthn(_: &mut Exchange<'_>) -> Answer {
    // Announces itself as Kratos' script does, without a ceremony: it never calls navigator.credentials.
    let script = "// The testkit performs no ceremonies with navigator.credentials.\n\
        window.__oryWebAuthnInitialized = true;\nwindow.dispatchEvent(new Event(\"oryWebAuthnInitialized\"));\n";
    Ok(Reply::text(200, "text/javascript; charset=UTF-8", script))
}

/// Serves the keys that verify JWTs. Kratos serves no such file; its operator does.
pub(super) fn jwks(exchange: &mut Exchange<'_>) -> Answer {
    Ok(Reply::ok(&exchange.world.signing_key.jwks()))
}
