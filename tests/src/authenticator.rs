//! An authenticator in software, for passkeys and security keys of ES256. It writes what a browser sends, and can be made to write
//! something wrong.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A user was there.
const UP: u8 = 1;
/// The user was verified.
const UV: u8 = 1 << 2;
/// A new key follows.
const AT: u8 = 1 << 6;

/// One key of an authenticator, in a browser at an origin.
#[derive(Clone)]
pub struct SoftKey {
    secret: SigningKey,
    /// The id of the credential.
    pub id: Vec<u8>,
    /// The handle of its user, which a passkey sends.
    pub user: Vec<u8>,
    /// The origin of the page, as the browser says.
    pub origin: String,
    /// The relying party, as the authenticator says.
    pub party: String,
    /// The number of uses.
    pub counter: u32,
    /// The flags of a use.
    pub flags: u8,
}

impl std::fmt::Debug for SoftKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SoftKey").field("origin", &self.origin).finish_non_exhaustive()
    }
}

impl SoftKey {
    /// Makes a key for a page of this origin, as `navigator.credentials.create` with the options of a form.
    ///
    /// # Panics
    /// If the options name no user.
    #[must_use]
    pub fn new(options: &Value, origin: &str) -> Self {
        let options = &options["publicKey"];
        let text =
            |path: &str| options.pointer(path).and_then(Value::as_str).expect("the options of a new key");
        Self {
            secret: secret(),
            id: Uuid::new_v4().as_bytes().to_vec(),
            user: URL_SAFE_NO_PAD.decode(text("/user/id").trim_end_matches('=')).expect("a handle"),
            origin: origin.to_owned(),
            party: text("/rp/id").to_owned(),
            counter: 1,
            flags: UP | UV,
        }
    }

    /// Forgets the secret, and signs with another.
    pub fn lose_secret(&mut self) {
        self.secret = secret();
    }

    /// The answer to the options of a new key.
    #[must_use]
    pub fn create(&self, options: &Value) -> String {
        let client = self.client("webauthn.create", &options["publicKey"]["challenge"]);
        let point = self.secret.verifying_key().to_encoded_point(false);
        let (x, y) = (point.x().expect("a point"), point.y().expect("a point"));
        let mut data = self.data(AT);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).expect("a short id").to_be_bytes());
        data.extend(&self.id);
        // COSE, RFC 9053: an EC2 key of ES256 on P-256
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(x);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(y);
        // CBOR: {"fmt": "none", "attStmt": {}, "authData": data}
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        object.extend(u16::try_from(data.len()).expect("short data").to_be_bytes());
        object.extend(data);
        self.answer(&json!({
            "clientDataJSON": URL_SAFE_NO_PAD.encode(client), "attestationObject": URL_SAFE_NO_PAD.encode(object),
        }))
    }

    /// The answer to the options of a login. Counts the use.
    pub fn get(&mut self, options: &Value) -> String {
        self.counter += 1;
        let client = self.client("webauthn.get", &options["publicKey"]["challenge"]);
        let data = self.data(0);
        let signed = [data.as_slice(), &Sha256::digest(&client)].concat();
        let signature: Signature = self.secret.sign(&signed);
        self.answer(&json!({
            "clientDataJSON": URL_SAFE_NO_PAD.encode(client),
            "authenticatorData": URL_SAFE_NO_PAD.encode(data),
            "signature": URL_SAFE_NO_PAD.encode(signature.to_der().as_bytes()),
            "userHandle": URL_SAFE_NO_PAD.encode(&self.user),
        }))
    }

    fn client(&self, kind: &str, challenge: &Value) -> Vec<u8> {
        json!({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false})
            .to_string()
            .into()
    }

    fn data(&self, further: u8) -> Vec<u8> {
        let mut data = Sha256::digest(self.party.as_bytes()).to_vec();
        data.push(self.flags | further);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn answer(&self, response: &Value) -> String {
        let id = URL_SAFE_NO_PAD.encode(&self.id);
        json!({"id": id, "rawId": id, "type": "public-key", "response": response}).to_string()
    }
}

fn secret() -> SigningKey {
    // a random UUID is too short for a scalar: two of them
    loop {
        let bytes = [*Uuid::new_v4().as_bytes(), *Uuid::new_v4().as_bytes()].concat();
        if let Ok(key) = SigningKey::from_slice(&bytes) {
            return key;
        }
    }
}
