//! The flows of self-service pages as a handler's arguments.

use std::ops::{Deref, DerefMut};

use axum_core::{extract::FromRequestParts, response::Response};
use http::request::Parts;
use kratos_core::model::flow;

use crate::{KratosRequest, SessionRejection, extract::context, rejection};

macro_rules! flow {
    ($(#[$meta:meta])* $name:ident, $ask:ident $(::<$flow:ty>)?) => {
        $(#[$meta])*
        ///
        /// The [`KratosLayer`](crate::KratosLayer) relays its cookies to the browser. It needs a Kratos URL and
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

        impl<S: Send + Sync> FromRequestParts<S> for $name {
            type Rejection = SessionRejection;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, SessionRejection> {
                let context = context(parts)?;
                Ok(Self(context.session(&parts.headers).$ask$(::<$flow, _>)?(&context.view(parts)).await?))
            }
        }
    };
}

flow!(
    /// The login flow of this page (`?flow=ID`). If it is missing or expired, redirects to a new flow, preserving query
    /// parameters.
    LoginFlow, flow::<flow::LoginFlow>
);
flow!(
    /// The registration flow of this page (`?flow=ID`). If it is missing or expired, redirects to a new flow.
    RegistrationFlow, flow::<flow::RegistrationFlow>
);
flow!(
    /// The settings flow of this page (`?flow=ID`). If it is missing or expired, redirects to a new flow, or to login.
    SettingsFlow, flow::<flow::SettingsFlow>
);
flow!(
    /// The recovery flow of this page (`?flow=ID`). If it is missing or expired, redirects to a new flow.
    RecoveryFlow, flow::<flow::RecoveryFlow>
);
flow!(
    /// The verification flow of this page (`?flow=ID`). If it is missing or expired, redirects to a new flow.
    VerificationFlow, flow::<flow::VerificationFlow>
);
flow!(
    /// The error that the error page shows (`?id=ID`). Without one, redirects home.
    FlowError, flow_error
);

/// A handler that ends the browser's session and redirects to `return_to` or home:
/// `.route("/logout", post(logout))`. It refuses forms of other sites.
///
/// ```
/// use axum::{Router, routing::post};
/// # use kratos_axum::{Kratos, KratosLayer, logout};
/// # fn app(kratos: Kratos) -> Router {
/// Router::new().route("/logout", post(logout)).layer(KratosLayer::new(kratos))
/// # }
/// ```
///
/// # Errors
/// The response to send: 403 unless the request is a POST of this site, 503 when Kratos is unreachable.
pub async fn logout(request: KratosRequest) -> Result<Response, SessionRejection> {
    Ok(rejection::respond(request.logout().await?))
}
