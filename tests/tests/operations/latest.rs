//! What releases after 26.2 added.

use kratos_core::Kratos;
use kratos_core::client::__private::Operation as O;
use kratos_core::client::submit::LoginBody;
use kratos_core::client::{
    ErrorKind, ImportCredentials, ManageSessions, NewFlow, NewIdentity, SessionSelection, Submitted,
};
use kratos_core::credential::Credential;
use kratos_core::model::flow::Flow as _;
use kratos_core::model::{Aal, Method, SecretText};
use kratos_testkit::{TestKratos, TestRelease};
use kratos_tests::driver::Person;
use kratos_tests::http::Jar;
use kratos_tests::lab::Server;
use uuid::Uuid;

use crate::context::{Context, NewUser, cookies, done, texts};

pub(crate) async fn sessions(server: &'static Server) {
    let it = Context::new(server);
    if !it.offers(O::ManageSessions) {
        return;
    }
    let (ada, bob) = (server.sign_up().await, server.sign_up().await);
    let (first, second, other) = (ada.token().await, ada.token().await, bob.token().await);
    let is_signed_in =
        async |token: &str| it.client.to_session(&Credential::session_token(token)).await.is_ok();
    let id = it.client.to_session(&Credential::session_token(&first)).await.unwrap().drop_cookies().id;
    let one = ManageSessions::disable(SessionSelection::Sessions(vec![id, Uuid::new_v4()]));
    assert_eq!(it.admin.manage_sessions(&one).await.unwrap().processed, 1);
    assert!(!is_signed_in(&first).await && is_signed_in(&second).await);
    let kratos = Kratos::new(&server.public_url).unwrap();
    let all = ManageSessions::delete(SessionSelection::Identities(vec![ada.identity_id]));
    assert!(kratos.end_sessions(&it.admin, &all).await.unwrap() >= 2);
    assert!(!is_signed_in(&second).await && is_signed_in(&other).await);
    it.passed(&[O::ManageSessions]);
}

pub(crate) async fn provider_test(server: &'static Server) {
    let it = Context::new(server);
    if !it.offers(O::CreateTestLoginFlow) {
        return;
    }
    let flow = it.admin.create_test_login_flow("lab").await.unwrap();
    assert_eq!(flow.test_context.as_ref().unwrap().provider_id, "lab");
    assert!(it.admin.create_test_login_flow("unknown").await.unwrap_err().is_not_found());
    it.passed(&[O::CreateTestLoginFlow]);
    let browser = it.client.browser(&cookies(&Jar::default()));
    browser.delete_test_login_flow(flow.id).await.unwrap().drop_cookies();
    assert!(browser.delete_test_login_flow(flow.id).await.is_err());
    it.passed(&[O::DeleteTestLoginFlow]);
}

pub(crate) async fn change_password(server: &'static Server) {
    let it = Context::new(server);
    if !it.offers(O::GetChangePasswordUrl) {
        return;
    }
    let url = it.client.get_change_password_url().await.unwrap();
    assert!(url.path().contains("settings"), "{url}");
    it.passed(&[O::GetChangePasswordUrl]);
}

pub(crate) async fn imports(server: &'static Server) {
    let it = Context::new(server);
    if !it.offers(O::ManageSessions) {
        return;
    }
    let secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    let ada = NewUser::new();
    let url = format!(
        "otpauth://totp/Lab:{}?algorithm=SHA1&digits=6&issuer=Lab&period=30&secret={secret}",
        ada.email
    );
    let credentials = ImportCredentials::new()
        .with_password(&ada.password)
        .with_totp(&url)
        .with_lookup_secrets(["a1b2c3d4", "e5f6g7h8"]);
    let body = NewIdentity::new(&server.schema_id, ada.traits()).with_credentials(credentials);
    let created = it.admin.create_identity(&body).await.unwrap();
    for kind in [Method::Password, Method::Totp, Method::LookupSecret] {
        assert!(created.credentials.contains_key(&kind), "{kind}: {created:?}");
    }
    let person = Person {
        server: server.clone(),
        email: ada.email,
        password: ada.password,
        identity_id: created.id,
        totp: Some(secret.to_owned()),
    };
    let aal1 = SecretText::new(person.token().await);
    let native = it.client.native().with_session_token(&aal1);
    let options = NewFlow::new().with_aal(&Aal::Aal2);
    let flow = native.create_login_flow(&options).await.unwrap();
    let login = native.submit_login_flow(&flow, LoginBody::totp(&person.code())).await.unwrap();
    assert!(done(login).session.has_second_factor());
    let aal1 = SecretText::new(person.token().await);
    let native = it.client.native().with_session_token(&aal1);
    let flow = native.create_login_flow(&options).await.unwrap();
    let login = native.submit_login_flow(&flow, LoginBody::lookup_secret("a1b2c3d4")).await.unwrap();
    assert!(done(login).session.has_second_factor());
}

pub(crate) async fn disabled(server: &'static Server) {
    let it = Context::new(server);
    if server.testkit.is_some() || !it.offers(O::PatchIdentity) {
        return;
    }
    let ada = server.sign_up().await;
    ada.set_state("inactive").await;
    let native = it.client.native();
    let flow = native.create_login_flow(&NewFlow::new()).await.unwrap();
    let outcome = native.submit_login_flow(&flow, LoginBody::password(&ada.email, &ada.password)).await;
    if it.offers(O::ManageSessions) {
        let Submitted::Invalid(flow) = outcome.unwrap() else { panic!("a deactivated user signed in") };
        assert_eq!(texts(&flow)[0].0, 4_010_011);
        assert!(flow.has_errors());
    } else {
        let error = outcome.unwrap_err();
        assert!(error.is_unauthenticated() && !error.is_identity_disabled(), "{error:?}");
    }
}

/// The testkit with the behaviour of a release after 26.2. Each suite's testkits have that of 26.2.0.
pub(crate) async fn testkit(server: &'static Server) {
    if server.name != "testkit-plain" {
        return;
    }
    let builder = TestKratos::builder().with_release(TestRelease::Latest).with_clear_browser_data();
    let kratos = builder.start().await.unwrap();
    let ada = kratos.sign_in("ada@example.org");
    let client = kratos_core::client::Client::new(kratos.public_url()).unwrap();
    let admin = kratos_core::client::AdminClient::new(kratos.admin_url()).unwrap();
    assert!(client.get_change_password_url().await.unwrap().path().contains("settings"));
    let cached = Kratos::new(kratos.public_url()).unwrap().with_cache(std::time::Duration::from_secs(60));
    let all = ManageSessions::disable(SessionSelection::All);
    assert_eq!(cached.end_sessions(&admin, &all).await.unwrap(), 1);
    assert_eq!(cached.end_sessions(&admin, &all).await.unwrap(), 0, "{}", ada.id());
    let both = ManageSessions::delete(SessionSelection::Sessions(vec![Uuid::nil(); 501]));
    assert_eq!(admin.manage_sessions(&both).await.unwrap_err().kind(), ErrorKind::InvalidCall);

    let gone =
        kratos.identity("bob@example.org").with_password("correct horse battery staple").inactive().create();
    let native = client.native();
    let flow = native.create_login_flow(&NewFlow::new()).await.unwrap();
    let body = LoginBody::password("bob@example.org", "correct horse battery staple");
    let Submitted::Invalid(flow) = native.submit_login_flow(&flow, body).await.unwrap() else {
        panic!("{} signed in", gone.id)
    };
    assert_eq!(texts(&flow)[0].0, 4_010_011);
}
