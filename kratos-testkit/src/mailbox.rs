//! The mail that the server sent.

use serde_json::Value;

use crate::world::courier::Message;

/// A message that the server sent. Debug omits its subject, text and code.
#[derive(Clone)]
#[non_exhaustive]
pub struct Mail {
    /// The recipient's address.
    pub to: String,
    /// Kratos' name of the template, such as `recovery_code_valid`.
    pub template: String,
    /// The subject line.
    pub subject: String,
    /// The body.
    pub body: String,
    /// The template's data, as Kratos' HTTP courier posts it.
    pub data: Value,
}

impl Mail {
    pub(crate) fn of(message: &Message) -> Self {
        Self {
            to: message.recipient.clone(),
            template: message.template.to_owned(),
            subject: message.subject.clone(),
            body: message.body.clone(),
            data: message.data.clone(),
        }
    }

    /// Returns the code of the message, if there is one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.find("_code")
    }

    /// Returns the link of the message, if there is one.
    #[must_use]
    pub fn link(&self) -> Option<&str> {
        let data = self.data.as_object()?;
        ["recovery_url", "verification_url"].iter().find_map(|name| data.get(*name)?.as_str())
    }

    fn find(&self, ending: &str) -> Option<&str> {
        let data = self.data.as_object()?;
        data.iter().find(|(name, _)| name.ends_with(ending)).and_then(|(_, value)| value.as_str())
    }
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail").field("to", &self.to).field("template", &self.template).finish_non_exhaustive()
    }
}
