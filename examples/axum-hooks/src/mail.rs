//! The messages: in German for those who want it, in English for all others.

use kratos_axum::hooks::{OutgoingMessage, PlainMessages, RenderMessage, RenderedMessage};

/// The texts of the messages.
pub struct Texts(PlainMessages);

impl Texts {
    pub fn new(application: &str) -> Self {
        Self(PlainMessages::new(application))
    }
}

impl RenderMessage for Texts {
    fn languages(&self) -> &[&str] {
        &["en", "de"]
    }

    fn render(&self, message: &OutgoingMessage, language: &str) -> Option<RenderedMessage> {
        match (language, message.data.code()) {
            ("de", Some(code)) => {
                Some(RenderedMessage::new("Ihr Code", format!("Ihr Code lautet {code}.\n")))
            }
            _ => self.0.render(message, "en"),
        }
    }
}

/// Sends a message. Without the feature `smtp` it prints that it would.
#[cfg(not(feature = "smtp"))]
pub async fn send(to: &str, message: &RenderedMessage) -> Result<(), Box<dyn std::error::Error>> {
    eprintln!("a message to {to}: {} characters of text", message.text.len());
    Ok(())
}

/// Sends a message by SMTP.
#[cfg(feature = "smtp")]
pub async fn send(to: &str, message: &RenderedMessage) -> Result<(), Box<dyn std::error::Error>> {
    use lettre::{
        AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
        message::{MultiPart, header::ContentType},
    };
    let mail = Message::builder()
        .from(std::env::var("MAIL_FROM")?.parse()?)
        .to(to.parse()?)
        .subject(message.subject.as_str());
    let mail = match &message.html {
        Some(html) => {
            mail.multipart(MultiPart::alternative_plain_html(message.text.clone(), html.clone()))?
        }
        None => mail.header(ContentType::TEXT_PLAIN).body(message.text.clone())?,
    };
    // An application makes the transport once: it keeps connections.
    let url = std::env::var("SMTP_URL")?;
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url)?.build();
    transport.send(mail).await?;
    Ok(())
}
