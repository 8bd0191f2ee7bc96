//! Draws the captcha of Ory Network: Cloudflare Turnstile.

use std::collections::BTreeMap;

use kratos_model::flow::ui::InputAttributes;
use serde::Deserialize;
use serde_json::Value;

use super::Config;
use crate::{
    texts::Phrase,
    view::{Container, Script},
};

/// The field with the options, which the page does not show (`@ory/elements-react` 1.0, the component of the captcha).
const OPTIONS: &str = "captcha_turnstile_options";

/// The script of Turnstile. `explicit`: this crate's own script draws it.
const SCRIPT: &str = "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit";

/// The origin of the script, and of the frame that it adds.
pub(crate) const ORIGIN: &str = "https://challenges.cloudflare.com";

#[derive(Deserialize)]
struct Options {
    sitekey: String,
    #[serde(default)]
    action: Option<String>,
    #[serde(default)]
    theme: Option<String>,
    #[serde(default)]
    response_field_name: Option<String>,
}

/// Returns the place that the script fills, and the name of the field for its answer. `None` for other fields.
pub(super) fn container(config: &Config<'_>, input: &InputAttributes) -> Option<(Container, String)> {
    if input.name != OPTIONS {
        return None;
    }
    // An object, or its JSON as a text.
    let options: Options = match input.value.as_ref()?.to_value() {
        Value::String(text) => serde_json::from_str(&text).ok()?,
        value => serde_json::from_value(value).ok()?,
    };
    let field = options
        .response_field_name
        .unwrap_or_else(|| "transient_payload.captcha_turnstile_response".to_owned());
    let mut data = BTreeMap::from([
        ("kratos-turnstile".to_owned(), field.clone()),
        ("sitekey".to_owned(), options.sitekey),
    ]);
    data.extend(options.action.map(|action| ("action".to_owned(), action)));
    data.extend(options.theme.map(|theme| ("theme".to_owned(), theme)));
    let without_script = Some(config.words.phrase(Phrase::CaptchaNeedsScript));
    Some((Container { id: None, class: Some("captcha".to_owned()), data, without_script }, field))
}

pub(super) fn script() -> Script {
    Script {
        id: "captcha_turnstile_script".to_owned(),
        src: SCRIPT.to_owned(),
        integrity: String::new(),
        crossorigin: String::new(),
        referrerpolicy: String::new(),
    }
}
