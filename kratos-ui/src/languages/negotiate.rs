//! The choice of a language by a list of wishes.

use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use unic_langid::LanguageIdentifier;

/// The ranges of a list that are read. Browsers send fewer than ten.
const MOST: usize = 32;

/// Returns the index of the language for a list in the form of `Accept-Language`, and `None` if none suits.
pub(super) fn choose(wishes: &str, offered: &[&LanguageIdentifier]) -> Option<usize> {
    let wished = wished(wishes);
    let found = negotiate_languages(&wished, offered, None, NegotiationStrategy::Lookup);
    let found = **found.first()?;
    offered.iter().position(|known| *known == found)
}

/// Reads the ranges, the most wished for first. Ignores those that are not language tags.
fn wished(wishes: &str) -> Vec<LanguageIdentifier> {
    let mut ranges: Vec<(f32, LanguageIdentifier)> = wishes
        .split(',')
        .take(MOST)
        .filter_map(|range| {
            let mut parts = range.split(';').map(str::trim);
            let id = parts.next()?.parse().ok()?;
            let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
            let weight = weight.map_or(Some(1.0), |weight| weight.parse().ok())?;
            (weight > 0.0).then(|| (weight, with_script(id)))
        })
        .collect();
    ranges.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    ranges.into_iter().map(|(_, id)| id).collect()
}

/// Adds the script to Chinese, which browsers name by the region.
fn with_script(mut id: LanguageIdentifier) -> LanguageIdentifier {
    if id.language == "zh" && id.script.is_none() {
        let is_traditional =
            id.region.as_ref().is_some_and(|region| matches!(region.as_str(), "TW" | "HK" | "MO"));
        id.script = if is_traditional { "Hant" } else { "Hans" }.parse().ok();
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_lists_choose_the_language() {
        let tags = ["en", "de", "fr", "es", "pt-BR", "zh-Hans", "ar", "sv"];
        let ids: Vec<LanguageIdentifier> = tags.iter().map(|tag| tag.parse().unwrap()).collect();
        let ids: Vec<_> = ids.iter().collect();
        for (wishes, expected) in [
            ("de", Some("de")),
            ("de-AT", Some("de")),
            ("de-CH,de;q=0.9,en;q=0.8", Some("de")),
            ("en-US,en;q=0.9,de;q=0.8", Some("en")),
            ("fr;q=0.5, de;q=0.9", Some("de")),
            ("de;q=0, fr", Some("fr")),
            ("da, sv;q=0.4", Some("sv")),
            ("es-MX", Some("es")),
            ("pt", Some("pt-BR")),
            ("pt-PT,pt;q=0.9", Some("pt-BR")),
            ("zh-CN,zh;q=0.9,en;q=0.8", Some("zh-Hans")),
            ("zh", Some("zh-Hans")),
            ("zh-TW,en;q=0.5", Some("en")),
            ("ar-EG", Some("ar")),
            ("DE-de", Some("de")),
            ("fi", None),
            ("*", None),
            ("", None),
            ("de;q=x", None),
            ("../../etc", None),
        ] {
            assert_eq!(choose(wishes, &ids).map(|index| tags[index]), expected, "{wishes}");
        }
        let long = format!("{}de", "xx,".repeat(MOST));
        assert_eq!(choose(&long, &ids), None, "a list is read up to a bound");
    }
}
