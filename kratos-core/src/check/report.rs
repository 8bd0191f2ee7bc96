//! What a check found.

use crate::client::Era;

/// What was found, in the order in which it was looked at. `Display` writes a line for each finding.
#[derive(Clone, Debug, Default)]
pub struct Report {
    findings: Vec<Finding>,
    era: Option<Era>,
    version: Option<String>,
    clock_skew: Option<time::Duration>,
}

impl Report {
    /// Every finding.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether nothing was found that keeps people from signing in.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.findings.iter().all(|finding| finding.verdict != Verdict::Problem)
    }

    /// The generation of the server, when it answered.
    #[must_use]
    pub fn era(&self) -> Option<Era> {
        self.era
    }

    /// The release, which only the admin API tells.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// How far Kratos' clock is ahead of ours, to the second; negative when it is behind.
    #[must_use]
    pub fn clock_skew(&self) -> Option<time::Duration> {
        self.clock_skew
    }

    /// Writes each finding to the log (target `kratos`): problems as errors, then warnings, the rest as
    /// information.
    pub fn log(&self) {
        for finding in &self.findings {
            match finding.verdict {
                Verdict::Good => tracing::info!(target: "kratos", topic = ?finding.topic, "{finding}"),
                Verdict::Warning => tracing::warn!(target: "kratos", topic = ?finding.topic, "{finding}"),
                Verdict::Problem => tracing::error!(target: "kratos", topic = ?finding.topic, "{finding}"),
            }
        }
    }

    pub(super) fn good(&mut self, topic: Topic, message: impl Into<String>) {
        self.add(Finding { topic, verdict: Verdict::Good, message: message.into(), advice: None });
    }

    pub(super) fn warning(&mut self, topic: Topic, message: impl Into<String>, advice: impl Into<String>) {
        let advice = Some(advice.into());
        self.add(Finding { topic, verdict: Verdict::Warning, message: message.into(), advice });
    }

    pub(super) fn problem(&mut self, topic: Topic, message: impl Into<String>, advice: impl Into<String>) {
        let advice = Some(advice.into());
        self.add(Finding { topic, verdict: Verdict::Problem, message: message.into(), advice });
    }

    pub(super) fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    pub(super) fn set_era(&mut self, era: Era) {
        self.era = Some(era);
    }

    pub(super) fn set_version(&mut self, version: String) {
        self.version = Some(version);
    }

    pub(super) fn set_clock_skew(&mut self, skew: time::Duration) {
        self.clock_skew = Some(skew);
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for finding in &self.findings {
            let mark = match finding.verdict {
                Verdict::Good => "ok     ",
                Verdict::Warning => "warning",
                Verdict::Problem => "PROBLEM",
            };
            writeln!(f, "{mark}  {finding}")?;
        }
        Ok(())
    }
}

/// One thing that was looked at. `Display` says what was seen and, when something is amiss, what to change.
#[derive(Clone, Debug)]
pub struct Finding {
    topic: Topic,
    verdict: Verdict,
    message: String,
    advice: Option<String>,
}

impl Finding {
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
