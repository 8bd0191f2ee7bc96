//! Operations that only the admin port of 0.6 serves.

use kratos_core::client::__private::Operation as O;
use kratos_core::client::{Error, NewFlow};
use kratos_core::model::SecretText;
use kratos_tests::lab::Server;
use uuid::Uuid;

use crate::context::Context;

pub(crate) async fn reads(server: &'static Server) {
    let it = Context::new(server);
    let unsupported = |error: Error| assert!(error.is_unsupported(), "{error:?}");
    if !it.offers(O::GetLoginFlowAsAdmin) {
        unsupported(it.admin.get_login_flow(Uuid::nil()).await.unwrap_err());
        unsupported(it.admin.get_identity_schema("default").await.unwrap_err());
        return;
    }
    let native = it.client.native();
    let flow = native.create_login_flow(&NewFlow::new()).await.unwrap();
    assert_eq!(it.admin.get_login_flow(flow.id).await.unwrap().id, flow.id);
    let flow = native.create_registration_flow(&NewFlow::new()).await.unwrap();
    assert_eq!(it.admin.get_registration_flow(flow.id).await.unwrap().id, flow.id);
    let flow = native.create_recovery_flow(&NewFlow::new()).await.unwrap();
    assert_eq!(it.admin.get_recovery_flow(flow.id).await.unwrap().id, flow.id);
    let flow = native.create_verification_flow(&NewFlow::new()).await.unwrap();
    assert_eq!(it.admin.get_verification_flow(flow.id).await.unwrap().id, flow.id);
    let token = SecretText::new(server.sign_up().await.token().await);
    let flow = native.clone().with_session_token(&token).create_settings_flow(&NewFlow::new()).await.unwrap();
    assert_eq!(it.admin.get_settings_flow(flow.id).await.unwrap().id, flow.id);
    assert!(it.admin.get_login_flow(Uuid::new_v4()).await.unwrap_err().is_not_found());
    assert_eq!(it.admin.get_flow_error("stub:500").await.unwrap().errors().count(), 1);
    assert!(it.admin.get_identity_schema("default").await.unwrap()["properties"].is_object());
    it.passed(&[
        O::GetLoginFlowAsAdmin,
        O::GetRegistrationFlowAsAdmin,
        O::GetSettingsFlowAsAdmin,
        O::GetRecoveryFlowAsAdmin,
        O::GetVerificationFlowAsAdmin,
        O::GetFlowErrorAsAdmin,
        O::GetIdentitySchemaAsAdmin,
    ]);
}
