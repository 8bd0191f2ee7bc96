//! How an application is put together; no Kratos is asked.

use kratos_core::{
    Kratos,
    client::Client,
    model::{Identity, Session},
    policy::Links,
    resolve::StaticResolver,
};
use kratos_tests::lab::Server;
use uuid::Uuid;

use crate::{
    app::{BOTH, GUARDED, MISPLACED, PAGE},
    log,
};

/// A host below `.example` that no other scenario has.
pub(crate) fn host() -> String {
    format!("h{}.example", Uuid::new_v4().simple())
}

pub(crate) fn active() -> Session {
    let mut session = Session::new(Uuid::new_v4());
    session.identity = Some(Identity::new(Uuid::new_v4()).into());
    session
}

pub(crate) async fn hosts(_: &Server) {
    for _ in 0..3 {
        let _ = Kratos::from_resolver(StaticResolver::anonymous())
            .with_app("http://127.0.0.1:3000")
            .unwrap()
            .with_browser_url("http://localhost:4433")
            .unwrap();
    }
    let line = log::once("127.0.0.1 and localhost are different hosts");
    assert!(line.starts_with("ERROR") && line.contains("`serve.public.base_url`"), "{line}");

    let (app, kratos) = (host(), host());
    let _ = Kratos::from_resolver(StaticResolver::anonymous())
        .with_app(&format!("https://{app}/a"))
        .unwrap()
        .with_browser_url(&format!("https://{kratos}/b"))
        .unwrap();
    let line = log::once(&app);
    assert!(line.contains(&kratos) && line.contains("`Links::new`"), "{line}");
}

pub(crate) async fn missing_layer(_: &Server) {
    for framework in BOTH {
        for _ in 0..20 {
            let reply = framework.get(&StaticResolver::anonymous().into(), MISPLACED, &[]).await;
            assert_eq!(reply.status, 500, "{framework:?}");
        }
    }
    assert!(log::once("outside KratosLayer").contains("add it around this route"));
    assert!(log::once("outside KratosMiddleware").contains("wrap the App in it"));
}

pub(crate) async fn no_client(_: &Server) {
    for framework in BOTH {
        let reply = framework.get(&StaticResolver::anonymous().into(), "/login?flow=x", &[PAGE]).await;
        assert_eq!(reply.status, 500, "{framework:?}");
    }
    log::once("Kratos::with_client");
}

pub(crate) async fn other_name(_: &Server) {
    let sessions = Kratos::from_resolver(StaticResolver::anonymous())
        .with_app("http://127.0.0.1:3000")
        .unwrap()
        .with_browser_url("http://127.0.0.1:4433")
        .unwrap();
    for framework in BOTH {
        let reply = framework.get(&sessions, GUARDED, &[PAGE, ("host", "localhost:3000")]).await;
        assert_eq!(reply.status, 303, "{framework:?}");
    }
    let line = log::once("asked for at localhost");
    assert!(
        line.starts_with("WARN") && line.contains("127.0.0.1") && line.contains("`Links::new`"),
        "{line}"
    );
}

pub(crate) async fn silence(_: &Server) {
    let before = log::with("").len();
    let host = host();
    let sessions = Kratos::from_resolver(StaticResolver::active(active()))
        .with_app(&format!("https://app.{host}"))
        .unwrap()
        .with_browser_url(&format!("https://auth.{host}"))
        .unwrap()
        .with_client(Client::new("http://127.0.0.1:9").unwrap());
    let nobody = Kratos::from_resolver(StaticResolver::anonymous());
    for framework in BOTH {
        let reply = framework.get(&sessions, GUARDED, &[PAGE, ("cookie", "ory_kratos_session=x")]).await;
        assert_eq!((reply.status, reply.body.as_str()), (200, "in"), "{framework:?}");
        assert_eq!(framework.get(&nobody, GUARDED, &[]).await.status, 401, "{framework:?}");
    }
    // Other scenarios run meanwhile, on other servers.
    assert!(log::with(&host).is_empty(), "{:?}", &log::with("")[before..]);
}
