mod jwts;
mod keys;
mod live;
mod signer;

use std::sync::Arc;

use super::{Jwks, JwtResolver};
use crate::{
    credential::Credential,
    model::Session,
    resolve::{Freshness, Resolution, ResolveError, SessionResolver as _},
};

/// The session of a JWT; `None` for an anonymous request.
async fn session(resolver: &JwtResolver, jwt: &str) -> Result<Option<Arc<Session>>, ResolveError> {
    let found = resolver.resolve(&Credential::jwt(jwt), Freshness::Cached).await?;
    assert!(!found.live && found.cookies.is_empty());
    Ok(match found.resolution {
        Resolution::Active(session) => Some(session),
        Resolution::Anonymous => None,
        other => panic!("{other:?}"),
    })
}

fn resolver(jwks: &serde_json::Value) -> JwtResolver {
    JwtResolver::new(Jwks::from_json(jwks.to_string()).unwrap())
}
