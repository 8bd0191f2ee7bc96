//! Findings about requests: Kratos' cookies and URLs, and what it refuses.

use std::sync::Arc;

use http::HeaderValue;
use kratos_core::{
    Kratos,
    client::{AdminClient, BrowserCookies, Client, Era, NewFlow},
    resolve::{HttpResolver, Resolution, Resolved, StaticResolver},
};
use kratos_tests::{
    http::{Jar, client},
    lab::Server,
};

use crate::{
    app::{BOTH, GUARDED, PAGE},
    built::{active, host},
    log,
};

const COOKIE: (&str, &str) = ("cookie", "ory_kratos_session=s3cret");

fn era(server: &Server) -> Era {
    Era::of_release(&server.version).unwrap_or_default()
}

/// Returns a resolver whose Kratos extends the session with this `Set-Cookie` line.
fn extending(line: &str) -> StaticResolver {
    let mut resolved = Resolved::new(Resolution::Active(Arc::new(active())));
    resolved.cookies = vec![HeaderValue::try_from(line).unwrap()];
    StaticResolver::new(Ok(resolved))
}

pub(crate) async fn cookie_for_others(_: &Server) {
    for framework in BOTH {
        let host = host();
        let resolver = extending(&format!("ory_kratos_session=s3cret; Domain=auth.{host}; Secure"));
        let sessions = Kratos::from_resolver(resolver)
            .with_app(&format!("https://app.{host}"))
            .unwrap()
            .with_browser_url(&format!("https://auth.{host}"))
            .unwrap();
        for _ in 0..20 {
            assert_eq!(framework.get(&sessions, GUARDED, &[COOKIE]).await.status, 200, "{framework:?}");
        }
        let line = log::once(&format!("never send them to app.{host}"));
        assert!(line.starts_with("ERROR") && line.contains(&format!("`cookies.domain: {host}`")), "{line}");
        assert!(log::with("s3cret").is_empty());
    }
}

pub(crate) async fn secure_cookie(_: &Server) {
    let sessions = Kratos::from_resolver(extending("ory_kratos_session=s3cret; Path=/; Secure"))
        .with_app("http://example.org")
        .unwrap()
        .with_browser_url("http://example.org")
        .unwrap();
    for framework in BOTH {
        assert_eq!(framework.get(&sessions, GUARDED, &[COOKIE]).await.status, 200, "{framework:?}");
    }
    let line = log::once("marked Secure, and the application is served over http:");
    assert!(line.contains("`session.cookie.secure: false`"), "{line}");
}

pub(crate) async fn step_up_elsewhere(_: &Server) {
    for framework in BOTH {
        let (ours, theirs) = (host(), host());
        let kratos = format!("https://auth.{ours}");
        let to = format!("https://{theirs}/self-service/login/browser?aal=aal2&code=s3cret").parse().unwrap();
        let sessions = Kratos::from_resolver(StaticResolver::step_up(Some(to)))
            .with_app(&format!("https://app.{ours}"))
            .unwrap()
            .with_browser_url(&kratos)
            .unwrap();
        assert_eq!(framework.get(&sessions, GUARDED, &[COOKIE, PAGE]).await.status, 303, "{framework:?}");
        let line = log::once(&theirs);
        assert!(line.contains(&kratos) && line.contains("`serve.public.base_url`"), "{line}");
    }
    assert!(log::with("s3cret").is_empty());
}

/// Returns an application whose configured browser URL differs from Kratos' own.
fn elsewhere(server: &Server, app: &str, kratos: &str) -> Kratos {
    let client = Client::new(&server.public_url).unwrap().with_era(era(server));
    Kratos::from_resolver(HttpResolver::new(&server.public_url).unwrap())
        .with_app(app)
        .unwrap()
        .with_browser_url(kratos)
        .unwrap()
        .with_client(client)
}

/// Returns path and query of the application's page to which Kratos redirects.
async fn redirected_to(server: &Server, path: &str, jar: &mut Jar) -> String {
    let answer = jar.send(client().get(server.public(path)).header("accept", "text/html")).await;
    let page = url::Url::parse(answer.location()).unwrap();
    format!("{}?{}", page.path(), page.query().unwrap_or_default())
}

pub(crate) async fn form_elsewhere(server: &'static Server) {
    for framework in BOTH {
        let host = host();
        let kratos = format!("http://auth.{host}");
        let sessions = elsewhere(server, &format!("http://app.{host}"), &kratos);
        let mut jar = Jar::default();
        let path = redirected_to(server, "/self-service/login/browser", &mut jar).await;
        let cookies = jar.header().unwrap();
        for _ in 0..3 {
            let reply = framework.get(&sessions, &path, &[PAGE, ("cookie", &cookies)]).await;
            // On a busy machine, a login flow of the strict profile may have expired.
            assert!(reply.status == 200 || server.profile == "strict", "{framework:?}: {}", reply.body);
        }
        if server.profile != "strict" {
            let line = log::once(&format!("and the application uses {kratos}"));
            assert!(line.starts_with("ERROR") && line.contains("`serve.public.base_url`"), "{line}");
        }
    }
}

/// Kratos redirects a browser to the error page, so the application does not see the refusal itself (Kratos 1.3.1, 26.2.0).
pub(crate) async fn own_return_to(server: &'static Server) {
    for framework in BOTH {
        let app = format!("https://app.{}", host());
        let sessions = elsewhere(server, &app, &server.public_url);
        let refused = format!("/self-service/login/browser?return_to={app}/page?code=s3cret");
        let path = redirected_to(server, &refused, &mut Jar::default()).await;
        assert!(path.starts_with("/error?id="), "{path}");
        for _ in 0..3 {
            assert_eq!(framework.get(&sessions, &path, &[PAGE]).await.status, 200, "{framework:?}");
        }
        let line = log::once(&format!("redirect browsers back to {app}"));
        assert!(line.starts_with("ERROR") && line.contains("`selfservice.allowed_return_urls`"), "{line}");
    }
    assert!(log::with("s3cret").is_empty());
}

pub(crate) async fn return_to_of_a_call(server: &'static Server) {
    let app = format!("https://{}", host());
    let client = Client::new(&server.public_url).unwrap();
    let new = NewFlow::new().with_return_to(format!("{app}/page?code=s3cret"));
    for _ in 0..3 {
        let _ = client.browser(&BrowserCookies::new("")).create_login_flow(&new).await.unwrap_err();
    }
    let line = log::once(&app);
    assert!(line.starts_with("WARN") && line.contains("`selfservice.allowed_return_urls`"), "{line}");
    assert!(log::with("s3cret").is_empty());
}

pub(crate) async fn admin_as_public(server: &'static Server) {
    let kratos = &server.admin_url;
    let client = Client::new(kratos).unwrap().with_era(era(server));
    let sessions = Kratos::from_resolver(HttpResolver::new(kratos).unwrap())
        .with_app(&server.app_url)
        .unwrap()
        .with_browser_url(&server.public_url)
        .unwrap()
        .with_client(client);
    for framework in BOTH {
        for _ in 0..3 {
            let reply = framework.get(&sessions, GUARDED, &[COOKIE]).await;
            assert_eq!(reply.status, 500, "{framework:?}");
            assert!(reply.body.contains("invalid_configuration"), "{framework:?}: {}", reply.body);
            // The log alone holds the fix.
            assert!(reply.body.contains("see its log"), "{framework:?}: {}", reply.body);
            assert!(!reply.body.contains("serve.public.port"), "{framework:?}: {}", reply.body);
        }
        // 0.6 also returns flows on its admin port.
        if server.is_since(0, 7) {
            let page = "/login?flow=00000000-0000-4000-8000-000000000000";
            let reply = framework.get(&sessions, page, &[PAGE, COOKIE]).await;
            assert_eq!(reply.status, 500, "{framework:?}: {}", reply.body);
        }
    }
    // One line for each of the two responses to whoami on an admin port, for any number of servers and requests.
    let lines = log::with("`serve.public.port`");
    assert!((1..=2).contains(&lines.len()), "{lines:#?}");
    assert!(
        lines.iter().all(|line| line.starts_with("ERROR") && line.contains("`Kratos::new`")),
        "{lines:#?}"
    );
}

pub(crate) async fn public_as_admin(server: &'static Server) {
    let admin = AdminClient::new(&server.public_url).unwrap().with_era(era(server));
    for _ in 0..3 {
        let error = admin.get_identity(uuid::Uuid::new_v4()).await.unwrap_err();
        assert!(error.to_string().contains("`serve.admin.port`"), "{error}");
    }
    // A redirect since 0.7, a missing route in 0.6.
    let text = if server.is_since(0, 7) { "as the public port does" } else { "not Kratos' admin URL" };
    assert!(log::once(text).contains("`AdminClient::new`"));
}
