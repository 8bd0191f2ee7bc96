//! Mail: stored in place of being sent.

use std::io::Write;

use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{World, row_time};

/// One message. Debug omits its body and data: they hold codes.
#[derive(Clone)]
pub(crate) struct Message {
    pub(crate) id: Uuid,
    pub(crate) recipient: String,
    pub(crate) template: &'static str,
    pub(crate) subject: String,
    pub(crate) body: String,
    pub(crate) data: Value,
    pub(crate) created_at: OffsetDateTime,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Message")
            .field("recipient", &self.recipient)
            .field("template", &self.template)
            .finish_non_exhaustive()
    }
}

/// A message to send: its purpose and its secret.
pub(crate) struct Draft<'a> {
    pub(crate) template: &'static str,
    pub(crate) to: &'a str,
    /// The secret, under its name in the template's data, such as `recovery_code`.
    pub(crate) secret: (&'static str, &'a str),
    /// A link, under its name in the template's data.
    pub(crate) link: Option<(&'static str, String)>,
    pub(crate) request_url: &'a str,
    pub(crate) about: Value,
}

impl Message {
    /// Returns the message as `/admin/courier/messages` lists it.
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": self.id,
            "status": "sent",
            "type": "email",
            "recipient": self.recipient,
            "body": self.body,
            "subject": self.subject,
            "template_type": self.template,
            "channel": "email",
            "send_count": 1,
            "created_at": row_time(self.created_at),
            "updated_at": row_time(self.created_at),
        })
    }
}

impl World {
    pub(crate) fn mail(&mut self, draft: &Draft<'_>) {
        let (name, secret) = draft.secret;
        let mut data = Map::new();
        data.insert("to".into(), draft.to.into());
        data.insert("request_url".into(), draft.request_url.into());
        data.insert("expires_in_minutes".into(), 60.into());
        data.insert("transient_payload".into(), json!({}));
        if let Value::Object(about) = &draft.about {
            data.extend(about.clone());
        }
        if !secret.is_empty() {
            data.insert(name.into(), secret.into());
        }
        let mut body = String::from(if secret.is_empty() { "" } else { "Use this code: " });
        body += secret;
        if let Some((name, link)) = &draft.link {
            data.insert((*name).into(), link.as_str().into());
            body += &format!("\n\nor this link:\n\n{link}\n");
        }
        let subject = match secret {
            "" => "Follow the link in this message".to_owned(),
            code => format!("Use code {code}"),
        };
        let (recipient, template, created_at) = (draft.to.to_owned(), draft.template, self.now());
        let message =
            Message { id: Uuid::new_v4(), recipient, template, subject, body, data: data.into(), created_at };
        self.write_out(&message);
        self.messages.push(message);
    }

    /// Appends the message to the mailbox file, if there is one. Ignores a failed write: a test that waits for
    /// the message notices that it is missing.
    fn write_out(&self, message: &Message) {
        let Some(path) = &self.config.mailbox_file else { return };
        let line = json!({
            "recipient": message.recipient, "template": message.template, "data": message.data, "body": null,
        });
        if let Ok(mut file) = std::fs::OpenOptions::new().create(true).append(true).open(path) {
            // one write a line: other processes may append to the file and read it
            let _ = file.write_all(format!("{line}\n").as_bytes());
        }
    }
}
