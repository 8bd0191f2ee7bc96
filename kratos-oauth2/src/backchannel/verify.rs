//! The rules of a logout token (OpenID Connect Back-Channel Logout 1.0 §2.6).

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value};

use super::{LogoutNotice, LogoutVerifier, seen::Claim};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// Why a token is not accepted, for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("the form has not exactly one `logout_token`")]
    Form,
    #[error("the provider's keys cannot be read")]
    Keys,
    #[error("its form or signature is wrong")]
    Signature,
    #[error("its issuer is another")]
    Issuer,
    #[error("it is for another client")]
    Audience,
    #[error("it has no time of issue, is too old, or comes from the future")]
    Time,
    #[error("it is not a logout token")]
    Event,
    #[error("it has a nonce, as an ID token has")]
    Nonce,
    #[error("it names neither a session nor a user")]
    WithoutSession,
    #[error("it has no `jti`, or was received before")]
    Repeated,
    #[error("too many tokens are remembered")]
    Full,
}

impl Fault {
    pub(super) fn is_temporary(self) -> bool {
        matches!(self, Self::Keys | Self::Full)
    }
}

pub(super) struct Accepted {
    pub(super) notice: LogoutNotice,
    pub(super) jti: String,
}

impl LogoutVerifier {
    pub(super) async fn verify(&self, form: &[u8]) -> Result<Accepted, Fault> {
        let mut tokens = url::form_urlencoded::parse(form).filter(|(name, _)| name == "logout_token");
        let (Some((_, token)), None) = (tokens.next(), tokens.next()) else { return Err(Fault::Form) };
        let claims = self.keys.verified_claims(&token, "logout+jwt", &self.algorithms).await;
        let claims = claims.map_err(|_| Fault::Keys)?.ok_or(Fault::Signature)?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        self.accept(&claims, seconds(now))
    }

    /// Checks the claims, the `jti` last: a token that is refused does not use it up.
    fn accept(&self, claims: &Map<String, Value>, now: i64) -> Result<Accepted, Fault> {
        let text = |name: &str| claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        if text("iss") != Some(&self.issuer) {
            return Err(Fault::Issuer);
        }
        let is_client = |audience: &Value| audience.as_str() == Some(&self.client);
        let is_meant = match claims.get("aud") {
            Some(Value::Array(several)) => several.iter().any(is_client),
            Some(one) => is_client(one),
            None => false,
        };
        if !is_meant {
            return Err(Fault::Audience);
        }
        let date = |name: &str| claims.get(name).and_then(Value::as_f64).filter(|date| date.abs() < 1e15);
        #[allow(clippy::cast_possible_truncation, reason = "it is the fraction that goes")]
        let issued = date("iat").ok_or(Fault::Time)? as i64;
        let (age, leeway) = (seconds(self.max_age), seconds(self.leeway));
        let end = issued.saturating_add(age).saturating_add(leeway);
        let is_over = claims.contains_key("exp")
            && !date("exp").is_some_and(|exp| exp > now.saturating_sub(leeway) as f64);
        if now > end || issued > now.saturating_add(leeway) || is_over {
            return Err(Fault::Time);
        }
        let event = claims.get("events").and_then(|events| events.get(EVENT));
        if !event.is_some_and(Value::is_object) {
            return Err(Fault::Event);
        }
        if claims.contains_key("nonce") {
            return Err(Fault::Nonce);
        }
        let (sid, sub) = (text("sid").map(str::to_owned), text("sub").map(str::to_owned));
        if sid.is_none() && sub.is_none() {
            return Err(Fault::WithoutSession);
        }
        let jti = text("jti").ok_or(Fault::Repeated)?;
        match self.seen.claim(jti, end, now) {
            Claim::New => Ok(Accepted { notice: LogoutNotice { sid, sub }, jti: jti.to_owned() }),
            Claim::Repeated => Err(Fault::Repeated),
            Claim::Full => Err(Fault::Full),
        }
    }
}

fn seconds(time: Duration) -> i64 {
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use kratos_core::resolve::Jwks;
    use serde_json::json;

    use super::*;

    fn verifier() -> LogoutVerifier {
        let key = json!({ "keys": [{
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        }] });
        LogoutVerifier::with_keys("https://id/", "shop", Jwks::from_json(key.to_string()).unwrap())
    }

    /// The claims of Hydra 26.2.0, changed.
    fn outcome(change: &Value) -> Result<(), Fault> {
        let mut claims = json!({
            "iss": "https://id/", "aud": ["shop"], "iat": 1000, "jti": "one", "events": { EVENT: {} }, "sid": "s",
        });
        for (name, value) in change.as_object().unwrap() {
            match value {
                Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
                value => claims[name] = value.clone(),
            }
        }
        verifier().accept(claims.as_object().unwrap(), 1010).map(drop)
    }

    #[test]
    fn a_token_of_hydra_is_accepted_and_each_rule_refuses_its_breach() {
        for change in [
            json!({}),
            json!({ "aud": "shop" }),
            json!({ "aud": ["other", "shop"] }),
            json!({ "sid": null, "sub": "u" }),
            json!({ "exp": 1020 }),
            json!({ "iat": 1039 }),
            json!({ "iat": 861 }),
        ] {
            assert_eq!(outcome(&change), Ok(()), "{change}");
        }
        for (change, fault) in [
            (json!({ "iss": "https://id" }), Fault::Issuer),
            (json!({ "iss": null }), Fault::Issuer),
            (json!({ "aud": ["other"] }), Fault::Audience),
            (json!({ "aud": null }), Fault::Audience),
            (json!({ "aud": [["shop"]] }), Fault::Audience),
            (json!({ "iat": 859 }), Fault::Time),
            (json!({ "iat": 1041 }), Fault::Time),
            (json!({ "iat": null }), Fault::Time),
            (json!({ "iat": "1000" }), Fault::Time),
            (json!({ "iat": 1e300 }), Fault::Time),
            (json!({ "exp": 900 }), Fault::Time),
            (json!({ "exp": "never" }), Fault::Time),
            (json!({ "events": null }), Fault::Event),
            (json!({ "events": { "http://other": {} } }), Fault::Event),
            (json!({ "events": { EVENT: true } }), Fault::Event),
            (json!({ "events": [EVENT] }), Fault::Event),
            (json!({ "nonce": "n" }), Fault::Nonce),
            (json!({ "sid": null }), Fault::WithoutSession),
            (json!({ "sid": "" }), Fault::WithoutSession),
            (json!({ "sid": 7 }), Fault::WithoutSession),
            (json!({ "jti": null }), Fault::Repeated),
            (json!({ "jti": "" }), Fault::Repeated),
        ] {
            assert_eq!(outcome(&change), Err(fault), "{change}");
        }
    }

    #[tokio::test]
    async fn what_is_not_one_signed_token_is_refused() {
        for form in ["", "logout_token=", "logout_token=a.b.c", "logout_token=a&logout_token=a", "token=a"] {
            let response = verifier().receive(form.as_bytes(), |_| async { Ok::<_, ()>(()) }).await;
            assert_eq!(response.status, 400, "{form}");
        }
        let none = "eyJhbGciOiJub25lIn0.e30.";
        let response = verifier()
            .receive(format!("logout_token={none}").as_bytes(), |_| async { Ok::<_, ()>(()) })
            .await;
        assert_eq!(response.status, 400);
    }
}
