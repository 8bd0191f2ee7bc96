//! Verifying an address.

use crate::visit::{Visit, message};

pub(crate) async fn by_code(it: &Visit<'_>) {
    let ada = it.server().sign_up().await;
    it.is_in(&ada.email, &ada.password).await;
    it.open("/verification").await;
    it.inspect("verification").await;
    it.fill("email", &ada.email).await;
    it.press("method", "code").await;
    it.sees(&message(1_080_003)).await;
    it.inspect("verification, a code was sent").await;
    it.fill("code", "000000").await;
    it.press("method", "code").await;
    it.sees(&message(4_070_006)).await;

    // The first mail, after that of the registration, is lost.
    let known = it.mails_with_this_flow(&ada.email).await;
    it.browser.leave_by(&format!("button[name='email'][value='{}']", ada.email)).await;
    let code = it.code_by_mail("verification_code", &ada.email, known).await;
    it.fill("code", &code).await;
    it.press("method", "code").await;
    it.sees(&message(1_080_002)).await;
    it.inspect("verification, done").await;
    let session = it.is_signed_in(&ada.email).await;
    assert_eq!(session["identity"]["verifiable_addresses"][0]["verified"], true);
    it.was_quiet().await;
}
