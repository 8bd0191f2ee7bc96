//! Sessions of all users on the admin API.

use kratos_core::client::__private::Operation as O;
use kratos_core::client::{ListSessions, SessionExpand};
use kratos_core::credential::Credential;
use kratos_core::model::Session;
use kratos_tests::lab::Server;
use uuid::Uuid;

use crate::context::Context;

pub(crate) async fn sessions(server: &'static Server) {
    let it = Context::new(server);
    let person = server.sign_up().await;
    let tokens = [person.token().await, person.token().await, person.token().await];
    let whoami = async |token: &str| it.client.to_session(&Credential::session_token(token)).await;
    let session = whoami(&tokens[0]).await.unwrap().drop_cookies();

    if it.offers(O::ListSessions) {
        listed_sessions(&it).await;
    }
    if it.offers(O::GetSession) {
        let one = it.admin.get_session(session.id, &[SessionExpand::Identity]).await;
        if !it.lacks(&one, &[O::GetSession]) {
            assert_eq!(one.unwrap().identity().unwrap().id, person.identity_id);
            assert!(it.admin.get_session(Uuid::new_v4(), &[]).await.unwrap_err().is_not_found());
            it.passed(&[O::GetSession]);
        }
    }
    if it.offers(O::ExtendSession) {
        let extended = it.admin.extend_session(session.id).await;
        if !it.lacks(&extended, &[O::ExtendSession]) {
            assert!(extended.unwrap().is_none_or(|extended| extended.expires_at >= session.expires_at));
            it.passed(&[O::ExtendSession]);
        }
    }
    if it.offers(O::ListIdentitySessions) {
        let own = it.admin.list_identity_sessions(person.identity_id, Some(true)).unwrap();
        let paged = own.clone().with_page_size(2).collect().await;
        if !it.lacks(&paged, &[O::ListIdentitySessions]) {
            let ids =
                |sessions: Vec<Session>| sessions.into_iter().map(|session| session.id).collect::<Vec<_>>();
            let all = ids(own.collect().await.unwrap());
            assert_eq!((ids(paged.unwrap()), all.len()), (all, 4), "the registration's session, and three");
            it.passed(&[O::ListIdentitySessions]);
        }
    }
    if it.offers(O::DisableSession) {
        let disabled = it.admin.disable_session(session.id).await;
        if !it.lacks(&disabled, &[O::DisableSession]) {
            disabled.unwrap();
            assert!(whoami(&tokens[0]).await.unwrap_err().is_unauthenticated());
            it.passed(&[O::DisableSession]);
        }
    }
    if it.offers(O::DeleteIdentitySessions) {
        let deleted = it.admin.delete_identity_sessions(person.identity_id).await;
        if !it.lacks(&deleted, &[O::DeleteIdentitySessions]) {
            deleted.unwrap();
            assert!(whoami(&tokens[1]).await.unwrap_err().is_unauthenticated());
            assert!(it.admin.delete_identity_sessions(person.identity_id).await.unwrap_err().is_not_found());
            it.passed(&[O::DeleteIdentitySessions]);
        }
    }
}

async fn listed_sessions(it: &Context) {
    let listed = it.admin.list_sessions(ListSessions::new().with_active(true)).unwrap().with_page_size(1);
    let listed = listed.clone().next_page().await;
    if it.lacks(&listed, &[O::ListSessions]) {
        return;
    }
    let page = listed.unwrap().unwrap();
    assert!(page.items[0].identity.is_none() && page.next.is_some());
    let expanded = ListSessions::new().with_expand(&[SessionExpand::Identity, SessionExpand::Devices]);
    let mut pages = it.admin.list_sessions(expanded).unwrap().with_page_size(2);
    let (one, two) = (pages.next_page().await.unwrap().unwrap(), pages.next_page().await.unwrap().unwrap());
    assert!(one.items.iter().all(|session| two.items.iter().all(|other| other.id != session.id)));
    assert!(one.items[0].identity.is_some() && !one.items[0].devices.is_empty());
    it.passed(&[O::ListSessions]);
}
