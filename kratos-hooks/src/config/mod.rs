//! The other side: the configuration of Kratos that fits the handlers.

mod jsonnet;
mod yaml;

use kratos_model::SecretText;
use url::Url;

pub use jsonnet::jsonnet;

use crate::{
    AnswersHook, HookAuth, HookConfigError,
    answer::ResponseMode,
    event::{self, HookEvent, HookTime},
};

/// A web hook's route: the event, and how Kratos reads the answer, as the handler's answer says.
#[derive(Clone, Debug)]
#[must_use = "pass it to `HookConfig::with_web_hook`"]
pub struct WebHook {
    event: String,
    flow: &'static str,
    time: HookTime,
    mode: ResponseMode,
    path: String,
    method: Option<String>,
    has_analytics: bool,
}

impl WebHook {
    /// Describes the route `path` whose handler answers `A`, for example
    /// `WebHook::answered_by::<HookAnswer<AfterRegistration>>("/hooks/registration")`.
    pub fn answered_by<A: AnswersHook>(path: impl Into<String>) -> Self {
        Self {
            event: event::name_of::<A::Event>(),
            flow: jsonnet::flow_name::<A::Event>(),
            time: <A::Event as HookEvent>::TIME,
            mode: A::MODE,
            path: path.into(),
            method: None,
            has_analytics: true,
        }
    }

    /// Limits the hook to one method of an after hook, such as `password`. By default it is in the list for all methods,
    /// which Kratos uses for a method only if that has no list of its own.
    pub fn with_method(mut self, method: impl Into<String>) -> Self {
        self.method = Some(method.into()).filter(|_| self.time == HookTime::After);
        self
    }

    /// Sets `emit_analytics_event: false`. Kratos then sends no ids, and a retry cannot be recognised.
    pub fn without_analytics(mut self) -> Self {
        self.has_analytics = false;
        self
    }
}

/// The configuration of Kratos that fits the handlers mounted, as a fragment of `kratos.yml`.
///
/// ```
/// use kratos_hooks::{AfterRegistration, HookAnswer, HookAuth, HookConfig, WebHook};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let auth = HookAuth::api_key_header("X-Hook-Key", "sixteen-characters-or-more")?;
/// let config = HookConfig::new("https://app.example.org", &auth)?
///     .with_web_hook(WebHook::answered_by::<HookAnswer<AfterRegistration>>("/hooks/registration"));
/// assert!(config.yaml().contains("parse: true"));
/// assert!(!config.yaml().contains("sixteen-characters-or-more"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct HookConfig {
    base: Url,
    auth: HookAuth,
    hooks: Vec<WebHook>,
    migration: Option<String>,
    courier: Option<String>,
}

impl HookConfig {
    /// Describes hooks below `app_url`: the URL at which **Kratos** reaches the application, which is often an internal one.
    ///
    /// # Errors
    /// Returns an error if it is not an http or https URL, or has a query or fragment.
    pub fn new(app_url: &str, auth: &HookAuth) -> Result<Self, HookConfigError> {
        let base = Url::parse(app_url).map_err(|_| HookConfigError::URL)?;
        let fits = matches!(base.scheme(), "http" | "https")
            && base.query().is_none()
            && base.fragment().is_none()
            && base.username().is_empty()
            && base.password().is_none();
        if !fits {
            return Err(HookConfigError::URL);
        }
        Ok(Self { base, auth: auth.clone(), hooks: Vec::new(), migration: None, courier: None })
    }

    /// Adds a web hook.
    pub fn with_web_hook(mut self, hook: WebHook) -> Self {
        self.hooks.push(hook);
        self
    }

    /// Adds the password migration hook at this path (1.3 and later).
    pub fn with_password_migration(mut self, path: impl Into<String>) -> Self {
        self.migration = Some(path.into());
        self
    }

    /// Adds the courier by HTTP at this path (1.0 and later): Kratos then sends no mail itself.
    pub fn with_courier(mut self, path: impl Into<String>) -> Self {
        self.courier = Some(path.into());
        self
    }

    /// Returns the fragment, with a placeholder for the key.
    #[must_use]
    pub fn yaml(&self) -> String {
        yaml::print(self, "REPLACE_WITH_THE_HOOK_KEY")
    }

    /// Returns the fragment with the key in it: for a file that Kratos alone may read.
    #[must_use]
    pub fn yaml_with_key(&self) -> SecretText {
        SecretText::new(yaml::print(self, self.auth.first_key()))
    }

    fn url(&self, path: &str) -> String {
        let mut url = self.base.clone();
        let joined = format!("{}/{}", url.path().trim_end_matches('/'), path.trim_start_matches('/'));
        url.set_path(&joined);
        url.into()
    }
}
