//! Ways to sign in: passwords, TOTP and backup codes.

use serde_json::{Value, json};
use time::OffsetDateTime;
use totp_rs::{Algorithm, Builder, Secret, Totp};

use super::identity::{Credential, Identity};
use super::{World, rfc3339, secret};

/// The lowest cost bcrypt has: these are passwords of tests.
const COST: u32 = 4;

pub(crate) fn hash_password(password: &str) -> String {
    bcrypt::hash(password, COST).unwrap_or_default()
}

impl Identity {
    /// Whether the password is theirs. Imported hashes of bcrypt are understood, no others.
    pub(crate) fn has_password(&self, password: &str) -> bool {
        let config = self.credentials.get("password").map(|credential| &credential.config);
        let hash = config.and_then(|config| config.get("hashed_password")).and_then(Value::as_str);
        hash.is_some_and(|hash| bcrypt::verify(password, hash).unwrap_or_default())
    }

    /// Whether they have a password at all; its identifiers alone are not one.
    pub(crate) fn can_use_password(&self) -> bool {
        self.credentials.get("password").is_some_and(|credential| !credential.config.is_null())
    }

    /// A new password, under these identifiers.
    pub(crate) fn set_password(&mut self, password: &str, identifiers: Vec<String>, now: OffsetDateTime) {
        let config = json!({"hashed_password": hash_password(password)});
        self.set_credential("password", identifiers, config, now);
    }

    /// Sets up, or replaces, a credential.
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

    /// The base32 secret of their authenticator app.
    pub(crate) fn totp_secret(&self) -> Option<&str> {
        self.credentials.get("totp")?.config.get("secret")?.as_str()
    }

    /// Uses a backup code up.
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

/// What a backup code is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BackupCode {
    Good,
    AlreadyUsed,
    Unknown,
}

/// A new secret for an authenticator app, in base32.
pub(crate) fn new_totp_secret() -> String {
    let mut bytes = [0_u8; 20];
    rand::RngExt::fill(&mut rand::rng(), &mut bytes[..]);
    Secret::from(bytes.to_vec()).to_base32()
}

/// The authenticator app with that secret. Kratos takes the code before and after the present one too.
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
    /// Whether an authenticator app with that secret shows the code now.
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
