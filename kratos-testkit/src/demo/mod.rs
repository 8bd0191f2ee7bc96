//! What the example applications share: a Kratos to run against, and commands to try.
//!
//! The examples start without any setting; these environment variables change that:
//!
//! | variable | meaning | default |
//! |---|---|---|
//! | `APP_URL` | where browsers reach the application | `http://localhost:PORT` |
//! | `KRATOS_PUBLIC_URL` | a running Kratos, as this process reaches it | a [`TestKratos`] in this process |
//! | `KRATOS_BROWSER_URL` | the same Kratos, as browsers reach it | `KRATOS_PUBLIC_URL` |
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
use crate::error::StartError;
use crate::kratos::TestKratos;
use crate::mailbox::Mail;

/// The Kratos of an example application, and the URLs of both.
///
/// A clone is cheap and shares the Kratos. The Kratos in this process stops with the last clone.
#[derive(Clone, Debug)]
pub struct Demo {
    app_url: String,
    public_url: String,
    browser_url: String,
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
        // localhost rather than 127.0.0.1: passkeys require a name, and a cookie of one host is not sent to the other.
        let app_url = env::var("APP_URL").unwrap_or_else(|_| format!("http://localhost:{port}"));
        let mut demo = match env::var("KRATOS_PUBLIC_URL") {
            Ok(url) => Self::with_kratos(app_url, url),
            Err(_) => Self::in_process(app_url).await?,
        };
        if let Ok(url) = env::var("KRATOS_BROWSER_URL") {
            demo.browser_url = url;
        }
        let further = env::var("FORM_TARGETS").unwrap_or_default();
        demo.form_targets.extend(further.split_whitespace().map(str::to_owned));
        Ok(demo)
    }

    /// Starts a Kratos in this process, for an application that browsers reach at `app_url`. A browser returns to
    /// `/welcome` after a flow without `return_to`.
    ///
    /// # Errors
    ///
    /// Returns an error if `app_url` is not a URL, or if no port of 127.0.0.1 can be bound.
    pub async fn in_process(app_url: impl Into<String>) -> Result<Self, DemoError> {
        let app_url = app_url.into();
        let app = Url::parse(&app_url)
            .map_err(|source| DemoError(Reason::AppUrl { url: app_url.clone(), source }))?;
        let kratos = TestKratosBuilder::default()
            .with_app_url(&app_url)
            .with_allowed_return_url(&app_url)
            .with_default_return_url(format!("{}/welcome", app_url.trim_end_matches('/')));
        // Browsers send cookies to one host name, on any port.
        let kratos = match app.host() {
            Some(Host::Domain("localhost")) => kratos.with_localhost_name(),
            _ => kratos,
        };
        let kratos = kratos.start().await.map_err(|error| DemoError(Reason::Start(error)))?;
        let mut demo = Self::with_kratos(app_url, kratos.public_url());
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

    /// Returns the URL at which browsers reach Kratos' public API.
    #[must_use]
    pub fn browser_url(&self) -> &str {
        &self.browser_url
    }

    /// Returns the origins for the `form-action` of a content security policy: Kratos, the application and
    /// `FORM_TARGETS`. A browser blocks a form that redirects to any other origin, such as a single sign-on provider's.
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
