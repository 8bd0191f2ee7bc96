//! Every recorded flow as a page, and the pages without a flow, with the headers that an application sends.

use std::collections::HashMap;

use kratos_tests::gallery::{pages, theme};
use kratos_ui::{Language, Languages};

use crate::page::{Ledger, inspect, inspect_briefly, tree};
use crate::served::{Served, serve};
use crate::webdriver::Browser;

/// The pages that are inspected in each language.
const IN_LANGUAGES: [&str; 4] = ["login", "registration-step2-bad", "verification-wrong", "settings-lookup"];

/// Inspects pages in each language.
pub(crate) async fn languages(browser: &Browser, ledger: &Ledger) {
    let mut served = HashMap::new();
    let mut names = Vec::new();
    for language in Language::ALL {
        let theme = theme().with_languages(Languages::new(*language));
        let is_wanted = |name: &str| {
            let short = name.strip_prefix("26.2.0-");
            // Every page from right to left, some pages from left to right.
            short.map_or(["sessions", "delete"].contains(&name), |short| {
                language.dir() == "rtl" || IN_LANGUAGES.contains(&short)
            })
        };
        for (name, page) in pages(&theme, is_wanted) {
            let name = format!("{}-{name}", language.tag());
            served.insert(name.clone(), Served::new(&page));
            names.push(name);
        }
    }
    let origin = serve(served).await;
    for name in names {
        browser.open(&format!("{origin}/{name}")).await;
        let _ = browser.sees("h1").await;
        inspect_briefly(browser, ledger, &name).await;
    }
}

/// Compares the accessibility tree of each page with its snapshot.
pub(crate) async fn trees(browser: &Browser) {
    let pages = pages(&theme(), |name| !name.starts_with("1.3.1"));
    let served = pages.iter().map(|(name, page)| (name.clone(), Served::new(page))).collect();
    let origin = serve(served).await;
    for (name, _) in pages {
        browser.open(&format!("{origin}/{name}")).await;
        let _ = browser.sees("h1").await;
        browser.is_whole().await;
        tree::compare(browser, &name).await;
    }
}

/// Inspects each page.
pub(crate) async fn look(browser: &Browser, ledger: &Ledger) {
    let pages = pages(&theme(), |_| true);
    let origin = serve(pages.iter().map(|(name, page)| (name.clone(), Served::new(page))).collect()).await;
    for (name, _) in pages {
        browser.open(&format!("{origin}/{name}")).await;
        let _ = browser.sees("h1").await;
        inspect(browser, ledger, &name).await;
    }
}
