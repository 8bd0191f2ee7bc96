//! Requirements of every page: small, strict policy, accessible, no errors.

mod axe;
mod ledger;
mod look;
pub(crate) mod tree;
mod weight;

use crate::webdriver::{Browser, Scripts};

pub(crate) use ledger::Ledger;

/// Inspects the current page: its weight and policy, the browser's complaints, and axe's findings in both colour
/// schemes on a phone and a desktop. A page that the ledger contains is skipped.
pub(crate) async fn inspect(browser: &Browser, ledger: &Ledger, name: &str) {
    inspect_in(browser, ledger, name, &look::LOOKS).await;
}

/// The same in two of the four looks: each scheme and each device once.
pub(crate) async fn inspect_briefly(browser: &Browser, ledger: &Ledger, name: &str) {
    let [one, _, other, _] = look::LOOKS;
    inspect_in(browser, ledger, name, &[one, other]).await;
}

async fn inspect_in(browser: &Browser, ledger: &Ledger, name: &str, looks: &[look::Look]) {
    let suffix = if browser.scripts() == Scripts::Off { ", without scripts" } else { "" };
    let name = format!("{name}{suffix}");
    if !ledger.begin(&name) {
        return;
    }
    browser.is_whole().await;
    let weight = weight::measure(browser).await;
    weight.check(&name);
    complains_about_nothing(browser, &name).await;
    axe::load(browser).await;
    for look in looks {
        look.put_on(browser).await;
        axe::check(browser, &format!("{name} ({look})")).await;
        look.check_width(browser, &name).await;
        look.keep(browser, ledger.place(), &name).await;
    }
    look::take_off(browser).await;
    ledger.note(&name, weight);
}

/// The browser reported no violation of the policy and no other error. Failed requests are for the walk to check.
pub(crate) async fn complains_about_nothing(browser: &Browser, name: &str) {
    let complaints: Vec<_> = browser
        .log("browser")
        .await
        .iter()
        .filter(|entry| {
            entry["source"] != "network" && entry["level"] == "SEVERE" || entry["source"] == "security"
        })
        .map(|entry| entry["message"].to_string())
        .collect();
    assert!(complaints.is_empty(), "{name}: the browser reports {complaints:#?}");
}
