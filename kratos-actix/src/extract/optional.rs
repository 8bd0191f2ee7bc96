use std::ops::Deref;

use actix_web::{FromRequest, HttpRequest, dev::Payload};

use super::{Extracting, FromSession, Session};
use crate::{SessionError, context};

/// [`Session`], [`Identity`](crate::Identity) or [`Traits<T>`](crate::Traits) if somebody is signed in, for pages
/// that are for everybody. Dereferences to the [`Option`] in it.
///
/// `None` means that nobody is signed in, and nothing else. A Kratos that cannot be asked (503), limits the rate
/// (429) or demands a second factor (403) rejects the request as [`Session`] does.
///
/// # Not `Option<Session>`
///
/// actix-web makes `Option<T>` of every extractor, and turns **every** error into `None`. With `Option<Session>` a
/// Kratos that is down makes everybody anonymous: people look signed out although they are not, and a handler
/// that is safe "because nobody is signed in" runs. Nothing in this crate can prevent it.
///
/// ```
/// use actix_web::{App, http::StatusCode, test, web::get};
/// use kratos_actix::{Optional, Session, KratosMiddleware};
/// use kratos_core::resolve::{StaticResolver, ResolveError};
///
/// # #[actix_web::main]
/// # async fn main() {
/// let kratos_is_down = StaticResolver::failing(ResolveError::unavailable("connection refused"));
/// let app = App::new()
///     .route("/right", get().to(async |Optional(who): Optional<Session>| who.map_or("anonymous", |_| "signed in")))
///     .route("/wrong", get().to(async |who: Option<Session>| who.map_or("anonymous", |_| "signed in")))
///     .wrap(KratosMiddleware::new(kratos_is_down));
/// let app = test::init_service(app).await;
/// let ask = |path| test::TestRequest::get().uri(path).insert_header(("cookie", "ory_kratos_session=MTcw"));
///
/// let right = test::call_service(&app, ask("/right").to_request()).await;
/// assert_eq!(right.status(), StatusCode::SERVICE_UNAVAILABLE);
/// let wrong = test::call_service(&app, ask("/wrong").to_request()).await;
/// assert_eq!(test::read_body(wrong).await, "anonymous"); // with a good cookie
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[doc(alias = "OptionalSession")]
#[doc(alias = "OptionalIdentity")]
#[doc(alias = "OptionalTraits")]
pub struct Optional<T>(pub Option<T>);

impl<T> Optional<T> {
    /// The option alone.
    #[must_use]
    pub fn into_inner(self) -> Option<T> {
        self.0
    }
}

impl<T> Deref for Optional<T> {
    type Target = Option<T>;
    fn deref(&self) -> &Option<T> {
        &self.0
    }
}

impl<T: FromSession> FromRequest for Optional<T> {
    type Error = SessionError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Extracting::waiting(async move {
            let session = context::optional(&request).await?.map(Session::new);
            session.map(|session| T::of(session, &request)).transpose().map(Self)
        })
    }
}
