//! The content security policy of a page.

use crate::{page::Nonce, safe::web_origin};

/// What a page needs to be allowed.
pub(crate) struct Needs<'a> {
    pub(crate) nonce: &'a Nonce,
    pub(crate) has_scripts: bool,
    pub(crate) stylesheets: &'a [String],
    pub(crate) images: Vec<String>,
    /// Where forms may lead, redirects included; `None` leaves that open.
    pub(crate) form_targets: Option<Vec<String>>,
}

impl Needs<'_> {
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
        if let Some(targets) = &self.form_targets {
            policy.push_str("; form-action 'self'");
            push_origins(&mut policy, targets);
        }
        policy
    }
}

fn push_origins(policy: &mut String, urls: &[String]) {
    let mut seen: Vec<String> = Vec::new();
    for origin in urls.iter().filter_map(|url| web_origin(url)) {
        if !seen.contains(&origin) {
            policy.push(' ');
            policy.push_str(&origin);
            seen.push(origin);
        }
    }
}
