use std::{collections::BTreeMap, fmt};

use http::StatusCode;
use kratos_model::{__private::decode_salvaging, MessageKind, QuietText, RawJson, TemplateType};
use serde::{Deserialize, de::DeserializeOwned};

use super::{MessageData, MessageLanguage};
use crate::{HookDecodeError, HookReply, HookResponse};

/// A message that Kratos asks the application to send: `courier.delivery_strategy: http`, or a channel's
/// `request_config` for SMS (Kratos 26.2.0, courier/http_channel.go).
///
/// Kratos waits 10 s and takes every 2xx for sent. After anything else it queues the message again, so a message may come
/// twice. `Debug` shows neither recipient nor text.
#[derive(Clone)]
#[non_exhaustive]
pub struct OutgoingMessage {
    /// The address or number.
    pub recipient: QuietText,
    /// The subject that Kratos' template made; empty for an SMS.
    pub subject: QuietText,
    /// The text that Kratos' template made. It holds the code.
    pub body: QuietText,
    /// The HTML that Kratos' template made, for mail (25.4 and later).
    pub html_body: Option<QuietText>,
    /// What the message is about. Unknown ones are in `Other`.
    pub template: TemplateType,
    /// Mail or SMS (1.1 and later).
    pub kind: Option<MessageKind>,
    /// What the template is made of.
    pub data: MessageData,
    /// The members of the body that this crate does not know, by name.
    pub extra: BTreeMap<String, RawJson>,
    headers: BTreeMap<String, Vec<String>>,
}

impl OutgoingMessage {
    /// Decodes the body that the Jsonnet `function(ctx) ctx` makes. Members of an unexpected type count as absent.
    ///
    /// # Errors
    /// Returns an error if the body is not a JSON object with the strings `recipient` and `template_type`.
    pub fn decode(body: &[u8]) -> Result<Self, HookDecodeError> {
        #[derive(Deserialize)]
        struct Required {
            recipient: QuietText,
            template_type: TemplateType,
        }
        let Required { recipient, template_type } =
            decode_salvaging(body).map_err(|error| HookDecodeError::new(error.path, error.what))?;
        let mut parts: BTreeMap<String, RawJson> =
            serde_json::from_slice(body).map_err(|_| HookDecodeError::new(".", "not a JSON object"))?;
        parts.retain(|name, _| !matches!(name.as_str(), "recipient" | "template_type" | "request_cookies"));
        Ok(Self {
            recipient,
            template: template_type,
            subject: read(&mut parts, "subject").unwrap_or_default(),
            body: read(&mut parts, "body").unwrap_or_default(),
            html_body: read(&mut parts, "html_body").filter(|html: &QuietText| !html.is_empty()),
            kind: read(&mut parts, "message_type"),
            data: read(&mut parts, "template_data").unwrap_or_default(),
            headers: read(&mut parts, "request_headers").unwrap_or_default(),
            extra: parts,
        })
    }

    /// Returns the first value of a header of the request that caused the message (26.2 and later; 25.4 and earlier send
    /// none). The name is compared without case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let known = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        known.and_then(|(_, values)| values.first()).map(String::as_str)
    }

    /// Chooses among the languages that the application has texts in, the default first: the one that the user's traits
    /// name, otherwise the one that the browser asks for, otherwise the default.
    ///
    /// The trait is `language`, `lang`, `locale` or `preferred_language`.
    #[must_use]
    pub fn language<'a>(&self, available: &[&'a str]) -> &'a str {
        let of_traits = self.data.language_of_traits();
        MessageLanguage::choose(available, of_traits.as_deref(), self.header("accept-language"))
    }
}

fn read<T: DeserializeOwned>(parts: &mut BTreeMap<String, RawJson>, name: &str) -> Option<T> {
    decode_salvaging(parts.remove(name)?.as_str().as_bytes()).ok()
}

impl fmt::Debug for OutgoingMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutgoingMessage")
            .field("template", &self.template)
            .field("kind", &self.kind)
            .field("extra", &self.extra.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// The answer of the courier's route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CourierReceipt {
    /// The message is sent, or safely queued (204). Kratos does not offer it again.
    Sent,
    /// The message is not sent (503): Kratos queues it again, and gives up after `courier.message_retries`, 5 by default.
    NotSent,
}

impl HookReply for CourierReceipt {
    fn into_response(self) -> HookResponse {
        match self {
            Self::Sent => HookResponse::empty(StatusCode::NO_CONTENT),
            Self::NotSent => HookResponse::empty(StatusCode::SERVICE_UNAVAILABLE),
        }
    }
}
