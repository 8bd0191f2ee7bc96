//! Continuity: what waits for the browser to come back, by the value of its cookie.

use serde_json::Value;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{World, secret};
use crate::wire::Call;
use crate::wire::cookie::SetCookie;
use crate::wire::form::Form;

/// The name of the continuity cookie.
const COOKIE: &str = "ory_kratos_continuity";

/// What a browser continues later. Debug omits it: it may hold a password.
#[derive(Clone)]
pub(crate) struct Pending {
    paused: Paused,
    expires_at: OffsetDateTime,
}

#[derive(Clone)]
pub(crate) enum Paused {
    /// A settings change that waits for a refresh.
    Settings { flow: Uuid, form: Form },
    /// A user at the single sign-on provider, with the form of the flow.
    SignOn { state: String, traits: Value, payload: Value },
}

impl Pending {
    pub(super) fn ends_after(&self, until: OffsetDateTime) -> bool {
        self.expires_at > until
    }
}

impl World {
    /// Stores it until the browser comes back. Returns the `Set-Cookie` line that identifies it, beside what waits already.
    pub(crate) fn pause(&mut self, call: &Call, paused: Paused) -> String {
        let value = secret::cookie_value();
        // Kratos 26.2.0 keeps a change for the lifespan of a settings flow, and a sign-on for half of it
        let expires_at = self.now() + time::Duration::hours(1);
        let is_other =
            |known: &Pending| std::mem::discriminant(&known.paused) != std::mem::discriminant(&paused);
        let known = call.cookies(COOKIE).into_iter().find_map(|value| self.pending.get(value));
        let mut waiting: Vec<Pending> =
            known.into_iter().flatten().filter(|known| is_other(known)).cloned().collect();
        waiting.push(Pending { paused, expires_at });
        self.pending.insert(value.clone(), waiting);
        self.cookie(&value)
    }

    /// Takes the submission of a request's cookie, with the `Set-Cookie` line that clears the cookie.
    pub(crate) fn resume(&mut self, call: &Call, flow: Uuid) -> Option<(Form, String)> {
        let fits = |paused: &Paused| matches!(paused, Paused::Settings { flow: known, .. } if *known == flow);
        let (paused, cookie) = self.take(call, fits)?;
        match paused {
            Paused::Settings { form, .. } => Some((form, cookie)),
            Paused::SignOn { .. } => None,
        }
    }

    /// Returns the `state`, traits and payload of the request's sign-on. It stays until it expires.
    pub(crate) fn came_back(&self, call: &Call) -> Option<(String, Value, Value)> {
        let now = self.now();
        let mut waiting =
            call.cookies(COOKIE).into_iter().filter_map(|value| self.pending.get(value)).flatten();
        waiting.find_map(|pending| match &pending.paused {
            Paused::SignOn { state, traits, payload } if pending.expires_at > now => {
                Some((state.clone(), traits.clone(), payload.clone()))
            }
            _ => None,
        })
    }

    fn take(&mut self, call: &Call, fits: impl Fn(&Paused) -> bool) -> Option<(Paused, String)> {
        let now = self.now();
        let fits = |pending: &Pending| fits(&pending.paused) && pending.expires_at > now;
        let value = call
            .cookies(COOKIE)
            .into_iter()
            .find(|value| self.pending.get(*value).is_some_and(|waiting| waiting.iter().any(fits)))?;
        let mut waiting = self.pending.remove(value)?;
        let place = waiting.iter().position(fits)?;
        let taken = waiting.swap_remove(place);
        let fresh = secret::cookie_value();
        self.pending.insert(fresh.clone(), waiting);
        Some((taken.paused, self.cookie(&fresh)))
    }

    fn cookie(&self, value: &str) -> String {
        let age = Some(time::Duration::days(30));
        SetCookie { name: COOKIE, value, max_age: age, expires_from: Some(self.now()) }.line()
    }
}
