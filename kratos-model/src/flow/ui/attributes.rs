//! Attributes of nodes.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer, de::DeserializeOwned};

use super::{InputAttributes, NodeType, UiText};
use crate::wire::{QuietText, RawJson, decode_salvaging, wire_struct};

/// The attributes of a node, by the node's type. Kratos 0.6 and 0.7 send no `node_type` in them.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Attributes {
    /// Attributes of an `input`.
    Input(Box<InputAttributes>),
    /// Attributes of a `text`.
    Text(TextAttributes),
    /// Attributes of an `img`.
    Image(ImageAttributes),
    /// Attributes of an `a`.
    Anchor(AnchorAttributes),
    /// Attributes of a `script` (0.8 and later).
    Script(ScriptAttributes),
    /// Attributes of a `div` (25.4 and later).
    Div(DivAttributes),
    /// Attributes of an unknown type, or without the fields that the type requires.
    Other(RawJson),
    /// No attributes.
    Missing,
}

impl Attributes {
    pub(super) fn read(kind: Option<&NodeType>, raw: RawJson) -> Self {
        fn typed<T: DeserializeOwned>(raw: &RawJson) -> Option<T> {
            decode_salvaging(raw.as_str().as_bytes()).ok()
        }
        let known = match kind {
            Some(NodeType::Input) => typed(&raw).map(Box::new).map(Self::Input),
            Some(NodeType::Text) => typed(&raw).map(Self::Text),
            Some(NodeType::Img) => typed(&raw).map(Self::Image),
            Some(NodeType::A) => typed(&raw).map(Self::Anchor),
            Some(NodeType::Script) => typed(&raw).map(Self::Script),
            Some(NodeType::Div) => typed(&raw).map(Self::Div),
            _ => None,
        };
        known.unwrap_or(Self::Other(raw))
    }
}

impl Serialize for Attributes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Input(it) => it.serialize(serializer),
            Self::Text(it) => it.serialize(serializer),
            Self::Image(it) => it.serialize(serializer),
            Self::Anchor(it) => it.serialize(serializer),
            Self::Script(it) => it.serialize(serializer),
            Self::Div(it) => it.serialize(serializer),
            Self::Other(raw) => raw.serialize(serializer),
            Self::Missing => serializer.serialize_unit(),
        }
    }
}

wire_struct! {
    /// A text to read, for example the key of an authenticator app.
    pub struct TextAttributes {
        required {}
        optional {
            /// The text.
            text: Option<UiText> = "text",
            /// An id that is unique on the page (0.8 and later).
            id: Option<String> = "id",
            /// Always `text` (0.8 and later).
            node_type: Option<NodeType> = "node_type",
        }
    }
}

wire_struct! {
    /// An image, for example the QR code of an authenticator app.
    pub struct ImageAttributes {
        required {}
        optional {
            /// The URL. A `data:` URL may hold a TOTP secret.
            src: QuietText = "src",
            /// An id that is unique on the page (0.8 and later).
            id: Option<String> = "id",
            /// Width in pixels.
            width: Option<i64> = "width",
            /// Height in pixels.
            height: Option<i64> = "height",
            /// Always `img` (0.8 and later).
            node_type: Option<NodeType> = "node_type",
        }
    }
}

wire_struct! {
    /// A link.
    pub struct AnchorAttributes {
        required {}
        optional {
            /// The URL.
            href: QuietText = "href",
            /// The text.
            title: Option<UiText> = "title",
            /// An id that is unique on the page (0.8 and later).
            id: Option<String> = "id",
            /// Always `a` (0.8 and later).
            node_type: Option<NodeType> = "node_type",
        }
    }
}

wire_struct! {
    /// A script (0.8 and later), in practice `/.well-known/ory/webauthn.js`.
    pub struct ScriptAttributes {
        required {}
        optional {
            /// The URL.
            src: String = "src",
            /// Whether the script loads asynchronously.
            r#async: bool = "async",
            /// The referrer policy.
            referrerpolicy: String = "referrerpolicy",
            /// The cross-origin mode.
            crossorigin: String = "crossorigin",
            /// The subresource integrity hash.
            integrity: String = "integrity",
            /// The MIME type.
            kind: String = "type",
            /// An id that is unique on the page.
            id: Option<String> = "id",
            /// A nonce from Kratos (0.8.3 and later). Use the nonce of the page's own policy instead.
            nonce: Option<QuietText> = "nonce",
            /// Always `script`.
            node_type: Option<NodeType> = "node_type",
        }
    }
}

wire_struct! {
    /// A container that a script fills, for example a captcha (25.4 and later).
    pub struct DivAttributes {
        required {}
        optional {
            /// An id that is unique on the page.
            id: Option<String> = "id",
            /// The CSS class.
            class: Option<String> = "class",
            /// The `data-…` attributes.
            data: BTreeMap<String, String> = "data",
            /// Always `div`.
            node_type: Option<NodeType> = "node_type",
        }
    }
}
