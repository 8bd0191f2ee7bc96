//! Checks the configuration of Kratos and the application, and names what to change.
//!
//! [`Kratos::check`](crate::Kratos::check) sends requests without a credential and compares the responses with the
//! configuration of the application. Run it once at startup, or from a command line
//! (`cargo run -p kratos-core --example check`).

mod admin;
mod cookies;
mod flow;
mod public;
mod report;
mod schemas;

use std::time::Duration;

use http::Method;
use url::Url;

use crate::{
    client::{Client, Era},
    diagnosis::ports::Port,
    links::Links,
    transport::{BaseUrl, ConfigError, Reply, Transport, TransportFailure},
};

pub use crate::diagnosis::{Finding, Topic, Verdict};
pub use report::Report;

/// The default timeout of one request.
const TIMEOUT: Duration = Duration::from_secs(3);

/// A check of a Kratos server. Created by [`Kratos::check`](crate::Kratos::check).
///
/// Sends about a dozen `GET` requests without a credential, one after the other. Three of them create a login flow, which
/// expires.
///
/// ```no_run
/// use kratos_core::Kratos;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let kratos = Kratos::new("http://kratos:4433")?
///     .with_app("https://app.example.org")?
///     .with_browser_url("https://auth.example.org")?;
/// let report = kratos.check()?.log().await;
/// assert!(report.is_usable(), "{report}");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Check {
    public: BaseUrl,
    admin: Option<BaseUrl>,
    links: Option<Links>,
    client: Client,
    transport: Transport,
}

impl Check {
    /// Creates a check on an existing connection pool. The timeout of `transport` is replaced by the default of a check.
    /// Cookies and redirects are checked with `links` only; without them the report has a warning.
    pub(crate) fn from_parts(public: BaseUrl, transport: Transport, links: Option<Links>, era: Era) -> Self {
        let client = Client::from_parts(public.clone(), transport.clone()).with_era(era);
        Self { public, admin: None, links, client, transport }.with_timeout(TIMEOUT)
    }

    /// Also checks the admin API, which returns the release. Default: not checked. The era is detected without it.
    ///
    /// # Errors
    /// Returns an error if the URL is not an absolute `http(s)` URL.
    pub fn with_admin_url(mut self, admin_url: &str) -> Result<Self, ConfigError> {
        self.admin = Some(BaseUrl::parse(admin_url, Port::Admin.url_name())?);
        Ok(self)
    }

    /// Sets the timeout of one request. Default: 3 s.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.client = self.client.with_timeout(timeout);
        self.transport = self.transport.with_timeout(timeout);
        self
    }

    /// Runs the check. An unreachable server is a finding, not an error.
    pub async fn run(&self) -> Report {
        let mut report = Report::default();
        if public::check(self, &mut report).await.is_some() {
            flow::check(self, &mut report).await;
            schemas::check(self, &mut report).await;
        }
        if let Some(admin) = &self.admin {
            admin::check(self, admin, &mut report).await;
        }
        report
    }

    /// Runs the check and logs each finding (target `kratos`): problems as errors, warnings as warnings, the rest as
    /// information.
    pub async fn log(&self) -> Report {
        let report = self.run().await;
        report.findings().iter().for_each(Finding::log);
        report
    }

    async fn get(&self, base: &BaseUrl, path: &str) -> Result<Reply, TransportFailure> {
        self.send(self.transport.request(Method::GET, base.join(path))).await
    }

    /// Sends a page navigation, which Kratos answers with a redirect.
    async fn visit(&self, url: Url) -> Result<Reply, TransportFailure> {
        self.send(self.transport.page_request(url)).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Result<Reply, TransportFailure> {
        self.transport.send(request).await
    }
}
