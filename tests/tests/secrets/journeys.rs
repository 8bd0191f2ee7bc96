//! Uses a healthy and a failing Kratos while everything is logged at TRACE and all metrics are kept.

use std::time::Duration;

use http::HeaderMap;
use kratos_core::{
    Kratos,
    client::{
        AdminClient, BrowserCookies, Client, ImportCredentials, NewFlow, NewIdentity, NewRecoveryCode,
        submit::LoginBody,
    },
    credential::Credential,
    model::flow::LoginFlow,
    model::{Method, SecretText},
    policy::{RequestView, Requirement},
    resolve::{CachingResolver, HttpResolver},
};
use kratos_testkit::{Fault, TestKratos};
use metrics_util::debugging::DebuggingRecorder;
use serde_json::json;

use crate::{
    logs,
    shown::{MARK, clean, debugged, error, secret},
    tokens,
};

/// The secrets of the calls made so far.
fn faults() -> Vec<Fault> {
    vec![
        Fault::status(500),
        Fault::status(403),
        Fault::drop_connection(),
        Fault::truncated(),
        Fault::broken_json(),
        Fault::html(),
        Fault::huge(2 * 1024 * 1024),
        Fault::redirect(format!("http://127.0.0.1:9/?token={}", secret("location"))),
        Fault::rate_limited(Duration::from_secs(1)),
    ]
}

pub async fn nothing_is_logged_or_counted() {
    logs::keep();
    let recorder = DebuggingRecorder::new();
    let figures = recorder.snapshotter();
    recorder.install().unwrap();

    let hour = Duration::from_secs(3600);
    let kratos = TestKratos::builder().with_jwt_template(tokens::TEMPLATE, hour).start().await.unwrap();
    let password = secret("password-of-ada");
    let ada = kratos.identity("ada@example.org").with_password(&password).create();
    let session = kratos.session(&ada).create();
    // Secrets that the testkit generated have no mark.
    let cookie = session.cookie().split_once('=').unwrap().1.to_owned();
    let made_up = vec![cookie[..40].to_owned(), session.session_token().to_owned()];

    let client = Client::new(kratos.public_url()).unwrap();
    let admin = AdminClient::new(kratos.admin_url()).unwrap().with_bearer_key(secret("key")).unwrap();
    let sessions = sessions(&kratos, &client);
    let signed = tokens::sessions(&kratos, &client);
    let mut secrets =
        journey(&kratos, &client, &admin, &sessions, &password, session.cookie(), session.session_token())
            .await;
    let jwt = tokens::journey(&signed, session.cookie()).await.expect("a token");
    // Nor any part of it: its claims identify the user.
    secrets.extend(jwt.split('.').skip(1).map(str::to_owned));
    for fault in faults() {
        kratos.inject("/*", fault);
        journey(&kratos, &client, &admin, &sessions, &password, session.cookie(), session.session_token())
            .await;
        tokens::journey(&tokens::sessions(&kratos, &client), session.cookie()).await;
        tokens::journey(&signed, session.cookie()).await;
        kratos.clear_faults();
    }
    debugged(&kratos);
    debugged(&Kratos::new(kratos.public_url()).unwrap().check().unwrap().run().await);
    drop(kratos);
    let kratos = TestKratos::start().await.unwrap();
    journey(&kratos, &client, &admin, &sessions, &password, session.cookie(), session.session_token()).await;

    secrets.extend(made_up);
    let lines = logs::lines();
    let ours = lines.iter().filter(|line| line.contains("kratos")).count();
    println!("{} lines, {ours} of them ours", lines.len());
    assert!(ours > 20, "hardly anything was logged");
    let counted = format!("{:?}", figures.snapshot().into_vec());
    assert!(counted.contains("kratos"), "no metrics: {counted}");
    for text in lines.iter().chain([&counted]) {
        clean("a log or a metric", text);
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "a log or a metric contains {secret}:\n{text}");
        }
    }
}

fn sessions(kratos: &TestKratos, client: &Client) -> Kratos {
    let resolver = HttpResolver::new(kratos.public_url()).unwrap();
    Kratos::from_resolver(CachingResolver::new(resolver, Duration::from_millis(1)))
        .with_app("https://app.example")
        .unwrap()
        .with_browser_url(kratos.public_url())
        .unwrap()
        .with_client(client.clone())
}

/// Asserts that no failure contains a secret, and returns the secrets met.
async fn journey(
    kratos: &TestKratos,
    client: &Client,
    admin: &AdminClient,
    sessions: &Kratos,
    password: &str,
    cookie: &str,
    token: &str,
) -> Vec<String> {
    let mut secrets = Vec::new();
    let fail = |failed: &kratos_core::client::Error| {
        error(failed);
        clean("an error's details", &format!("{:?}", failed.details().map(|_| ())));
    };

    // Guards, by cookie and by session token, from a page and a script, of the same site and another.
    for (name, value) in [
        ("cookie", cookie.to_owned()),
        ("x-session-token", token.to_owned()),
        ("authorization", format!("Bearer {token}")),
        ("cookie", format!("ory_kratos_session={}", secret("cookie"))),
    ] {
        for accept in ["text/html", "application/json"] {
            let mut headers = HeaderMap::new();
            headers.insert(http::HeaderName::from_static(name), value.parse().unwrap());
            headers.insert("accept", accept.parse().unwrap());
            headers.insert(
                "referer",
                format!("https://app.example/?code={}", secret("referer")).parse().unwrap(),
            );
            let path = format!("/page?code={}", secret("path"));
            for method in ["GET", "POST"] {
                let request = RequestView::new(method, &path, &headers);
                let session = sessions.request(&headers);
                for requirement in [
                    Requirement::signed_in(),
                    Requirement::signed_in().with_aal2(),
                    Requirement::signed_out(),
                ] {
                    if let Err(answer) = session.require(&requirement, &request).await {
                        error(answer.refusal());
                    }
                }
                debugged(&session);
                if let Err(answer) = session.flow::<LoginFlow, _>(&request).await {
                    clean("a refusal", answer.refusal().explanation());
                }
                session.forget().await;
            }
        }
    }

    // Login in a browser and in an app, with right and wrong credentials.
    let none = BrowserCookies::none();
    match client.browser(&none).create_login_flow(&NewFlow::new()).await {
        Ok(answer) => {
            debugged(&answer);
            let mut headers = HeaderMap::new();
            let flow = answer.relay(&mut headers);
            let cookies: Vec<_> = headers
                .get_all("set-cookie")
                .iter()
                .map(|line| line.to_str().unwrap().split(';').next().unwrap().to_owned())
                .collect();
            secrets.extend(cookies.iter().filter_map(|pair| Some(pair.split_once('=')?.1.to_owned())));
            let cookies = BrowserCookies::new(cookies.join("; "));
            for word in [password, &secret("wrong-password")] {
                match client
                    .browser(&cookies)
                    .submit_login_flow(&flow, LoginBody::password("ada@example.org", word))
                    .await
                {
                    Ok(answer) => debugged(&answer),
                    Err(failed) => fail(&failed),
                }
            }
        }
        Err(failed) => fail(&failed),
    }
    match client.native().create_login_flow(&NewFlow::new()).await {
        Ok(flow) => match client
            .native()
            .submit_login_flow(&flow, LoginBody::password("ada@example.org", password))
            .await
        {
            Ok(done) => debugged(&done),
            Err(failed) => fail(&failed),
        },
        Err(failed) => fail(&failed),
    }
    let credentials = [Credential::cookie(cookie), Credential::session_token(token)];
    for credential in &credentials {
        match client.to_session(credential).await {
            Ok(answer) => debugged(&answer),
            Err(failed) => fail(&failed),
        }
    }
    if let Err(failed) = client.get_flow_error(&secret("error-id")).await {
        fail(&failed);
    }
    if let Err(failed) = client.native().logout(&SecretText::new(secret("token"))).await {
        fail(&failed);
    }
    let browser = client.browser(&BrowserCookies::new(cookie));
    match browser.create_logout_flow(None).await {
        Ok(answer) => {
            secrets.extend(answer.peek().token().map(|token| token.expose_secret().to_owned()));
            debugged(&answer);
        }
        Err(failed) => fail(&failed),
    }

    // The admin API.
    let new = NewIdentity::new("person", json!({"email": format!("{}@example.org", uuid::Uuid::new_v4())}))
        .with_credentials(ImportCredentials::new().with_password(&secret("imported")));
    match admin.create_identity(&new).await {
        Ok(identity) => {
            debugged(&identity);
            match admin.create_recovery_code(&NewRecoveryCode::new(identity.id)).await {
                Ok(code) => {
                    secrets.push(code.recovery_code.expose_secret().to_owned());
                    debugged(&code);
                }
                Err(failed) => fail(&failed),
            }
            match admin.get_identity_with_credentials(identity.id, &[Method::Password]).await {
                Ok(identity) => debugged(&identity),
                Err(failed) => fail(&failed),
            }
        }
        Err(failed) => fail(&failed),
    }
    if let Err(failed) = admin.get_identity_by_external_id("unknown").await {
        fail(&failed);
    }
    let raw = client.raw(http::Method::GET, "/sessions/whoami").with_query("token", &secret("query"));
    match raw.with_session_token(&SecretText::new(token)).send().await {
        Ok(answer) => debugged(&answer),
        Err(failed) => fail(&failed),
    }
    debugged(&kratos.requests());
    assert!(password.contains(MARK));
    // Six-digit codes occur in any number.
    secrets.retain(|secret| secret.len() > 8);
    secrets
}
