//! How an application finds sessions, and the session of one request.

mod jwt;
mod lazy;
mod request;
mod response_headers;

use std::sync::Arc;

use crate::{
    client::Client,
    credential::{CredentialReader, HeaderLookup},
    diagnosis::{Finding, hosts},
    policy::{GuardResponse, Links},
    resolve::SessionResolver,
    tokenize::SessionTokenizer,
};

pub use lazy::LazySession;
pub use request::RequestSession;
pub use response_headers::{ResponseHeaders, ResponseHeadersIter};

/// How sessions are found: who is asked, which credentials count, where people are led. Cheap to clone.
///
/// Layers and middleware take it, or a bare [`SessionResolver`] when the defaults will do.
#[derive(Clone)]
pub struct Kratos(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    resolver: Arc<dyn SessionResolver>,
    credentials: CredentialReader,
    links: Option<Links>,
    rendering: Option<Rendering>,
    client: Option<Client>,
    exchange: Option<SessionTokenizer>,
    origin_check: bool,
}

type Rendering = Arc<dyn Fn(&mut GuardResponse) + Send + Sync>;

impl Kratos {
    /// Sessions of this resolver, with the default [`CredentialReader`] and no [`Links`]: nobody is redirected.
    #[must_use]
    pub fn from_resolver(resolver: impl SessionResolver + 'static) -> Self {
        let credentials = CredentialReader::default();
        Self(Arc::new(Inner {
            resolver: Arc::new(resolver),
            credentials,
            links: None,
            rendering: None,
            client: None,
            exchange: None,
            origin_check: false,
        }))
    }

    /// Which credentials count. Default: [`CredentialReader::default`].
    #[must_use]
    pub fn with_credentials(mut self, credentials: CredentialReader) -> Self {
        Arc::make_mut(&mut self.0).credentials = credentials;
        self
    }

    /// Where people are led to sign in, step up and enrol. Default: nowhere; pages get a status too.
    ///
    /// Hosts that no cookie can be shared by are logged (target `kratos`), with what to change.
    #[must_use]
    pub fn with_links(mut self, links: Links) -> Self {
        hosts::configured(&links).iter().for_each(Finding::log_once);
        Arc::make_mut(&mut self.0).links = Some(links);
        self
    }

    /// Changes every answer that is sent instead of calling a handler: gives it a body of yours, for example an
    /// HTML page when [`GuardResponse::audience`] is [`Page`](crate::policy::Audience::Page). Default: an empty body for
    /// redirects, and an error in Kratos' JSON shape for the rest.
    #[must_use]
    pub fn with_rejection_response(
        mut self,
        rendering: impl Fn(&mut GuardResponse) + Send + Sync + 'static,
    ) -> Self {
        Arc::make_mut(&mut self.0).rendering = Some(Arc::new(rendering));
        self
    }

    /// The client that self-service pages read their flows with and sign out by. Default: none; needed only for
    /// [`RequestSession::flow`], [`RequestSession::flow_error`] and [`RequestSession::logout`].
    #[must_use]
    pub fn with_client(mut self, client: Client) -> Self {
        Arc::make_mut(&mut self.0).client = Some(client);
        self
    }

    /// Who exchanges sessions for tokens. Default: nobody; needed only for [`RequestSession::token`].
    #[must_use]
    pub fn with_tokenizer(mut self, exchange: SessionTokenizer) -> Self {
        Arc::make_mut(&mut self.0).exchange = Some(exchange);
        self
    }

    /// Refuses unsafe requests (every method but GET, HEAD, OPTIONS and TRACE, and WebSocket handshakes) that another
    /// site made the browser send with its session cookie: 403 with `security_csrf_violation`, and Kratos is not
    /// asked. Wherever the session is required, extracted or optional; a handler that never asks for the session
    /// is not guarded. Default: off. Switch it on for every application whose users have cookies.
    ///
    /// `Sec-Fetch-Site` tells, and `Origin` where a browser does not send it: it has to be the origin of the
    /// application's URL in [`Links`], or one of [`Links::with_trusted_origin`]; `Host` counts for nothing. Requests
    /// with a token, and with neither header (no browser), are let through. A sibling domain is another site too.
    /// Without [`Links`] every unsafe request with a cookie is answered 500.
    #[must_use]
    pub fn with_origin_check(mut self) -> Self {
        Arc::make_mut(&mut self.0).origin_check = true;
        self
    }

    /// The session of a request with these headers. Nobody is asked until something needs it.
    #[must_use]
    pub fn request(&self, headers: &impl HeaderLookup) -> RequestSession {
        self.pending().read(headers).clone()
    }

    /// The same for a layer, which has the headers in passing only: whoever asks first brings them.
    #[must_use]
    pub fn pending(&self) -> LazySession {
        LazySession::new(self.clone())
    }

    pub(crate) fn credentials(&self) -> &CredentialReader {
        &self.0.credentials
    }

    pub(crate) fn resolver(&self) -> &dyn SessionResolver {
        &*self.0.resolver
    }

    pub(crate) fn client(&self) -> Option<&Client> {
        self.0.client.as_ref()
    }

    pub(crate) fn exchange(&self) -> Option<&SessionTokenizer> {
        self.0.exchange.as_ref()
    }

    pub(crate) fn render(&self, mut answer: GuardResponse) -> GuardResponse {
        if let Some(rendering) = &self.0.rendering {
            rendering(&mut answer);
        }
        answer
    }

    pub(crate) fn checks_origin(&self) -> bool {
        self.0.origin_check
    }

    pub(crate) fn links(&self) -> Option<&Links> {
        self.0.links.as_ref()
    }
}

impl<R: SessionResolver + 'static> From<R> for Kratos {
    fn from(resolver: R) -> Self {
        Self::from_resolver(resolver)
    }
}

impl std::fmt::Debug for Kratos {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Inner { credentials, links, .. } = &*self.0;
        f.debug_struct("Sessions")
            .field("credentials", credentials)
            .field("links", links)
            .finish_non_exhaustive()
    }
}
