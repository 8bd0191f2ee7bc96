//! Recovering an account.

use crate::visit::{Visit, message, new_password};

pub(crate) async fn by_code(it: &Visit<'_>) {
    let ada = it.server().sign_up().await;
    it.open("/login").await;
    it.follow("forgot-password-link").await;
    it.is_at("/recovery").await;
    it.inspect("recovery").await;
    let known = it.mails(&ada.email);
    it.fill("email", &ada.email).await;
    it.press("method", "code").await;
    it.sees(&message(1_060_003)).await;
    it.inspect("recovery, a code was sent").await;
    it.fill("code", "000000").await;
    it.press("method", "code").await;
    it.sees(&message(4_060_006)).await;
    it.inspect("recovery, a wrong code").await;

    let code = it.code_by_mail("recovery_code", &ada.email, known).await;
    it.fill("code", &code).await;
    it.press("method", "code").await;
    it.is_at("/settings").await;
    it.sees(&message(1_060_001)).await;
    it.inspect("settings, recovered").await;
    let password = new_password();
    it.fill("password", &password).await;
    it.press("method", "password").await;
    it.sees(&message(1_050_001)).await;
    it.was_quiet().await;

    it.browser.forget().await;
    it.log_in(&ada.email, &ada.password).await;
    it.sees(&message(4_000_006)).await;
    it.is_in(&ada.email, &password).await;
}
