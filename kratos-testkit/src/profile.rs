//! The two configurations that test suites also run on real servers.

use std::time::Duration;

use crate::builder::TestKratosBuilder;
use crate::config::{LoginStyle, Methods};
use crate::world::flow::FlowKind;

impl TestKratosBuilder {
    /// Returns the settings `plain`: unified login, registration in two steps, sessions privileged for one
    /// minute.
    ///
    /// Passkeys, security keys and a single sign-on provider are enabled.
    pub fn plain(app_url: &str) -> Self {
        Self::lab(app_url)
            .with_flow_lifespan(FlowKind::Login, Duration::from_secs(600))
            .with_privileged_session_max_age(Duration::from_secs(60))
    }

    /// Returns the settings `strict`: identifier-first login, login and registration by code, registration in
    /// one step.
    ///
    /// A login flow lasts five seconds, a privileged session two.
    pub fn strict(app_url: &str) -> Self {
        let builder = Self::lab(app_url)
            .with_flow_lifespan(FlowKind::Login, Duration::from_secs(5))
            .with_privileged_session_max_age(Duration::from_secs(2))
            .with_login_style(LoginStyle::IdentifierFirst)
            .with_one_step_registration();
        let methods = Methods { passwordless_code: true, ..builder.config.methods.clone() };
        builder.with_methods(methods)
    }

    fn lab(app_url: &str) -> Self {
        let app = app_url.trim_end_matches('/');
        let provider = Some(("lab".to_owned(), "Lab".to_owned()));
        Self::default()
            .with_app_url(app)
            .with_allowed_return_url(app)
            .with_cors_origin(app)
            .with_logout_return_url(format!("{app}/login"))
            .with_methods(Methods { passkey: true, webauthn: true, provider, ..Methods::default() })
            .with_flow_lifespan(FlowKind::Registration, Duration::from_secs(600))
            .with_session_lifespan(Duration::from_secs(3600))
            .with_earliest_possible_extend(Duration::from_secs(24 * 3600))
            .with_jwt_template("jwt", Duration::from_secs(300))
            .with_localhost_name()
    }
}
