//! Builds read-only content and script containers from the other nodes.

use kratos_model::flow::ui::{
    AnchorAttributes, DivAttributes, ImageAttributes, TextAttributes, UiNode, UiText,
};

use super::Config;
use crate::{
    urls::{is_png_data, web_url},
    view::{Anchor, Container, Content, Image, TextBlock, TextLine},
};

/// The id of a used backup code (Kratos 26.2.0, text/id.go).
const USED_CODE: i64 = 1_050_014;

pub(super) fn text(config: &Config<'_>, node: &UiNode, text: &TextAttributes) -> Content {
    // The text joins all backup codes; its context lists them.
    let codes = text.text.as_ref().and_then(|text| text.context_value::<Vec<UiText>>("secrets"));
    let line =
        |text: &UiText| TextLine { text: config.words.message(text).into(), used: text.id == USED_CODE };
    let lines = match codes.filter(|codes| !codes.is_empty()) {
        Some(codes) => codes.iter().map(line).collect(),
        None => text.text.iter().map(line).collect(),
    };
    let label = node.label().map(|label| config.words.message(label)).filter(|label| !label.is_empty());
    Content::Text(TextBlock { id: text.id.clone().unwrap_or_default(), label, time: None, age: None, lines })
}

pub(super) fn image(config: &Config<'_>, node: &UiNode, image: &ImageAttributes) -> Option<Content> {
    let id = image.id.clone().unwrap_or_default();
    // 0.7 sends no ids. The QR code is the only image that Kratos sends.
    let is_qr = id == "totp_qr" || (id.is_empty() && node.group == kratos_model::flow::ui::NodeGroup::Totp);
    let src = if is_qr && is_png_data(&image.src) { image.src.clone() } else { web_url(&image.src)? };
    let pixels = |size: Option<i64>| u32::try_from(size?).ok().filter(|size| (1..=4096).contains(size));
    let name = if id.is_empty() { "image" } else { &id };
    Some(Content::Image(Image {
        alt: config.words.label(name, node.label()),
        id,
        src,
        width: pixels(image.width),
        height: pixels(image.height),
    }))
}

pub(super) fn anchor(config: &Config<'_>, node: &UiNode, anchor: &AnchorAttributes) -> Content {
    let id = anchor.id.clone().unwrap_or_default();
    let name = if id.is_empty() { "continue" } else { &id };
    let title = anchor.title.as_ref().filter(|title| !title.text.is_empty());
    Content::Anchor(Anchor {
        label: config.words.label(name, title.or_else(|| node.label())),
        href: web_url(&anchor.href),
        id,
    })
}

pub(super) fn container(div: &DivAttributes) -> Container {
    // Other names are not valid attribute names. `ory-…` and `kratos-…` trigger this crate's own script.
    let plain = |name: &str| {
        !name.is_empty()
            && !name.starts_with("ory-")
            && !name.starts_with("kratos-")
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    Container {
        id: div.id.clone().filter(|id| !id.is_empty()),
        class: div.class.clone().filter(|class| !class.is_empty()),
        data: div
            .data
            .iter()
            .filter(|(name, _)| plain(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
        without_script: None,
    }
}
