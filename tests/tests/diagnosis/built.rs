//! Findings about the application's configuration, without a call to Kratos.

use kratos_core::{
    Kratos,
    client::Client,
    model::{Identity, Session},
    resolve::StaticResolver,
};
use kratos_tests::lab::Server;
use uuid::Uuid;

use crate::{
    app::{BOTH, GUARDED, MISPLACED, PAGE},
    log,
};

/// Returns a host below `.example` that no other scenario uses.
pub(crate) fn host() -> String {
    format!("h{}.example", Uuid::new_v4().simple())
}

pub(crate) fn active() -> Session {
    let mut session = Session::new(Uuid::new_v4());
    session.identity = Some(Identity::new(Uuid::new_v4()).into());
    session
}

pub(crate) async fn hosts(_: &Server) {
    for framework in BOTH {
        let kratos = Kratos::from_resolver(StaticResolver::anonymous())
            .with_app("http://127.0.0.1:3000")
            .unwrap()
            .with_browser_url("http://localhost:4433")
            .unwrap();
        let _ = framework.get(&kratos, GUARDED, &[]).await;
    }
    let line = log::once("127.0.0.1 and localhost are different hosts");
    assert!(line.starts_with("ERROR") && line.contains("`serve.public.base_url`"), "{line}");

    let (app, kratos) = (host(), host());
    for framework in BOTH {
        let kratos = Kratos::from_resolver(StaticResolver::anonymous())
            .with_app(&format!("https://{app}/a"))
            .unwrap()
            .with_browser_url(&format!("https://{kratos}/b"))
            .unwrap();
        let _ = framework.get(&kratos, GUARDED, &[]).await;
    }
    let line = log::once(&app);
    assert!(line.contains(&kratos) && line.contains("`Kratos::with_app`"), "{line}");
}

pub(crate) async fn missing_layer(_: &Server) {
    for framework in BOTH {
        for _ in 0..20 {
            let reply = framework.get(&StaticResolver::anonymous().into(), MISPLACED, &[]).await;
            assert_eq!(reply.status, 500, "{framework:?}");
        }
    }
    assert!(log::once("KratosLayer").contains(".layer(KratosLayer::new(..))"));
    assert!(log::once("KratosMiddleware").contains("wrap the App in it"));
}

pub(crate) async fn no_client(_: &Server) {
    for framework in BOTH {
        let reply = framework.get(&StaticResolver::anonymous().into(), "/login?flow=x", &[PAGE]).await;
        assert_eq!(reply.status, 500, "{framework:?}");
    }
    log::once("a self-service page needs Kratos::new");
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
    let line = log::once("requested at localhost");
    assert!(
        line.starts_with("WARN") && line.contains("127.0.0.1") && line.contains("`Kratos::with_app`"),
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
    let anonymous = Kratos::from_resolver(StaticResolver::anonymous());
    for framework in BOTH {
        let reply = framework.get(&sessions, GUARDED, &[PAGE, ("cookie", "ory_kratos_session=x")]).await;
        assert_eq!((reply.status, reply.body.as_str()), (200, "in"), "{framework:?}");
        assert_eq!(framework.get(&anonymous, GUARDED, &[]).await.status, 401, "{framework:?}");
    }
    // Other scenarios run concurrently.
    assert!(log::with(&host).is_empty(), "{:?}", &log::with("")[before..]);
}
