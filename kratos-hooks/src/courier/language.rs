/// Chooses the language of a message.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct MessageLanguage;

/// The entries of an `Accept-Language` that are looked at.
const MOST: usize = 32;

impl MessageLanguage {
    /// Chooses among `available`, whose first is the default: the user's own language, otherwise the one that
    /// `accept_language` weighs highest, otherwise the default. `de-AT` fits `de`, and `de` fits `de-AT`.
    ///
    /// Returns the empty text if nothing is available.
    #[must_use]
    pub fn choose<'a>(available: &[&'a str], own: Option<&str>, accept_language: Option<&str>) -> &'a str {
        let mut wanted: Vec<(f32, &str)> = accept_language.into_iter().flat_map(read).collect();
        // The sort is stable: of equal weights the first one wins.
        wanted.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let wanted = own.into_iter().chain(wanted.into_iter().map(|(_, tag)| tag));
        let mut chosen = wanted.filter_map(|tag| find(available, tag));
        chosen.next().or_else(|| available.first().copied()).unwrap_or_default()
    }
}

fn read(header: &str) -> impl Iterator<Item = (f32, &str)> {
    header.split(',').take(MOST).filter_map(|entry| {
        let (tag, parameters) = entry.split_once(';').unwrap_or((entry, ""));
        let weight = match parameters.trim().strip_prefix(['q', 'Q']).and_then(|it| it.strip_prefix('=')) {
            Some(weight) => weight.trim().parse().ok()?,
            None => 1.0,
        };
        (weight > 0.0).then_some((weight, tag.trim()))
    })
}

fn find<'a>(available: &[&'a str], tag: &str) -> Option<&'a str> {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let same = |known: &&&str| known.replace('_', "-").eq_ignore_ascii_case(&tag.replace('_', "-"));
    let exact = available.iter().find(same);
    exact.or_else(|| available.iter().find(|known| primary(known) == primary(tag))).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_own_language_goes_first() {
        let available = ["en", "de", "pt-BR"];
        for (own, accepted, chosen) in [
            (None, None, "en"),
            (None, Some("de"), "de"),
            (None, Some("de-AT, en;q=0.9"), "de"),
            (None, Some("fr, en;q=0.2, de;q=0.7"), "de"),
            (None, Some("de;q=0, *"), "en"),
            (None, Some("pt"), "pt-BR"),
            (None, Some("fr;q=x, ,;;"), "en"),
            (None, Some("pt;Q=0.2, de;q=0.7"), "de"),
            (Some("de_CH"), Some("en"), "de"),
            (Some("xx"), Some("de"), "de"),
        ] {
            assert_eq!(MessageLanguage::choose(&available, own, accepted), chosen, "{own:?} {accepted:?}");
        }
        assert_eq!(MessageLanguage::choose(&[], Some("de"), None), "");
    }
}
