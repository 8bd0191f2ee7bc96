//! Credentials: passwords, TOTP and backup codes.

use serde_json::{Value, json};
use time::OffsetDateTime;
use totp_rs::{Algorithm, Builder, Secret, Totp};

use super::identity::{Credential, Identity};
use super::{World, rfc3339, secret};

/// The lowest cost of bcrypt: these are passwords of tests.
const COST: u32 = 4;

pub(crate) fn hash_password(password: &str) -> String {
    bcrypt::hash(password, COST).unwrap_or_default()
}

impl Identity {
    /// Returns true if the password is correct. Of imported hashes, only bcrypt's are supported.
    pub(crate) fn has_password(&self, password: &str) -> bool {
        let config = self.credentials.get("password").map(|credential| &credential.config);
        let hash = config.and_then(|config| config.get("hashed_password")).and_then(Value::as_str);
        hash.is_some_and(|hash| bcrypt::verify(password, hash).unwrap_or_default())
    }

    /// Returns true if there is a password; identifiers alone are not one.
    pub(crate) fn can_use_password(&self) -> bool {
        self.credentials.get("password").is_some_and(|credential| !credential.config.is_null())
    }

    /// Sets a password under these identifiers.
    pub(crate) fn set_password(&mut self, password: &str, identifiers: Vec<String>, now: OffsetDateTime) {
        let config = json!({"hashed_password": hash_password(password)});
        self.set_credential("password", identifiers, config, now);
    }

    /// Adds or replaces a credential.
    pub(crate) fn set_credential(
        &mut self,
        kind: &'static str,
        identifiers: Vec<String>,
        config: Value,
        now: OffsetDateTime,
    ) {
        let created_at = self.credentials.get(kind).map_or(now, |known| known.created_at);
        self.credentials.insert(kind, Credential { identifiers, config, created_at, updated_at: now });
    }

    /// Returns the base32 secret of the authenticator app.
    pub(crate) fn totp_secret(&self) -> Option<&str> {
        self.credentials.get("totp")?.config.get("secret")?.as_str()
    }

    /// Consumes a backup code.
    pub(crate) fn use_backup_code(&mut self, code: &str, now: OffsetDateTime) -> BackupCode {
        let codes = self
            .credentials
            .get_mut("lookup_secret")
            .and_then(|known| known.config.get_mut("recovery_codes"));
        let found = codes.and_then(Value::as_array_mut).and_then(|codes| {
            let is_it = |known: &str| secret::is_same(known, code);
            codes.iter_mut().find(|known| known.get("code").and_then(Value::as_str).is_some_and(is_it))
        });
        match found {
            None => BackupCode::Unknown,
            Some(known) if known.get("used_at").is_some() => BackupCode::AlreadyUsed,
            Some(Value::Object(known)) => {
                known.insert("used_at_unix".into(), now.unix_timestamp().into());
                known.insert("used_at".into(), rfc3339(now.replace_nanosecond(0).unwrap_or(now)).into());
                BackupCode::Good
            }
            Some(_) => BackupCode::Unknown,
        }
    }
}

/// The state of a backup code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BackupCode {
    Good,
    AlreadyUsed,
    Unknown,
}

/// Returns a new base32 secret for an authenticator app.
pub(crate) fn new_totp_secret() -> String {
    let mut bytes = [0_u8; 20];
    rand::RngExt::fill(&mut rand::rng(), &mut bytes[..]);
    Secret::from(bytes.to_vec()).to_base32()
}

/// Returns the authenticator app of a secret. Like Kratos, it also accepts the previous and the next code.
pub(crate) fn authenticator(secret: &str, account: &str) -> Option<Totp> {
    let account = if account.is_empty() { "account".to_owned() } else { account.replace(':', "") };
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .with_secret(Secret::try_from_base32(secret).ok()?)
        .with_account_name(account)
        .with_issuer(Some("Testkit"))
        .build()
        .ok()
}

impl World {
    /// Returns true if the authenticator app of this secret generates the code now.
    pub(crate) fn is_totp(&self, secret: &str, code: &str) -> bool {
        let now = self.now().unix_timestamp().unsigned_abs();
        authenticator(secret, "").is_some_and(|totp| totp.check(code, now).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authenticator_agrees_with_itself() {
        let secret = new_totp_secret();
        assert_eq!(secret.len(), 32);
        let totp = authenticator(&secret, "ada@example.org").expect("a secret");
        let code = totp.generate(1_000_000_000).to_string();
        assert!(totp.check(&code, 1_000_000_020).is_some());
        assert!(totp.check(&code, 1_000_000_200).is_none());
    }
}
