//! Something to try the application with: a Kratos and somebody who is signed in.

use std::{error::Error, time::Duration, time::SystemTime};

use kratos_testkit::TestKratos;
use serde_json::{Value, json};

/// A Kratos, and sessions of a demo person.
pub struct Demo {
    kratos: Where,
    /// The header that shows a session, for curl.
    session: Option<String>,
    /// The same as a browser shows it, where one could be made.
    cookie: Option<String>,
    /// A session with a second factor, where one could be made.
    second_factor: Option<String>,
    /// A session that began an hour ago, where one could be made.
    old: Option<String>,
}

enum Where {
    Inside(TestKratos),
    Real(String),
}

impl Demo {
    /// Starts a Kratos inside this process, with somebody signed in.
    pub async fn inside_this_process() -> Result<Self, Box<dyn Error>> {
        let kratos = TestKratos::start().await?;
        let ada = kratos.identity("ada@example.org").create();
        let token =
            |session: kratos_testkit::TestSession| Some(format!("X-Session-Token: {}", session.token()));
        let cookie = |session: kratos_testkit::TestSession| Some(format!("Cookie: {}", session.cookie()));
        Ok(Self {
            session: token(kratos.session(&ada).create()),
            cookie: cookie(kratos.session(&ada).create()),
            second_factor: token(kratos.session(&ada).with_aal2().create()),
            old: token(kratos.session(&ada).with_authenticated_ago(Duration::from_secs(3600)).create()),
            kratos: Where::Inside(kratos),
        })
    }

    /// Uses a real Kratos, of any release, and registers a demo person there.
    pub async fn on_a_real_kratos(public_url: String) -> Result<Self, Box<dyn Error>> {
        let session = match register(&public_url).await {
            Ok(token) => Some(format!("X-Session-Token: {token}")),
            Err(error) => {
                println!(
                    "# no demo person could be registered ({error}); put a session of your own into the commands"
                );
                None
            }
        };
        Ok(Self { kratos: Where::Real(public_url), session, cookie: None, second_factor: None, old: None })
    }

    pub fn public_url(&self) -> &str {
        match &self.kratos {
            Where::Inside(kratos) => kratos.public_url(),
            Where::Real(url) => url,
        }
    }

    /// Prints what to try.
    pub fn explain(&self, app: &str) {
        let kind = match &self.kratos {
            Where::Inside(_) => "a Kratos inside this process",
            Where::Real(_) => "Kratos",
        };
        let session = self.session.as_deref().unwrap_or("X-Session-Token: ory_st_YOURS");
        println!("# application: {app}");
        println!("# {kind}: {}", self.public_url());
        println!("# demo session: {session}");
        println!("curl -si {app}/ # 200: public");
        println!("curl -si {app}/account # 401: nobody is signed in");
        println!("curl -si {app}/account -H 'Accept: text/html' # 303: a page leads to login");
        if self.session.is_some() {
            println!("curl -si {app}/ -H '{session}' # 200: public, and knows who asks");
            println!("curl -si {app}/account -H '{session}' # 200: signed in");
            println!("curl -si {app}/payments -H '{session}' # 200: signed in lately");
            println!("curl -si {app}/vault -H '{session}' # 403: a second factor is missing");
        }
        if let Some(cookie) = &self.cookie {
            println!("curl -si {app}/account -H '{cookie}' # 200: signed in, as a browser is");
        }
        if let Some(session) = &self.second_factor {
            println!("curl -si {app}/vault -H '{session}' # 200: showed a second factor");
        }
        if let Some(session) = &self.old {
            println!("curl -si {app}/payments -H '{session}' # 403: signed in too long ago");
            println!(
                "curl -si {app}/payments -H '{session}' -H 'Accept: text/html' # 303: a page leads to sign in again"
            );
        }
        println!("curl -si {app}/offline -H '{session}' # 503: Kratos is down");
        println!("# ready; press Ctrl-C to stop");
    }
}

/// Registers somebody as a native app would, and returns the session token.
async fn register(public_url: &str) -> Result<String, Box<dyn Error>> {
    let http = reqwest::Client::builder().timeout(Duration::from_secs(5)).build()?;
    let base = public_url.trim_end_matches('/');
    let flow: Value = http.get(format!("{base}/self-service/registration/api")).send().await?.json().await?;
    let flow = flow["id"].as_str().ok_or("Kratos offers no native registration")?;
    let unique = format!("{:x}", SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_nanos());
    let form = json!({
        "method": "password",
        // Kratos refuses a password that resembles the address.
        "password": unique.chars().rev().map(|digit| format!("{digit}!")).collect::<String>(),
        "traits": {"email": format!("demo-{unique}@example.org")},
    });
    let submit = http.post(format!("{base}/self-service/registration")).query(&[("flow", flow)]).json(&form);
    let answer: Value = submit.send().await?.json().await?;
    let token = answer["session_token"]
        .as_str()
        .ok_or("Kratos refused the registration, or gives no session after it")?;
    Ok(token.to_owned())
}
