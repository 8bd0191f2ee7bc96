//! The four variants of a page: light and dark, on a phone and on a desktop.

use std::fmt;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::webdriver::Browser;

/// A colour scheme and a width.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    scheme: &'static str,
    device: &'static str,
    width: u64,
    height: u64,
}

pub(super) const LOOKS: [Look; 4] = [
    Look { scheme: "light", device: "desktop", width: 1280, height: 900 },
    Look { scheme: "dark", device: "desktop", width: 1280, height: 900 },
    Look { scheme: "dark", device: "phone", width: 360, height: 740 },
    Look { scheme: "light", device: "phone", width: 360, height: 740 },
];

impl Look {
    pub(super) async fn put_on(self, browser: &Browser) {
        let scheme = json!({"features": [{"name": "prefers-color-scheme", "value": self.scheme}]});
        browser.devtools("Emulation.setEmulatedMedia", scheme).await;
        let phone = self.device == "phone";
        let device =
            json!({"width": self.width, "height": self.height, "deviceScaleFactor": 1, "mobile": phone});
        browser.devtools("Emulation.setDeviceMetricsOverride", device).await;
    }

    /// The page needs no horizontal scrolling.
    pub(super) async fn check_width(self, browser: &Browser, page: &str) {
        let width = browser.run("return document.documentElement.scrollWidth").await;
        assert!(width.as_u64() <= Some(self.width), "{page} ({self}) is {width} wide");
    }

    /// Writes a picture of the whole page into the directory `KRATOS_BROWSER_SHOTS`, if set.
    pub(super) async fn keep(self, browser: &Browser, place: &str, page: &str) {
        let Some(folder) = std::env::var_os("KRATOS_BROWSER_SHOTS") else { return };
        let folder = PathBuf::from(folder).join(place);
        std::fs::create_dir_all(&folder).expect("KRATOS_BROWSER_SHOTS");
        let options = json!({"format": "png", "captureBeyondViewport": true});
        let picture: Value = browser.devtools("Page.captureScreenshot", options).await;
        let picture = STANDARD.decode(picture["data"].as_str().expect("a picture")).expect("base64");
        let name = format!("{}-{}-{}.png", page.replace(['/', ' ', ','], "-"), self.device, self.scheme);
        std::fs::write(folder.join(name.replace("--", "-")), picture).expect("KRATOS_BROWSER_SHOTS");
    }
}

/// Restores the browser's defaults.
pub(super) async fn take_off(browser: &Browser) {
    browser.devtools("Emulation.setEmulatedMedia", json!({"features": []})).await;
    browser.devtools("Emulation.clearDeviceMetricsOverride", json!({})).await;
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.device, self.scheme)
    }
}
