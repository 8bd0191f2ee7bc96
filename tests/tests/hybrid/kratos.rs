//! The application's upstreams: a testkit that signs JWTs, and a Kratos that answers as a row wants.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use http::Request;
use kratos_core::{
    Kratos,
    credential::{Credential, CredentialKind, CredentialReader},
    model::{Aal, Session, Timestamp},
    resolve::{
        Aal2Required, CachingResolver, Freshness, Jwks, JwtResolver, Resolution, ResolveError, Resolved,
        SecondFactor, SessionResolver,
    },
};
use kratos_testkit::{AsUser as _, TestKratos, call};
use uuid::Uuid;

/// A JWT of Ada's session, the keys that verify it, and a JWT signed with other keys.
pub struct Issued {
    pub ada: Uuid,
    pub token: String,
    pub foreign: String,
    jwks: String,
}

impl Issued {
    pub async fn new() -> Self {
        let (ada, token, jwks) = issue().await;
        Self { ada, token, foreign: issue().await.1, jwks }
    }
}

async fn issue() -> (Uuid, String, String) {
    let kratos = TestKratos::builder().with_jwt_template("jwt", Duration::from_secs(600));
    let kratos = kratos.build_without_sockets().unwrap();
    let ada = kratos.sign_in("ada@example.org");
    let service = kratos.public_service();
    let whoami = call(&service, Request::get("/sessions/whoami?tokenize_as=jwt").as_user(&ada)).await.json();
    let keys = call(&service, Request::get("/.well-known/jwks.json")).await.json();
    (ada.id(), whoami["tokenized"].as_str().unwrap().to_owned(), keys.to_string())
}

/// Bob's session.
const BOB: Uuid = Uuid::from_u128(0xb0b);

/// Kratos' answer for the session cookie of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// A fresh session of AAL2.
    Strong,
    /// A session of AAL1, two hours old.
    Weak,
    Revoked,
    Aal2Required,
    Down,
}

/// Answers by the cookie: Ada's or Bob's session.
#[derive(Clone)]
pub struct FakeKratos(Arc<Inner>);

struct Inner {
    says: Says,
    ada: Uuid,
    asked: AtomicUsize,
}

impl FakeKratos {
    pub fn new(says: Says, issued: &Issued) -> Self {
        Self(Arc::new(Inner { says, ada: issued.ada, asked: AtomicUsize::new(0) }))
    }

    pub fn asked(&self) -> usize {
        self.0.asked.load(Ordering::SeqCst)
    }

    /// The application's resolvers: JWTs first, a cache for sessions, Kratos behind it.
    pub fn sessions(&self, issued: &Issued) -> Kratos {
        let cached = CachingResolver::new(self.clone(), Duration::from_secs(60));
        let tokens = JwtResolver::new(Jwks::from_json(&*issued.jwks).unwrap()).with_sessions(cached);
        Kratos::from_resolver(tokens)
            .with_credentials(CredentialReader::default().with_jwt().with_jwt_cookies(["jwt"]))
            .with_app("https://app.example")
            .unwrap()
            .with_browser_url("https://auth.example")
            .unwrap()
    }
}

#[async_trait]
impl SessionResolver for FakeKratos {
    async fn resolve(&self, credential: &Credential, _: Freshness) -> Result<Resolved, ResolveError> {
        self.0.asked.fetch_add(1, Ordering::SeqCst);
        assert_eq!(credential.kind(), CredentialKind::Cookie, "a JWT is never sent to Kratos");
        let (_, cookie) = credential.to_header().unwrap();
        let mut session = Session::new(if cookie.as_bytes().ends_with(b"=bob") { BOB } else { self.0.ada });
        let (level, age) = match self.0.says {
            Says::Strong => (Aal::Aal2, 1),
            _ => (Aal::Aal1, 7200),
        };
        session.authenticator_assurance_level = Some(level);
        session.authenticated_at =
            Some((*Timestamp::from(time::OffsetDateTime::now_utc()) - Duration::from_secs(age)).into());
        Ok(Resolved::new(match self.0.says {
            Says::Strong | Says::Weak => Resolution::Active(Arc::new(session)),
            Says::Revoked => Resolution::Anonymous,
            Says::Aal2Required => Resolution::Aal2Required(Box::new(Aal2Required::new(None))),
            Says::Down => return Err(ResolveError::unavailable("down")),
        }))
    }

    async fn second_factor(&self, _: &Credential) -> Result<SecondFactor, ResolveError> {
        Ok(SecondFactor::Enrolled)
    }
}
