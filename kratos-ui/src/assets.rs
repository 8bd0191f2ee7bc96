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
    /// Changes when the body does. The pages ask for `NAME?v=VERSION`, so an answer may be cached forever.
    pub version: u32,
}

impl Asset {
    /// The `Cache-Control` that fits the versioned URL.
    pub const CACHE_CONTROL: &'static str = "public, max-age=31536000, immutable";

    const fn new(name: &'static str, content_type: &'static str, body: &'static str) -> Self {
        Self { name, content_type, body, version: fnv1a(body.as_bytes()) }
    }

    /// Every header of the answer, by name.
    #[must_use]
    pub fn headers(&self) -> [(&'static str, &'static str); 3] {
        [
            ("content-type", self.content_type),
            ("cache-control", Self::CACHE_CONTROL),
            ("x-content-type-options", "nosniff"),
        ]
    }

    /// The asset of that name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        ASSETS.into_iter().find(|asset| asset.name == name)
    }
}

/// The stylesheet. Its colours and measures are custom properties (`--kratos-…`), light and dark.
pub const STYLESHEET: Asset =
    Asset::new("kratos-ui.css", "text/css; charset=utf-8", include_str!("../assets/kratos-ui.css"));

/// The script that calls Kratos' `webauthn.js`. Pages without passkeys and security keys do not load it.
pub const SCRIPT: Asset =
    Asset::new("kratos-ui.js", "text/javascript; charset=utf-8", include_str!("../assets/kratos-ui.js"));

/// All of them.
pub const ASSETS: [Asset; 2] = [STYLESHEET, SCRIPT];

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
