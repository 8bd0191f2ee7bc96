//! The driver itself, against each server of `KRATOS_LAB`: what it sets up is there in Kratos' own words.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]

use kratos_tests::lab::{Era, Server, lab_servers};
use std::time::Duration;

#[test]
fn people_sign_in_and_out_on_every_server() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for server in lab_servers() {
        runtime.block_on(signs_in_and_out(server));
    }
}

async fn signs_in_and_out(server: &Server) {
    let mut ada = server.sign_up().await;
    let token = ada.token().await;
    let told = ada.session_of_token(&token).await;
    assert_eq!(told["identity"]["id"], ada.identity_id.to_string());
    ada.refresh_token(&token).await;

    let mut browser = ada.browser().await;
    assert_eq!(ada.session_of_browser(&mut browser).await["identity"]["id"], ada.identity_id.to_string());
    ada.refresh_browser(&mut browser).await;

    ada.verify_address().await;
    let told = ada.session_of_token(&token).await;
    assert_eq!(told["identity"]["verifiable_addresses"][0]["verified"], true, "{told}");

    if server.era() == Era::V1 {
        ada.enrol_totp().await;
        ada.step_up_token(&token).await;
        assert_eq!(ada.session_of_token(&token).await["authenticator_assurance_level"], "aal2");
        let mut browser = ada.browser().await;
        ada.step_up_browser(&mut browser).await;
        let session = ada.session_of_browser(&mut browser).await;
        assert_eq!(session["authenticator_assurance_level"], "aal2");
        let before = browser.get("ory_kratos_session").unwrap().to_owned();
        tokio::time::sleep(Duration::from_millis(1100)).await;
        ada.extend(&session).await;
        ada.session_of_browser(&mut browser).await;
        assert_ne!(browser.get("ory_kratos_session").unwrap(), before, "whoami re-issues the cookie");
        ada.revoke(&session).await;
    }
    let token = ada.token().await;
    ada.sign_out_token(&token).await;
    let mut browser = ada.browser().await;
    ada.sign_out_browser(&mut browser).await;
    ada.delete().await;
}
