//! `/.well-known`: the passkey script, and the keys of JWTs.

use crate::config::TestRelease;
use crate::exchange::Exchange;
use crate::ui::passkey;
use crate::wire::{Answer, Reply};

/// The script of the ceremonies.
pub(super) fn webauthn(_: &mut Exchange<'_>) -> Answer {
    Ok(Reply::text(200, "text/javascript; charset=UTF-8", passkey::SCRIPT))
}

/// Redirects to the settings page, since a release after 26.2 (selfservice/flow/settings/handler.go).
pub(super) fn change_password(exchange: &mut Exchange<'_>) -> Answer {
    if exchange.world.config.release < TestRelease::Latest {
        return Ok(Reply::text(404, "text/plain; charset=utf-8", "404 page not found\n"));
    }
    let page = exchange.world.config.page("settings");
    Ok(Reply::see_other(exchange.call, &page))
}

/// Serves the keys that verify JWTs. Kratos serves no such file; its operator does.
pub(super) fn jwks(exchange: &mut Exchange<'_>) -> Answer {
    Ok(Reply::ok(&exchange.world.signing_key.jwks()))
}
