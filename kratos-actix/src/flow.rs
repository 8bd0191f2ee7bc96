//! The flows of self-service pages as a handler's arguments.

use std::{
    future::Future,
    ops::{Deref, DerefMut},
    pin::Pin,
};

use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload};
use kratos_core::model::flow;

use crate::{KratosExt as _, KratosRequest, SessionError, error};

macro_rules! flow {
    ($(#[$meta:meta])* $name:ident, $ask:ident) => {
        $(#[$meta])*
        ///
        /// The [`KratosMiddleware`](crate::KratosMiddleware) relays its cookies to the browser. It needs a Kratos URL and
        /// [`Kratos::with_app`](crate::Kratos::with_app).
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
                let request = request.kratos_request();
                Box::pin(async move { Ok(Self(request?.$ask().await?)) })
            }
        }
    };
}

flow!(
    /// The login flow of this page (`?flow=ID`). If it is missing or expired, redirects to a new flow, preserving query
    /// parameters.
    LoginFlow, flow
);
flow!(
    /// The registration flow of this page (`?flow=ID`). If it is missing or expired, redirects to a new flow.
    RegistrationFlow, flow
);
flow!(
    /// The settings flow of this page (`?flow=ID`). If it is missing or expired, redirects to a new flow, or to login.
    SettingsFlow, flow
);
flow!(
    /// The recovery flow of this page (`?flow=ID`). If it is missing or expired, redirects to a new flow.
    RecoveryFlow, flow
);
flow!(
    /// The verification flow of this page (`?flow=ID`). If it is missing or expired, redirects to a new flow.
    VerificationFlow, flow
);
flow!(
    /// The error that the error page shows (`?id=ID`). Without one, redirects home.
    FlowError, flow_error
);

/// A handler that ends the browser's session and redirects to `return_to` or home:
/// `.route("/logout", web::post().to(logout))`. It refuses forms of other sites.
///
/// # Errors
/// The response to send: 403 unless the request is a POST of this site, 503 when Kratos is unreachable.
pub async fn logout(request: KratosRequest) -> Result<HttpResponse, SessionError> {
    Ok(error::respond(&request.logout().await?))
}
