//! Mailed codes and links.

use serde_json::Value;
use uuid::Uuid;

use crate::exchange::Exchange;
use crate::world::World;
use crate::world::courier::Draft;
use crate::world::flow::{Flow, FlowKind, Sent};
use crate::world::secret;

/// The lifespan of a code (`methods.code.config.lifespan`).
const HOUR: time::Duration = time::Duration::HOUR;
/// The number of wrong attempts after which the flow accepts no code.
const TRIES: u32 = 5;

/// The purpose of a code.
pub(crate) struct Letter<'a> {
    pub(crate) template: &'static str,
    /// The name of the code in the template's data.
    pub(crate) code: &'static str,
    pub(crate) to: &'a str,
    /// Further data: the identity, or the traits of a new one.
    pub(crate) about: Value,
}

/// Mails a new code, which replaces the previous one. The mail of a verification also holds a link with the
/// code.
pub(crate) fn send_code(exchange: &mut Exchange<'_>, flow: &mut Flow, letter: &Letter<'_>) {
    let code = secret::code();
    flow.sent = Some(sent(&exchange.world, letter.to, &code));
    let link =
        format!("{}/self-service/verification?code={code}&flow={}", exchange.world.public_url, flow.id);
    exchange.world.mail(&Draft {
        template: letter.template,
        to: letter.to,
        secret: (letter.code, &code),
        link: (flow.kind == FlowKind::Verification).then_some(("verification_url", link)),
        request_url: &flow.request_url,
        about: letter.about.clone(),
    });
}

pub(crate) fn sent(world: &World, to: &str, secret: &str) -> Sent {
    let expires_at = world.now() + HOUR;
    Sent { to: to.to_owned(), secret: secret.to_owned(), expires_at, used: false, tries: 0 }
}

/// Returns true if the code is the flow's, and consumes it.
pub(crate) fn redeem(exchange: &Exchange<'_>, flow: &mut Flow, code: &str) -> bool {
    let now = exchange.world.now();
    let Some(sent) = &mut flow.sent else { return false };
    sent.tries += 1;
    let is_good =
        secret::is_same(&sent.secret, code) && !sent.used && sent.expires_at > now && sent.tries <= TRIES;
    sent.used |= is_good;
    is_good
}

/// Returns the identity as a template's data holds it.
pub(crate) fn about(exchange: &Exchange<'_>, person: Uuid) -> Value {
    let person = exchange.world.identity(person);
    person.map_or(Value::Null, |person| exchange.world.public_identity(person))
}
