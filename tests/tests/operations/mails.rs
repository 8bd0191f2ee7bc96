//! Flows with mail.

use std::time::Duration;

use kratos_core::client::__private::Operation as O;
use kratos_core::client::submit::{LoginBody, RecoveryBody, VerificationBody};
use kratos_core::client::{NewFlow, NewRecoveryLink, Submitted};
use kratos_core::model::flow::Flow as _;
use kratos_tests::driver::Feature;
use kratos_tests::http::Jar;
use kratos_tests::lab::{Mail, Server};

use crate::context::{Context, absorb, cookies, done};

const PATIENCE: Duration = Duration::from_secs(40);

/// Returns the parameters of the link in a mail.
fn link(mail: &Mail, path: &str) -> Vec<(String, String)> {
    let text = mail.body.clone().unwrap_or_default();
    let pattern = format!(r#"https?://[^\s"<>]+{path}[^\s"<>]+"#);
    let link = regex::Regex::new(&pattern).unwrap();
    let link = link.find(&text).unwrap_or_else(|| panic!("no link in {text}"));
    parameters(&link.as_str().replace("&amp;", "&"))
}

fn parameters(url: &str) -> Vec<(String, String)> {
    let url = url::Url::parse(url).unwrap();
    url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

pub(crate) async fn recovery(server: &'static Server) {
    let it = Context::new(server);
    let operations = [
        O::CreateNativeRecoveryFlow,
        O::CreateBrowserRecoveryFlow,
        O::GetRecoveryFlow,
        O::UpdateRecoveryFlow,
        O::FollowRecoveryFlow,
    ];
    let flow = it.client.native().create_recovery_flow(&NewFlow::new()).await;
    if it.lacks(&flow, &operations) {
        return;
    }
    let flow = flow.unwrap();
    assert_eq!(it.client.native().get_recovery_flow(flow.id).await.unwrap().id, flow.id);
    let person = server.sign_up().await;
    let _ = server.mailbox.wait(&person.email, 0, PATIENCE).await;

    let mut jar = Jar::default();
    let (flow, set) =
        it.client.browser(&cookies(&jar)).create_recovery_flow(&NewFlow::new()).await.unwrap().into_parts();
    absorb(&mut jar, &set);
    let browser = it.client.browser(&cookies(&jar));
    assert_eq!(browser.get_recovery_flow(flow.id).await.unwrap().drop_cookies().id, flow.id);
    let known = server.mailbox.mails(&person.email).len();
    if it.mails_links() {
        let sent = browser.submit_recovery_flow(&flow, RecoveryBody::link(&person.email)).await.unwrap();
        let sent = sent.drop_cookies();
        assert!(matches!(sent, Submitted::NextStep(_)), "{sent:?}");
        let mail = server.mailbox.wait(&person.email, known, PATIENCE).await;
        let link = link(&mail, "/self-service/recovery");
        let (url, set) = browser.follow_recovery(&borrowed(&link)).await.unwrap().into_parts();
        absorb(&mut jar, &set);
        assert!(url.path().contains("settings"), "{}", url.path());
    } else {
        let sent = browser.submit_recovery_flow(&flow, RecoveryBody::code().with_email(&person.email)).await;
        let Submitted::NextStep(flow) = sent.unwrap().drop_cookies() else { panic!("no code was sent") };
        let mail = server.mailbox.wait(&person.email, known, PATIENCE).await;
        let wrong =
            browser.submit_recovery_flow(&flow, RecoveryBody::code().with_code("000000")).await.unwrap();
        let wrong = wrong.drop_cookies();
        assert!(matches!(wrong, Submitted::Invalid(_)), "{wrong:?}");
        let body = RecoveryBody::code().with_code(&mail.code("recovery_code"));
        let (outcome, set) = browser.submit_recovery_flow(&flow, body).await.unwrap().into_parts();
        absorb(&mut jar, &set);
        let Submitted::Redirect(go_to) = outcome else { panic!("not redirected to settings: {outcome:?}") };
        assert!(go_to.url.path().contains("settings"), "{go_to:?}");
    }
    assert!(jar.get("ory_kratos_session").is_some(), "recovery creates a session");

    // By a link from the admin API.
    let link = it.admin.create_recovery_link(&NewRecoveryLink::new(person.identity_id)).await.unwrap();
    let link = parameters(link.recovery_link.expose_secret());
    let mut jar = Jar::default();
    let answer = it.client.browser(&cookies(&jar)).follow_recovery(&borrowed(&link)).await.unwrap();
    let (url, set) = answer.into_parts();
    absorb(&mut jar, &set);
    assert!(url.path().contains("settings") && jar.get("ory_kratos_session").is_some(), "{}", url.path());
    it.passed(&operations);
    it.passed(&[O::CreateRecoveryLinkForIdentity]);
}

pub(crate) async fn verification(server: &'static Server) {
    let it = Context::new(server);
    let operations = [
        O::CreateNativeVerificationFlow,
        O::CreateBrowserVerificationFlow,
        O::GetVerificationFlow,
        O::UpdateVerificationFlow,
        O::FollowVerificationFlow,
    ];
    let native = it.client.native();
    let flow = native.create_verification_flow(&NewFlow::new()).await;
    if it.lacks(&flow, &operations) {
        return;
    }
    let flow = flow.unwrap();
    assert_eq!(native.get_verification_flow(flow.id).await.unwrap().id, flow.id);
    let person = server.sign_up().await;
    let _ = server.mailbox.wait(&person.email, 0, PATIENCE).await;
    let known = server.mailbox.mails(&person.email).len();
    if it.mails_links() {
        let sent =
            native.submit_verification_flow(&flow, VerificationBody::link(&person.email)).await.unwrap();
        assert!(matches!(sent, Submitted::NextStep(_)), "{sent:?}");
        let mail = server.mailbox.wait(&person.email, known, PATIENCE).await;
        let link = link(&mail, "/self-service/verification");
        let answer = it.client.browser(&cookies(&Jar::default())).follow_verification(&borrowed(&link)).await;
        assert!(!answer.unwrap().drop_cookies().as_str().is_empty());
    } else {
        let body = VerificationBody::code().with_email(&person.email);
        let sent = native.submit_verification_flow(&flow, body).await.unwrap();
        let Submitted::NextStep(flow) = sent else { panic!("no code was sent: {sent:?}") };
        let mail = server.mailbox.wait(&person.email, known, PATIENCE).await;
        let wrong =
            native.submit_verification_flow(&flow, VerificationBody::code().with_code("000000")).await;
        let wrong = wrong.unwrap();
        assert!(matches!(wrong, Submitted::Invalid(_)), "{wrong:?}");
        let body = VerificationBody::code().with_code(&mail.code("verification_code"));
        let verified = done(native.submit_verification_flow(&flow, body).await.unwrap());
        assert!(verified.is_done());
        let known = server.mailbox.mails(&person.email).len();
        // The link in the mail opens the page with the code filled in.
        let mut jar = Jar::default();
        let answer =
            it.client.browser(&cookies(&jar)).create_verification_flow(&NewFlow::new()).await.unwrap();
        let (flow, set) = answer.into_parts();
        absorb(&mut jar, &set);
        let browser = it.client.browser(&cookies(&jar));
        let body = VerificationBody::code().with_email(&person.email);
        let _ = browser.submit_verification_flow(&flow, body).await.unwrap().drop_cookies();
        let mail = server.mailbox.wait(&person.email, known, PATIENCE).await;
        let id = flow.id.to_string();
        let code = mail.code("verification_code");
        let query = [("flow", id.as_str()), ("code", code.as_str())];
        let url = browser.follow_verification(&query).await.unwrap().drop_cookies();
        assert!(url.path().contains("verification"), "{}", url.path());
    }
    let identity = it.admin.get_identity(person.identity_id).await.unwrap();
    assert!(identity.has_verified_address(), "{identity:?}");

    let mut jar = Jar::default();
    let answer = it.client.browser(&cookies(&jar)).create_verification_flow(&NewFlow::new()).await.unwrap();
    let (flow, set) = answer.into_parts();
    absorb(&mut jar, &set);
    let again = it.client.browser(&cookies(&jar)).get_verification_flow(flow.id).await.unwrap();
    assert_eq!(again.drop_cookies().id, flow.id);
    it.passed(&operations);
}

pub(crate) async fn passwordless(server: &'static Server) {
    let it = Context::new(server);
    if server.lacks(Feature::PasswordlessCode).or(server.lacks(Feature::IdentifierFirst)).is_some() {
        return;
    }
    // The identifier first, then a code: Kratos answers both steps with 400 without an error.
    let person = server.sign_up().await;
    person.verify_address().await;
    let known = server.mailbox.mails(&person.email).len();
    let native = it.client.native();
    let flow = native.create_login_flow(&NewFlow::new()).await.unwrap();
    let first = native.submit_login_flow(&flow, LoginBody::identifier_first(&person.email)).await.unwrap();
    let Submitted::NextStep(flow) = first else { panic!("no next step: {first:?}") };
    let sent =
        native.submit_login_flow(&flow, LoginBody::code().with_identifier(&person.email)).await.unwrap();
    let Submitted::NextStep(flow) = sent else { panic!("no code was sent: {sent:?}") };
    let mail = server.mailbox.wait(&person.email, known, PATIENCE).await;
    let body = LoginBody::code().with_identifier(&person.email).with_code(&mail.code("login_code"));
    match native.submit_login_flow(&flow, body).await.unwrap() {
        Submitted::Done(login) => assert!(login.session_token.is_some()),
        // Login flows of the strict profile expire after five seconds, and mail may take longer.
        Submitted::Expired(expired) => assert!(expired.use_flow_id.is_some()),
        other => panic!("not signed in: {other:?}"),
    }
}
