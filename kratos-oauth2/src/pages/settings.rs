//! What an application sets.

use std::{sync::Arc, time::Duration};

use kratos_core::{Kratos, KratosRequest};
use kratos_model::{Identity, oauth2::ConsentRequest};
use kratos_ui::{PageRenderer, Theme, View};

use super::ProviderRoutes;
use crate::{ClaimMapping, Claims, GrantedScopes, HydraAdmin};

pub(super) type ClaimsOf = dyn Fn(&Identity, &ConsentRequest, &GrantedScopes) -> Claims + Send + Sync;

/// Whether a consent is remembered, so that the user is not asked again for the same scopes of the same client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RememberConsent {
    /// Asks each time, unless the client skips consent. The default.
    #[default]
    Never,
    /// Offers the user to be remembered for this time, unchecked.
    Ask(Duration),
    /// Remembers each consent for this time.
    Always(Duration),
}

/// The pages of an OAuth2 and OpenID Connect provider: consent, logout, device and error.
///
/// Kratos signs users in for Hydra; these pages do the rest. `kratos-axum` and `kratos-actix` (feature `oauth2`) mount them in
/// one line beside the self-service pages.
///
/// - The subject of a challenge must be the identity of the live session. Otherwise the user signs in anew; if that is not
///   the subject either, the client receives `access_denied`.
/// - Scopes are a subset of those that the client requested, whatever the form says.
/// - Forms work without scripts, and only for the browser, session and challenge that they were made for.
/// - A client's logo and documents are shown only from `https`.
#[derive(Clone)]
#[must_use]
pub struct OAuth2Pages(pub(super) Arc<Settings>);

#[derive(Clone)]
pub(super) struct Settings {
    pub(super) hydra: HydraAdmin,
    pub(super) renderer: PageRenderer<KratosRequest>,
    pub(super) is_https: bool,
    pub(super) routes: ProviderRoutes,
    pub(super) provider: Option<String>,
    pub(super) mapping: ClaimMapping,
    pub(super) claims: Option<Arc<ClaimsOf>>,
    pub(super) scopes: Vec<(String, String)>,
    pub(super) trusted: Vec<String>,
    pub(super) remember: RememberConsent,
    pub(super) two_factors: Vec<String>,
}

impl OAuth2Pages {
    /// Makes the pages of this [`Kratos`] and this Hydra, in the theme of the self-service pages or in the default theme under
    /// this name. Forms outlive a restart, and work with several processes, only with
    /// [`Kratos::with_secret`](kratos_core::Kratos::with_secret).
    pub fn new(kratos: &Kratos, hydra: HydraAdmin, theme: impl Into<Theme>) -> Self {
        let urls = kratos.browser_urls();
        let is_https = urls.first().is_some_and(|app| app.starts_with("https:"));
        let theme = theme.into().with_origins(urls.iter().map(String::as_str));
        let accepted = |request: &KratosRequest| request.header("accept-language").map(str::to_owned);
        let renderer = PageRenderer::new(theme).with_accept_language(accepted);
        Self(Arc::new(Settings {
            hydra,
            renderer,
            is_https,
            routes: ProviderRoutes::new(),
            provider: None,
            mapping: ClaimMapping::new(),
            claims: None,
            scopes: Vec::new(),
            trusted: Vec::new(),
            remember: RememberConsent::Never,
            two_factors: vec!["aal2".to_owned()],
        }))
    }

    fn with_renderer(
        self,
        change: impl FnOnce(PageRenderer<KratosRequest>) -> PageRenderer<KratosRequest>,
    ) -> Self {
        let renderer = change(self.0.renderer.clone());
        self.with(|settings| settings.renderer = renderer)
    }

    fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }

    /// Sets the paths. Default: [`ProviderRoutes::new`].
    pub fn with_routes(self, routes: ProviderRoutes) -> Self {
        self.with(|settings| settings.routes = routes)
    }

    /// Names the URL at which browsers reach Hydra's public API (`urls.self.public`). The pages need it only for `form-action`
    /// ([`Theme::with_form_targets`]): a logout and a device do not name it. Default: none.
    pub fn with_provider_url(self, public_url: &str) -> Self {
        self.with(|settings| settings.provider = Some(public_url.to_owned()))
    }

    /// Issues the claims that this function returns for the scopes that the user granted. Start with
    /// [`ClaimMapping::claims`] to keep the standard claims. Default: those alone.
    ///
    /// It is called when a consent is given, and when a remembered one is used again; not for a refresh, which the token hook
    /// of Hydra can change ([`TokenHookCall`](crate::TokenHookCall)).
    pub fn with_claims(
        self,
        claims: impl Fn(&Identity, &ConsentRequest, &GrantedScopes) -> Claims + Send + Sync + 'static,
    ) -> Self {
        self.with(|settings| settings.claims = Some(Arc::new(claims)))
    }

    /// Reads the standard claims from these traits, and the name of the account that the consent page shows. Default:
    /// [`ClaimMapping::new`].
    pub fn with_claim_mapping(self, mapping: ClaimMapping) -> Self {
        self.with(|settings| settings.mapping = mapping)
    }

    /// Says what a scope allows, in words for the user. The label `scope.NAME` of the theme's texts precedes it. Default: texts
    /// for the standard scopes, and the name of any other.
    pub fn with_scope(self, name: &str, text: &str) -> Self {
        self.with(|settings| settings.scopes.push((name.to_owned(), text.to_owned())))
    }

    /// Asks no user for consent to this client: one of the application's own. Default: those that Hydra knows as
    /// `skip_consent`.
    pub fn with_trusted_client(self, client_id: &str) -> Self {
        self.with(|settings| settings.trusted.push(client_id.to_owned()))
    }

    /// Sets whether consents are remembered. Default: [`RememberConsent::Never`].
    pub fn with_remember(self, remember: RememberConsent) -> Self {
        self.with(|settings| settings.remember = remember)
    }

    /// Sets the values of `acr_values` that require two factors: a user with one is asked for the second, and returns to the
    /// consent. Default: `aal2`. Kratos sends the methods to Hydra (`amr`) and no `acr`, so that ID tokens name none of these.
    pub fn with_two_factor_acr<'a>(self, values: impl IntoIterator<Item = &'a str>) -> Self {
        self.with(|settings| settings.two_factors = values.into_iter().map(str::to_owned).collect())
    }

    /// Selects a theme by the languages that the client requests (`ui_locales`), in its order of preference. It is asked only
    /// if the client names any, and precedes [`with_theme_for`](Self::with_theme_for). Default: none.
    pub fn with_theme_for_locales(
        self,
        choose: impl Fn(&[String]) -> Option<Theme> + Send + Sync + 'static,
    ) -> Self {
        self.with_renderer(|renderer| renderer.with_theme_for_locales(choose))
    }

    /// Selects a theme by request, for example by language or tenant. Default: the theme of [`new`](Self::new).
    pub fn with_theme_for(
        self,
        choose: impl Fn(&KratosRequest) -> Option<Theme> + Send + Sync + 'static,
    ) -> Self {
        self.with_renderer(|renderer| renderer.with_theme_for(choose))
    }

    /// Selects the language of a page by request: a tag, or a list as in `Accept-Language`. Takes precedence over the client's
    /// `ui_locales` and over `Accept-Language`. Needs a theme with `with_languages` (feature `languages` of kratos-ui). Default:
    /// `None`.
    pub fn with_language_for(
        self,
        choose: impl Fn(&KratosRequest) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.with_renderer(|renderer| renderer.with_language_for(choose))
    }

    /// Changes the content of a page before it is rendered. Default: unchanged.
    pub fn with_view(self, change: impl Fn(&mut View, &KratosRequest) + Send + Sync + 'static) -> Self {
        self.with_renderer(|renderer| renderer.with_view(change))
    }

    /// Returns the paths to mount the pages at.
    pub fn routes(&self) -> &ProviderRoutes {
        &self.0.routes
    }
}

impl std::fmt::Debug for OAuth2Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OAuth2Pages")
            .field("routes", &self.0.routes)
            .field("remember", &self.0.remember)
            .field("trusted", &self.0.trusted)
            .finish_non_exhaustive()
    }
}
