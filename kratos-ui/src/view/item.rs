//! What is only read.

use kratos_core::model::QuietText;
use serde::Serialize;

/// Something to read.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "item", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Item {
    /// A text, for example the key of an authenticator app or backup codes.
    Text(TextBlock),
    /// An image, for example the QR code of an authenticator app.
    Image(Image),
    /// A link.
    Anchor(Anchor),
}

/// A text.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct TextBlock {
    /// Kratos' id of it, for example `totp_secret_key`; empty if it has none.
    pub id: String,
    /// What it is.
    pub label: Option<String>,
    /// The text: one line, or one for each backup code.
    pub lines: Vec<Code>,
}

/// A line to be copied down.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Code {
    /// The line. It may be a secret to enrol.
    pub text: QuietText,
    /// Whether it is a backup code that was used already.
    pub used: bool,
}

/// An image.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Image {
    /// Kratos' id of it, for example `totp_qr`; empty if it has none.
    pub id: String,
    /// Its URL: on the web, relative, or PNG data for `totp_qr`. It may hold a secret to enrol.
    pub src: QuietText,
    /// What it shows.
    pub alt: String,
    /// Its width in pixels.
    pub width: Option<u32>,
    /// Its height in pixels.
    pub height: Option<u32>,
}

/// A link that Kratos offers.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Anchor {
    /// Kratos' id of it, for example `continue`; empty if it has none.
    pub id: String,
    /// Where it leads; `None` if it does not lead to the web.
    pub href: Option<QuietText>,
    /// What it says.
    pub label: String,
}
