//! Continuity: settings changes that wait for a refresh.

use time::OffsetDateTime;
use uuid::Uuid;

use super::{World, secret};
use crate::wire::Call;
use crate::wire::cookie::SetCookie;
use crate::wire::form::Form;

/// The name of the continuity cookie.
const COOKIE: &str = "ory_kratos_continuity";

/// A submission to continue later. Debug omits it: it may hold a password.
pub(crate) struct Pending {
    flow: Uuid,
    form: Form,
    expires_at: OffsetDateTime,
}

impl World {
    /// Stores a submission until after the refresh. Returns the `Set-Cookie` line that identifies it.
    pub(crate) fn pause(&mut self, flow: Uuid, form: Form) -> String {
        let value = secret::cookie_value();
        // Kratos 26.2.0 keeps it for the lifespan of a settings flow
        let expires_at = self.now() + time::Duration::hours(1);
        self.pending.insert(value.clone(), Pending { flow, form, expires_at });
        self.cookie(&value)
    }

    /// Takes the submission of a request's cookie, with the `Set-Cookie` line that clears the cookie.
    pub(crate) fn resume(&mut self, call: &Call, flow: Uuid) -> Option<(Form, String)> {
        let now = self.now();
        let fits = |pending: &Pending| pending.flow == flow && pending.expires_at > now;
        let value =
            call.cookies(COOKIE).into_iter().find(|value| self.pending.get(*value).is_some_and(fits))?;
        let pending = self.pending.remove(value)?;
        Some((pending.form, self.cookie(&secret::cookie_value())))
    }

    fn cookie(&self, value: &str) -> String {
        let age = Some(time::Duration::days(30));
        SetCookie { name: COOKIE, value, max_age: age, expires_from: Some(self.now()) }.line()
    }
}
