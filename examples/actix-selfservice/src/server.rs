//! The Kratos behind the application: one inside the process, or a real one.

use std::{env, error::Error, sync::Arc};

use kratos_testkit::{Mail, TestKratos};
use url::Url;

/// Where everything is. The environment says it; without it, a Kratos starts inside the process.
#[derive(Clone)]
pub struct Server {
    /// Where browsers reach this application (`APP_URL`).
    pub app_url: String,
    /// Where this process reaches Kratos' public API (`KRATOS_PUBLIC_URL`).
    pub kratos_url: String,
    /// Where browsers reach it (`KRATOS_BROWSER_URL`).
    pub kratos_browser_url: String,
    /// Where forms may lead besides Kratos and this application: providers of single sign-on (`FORM_TARGETS`).
    pub form_targets: Vec<String>,
    inside: Option<Arc<TestKratos>>,
}

impl Server {
    /// `port` is the one that the application listens on.
    pub async fn from_env(port: u16) -> Result<Self, Box<dyn Error>> {
        // Not 127.0.0.1: for cookies it is another host than localhost, and passkeys need a name.
        let app_url = env::var("APP_URL").unwrap_or_else(|_| format!("http://localhost:{port}"));
        let (kratos_url, inside) = match env::var("KRATOS_PUBLIC_URL") {
            Ok(url) => (url, None),
            Err(_) => {
                let kratos = inside_this_process(&app_url).await?;
                (kratos.public_url().to_owned(), Some(Arc::new(kratos)))
            }
        };
        let kratos_browser_url = env::var("KRATOS_BROWSER_URL").unwrap_or_else(|_| kratos_url.clone());
        let form_targets = env::var("FORM_TARGETS").unwrap_or_default();
        let form_targets = form_targets.split_whitespace().map(str::to_owned).collect();
        Ok(Self { app_url, kratos_url, kratos_browser_url, form_targets, inside })
    }

    /// What the Kratos inside the process has sent, newest first; `None` for a real one, whose mail goes elsewhere.
    pub fn mails(&self) -> Option<Vec<Mail>> {
        self.inside.as_ref().map(|kratos| kratos.mails().into_iter().rev().collect())
    }
}

/// A Kratos for demos. It has no passkeys and no single sign-on; a real one does.
async fn inside_this_process(app_url: &str) -> Result<TestKratos, Box<dyn Error>> {
    let kratos = TestKratos::builder()
        .with_app_url(app_url)
        .with_allowed_return_url(app_url)
        .with_default_return_url(format!("{}/welcome", app_url.trim_end_matches('/')));
    // Cookies do not care for ports, but for hosts.
    let is_localhost = Url::parse(app_url)?.host_str() == Some("localhost");
    let kratos = if is_localhost { kratos.with_localhost_name() } else { kratos };
    Ok(kratos.start().await?)
}
