//! jwt-authorizer, on the axum that it is for.

use axum_07::{Router, body::Body, routing::get};
use futures_util::FutureExt as _;
use http::HeaderMap;
use jwt_authorizer::{IntoLayer as _, JwtAuthorizer, RegisteredClaims, Validation};

use super::{Signer, signer::ISSUER};
use crate::in_process::{self, App};

pub fn app(signer: &Signer, headers: impl FnMut() -> HeaderMap + 'static) -> App {
    let authorizer = JwtAuthorizer::<RegisteredClaims>::from_jwks_text(&signer.jwks())
        .validation(Validation::new().iss(&[ISSUER]));
    let authorizer = authorizer.build().now_or_never().unwrap().unwrap();
    let router = Router::new().route("/account", get(in_process::axum::hello)).layer(authorizer.into_layer());
    in_process::axum::app::<_, Body, _>(signer.name("jwt-authorizer"), router, headers)
}
