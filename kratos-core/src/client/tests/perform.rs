//! Calls the method of each operation. The match has no wildcard: an operation without a method does not compile.

use std::time::Duration;

use serde_json::json;
use uuid::Uuid;

use super::super::{operations::Operation, *};
use crate::{
    credential::Credential,
    flow::FlowType,
    model::{Aal, MessageStatus, Method, SecretText},
};

pub(super) const ID: Uuid = Uuid::from_u128(1);

/// Calls the operation once and drops the result.
pub(super) async fn perform(operation: Operation, client: &Client, admin: &AdminClient) -> Result<(), Error> {
    use Operation as O;
    let cookies = BrowserCookies::new("a=1; b=%2F/+=");
    let token = SecretText::new("ory_st_t");
    let browser = client.browser(&cookies);
    let native = client.native().with_session_token(&token);
    let flow = NewFlow::new().with_return_to("http://app/x?y=1&z");
    match operation {
        O::ToSession => drop(client.to_session(&Credential::session_token("ory_st_t")).await?),
        O::ListMySessions => drop(native.list_my_sessions()?.with_page_size(7).next_page().await?),
        O::DisableMyOtherSessions => drop(native.disable_my_other_sessions().await?),
        O::DisableMySession => native.disable_my_session(ID).await?,
        O::DeleteTestLoginFlow => drop(browser.delete_test_login_flow(ID).await?),
        O::GetChangePasswordUrl => drop(client.get_change_password_url().await?),
        O::ManageSessions => {
            let which = SessionSelection::Identities(vec![ID]);
            drop(admin.manage_sessions(&ManageSessions::disable(which)).await?);
        }
        O::CreateTestLoginFlow => drop(admin.create_test_login_flow("lab").await?),
        O::ExchangeSessionToken => drop(native.exchange_session_token(&"i".into(), &"r".into()).await?),
        O::CreateBrowserLoginFlow => {
            let flow = flow.with_refresh().with_aal(&Aal::Aal2);
            drop(browser.create_login_flow(&flow).await?);
        }
        O::CreateNativeLoginFlow => {
            let flow = NewFlow::new().with_session_token_exchange_code();
            drop(native.create_login_flow(&flow).await?);
        }
        O::GetLoginFlow => drop(browser.get_login_flow(ID).await?),
        O::UpdateLoginFlow => {
            let body = submit::LoginBody::password("ada", "pw").with_csrf_token("c");
            drop(browser.submit_login_flow(ID, body).await?);
        }
        O::FollowLoginFlow => drop(browser.follow_login(&[("flow", "f"), ("provider", "lab")]).await?),
        O::CreateBrowserRegistrationFlow => drop(browser.create_registration_flow(&flow).await?),
        O::CreateNativeRegistrationFlow => {
            drop(client.native().create_registration_flow(&NewFlow::new()).await?);
        }
        O::GetRegistrationFlow => drop(browser.get_registration_flow(ID).await?),
        O::UpdateRegistrationFlow => {
            let body = submit::RegistrationBody::oidc("lab").with_traits(json!({"email": "a@b"}));
            drop(client.native().submit_registration_flow(ID, body).await?);
        }
        O::FollowRegistrationFlow => drop(browser.follow_registration(&[("flow", "f")]).await?),
        O::CreateBrowserSettingsFlow => drop(browser.create_settings_flow(&flow).await?),
        O::CreateNativeSettingsFlow => drop(native.create_settings_flow(&NewFlow::new()).await?),
        O::GetSettingsFlow => drop(native.get_settings_flow(ID).await?),
        O::UpdateSettingsFlow => {
            let body = submit::SettingsBody::regenerate_lookup_secrets();
            drop(native.submit_settings_flow(ID, body).await?);
        }
        O::FollowSettingsFlow => drop(browser.follow_settings(&[("flow", "f")]).await?),
        O::CreateBrowserRecoveryFlow => drop(browser.create_recovery_flow(&flow).await?),
        O::CreateNativeRecoveryFlow => drop(client.native().create_recovery_flow(&NewFlow::new()).await?),
        O::GetRecoveryFlow => drop(browser.get_recovery_flow(ID).await?),
        O::UpdateRecoveryFlow => {
            let body = submit::RecoveryBody::link("a@b");
            drop(client.native().submit_recovery_flow(ID, body).await?);
        }
        O::FollowRecoveryFlow => drop(browser.follow_recovery(&[("flow", "f"), ("token", "t/+")]).await?),
        O::CreateBrowserVerificationFlow => drop(browser.create_verification_flow(&flow).await?),
        O::CreateNativeVerificationFlow => {
            drop(client.native().create_verification_flow(&NewFlow::new()).await?);
        }
        O::GetVerificationFlow => drop(browser.get_verification_flow(ID).await?),
        O::UpdateVerificationFlow => {
            let body = submit::VerificationBody::code().with_code("123456");
            drop(client.native().submit_verification_flow(ID, body).await?);
        }
        O::FollowVerificationFlow => {
            drop(browser.follow_verification(&[("flow", "f"), ("code", "1")]).await?);
        }
        O::OidcCallback => drop(browser.oidc_callback("a/b", &[("state", "s")]).await?),
        O::OidcCallbackByPost => drop(browser.oidc_callback_by_post("lab", &[("state", "s t")]).await?),
        O::OidcCallbackOfAny => drop(browser.oidc_callback_of_any(&[("state", "s")]).await?),
        O::CreateBrowserLogoutFlow => drop(browser.create_logout_flow(Some("http://app/")).await?),
        O::UpdateLogoutFlow => drop(browser.submit_logout_flow(&"t".into(), None).await?),
        O::InitializeBrowserLogout => drop(browser.logout(Some("http://app/")).await?),
        O::PerformNativeLogout => native.logout(&token).await?,
        O::GetFlowError => drop(client.get_flow_error("stub:500").await?),
        O::ListIdentitySchemas => drop(client.list_identity_schemas()?.next_page().await?),
        O::GetIdentitySchema => drop(client.get_identity_schema("person").await?),
        O::GetWebAuthnJavaScript => drop(client.get_webauthn_javascript().await?),
        O::IsAlivePublic => drop(client.is_alive().await?),
        O::IsReadyPublic => drop(client.is_ready().await?),
        O::CreateFedcmFlow => drop(browser.create_fedcm_flow().await?),
        O::UpdateFedcmFlow => drop(browser.submit_fedcm_flow("c", &"t".into(), None).await?),
        O::ListIdentities => {
            drop(admin.list_identities(ListIdentities::new())?.with_page_size(2).next_page().await?);
        }
        O::CreateIdentity => {
            drop(admin.create_identity(&NewIdentity::new("person", json!({"email": "a@b"}))).await?);
        }
        O::BatchPatchIdentities => {
            let one = NewIdentity::new("person", json!({}));
            drop(admin.batch_patch_identities(&BatchIdentities::new().with_identity(&one, Some(ID))).await?);
        }
        O::GetIdentity => drop(admin.get_identity_with_credentials(ID, &[Method::Oidc]).await?),
        O::GetIdentityByExternalId => drop(admin.get_identity_by_external_id("my id/1").await?),
        O::UpdateIdentity => {
            drop(admin.update_identity(ID, &UpdatedIdentity::new("person", json!({}))).await?);
        }
        O::PatchIdentity => {
            drop(admin.patch_identity(ID, &JsonPatch::new().with_add("/state", "inactive")).await?);
        }
        O::DeleteIdentity => admin.delete_identity(ID).await?,
        O::DeleteIdentityCredentials => {
            admin.delete_identity_credentials(ID, &Method::Oidc, Some("lab:sub")).await?;
        }
        O::ListIdentitySessions => drop(admin.list_identity_sessions(ID, Some(true))?.next_page().await?),
        O::DeleteIdentitySessions => admin.delete_identity_sessions(ID).await?,
        O::ListSessions => {
            let filter = ListSessions::new().with_expand(&[SessionExpand::Identity, SessionExpand::Devices]);
            drop(
                admin
                    .list_sessions(filter)?
                    .with_page_token(PageToken::Token("t=".into()))
                    .next_page()
                    .await?,
            );
        }
        O::GetSession => drop(admin.get_session(ID, &[SessionExpand::Identity]).await?),
        O::DisableSession => admin.disable_session(ID).await?,
        O::ExtendSession => drop(admin.extend_session(ID).await?),
        O::CreateRecoveryCodeForIdentity => {
            let code = NewRecoveryCode::new(ID)
                .with_expires_in(Duration::from_secs(90))
                .with_flow_type(FlowType::Api);
            drop(admin.create_recovery_code(&code).await?);
        }
        O::CreateRecoveryLinkForIdentity => {
            drop(admin.create_recovery_link(&NewRecoveryLink::new(ID)).await?);
        }
        O::ListCourierMessages => {
            let filter = ListMessages::new().with_status(&MessageStatus::Sent).with_recipient("a@b");
            drop(admin.list_courier_messages(filter)?.next_page().await?);
        }
        O::GetCourierMessage => drop(admin.get_courier_message(ID).await?),
        O::IsAlive => drop(admin.is_alive().await?),
        O::IsReady => drop(admin.is_ready().await?),
        O::GetVersion => drop(admin.get_version().await?),
        O::Prometheus => drop(admin.metrics().await?),
        O::ConfigHash => drop(admin.config_hash().await?),
        O::GetLoginFlowAsAdmin => drop(admin.get_login_flow(ID).await?),
        O::GetRegistrationFlowAsAdmin => drop(admin.get_registration_flow(ID).await?),
        O::GetSettingsFlowAsAdmin => drop(admin.get_settings_flow(ID).await?),
        O::GetRecoveryFlowAsAdmin => drop(admin.get_recovery_flow(ID).await?),
        O::GetVerificationFlowAsAdmin => drop(admin.get_verification_flow(ID).await?),
        O::GetFlowErrorAsAdmin => drop(admin.get_flow_error("stub:500").await?),
        O::GetIdentitySchemaAsAdmin => drop(admin.get_identity_schema("default").await?),
    }
    Ok(())
}
