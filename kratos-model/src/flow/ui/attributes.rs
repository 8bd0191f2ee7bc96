//! What a node needs to be shown.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer, de::DeserializeOwned};

use super::{InputAttributes, NodeType, UiText};
use crate::wire::{QuietText, RawJson, decode_salvaging, wire_struct};

/// The attributes of a node, by the node's type. 0.6 and 0.7 do not repeat the type inside.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Attributes {
    /// Of an `input`.
    Input(Box<InputAttributes>),
    /// Of a `text`.
    Text(TextAttributes),
    /// Of an `img`.
    Image(ImageAttributes),
    /// Of an `a`.
    Anchor(AnchorAttributes),
    /// Of a `script` (0.8 and later).
    Script(ScriptAttributes),
    /// Of a `div` (25.4 and later).
    Div(DivAttributes),
    /// Of a type that this release of the crate does not know, or without what the type needs.
    Other(RawJson),
    /// None were sent.
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
            /// Its URL; a `data:` URL may hold a secret to enrol.
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
            /// Where it leads.
            href: QuietText = "href",
            /// What it says.
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
            /// Its URL.
            src: String = "src",
            /// Whether it loads beside the page.
            r#async: bool = "async",
            /// The referrer policy.
            referrerpolicy: String = "referrerpolicy",
            /// The cross-origin mode.
            crossorigin: String = "crossorigin",
            /// The hash that it has to have.
            integrity: String = "integrity",
            /// Its MIME type.
            kind: String = "type",
            /// An id that is unique on the page.
            id: Option<String> = "id",
            /// A nonce that Kratos made up (0.8.3 and later). The page's own policy decides, not this.
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
            /// Its CSS class.
            class: Option<String> = "class",
            /// Its `data-…` attributes.
            data: BTreeMap<String, String> = "data",
            /// Always `div`.
            node_type: Option<NodeType> = "node_type",
        }
    }
}
