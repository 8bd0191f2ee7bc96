//! The type of a finding.

use super::once;

/// The result of one check. `Display` writes the message and, for a warning or a problem, the advice.
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

    /// Returns a problem whose message contains the advice.
    pub(super) fn explained(topic: Topic, message: impl Into<String>) -> Self {
        Self { topic, verdict: Verdict::Problem, message: message.into(), advice: None }
    }

    /// Logs the finding.
    pub(crate) fn log(&self) {
        match self.verdict {
            Verdict::Good => tracing::info!(target: "kratos", topic = ?self.topic, "{self}"),
            Verdict::Warning => tracing::warn!(target: "kratos", topic = ?self.topic, "{self}"),
            Verdict::Problem => tracing::error!(target: "kratos", topic = ?self.topic, "{self}"),
        }
    }

    /// Logs the finding unless this process has logged it before.
    pub(crate) fn log_once(&self) {
        if once::is_new(self) {
            self.log();
        }
    }

    /// Returns the topic.
    #[must_use]
    pub fn topic(&self) -> Topic {
        self.topic
    }

    /// Returns the verdict.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Returns what was observed.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns what to change: the key of Kratos' configuration or the setting of this crate. `None` for a good finding.
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

/// The subject of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Topic {
    /// Whether the public API answers.
    Reachable,
    /// Whether Kratos is ready: its database is reachable and migrated.
    Ready,
    /// Whether the public URL is that of the public API.
    PublicUrl,
    /// The era or release of the server.
    Release,
    /// The difference between the clocks.
    Clock,
    /// The URL at which browsers reach Kratos.
    BaseUrl,
    /// Whether Kratos' cookies reach the application.
    Cookies,
    /// Whether Kratos redirects browsers back to the application.
    ReturnTo,
    /// The URL of the login page.
    LoginPage,
    /// Whether the admin API answers, and its release.
    Admin,
    /// Whether forms can hold the traits of the identity schemas.
    IdentitySchemas,
    /// A mistake in the application's code. Logged only, never part of a report.
    Application,
}

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Verdict {
    /// Correct.
    Good,
    /// Works, but not for all users or not permanently.
    Warning,
    /// Prevents users from signing in.
    Problem,
}
