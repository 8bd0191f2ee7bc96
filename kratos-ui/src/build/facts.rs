//! The facts about a flow that its page depends on.

use kratos_model::flow::{
    Flow, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow, ui::UiContainer,
};
use url::{Url, form_urlencoded};

use crate::view::PageKind;

/// A flow with a page. Implemented for the five flows; sealed by its hidden method.
pub trait PageFlow: Flow {
    #[doc(hidden)]
    fn facts(&self) -> Facts<'_>;
}

#[doc(hidden)]
#[derive(Debug)]
pub struct Facts<'a> {
    pub(super) kind: PageKind,
    pub(super) ui: &'a UiContainer,
    pub(super) is_done: bool,
    /// The URL to return to, which Kratos allowed when it created the flow.
    pub(super) return_to: Option<&'a str>,
    /// The parameters that links to other pages preserve.
    pub(super) kept: Vec<(&'static str, String)>,
}

/// The parameters that Kratos does not pass from one flow to the next.
const RETURN_TO: &str = "return_to";
const LOGIN_CHALLENGE: &str = "login_challenge";
const IDENTITY_SCHEMA: &str = "identity_schema";

fn facts<'a, F: Flow>(
    flow: &'a F,
    kind: PageKind,
    request_url: &str,
    sent: [(&'static str, Option<&str>); 2],
) -> Facts<'a> {
    let sent = sent.into_iter().chain([(RETURN_TO, flow.return_to())]);
    let sent: Vec<_> = sent.filter_map(|(name, value)| Some((name, value?.to_owned()))).collect();
    let requested = requested(request_url);
    let kept = [RETURN_TO, LOGIN_CHALLENGE, IDENTITY_SCHEMA]
        .into_iter()
        .filter_map(|name| {
            let is_it = |(known, value): &&(&str, String)| *known == name && !value.is_empty();
            sent.iter().find(is_it).or_else(|| requested.iter().find(is_it)).cloned()
        })
        .collect();
    Facts { kind, ui: flow.ui(), is_done: flow.is_done(), return_to: flow.return_to(), kept }
}

/// Reads the parameters from the URL that created the flow. Releases before 0.8 send them only there.
fn requested(request_url: &str) -> Vec<(&'static str, String)> {
    // A relative URL also has a query.
    let query = match Url::parse(request_url) {
        Ok(url) => url.query().unwrap_or_default().to_owned(),
        Err(_) => request_url.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default(),
    };
    form_urlencoded::parse(query.as_bytes())
        .filter_map(|(name, value)| {
            let name =
                [RETURN_TO, LOGIN_CHALLENGE, IDENTITY_SCHEMA].into_iter().find(|known| *known == name)?;
            Some((name, value.into_owned()))
        })
        .collect()
}

impl PageFlow for LoginFlow {
    fn facts(&self) -> Facts<'_> {
        let second = self.requested_aal.as_ref().is_some_and(kratos_model::Aal::is_second_factor);
        let kind = match (second, self.is_refresh()) {
            (true, _) => PageKind::SecondFactor,
            (false, true) => PageKind::Refresh,
            (false, false) => PageKind::Login,
        };
        let sent = [
            (LOGIN_CHALLENGE, self.oauth2_login_challenge.as_deref()),
            (IDENTITY_SCHEMA, self.identity_schema.as_deref()),
        ];
        facts(self, kind, &self.request_url, sent)
    }
}

impl PageFlow for RegistrationFlow {
    fn facts(&self) -> Facts<'_> {
        let sent = [
            (LOGIN_CHALLENGE, self.oauth2_login_challenge.as_deref()),
            (IDENTITY_SCHEMA, self.identity_schema.as_deref()),
        ];
        facts(self, PageKind::Registration, &self.request_url, sent)
    }
}

impl PageFlow for SettingsFlow {
    fn facts(&self) -> Facts<'_> {
        facts(self, PageKind::Settings, &self.request_url, [(LOGIN_CHALLENGE, None), (IDENTITY_SCHEMA, None)])
    }
}

impl PageFlow for RecoveryFlow {
    fn facts(&self) -> Facts<'_> {
        facts(self, PageKind::Recovery, &self.request_url, [(LOGIN_CHALLENGE, None), (IDENTITY_SCHEMA, None)])
    }
}

impl PageFlow for VerificationFlow {
    fn facts(&self) -> Facts<'_> {
        let sent = [(LOGIN_CHALLENGE, None), (IDENTITY_SCHEMA, None)];
        facts(self, PageKind::Verification, &self.request_url, sent)
    }
}
