use std::{
    error::Error,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use http::{HeaderMap, HeaderName, HeaderValue};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::{
    Kratos, KratosRequest,
    kratos::tests::upstream::{SESSION, Upstream},
    model::Identity,
    pages::{AccountDeleter, AccountDeletion},
    policy::RequestView,
};

const HOUR: Duration = Duration::from_secs(3600);

/// A Kratos with one session, which every DELETE ends.
async fn server(ended: &Arc<AtomicBool>) -> Upstream {
    let ended = Arc::clone(ended);
    let now = crate::clock::now().format(&time::format_description::well_known::Rfc3339).unwrap();
    let recent = SESSION.replace(r#""active":true"#, &format!(r#""active":true,"authenticated_at":"{now}""#));
    Upstream::routed(move |_, head| {
        let is_ended = ended.fetch_or(head.starts_with("DELETE "), Ordering::SeqCst);
        match (head.starts_with("DELETE "), is_ended) {
            (true, _) => (200, String::new(), r#"{"count":1}"#.to_owned()),
            (false, true) => (401, String::new(), r#"{"error":{"code":401}}"#.to_owned()),
            (false, false) => (200, String::new(), recent.clone()),
        }
    })
    .await
}

fn request(kratos: &Kratos) -> KratosRequest {
    let mut headers = HeaderMap::new();
    headers.insert("cookie", HeaderValue::from_static("ory_kratos_session=MTIzNDU2Nzg5MDEyMzQ1Njc4OTA="));
    headers.insert(HeaderName::from_static("sec-fetch-site"), HeaderValue::from_static("same-origin"));
    kratos.request(&headers).bind(&RequestView::new("POST", "/sessions", &headers))
}

/// A deletion that takes until it is let go.
struct Slow {
    ended: Arc<AtomicBool>,
    begun: Arc<Notify>,
    go: Arc<Notify>,
}

impl AccountDeletion for Slow {
    async fn delete_account(&self, _: &Identity) -> Result<(), Box<dyn Error + Send + Sync>> {
        self.begun.notify_one();
        self.go.notified().await;
        self.ended.store(true, Ordering::SeqCst);
        Ok(())
    }
}

/// What a user ends does not stay cached when the user's browser hangs up first.
#[tokio::test]
async fn what_the_user_ends_is_dropped_if_the_caller_hangs_up() {
    for which in ["one", "others", "account"] {
        let ended = Arc::<AtomicBool>::default();
        let upstream = server(&ended).await;
        let kratos = Kratos::new(&upstream.url).unwrap().with_cache(HOUR);
        let kratos = kratos.with_app("https://app.example").unwrap();
        let kratos = kratos.with_browser_url("https://auth.example").unwrap();
        assert!(request(&kratos).session().await.is_ok(), "{which}");
        let (begun, go) = (Arc::<Notify>::default(), Arc::<Notify>::default());
        let deletion = Slow { ended: Arc::clone(&ended), begun: Arc::clone(&begun), go: Arc::clone(&go) };
        let caller = tokio::spawn({
            let request = request(&kratos);
            async move {
                match which {
                    "one" => {
                        let id = Uuid::parse_str("9f425a8d-7efc-4768-8f23-7647a74fdf13").unwrap();
                        drop(request.revoke_session(id).await);
                    }
                    "others" => drop(request.revoke_other_sessions().await),
                    _ => drop(request.delete_account(&AccountDeleter::new(deletion)).await),
                }
            }
        });
        if which == "account" {
            begun.notified().await;
        } else {
            while !upstream.asked().iter().any(|line| line.starts_with("DELETE ")) {
                tokio::task::yield_now().await;
            }
        }
        caller.abort();
        drop(caller.await);
        go.notify_one();
        // It still runs for a moment.
        let mut waits = 0;
        while request(&kratos).session().await.is_ok() {
            waits += 1;
            assert!(waits < 5_000, "{which}: the ended session stays cached");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert!(ended.load(Ordering::SeqCst), "{which}");
    }
}
