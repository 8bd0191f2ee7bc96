//! Verifies what an authenticator answered (W3C Web Authentication Level 3, sections 7.1 and 7.2).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use coset::cbor::Value as Cbor;
use coset::iana::{self, EnumI64};
use coset::{CoseKey, Label};
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use passkey_types::ctap2::{AuthenticatorData, Flags};
use passkey_types::webauthn::{ClientDataType, CollectedClientData};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::key::Key;
use super::{Ceremony, Party};
use crate::world::secret;

/// Why an answer is refused.
#[derive(Debug)]
pub(crate) enum Refused {
    /// It is not the answer of an authenticator.
    Malformed(&'static str),
    /// It does not fit the ceremony or the key.
    Invalid(&'static str),
}

/// The answer of a login.
pub(crate) struct Assertion {
    pub(crate) key: Vec<u8>,
    /// The handle of the user, of a passkey.
    pub(crate) user: Vec<u8>,
    client: Vec<u8>,
    authenticator: Vec<u8>,
    data: AuthenticatorData,
    signature: Vec<u8>,
}

/// Returns the key of a registration.
pub(crate) fn register(party: &Party, ceremony: &Ceremony, sent: &str) -> Result<Key, Refused> {
    let sent: Value =
        serde_json::from_str(sent).map_err(|_| Refused::Malformed("Parse error for Registration"))?;
    let part = |name: &str| bytes(sent.pointer(&format!("/response/{name}")));
    let client = part("clientDataJSON").ok_or(Refused::Malformed("Parse error for Registration"))?;
    let object = part("attestationObject").ok_or(Refused::Malformed("Parse error for Registration"))?;
    let malformed = Refused::Malformed("Error parsing attestation response");
    let Some(data) = auth_data(&object).and_then(|data| AuthenticatorData::from_slice(&data).ok()) else {
        return Err(malformed);
    };
    check_client(party, ceremony, ClientDataType::Create, &client)?;
    check_data(party, &data)?;
    let attested = data.attested_credential_data.as_ref().ok_or(malformed)?;
    let id = bytes(sent.get("rawId")).unwrap_or_default();
    if id != attested.credential_id() {
        return Err(Refused::Invalid("Error validating the authenticator response"));
    }
    let public_key = es256(&attested.key).ok_or(Refused::Invalid("Unsupported Public Key Type"))?;
    Ok(Key {
        id,
        public_key,
        sign_count: data.counter.unwrap_or_default(),
        backup_eligible: data.flags.contains(Flags::BE),
        name: String::new(),
        added_at: String::new(),
        added_at_unix: 0,
    })
}

/// Reads the answer of a login.
pub(crate) fn parse_assertion(sent: &str) -> Result<Assertion, Refused> {
    let malformed = || Refused::Malformed("Unable to parse WebAuthn response.");
    let sent: Value = serde_json::from_str(sent).map_err(|_| malformed())?;
    let part = |name: &str| bytes(sent.pointer(&format!("/response/{name}"))).ok_or_else(malformed);
    let (client, authenticator, signature) =
        (part("clientDataJSON")?, part("authenticatorData")?, part("signature")?);
    let data = AuthenticatorData::from_slice(&authenticator).map_err(|_| malformed())?;
    let user = bytes(sent.pointer("/response/userHandle")).unwrap_or_default();
    let key = bytes(sent.get("rawId")).ok_or_else(malformed)?;
    Ok(Assertion { key, user, client, authenticator, data, signature })
}

impl Assertion {
    /// Checks the answer against one of these keys, and returns the key with its new counter. Kratos 26.2.0 accepts a counter that
    /// has not grown.
    pub(crate) fn verify(&self, party: &Party, ceremony: &Ceremony, keys: &[Key]) -> Result<Key, Refused> {
        let known = keys.iter().find(|key| key.id == self.key);
        let known =
            known.ok_or(Refused::Invalid("Unable to find the credential for the returned credential ID"))?;
        check_client(party, ceremony, ClientDataType::Get, &self.client)?;
        check_data(party, &self.data)?;
        if self.data.flags.contains(Flags::BE) != known.backup_eligible {
            return Err(Refused::Invalid(
                "Backup Eligible flag inconsistency detected during login validation",
            ));
        }
        let wrong = || Refused::Invalid("Error validating the assertion signature");
        let signature = Signature::from_der(&self.signature).map_err(|_| wrong())?;
        let signed = [self.authenticator.as_slice(), &Sha256::digest(&self.client)].concat();
        known.public_key.verify(&signed, &signature).map_err(|_| wrong())?;
        Ok(Key { sign_count: self.data.counter.unwrap_or_default(), ..known.clone() })
    }
}

/// Checks what the browser says: the kind of ceremony, the challenge and the origin.
fn check_client(
    party: &Party,
    ceremony: &Ceremony,
    kind: ClientDataType,
    client: &[u8],
) -> Result<(), Refused> {
    let client: CollectedClientData =
        serde_json::from_slice(client).map_err(|_| Refused::Malformed("Error parsing client data"))?;
    if client.ty != kind {
        return Err(Refused::Invalid("Error validating ceremony type"));
    }
    if ceremony.challenge.is_empty() || !secret::is_same(&ceremony.challenge, &client.challenge) {
        return Err(Refused::Invalid("Error validating challenge"));
    }
    if !client.origin.eq_ignore_ascii_case(&party.origin) {
        return Err(Refused::Invalid("Error validating origin"));
    }
    Ok(())
}

/// Checks what the authenticator says: the relying party, and that a user was there.
fn check_data(party: &Party, data: &AuthenticatorData) -> Result<(), Refused> {
    if data.rp_id_hash() != Sha256::digest(party.id.as_bytes()).as_slice() {
        return Err(Refused::Invalid("Error validating the authenticator response"));
    }
    if !data.flags.contains(Flags::UP) {
        return Err(Refused::Invalid("Error validating the authenticator response"));
    }
    if data.flags.contains(Flags::BS) && !data.flags.contains(Flags::BE) {
        return Err(Refused::Invalid("Invalid flag combination: BE=0 and BS=1"));
    }
    Ok(())
}

fn bytes(value: Option<&Value>) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(value?.as_str()?.trim_end_matches('=')).ok()
}

/// Returns the authenticator data of an attestation object.
fn auth_data(object: &[u8]) -> Option<Vec<u8>> {
    let object: Cbor = coset::cbor::from_reader(object).ok()?;
    let found = object.into_map().ok()?.into_iter().find(|(name, _)| name.as_text() == Some("authData"));
    found?.1.into_bytes().ok()
}

/// Returns the public key, if it is one of ES256.
fn es256(key: &CoseKey) -> Option<VerifyingKey> {
    let is_es256 = key.alg == Some(coset::Algorithm::Assigned(iana::Algorithm::ES256));
    let part = |name: iana::Ec2KeyParameter| {
        let label = Label::Int(name.to_i64());
        let found = key.params.iter().find(|(known, _)| *known == label);
        found.and_then(|(_, value)| value.as_bytes()).filter(|bytes| bytes.len() == 32)
    };
    let (x, y) = (part(iana::Ec2KeyParameter::X)?, part(iana::Ec2KeyParameter::Y)?);
    let point = [&[4_u8][..], x, y].concat();
    is_es256.then(|| VerifyingKey::from_sec1_bytes(&point).ok()).flatten()
}
