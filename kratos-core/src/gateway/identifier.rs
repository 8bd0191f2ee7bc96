//! The identifier that a login, recovery or verification form names.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use url::form_urlencoded;

/// The fields of an identifier: of a login form, and of a recovery or verification form.
const FIELDS: [&str; 2] = ["identifier", "email"];
/// The identifiers of one body. A form has one.
const MOST: usize = 4;

/// Returns every identifier that a form's whole body names, in lower case and without spaces around it, as Kratos compares
/// them. Of several fields Kratos reads one; which one is its own affair.
///
/// `None` if the body is of a type that is not read here, or names more than four.
#[must_use]
pub fn posted_identifiers(content_type: Option<&[u8]>, body: &[u8]) -> Option<Vec<String>> {
    let kind =
        content_type.unwrap_or_default().split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    let found = if kind.eq_ignore_ascii_case(b"application/json") {
        of_json(body)
    } else if kind.eq_ignore_ascii_case(b"application/x-www-form-urlencoded") {
        let pairs = form_urlencoded::parse(body).filter(|(name, _)| is_field(name));
        pairs.map(|(_, value)| value.into_owned()).collect()
    } else {
        return None;
    };
    let mut found: Vec<String> = found.iter().map(|found| found.trim().to_lowercase()).collect();
    found.retain(|found| !found.is_empty());
    found.sort_unstable();
    found.dedup();
    (found.len() <= MOST).then_some(found)
}

/// Go reads the names of JSON fields in any case.
fn is_field(name: &str) -> bool {
    FIELDS.iter().any(|field| name.eq_ignore_ascii_case(field))
}

/// A body that is not JSON names nothing; Kratos refuses it.
fn of_json(body: &[u8]) -> Vec<String> {
    struct Fields(Vec<String>);
    impl<'de> Visitor<'de> for &mut Fields {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            while let Some(name) = map.next_key::<String>()? {
                if !is_field(&name) {
                    map.next_value::<IgnoredAny>()?;
                } else if let Value::String(text) = map.next_value()? {
                    self.0.push(text);
                }
            }
            Ok(())
        }
    }
    let mut fields = Fields(Vec::new());
    let _ = serde_json::Deserializer::from_slice(body).deserialize_map(&mut fields);
    fields.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: Option<&[u8]> = Some(b"application/x-www-form-urlencoded; charset=utf-8");
    const JSON: Option<&[u8]> = Some(b"Application/JSON");

    #[test]
    fn every_field_that_kratos_may_read_is_found() {
        for (kind, body, found) in [
            (FORM, "method=password&identifier=Ada%40Example.org&password=x", Some(vec!["ada@example.org"])),
            (FORM, "email=+ada%40example.org+&method=code", Some(vec!["ada@example.org"])),
            (FORM, "identifier=a&identifier=b", Some(vec!["a", "b"])),
            (FORM, "identifier=a&identifier=A", Some(vec!["a"])),
            (FORM, "identifier=&password=x", Some(vec![])),
            (FORM, "identifier=1&identifier=2&identifier=3&identifier=4&identifier=5", None),
            (
                JSON,
                r#"{"identifier": "Ada", "password": "x", "transient_payload": {"email": "no"}}"#,
                Some(vec!["ada"]),
            ),
            (JSON, r#"{"Identifier": "a", "identifier": "b"}"#, Some(vec!["a", "b"])),
            (JSON, r#"{"identifier": 1}"#, Some(vec![])),
            (JSON, "{not json", Some(vec![])),
            (Some(b"multipart/form-data; boundary=x"), "", None),
            (None, "identifier=a", None),
        ] {
            let found = found.map(|found| found.into_iter().map(str::to_owned).collect());
            assert_eq!(posted_identifiers(kind, body.as_bytes()), found, "{body}");
        }
    }
}
