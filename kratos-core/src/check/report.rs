//! The report of a check.

use crate::{
    client::Era,
    diagnosis::{Finding, Topic, Verdict},
};

/// The findings of a check, in the order of the checks. `Display` writes one line for each finding.
#[derive(Clone, Debug, Default)]
pub struct Report {
    findings: Vec<Finding>,
    era: Option<Era>,
    version: Option<String>,
    clock_skew: Option<time::Duration>,
}

impl Report {
    /// Returns all findings.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Returns whether no finding is a problem, so that users can sign in.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.findings.iter().all(|finding| finding.verdict() != Verdict::Problem)
    }

    /// Returns the era of the server, if it responded.
    #[must_use]
    pub fn era(&self) -> Option<Era> {
        self.era
    }

    /// Returns the release, if the admin API was checked and responded.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Returns by how many whole seconds Kratos' clock is ahead of this machine's; negative if it is behind.
    #[must_use]
    pub fn clock_skew(&self) -> Option<time::Duration> {
        self.clock_skew
    }

    pub(super) fn good(&mut self, topic: Topic, message: impl Into<String>) {
        self.add(Finding::good(topic, message));
    }

    pub(super) fn warning(&mut self, topic: Topic, message: impl Into<String>, advice: impl Into<String>) {
        self.add(Finding::warning(topic, message, advice));
    }

    pub(super) fn problem(&mut self, topic: Topic, message: impl Into<String>, advice: impl Into<String>) {
        self.add(Finding::problem(topic, message, advice));
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
            let mark = match finding.verdict() {
                Verdict::Good => "ok     ",
                Verdict::Warning => "warning",
                Verdict::Problem => "PROBLEM",
            };
            writeln!(f, "{mark}  {finding}")?;
        }
        Ok(())
    }
}
