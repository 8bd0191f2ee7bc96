//! Request bodies of flow submits, one constructor for each method of Kratos.

mod login;
mod recovery;
mod registration;
mod settings;
mod verification;

use std::marker::PhantomData;

use serde_json::{Map, Value};

use crate::flow::{LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow};

/// The body of a login submit.
pub type LoginBody = SubmitBody<LoginFlow>;
/// The body of a registration submit.
pub type RegistrationBody = SubmitBody<RegistrationFlow>;
/// The body of a settings submit.
pub type SettingsBody = SubmitBody<SettingsFlow>;
/// The body of a recovery submit.
pub type RecoveryBody = SubmitBody<RecoveryFlow>;
/// The body of a verification submit.
pub type VerificationBody = SubmitBody<VerificationFlow>;

/// The body of a submit to a flow of type `F`.
///
/// Each constructor selects one method, for example [`LoginBody::password`]. Setters add the optional fields of a
/// method. [`with_field`](Self::with_field) and [`from_fields`](Self::from_fields) send fields that this crate does not
/// know. A setter whose documentation starts with a method applies to that method only.
///
/// `Debug` shows the names of the fields only.
///
/// ```
/// use kratos_core::client::submit::{LoginBody, SettingsBody};
///
/// let sign_in = LoginBody::password("ada@example.org", "correct horse battery staple");
/// let enrol = SettingsBody::enrol_totp("123456").with_csrf_token("…");
/// ```
#[must_use]
pub struct SubmitBody<F> {
    fields: Map<String, Value>,
    query: Vec<(&'static str, String)>,
    flow: PhantomData<fn() -> F>,
}

impl<F> SubmitBody<F> {
    /// Returns a body with these fields. They must include `method`.
    pub fn from_fields(fields: Map<String, Value>) -> Self {
        Self { fields, query: Vec::new(), flow: PhantomData }
    }

    /// Sets a field by its wire name. Replaces an earlier value.
    pub fn with_field(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.fields.insert(name.to_owned(), value.into());
        self
    }

    /// Sets the CSRF token. Required in a browser's submit that names the flow by its id; a flow passed by reference
    /// supplies its own.
    pub fn with_csrf_token(self, token: &str) -> Self {
        self.with_field("csrf_token", token)
    }

    /// Sets data that Kratos passes to web hooks (since 1.2, for registration since 0.13).
    pub fn with_transient_payload(self, payload: Value) -> Self {
        self.with_field("transient_payload", payload)
    }

    fn of_method(method: &str) -> Self {
        Self::from_fields(Map::new()).with_field("method", method)
    }

    /// Sets a field in the body and in the query: Kratos 0.6 and 0.7 read it from the query only.
    fn with_query_field(mut self, name: &'static str, value: &str) -> Self {
        self.query.push((name, value.to_owned()));
        self.with_field(name, value)
    }

    /// Sets a field unless it is set.
    pub(crate) fn with_default(mut self, name: &str, value: &str) -> Self {
        self.fields.entry(name).or_insert_with(|| value.into());
        self
    }

    pub(crate) fn into_parts(self) -> (Map<String, Value>, Vec<(&'static str, String)>) {
        (self.fields, self.query)
    }
}

// Derived implementations would require the same of `F`.
impl<F> Clone for SubmitBody<F> {
    fn clone(&self) -> Self {
        Self { fields: self.fields.clone(), query: self.query.clone(), flow: PhantomData }
    }
}

impl<F> std::fmt::Debug for SubmitBody<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.fields.keys()).finish()
    }
}
