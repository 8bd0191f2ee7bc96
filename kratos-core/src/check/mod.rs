//! What a configured Kratos looks like from here, and what to change when it cannot work.
//!
//! [`Check`] asks the server what anybody may ask and compares the answers with the configuration of the
//! application. Run it once at the start, or from a command line (`cargo run -p kratos-core --example check`).

mod admin;
mod cookies;
mod flow;
mod public;
mod report;

use std::time::Duration;

use http::Method;
use url::Url;

use crate::{
    client::Client,
    links::Links,
    transport::{BaseUrl, ConfigError, Reply, Transport, TransportFailure},
};

pub use crate::diagnosis::{Finding, Topic, Verdict};
pub use report::Report;

/// Asks a Kratos how it is set up.
///
/// About ten requests, all `GET`, none with a credential; three of them start a login flow, each a row in Kratos' flow
/// table that expires.
///
/// ```no_run
/// use kratos_core::{check::Check, policy::Links};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let links = Links::new("https://app.example.org", "https://auth.example.org")?;
/// let report = Check::new("http://kratos:4433")?.with_links(&links).run().await;
/// report.log();
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
    /// Checks the Kratos whose public API is at `public_url`, as this process reaches it.
    ///
    /// # Errors
    /// When the URL is not an absolute `http(s)` URL, or TLS cannot be set up.
    pub fn new(public_url: &str) -> Result<Self, ConfigError> {
        let public = BaseUrl::parse(public_url, "Kratos' public URL")?;
        let client = Client::new(public_url)?;
        Ok(Self { public, admin: None, links: None, client, transport: Transport::new()? })
    }

    /// A check that shares a connection pool.
    pub(crate) fn from_parts(public: BaseUrl, transport: Transport, links: Option<Links>) -> Self {
        let client = Client::from_parts(public.clone(), transport.clone());
        Self { public, admin: None, links, client, transport }
    }

    /// Also checks that browsers, application and Kratos fit together. Default: not checked, and the report says so.
    #[must_use]
    pub fn with_links(mut self, links: &Links) -> Self {
        self.links = Some(links.clone());
        self
    }

    /// Also checks the admin API, which tells the release. Default: not checked; the era is told all the same.
    ///
    /// # Errors
    /// When the URL is not an absolute `http(s)` URL.
    pub fn with_admin_url(mut self, admin_url: &str) -> Result<Self, ConfigError> {
        self.admin = Some(BaseUrl::parse(admin_url, "Kratos' admin URL")?);
        Ok(self)
    }

    /// How long one request may take in all. Default 3 s.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.client = self.client.with_timeout(timeout);
        self.transport = self.transport.with_timeout(timeout);
        self
    }

    /// Asks. A server that cannot be reached is a finding, not an error.
    pub async fn run(&self) -> Report {
        let mut report = Report::default();
        if public::check(self, &mut report).await.is_some() {
            flow::check(self, &mut report).await;
        }
        if let Some(admin) = &self.admin {
            admin::check(self, admin, &mut report).await;
        }
        report
    }

    async fn get(&self, base: &BaseUrl, path: &str) -> Result<Reply, TransportFailure> {
        self.send(self.transport.request(Method::GET, base.join(path))).await
    }

    /// As a browser asks, which Kratos answers with redirects.
    async fn visit(&self, url: Url) -> Result<Reply, TransportFailure> {
        self.send(self.transport.page_request(url)).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Result<Reply, TransportFailure> {
        self.transport.send(request).await
    }
}
