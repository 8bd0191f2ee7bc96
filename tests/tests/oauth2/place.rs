//! Kratos, Hydra and an application, beside each other.

use std::{path::PathBuf, time::Duration};

use kratos_testkit::{RequiredAal, TestHydra, TestKratos};
use kratos_tests::{
    http::{Answer, client},
    hydra::{HOOK_KEY, Programs, Setup},
};
use serde_json::{Value, json};

use crate::app::{App, Framework};

/// The servers of a place.
#[derive(Clone)]
pub(crate) enum Servers {
    Testkit,
    Real { kratos: PathBuf, hydra: PathBuf },
}

impl Servers {
    pub(crate) fn name(&self) -> String {
        let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match self {
            Self::Testkit => "testkit".to_owned(),
            Self::Real { kratos, hydra } => format!("{} and {}", name(hydra), name(kratos)),
        }
    }
}

pub(crate) struct Place {
    pub(crate) servers: Servers,
    pub(crate) framework: Framework,
    pub(crate) kratos_public: String,
    pub(crate) kratos_admin: String,
    pub(crate) hydra_public: String,
    pub(crate) hydra_admin: String,
    pub(crate) app: App,
    pub(crate) testkit: Option<(TestHydra, TestKratos)>,
    _programs: Option<Programs>,
}

impl Place {
    /// Starts everything.
    pub(crate) async fn start(servers: &Servers, framework: Framework, setup: Setup) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let app_url = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let (testkit, programs) = match servers {
            Servers::Testkit => (Some(testkit(&app_url, setup).await), None),
            Servers::Real { kratos, hydra } => {
                (None, Some(Programs::start(kratos, hydra, &app_url, setup).await))
            }
        };
        let [kratos_public, kratos_admin, hydra_public, hydra_admin] = match (&testkit, &programs) {
            (Some((hydra, kratos)), _) => {
                [kratos.public_url(), kratos.admin_url(), hydra.public_url(), hydra.admin_url()]
                    .map(str::to_owned)
            }
            (_, Some(it)) => {
                [&it.kratos_public, &it.kratos_admin, &it.hydra_public, &it.hydra_admin].map(Clone::clone)
            }
            _ => unreachable!(),
        };
        let app = App::serve(framework, listener, &app_url, &kratos_public, &hydra_admin, &hydra_public);
        let servers = servers.clone();
        Self {
            servers,
            framework,
            kratos_public,
            kratos_admin,
            hydra_public,
            hydra_admin,
            app,
            testkit,
            _programs: programs,
        }
    }

    /// Calls Hydra's admin API.
    pub(crate) async fn hydra(&self, method: reqwest::Method, path: &str, body: &Value) -> Answer {
        let request = client().request(method, format!("{}{path}", self.hydra_admin));
        Answer::of(if body.is_null() { request } else { request.json(body) }).await
    }

    /// Creates a client, with these settings beside the usual ones.
    pub(crate) async fn client(&self, settings: Value) -> Value {
        let mut client = json!({
            "client_name": "Shop",
            "redirect_uris": [crate::party::CALLBACK],
            "post_logout_redirect_uris": [crate::party::GOODBYE],
            "grant_types": ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
            "response_types": ["code"],
            "scope": "openid offline_access profile email phone photos hooked refused rehooked unrefreshed",
            "token_endpoint_auth_method": "client_secret_post",
        });
        for (name, value) in settings.as_object().into_iter().flatten() {
            client[name] = value.clone();
        }
        self.hydra(reqwest::Method::POST, "/admin/clients", &client).await.expect(&[201]).json()
    }

    /// Returns the newest code that was mailed to this address.
    pub(crate) async fn mailed_code(&self, address: &str, name: &str) -> String {
        for _ in 0..200 {
            let found = match &self.testkit {
                Some((_, kratos)) => kratos.last_mail_to(address).map(|mail| mail.data[name].clone()),
                None => self.app.mail(address).map(|mail| mail["data"][name].clone()),
            };
            if let Some(Value::String(code)) = found {
                return code;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("no {name} was mailed to {address}");
    }
}

async fn testkit(app_url: &str, setup: Setup) -> (TestHydra, TestKratos) {
    let hydra = TestHydra::builder(app_url)
        .with_localhost_name()
        .with_request_ttl(setup.request_ttl)
        .with_token_hook(format!("{app_url}/hooks/token"), "X-Hook-Key", HOOK_KEY)
        .with_refresh_token_hook(format!("{app_url}/hooks/refresh"), "X-Hook-Key", HOOK_KEY)
        .start()
        .await
        .unwrap();
    let aal = if setup.required_aal == "aal1" { RequiredAal::Aal1 } else { RequiredAal::HighestAvailable };
    let mut kratos = TestKratos::builder();
    if setup.verifies {
        kratos = kratos.with_verification_page_after_registration();
    }
    let kratos = kratos
        .with_whoami_required_aal(aal)
        .with_app_url(app_url)
        .with_allowed_return_url(app_url)
        .with_localhost_name()
        .with_one_step_registration()
        .with_oauth2_provider(&hydra)
        .start()
        .await
        .unwrap();
    (hydra, kratos)
}
