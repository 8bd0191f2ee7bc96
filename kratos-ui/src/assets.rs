//! The two files that the pages load: a stylesheet and the script for passkeys and security keys.

/// A file to serve at [`Theme::with_assets_at`](crate::Theme::with_assets_at), `/kratos-ui/NAME` by default.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Asset {
    /// Its name, for example `kratos-ui.css`.
    pub name: &'static str,
    /// Its `Content-Type`.
    pub content_type: &'static str,
    /// What is in it.
    pub body: &'static str,
    /// The same, compressed, for browsers that say so: see [`Asset::answer`].
    pub gzip: &'static [u8],
    /// Changes when the body does. The pages ask for `NAME?v=VERSION`, so an answer may be cached forever.
    pub version: u32,
}

impl Asset {
    /// The `Cache-Control` that fits the versioned URL.
    pub const CACHE_CONTROL: &'static str = "public, max-age=31536000, immutable";

    const fn new(
        name: &'static str,
        content_type: &'static str,
        body: &'static str,
        gzip: &'static [u8],
    ) -> Self {
        Self { name, content_type, body, gzip, version: fnv1a(body.as_bytes()) }
    }

    /// What to send to a browser with this `Accept-Encoding`: every header of the answer, by name, and the body.
    #[must_use]
    pub fn answer(&self, accepted: Option<&str>) -> (Vec<(&'static str, &'static str)>, &'static [u8]) {
        let mut headers = vec![
            ("content-type", self.content_type),
            ("cache-control", Self::CACHE_CONTROL),
            ("vary", "accept-encoding"),
            ("x-content-type-options", "nosniff"),
        ];
        if !accepted.is_some_and(takes_gzip) {
            return (headers, self.body.as_bytes());
        }
        headers.push(("content-encoding", "gzip"));
        (headers, self.gzip)
    }

    /// The asset of that name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        ASSETS.into_iter().find(|asset| asset.name == name)
    }
}

/// The stylesheet. Its colours and measures are custom properties (`--kratos-…`), light and dark.
pub const STYLESHEET: Asset = Asset::new(
    "kratos-ui.css",
    "text/css; charset=utf-8",
    include_str!("../assets/kratos-ui.css"),
    include_bytes!("../assets/kratos-ui.css.gz"),
);

/// The script that calls Kratos' `webauthn.js`. Pages without passkeys and security keys do not load it.
pub const SCRIPT: Asset = Asset::new(
    "kratos-ui.js",
    "text/javascript; charset=utf-8",
    include_str!("../assets/kratos-ui.js"),
    include_bytes!("../assets/kratos-ui.js.gz"),
);

/// All of them.
pub const ASSETS: [Asset; 2] = [STYLESHEET, SCRIPT];

/// Whether an `Accept-Encoding` names gzip, with a weight that is not zero.
fn takes_gzip(accepted: &str) -> bool {
    accepted.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        named && weight.is_none_or(|weight| weight.trim().parse().is_ok_and(|weight: f32| weight > 0.0))
    })
}

/// Tells versions apart at compile time; nothing rests on its strength.
const fn fnv1a(bytes: &[u8]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    let mut index = 0;
    while index < bytes.len() {
        #[allow(
            clippy::indexing_slicing,
            reason = "evaluated at compile time, where it cannot panic in a program"
        )]
        let byte = bytes[index];
        hash = (hash ^ byte as u32).wrapping_mul(0x0100_0193);
        index += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn the_compressed_files_are_the_files() {
        for asset in ASSETS {
            let mut body = String::new();
            flate2::read::GzDecoder::new(asset.gzip).read_to_string(&mut body).unwrap();
            // Made by `gzip -9nk`.
            assert!(body == asset.body, "assets/{}.gz is out of date", asset.name);
        }
    }

    #[test]
    fn compressed_only_for_who_asks() {
        let is_compressed = |accepted| {
            let (headers, body) = SCRIPT.answer(accepted);
            let told = headers.contains(&("content-encoding", "gzip"));
            assert_eq!(body, if told { SCRIPT.gzip } else { SCRIPT.body.as_bytes() });
            told
        };
        for yes in ["gzip", "gzip, deflate, br, zstd", "br;q=1.0, gzip;q=0.8, *;q=0.1", "GZIP"] {
            assert!(is_compressed(Some(yes)), "{yes}");
        }
        for no in
            [None, Some(""), Some("br"), Some("gzip;q=0"), Some("gzip; q=0.0"), Some("gzip;q=x"), Some("*")]
        {
            assert!(!is_compressed(no), "{no:?}");
        }
    }
}
