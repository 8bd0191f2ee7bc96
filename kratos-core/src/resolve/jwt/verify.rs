//! Verifies a JWT: its form, its signature, its claims (RFC 7515, 7519 and 8725).

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use memchr::memchr_iter;
use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Map, Value};

use super::{JwtAlgorithm, key::Keys};
use crate::{
    diagnosis::{Finding, Topic},
    model::Timestamp,
};

/// The configured requirements.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub(super) algorithms: Vec<JwtAlgorithm>,
    pub(super) issuers: Vec<String>,
    pub(super) audiences: Vec<String>,
    pub(super) leeway: Duration,
    /// A type of JWT that is accepted besides `JWT`.
    pub(super) kind: Option<String>,
}

/// Why a JWT is not accepted. For the log; the request is anonymous.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("it is malformed")]
    Malformed,
    #[error("its header has a critical extension")]
    Critical,
    #[error("its type is not JWT")]
    Type,
    #[error("its algorithm is not allowed")]
    Algorithm,
    #[error("its key is not in the JWKS")]
    UnknownKey,
    #[error("its signature is wrong")]
    Signature,
    #[error("it has expired")]
    Expired,
    #[error("it is not valid yet")]
    NotYet,
    #[error("its issuer is another")]
    Issuer,
    #[error("its audience is another")]
    Audience,
    #[error("it holds no session")]
    NoSession,
    #[error("its session has ended")]
    Ended,
}

impl Fault {
    /// The metric label.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Critical => "critical",
            Self::Type => "type",
            Self::Algorithm => "algorithm",
            Self::UnknownKey => "unknown_key",
            Self::Signature => "signature",
            Self::Expired => "expired",
            Self::NotYet => "not_yet",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::NoSession => "no_session",
            Self::Ended => "ended",
        }
    }
}

/// A well-formed JWT whose signature is not verified.
#[derive(Debug)]
pub(super) struct Unverified<'a> {
    pub(super) key: Option<String>,
    pub(super) algorithm: JwtAlgorithm,
    message: &'a [u8],
    payload: &'a [u8],
    signature: Vec<u8>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<IgnoredAny>,
}

impl<'a> Unverified<'a> {
    pub(super) fn read(jwt: &'a [u8], rules: &Rules) -> Result<Self, Fault> {
        let mut dots = memchr_iter(b'.', jwt);
        let (Some(first), Some(second), None) = (dots.next(), dots.next(), dots.next()) else {
            return Err(Fault::Malformed);
        };
        let part = |range: std::ops::Range<usize>| jwt.get(range).ok_or(Fault::Malformed);
        let (header, payload) = (part(0..first)?, part(first + 1..second)?);
        let (message, signature) = (part(0..second)?, part(second + 1..jwt.len())?);
        let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| Fault::Malformed)?;
        if header.crit.is_some() {
            return Err(Fault::Critical);
        }
        // Kratos sets JWT; logout tokens, access tokens and the like have types of their own.
        let is_type = |kind: &str| {
            kind.eq_ignore_ascii_case("JWT")
                || rules.kind.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(kind))
        };
        if header.typ.is_some_and(|kind| !is_type(&kind)) {
            return Err(Fault::Type);
        }
        let algorithm = JwtAlgorithm::named(&header.alg)
            .filter(|algorithm| rules.algorithms.contains(algorithm))
            .ok_or(Fault::Algorithm)?;
        let key = header.kid.filter(|kid| !kid.is_empty());
        Ok(Self { key, algorithm, message, payload, signature: decode(signature)? })
    }

    /// Returns the claims if one of these keys verifies their signature.
    pub(super) fn verify(&self, keys: &Keys) -> Result<Map<String, Value>, Fault> {
        let key = self.key.as_deref();
        if !keys.has(key, self.algorithm) {
            return Err(Fault::UnknownKey);
        }
        if !keys.signed(key, self.algorithm, self.message, &self.signature) {
            return Err(Fault::Signature);
        }
        serde_json::from_slice(&decode(self.payload)?).map_err(|_| Fault::Malformed)
    }
}

impl Rules {
    /// Rules for the form of JWTs of another type alone.
    pub(super) fn of_type(kind: &str, algorithms: &[JwtAlgorithm]) -> Self {
        Self {
            algorithms: algorithms.to_vec(),
            issuers: Vec::new(),
            audiences: Vec::new(),
            leeway: Duration::ZERO,
            kind: Some(kind.to_owned()),
        }
    }

    /// Checks the registered claims. Returns the end of the JWT.
    pub(super) fn check(&self, claims: &Map<String, Value>, now: Timestamp) -> Result<Timestamp, Fault> {
        let leeway = time::Duration::try_from(self.leeway).unwrap_or(time::Duration::MAX);
        let end = claims.get("exp").and_then(date).ok_or(Fault::Malformed)?;
        if end.saturating_add(leeway) <= *now {
            return Err(Fault::Expired);
        }
        match claims.get("nbf").map(|value| date(value).ok_or(Fault::Malformed)) {
            Some(begin) if begin?.saturating_sub(leeway) > *now => {
                early().log_once();
                return Err(Fault::NotYet);
            }
            _ => {}
        }
        let issuer = claims.get("iss").and_then(Value::as_str);
        if !self.issuers.is_empty() && !issuer.is_some_and(|issuer| self.is_issuer(issuer)) {
            foreign(issuer.unwrap_or_default()).log_once();
            return Err(Fault::Issuer);
        }
        // A JWT that names its audience is for no other (RFC 7519 §4.1.3).
        let (named, meant) = match claims.get("aud") {
            None | Some(Value::Null) => (false, false),
            Some(Value::Array(several)) => (true, several.iter().any(|one| self.is_audience(one))),
            Some(one) => (true, self.is_audience(one)),
        };
        if !meant && (named || !self.audiences.is_empty()) {
            return Err(Fault::Audience);
        }
        Ok(end)
    }

    /// Compares without a trailing slash: Kratos adds one to its base URL.
    fn is_issuer(&self, issuer: &str) -> bool {
        let bare = |issuer: &str| issuer.strip_suffix('/').unwrap_or(issuer).len();
        let known = |known: &String| known.get(..bare(known)) == issuer.get(..bare(issuer));
        self.issuers.iter().any(known)
    }

    fn is_audience(&self, value: &Value) -> bool {
        value.as_str().is_some_and(|it| self.audiences.iter().any(|known| known == it))
    }
}

/// What the issuer of a JWT with a valid signature says when it is not the configured one.
fn foreign(issuer: &str) -> Finding {
    let issuer: String = issuer.chars().take(128).flat_map(char::escape_debug).collect();
    Finding::problem(
        Topic::Application,
        format!("a JWT with a valid signature is refused for its issuer (`iss`), `{issuer}`"),
        "configure this issuer by `JwtResolver::with_issuer`, or keys of the configured issuer only",
    )
}

/// What a JWT with a valid signature says of the clocks when it is not valid yet.
fn early() -> Finding {
    Finding::problem(
        Topic::Clock,
        "a JWT with a valid signature is not valid yet (`nbf`) by this machine's clock",
        "synchronize the clocks of this machine and of Kratos (NTP), or raise `JwtResolver::with_leeway`",
    )
}

/// A numeric date: seconds since 1970. Drops a fraction.
fn date(value: &Value) -> Option<Timestamp> {
    let seconds = value.as_i64().or_else(|| {
        let seconds = value.as_f64().filter(|seconds| seconds.abs() < 1e15)?;
        #[allow(clippy::cast_possible_truncation, reason = "it is the fraction that goes")]
        Some(seconds as i64)
    })?;
    time::OffsetDateTime::from_unix_timestamp(seconds).ok().map(Timestamp::from)
}

fn decode(part: &[u8]) -> Result<Vec<u8>, Fault> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| Fault::Malformed)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_date_is_a_number_of_seconds() {
        let seconds = |value: Value| date(&value).map(|date| (*date).unix_timestamp());
        assert_eq!(seconds(json!(1_700_000_000)), Some(1_700_000_000));
        assert_eq!(seconds(json!(1_700_000_000.9)), Some(1_700_000_000));
        assert_eq!(seconds(json!(-1.5)), Some(-1));
        for value in [json!(1e15), json!(-1e16), json!(1e300), json!(i64::MAX), json!("1"), json!(null)] {
            assert_eq!(seconds(value.clone()), None, "{value}");
        }
    }
}
