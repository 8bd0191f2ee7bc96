//! The facts about a flow that its page depends on.

use kratos_model::RawJson;
use kratos_model::flow::{
    Flow, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow, ui::UiContainer,
};
use url::{Url, form_urlencoded};

use super::provider::ProviderRequest;
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
    /// The OAuth2 request that the flow serves.
    pub(crate) provider: ProviderRequest,
    pub(crate) sources: LanguageSources<'a>,
}

impl Facts<'_> {
    /// Returns whether the flow leads to a provider that it does not name: the verification after a registration (Kratos 26.2.0,
    /// selfservice/flow/verification/handler.go), and the flows of releases before 0.11.
    pub(super) fn has_unnamed_provider(&self) -> bool {
        self.kept.iter().any(|(name, _)| *name == LOGIN_CHALLENGE) && !self.provider.is_named()
    }
}

/// The parts of a flow that may name a language.
#[derive(Clone, Copy, Debug, Default)]
#[cfg_attr(not(feature = "languages"), allow(dead_code, reason = "read to choose a language"))]
pub(crate) struct LanguageSources<'a> {
    pub(crate) request_url: &'a str,
    /// The OAuth 2 request, as Hydra describes it.
    pub(crate) oauth2_request: Option<&'a RawJson>,
    pub(crate) traits: Option<&'a RawJson>,
}

/// The parameters that Kratos does not pass from one flow to the next.
const RETURN_TO: &str = "return_to";
const LOGIN_CHALLENGE: &str = "login_challenge";
const IDENTITY_SCHEMA: &str = "identity_schema";

fn facts<'a, F: Flow>(
    flow: &'a F,
    kind: PageKind,
    request_url: &'a str,
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
    let sources = LanguageSources { request_url, ..LanguageSources::default() };
    let provider = ProviderRequest::default();
    Facts {
        kind,
        ui: flow.ui(),
        is_done: flow.is_done(),
        return_to: flow.return_to(),
        kept,
        provider,
        sources,
    }
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
        let oauth2_request = self.oauth2_login_request.as_ref();
        let mut facts = facts(self, kind, &self.request_url, sent);
        facts.provider = ProviderRequest::read(oauth2_request);
        facts.sources.oauth2_request = oauth2_request;
        facts
    }
}

impl PageFlow for RegistrationFlow {
    fn facts(&self) -> Facts<'_> {
        let sent = [
            (LOGIN_CHALLENGE, self.oauth2_login_challenge.as_deref()),
            (IDENTITY_SCHEMA, self.identity_schema.as_deref()),
        ];
        let oauth2_request = self.oauth2_login_request.as_ref();
        let mut facts = facts(self, PageKind::Registration, &self.request_url, sent);
        facts.provider = ProviderRequest::read(oauth2_request);
        facts.sources.oauth2_request = oauth2_request;
        facts
    }
}

impl PageFlow for SettingsFlow {
    fn facts(&self) -> Facts<'_> {
        let sent = [(LOGIN_CHALLENGE, None), (IDENTITY_SCHEMA, None)];
        let mut facts = facts(self, PageKind::Settings, &self.request_url, sent);
        facts.sources.traits = self.identity.as_ref().and_then(|identity| identity.traits.as_ref());
        facts
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
