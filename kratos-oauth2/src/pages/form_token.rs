//! The proof that a form was made for this browser, this session and this challenge.
//!
//! A page sets a random cookie and puts a token into its form: a key of the application, derived for the page, the
//! challenge, the session and the cookie. Another site can neither read nor make it, and a form that was made for another
//! session does not pass. No script is needed, and nothing is stored.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use kratos_core::{Kratos, KratosRequest};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

/// What a form is made for.
#[derive(Clone, Copy)]
pub(super) struct Purpose<'a> {
    pub(super) page: &'static str,
    pub(super) challenge: &'a str,
    pub(super) session: Option<Uuid>,
}

/// The cookie of a browser, and whether it is to be set.
pub(super) struct FormCookie {
    value: String,
    is_new: bool,
}

impl FormCookie {
    /// Reads the browser's cookie, or makes one.
    pub(super) fn of(request: &KratosRequest, is_https: bool) -> Self {
        match Self::read(request, is_https) {
            Some(value) => Self { value, is_new: false },
            None => {
                let (a, b) = (Uuid::new_v4(), Uuid::new_v4());
                Self { value: format!("{}{}", a.simple(), b.simple()), is_new: true }
            }
        }
    }

    fn read(request: &KratosRequest, is_https: bool) -> Option<String> {
        let value = request.cookie(name(is_https))?;
        let is_ours = value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_ours.then(|| value.to_owned())
    }

    /// Returns the `Set-Cookie` header, if the browser lacks the cookie.
    pub(super) fn to_set(&self, is_https: bool) -> Option<String> {
        let secure = if is_https { "; Secure" } else { "" };
        let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Lax{secure}", name(is_https), self.value);
        self.is_new.then_some(cookie)
    }

    /// Returns the token of a form.
    pub(super) fn token(&self, kratos: &Kratos, purpose: Purpose<'_>) -> String {
        token(kratos, purpose, &self.value)
    }
}

/// Returns whether the browser posts a form that a page of this application made for it.
pub(super) fn is_genuine(request: &KratosRequest, is_https: bool, purpose: Purpose<'_>, sent: &str) -> bool {
    FormCookie::read(request, is_https).is_some_and(|cookie| {
        token(request.kratos(), purpose, &cookie).as_bytes().ct_eq(sent.as_bytes()).into()
    })
}

/// With https, no other host of the site can set the cookie.
fn name(is_https: bool) -> &'static str {
    if is_https { "__Host-kratos_oauth2_form" } else { "kratos_oauth2_form" }
}

fn token(kratos: &Kratos, purpose: Purpose<'_>, cookie: &str) -> String {
    let Purpose { page, challenge, session } = purpose;
    let session = session.map_or_else(|| "-".to_owned(), |id| id.to_string());
    // The parts with a fixed alphabet first, so that no challenge reads as another part.
    let input = format!("kratos-oauth2 form, 1\n{page}\n{session}\n{cookie}\n{challenge}");
    URL_SAFE_NO_PAD.encode(kratos.derived_key(input))
}
