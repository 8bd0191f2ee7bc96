//! The flows of self-service pages as handlers' arguments.

use std::{
    future::Future,
    ops::{Deref, DerefMut},
    pin::Pin,
};

use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload};
use kratos_core::flow;

use crate::{SessionError, context};

macro_rules! flow {
    ($(#[$meta:meta])* $name:ident, $ask:ident) => {
        $(#[$meta])*
        ///
        /// The cookies that come with it reach the browser by the [`KratosMiddleware`](crate::KratosMiddleware),
        /// which needs [`Kratos::with_client`](crate::Kratos::with_client) and
        /// [`Kratos::with_links`](crate::Kratos::with_links).
        #[derive(Clone, Debug)]
        pub struct $name(pub flow::$name);

        impl Deref for $name {
            type Target = flow::$name;
            fn deref(&self) -> &flow::$name {
                &self.0
            }
        }

        impl DerefMut for $name {
            fn deref_mut(&mut self) -> &mut flow::$name {
                &mut self.0
            }
        }

        impl FromRequest for $name {
            type Error = SessionError;
            type Future = Pin<Box<dyn Future<Output = Result<Self, SessionError>>>>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                let request = request.clone();
                Box::pin(async move { context::$ask(&request).await.map(Self) })
            }
        }
    };
}

flow!(
    /// The login flow of this page (`?flow=ID`). Without one that can be used, the browser is led to start another,
    /// and nothing that it came with is lost.
    LoginFlow, flow
);
flow!(
    /// The registration flow of this page (`?flow=ID`); otherwise the browser is led to start one.
    RegistrationFlow, flow
);
flow!(
    /// The settings flow of this page (`?flow=ID`); otherwise the browser is led to start one, or to sign in.
    SettingsFlow, flow
);
flow!(
    /// The recovery flow of this page (`?flow=ID`); otherwise the browser is led to start one.
    RecoveryFlow, flow
);
flow!(
    /// The verification flow of this page (`?flow=ID`); otherwise the browser is led to start one.
    VerificationFlow, flow
);
flow!(
    /// The error that the error page shows (`?id=ID`); without one the browser is led home.
    FlowError, flow_error
);

/// A handler that ends the browser's session and leads it to `return_to` or home:
/// `.route("/logout", web::post().to(logout))`. Forms of other sites are refused.
///
/// # Errors
/// The answer to send instead, when the request comes from another site or Kratos cannot be asked.
pub async fn logout(request: HttpRequest) -> Result<HttpResponse, SessionError> {
    context::logout(&request).await
}
