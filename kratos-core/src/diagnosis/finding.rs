//! What is told of a configuration: what was seen, and the key to change.

use super::once;

/// One thing that was looked at. `Display` says what was seen and, when something is amiss, what to change.
#[derive(Clone, Debug)]
pub struct Finding {
    topic: Topic,
    verdict: Verdict,
    message: String,
    advice: Option<String>,
}

impl Finding {
    pub(crate) fn good(topic: Topic, message: impl Into<String>) -> Self {
        Self { topic, verdict: Verdict::Good, message: message.into(), advice: None }
    }

    pub(crate) fn warning(topic: Topic, message: impl Into<String>, advice: impl Into<String>) -> Self {
        let advice = Some(advice.into());
        Self { topic, verdict: Verdict::Warning, message: message.into(), advice }
    }

    pub(crate) fn problem(topic: Topic, message: impl Into<String>, advice: impl Into<String>) -> Self {
        let advice = Some(advice.into());
        Self { topic, verdict: Verdict::Problem, message: message.into(), advice }
    }

    /// A problem whose message holds the advice.
    pub(super) fn explained(topic: Topic, message: impl Into<String>) -> Self {
        Self { topic, verdict: Verdict::Problem, message: message.into(), advice: None }
    }

    /// Writes it to the log.
    pub(crate) fn log(&self) {
        match self.verdict {
            Verdict::Good => tracing::info!(target: "kratos", topic = ?self.topic, "{self}"),
            Verdict::Warning => tracing::warn!(target: "kratos", topic = ?self.topic, "{self}"),
            Verdict::Problem => tracing::error!(target: "kratos", topic = ?self.topic, "{self}"),
        }
    }

    /// The same, unless this process has said it before.
    pub(crate) fn log_once(&self) {
        if once::is_new(self) {
            self.log();
        }
    }

    /// What was looked at.
    #[must_use]
    pub fn topic(&self) -> Topic {
        self.topic
    }

    /// How it looks.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// What was seen.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to change, with the key of Kratos' configuration or the name of our setting.
    #[must_use]
    pub fn advice(&self) -> Option<&str> {
        self.advice.as_deref()
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)?;
        match &self.advice {
            Some(advice) => write!(f, ": {advice}"),
            None => Ok(()),
        }
    }
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Topic {
    /// Whether the public API answers.
    Reachable,
    /// Whether it can work: its database is there and migrated.
    Ready,
    /// Whether the public URL is the public API.
    PublicUrl,
    /// Which generation or release it is.
    Release,
    /// How the clocks differ.
    Clock,
    /// Where Kratos sends browsers.
    BaseUrl,
    /// Whether the cookies that Kratos sets reach the application.
    Cookies,
    /// Whether people may be sent back to the application.
    ReturnTo,
    /// Where the login page is.
    LoginPage,
    /// Whether the admin API answers.
    Admin,
    /// How the application is put together; only the log has it.
    Application,
}

/// How a finding looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Verdict {
    /// As it should be.
    Good,
    /// It works, but not for everybody or not for long.
    Warning,
    /// It cannot work.
    Problem,
}
