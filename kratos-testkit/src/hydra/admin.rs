//! `/admin/clients`.

use serde_json::{Value, json};
use uuid::Uuid;

use super::state::{Hydra, body, error, part, put};
use crate::wire::{Call, Reply};
use crate::world::rfc3339;

pub(super) fn create_client(hydra: &mut Hydra, call: &Call) -> Reply {
    let Value::Object(given) = body(call) else {
        return error(400, "invalid_request", "The request is not a client.");
    };
    let now = rfc3339(hydra.clock.now());
    let mut client = json!({
        "client_id": Uuid::new_v4(), "client_name": "", "redirect_uris": [], "grant_types": ["authorization_code"],
        "response_types": ["code"], "scope": "offline_access offline openid", "audience": [], "owner": "",
        "policy_uri": "", "allowed_cors_origins": [], "tos_uri": "", "client_uri": "", "logo_uri": "", "contacts": [],
        "client_secret_expires_at": 0, "subject_type": "public", "jwks": {},
        "token_endpoint_auth_method": "client_secret_basic", "userinfo_signed_response_alg": "none",
        "created_at": now, "updated_at": now, "metadata": {}, "skip_consent": false, "skip_logout_consent": Value::Null,
    });
    if given.get("token_endpoint_auth_method") != Some(&"none".into()) {
        put(&mut client, "client_secret", Uuid::new_v4().simple().to_string());
    }
    for (name, value) in given {
        put(&mut client, &name, value);
    }
    let id = part(&client, "client_id").as_str().unwrap_or_default().to_owned();
    if hydra.clients.contains_key(&id) {
        return error(
            409,
            "Unable to insert or update resource because a resource with that value exists already",
            "",
        );
    }
    hydra.clients.insert(id, client.clone());
    Reply::json(201, &client)
}
