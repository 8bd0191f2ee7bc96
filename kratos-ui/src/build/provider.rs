//! The OAuth2 request that a login or registration serves.

use kratos_model::{QuietText, RawJson};
use serde::Deserialize;
use url::Url;

/// What a page needs of `oauth2_login_request` (Kratos 26.2.0, selfservice/flow/login/flow.go).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ProviderRequest {
    request_url: Option<QuietText>,
    client: Client,
    oidc_context: Context,
    #[serde(skip)]
    pub(crate) locales: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Client {
    redirect_uris: Option<Vec<QuietText>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Context {
    ui_locales: Option<Vec<String>>,
}

impl ProviderRequest {
    /// Reads the request; an unreadable one counts as absent.
    pub(super) fn read(request: Option<&RawJson>) -> Self {
        let mut read: Self = request.and_then(|request| request.parse().ok()).unwrap_or_default();
        read.locales = read.oidc_context.ui_locales.take().unwrap_or_default();
        read
    }

    /// Returns whether Kratos said which request it is.
    pub(super) fn is_named(&self) -> bool {
        self.request_url.is_some()
    }

    /// Returns the URLs to which the browser is redirected after the login: the provider's, then the client's.
    pub(super) fn targets(&self) -> impl Iterator<Item = QuietText> + '_ {
        self.request_url.iter().chain(self.client.redirect_uris.iter().flatten()).cloned()
    }
}

/// Returns where a client's request to a provider leads, for a flow that returns to it: recovery knows no challenge, and a consent
/// that is remembered redirects at once.
pub(super) fn client_of(return_to: &str) -> Option<QuietText> {
    let url = Url::parse(return_to).ok()?;
    let mut pairs = url.query_pairs();
    pairs.find(|(name, _)| name == "redirect_uri").map(|(_, uri)| uri.as_ref().into())
}
