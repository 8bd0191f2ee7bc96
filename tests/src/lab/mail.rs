//! Mails of the servers.

use serde::Deserialize;
use serde_json::Value;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// A mailbox: a file of JSON lines.
#[derive(Debug, Clone)]
pub struct Mailbox(pub(super) PathBuf);

/// A mail.
#[derive(Debug, Clone, Deserialize)]
pub struct Mail {
    /// The recipient.
    pub recipient: String,
    /// The name of Kratos' template, for mail delivered by HTTP.
    pub template: Option<String>,
    /// The template's data, for mail delivered by HTTP.
    #[serde(default)]
    pub data: Value,
    /// The text, for mail delivered by SMTP.
    pub body: Option<String>,
}

impl Mail {
    /// The code of this name in the template's data, or the code in the text: releases before 1.0 deliver by SMTP alone.
    ///
    /// # Panics
    /// If the mail has none.
    #[must_use]
    pub fn code(&self, name: &str) -> String {
        if let Some(code) = self.named(name) {
            return code.to_owned();
        }
        let pattern = regex::Regex::new(r"\b\d{6,8}\b").expect("a pattern");
        let code = self.body.as_deref().and_then(|text| pattern.find(text));
        code.unwrap_or_else(|| panic!("no {name}: {self:?}")).as_str().to_owned()
    }
}

impl Mail {
    /// The link of this name in the template's data.
    ///
    /// # Panics
    /// If the mail has none.
    #[must_use]
    pub fn link(&self, name: &str) -> &str {
        self.named(name).unwrap_or_else(|| panic!("no {name}: {self:?}"))
    }

    /// 1.0 writes `RecoveryCode` and `RecoveryURL`.
    fn named(&self, name: &str) -> Option<&str> {
        let in_go = |word: &str| match word {
            "url" => "URL".to_owned(),
            _ => word[..1].to_uppercase() + &word[1..],
        };
        let in_go: String = name.split('_').map(in_go).collect();
        self.data[name].as_str().or_else(|| self.data[&in_go].as_str())
    }
}

impl Mailbox {
    /// Returns all mails to a recipient so far, oldest first.
    ///
    /// # Panics
    /// If the mailbox cannot be read.
    #[must_use]
    pub fn mails(&self, recipient: &str) -> Vec<Mail> {
        let Self(path) = self;
        let text =
            std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        // The last line may be incomplete while it is written.
        text.split_inclusive('\n')
            .filter(|line| line.ends_with('\n'))
            .map(|line| serde_json::from_str::<Mail>(line).expect("a mail a line"))
            .filter(|mail| mail.recipient == recipient)
            .collect()
    }

    /// Waits until a recipient has more than `known` mails and returns the first new one.
    ///
    /// # Panics
    /// If none arrives in time.
    pub async fn wait(&self, recipient: &str, known: usize, limit: Duration) -> Mail {
        let start = Instant::now();
        loop {
            if let Some(mail) = self.mails(recipient).into_iter().nth(known) {
                return mail;
            }
            assert!(start.elapsed() < limit, "no mail to {recipient} after {limit:?}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn mailbox_waits_for_a_complete_line_to_the_recipient() {
        let path = std::env::temp_dir().join(format!("kratos-lab-{}", uuid::Uuid::new_v4()));
        let lines = "{\"recipient\": \"a\", \"body\": \"1\"}\n{\"recipient\": \"b\", \"bo";
        std::fs::write(&path, lines).unwrap();
        let mailbox = Mailbox(path.clone());
        assert_eq!(mailbox.mails("a").len(), 1);
        assert!(mailbox.mails("b").is_empty());
        let late = tokio::spawn(async move { mailbox.wait("b", 0, Duration::from_secs(10)).await });
        tokio::time::sleep(Duration::from_millis(150)).await;
        std::fs::write(&path, "{\"recipient\": \"b\", \"body\": \"2\"}\n").unwrap();
        assert_eq!(late.await.unwrap().body.as_deref(), Some("2"));
    }
}
