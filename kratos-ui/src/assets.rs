//! The stylesheet, and the script for passkeys and security keys.

/// A file to serve at [`Theme::with_assets_at`](crate::Theme::with_assets_at), `/kratos-ui/NAME` by default.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Asset {
    /// The file name, for example `kratos-ui.css`.
    pub name: &'static str,
    /// The `Content-Type`.
    pub content_type: &'static str,
    /// The content.
    pub body: &'static str,
    /// The content, compressed by gzip. See [`Asset::response`].
    pub gzip: &'static [u8],
    /// A hash of the content. The pages load `NAME?v=VERSION`, so a response may be cached forever.
    pub version: u32,
}

impl Asset {
    /// The `Cache-Control` for the versioned URL.
    pub const CACHE_CONTROL: &'static str = "public, max-age=31536000, immutable";

    const fn new(
        name: &'static str,
        content_type: &'static str,
        body: &'static str,
        gzip: &'static [u8],
    ) -> Self {
        Self { name, content_type, body, gzip, version: fnv1a(body.as_bytes()) }
    }

    /// Returns the headers and the body of the response to a request with this `Accept-Encoding`.
    #[must_use]
    pub fn response(
        &self,
        accept_encoding: Option<&str>,
    ) -> (Vec<(&'static str, &'static str)>, &'static [u8]) {
        let mut headers = vec![
            ("content-type", self.content_type),
            ("cache-control", Self::CACHE_CONTROL),
            ("vary", "accept-encoding"),
            ("x-content-type-options", "nosniff"),
        ];
        if !accept_encoding.is_some_and(accepts_gzip) {
            return (headers, self.body.as_bytes());
        }
        headers.push(("content-encoding", "gzip"));
        (headers, self.gzip)
    }

    /// Returns the asset with a file name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        ASSETS.into_iter().find(|asset| asset.name == name)
    }
}

/// The stylesheet, light and dark. Colours and sizes are custom properties (`--kratos-…`).
pub const STYLESHEET: Asset = Asset::new(
    "kratos-ui.css",
    "text/css; charset=utf-8",
    include_str!("../assets/kratos-ui.css"),
    include_bytes!("../assets/kratos-ui.css.gz"),
);

/// The script that calls Kratos' `webauthn.js`. Only pages with passkeys or security keys load it.
pub const SCRIPT: Asset = Asset::new(
    "kratos-ui.js",
    "text/javascript; charset=utf-8",
    include_str!("../assets/kratos-ui.js"),
    include_bytes!("../assets/kratos-ui.js.gz"),
);

/// All assets.
pub const ASSETS: [Asset; 2] = [STYLESHEET, SCRIPT];

/// Returns whether an `Accept-Encoding` names gzip with a weight above zero.
fn accepts_gzip(accept_encoding: &str) -> bool {
    accept_encoding.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        named && weight.is_none_or(|weight| weight.trim().parse().is_ok_and(|weight: f32| weight > 0.0))
    })
}

/// A hash for cache busting, computed at compile time. It need not be secure.
const fn fnv1a(bytes: &[u8]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    let mut index = 0;
    while index < bytes.len() {
        #[allow(
            clippy::indexing_slicing,
            reason = "evaluated at compile time, so it cannot panic at run time"
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
    fn the_compressed_files_match_the_files() {
        for asset in ASSETS {
            let mut body = String::new();
            flate2::read::GzDecoder::new(asset.gzip).read_to_string(&mut body).unwrap();
            // Update it by `gzip -9nkf`.
            assert!(body == asset.body, "assets/{}.gz is out of date", asset.name);
        }
    }

    #[test]
    fn a_response_is_compressed_if_the_browser_accepts_it() {
        let is_compressed = |accepted| {
            let (headers, body) = SCRIPT.response(accepted);
            let is_compressed = headers.contains(&("content-encoding", "gzip"));
            assert_eq!(body, if is_compressed { SCRIPT.gzip } else { SCRIPT.body.as_bytes() });
            is_compressed
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
