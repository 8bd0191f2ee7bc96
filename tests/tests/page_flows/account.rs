//! The pages about the user's account: sessions and devices, and deleting it.

use kratos_core::client::{AdminClient, Era};
use kratos_tests::http::{Answer, Jar, client};
use kratos_tests::lab::Server;
use kratos_tests::scenarios;
use kratos_tests::suite::Scenario;

use super::frameworks::{Accounts, BOTH};
use super::page::{cached, headers, sessions};

pub(crate) const ALL: &[Scenario] = scenarios![
    listed: "sessions are listed, and the others revoked, one or all, by forms of this site", [Modern];
    from_the_cache: "a revoked session is dropped from the cache", [Modern];
    deleted: "a user deletes the account, after a recent sign-in, by a form of this site", [Modern];
];

async fn is_active(server: &Server, jar: &Jar) -> bool {
    let request =
        client().get(server.public("/sessions/whoami")).header("cookie", jar.header().unwrap_or_default());
    Answer::of(request.header("accept", "application/json")).await.status == 200
}

/// The ids in the forms that revoke one session.
fn revocable(html: &str) -> Vec<String> {
    let parts = html.split("action=\"?revoke=").skip(1);
    parts.map(|part| part.split('"').next().unwrap().to_owned()).filter(|id| id != "others").collect()
}

async fn listed(server: &'static Server) {
    for framework in BOTH {
        let ada = server.sign_up().await;
        let (here, phone, laptop) = (ada.browser().await, ada.browser().await, ada.browser().await);
        let own = headers(&here, &[("sec-fetch-site", "same-origin")]);
        let foreign = headers(&here, &[("sec-fetch-site", "cross-site")]);
        let stranger = headers(&Jar::default(), &[]);
        let ask =
            async |method, path: &str, headers| framework.ask(sessions(server), method, path, headers).await;

        let anonymous = ask("GET", "/sessions", &stranger).await;
        assert_eq!(anonymous.status, 303, "{framework:?}: to login");
        let page = ask("GET", "/sessions", &own).await;
        assert_eq!(page.status, 200, "{framework:?}: {page:?}");
        assert!(page.header("cache-control").contains("no-store"), "{page:?}");
        assert!(page.body.contains("This device") && page.body.contains("?revoke=others"), "{}", page.body);
        let ids = revocable(&page.body);
        assert!(ids.len() >= 2, "{framework:?}: {ids:?}");

        let one = format!("/sessions?revoke={}", ids[0]);
        assert_eq!(ask("POST", &one, &foreign).await.status, 403, "{framework:?}");
        assert!(is_active(server, &phone).await && is_active(server, &laptop).await);
        assert_eq!(ask("POST", "/sessions?revoke=x", &own).await.status, 404, "{framework:?}");
        assert_eq!(ask("POST", "/sessions", &own).await.status, 404, "{framework:?}");
        let revoked = ask("POST", &one, &own).await;
        assert_eq!(
            (revoked.status, revoked.header("location").as_str()),
            (303, "/sessions"),
            "{framework:?}"
        );
        let left = revocable(&ask("GET", "/sessions", &own).await.body);
        assert_eq!(left.len(), ids.len() - 1, "{framework:?}");

        assert_eq!(ask("POST", "/sessions?revoke=others", &foreign).await.status, 403, "{framework:?}");
        assert_eq!(ask("POST", "/sessions?revoke=others", &own).await.status, 303, "{framework:?}");
        let alone = ask("GET", "/sessions", &own).await.body;
        assert!(alone.contains("You are not signed in anywhere else."), "{framework:?}: {alone}");
        assert!(!is_active(server, &phone).await && !is_active(server, &laptop).await);
        assert!(is_active(server, &here).await, "{framework:?}: this one stays");
    }
}

/// The revoked session would stay cached for an hour.
async fn from_the_cache(server: &'static Server) {
    for framework in BOTH {
        let ada = server.sign_up().await;
        let (here, phone) = (ada.browser().await, ada.browser().await);
        let kratos = cached(server);
        let own = headers(&here, &[("sec-fetch-site", "same-origin")]);
        let theirs = headers(&phone, &[]);
        assert_eq!(framework.ask(kratos.clone(), "GET", "/sessions", &theirs).await.status, 200);
        let revoked = framework.ask(kratos.clone(), "POST", "/sessions?revoke=others", &own).await;
        assert_eq!(revoked.status, 303, "{framework:?}");
        let after = framework.ask(kratos, "GET", "/sessions", &theirs).await;
        assert_eq!(after.status, 303, "{framework:?}: served from the cache");
    }
}

async fn deleted(server: &'static Server) {
    let era = Era::of_release(&server.version).unwrap_or_default();
    let works = Accounts(Some(AdminClient::new(&server.admin_url).unwrap().with_era(era)));
    for framework in BOTH {
        let ada = server.sign_up().await;
        let here = ada.browser().await;
        let own = headers(&here, &[("sec-fetch-site", "same-origin")]);
        let foreign = headers(&here, &[("sec-fetch-site", "cross-site")]);
        let stranger = headers(&Jar::default(), &[]);
        let ask = async |accounts: &Accounts, method, headers| {
            framework.ask_with(sessions(server), accounts.clone(), method, "/account/delete", headers).await
        };
        let page = ask(&works, "GET", &own).await;
        assert_eq!(page.status, 200, "{framework:?}: {page:?}");
        assert!(page.body.contains("cannot be undone"), "{}", page.body);
        assert_eq!(ask(&works, "GET", &stranger).await.status, 303, "{framework:?}: to login");
        assert_eq!(ask(&works, "POST", &foreign).await.status, 403, "{framework:?}");
        let failed = ask(&Accounts(None), "POST", &own).await;
        assert_eq!(failed.status, 503, "{framework:?}");
        assert!(failed.body.contains("could not be deleted"), "{}", failed.body);
        assert!(is_active(server, &here).await, "{framework:?}: nothing happened so far");

        let done = ask(&works, "POST", &own).await;
        assert_eq!(done.status, 303, "{framework:?}: {done:?}");
        assert!(done.header("location").starts_with(&server.app_url), "{done:?}");
        assert!(!is_active(server, &here).await, "{framework:?}: the account is gone");
    }
}
