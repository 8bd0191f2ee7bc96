//! A new address is stored once it is verified: the hook `verify_new_address` of releases after 26.2. On a testkit of that
//! behaviour, and on each program of `KRATOS_PROGRAM` that knows the hook, which is started for it.

use std::process::Command;
use std::time::Duration;

use futures_util::StreamExt as _;
use kratos_core::client::submit::{LoginBody, SettingsBody, VerificationBody};
use kratos_core::client::{
    AdminClient, Client, ImportCredentials, ListMessages, Native, NewFlow, NewIdentity, Submitted,
};
use kratos_core::model::flow::{ContinueWith, SettingsFlow};
use kratos_core::model::{Identity, SecretText};
use kratos_testkit::{TestKratos, TestRelease};
use kratos_tests::http::{Jar, client};
use kratos_tests::lab::Server;
use kratos_tests::program::{Program, programs};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::context::{done, texts};

pub(crate) async fn stories(server: &'static Server) {
    // The servers are its own: once for the suite.
    if server.name != "testkit-plain" {
        return;
    }
    let testkit = TestKratos::builder()
        .with_release(TestRelease::Latest)
        .with_schema("two", schema())
        .with_verified_address_changes()
        .start()
        .await
        .unwrap();
    story(testkit.public_url(), testkit.admin_url()).await;
    for path in programs() {
        // Its configuration schema is a part of the program.
        let knows = Command::new("grep").arg("-q").arg("verify_new_address").arg(&path).status().unwrap();
        if knows.success() {
            let schema = schema().to_string();
            let files = [("kratos.yml", include_str!("kratos.yml")), ("two.json", &schema)];
            let program = Program::start(&path, &files).await;
            story(&program.public_url, &program.admin_url).await;
            println!("parked changes: {}", path.display());
        }
    }
}

/// Two addresses, which are both verified.
fn schema() -> Value {
    let address = |credentials: Value| {
        json!({"type": "string", "format": "email", "ory.sh/kratos": {
            "credentials": credentials, "verification": {"via": "email"}}})
    };
    json!({
        "$id": "https://example.org/two.json", "$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
        "properties": {"traits": {"type": "object", "required": ["email"], "additionalProperties": false, "properties": {
            "email": address(json!({"password": {"identifier": true}})), "second": address(json!({})),
            "name": {"type": "string"}}}},
    })
}

const PASSWORD: &str = "Zq9-correct-horse-battery-staple";

struct It {
    public_url: String,
    client: Client,
    admin: AdminClient,
}

async fn story(public_url: &str, admin_url: &str) {
    let it = It {
        public_url: public_url.to_owned(),
        client: Client::new(public_url).unwrap(),
        admin: AdminClient::new(admin_url).unwrap(),
    };
    it.native().await;
    it.refused().await;
    it.ended_session().await;
    it.page().await;
}

fn address() -> String {
    format!("p{}@example.org", Uuid::new_v4().simple())
}

impl It {
    async fn person(&self) -> Identity {
        let credentials = ImportCredentials::new().with_password(PASSWORD);
        let body = NewIdentity::new("two", json!({"email": address()})).with_credentials(credentials);
        self.admin.create_identity(&body).await.unwrap()
    }

    async fn sign_in(&self, person: &Identity) -> (Native<'_>, Uuid) {
        let native = self.client.native();
        let flow = native.create_login_flow(&NewFlow::new()).await.unwrap();
        let body = LoginBody::password(&self.email(person).await, PASSWORD);
        let login = done(native.submit_login_flow(&flow, body).await.unwrap());
        let token: SecretText = login.session_token.unwrap();
        (native.with_session_token(&token), login.session.id)
    }

    async fn email(&self, person: &Identity) -> String {
        let person = self.admin.get_identity(person.id).await.unwrap();
        person.traits::<Value>().unwrap()["email"].as_str().unwrap().to_owned()
    }

    /// Waits for the newest message to an address, and returns its code.
    async fn code(&self, to: &str) -> String {
        let pattern = regex::Regex::new(r"\b\d{6}\b").unwrap();
        for _ in 0..100 {
            let filter = ListMessages::new().with_recipient(to);
            let mut messages = self.admin.list_courier_messages(filter).unwrap().into_stream();
            if let Some(message) = messages.next().await {
                let body = message.unwrap().body;
                return pattern.find(body.as_str()).unwrap().as_str().to_owned();
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("no message to {to}");
    }

    /// Changes the profile.
    async fn change(&self, native: &Native<'_>, traits: Value) -> Submitted<SettingsFlow> {
        let flow = native.create_settings_flow(&NewFlow::new()).await.unwrap();
        native.submit_settings_flow(&flow, SettingsBody::profile(traits)).await.unwrap()
    }

    /// Parks a change natively: the settings are not saved, and the next step is a verification.
    async fn park(&self, native: &Native<'_>, to: &str) -> Uuid {
        let outcome = self.change(native, json!({"email": to})).await;
        let Submitted::NextStep(flow) = outcome else { panic!("not parked: {outcome:?}") };
        let steps = &flow.continue_with;
        let Some(ContinueWith::ShowVerificationUi(next)) = steps.first() else { panic!("{steps:?}") };
        assert_eq!(next.flow.verifiable_address.as_deref(), Some(to));
        next.flow.id
    }

    async fn native(&self) {
        let person = self.person().await;
        let (native, _) = self.sign_in(&person).await;
        let saved =
            done(self.change(&native, json!({"email": self.email(&person).await, "name": "Ada"})).await);
        assert!(saved.identity().is_some(), "what has no new address is saved at once");

        let (old, new) = (self.email(&person).await, address());
        let id = self.park(&native, &new).await;
        assert_eq!(self.email(&person).await, old, "it waits");
        let flow = native.get_verification_flow(id).await.unwrap();
        assert_eq!(texts(&flow)[0].0, 1_080_003);
        let code = self.code(&new).await;
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let body = VerificationBody::code().with_code(wrong);
        let refused = native.submit_verification_flow(&flow, body).await.unwrap();
        assert!(matches!(refused, Submitted::Invalid(_)), "{refused:?}");
        let body = VerificationBody::code().with_code(&code);
        let _ = done(native.submit_verification_flow(&flow, body).await.unwrap());
        let changed = self.admin.get_identity(person.id).await.unwrap();
        assert_eq!(self.email(&changed).await, new);
        assert!(changed.has_verified_address(), "{changed:?}");
        let _ = self.sign_in(&person).await;
    }

    async fn refused(&self) {
        let (person, other) = (self.person().await, self.person().await);
        let (native, _) = self.sign_in(&person).await;
        let taken = self.change(&native, json!({"email": self.email(&other).await})).await;
        let Submitted::Invalid(flow) = taken else { panic!("another user's address: {taken:?}") };
        assert_eq!(texts(&flow)[0].0, 4_000_007);
        let both = self.change(&native, json!({"email": address(), "second": address()})).await;
        let Submitted::Invalid(flow) = both else { panic!("two addresses: {both:?}") };
        assert_eq!(texts(&flow)[0].0, 4_050_002);
    }

    async fn ended_session(&self) {
        let person = self.person().await;
        let (native, session) = self.sign_in(&person).await;
        let (old, new) = (self.email(&person).await, address());
        let id = self.park(&native, &new).await;
        let code = self.code(&new).await;
        self.admin.disable_session(session).await.unwrap();
        let native = self.client.native();
        let flow = native.get_verification_flow(id).await.unwrap();
        let late = native.submit_verification_flow(&flow, VerificationBody::code().with_code(&code)).await;
        let Submitted::Invalid(flow) = late.unwrap() else { panic!("the session has ended") };
        assert_eq!(texts(&flow)[0].0, 4_070_006);
        assert_eq!(self.email(&person).await, old);
    }

    /// A browser that navigates is redirected to the page of the verification.
    async fn page(&self) {
        let person = self.person().await;
        let mut jar = Jar::default();
        let begin = |kind: &str| format!("{}/self-service/{kind}/browser", self.public_url);
        let json = "application/json";
        let flow = jar.send(client().get(begin("login")).header("accept", json)).await.json();
        let body = json!({"method": "password", "identifier": self.email(&person).await, "password": PASSWORD,
            "csrf_token": csrf(&flow)});
        let action = flow["ui"]["action"].as_str().unwrap();
        let answer = jar.send(client().post(action).header("accept", json).json(&body)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let flow = jar.send(client().get(begin("settings")).header("accept", json)).await.json();
        let new = address();
        let fields = [("method", "profile"), ("traits.email", &new), ("csrf_token", csrf(&flow))];
        let action = flow["ui"]["action"].as_str().unwrap();
        let answer = jar.send(client().post(action).header("accept", "text/html").form(&fields)).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        let page = url::Url::parse(answer.location()).unwrap();
        assert_eq!(page.path(), "/verification", "{page}");
        let (_, id) = page.query_pairs().find(|(name, _)| name == "flow").unwrap();
        let path = format!("{}/self-service/verification/flows?id={id}", self.public_url);
        let flow = jar.send(client().get(path).header("accept", json)).await.json();
        let code = self.code(&new).await;
        let fields = [("method", "code"), ("code", &code), ("csrf_token", csrf(&flow))];
        let action = flow["ui"]["action"].as_str().unwrap();
        let answer = jar.send(client().post(action).header("accept", "text/html").form(&fields)).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        assert_eq!(self.email(&person).await, new);
    }
}

fn csrf(flow: &Value) -> &str {
    let mut nodes = flow["ui"]["nodes"].as_array().into_iter().flatten();
    let node = nodes.find(|node| node["attributes"]["name"] == "csrf_token").unwrap();
    node["attributes"]["value"].as_str().unwrap()
}
