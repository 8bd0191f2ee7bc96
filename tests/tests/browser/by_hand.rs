//! The example started without settings, and used by hand: its mailbox is a page.

use crate::page::Ledger;
use crate::page::inspect;
use crate::place::Place;
use crate::visit::{Stranger, button, field, id, message, new_password};
use crate::webdriver::Browser;

/// Registers, verifies the address and recovers the account with the mails on the mailbox page.
pub(crate) async fn walk(example: &str, browser: &Browser, ledger: &Ledger) {
    let place = Place::alone(example).await;
    let at = |path: &str| format!("{}{path}", place.app);
    let ada = Stranger::new();
    browser.open(&at("/mailbox")).await;
    inspect(browser, ledger, "mailbox, empty").await;
    browser.open(&at("/registration")).await;
    browser.fill(&field("traits.email"), &ada.email).await;
    browser.leave_by(&button("method", "profile")).await;
    browser.fill(&field("password"), &ada.password).await;
    browser.leave_by(&button("method", "password")).await;
    browser.arrives("the welcome page", |url| url.path() == "/welcome").await;
    inspect(browser, ledger, "welcome, signed in").await;

    browser.open(&at("/verification")).await;
    browser.fill(&field("email"), &ada.email).await;
    browser.leave_by(&button("method", "code")).await;
    let page = browser.url().await;
    let code = newest_code(browser, &at("/mailbox")).await;
    inspect(browser, ledger, "mailbox").await;
    browser.open(page.as_str()).await;
    browser.fill(&field("code"), &code).await;
    browser.leave_by(&button("method", "code")).await;
    let _ = browser.sees(&message(1_080_002)).await;

    browser.open(&at("/account")).await;
    let _ = browser.sees(&id("signed-in-as")).await;
    browser.leave_by(&id("logout")).await;
    browser.open(&at("/recovery")).await;
    browser.fill(&field("email"), &ada.email).await;
    browser.leave_by(&button("method", "code")).await;
    let page = browser.url().await;
    let code = newest_code(browser, &at("/mailbox")).await;
    browser.open(page.as_str()).await;
    browser.fill(&field("code"), &code).await;
    browser.leave_by(&button("method", "code")).await;
    let _ = browser.sees(&message(1_060_001)).await;
    browser.fill(&field("password"), &new_password()).await;
    browser.leave_by(&button("method", "password")).await;
    let _ = browser.sees(&message(1_050_001)).await;
}

/// The code in the newest mail.
async fn newest_code(browser: &Browser, mailbox: &str) -> String {
    browser.open(mailbox).await;
    browser.sees(&id("mail/code")).await.text().await.expect("a code").trim().to_owned()
}
