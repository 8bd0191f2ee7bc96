//! The settings of a server, and its start.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use serde_json::Value;

use crate::clock::Clock;
use crate::config::{Config, LoginStyle, Methods, Proof, RequiredAal, TestRelease, person};
use crate::error::StartError;
use crate::exchange::Port;
use crate::fault::Faults;
use crate::hooks::{Calls, Courier, TestHook};
use crate::hydra::{ProviderLink, TestHydra};
use crate::journal::Journal;
use crate::kratos::TestKratos;
use crate::schema::Schema;
use crate::serve;
use crate::service::TestKratosService;
use crate::sso::TestSsoProvider;
use crate::world::World;
use crate::world::flow::FlowKind;
use crate::world::sign_on::Provider;

/// The settings of a server, made by [`TestKratos::builder`].
///
/// Defaults are those of Kratos 26.2.0, except that a registration creates a session (Kratos' `session` hook)
/// and that a session can be extended at any time.
#[derive(Clone, Debug)]
#[must_use = "call `start` to start the server"]
pub struct TestKratosBuilder {
    pub(crate) config: Config,
    schemas: BTreeMap<String, Value>,
    ports: (u16, u16),
    sso_port: u16,
    host: &'static str,
    base_url: Option<String>,
    provider: Option<ProviderLink>,
}

impl Default for TestKratosBuilder {
    fn default() -> Self {
        let schemas = BTreeMap::from([("person".to_owned(), person())]);
        Self {
            config: Config::new(),
            schemas,
            ports: (0, 0),
            sso_port: 0,
            host: "127.0.0.1",
            base_url: None,
            provider: None,
        }
    }
}

impl TestKratos {
    /// Starts a server with the default settings of [`TestKratosBuilder`] on two free ports.
    ///
    /// # Errors
    ///
    /// Returns an error if no port of 127.0.0.1 can be bound.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Returns the settings of a server that [`TestKratosBuilder::start`] starts.
    pub fn builder() -> TestKratosBuilder {
        TestKratosBuilder::default()
    }
}

impl TestKratosBuilder {
    /// Adds an identity schema under an id, in place of the built-in one. The first one added is the default of
    /// new identities. It is a JSON Schema with Kratos' `ory.sh/kratos` extension, validated when the server
    /// starts.
    pub fn with_schema(mut self, id: impl Into<String>, schema: Value) -> Self {
        let id = id.into();
        if self.schemas.contains_key("person") && self.config.default_schema == "person" && id != "person" {
            self.schemas.clear();
            self.config.default_schema.clone_from(&id);
        }
        self.schemas.insert(id, schema);
        self
    }

    /// Sets the release whose behaviour the server has; [`TestRelease::V26_2`] by default.
    pub fn with_release(mut self, release: TestRelease) -> Self {
        self.config.release = release;
        self
    }

    /// Sets `selfservice.flows.logout.clear_browser_data` of [`TestRelease::Latest`]: a logout over https answers with
    /// `Clear-Site-Data`. Off by default.
    pub fn with_clear_browser_data(mut self) -> Self {
        self.config.clear_browser_data = true;
        self
    }

    /// Configures the hook `verify_new_address` of [`TestRelease::Latest`], after a change of the profile: a new address is
    /// stored once it is verified. Until then the change is parked. Off by default.
    pub fn with_verified_address_changes(mut self) -> Self {
        self.config.parks_address_changes = true;
        self
    }

    /// Sets the enabled methods.
    pub fn with_methods(mut self, methods: Methods) -> Self {
        self.config.methods = methods;
        self
    }

    /// Sets `selfservice.flows.login.style`; [`LoginStyle::Unified`] by default.
    pub fn with_login_style(mut self, style: LoginStyle) -> Self {
        self.config.login_style = style;
        self
    }

    /// Sets `enable_legacy_one_step`: registration asks for traits and credentials in one form. Two steps by
    /// default.
    pub fn with_one_step_registration(mut self) -> Self {
        self.config.one_step = true;
        self
    }

    /// Removes the `session` hook: registration creates no session.
    pub fn without_session_after_registration(mut self) -> Self {
        self.config.session_after_registration = false;
        self
    }

    /// Adds the hook `show_verification_ui` to registration: browsers go to the verification of a new address first. An OAuth2
    /// login goes on after it, if registration creates a session. Off by default.
    pub fn with_verification_page_after_registration(mut self) -> Self {
        self.config.verification_page_after_registration = true;
        self
    }

    /// Sets `selfservice.flows.recovery.use`; codes by default.
    pub fn with_recovery_by(mut self, proof: Proof) -> Self {
        self.config.recovery_by = proof;
        self
    }

    /// Sets `selfservice.flows.verification.use`; codes by default.
    pub fn with_verification_by(mut self, proof: Proof) -> Self {
        self.config.verification_by = proof;
        self
    }

    /// Sets `session.lifespan`; 24 hours by default.
    pub fn with_session_lifespan(mut self, lifespan: Duration) -> Self {
        self.config.session_lifespan = lifespan;
        self
    }

    /// Sets `session.earliest_possible_extend`: how long before its expiry a session can be extended. The whole
    /// lifespan by default, so at any time.
    pub fn with_earliest_possible_extend(mut self, before: Duration) -> Self {
        self.config.earliest_extend = Some(before);
        self
    }

    /// Sets `session.whoami.required_aal`; `highest_available` by default.
    pub fn with_whoami_required_aal(mut self, aal: RequiredAal) -> Self {
        self.config.whoami_aal = aal;
        self
    }

    /// Sets `selfservice.flows.settings.required_aal`; `highest_available` by default.
    pub fn with_settings_required_aal(mut self, aal: RequiredAal) -> Self {
        self.config.settings_aal = aal;
        self
    }

    /// Sets `privileged_session_max_age`: how long after authentication a session may change passwords, second
    /// factors and addresses. One hour by default.
    pub fn with_privileged_session_max_age(mut self, age: Duration) -> Self {
        self.config.privileged_for = age;
        self
    }

    /// Sets `session.cookie.name`; `ory_kratos_session` by default.
    pub fn with_cookie_name(mut self, name: impl Into<String>) -> Self {
        self.config.cookie_name = name.into();
        self
    }

    /// Sets `feature_flags.cacheable_sessions` and its maximum age: whoami responses carry
    /// `Ory-Session-Cache-For`. Off by default.
    pub fn with_cacheable_sessions(mut self, at_most: Duration) -> Self {
        self.config.cacheable_for = Some(at_most);
        self
    }

    /// Sets the lifespan of one kind of flow; one hour by default.
    pub fn with_flow_lifespan(mut self, kind: FlowKind, lifespan: Duration) -> Self {
        self.config.lifespans.insert(kind.as_str(), lifespan);
        self
    }

    /// Adds a tokenizer template for `tokenize_as`, with the TTL of its JWTs. They are signed by ES256 with a
    /// key generated at the start. The public port serves the public key at `/.well-known/jwks.json`.
    pub fn with_jwt_template(mut self, name: impl Into<String>, ttl: Duration) -> Self {
        self.config.templates.insert(name.into(), ttl);
        self
    }

    /// Sets the application's URL, `http://127.0.0.1:4455` by default. Its pages are `/login`, `/error` and so
    /// on under this URL; browsers return to its root.
    pub fn with_app_url(mut self, url: impl AsRef<str>) -> Self {
        self.config.app = url.as_ref().trim_end_matches('/').to_owned();
        self
    }

    /// Sets the page of one kind of flow (`ui_url`), if it is not under the application's URL.
    pub fn with_ui_url(mut self, kind: FlowKind, url: impl Into<String>) -> Self {
        self.config.pages.insert(kind.as_str(), url.into());
        self
    }

    /// Sets the error page, if it is not `/error` under the application's URL.
    pub fn with_error_ui_url(mut self, url: impl Into<String>) -> Self {
        self.config.pages.insert("error", url.into());
        self
    }

    /// Adds to `allowed_return_urls`, to which a `return_to` may redirect besides the default return URL.
    pub fn with_allowed_return_url(mut self, url: impl Into<String>) -> Self {
        self.config.return_urls.push(url.into());
        self
    }

    /// Sets `default_browser_return_url`; the application's root by default.
    pub fn with_default_return_url(mut self, url: impl Into<String>) -> Self {
        self.config.default_return_url = Some(url.into());
        self
    }

    /// Sets the URL to which a logout redirects; the default return URL by default.
    pub fn with_logout_return_url(mut self, url: impl Into<String>) -> Self {
        self.config.logout_return_url = Some(url.into());
        self
    }

    /// Adds to `serve.public.cors.allowed_origins`, with credentials. None by default.
    pub fn with_cors_origin(mut self, origin: impl Into<String>) -> Self {
        self.config.cors_origins.push(origin.into());
        self
    }

    /// Appends every message to a file, one JSON object a line: recipient, template, data, body. The server
    /// writes nothing else to disk.
    pub fn with_mailbox_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.config.mailbox_file = Some(path.into());
        self
    }

    /// Adds a hook: a web hook, the password migration hook, or the courier by HTTP. Several web hooks of one place are
    /// called in the order added. None by default.
    ///
    /// The server calls hooks from the runtime that it was started on. A pause between attempts ends by the server's
    /// [`Clock`](crate::Clock), a time-out (30 s) by the system time.
    pub fn with_hook(mut self, hook: TestHook) -> Self {
        self.config.hooks.push(hook);
        self
    }

    /// Sets `oauth2_provider.url` to this provider's admin API, and `override_return_to`: logins and registrations with a
    /// `login_challenge` are its logins. Adds the provider to `allowed_return_urls`. The provider ends the sessions of this server
    /// with its own (`urls.identity_provider`), and both share its clock. None by default.
    pub fn with_oauth2_provider(mut self, hydra: &TestHydra) -> Self {
        self.provider = Some(ProviderLink::of(hydra));
        self.with_allowed_return_url(hydra.public_url())
    }

    /// Sets the ports on 127.0.0.1; 0 (the default) selects a free one.
    pub fn with_ports(mut self, public: u16, admin: u16) -> Self {
        self.ports = (public, admin);
        self
    }

    /// Sets the port of the single sign-on provider on 127.0.0.1; 0 (the default) selects a free one.
    pub fn with_sso_port(mut self, port: u16) -> Self {
        self.sso_port = port;
        self
    }

    /// Uses the host `localhost` in the server's URLs; it still listens on 127.0.0.1 only. Browsers then send
    /// its cookies to an application at `localhost` too.
    pub fn with_localhost_name(mut self) -> Self {
        self.host = "localhost";
        self
    }

    /// Sets `serve.public.base_url`, the URL at which browsers reach the public API: through a gateway or proxy, for
    /// example `http://localhost:4455/.ory/kratos`. All of the server's URLs begin with it, and the CSRF cookie is
    /// named after it. Default: [`TestKratos::public_url`], where the server listens in any case.
    pub fn with_base_url(mut self, url: impl AsRef<str>) -> Self {
        self.base_url = Some(url.as_ref().trim_end_matches('/').to_owned());
        self
    }

    /// Starts the server. It stops when the handle is dropped.
    ///
    /// # Errors
    ///
    /// Returns an error if a port of 127.0.0.1 cannot be bound, or if a schema is not a JSON Schema.
    pub async fn start(self) -> Result<TestKratos, StartError> {
        let (public, public_address) = serve::bind(self.ports.0).await?;
        let (admin, admin_address) = serve::bind(self.ports.1).await?;
        let url = |port: u16| format!("http://{}:{port}", self.host);
        let (public_url, admin_url) = (url(public_address.port()), url(admin_address.port()));
        let sso = match &self.config.methods.provider {
            Some(_) => Some(TestSsoProvider::start_at(self.sso_port, self.host).await?),
            None => None,
        };
        let mut kratos = self.assemble(public_url, admin_url, sso)?;
        let answering = |service: TestKratosService| move |request| service.clone().answer(request);
        let public = serve::listen(public, answering(kratos.service(Port::Public)));
        let admin = serve::listen(admin, answering(kratos.service(Port::Admin)));
        kratos.listening.extend([public, admin]);
        Ok(kratos)
    }

    /// Returns a server without sockets, called by [`TestKratos::public_service`] and
    /// [`TestKratos::admin_service`]. Its URLs cannot be reached. Requires no runtime.
    ///
    /// # Errors
    ///
    /// Returns an error if a schema is not a JSON Schema.
    pub fn build_without_sockets(self) -> Result<TestKratos, StartError> {
        let provider = self.config.methods.provider.as_ref();
        let sso = provider.map(|_| TestSsoProvider::without_socket("http://sso.test".into()));
        self.assemble("http://kratos.test".into(), "http://kratos-admin.test".into(), sso)
    }

    fn assemble(
        mut self,
        public_url: String,
        admin_url: String,
        sso: Option<TestSsoProvider>,
    ) -> Result<TestKratos, StartError> {
        let named = self.config.methods.provider.clone().zip(sso.as_ref().map(TestSsoProvider::state));
        for (id, document) in self.schemas {
            let schema = Schema::parse(document).map_err(|reason| StartError::schema(&id, &reason))?;
            self.config.schemas.insert(id, schema);
        }
        let calls = Calls::default();
        let clock = self.provider.as_ref().map_or_else(Clock::default, |provider| provider.clock.clone());
        let courier = Courier::new(clock.clone(), calls.clone());
        let base_url = self.base_url.unwrap_or_else(|| public_url.clone());
        let mut world = World::new(self.config, clock.clone(), base_url, admin_url.clone());
        world.provider.clone_from(&self.provider);
        world.sso = named.map(|((id, label), state)| Provider::new(id, label, state));
        let world = Arc::new(Mutex::new(world));
        self.provider.iter().for_each(|provider| provider.serve(&world));
        Ok(TestKratos {
            public_url,
            admin_url,
            world,
            clock,
            faults: Faults::default(),
            journal: Journal::default(),
            calls,
            courier,
            listening: Vec::new(),
            sso,
        })
    }
}
