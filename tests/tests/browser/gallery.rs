//! Every recorded flow as a page, and the pages without a flow, with the headers that an application sends.

use std::collections::HashMap;

use kratos_core::model::flow::FlowError;
use kratos_ui::{Html, Theme};
use serde_json::json;

use crate::flows::{recorded, view};
use crate::page::{Ledger, inspect};
use crate::served::{Served, serve};
use crate::webdriver::Browser;

/// Inspects each page.
pub(crate) async fn look(browser: &Browser, ledger: &Ledger) {
    let theme = Theme::new().with_name("Acme").with_kratos_scripts_at("");
    let mut pages = HashMap::new();
    let mut names = Vec::new();
    let mut add = |name: &str, page: &kratos_ui::Page| {
        names.push(name.to_owned());
        pages.insert(name.to_owned(), Served::new(page));
    };
    for (name, kind, flow) in recorded() {
        let mut view = view(&theme, &kind, &flow);
        // The suite's substitute for Kratos' script has other bytes.
        view.scripts.iter_mut().for_each(|script| script.integrity.clear());
        add(&name, &theme.render(&view));
    }
    let error = json!({"id": "stub:500", "error": {"code": 500, "status": "Internal Server Error", "message": "This is a stub error."}});
    let error: FlowError = serde_json::from_value(error).expect("an error");
    add("error", &theme.error_page(&error));
    add("own", &theme.custom_page("Welcome", &Html::trusted("<p>Hello</p>".to_owned())));
    let origin = serve(pages).await;
    for name in names {
        browser.open(&format!("{origin}/{name}")).await;
        let _ = browser.sees("h1").await;
        inspect(browser, ledger, &name).await;
    }
}
