use std::fmt;

use super::OutgoingMessage;

/// Renders messages: the application's texts in place of those of Kratos' templates.
///
/// [`PlainMessages`](super::PlainMessages) is a default in English. A renderer of several languages asks
/// [`OutgoingMessage::language`]:
///
/// ```
/// use kratos_hooks::{OutgoingMessage, PlainMessages, RenderMessage, RenderedMessage};
///
/// struct Texts;
///
/// impl RenderMessage for Texts {
///     fn languages(&self) -> &[&str] {
///         &["en", "de"]
///     }
///
///     fn render(&self, message: &OutgoingMessage, language: &str) -> Option<RenderedMessage> {
///         match (language, message.data.code()) {
///             ("de", Some(code)) => {
///                 Some(RenderedMessage::new("Ihr Code", format!("Ihr Code lautet {code}.")))
///             }
///             _ => PlainMessages::new("Example").render(message, "en"),
///         }
///     }
/// }
/// ```
pub trait RenderMessage: Send + Sync {
    /// Returns the languages that there are texts in, the default first.
    fn languages(&self) -> &[&str];

    /// Renders a message in one of the languages. Returns `None` for a template that it has no text for.
    fn render(&self, message: &OutgoingMessage, language: &str) -> Option<RenderedMessage>;

    /// Renders a message in the language of its reader. A template without a text, such as one of a newer Kratos, gets the
    /// subject and text of Kratos.
    fn render_for_reader(&self, message: &OutgoingMessage) -> RenderedMessage {
        let language = message.language(self.languages());
        self.render(message, language).unwrap_or_else(|| {
            let rendered = RenderedMessage::new(message.subject.as_str(), message.body.as_str());
            match &message.html_body {
                Some(html) => rendered.with_html(html.as_str()),
                None => rendered,
            }
        })
    }
}

/// A rendered message. `Debug` shows no text: it holds the code.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RenderedMessage {
    /// The subject; not for an SMS.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as HTML, for mail.
    pub html: Option<String>,
}

impl RenderedMessage {
    /// Returns a message of plain text alone. A line break or other control character of the subject becomes a space, so
    /// that it cannot add a header.
    #[must_use]
    pub fn new(subject: impl AsRef<str>, text: impl Into<String>) -> Self {
        let one_line = |letter: char| if letter.is_control() { ' ' } else { letter };
        Self { subject: subject.as_ref().chars().map(one_line).collect(), text: text.into(), html: None }
    }

    /// Adds the same as HTML.
    #[must_use]
    pub fn with_html(mut self, html: impl Into<String>) -> Self {
        self.html = Some(html.into());
        self
    }
}

impl fmt::Debug for RenderedMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RenderedMessage").finish_non_exhaustive()
    }
}
