//! Nodes of a form.

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

use super::{Attributes, InputAttributes, UiText};
use crate::wire::{Blank, Extra, RawJson, Spelling, fields, open_enum, wire_struct};

/// An element of a form.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UiNode {
    /// The type; empty if Kratos sent none.
    pub kind: NodeType,
    /// The method that the node belongs to; empty if Kratos sent none.
    pub group: NodeGroup,
    /// The attributes.
    pub attributes: Attributes,
    /// The messages about the node.
    pub messages: Vec<UiText>,
    /// The label.
    pub meta: UiMeta,
    /// The unknown fields, as Kratos sent them.
    pub extra: Extra,
    spelling: Spelling<1>,
}

impl UiNode {
    /// Creates a node without label or messages.
    #[must_use]
    pub fn new(group: NodeGroup, attributes: Attributes) -> Self {
        let kind = match &attributes {
            Attributes::Input(_) => NodeType::Input,
            Attributes::Text(_) => NodeType::Text,
            Attributes::Image(_) => NodeType::Img,
            Attributes::Anchor(_) => NodeType::A,
            Attributes::Script(_) => NodeType::Script,
            Attributes::Div(_) => NodeType::Div,
            Attributes::Other(_) | Attributes::Missing => NodeType::Other("".into()),
        };
        let mut spelling = Spelling::default();
        SPELLED_OUT.into_iter().for_each(|index| spelling.saw_value(index));
        Self {
            kind,
            group,
            attributes,
            messages: Vec::new(),
            meta: UiMeta::default(),
            extra: Extra::default(),
            spelling,
        }
    }

    /// Returns the attributes of an input node.
    #[must_use]
    pub fn input(&self) -> Option<&InputAttributes> {
        match &self.attributes {
            Attributes::Input(input) => Some(input),
            _ => None,
        }
    }

    /// Returns the label: from `meta`, or from the input's attributes in older releases.
    #[must_use]
    pub fn label(&self) -> Option<&UiText> {
        self.meta.label.as_ref().or_else(|| self.input()?.label.as_ref())
    }
}

wire_struct! {
    /// The label of a node.
    pub struct UiMeta {
        required {}
        optional {
            /// The label.
            label: Option<UiText> = "label",
        }
    }
}

open_enum! {
    /// The type of a node.
    pub enum NodeType {
        /// A field or a button.
        Input = "input",
        /// A text to read.
        Text = "text",
        /// An image.
        Img = "img",
        /// A link.
        A = "a",
        /// A script (0.8 and later).
        Script = "script",
        /// A container (25.4 and later).
        Div = "div",
    }
}

open_enum! {
    /// The method that a node belongs to, or the active method of a flow.
    pub enum NodeGroup {
        /// Shared by all methods.
        Default = "default",
        /// Password.
        Password = "password",
        /// Single sign-on by OpenID Connect or OAuth 2.
        Oidc = "oidc",
        /// Single sign-on by SAML (25.4 and later).
        Saml = "saml",
        /// The profile.
        Profile = "profile",
        /// A link by e-mail.
        Link = "link",
        /// A code by e-mail or SMS (0.11 and later).
        Code = "code",
        /// An authenticator app (0.8 and later).
        Totp = "totp",
        /// Backup codes (0.8 and later).
        LookupSecret = "lookup_secret",
        /// A security key (0.8 and later).
        Webauthn = "webauthn",
        /// A passkey (1.2 and later).
        Passkey = "passkey",
        /// A key in the hardware of a native app's device (after 26.2, Ory Network and enterprise builds).
        Deviceauthn = "deviceauthn",
        /// The identifier step of identifier-first login (1.3 and later).
        IdentifierFirst = "identifier_first",
        /// A captcha (25.4 and later, Ory Network).
        Captcha = "captcha",
    }
}

wire_struct! {
    /// A node on the wire. The type, which selects the attributes' type, may follow them.
    struct WireNode {
        required {}
        optional {
            kind: Option<NodeType> = "type",
            group: Option<NodeGroup> = "group",
            attributes: Option<RawJson> = "attributes",
            messages: Vec<UiText> = "messages",
            meta: UiMeta = "meta",
        }
    }
}

/// The indexes of `messages` and `meta` (`type` is 0, `group` 1), which Kratos writes even if they are empty.
const SPELLED_OUT: [usize; 2] = [3, 4];

impl Blank for UiMeta {
    fn is_blank(&self) -> bool {
        self.label.is_none() && self.extra.is_empty()
    }
}

fields!(UiMeta);

impl From<WireNode> for UiNode {
    fn from(wire: WireNode) -> Self {
        let from_attributes = || {
            let attributes = wire.attributes.as_ref()?.parse::<AttributesNodeType>().ok()?;
            attributes.node_type
        };
        // An empty type is the same as none.
        let known = wire.kind.clone().filter(|kind| !kind.as_str().is_empty()).or_else(from_attributes);
        let attributes = match wire.attributes {
            Some(raw) => Attributes::read(known.as_ref(), raw),
            None => Attributes::Missing,
        };
        Self {
            kind: wire.kind.unwrap_or(NodeType::Other("".into())),
            group: wire.group.unwrap_or(NodeGroup::Other("".into())),
            attributes,
            messages: wire.messages,
            meta: wire.meta,
            extra: wire.extra,
            spelling: wire.spelling,
        }
    }
}

#[derive(Deserialize)]
struct AttributesNodeType {
    node_type: Option<NodeType>,
}

impl<'de> Deserialize<'de> for UiNode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        WireNode::deserialize(deserializer).map(Self::from)
    }
}

impl Serialize for UiNode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let attributes = match &self.attributes {
            Attributes::Missing => None,
            other => Some(RawJson::from_value(other).map_err(ser::Error::custom)?),
        };
        let wire = WireNode {
            kind: Some(self.kind.clone())
                .filter(|kind| !kind.as_str().is_empty() || self.spelling.is_written(0)),
            group: Some(self.group.clone())
                .filter(|it| !it.as_str().is_empty() || self.spelling.is_written(1)),
            attributes,
            messages: self.messages.clone(),
            meta: self.meta.clone(),
            extra: self.extra.clone(),
            spelling: self.spelling,
        };
        wire.serialize(serializer)
    }
}
