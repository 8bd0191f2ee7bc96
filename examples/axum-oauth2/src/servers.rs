//! Kratos and Hydra: in this process, or running ones.

use std::{env, error::Error};

use kratos_testkit::{TestHydra, TestKratos};
use serde_json::{Value, json};

/// Where the servers are, and the client of the relying party.
pub struct Servers {
    pub kratos: String,
    /// As this process reaches it. It must not be exposed to a network.
    pub hydra_admin: String,
    /// As browsers reach it. The issuer is this URL with a slash.
    pub hydra_public: String,
    pub client_id: String,
    pub client_secret: String,
    /// Stop with this value.
    _in_process: Option<(TestHydra, TestKratos)>,
}

impl Servers {
    /// Uses the servers of `KRATOS_PUBLIC_URL`, `HYDRA_ADMIN_URL` and `HYDRA_PUBLIC_URL`, or without them starts both in this process.
    /// Creates the client of the shop, unless `CLIENT_ID` and `CLIENT_SECRET` name one.
    pub async fn from_env(app: &str, shop: &str) -> Result<Self, Box<dyn Error>> {
        let running = |name: &str| env::var(name).ok().map(|url| url.trim_end_matches('/').to_owned());
        let urls = ["KRATOS_PUBLIC_URL", "HYDRA_ADMIN_URL", "HYDRA_PUBLIC_URL"];
        let mut servers = match urls.map(running) {
            [Some(kratos), Some(hydra_admin), Some(hydra_public)] => {
                Self::at(kratos, hydra_admin, hydra_public)
            }
            [None, None, None] => Self::start(app).await?,
            _ => return Err(format!("set all of {}, or none", urls.join(", ")).into()),
        };
        match (running("CLIENT_ID"), running("CLIENT_SECRET")) {
            (Some(id), Some(secret)) => (servers.client_id, servers.client_secret) = (id, secret),
            _ => servers.register(shop).await?,
        }
        Ok(servers)
    }

    fn at(kratos: String, hydra_admin: String, hydra_public: String) -> Self {
        let (client_id, client_secret) = (String::new(), String::new());
        Self { kratos, hydra_admin, hydra_public, client_id, client_secret, _in_process: None }
    }

    async fn start(app: &str) -> Result<Self, Box<dyn Error>> {
        let hydra = TestHydra::builder(app).with_localhost_name().start().await?;
        let kratos = TestKratos::builder()
            .with_app_url(app)
            .with_allowed_return_url(app)
            .with_localhost_name()
            .with_one_step_registration()
            .with_oauth2_provider(&hydra)
            .start()
            .await?;
        let [public, admin, issuer] =
            [kratos.public_url(), hydra.admin_url(), hydra.public_url()].map(str::to_owned);
        Ok(Self { _in_process: Some((hydra, kratos)), ..Self::at(public, admin, issuer) })
    }

    /// Registers the shop as a client. An operator does this with `hydra create client`.
    async fn register(&mut self, shop: &str) -> Result<(), Box<dyn Error>> {
        let client = json!({
            "client_name": "Shop",
            "redirect_uris": [format!("{shop}/callback")],
            "post_logout_redirect_uris": [format!("{shop}/")],
            "backchannel_logout_uri": format!("{shop}/backchannel-logout"),
            "grant_types": ["authorization_code"],
            "response_types": ["code"],
            "scope": "openid email",
            "token_endpoint_auth_method": "client_secret_post",
        });
        let url = format!("{}/admin/clients", self.hydra_admin);
        let made: Value =
            reqwest::Client::new().post(url).json(&client).send().await?.error_for_status()?.json().await?;
        let text = |name: &str| made[name].as_str().unwrap_or_default().to_owned();
        (self.client_id, self.client_secret) = (text("client_id"), text("client_secret"));
        Ok(())
    }
}
