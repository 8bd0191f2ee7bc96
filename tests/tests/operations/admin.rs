//! Identities, recovery and messages on the admin API.

use std::time::Duration;

use futures_util::TryStreamExt as _;
use kratos_core::client::__private::Operation as O;
use kratos_core::client::submit::LoginBody;
use kratos_core::client::{
    BatchIdentities, Era, ImportCredentials, JsonPatch, ListIdentities, ListMessages, NewFlow, NewIdentity,
    NewRecoveryCode, NewRecoveryLink, UpdatedIdentity,
};
use kratos_core::model::{BatchAction, Identity, IdentityState, Method};
use kratos_tests::lab::Server;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::context::{Context, NewUser, done};

async fn new(it: &Context) -> Identity {
    let traits = NewUser::new().traits();
    it.admin.create_identity(&NewIdentity::new(&it.server.schema_id, traits)).await.unwrap()
}

pub(crate) async fn identities(server: &'static Server) {
    let it = Context::new(server);
    let operations = [
        O::CreateIdentity,
        O::GetIdentity,
        O::UpdateIdentity,
        O::PatchIdentity,
        O::DeleteIdentity,
        O::GetIdentityByExternalId,
        O::DeleteIdentityCredentials,
    ];
    let ada = NewUser::new();
    let created = it.admin.create_identity(&NewIdentity::new(&server.schema_id, ada.traits())).await;
    if it.lacks(&created, &operations) {
        return;
    }
    let created = created.unwrap();
    let again =
        it.admin.create_identity(&NewIdentity::new(&server.schema_id, ada.traits())).await.unwrap_err();
    assert!(again.is_conflict(), "{again:?}");
    let got = it.admin.get_identity(created.id).await.unwrap();
    assert_eq!(got.traits::<Value>().unwrap(), ada.traits());
    let traits = json!({"email": ada.email, "name": {"first": "Grace", "last": "Hopper"}});
    // 0.6 refuses `state` in an update, and returns none that could be sent.
    let body = UpdatedIdentity::from_identity(&got, traits.clone());
    let updated = it.admin.update_identity(created.id, &body).await.unwrap();
    assert_eq!(updated.traits::<Value>().unwrap(), traits);
    it.passed(&[O::CreateIdentity, O::GetIdentity, O::UpdateIdentity]);
    if it.offers(O::PatchIdentity) {
        let patch = JsonPatch::new()
            .with_replace("/traits/name/first", "Edsger")
            .with_replace("/state", "inactive")
            .with_add("/metadata_admin", json!({"plan": "large"}));
        let patched = it.admin.patch_identity(created.id, &patch).await.unwrap();
        assert_eq!(patched.state, Some(IdentityState::Inactive));
        let patched = it.admin.get_identity(patched.id).await.unwrap();
        // 0.11.1 deletes it with each patch.
        let kept = patched.metadata_admin.is_some_and(|metadata| metadata.to_value()["plan"] == "large");
        assert_eq!(kept, server.is_since(0, 13));
        let forbidden = JsonPatch::new().with_replace("/id", Uuid::new_v4().to_string());
        assert!(it.admin.patch_identity(created.id, &forbidden).await.unwrap_err().is_invalid());
        // Replacing an identity by the one that was read keeps its metadata.
        let read = it.admin.get_identity(created.id).await.unwrap();
        let body = UpdatedIdentity::from_identity(&read, traits);
        let body = if kept { body } else { body.with_metadata_admin(json!({"plan": "large"})) };
        let updated = it.admin.update_identity(created.id, &body).await.unwrap();
        let updated = it.admin.get_identity(updated.id).await.unwrap();
        assert_eq!(updated.metadata_admin.unwrap().to_value()["plan"], "large");
        it.passed(&[O::PatchIdentity]);
    }
    if it.offers(O::GetIdentityByExternalId) {
        let external = format!("crm {}/1", Uuid::new_v4());
        let body = NewIdentity::new(&server.schema_id, NewUser::new().traits()).with_external_id(&external);
        let with = it.admin.create_identity(&body).await.unwrap();
        let found = it.admin.get_identity_by_external_id(&external).await.unwrap();
        assert_eq!(found.id, with.id);
        assert!(it.admin.get_identity_by_external_id("unknown").await.unwrap_err().is_not_found());
        it.passed(&[O::GetIdentityByExternalId]);
    }
    it.admin.delete_identity(created.id).await.unwrap();
    assert!(it.admin.get_identity(created.id).await.unwrap_err().is_not_found());
    assert!(it.admin.delete_identity(created.id).await.unwrap_err().is_not_found());
    it.passed(&[O::DeleteIdentity]);
}

pub(crate) async fn import(server: &'static Server) {
    let it = Context::new(server);
    if !it.offers(O::BatchPatchIdentities) {
        return;
    }
    let ada = NewUser::new();
    let credentials =
        ImportCredentials::new().with_password(&ada.password).with_oidc("lab", &format!("sub-{}", ada.email));
    let body = NewIdentity::new(&server.schema_id, ada.traits()).with_credentials(credentials);
    let created = it.admin.create_identity(&body).await;
    if it.lacks(&created, &[O::BatchPatchIdentities, O::DeleteIdentityCredentials]) {
        return;
    }
    let created = created.unwrap();
    let native = it.client.native();
    let flow = native.create_login_flow(&NewFlow::new()).await.unwrap();
    let login =
        native.submit_login_flow(&flow, LoginBody::password(&ada.email, &ada.password)).await.unwrap();
    assert_eq!(done(login).session.identity().unwrap().id, created.id);
    let identity = it.admin.get_identity_with_credentials(created.id, &[Method::Oidc]).await.unwrap();
    let oidc = &identity.credentials[&Method::Oidc];
    let identifier = oidc.identifiers[0].clone();
    assert!(oidc.config.is_some() && identifier.starts_with("lab:sub-"));
    let deleted = it.admin.delete_identity_credentials(created.id, &Method::Oidc, Some(&identifier)).await;
    if server.is_since(1, 3) {
        deleted.unwrap();
    } else {
        // Before 1.3 Kratos deletes second factors only.
        assert!(deleted.unwrap_err().is_invalid());
    }
    let person = server.sign_up_with_totp().await;
    it.admin.delete_identity_credentials(person.identity_id, &Method::Totp, None).await.unwrap();
    assert!(
        !it.admin.get_identity(person.identity_id).await.unwrap().credentials.contains_key(&Method::Totp)
    );
    let error = it.admin.delete_identity_credentials(created.id, &Method::Totp, None).await.unwrap_err();
    assert!(error.is_not_found() || error.is_invalid(), "{error:?}");
    let error = it.admin.delete_identity_credentials(Uuid::new_v4(), &Method::Totp, None).await.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");

    let hash = "$2a$04$DBvrMn/OF.6FfC1M.wLiE.fkGHTbhcpvrOTLxmgAxJPJqJLkU2ZgC";
    let hashed = ImportCredentials::new().with_hashed_password(hash);
    let one = NewIdentity::new(&server.schema_id, NewUser::new().traits()).with_credentials(hashed);
    let taken = NewIdentity::new(&server.schema_id, ada.traits());
    let (first, second) = (Uuid::new_v4(), Uuid::new_v4());
    let batch = BatchIdentities::new().with_identity(&one, Some(first)).with_identity(&taken, Some(second));
    let outcome = it.admin.batch_patch_identities(&batch).await;
    if !server.is_since(1, 3) {
        // Before 1.3 one conflict refuses the batch.
        assert!(outcome.unwrap_err().is_conflict());
        let batch = BatchIdentities::new().with_identity(&one, Some(first));
        let results = it.admin.batch_patch_identities(&batch).await.unwrap().identities;
        assert_eq!(results[0].patch_id, Some(first));
        it.passed(&[O::BatchPatchIdentities, O::DeleteIdentityCredentials]);
        return;
    }
    let results = outcome.unwrap().identities;
    assert_eq!((results[0].action.clone(), results[0].patch_id), (Some(BatchAction::Create), Some(first)));
    assert_eq!((results[1].action.clone(), results[1].patch_id), (Some(BatchAction::Error), Some(second)));
    assert!(results[1].error.is_some());
    // 1.3.1 on SQLite reports it as created and does not store it.
    if it.era >= Era::V26 {
        let identity = it.admin.get_identity(results[0].identity.unwrap()).await.unwrap();
        assert!(identity.credentials.contains_key(&Method::Password));
    }
    it.passed(&[O::BatchPatchIdentities, O::DeleteIdentityCredentials]);
}

pub(crate) async fn paging(server: &'static Server) {
    let it = Context::new(server);
    if server.testkit.is_some() {
        let _ = server.sign_up().await;
        let _ = server.sign_up().await;
    }
    let first = it.admin.list_identities(ListIdentities::new()).unwrap().with_page_size(1).next_page().await;
    if it.lacks(&first, &[O::ListIdentities]) {
        return;
    }
    if server.testkit.is_some() && first.unwrap().is_some_and(|page| page.next.is_none()) {
        it.not_offered(&[O::ListIdentities], "the testkit's list names no next page");
        return;
    }
    let mut wanted = Vec::new();
    for _ in 0..5 {
        wanted.push(new(&it).await.id);
    }
    // Other suites also create identities: fetch all pages, and expect each of these identities once.
    let mut seen = Vec::new();
    let mut pages = it.admin.list_identities(ListIdentities::new()).unwrap().with_page_size(100);
    while let Some(page) = pages.next_page().await.unwrap() {
        assert!(page.items.len() <= 100);
        seen.extend(page.items.iter().map(|identity| identity.id));
    }
    for id in &wanted {
        assert_eq!(seen.iter().filter(|known| *known == id).count(), 1, "{id} in {} identities", seen.len());
    }
    let mut small = it.admin.list_identities(ListIdentities::new()).unwrap().with_page_size(2);
    let one = small.next_page().await.unwrap().unwrap();
    let token = one.next.clone().expect("a next page");
    let two = small.next_page().await.unwrap().unwrap();
    assert!(one.items.iter().all(|identity| two.items.iter().all(|other| other.id != identity.id)));
    let resumed =
        it.admin.list_identities(ListIdentities::new()).unwrap().with_page_size(2).with_page_token(token);
    let stream: Vec<Identity> = resumed.into_stream().try_collect().await.unwrap();
    assert_eq!(stream[0].id, two.items[0].id);
    if it.era < Era::V1_1 {
        let error = it.admin.list_identities(ListIdentities::new().with_ids(&wanted)).unwrap_err();
        assert!(error.to_string().contains("does not support this filter"), "{error}");
    } else {
        let two = ListIdentities::new().with_ids(&wanted[..2]);
        assert_eq!(it.admin.list_identities(two).unwrap().collect().await.unwrap().len(), 2);
    }
    it.passed(&[O::ListIdentities]);
}

pub(crate) async fn recovery(server: &'static Server) {
    let it = Context::new(server);
    let link = it.admin.create_recovery_link(&NewRecoveryLink::new(Uuid::new_v4())).await;
    if it.lacks(&link, &[O::CreateRecoveryLinkForIdentity, O::CreateRecoveryCodeForIdentity]) {
        return;
    }
    let error = link.unwrap_err();
    assert!(error.is_not_found() || error.is_invalid(), "{error:?}");
    let id = server.sign_up().await.identity_id;
    let body = NewRecoveryLink::new(id).with_expires_in(Duration::from_secs(90));
    let link = it.admin.create_recovery_link(&body).await.unwrap();
    assert!(link.recovery_link.expose_secret().contains("token=") && link.expires_at.is_some());
    it.passed(&[O::CreateRecoveryLinkForIdentity]);
    if it.offers(O::CreateRecoveryCodeForIdentity) {
        let code = it.admin.create_recovery_code(&NewRecoveryCode::new(id)).await.unwrap();
        assert_eq!(code.recovery_code.expose_secret().len(), 6);
        it.passed(&[O::CreateRecoveryCodeForIdentity]);
    }
}

pub(crate) async fn courier(server: &'static Server) {
    let it = Context::new(server);
    if !it.offers(O::ListCourierMessages) {
        return;
    }
    let first =
        it.admin.list_courier_messages(ListMessages::new()).unwrap().with_page_size(1).next_page().await;
    if it.lacks(&first, &[O::ListCourierMessages, O::GetCourierMessage]) {
        return;
    }
    let person = server.sign_up().await;
    let _ = server.mailbox.wait(&person.email, 0, Duration::from_secs(40)).await;
    let which = ListMessages::new().with_recipient(&person.email);
    let messages = it.admin.list_courier_messages(which).unwrap().with_page_size(1).collect().await.unwrap();
    let message = messages.first().expect("a message");
    assert_eq!(&*message.recipient, person.email);
    let one = it.admin.get_courier_message(message.id).await.unwrap();
    assert_eq!(one.id, message.id);
    let mut pages = it.admin.list_courier_messages(ListMessages::new()).unwrap().with_page_size(2);
    let (one, two) = (pages.next_page().await.unwrap().unwrap(), pages.next_page().await.unwrap().unwrap());
    assert!(one.items.iter().all(|message| two.items.iter().all(|other| other.id != message.id)));
    assert!(it.admin.get_courier_message(Uuid::new_v4()).await.unwrap_err().is_not_found());
    it.passed(&[O::ListCourierMessages, O::GetCourierMessage]);
}
