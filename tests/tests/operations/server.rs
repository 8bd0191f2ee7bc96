//! Health, version, schemas and flow errors.

use kratos_core::client::__private::Operation as O;
use kratos_tests::lab::Server;

use crate::context::Context;

pub(crate) async fn health(server: &'static Server) {
    let it = Context::new(server);
    let alive = it.client.is_alive().await;
    if !it.lacks(&alive, &[O::IsAlivePublic]) {
        assert_eq!(alive.unwrap().status, "ok");
        it.passed(&[O::IsAlivePublic]);
    }
    let ready = it.client.is_ready().await;
    if !it.lacks(&ready, &[O::IsReadyPublic]) {
        assert_eq!(ready.unwrap().status, "ok");
        it.passed(&[O::IsReadyPublic]);
    }
    let alive = it.admin.is_alive().await;
    if !it.lacks(&alive, &[O::IsAlive]) {
        assert_eq!(alive.unwrap().status, "ok");
        it.passed(&[O::IsAlive]);
    }
    let ready = it.admin.is_ready().await;
    if !it.lacks(&ready, &[O::IsReady]) {
        assert_eq!(ready.unwrap().status, "ok");
        it.passed(&[O::IsReady]);
    }
    let version = it.admin.get_version().await;
    if !it.lacks(&version, &[O::GetVersion]) {
        assert!(!version.unwrap().version.is_empty());
        it.passed(&[O::GetVersion]);
    }
    let metrics = it.admin.metrics().await;
    if !it.lacks(&metrics, &[O::Prometheus]) {
        assert!(metrics.unwrap().contains("# TYPE"));
        it.passed(&[O::Prometheus]);
    }
    let hash = it.admin.config_hash().await;
    if it.offers(O::ConfigHash) && !it.lacks(&hash, &[O::ConfigHash]) {
        assert!(!hash.unwrap().is_empty());
        it.passed(&[O::ConfigHash]);
    }
}

pub(crate) async fn schemas(server: &'static Server) {
    let it = Context::new(server);
    let schema = it.client.get_identity_schema(&server.schema_id).await;
    if !it.lacks(&schema, &[O::GetIdentitySchema, O::ListIdentitySchemas]) {
        assert!(schema.unwrap()["properties"]["traits"].is_object());
        assert!(it.client.get_identity_schema("unknown").await.unwrap_err().is_not_found());
        it.passed(&[O::GetIdentitySchema]);
        if it.offers(O::ListIdentitySchemas) {
            let schemas =
                it.client.list_identity_schemas().unwrap().with_page_size(1).collect().await.unwrap();
            let own = schemas.iter().find(|schema| schema.id == server.schema_id).unwrap();
            assert!(own.schema().unwrap()["properties"]["traits"].is_object());
            it.passed(&[O::ListIdentitySchemas]);
        }
    }
    if it.offers(O::GetWebAuthnJavaScript) {
        let script = it.client.get_webauthn_javascript().await;
        if !it.lacks(&script, &[O::GetWebAuthnJavaScript]) {
            let script = script.unwrap();
            assert!(script.contains("credentials") || (server.testkit.is_some() && !script.is_empty()));
            it.passed(&[O::GetWebAuthnJavaScript]);
        }
    }
    // 0.6 returns an error to the browser that caused it only, and answers 403 to others.
    let error = it.client.get_flow_error("stub:500").await;
    if !it.lacks(&error, &[O::GetFlowError]) {
        let error = error.unwrap();
        assert_eq!(error.errors().count(), 1);
        assert_eq!(error.errors().next().unwrap().code, Some(500));
        it.passed(&[O::GetFlowError]);
    }
}
