//! Logos of single sign-on providers: drawings of this crate, in the colour of the text.

use std::collections::HashMap;

use crate::html::Html;

/// Drawings by provider, in a square of 24 units. The first are filled, the others drawn as lines of a width.
const FILLED: [(&str, &str); 8] = [
    (
        "apple",
        "M16 2c.2 2-1.6 4-3.6 4 0-2 1.6-3.8 3.6-4zM12 7.500c1.2 0 2.4-.9 4-.9 1.3 0 2.7.7 3.6 2-3.2 1.9-2.7 6.4.6 7.6-.9 2.6-2.6 5.8-4.6 5.8-1.3 0-1.7-.8-3.3-.8s-2.1.8-3.3.8c-2.2 0-5-4.6-5-8.7 0-4 2.5-6.6 5-6.6 1.3 0 2.2.8 3 .8z",
    ),
    (
        "discord",
        "M6 5c4-1.5 8-1.5 12 0 2 3 3.5 7 3 12-1.5 1.2-3 2-5 2.500l-1.2-2.300c-1.8.4-3.8.4-5.6 0l-1.2 2.300c-2-.5-3.5-1.3-5-2.5-.5-5 1-9 3-12zm3 5a1.7 2 0 1 0 0 4 1.7 2 0 0 0 0-4zm6 0a1.7 2 0 1 0 0 4 1.7 2 0 0 0 0-4z",
    ),
    (
        "facebook",
        "M14 22v-8h3l.5-4H14V8c0-1.2.4-2 2-2h2V2.500c-.5-.2-1.5-.5-2.8-.5C12 2 10 4 10 7.300V10H7v4h3v8z",
    ),
    (
        "github",
        "M5 3l4 2.200a12 12 0 0 1 6 0L19 3l.8 5.200A7 7 0 0 1 21 12c0 4.5-3 6.5-6 7v3H9v-3c-3-.5-6-2.5-6-7a7 7 0 0 1 1.2-3.800z",
    ),
    ("gitlab", "M12 21L2 13l3-9 3 6h8l3-6 3 9z"),
    (
        "linkedin",
        "M4 9h4v12H4zm2-6a2.2 2.2 0 1 1 0 4.500A2.2 2.2 0 0 1 6 3zm4 6h4v1.700c.8-1.2 2-2 3.7-2C21 8.7 22 11 22 14v7h-4v-6.300c0-1.6-.5-2.6-1.9-2.600s-2.1 1-2.1 2.600V21h-4z",
    ),
    ("microsoft", "M3 3h8v8H3zm10 0h8v8h-8zM3 13h8v8H3zm10 0h8v8h-8z"),
    ("azure", "M3 3h8v8H3zm10 0h8v8h-8zM3 13h8v8H3zm10 0h8v8h-8z"),
];

const LINES: [(&str, u8, &str); 4] = [
    ("google", 3, "M18 6.500A8 8 0 1 0 20 12h-7"),
    ("slack", 3, "M9 3.500v17m6-17v17M3.5 9h17m-17 6h17"),
    (
        "spotify",
        2,
        "M12 2.500a9.5 9.5 0 1 0 .01 0M6.5 9c4-1.2 8-.8 11.5 1M7 12.500c3.3-1 6.5-.6 9.5 1m-9 2.300c2.7-.7 5-.4 7.5.8",
    ),
    ("x", 3, "M4 4l16 16M20 4L4 20"),
];

/// Returns the logo of a provider: the application's, or a drawing for the kind that its id begins with, as `google-staff` does.
pub(super) fn logo(own: &HashMap<String, Html>, provider: &str) -> Option<Html> {
    if let Some(own) = own.get(provider) {
        return Some(own.clone()).filter(|logo| !logo.as_str().is_empty());
    }
    let kind = provider.split(['-', '_', '.']).next()?.to_ascii_lowercase();
    let filled = FILLED
        .iter()
        .find(|(name, _)| *name == kind)
        .map(|(_, path)| format!("fill=\"currentColor\" d=\"{path}\""));
    let shape = filled.or_else(|| {
        let (_, width, path) = LINES.iter().find(|(name, ..)| *name == kind)?;
        Some(format!("fill=\"none\" stroke=\"currentColor\" stroke-width=\"{width}\" d=\"{path}\""))
    })?;
    Some(Html::trusted(format!("<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path {shape}/></svg>")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_is_found_by_the_kind_of_the_provider_or_given() {
        let mut own = HashMap::new();
        for provider in ["google", "google-staff", "GitHub_2", "slack"] {
            assert!(logo(&own, provider).is_some(), "{provider}");
        }
        for provider in ["", "acme", "googles", "\"><script>"] {
            assert!(logo(&own, provider).is_none(), "{provider}");
        }
        own.insert("acme".to_owned(), Html::trusted("<svg/>"));
        own.insert("google".to_owned(), Html::default());
        assert_eq!(logo(&own, "acme").unwrap().as_str(), "<svg/>");
        assert!(logo(&own, "google").is_none(), "taken away");
    }
}
