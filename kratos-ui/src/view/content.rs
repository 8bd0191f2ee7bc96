//! Read-only content.

use kratos_model::QuietText;
use serde::Serialize;

/// Read-only content of a section.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "content", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Content {
    /// A text, for example a TOTP key or backup codes.
    Text(TextBlock),
    /// An image, for example a TOTP QR code.
    Image(Image),
    /// A link.
    Anchor(Anchor),
}

/// A text.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct TextBlock {
    /// Kratos' id of the node, for example `totp_secret_key`; empty if it has none.
    pub id: String,
    /// The label.
    pub label: Option<String>,
    /// The time that the label names, as RFC 3339.
    pub time: Option<String>,
    /// How long ago that is. The page keeps it on one line.
    pub age: Option<String>,
    /// The lines: one, or one for each backup code.
    pub lines: Vec<TextLine>,
}

/// A line of a [`TextBlock`].
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct TextLine {
    /// The line. It may be a secret.
    pub text: QuietText,
    /// Whether the line is a used backup code.
    pub used: bool,
}

/// An image.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Image {
    /// Kratos' id of the node, for example `totp_qr`; empty if it has none.
    pub id: String,
    /// The URL: `http`, `https`, relative, or PNG data for `totp_qr`. It may hold a secret.
    pub src: QuietText,
    /// The text alternative.
    pub alt: String,
    /// The width in pixels.
    pub width: Option<u32>,
    /// The height in pixels.
    pub height: Option<u32>,
}

/// A link that Kratos sent.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Anchor {
    /// Kratos' id of the node, for example `continue`; empty if it has none.
    pub id: String,
    /// The URL; `None` unless it is `http`, `https` or relative.
    pub href: Option<QuietText>,
    /// The text.
    pub label: String,
}
