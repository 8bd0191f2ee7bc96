//! Rendering flows.

use kratos_core::fuzzing::salvage;
use kratos_core::model::flow::{
    FlowError, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow,
};
use kratos_ui::{PageFlow, Theme};
use scraper::{ElementRef, Html, Selector};
use serde::de::DeserializeOwned;
use url::Url;

/// For any flow: the page executes nothing, embeds no frame and links to the web only.
pub(crate) fn render(data: &[u8]) {
    let theme = Theme::new();
    page::<LoginFlow>(&theme, data);
    page::<RegistrationFlow>(&theme, data);
    page::<SettingsFlow>(&theme, data);
    page::<RecoveryFlow>(&theme, data);
    page::<VerificationFlow>(&theme, data);
    if let Some(error) = salvage::<FlowError>(data) {
        check(theme.error_page(&error).html());
    }
}

fn page<F: PageFlow + DeserializeOwned>(theme: &Theme, data: &[u8]) {
    let Some(flow) = salvage::<F>(data) else { return };
    let page = theme.page(&flow);
    for (_, value) in page.headers() {
        assert!(http::HeaderValue::from_str(value).is_ok(), "{value:?}");
    }
    let policy = page.content_security_policy();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    check(page.html());
}

/// Elements that a page never contains.
const NEVER: [&str; 12] = [
    "iframe", "frame", "object", "embed", "applet", "base", "svg", "math", "template", "style", "audio",
    "video",
];

fn check(html: &str) {
    let document = Html::parse_document(html);
    let all = Selector::parse("*").expect("a selector");
    let mut mains = 0;
    for element in document.select(&all) {
        let name = element.value().name();
        assert!(!NEVER.contains(&name), "<{name}> in {html}");
        mains += usize::from(name == "main");
        assert!(name != "meta" || element.attr("http-equiv").is_none(), "{html}");
        assert!(name != "script" || is_our_script(element), "{html}");
        for (attribute, value) in element.value().attrs() {
            assert!(!attribute.starts_with("on"), "{attribute} in {html}");
            if matches!(attribute, "href" | "src" | "action" | "formaction") {
                assert!(is_web(name, value), "{attribute}={value:?} of <{name}>");
            }
        }
    }
    assert_eq!(mains, 1, "{html}");
}

/// A script from a URL, with the page's nonce and without content.
fn is_our_script(element: ElementRef<'_>) -> bool {
    element.attr("src").is_some() && element.attr("nonce").is_some() && element.text().next().is_none()
}

fn is_web(element: &str, link: &str) -> bool {
    let page = Url::parse("https://app.example/login").expect("a URL");
    match page.join(link) {
        Ok(url) => match url.scheme() {
            "http" | "https" => true,
            // A QR code, and the empty favicon.
            "data" => {
                element == "img" && link.starts_with("data:image/png;base64,")
                    || element == "link" && link == "data:,"
            }
            _ => false,
        },
        // A link without a scheme of the web.
        Err(_) => true,
    }
}
