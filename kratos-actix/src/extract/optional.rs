use std::ops::Deref;

use actix_web::{FromRequest, HttpRequest, dev::Payload};

use super::{Extracting, FromSession, Session};
use crate::{SessionError, context};

/// [`Session`], [`Identity`](crate::Identity) or [`Traits<T>`](crate::Traits) of a request that may be anonymous: for
/// public pages. Dereferences to the [`Option`] in it.
///
/// `None` means that the request is anonymous, and nothing else. A Kratos that is unreachable (503), limits the rate (429)
/// or requires a second factor first (403) rejects the request as [`Session`] does.
///
/// # Not `Option<Session>`
///
/// actix-web makes `Option<T>` of every extractor and turns **every** error into `None`. With `Option<Session>` every
/// request is anonymous while Kratos is down: users look signed out, and a handler that is safe "because the request is
/// anonymous" runs. Nothing in this crate can prevent it.
///
/// ```
/// use actix_web::{App, http::StatusCode, test, web::get};
/// use kratos_actix::{KratosMiddleware, Optional, Session, resolve::{ResolveError, StaticResolver}};
///
/// # #[actix_web::main]
/// # async fn main() {
/// let kratos_is_down = StaticResolver::failing(ResolveError::unavailable("connection refused"));
/// let app = App::new()
///     .route("/right", get().to(async |Optional(user): Optional<Session>| user.map_or("anonymous", |_| "signed in")))
///     .route("/wrong", get().to(async |user: Option<Session>| user.map_or("anonymous", |_| "signed in")))
///     .wrap(KratosMiddleware::new(kratos_is_down));
/// let app = test::init_service(app).await;
/// let ask = |path| test::TestRequest::get().uri(path).insert_header(("cookie", "ory_kratos_session=MTcw"));
///
/// let right = test::call_service(&app, ask("/right").to_request()).await;
/// assert_eq!(right.status(), StatusCode::SERVICE_UNAVAILABLE);
/// let wrong = test::call_service(&app, ask("/wrong").to_request()).await;
/// assert_eq!(test::read_body(wrong).await, "anonymous"); // with a valid cookie
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[doc(alias = "OptionalSession")]
#[doc(alias = "OptionalIdentity")]
#[doc(alias = "OptionalTraits")]
pub struct Optional<T>(pub Option<T>);

impl<T> Optional<T> {
    /// Returns the option.
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

    #[allow(
        clippy::redundant_closure_for_method_calls,
        reason = "the method is not general over the lifetime of headers"
    )]
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let guard = match context::ask(request, |session, view| session.optional_session(view)) {
            Ok(guard) => guard,
            Err(error) => return Extracting::ready(Err(error)),
        };
        let request = request.clone();
        Extracting::waiting(async move {
            let session = guard.await?.map(Session::new);
            session.map(|session| T::of(session, &request)).transpose().map(Self)
        })
    }
}
