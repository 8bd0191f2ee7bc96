//! What a request uses of a [`Kratos`].

use std::sync::Arc;

use super::{Kratos, RejectedRequest, sites::Site};
use crate::{
    adapter::{HeaderLookup, LazySession, RequestSession},
    client::Client,
    credential::CredentialReader,
    links::{Links, Origins},
    policy::{GuardResponse, RequestView},
    request::Rejection,
    resolve::SessionResolver,
};

impl Kratos {
    /// Whether both are clones of one value: replicas of a thread share its settings.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0.config, &other.0.config)
    }

    /// Returns the session of a request with these headers. Nothing is resolved until it is needed.
    #[must_use]
    pub fn request(&self, headers: &impl HeaderLookup) -> RequestSession {
        self.lazy_session().read(headers).clone()
    }

    /// Returns the session that a layer inserts into a request: its headers are read by whatever needs it first.
    #[must_use]
    pub fn lazy_session(&self) -> LazySession {
        LazySession::new(self.for_this_thread())
    }

    /// Derives a key from the secret of [`with_secret`](Self::with_secret), for this purpose alone (HKDF-SHA-256): equal
    /// purposes give equal keys, and no key says anything about another. For crates built on this one.
    #[must_use]
    pub fn derived_key(&self, purpose: impl AsRef<[u8]>) -> [u8; 32] {
        // Apart from the purposes of this crate, whose names begin otherwise.
        self.0.config.secret.derived([b"derived key, 1: ", purpose.as_ref()].concat())
    }

    /// The client of calls that requests cause.
    pub(crate) fn pages(&self) -> Option<&Client> {
        self.0.parts.pages.as_ref()
    }

    pub(crate) fn credentials(&self) -> &CredentialReader {
        &self.0.config.credentials
    }

    pub(crate) fn resolver(&self) -> &dyn SessionResolver {
        &*self.0.parts.resolver
    }

    pub(crate) fn render<H: HeaderLookup>(
        &self,
        mut response: GuardResponse,
        request: &RequestView<'_, H>,
    ) -> Rejection {
        if let Some(render) = &self.0.config.render {
            render(&mut response, &RejectedRequest::of(request));
        }
        response.into()
    }

    pub(crate) fn checks_origin(&self) -> bool {
        self.0.config.origin_check
    }

    /// The links of [`with_app`](Self::with_app).
    pub(crate) fn links(&self) -> Option<&Links> {
        self.0.config.sites.first()?.links.as_ref()
    }

    /// The links within the host that a request names, if that is configured; otherwise those of `with_app`.
    pub(crate) fn links_for<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> Option<&Links> {
        self.site_for(request)?.links.as_ref()
    }

    /// The origins of the host that a request names.
    pub(crate) fn origins_for<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> Option<&Origins> {
        self.site_for(request).map(|site| &site.origins)
    }

    fn site_for<H: HeaderLookup>(&self, request: &RequestView<'_, H>) -> Option<&Site> {
        match &*self.0.config.sites {
            [] => None,
            [only] => Some(only),
            [first, ..] => {
                let host = request.host().unwrap_or_default();
                let named = self.0.config.sites.iter().find(|site| site.origins.app().has_host(host));
                Some(named.unwrap_or(first))
            }
        }
    }
}
