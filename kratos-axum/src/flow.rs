//! The flows of self-service pages as handlers' arguments.

use std::ops::{Deref, DerefMut};

use axum_core::{extract::FromRequestParts, response::Response};
use http::request::Parts;
use kratos_core::flow;

use crate::{SessionContext, SessionRejection, extract::context, rejection};

macro_rules! flow {
    ($(#[$meta:meta])* $name:ident, $ask:ident $(::<$flow:ty>)?) => {
        $(#[$meta])*
        ///
        /// The cookies that come with it reach the browser by the [`KratosLayer`](crate::KratosLayer), which needs
        /// [`Kratos::with_client`](crate::Kratos::with_client) and
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
    /// The login flow of this page (`?flow=ID`). Without one that can be used, the browser is led to start another,
    /// and nothing that it came with is lost.
    LoginFlow, flow::<flow::LoginFlow>
);
flow!(
    /// The registration flow of this page (`?flow=ID`); otherwise the browser is led to start one.
    RegistrationFlow, flow::<flow::RegistrationFlow>
);
flow!(
    /// The settings flow of this page (`?flow=ID`); otherwise the browser is led to start one, or to sign in.
    SettingsFlow, flow::<flow::SettingsFlow>
);
flow!(
    /// The recovery flow of this page (`?flow=ID`); otherwise the browser is led to start one.
    RecoveryFlow, flow::<flow::RecoveryFlow>
);
flow!(
    /// The verification flow of this page (`?flow=ID`); otherwise the browser is led to start one.
    VerificationFlow, flow::<flow::VerificationFlow>
);
flow!(
    /// The error that the error page shows (`?id=ID`); without one the browser is led home.
    FlowError, flow_error
);

/// A handler that ends the browser's session and leads it to `return_to` or home:
/// `.route("/logout", post(logout))`. Forms of other sites are refused.
///
/// ```
/// use axum::{Router, routing::post};
/// # use kratos_axum::{KratosLayer, Kratos, logout};
/// # fn app(sessions: Kratos) -> Router {
/// Router::new().route("/logout", post(logout)).layer(KratosLayer::new(sessions))
/// # }
/// ```
pub async fn logout(LogoutResponse(response): LogoutResponse) -> Response {
    response
}

/// The argument of [`logout`].
#[derive(Debug)]
pub struct LogoutResponse(Response);

impl<S: Send + Sync> FromRequestParts<S> for LogoutResponse {
    type Rejection = SessionRejection;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, SessionRejection> {
        let context: &SessionContext = context(parts)?;
        Ok(Self(rejection::respond(context.session(&parts.headers).logout(&context.view(parts)).await?)))
    }
}
