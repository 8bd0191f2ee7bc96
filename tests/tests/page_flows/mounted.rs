//! All pages that one line mounts.

use super::{
    frameworks::BOTH,
    page::{headers, sessions, sessions_at},
};
use kratos_tests::scenarios;
use kratos_tests::suite::Scenario;
use kratos_tests::{
    http::{Jar, client},
    lab::Server,
};
use kratos_ui::assets::{ASSETS, Asset};

pub(crate) const ALL: &[Scenario] = scenarios![
    alike: "every mounted page answers alike in axum and actix-web, for GET and HEAD", [];
    languages: "a page is in the language that the browser accepts", [];
];

/// What a page answers without a flow, a session or a form: path, status, redirect target.
const TABLE: [(&str, u16, &str); 10] = [
    ("/login?return_to=%2Fa", 303, "KRATOS/self-service/login/browser?return_to=%2Fa"),
    ("/registration", 303, "KRATOS/self-service/registration/browser"),
    ("/recovery", 303, "KRATOS/self-service/recovery/browser"),
    ("/verification", 303, "KRATOS/self-service/verification/browser"),
    ("/settings", 303, "KRATOS/self-service/settings/browser"),
    ("/error", 303, "APP/"),
    ("/.well-known/change-password", 303, "/settings#password"),
    ("/logout", 405, ""),
    ("/login/", 404, ""),
    ("/kratos-ui/other.css", 404, ""),
];

async fn languages(server: &'static Server) {
    let mut jar = Jar::default();
    let url = server.public("/self-service/recovery/browser");
    let answer = jar.send(client().get(url).header("accept", "text/html")).await;
    let page = url::Url::parse(answer.location()).unwrap();
    let path = format!("/recovery?{}", page.query().unwrap());
    for framework in BOTH {
        for (accepted, lang, title) in [
            ("de-AT,de;q=0.9,en;q=0.8", "de", "Konto wiederherstellen"),
            ("xx, en;q=0.1", "en", "Recover your account"),
        ] {
            let headers = headers(&jar, &[("accept-language", accepted)]);
            let reply = framework.ask(sessions(server), "GET", &path, &headers).await;
            assert_eq!(reply.status, 200, "{framework:?}");
            for expected in [format!("<html lang=\"{lang}\" dir=\"ltr\">"), format!("<h1>{title}</h1>")] {
                assert!(reply.body.contains(&expected), "{framework:?}: {expected} in {}", reply.body);
            }
        }
    }
}

async fn alike(server: &'static Server) {
    let anonymous = headers(&Jar::default(), &[]);
    for framework in BOTH {
        for (path, status, to) in TABLE {
            let to = to.replace("KRATOS", &server.public_url).replace("APP", &server.app_url);
            for method in ["GET", "HEAD"] {
                let reply = framework.ask(sessions(server), method, path, &anonymous).await;
                assert_eq!(
                    (reply.status, reply.header("location")),
                    (status, to.clone()),
                    "{framework:?} {path}"
                );
            }
            let posted = framework.ask(sessions(server), "POST", path, &anonymous).await;
            let expected = match status {
                404 => 404,
                _ if path == "/logout" => 303,
                _ => 405,
            };
            assert_eq!(posted.status, expected, "{framework:?}: POST {path}");
        }
        for asset in ASSETS {
            let path = format!("/kratos-ui/{}?v={:08x}", asset.name, asset.version);
            let reply = framework.ask(sessions(server), "GET", &path, &anonymous).await;
            assert_eq!((reply.status, reply.body.as_str()), (200, asset.body), "{framework:?} {path}");
            assert_eq!(reply.header("content-type"), asset.content_type);
            assert_eq!(reply.header("cache-control"), Asset::CACHE_CONTROL);
            assert_eq!(reply.header("set-cookie"), "", "a publicly cacheable file sets no cookie");
            let head = framework.ask(sessions(server), "HEAD", &path, &anonymous).await;
            assert_eq!(head.status, 200, "{framework:?}: HEAD {path}");
        }
        let away = sessions_at(server, "http://127.0.0.1:9");
        let flow = "/login?flow=00000000-0000-4000-8000-000000000000";
        assert_eq!(framework.ask(away, "GET", flow, &anonymous).await.status, 503, "{framework:?}");
    }
}
