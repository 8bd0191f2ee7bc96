//! The standard claims of an identity, by scope (OpenID Connect Core §5.1 and §5.4).

use kratos_model::{Identity, VerifiableAddress};
use serde_json::{Map, Value, json};

use super::{ClaimMapping, Claims, GrantedScopes, StandardClaim};

/// The members of `address` (OpenID Connect Core §5.1.1).
const ADDRESS: [&str; 6] = ["formatted", "street_address", "locality", "region", "postal_code", "country"];

impl ClaimMapping {
    /// Returns the claims of the granted standard scopes for the ID token: `profile`, `email` with `email_verified`, `phone`
    /// with `phone_number_verified`, `address`. Other scopes add nothing.
    ///
    /// An address is verified only if Kratos verified this address. Of several, the one that the trait names is taken, else
    /// the first verified one.
    pub fn claims(&self, identity: &Identity, scopes: &GrantedScopes) -> Claims {
        let traits = identity.traits.as_ref().map(kratos_model::RawJson::to_value).unwrap_or_default();
        let mut claims = Claims::new();
        if scopes.contains("profile") {
            claims = self.profile(claims, identity, &traits);
        }
        if scopes.contains("email") {
            let found = self.address(StandardClaim::Email, &["email"], identity, &traits);
            claims = with_address(claims, found, "email", "email_verified");
        }
        if scopes.contains("phone") {
            let found = self.address(StandardClaim::PhoneNumber, &["sms", "phone"], identity, &traits);
            claims = with_address(claims, found, "phone_number", "phone_number_verified");
        }
        if scopes.contains("address")
            && let Some(address) = self.value(StandardClaim::Address, &traits).and_then(postal)
        {
            claims = claims.with_id_claim("address", address);
        }
        claims
    }

    fn profile(&self, mut claims: Claims, identity: &Identity, traits: &Value) -> Claims {
        for claim in StandardClaim::PROFILE {
            if let Some(text) = self.text(claim, traits) {
                claims = claims.with_id_claim(claim.as_str(), text);
            }
        }
        if claims.id_claim("name").is_none() && !self.is_off(StandardClaim::Name) {
            let parts = [StandardClaim::GivenName, StandardClaim::FamilyName];
            let parts: Vec<_> = parts.into_iter().filter_map(|part| self.text(part, traits)).collect();
            if !parts.is_empty() {
                claims = claims.with_id_claim("name", parts.join(" "));
            }
        }
        match identity.updated_at {
            Some(updated) => claims.with_id_claim("updated_at", (*updated).unix_timestamp()),
            None => claims,
        }
    }

    fn value<'a>(&self, claim: StandardClaim, traits: &'a Value) -> Option<&'a Value> {
        self.pointers(claim).into_iter().find_map(|pointer| traits.pointer(pointer))
    }

    /// The first trait that is a text, and not empty.
    fn text<'a>(&self, claim: StandardClaim, traits: &'a Value) -> Option<&'a str> {
        let mut texts =
            self.pointers(claim).into_iter().filter_map(|pointer| traits.pointer(pointer)?.as_str());
        texts.find(|text| !text.trim().is_empty())
    }

    /// The address of this claim, and whether it is verified.
    fn address(
        &self,
        claim: StandardClaim,
        channels: &[&str],
        identity: &Identity,
        traits: &Value,
    ) -> Option<(String, bool)> {
        if self.is_off(claim) {
            return None;
        }
        let named = self.text(claim, traits);
        let is_it = |address: &&VerifiableAddress| channels.contains(&address.via.as_str());
        let addresses = || identity.verifiable_addresses.iter().filter(is_it);
        // Kratos compares addresses without regard to case, and stores them in lower case.
        let same = |address: &&VerifiableAddress| {
            named.is_some_and(|named| address.value.eq_ignore_ascii_case(named.trim()))
        };
        match (addresses().find(same), named) {
            (Some(address), _) => Some((address.value.clone(), address.verified)),
            (None, Some(named)) => Some((named.to_owned(), false)),
            (None, None) => {
                let found = addresses().find(|address| address.verified).or_else(|| addresses().next());
                found.map(|address| (address.value.clone(), address.verified))
            }
        }
    }

    /// What the user calls their account: for the page of a consent.
    pub(crate) fn account(&self, identity: &Identity) -> Option<String> {
        let traits = identity.traits.as_ref().map(kratos_model::RawJson::to_value).unwrap_or_default();
        let of_trait = [StandardClaim::Email, StandardClaim::PreferredUsername, StandardClaim::PhoneNumber];
        let mut named = of_trait.into_iter().filter_map(|claim| self.text(claim, &traits));
        let address = || identity.verifiable_addresses.first().map(|address| address.value.clone());
        named.next().map(str::to_owned).or_else(address)
    }
}

fn with_address(claims: Claims, found: Option<(String, bool)>, name: &str, verified: &str) -> Claims {
    match found {
        Some((value, is_verified)) => claims.with_id_claim(name, value).with_id_claim(verified, is_verified),
        None => claims,
    }
}

/// A postal address: the standard's members of an object, or a text.
fn postal(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(json!({ "formatted": text })),
        Value::Object(members) => {
            let texts =
                ADDRESS.iter().filter_map(|name| Some(((*name).to_owned(), members.get(*name)?.clone())));
            let texts: Map<String, Value> = texts.filter(|(_, value)| value.is_string()).collect();
            (!texts.is_empty()).then_some(Value::Object(texts))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(traits: &Value, addresses: &Value) -> Identity {
        let json = json!({
            "id": "6fa8900e-5483-42c7-951c-bc867c3c9c9a",
            "traits": traits,
            "verifiable_addresses": addresses,
            "updated_at": "2026-01-02T03:04:05Z",
        });
        serde_json::from_value(json).unwrap()
    }

    fn claims(mapping: &ClaimMapping, identity: &Identity, scopes: &str) -> Value {
        let scopes = scopes.split(' ').collect::<GrantedScopes>();
        Value::Object(mapping.claims(identity, &scopes).into_parts().0)
    }

    #[test]
    fn each_scope_adds_its_claims_alone() {
        let traits = json!({
            "email": "Ada@example.org", "phone": "+441", "name": { "first": "Ada", "last": "Byron" },
            "address": { "locality": "London", "planet": "Earth", "country": 7 }, "secret": "x",
        });
        let addresses = json!([
            { "value": "other@example.org", "verified": true, "via": "email" },
            { "value": "ada@example.org", "verified": true, "via": "email" },
        ]);
        let (ada, mapping) = (identity(&traits, &addresses), ClaimMapping::new());
        assert_eq!(claims(&mapping, &ada, "openid offline_access photos"), json!({}));
        assert_eq!(
            claims(&mapping, &ada, "email"),
            json!({ "email": "ada@example.org", "email_verified": true })
        );
        assert_eq!(
            claims(&mapping, &ada, "phone"),
            json!({ "phone_number": "+441", "phone_number_verified": false })
        );
        assert_eq!(claims(&mapping, &ada, "address"), json!({ "address": { "locality": "London" } }));
        let profile = json!({
            "name": "Ada Byron", "given_name": "Ada", "family_name": "Byron", "updated_at": 1_767_323_045,
        });
        assert_eq!(claims(&mapping, &ada, "openid profile"), profile);
        assert_eq!(mapping.account(&ada).as_deref(), Some("Ada@example.org"));
    }

    #[test]
    fn an_address_counts_as_verified_only_if_it_is_the_verified_one() {
        let addresses = json!([
            { "value": "old@example.org", "verified": true, "via": "email" },
            { "value": "+44", "verified": true, "via": "sms" },
        ]);
        let changed = identity(&json!({ "email": "new@example.org" }), &addresses);
        let mapping = ClaimMapping::new();
        assert_eq!(
            claims(&mapping, &changed, "email"),
            json!({ "email": "new@example.org", "email_verified": false })
        );
        let elsewhere = identity(&json!({ "contact": "x" }), &addresses);
        assert_eq!(
            claims(&mapping, &elsewhere, "email"),
            json!({ "email": "old@example.org", "email_verified": true })
        );
        assert_eq!(
            claims(&mapping, &elsewhere, "phone"),
            json!({ "phone_number": "+44", "phone_number_verified": true })
        );
        let off = mapping.without(StandardClaim::Email);
        assert_eq!(claims(&off, &elsewhere, "email"), json!({}));
    }

    #[test]
    fn a_mapping_names_other_traits_and_hostile_traits_add_nothing() {
        let traits = json!({ "contact": { "mail": "a@b" }, "name": ["x"], "username": 7, "nickname": " " });
        let mapping = ClaimMapping::new().with(StandardClaim::Email, "/contact/mail");
        let odd = identity(&traits, &json!([]));
        assert_eq!(claims(&mapping, &odd, "email"), json!({ "email": "a@b", "email_verified": false }));
        assert_eq!(claims(&mapping, &odd, "profile"), json!({ "updated_at": 1_767_323_045 }));
        let claims =
            Claims::new().with_id_claim("sub", "x").with_access_claim("aud", "y").with_id_claim("a", 1);
        assert_eq!(format!("{claims:?}"), r#"Claims { id_token: ["a"], access_token: [] }"#);
    }
}
