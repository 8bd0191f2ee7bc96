//! The languages that a flow names.

use serde_json::{Map, Value};
use url::{Url, form_urlencoded};

use crate::build::LanguageSources;

/// Returns the lists of languages that a flow names, the user's own first: the trait, then `ui_locales`.
pub(super) fn wishes(sources: &LanguageSources<'_>, trait_name: Option<&str>) -> Vec<String> {
    let own = trait_name.and_then(|name| trait_value(sources, name));
    own.into_iter().chain(oauth2(sources)).chain(requested(sources.request_url)).collect()
}

/// Reads a trait by its name, in which dots separate the names of nested objects.
fn trait_value(sources: &LanguageSources<'_>, name: &str) -> Option<String> {
    let traits = sources.traits?.to_value();
    let value = name.split('.').try_fold(&traits, |value, part| value.get(part))?;
    value.as_str().map(tags)
}

/// Reads the `ui_locales` that an OAuth 2 client sent (Hydra's login request, in Kratos 0.11 and later).
fn oauth2(sources: &LanguageSources<'_>) -> Option<String> {
    let request: Map<String, Value> = sources.oauth2_request?.parse().ok()?;
    let locales = request.get("oidc_context")?.get("ui_locales")?.as_array()?;
    let locales: Vec<&str> = locales.iter().filter_map(Value::as_str).collect();
    (!locales.is_empty()).then(|| tags(&locales.join(" ")))
}

/// Reads `ui_locales` from the URL that created the flow.
fn requested(request_url: &str) -> Option<String> {
    let query = match Url::parse(request_url) {
        Ok(url) => url.query()?.to_owned(),
        Err(_) => request_url.split_once('?')?.1.to_owned(),
    };
    let mut found = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "ui_locales");
    found.next().map(|(_, locales)| tags(&locales))
}

/// Writes a list of tags as in `Accept-Language`. OpenID Connect separates them by spaces; POSIX writes `de_AT.UTF-8`.
pub(crate) fn tags(list: &str) -> String {
    let tags = list.split([' ', ',']).filter(|tag| !tag.is_empty());
    tags.map(|tag| tag.split('.').next().unwrap_or(tag).replace('_', "-")).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use kratos_model::RawJson;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_flow_names_languages_in_three_places() {
        let oauth2 = RawJson::from_value(&json!({"oidc_context": {"ui_locales": ["fr-CA", "fr"]}})).unwrap();
        let traits = RawJson::from_value(&json!({"preferences": {"locale": "de_AT.UTF-8"}})).unwrap();
        let sources = LanguageSources {
            request_url: "https://auth.example/self-service/login/browser?ui_locales=nl%20en&x=1",
            oauth2_request: Some(&oauth2),
            traits: Some(&traits),
        };
        assert_eq!(wishes(&sources, Some("preferences.locale")), ["de-AT", "fr-CA,fr", "nl,en"]);
        assert_eq!(wishes(&sources, Some("preferences")), ["fr-CA,fr", "nl,en"]);
        assert!(wishes(&LanguageSources::default(), Some("locale")).is_empty());
    }
}
