//! Routes that require a live session, and credentials that are not JWTs.

use std::sync::Arc;

use async_trait::async_trait;
use serde_json::json;
use uuid::Uuid;

use super::{
    resolver,
    signer::{SID, Signer, claims},
};
use crate::{
    credential::{Credential, CredentialKind},
    model::Session,
    resolve::{Freshness, Resolution, ResolveError, Resolved, SecondFactor, SessionResolver, StaticResolver},
};

/// Resolves credentials that are not JWTs.
struct Kratos(StaticResolver);

#[async_trait]
impl SessionResolver for Kratos {
    async fn resolve(&self, credential: &Credential, freshness: Freshness) -> Result<Resolved, ResolveError> {
        assert_eq!(credential.kind(), CredentialKind::Cookie, "a JWT is not sent to Kratos");
        self.0.resolve(credential, freshness).await
    }

    async fn second_factor(&self, credential: &Credential) -> Result<SecondFactor, ResolveError> {
        self.0.second_factor(credential).await
    }
}

fn known(id: &str) -> StaticResolver {
    StaticResolver::active(Session::new(Uuid::parse_str(id).unwrap()))
}

#[tokio::test]
async fn a_live_session_is_the_one_beside_the_jwt() {
    let signer = Signer::es256("k");
    let other = "00000000-0000-4000-8000-000000000000";
    let jwt = Credential::jwt(signer.sign(&claims(&json!({}))));
    let both = jwt.clone().with_session(Some(Credential::cookie("ory_kratos_session=a")));
    for (kratos, credential, expected) in [
        (Some(known(SID)), &both, "active, live"),
        (Some(known(SID)), &jwt, "not live"),
        (Some(known(other)), &both, "not live"),
        (Some(StaticResolver::anonymous()), &both, "anonymous"),
        (Some(StaticResolver::step_up(None)), &both, "step up"),
        (Some(StaticResolver::failing(ResolveError::unavailable("down"))), &both, "unavailable"),
        (None, &both, "not live"),
    ] {
        let mut resolver = resolver(&signer.jwks());
        if let Some(kratos) = kratos.clone() {
            resolver = resolver.with_sessions(Kratos(kratos));
        }
        let cheap = resolver.resolve(credential, Freshness::Cached).await.unwrap();
        assert!(matches!(cheap.resolution, Resolution::Active(_)), "Kratos is not called");
        let found = match resolver.resolve(credential, Freshness::Live).await {
            Ok(Resolved { resolution: Resolution::Active(_), live: true, cache_for, .. }) => {
                assert!(cache_for.unwrap().as_secs() <= 300, "not past the end of the JWT");
                "active, live"
            }
            Ok(Resolved { resolution: Resolution::Unconfirmed(_), live: false, .. }) => "not live",
            Ok(Resolved { resolution: Resolution::Anonymous, .. }) => "anonymous",
            Ok(Resolved { resolution: Resolution::Aal2Required(_), .. }) => "step up",
            Err(error) if error.is_unavailable() => "unavailable",
            other => panic!("{other:?}"),
        };
        assert_eq!(found, expected, "{kratos:?}");
    }
}

#[tokio::test]
async fn a_refused_jwt_is_anonymous_even_beside_a_session() {
    let signer = Signer::es256("k");
    let resolver = resolver(&signer.jwks()).with_sessions(Kratos(known(SID)));
    let bad = Credential::jwt("eyJ.a.b").with_session(Some(Credential::cookie("ory_kratos_session=a")));
    for freshness in [Freshness::Cached, Freshness::Live] {
        let found = resolver.resolve(&bad, freshness).await.unwrap();
        assert!(matches!(found.resolution, Resolution::Anonymous));
    }
}

#[tokio::test]
async fn claims_are_enough_for_live_only_where_configured() {
    let signer = Signer::es256("k");
    let resolver = resolver(&signer.jwks()).with_insecure_claims_when_live();
    let jwt = Credential::jwt(signer.sign(&claims(&json!({}))));
    let found = resolver.resolve(&jwt, Freshness::Live).await.unwrap();
    assert!(matches!(found.resolution, Resolution::Active(_)) && !found.live);
}

#[tokio::test]
async fn other_credentials_go_to_the_other_resolver() {
    let jwks = Signer::es256("k").jwks();
    let cookie = Credential::cookie("ory_kratos_session=a");
    let alone = resolver(&jwks);
    assert!(matches!(
        alone.resolve(&cookie, Freshness::Cached).await.unwrap().resolution,
        Resolution::Anonymous
    ));
    let kratos = known(SID).with_second_factor(SecondFactor::Enrolled);
    let both: Arc<dyn SessionResolver> = Arc::new(resolver(&jwks).with_sessions(Kratos(kratos)));
    assert!(matches!(
        both.resolve(&cookie, Freshness::Cached).await.unwrap().resolution,
        Resolution::Active(_)
    ));
    assert_eq!(both.second_factor(&cookie).await.unwrap(), SecondFactor::Enrolled);
    let beside = Credential::jwt("eyJ.a.b").with_session(Some(cookie));
    assert_eq!(both.second_factor(&beside).await.unwrap(), SecondFactor::Enrolled);
    assert_eq!(both.second_factor(&Credential::jwt("eyJ.a.b")).await.unwrap(), SecondFactor::Unknown);
}
