//! What the example applications share: a Kratos to run against, and commands to try.
//!
//! The examples start without any setting; these environment variables change that:
//!
//! | variable | meaning | default |
//! |---|---|---|
//! | `APP_URL` | where browsers reach the application | `http://localhost:PORT` |
//! | `KRATOS_PUBLIC_URL` | a running Kratos, as this process reaches it | a [`TestKratos`] in this process |
//! | `KRATOS_BROWSER_URL` | the same Kratos, as browsers reach it | `KRATOS_PUBLIC_URL`, or the application's gateway |
//! | `KRATOS_ADMIN_URL` | the admin API of a running Kratos, with its path `/admin` since 0.9 left out | none |
//! | `FORM_TARGETS` | further origins that forms redirect to, separated by spaces | none |
//!
//! Requires the feature `demo`. This module is for demos only: it creates users and prints their sessions.

mod commands;
mod register;

use std::env;
use std::sync::Arc;

use thiserror::Error;
use url::{Host, Url};

use crate::builder::TestKratosBuilder;
use crate::config::Methods;
use crate::error::StartError;
use crate::kratos::TestKratos;
use crate::mailbox::Mail;

/// Where an application with a gateway mounts it.
const GATEWAY: &str = "/.ory/kratos";

/// The Kratos of an example application, and the URLs of both.
///
/// A clone is cheap and shares the Kratos. The Kratos in this process stops with the last clone.
#[derive(Clone, Debug)]
pub struct Demo {
    app_url: String,
    public_url: String,
    browser_url: String,
    admin_url: Option<String>,
    form_targets: Vec<String>,
    in_process: Option<Arc<TestKratos>>,
}

/// The demo could not start: `APP_URL` is not a URL, or no port of 127.0.0.1 can be bound.
#[derive(Debug, Error)]
#[error(transparent)]
pub struct DemoError(Reason);

#[derive(Debug, Error)]
enum Reason {
    #[error("the application's URL {url:?} (APP_URL) is not a URL")]
    AppUrl { url: String, source: url::ParseError },
    #[error(transparent)]
    Start(#[from] StartError),
}

impl Demo {
    /// Starts what the environment asks for (see the [module](self)). `port` is the application's.
    ///
    /// # Errors
    ///
    /// Returns an error if `APP_URL` is not a URL, or if the Kratos in this process cannot start.
    pub async fn from_env(port: u16) -> Result<Self, DemoError> {
        Self::of_env(port, None).await
    }

    /// As [`from_env`](Self::from_env), for an application that serves Kratos' public API itself, at `/.ory/kratos`: that is
    /// the base URL of the Kratos in this process, and the default of `KRATOS_BROWSER_URL`.
    ///
    /// # Errors
    ///
    /// As [`from_env`](Self::from_env).
    pub async fn from_env_with_gateway(port: u16) -> Result<Self, DemoError> {
        Self::of_env(port, Some(GATEWAY)).await
    }

    async fn of_env(port: u16, gateway: Option<&str>) -> Result<Self, DemoError> {
        // localhost rather than 127.0.0.1: passkeys require a name, and a cookie of one host is not sent to the other.
        let app_url = env::var("APP_URL").unwrap_or_else(|_| format!("http://localhost:{port}"));
        let base_url = gateway.map(|path| format!("{}{path}", app_url.trim_end_matches('/')));
        let mut demo = match env::var("KRATOS_PUBLIC_URL") {
            Ok(url) => Self::with_kratos(app_url, url),
            Err(_) => Self::start(app_url, base_url.as_deref()).await?,
        };
        demo.browser_url = base_url.unwrap_or(demo.browser_url);
        if let Ok(url) = env::var("KRATOS_BROWSER_URL") {
            demo.browser_url = url;
        }
        demo.admin_url = env::var("KRATOS_ADMIN_URL").ok().or(demo.admin_url);
        let further = env::var("FORM_TARGETS").unwrap_or_default();
        demo.form_targets.extend(further.split_whitespace().map(str::to_owned));
        Ok(demo)
    }

    /// Starts a Kratos in this process, for an application that browsers reach at `app_url`. It offers passkeys,
    /// security keys and single sign-on by a [`TestSsoProvider`](crate::TestSsoProvider). A browser returns to
    /// `/welcome` after a flow without `return_to`.
    ///
    /// # Errors
    ///
    /// Returns an error if `app_url` is not a URL, or if no port of 127.0.0.1 can be bound.
    pub async fn in_process(app_url: impl Into<String>) -> Result<Self, DemoError> {
        Self::start(app_url.into(), None).await
    }

    async fn start(app_url: String, base_url: Option<&str>) -> Result<Self, DemoError> {
        let app = Url::parse(&app_url)
            .map_err(|source| DemoError(Reason::AppUrl { url: app_url.clone(), source }))?;
        let kratos = TestKratosBuilder::default()
            .with_app_url(&app_url)
            .with_allowed_return_url(&app_url)
            .with_default_return_url(format!("{}/welcome", app_url.trim_end_matches('/')))
            .with_methods(Methods {
                passkey: true,
                webauthn: true,
                provider: Some(("testkit".into(), "the test provider".into())),
                ..Methods::default()
            });
        // Browsers send cookies to one host name, on any port.
        let kratos = match app.host() {
            Some(Host::Domain("localhost")) => kratos.with_localhost_name(),
            _ => kratos,
        };
        let kratos = base_url.into_iter().fold(kratos, TestKratosBuilder::with_base_url);
        let kratos = kratos.start().await.map_err(|error| DemoError(Reason::Start(error)))?;
        let mut demo = Self::with_kratos(app_url, kratos.public_url());
        demo.form_targets.extend(kratos.sso_url().map(str::to_owned));
        demo.admin_url = Some(kratos.admin_url().to_owned());
        demo.in_process = Some(Arc::new(kratos));
        Ok(demo)
    }

    /// Uses a running Kratos of any supported release. Sends no request.
    #[must_use]
    pub fn with_kratos(app_url: impl Into<String>, public_url: impl Into<String>) -> Self {
        let public_url = public_url.into();
        Self {
            app_url: app_url.into(),
            browser_url: public_url.clone(),
            public_url,
            admin_url: None,
            form_targets: Vec::new(),
            in_process: None,
        }
    }

    /// Returns the URL at which browsers reach the application.
    #[must_use]
    pub fn app_url(&self) -> &str {
        &self.app_url
    }

    /// Returns the URL at which this process reaches Kratos' public API.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// Returns the URL at which this process reaches Kratos' admin API. `None` for a running Kratos unless `KRATOS_ADMIN_URL` is set.
    #[must_use]
    pub fn admin_url(&self) -> Option<&str> {
        self.admin_url.as_deref()
    }

    /// Returns the URL at which browsers reach Kratos' public API.
    #[must_use]
    pub fn browser_url(&self) -> &str {
        &self.browser_url
    }

    /// Returns the origins for the `form-action` of a content security policy: Kratos, the application, the single sign-on
    /// provider of the Kratos in this process, and `FORM_TARGETS`. A browser blocks a form that redirects to any other origin, such as a single sign-on provider's.
    pub fn form_targets(&self) -> impl Iterator<Item = &str> {
        let further = self.form_targets.iter().map(String::as_str);
        [self.browser_url.as_str(), self.app_url.as_str()].into_iter().chain(further)
    }

    /// Returns the mail of the Kratos in this process, newest first. Returns `None` for a running Kratos, whose mail its
    /// courier delivers.
    #[must_use]
    pub fn mails(&self) -> Option<Vec<Mail>> {
        self.in_process.as_ref().map(|kratos| kratos.mails().into_iter().rev().collect())
    }
}
