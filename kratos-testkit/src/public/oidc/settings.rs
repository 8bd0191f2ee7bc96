//! Linking and unlinking a provider in the settings.

use super::super::settings::{check_privileged, saved};
use super::super::step::{Step, refuse};
use super::callback::Back;
use super::go;
use crate::exchange::Exchange;
use crate::ui::text;
use crate::wire::Problem;
use crate::wire::form::Form;
use crate::world::flow::Flow;
use crate::world::session::Method;

/// Returns true if the form links or unlinks a provider.
pub(in super::super) fn is_asked(exchange: &Exchange<'_>, form: &Form) -> bool {
    exchange.world.sso.is_some() && (!form.text("link").is_empty() || !form.text("unlink").is_empty())
}

pub(in super::super) fn handle(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form) -> Step {
    let (link, unlink) = (form.text("link").to_owned(), form.text("unlink").to_owned());
    if !link.is_empty() && !unlink.is_empty() {
        let text = "it is not possible to link and unlink providers in the same request";
        return Err(refuse(flow, text::generic(text)));
    }
    if link.is_empty() {
        return remove(exchange, flow, form, &unlink);
    }
    if !is_linkable(exchange, flow, &link) {
        return Err(refuse(flow, text::generic(NOT_LINKABLE)));
    }
    check_privileged(exchange, flow, form)?;
    go(exchange, flow, &link, form)
}

const NOT_LINKABLE: &str = "can not link unknown or already existing OpenID Connect connection";

fn is_linkable(exchange: &Exchange<'_>, flow: &Flow, provider: &str) -> bool {
    let person = flow.identity.and_then(|id| exchange.world.identity(id));
    exchange.world.sso.as_ref().is_some_and(|known| known.id == provider)
        && person.is_some_and(|person| !person.linked().contains(&provider))
}

/// The user comes back from the provider.
pub(super) fn arrive(exchange: &mut Exchange<'_>, flow: &mut Flow, back: &Back) -> Step {
    check_privileged(exchange, flow, &Form::default())?;
    if !is_linkable(exchange, flow, &back.provider) {
        return Err(refuse(flow, text::generic(NOT_LINKABLE)));
    }
    let now = exchange.world.now();
    let id = flow.identity.ok_or_else(Problem::no_row)?;
    exchange.unchanged = exchange.world.identity(id).cloned();
    if let Some(person) = exchange.world.identity_mut(id) {
        person.link(&back.provider, &back.claims.subject, now);
        person.updated_at = now;
    }
    if let Some(conflict) = exchange.world.identity(id).filter(|person| exchange.world.conflicts(person)) {
        let id = conflict.id;
        let before = exchange.unchanged.take();
        if let (Some(place), Some(before)) = (exchange.world.identity_mut(id), before) {
            *place = before;
        }
        return Err(refuse(flow, text::duplicate()));
    }
    let session = exchange.world.signed_in(exchange.call).map(|(session, _)| session.id);
    if let Some(session) = session.and_then(|id| exchange.world.session_mut(id)) {
        let provider = Some(back.provider.clone());
        session.methods.push(Method { method: "oidc", aal: "aal1", completed_at: now, provider });
    }
    saved(exchange, flow, None)
}

fn remove(exchange: &mut Exchange<'_>, flow: &mut Flow, form: &Form, provider: &str) -> Step {
    check_privileged(exchange, flow, form)?;
    let with_code = exchange.world.config.methods.passwordless_code;
    let id = flow.identity.ok_or_else(Problem::no_row)?;
    let person = exchange.world.identity(id).ok_or_else(Problem::no_row)?;
    let refused = if person.first_factors(with_code) < 2 {
        Some(
            "can not unlink OpenID Connect connection because it is the last remaining first factor credential",
        )
    } else if !person.linked().contains(&provider) {
        Some("can not unlink non-existing OpenID Connect connection")
    } else {
        None
    };
    if let Some(refused) = refused {
        return Err(refuse(flow, text::generic(refused)));
    }
    let now = exchange.world.now();
    exchange.unchanged = exchange.world.identity(id).cloned();
    if let Some(person) = exchange.world.identity_mut(id) {
        person.unlink(provider, now);
        person.updated_at = now;
    }
    saved(exchange, flow, None)
}
