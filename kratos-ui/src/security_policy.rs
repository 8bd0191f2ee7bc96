//! The Content-Security-Policy of a page.

use crate::{page::Nonce, urls::policy_source};

/// The resources that a page loads.
pub(crate) struct PolicyInputs<'a> {
    pub(crate) nonce: &'a Nonce,
    pub(crate) has_scripts: bool,
    pub(crate) stylesheets: &'a [String],
    pub(crate) images: Vec<String>,
    /// The origins of scripts that add frames and connect.
    pub(crate) embedded: Vec<String>,
    /// The allowed targets of forms, redirects included. `None` allows all.
    pub(crate) form_targets: Option<Vec<String>>,
}

impl PolicyInputs<'_> {
    pub(crate) fn policy(&self) -> String {
        let mut policy =
            String::from("default-src 'none'; base-uri 'none'; frame-ancestors 'none'; style-src 'self'");
        push_origins(&mut policy, self.stylesheets);
        policy.push_str("; img-src 'self' data:");
        push_origins(&mut policy, &self.images);
        if self.has_scripts {
            policy.push_str("; script-src 'nonce-");
            policy.push_str(self.nonce.as_str());
            policy.push('\'');
        }
        if !self.embedded.is_empty() {
            for directive in ["; frame-src", "; connect-src"] {
                policy.push_str(directive);
                push_origins(&mut policy, &self.embedded);
            }
        }
        if let Some(targets) = &self.form_targets {
            policy.push_str("; form-action 'self'");
            push_origins(&mut policy, targets);
        }
        policy
    }
}

fn push_origins(policy: &mut String, urls: &[String]) {
    let mut seen: Vec<String> = Vec::new();
    for origin in urls.iter().filter_map(|url| policy_source(url)) {
        if !seen.contains(&origin) {
            policy.push(' ');
            policy.push_str(&origin);
            seen.push(origin);
        }
    }
}
