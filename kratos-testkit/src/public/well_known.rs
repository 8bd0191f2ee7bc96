//! `/.well-known`: the script of passkeys, and the keys of session tokens.

use crate::exchange::Exchange;
use crate::wire::{Answer, Reply};

/// A script in the place of Kratos': it says that it is there and does nothing.
pub(super) fn webauthn(_: &mut Exchange<'_>) -> Answer {
    // It announces itself as the real one does, and holds no ceremony: navigator.credentials is not touched.
    let script = "// The testkit performs no ceremonies with navigator.credentials.\n\
        window.__oryWebAuthnInitialized = true;\nwindow.dispatchEvent(new Event(\"oryWebAuthnInitialized\"));\n";
    Ok(Reply::text(200, "text/javascript; charset=UTF-8", script))
}

/// The keys that tokenised sessions are checked with. Kratos itself serves no such file: its operator does.
pub(super) fn jwks(exchange: &mut Exchange<'_>) -> Answer {
    Ok(Reply::ok(&exchange.world.signing_key.jwks()))
}
