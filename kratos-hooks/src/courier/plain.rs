//! A default for every template, in English.

use kratos_model::{MessageKind, TemplateType};

use super::{OutgoingMessage, RenderMessage, RenderedMessage};

/// Short messages in English, as plain text and as HTML: a default for every template of 26.2.0 and HEAD.
///
/// The HTML has no image, script or remote content; every value is escaped.
#[derive(Clone, Debug)]
pub struct PlainMessages {
    application: String,
}

impl PlainMessages {
    /// Names the application in the texts.
    #[must_use]
    pub fn new(application: impl Into<String>) -> Self {
        Self { application: application.into() }
    }
}

/// The parts of a text: what it asks for, and what to do if it was not asked for.
struct Text {
    subject: &'static str,
    first: &'static str,
    last: &'static str,
}

impl RenderMessage for PlainMessages {
    fn languages(&self) -> &[&str] {
        &["en"]
    }

    fn render(&self, message: &OutgoingMessage, _: &str) -> Option<RenderedMessage> {
        let Text { subject, first, last } = text_of(&message.template)?;
        let application = &self.application;
        let data = &message.data;
        let mut paragraphs = vec![format!("{first} {application}.")];
        if let Some(code) = data.code() {
            paragraphs.push(code.to_owned());
        }
        // The link of a code's message opens the form with the code filled in.
        let link = data.link();
        if let Some(link) = link {
            paragraphs.push(link.to_owned());
        }
        if let Some(minutes) = data.expires_in_minutes.filter(|minutes| *minutes > 0) {
            paragraphs.push(format!("Valid for {minutes} minutes."));
        }
        paragraphs.push(last.to_owned());
        if message.kind == Some(MessageKind::Sms) {
            return Some(RenderedMessage::new("", sms(&paragraphs, message)));
        }
        let html = document(&paragraphs, link);
        Some(
            RenderedMessage::new(format!("{subject} – {application}"), paragraphs.join("\n\n") + "\n")
                .with_html(html),
        )
    }
}

fn text_of(template: &TemplateType) -> Option<Text> {
    let text = |subject, first, last| Some(Text { subject, first, last });
    let ignore = "If you did not ask for this, ignore this message.";
    match template {
        TemplateType::RecoveryCodeValid | TemplateType::RecoveryValid => {
            text("Recover your account", "Use this to recover your account at", ignore)
        }
        TemplateType::VerificationCodeValid | TemplateType::VerificationValid => {
            text("Verify your address", "Use this to verify your address at", ignore)
        }
        TemplateType::LoginCodeValid => text("Your login code", "Use this code to sign in to", ignore),
        TemplateType::RegistrationCodeValid => {
            text("Your registration code", "Use this code to register at", ignore)
        }
        TemplateType::RecoveryCodeInvalid | TemplateType::RecoveryInvalid => text(
            "Account access attempted",
            "This address was entered to recover an account, but has none at",
            "If this was you, try another address. Otherwise ignore this message.",
        ),
        TemplateType::VerificationCodeInvalid | TemplateType::VerificationInvalid => text(
            "Verification attempted",
            "This address was entered to be verified, but belongs to no account at",
            "If this was you, sign up with it first. Otherwise ignore this message.",
        ),
        TemplateType::VerifiableAddressChanged => text(
            "Your address was changed",
            "An address of your account was changed at",
            "If this was not you, recover your account and change your password.",
        ),
        TemplateType::AuthenticatorKeyAdded => text(
            "An authenticator was added",
            "A way to sign in was added to your account at",
            "If this was not you, recover your account and remove it.",
        ),
        _ => None,
    }
}

/// One line. Its end binds the code to the domain, as Kratos' HEAD does, so that a phone offers it there alone.
fn sms(paragraphs: &[String], message: &OutgoingMessage) -> String {
    let text = paragraphs.join(" ");
    match (&message.data.request_url_domain, message.data.code()) {
        (Some(domain), Some(code)) if !domain.is_empty() => format!("{text}\n\n@{domain} #{code}"),
        _ => text,
    }
}

fn document(paragraphs: &[String], link: Option<&str>) -> String {
    let mut html = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><body>".to_owned();
    for paragraph in paragraphs {
        let escaped = escape(paragraph);
        let shown = if link == Some(paragraph.as_str()) {
            format!("<a href=\"{escaped}\">{escaped}</a>")
        } else {
            escaped
        };
        html.push_str("<p>");
        html.push_str(&shown);
        html.push_str("</p>");
    }
    html + "</body></html>\n"
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(template: &str, data: &serde_json::Value) -> OutgoingMessage {
        let body = serde_json::json!({
            "recipient": "ada@example.org", "template_type": template, "template_data": data, "subject": "s", "body": "b",
        });
        OutgoingMessage::decode(body.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn values_cannot_add_headers_or_elements() {
        let data = serde_json::json!({"login_code": "<b>1\"2</b>"});
        let texts = PlainMessages::new("Example\r\nBcc: eve@example.org");
        let rendered = texts.render_for_reader(&message("login_code_valid", &data));
        assert!(!rendered.subject.contains(['\r', '\n']), "{}", rendered.subject);
        assert!(rendered.html.unwrap().contains("<p>&lt;b&gt;1&quot;2&lt;/b&gt;</p>"));
    }

    #[test]
    fn an_unknown_template_keeps_the_text_of_kratos() {
        let rendered = PlainMessages::new("Example")
            .render_for_reader(&message("from_tomorrow", &serde_json::json!({})));
        assert_eq!((rendered.subject.as_str(), rendered.text.as_str()), ("s", "b"));
        // Traits of a template may be in its subject.
        let mut message = message("from_tomorrow", &serde_json::json!({}));
        message.subject = "Ada\r\nBcc: eve@example.org".into();
        let subject = PlainMessages::new("Example").render_for_reader(&message).subject;
        assert_eq!(subject, "Ada  Bcc: eve@example.org");
    }

    #[test]
    fn a_link_is_a_link_and_nothing_else_is() {
        let data = serde_json::json!({"recovery_url": "https://auth.example.org/r?a=1&b=2", "expires_in_minutes": 60});
        let html =
            PlainMessages::new("Example").render_for_reader(&message("recovery_valid", &data)).html.unwrap();
        assert!(html.contains("<a href=\"https://auth.example.org/r?a=1&amp;b=2\">"), "{html}");
        assert!(html.contains("Valid for 60 minutes."));
        let data = serde_json::json!({"recovery_url": "javascript:alert(1)"});
        let html =
            PlainMessages::new("Example").render_for_reader(&message("recovery_valid", &data)).html.unwrap();
        assert!(!html.contains("javascript"), "{html}");
    }
}
