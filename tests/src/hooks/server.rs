use std::path::Path;

use kratos_testkit::{FlowKind, TestHook, TestKratos};

use super::{FLOWS, Framework, KEY, MODES, Receiver, config::config, framework::Serving, pages::Pages};
use crate::program::Program;

/// What [`HookConfig::yaml`](kratos_axum::hooks::HookConfig::yaml) prints instead of the key.
const PLACEHOLDER: &str = "REPLACE_WITH_THE_HOOK_KEY";

/// A server that calls the hooks of a [`Receiver`], that receiver, and the pages that show its flows.
#[derive(Debug)]
pub struct HookServer {
    /// The name in test output.
    pub name: String,
    /// The URL of the public API.
    pub public_url: String,
    /// The URL of the admin API, with its prefix.
    pub admin_url: String,
    /// The URL of the application with the pages.
    pub app_url: String,
    /// The application that receives the hooks.
    pub receiver: Receiver,
    /// The handle, if this is the testkit.
    pub testkit: Option<TestKratos>,
    /// The process, if it is real.
    _program: Option<Program>,
    _pages: Serving,
}

impl HookServer {
    /// Starts the testkit, the receiver and the pages.
    ///
    /// # Panics
    /// If one of them does not start.
    pub async fn testkit(framework: Framework) -> Self {
        let (receiver, pages) = (Receiver::start(framework), Pages::bind());
        let testkit = testkit(&receiver.url, &pages.url).await;
        Self {
            name: format!("testkit in {}", framework.name()),
            public_url: testkit.public_url().to_owned(),
            admin_url: format!("{}/admin", testkit.admin_url()),
            app_url: pages.url.clone(),
            receiver,
            _pages: pages.serve(framework, testkit.public_url()),
            testkit: Some(testkit),
            _program: None,
        }
    }

    /// Starts a real Kratos with what [`config`] prints, the receiver and the pages.
    ///
    /// # Panics
    /// If one of them does not start.
    pub async fn real(path: &Path, framework: Framework) -> Self {
        let (receiver, pages) = (Receiver::start(framework), Pages::bind());
        let hooks = config(&receiver.url);
        let printed = hooks.yaml().replace(PLACEHOLDER, KEY);
        assert_eq!(&printed, hooks.yaml_with_key().expose_secret());
        let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/src/hooks/person.schema.json");
        let kratos = include_str!("kratos.yml").replace("@APP@", &pages.url).replace("@SCHEMA@", schema);
        let program = Program::start(path, &[("kratos.yml", &kratos), ("hooks.yml", &printed)]).await;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Self {
            name: format!("{name} in {}", framework.name()),
            public_url: program.public_url.clone(),
            admin_url: format!("{}/admin", program.admin_url),
            app_url: pages.url.clone(),
            receiver,
            _pages: pages.serve(framework, &program.public_url),
            testkit: None,
            _program: Some(program),
        }
    }
}

/// A testkit that is configured as [`config`](super::config) prints it.
async fn testkit(receiver: &str, app: &str) -> TestKratos {
    let with_key = |hook: TestHook| hook.with_api_key_header("X-Hook-Key", KEY);
    let mut builder = TestKratos::builder()
        .with_app_url(app)
        .with_one_step_registration()
        .with_hook(with_key(TestHook::password_migration(format!("{receiver}/migrate"))))
        .with_hook(with_key(TestHook::courier(format!("{receiver}/mail"))));
    for flow in FLOWS {
        let kind = match flow {
            "registration" => FlowKind::Registration,
            "login" => FlowKind::Login,
            "settings" => FlowKind::Settings,
            "recovery" => FlowKind::Recovery,
            _ => FlowKind::Verification,
        };
        for mode in MODES {
            let hooks = [
                TestHook::before(kind, format!("{receiver}/{flow}/before/{mode}")),
                TestHook::after(kind, format!("{receiver}/{flow}/after/{mode}")),
            ];
            for hook in hooks {
                builder = builder.with_hook(with_key(match mode {
                    "parse" => hook.with_parse(),
                    "ignore" => hook.with_ignore(),
                    _ => hook,
                }));
            }
        }
    }
    builder.start().await.expect("the testkit")
}
