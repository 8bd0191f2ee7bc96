//! The session where no extractor reaches.

use actix_web::{HttpRequest, dev::ServiceRequest};

use crate::{KratosRequest, SessionError, context};

/// Returns the bound request outside of extractors: in middleware, or within a handler. For [`HttpRequest`] and
/// [`ServiceRequest`].
///
/// It shares one call to Kratos with the extractors and middleware of the same request.
///
/// ```
/// use actix_web::HttpRequest;
/// use kratos_actix::{KratosExt as _, SessionError, policy::Requirement};
///
/// async fn pay(request: HttpRequest) -> Result<&'static str, SessionError> {
///     let kratos = request.kratos_request()?;
///     kratos.require(&Requirement::signed_in().with_aal2()).await?;
///     Ok("paid")
/// }
/// # actix_web::App::new().route("/", actix_web::web::post().to(pay));
/// ```
pub trait KratosExt: sealed::Request {
    /// Returns the request bound to its session. Resolves nothing.
    ///
    /// # Errors
    /// When the request did not pass a [`KratosMiddleware`](crate::KratosMiddleware), and no [`Kratos`](crate::Kratos) is
    /// in `app_data`: 500.
    #[allow(
        clippy::redundant_closure_for_method_calls,
        reason = "the method is not general over the lifetime of headers"
    )]
    fn kratos_request(&self) -> Result<KratosRequest, SessionError> {
        context::ask(self.request(), |session, view| session.bind(view)).map(KratosRequest::new)
    }
}

impl KratosExt for HttpRequest {}
impl KratosExt for ServiceRequest {}

mod sealed {
    use super::{HttpRequest, ServiceRequest};

    pub trait Request {
        fn request(&self) -> &HttpRequest;
    }

    impl Request for HttpRequest {
        fn request(&self) -> &HttpRequest {
            self
        }
    }

    impl Request for ServiceRequest {
        fn request(&self) -> &HttpRequest {
            // The inherent method, not this one.
            ServiceRequest::request(self)
        }
    }
}
