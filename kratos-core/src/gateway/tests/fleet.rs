//! What a process' gateway tells the other processes of a fleet.

use std::time::Duration;

use http::{Method, StatusCode};

use super::{COOKIES, DELETED, OTHER, STRANGERS, UNAUTHORIZED, cookie, headers, visit, whoami};
use crate::{
    Kratos,
    fleet::{Fleet, InProcessStore},
    gateway::GatewayUpstream,
    kratos::tests::upstream::Upstream,
};

const MINUTE: Duration = Duration::from_secs(60);
/// More than a process may write about what it does not know, and far less than what bars the entries of other users.
const FEW: usize = 20;

async fn process(server: &Upstream, store: &InProcessStore) -> Kratos {
    let fleet = Fleet::new(store.clone()).with_bound(MINUTE).with_timeout(Duration::from_secs(10));
    let kratos = Kratos::new(&server.url).unwrap().with_secret([7; 32]).unwrap().with_cache(MINUTE);
    let kratos = kratos.with_fleet(fleet).unwrap();
    kratos.fleet().unwrap().ready().await;
    kratos
}

fn number(store: &InProcessStore, of: &str) -> usize {
    let shown = format!("{store:?}");
    let from = shown.find(of).unwrap() + of.len() + 2;
    shown[from..].split(',').next().unwrap().parse().unwrap()
}

async fn until(mut holds: impl FnMut() -> bool) {
    while !holds() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn has(kratos: &Kratos, cookies: &str) -> bool {
    kratos.cached_session(&cookie(kratos, cookies)).is_some()
}

/// Every request of an anonymous caller that could end a session, with an answer and without.
async fn flood(kratos: &Kratos, requests: usize) {
    let upstream = GatewayUpstream::new(kratos).unwrap();
    for number in 0..requests {
        let made_up = format!("ory_kratos_session=STRAY{number}");
        let token = format!("ory_st_STRAY{number}");
        let sent = headers(&[("cookie", &made_up), ("x-session-token", &token)]);
        let revoked = format!("/sessions/{}", uuid::Uuid::new_v4());
        let (method, path) = match number % 5 {
            0 => (Method::GET, "/self-service/logout"),
            1 => (Method::POST, "/self-service/login"),
            2 => (Method::POST, "/self-service/settings"),
            3 => (Method::DELETE, "/sessions"),
            _ => (Method::DELETE, &*revoked),
        };
        let mut passage = upstream.passage(&method, path, &sent);
        passage.sent();
        match number / 5 % 4 {
            0 => drop(passage.answered(StatusCode::SEE_OTHER, &headers(&[])).await),
            1 => drop(passage.answered(StatusCode::BAD_REQUEST, &headers(&[])).await),
            2 => drop(passage.unanswered(StatusCode::GATEWAY_TIMEOUT)),
            _ => drop(passage),
        }
        // Lookups have as many places.
        if number % 30 == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
    tokio::time::sleep(Duration::from_millis(1)).await;
}

#[tokio::test]
async fn anonymous_callers_bar_no_entry_of_another_user() {
    let (server, store) = (whoami().await, InProcessStore::new());
    let processes = [process(&server, &store).await, process(&server, &store).await];
    for of in COOKIES {
        visit(&processes[1], of).await;
    }
    until(|| number(&store, "entries") == COOKIES.len()).await;
    let before = number(&store, "records");
    flood(&processes[0], 20_000).await;
    processes[0].fleet().unwrap().published().await;
    let asked = server.asked().len();
    for of in COOKIES {
        assert!(has(&processes[1], of), "{of}");
        visit(&processes[0], of).await;
        visit(&process(&server, &store).await, of).await;
    }
    assert_eq!(server.asked().len(), asked, "the entries in the store are used");
    let written = number(&store, "records") - before;
    assert!(written < FEW, "{written} records");

    // Nothing is left to spend. What the store knows is told all the same.
    let third = process(&server, &store).await;
    flood(&third, 500).await;
    let stranger = headers(&[("cookie", COOKIES[2])]);
    let mut passage =
        GatewayUpstream::new(&third).unwrap().passage(&Method::POST, "/self-service/login", &stranger);
    passage.sent();
    drop(passage);
    until(|| !has(&processes[1], COOKIES[2])).await;
    assert!(has(&processes[1], COOKIES[1]));
}

/// Another process has the session in memory; this one never saw it, and Kratos does not name it before: it asks for a second
/// factor, or cannot read its database.
#[tokio::test]
async fn a_logout_that_kratos_confirms_is_told_whatever_was_spent() {
    let native = "ory_st_OWN";
    for is_native in [false, true] {
        let (server, store) = (whoami().await, InProcessStore::new());
        let holder = process(&server, &store).await;
        let sent = if is_native { ("x-session-token", native) } else { ("cookie", COOKIES[0]) };
        let carried = headers(&[sent]);
        let request = crate::policy::RequestView::new("GET", "/", &carried);
        holder.request(&carried).session(&request).await.unwrap();
        until(|| number(&store, "entries") == 1).await;
        // The store lost the entry.
        let credential = holder.credentials().read(&carried).unwrap().unwrap();
        let secret = crate::kratos::secret::Secret::new(&[7; 32]).unwrap();
        let key = credential.cache_key(&secret.cache_keys());
        crate::fleet::FleetStore::put(&store, &key, bytes::Bytes::new(), Duration::ZERO).await.unwrap();

        let denies = Upstream::routed(|_, _| (401, String::new(), UNAUTHORIZED.to_owned())).await;
        let ends = process(&denies, &store).await;
        flood(&ends, 2_000).await;
        let upstream = GatewayUpstream::new(&ends).unwrap();
        let (method, path, answer) = match is_native {
            false => (Method::GET, "/self-service/logout", vec![DELETED]),
            true => (Method::DELETE, "/self-service/logout/api", vec![]),
        };
        let mut passage = upstream.passage(&method, path, &carried);
        passage.read_body(format!("{{\"session_token\":\"{native}\"}}").as_bytes());
        passage.find_sessions().await.unwrap();
        passage.sent();
        drop(passage.answered(StatusCode::NO_CONTENT, &headers(&answer)).await);
        until(|| holder.cached_session(&credential).is_none()).await;
    }
}

/// `DELETE /sessions/ID`: Kratos answers the same for any id, so that the identity of the request is told.
#[tokio::test]
async fn a_revoked_session_is_told_and_a_made_up_one_is_not() {
    let (server, store) = (whoami().await, InProcessStore::new());
    let processes = [process(&server, &store).await, process(&server, &store).await];
    for of in &COOKIES[1..] {
        visit(&processes[1], of).await;
    }
    let upstream = GatewayUpstream::new(&processes[0]).unwrap();
    let carried = headers(&[("cookie", COOKIES[0])]);
    let revoke = async |id: &str| {
        let mut passage = upstream.passage(&Method::DELETE, &format!("/sessions/{id}"), &carried);
        passage.find_sessions().await.unwrap();
        passage.sent();
        drop(passage.answered(StatusCode::NO_CONTENT, &headers(&[])).await);
    };
    revoke(STRANGERS).await;
    revoke(OTHER).await;
    until(|| !has(&processes[1], COOKIES[1])).await;
    assert!(has(&processes[1], COOKIES[2]), "the session of another identity");
}
