//! The URLs of application and Kratos, as browsers reach them.

use crate::{
    links::{Links, Origins},
    transport::{BaseUrl, ConfigError},
};

/// The configured URLs, before they are put together.
#[derive(Clone, Debug, Default)]
pub(super) struct Pages {
    pub(super) apps: Vec<BaseUrl>,
    pub(super) kratos: Option<BaseUrl>,
    pub(super) login: Option<String>,
    pub(super) settings: Option<String>,
    pub(super) verification: Option<String>,
    pub(super) home: Option<String>,
    pub(super) trusted: Vec<String>,
}

/// One URL of the application, put together.
#[derive(Clone, Debug)]
pub(super) struct Site {
    pub(super) origins: Origins,
    pub(super) links: Option<Links>,
}

impl Pages {
    /// Puts the URLs together, in whatever order they were set. `upstream` is Kratos' URL unless browsers have another.
    pub(super) fn sites(
        &self,
        upstream: Option<&BaseUrl>,
        hop_key: [u64; 2],
    ) -> Result<Vec<Site>, ConfigError> {
        self.apps.iter().map(|app| self.site(app, self.kratos.as_ref().or(upstream), hop_key)).collect()
    }

    fn site(&self, app: &BaseUrl, kratos: Option<&BaseUrl>, hop_key: [u64; 2]) -> Result<Site, ConfigError> {
        let mut origins = Origins::new(app.clone());
        for origin in &self.trusted {
            origins.trust(origin)?;
        }
        let Some(kratos) = kratos else { return Ok(Site { origins, links: None }) };
        let mut links = Links::of(origins.clone(), kratos.clone()).with_hop_key(hop_key);
        if let Some(page) = &self.login {
            links = links.with_login_page(page)?;
        }
        if let Some(page) = &self.settings {
            links = links.with_settings_page(page)?;
        }
        if let Some(page) = &self.verification {
            links = links.with_verification_page(page)?;
        }
        if let Some(page) = &self.home {
            links = links.with_home_page(page)?;
        }
        Ok(Site { origins, links: Some(links) })
    }
}
