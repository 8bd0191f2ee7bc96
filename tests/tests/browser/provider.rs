//! The provider's examples in a browser, used from the relying party.

use std::{net::TcpListener, path::PathBuf};

use kratos_tests::hydra::{Programs, Setup, USUAL};

use crate::page::{Ledger, inspect};
use crate::place::Program;
use crate::visit::{Stranger, button, field, id};
use crate::webdriver::Browser;

/// The examples of a provider.
pub(crate) const PROVIDERS: [&str; 2] = ["axum-oauth2", "actix-oauth2"];

/// The name of an example with these servers.
pub(crate) fn place(example: &str, servers: Option<&[PathBuf; 2]>) -> String {
    match servers.and_then(|[_, hydra]| hydra.file_name()) {
        Some(hydra) => format!("{example} with {}", hydra.to_string_lossy()),
        None => example.to_owned(),
    }
}

/// Signs in at the shop with a new account of the provider, which is asked for consent, and signs out of both. The pages' policy has
/// `form-action`, which Chromium applies to every redirect after a form.
///
/// `servers` are a Kratos and a Hydra; without them, the example has its own.
pub(crate) async fn walk(example: &str, servers: Option<&[PathBuf; 2]>, browser: &Browser, ledger: &Ledger) {
    let [provider, shop] = [free_port(), free_port()];
    let mut settings =
        vec![("LISTEN", format!("127.0.0.1:{provider}")), ("LISTEN_SHOP", format!("127.0.0.1:{shop}"))];
    let mut running = None;
    if let Some([kratos, hydra]) = servers {
        let app = format!("http://localhost:{provider}");
        let programs = Programs::start(kratos, hydra, &app, Setup { hooks: false, ..USUAL }).await;
        settings.extend([
            ("KRATOS_PUBLIC_URL", programs.kratos_public.clone()),
            ("HYDRA_PUBLIC_URL", programs.hydra_public.clone()),
            ("HYDRA_ADMIN_URL", programs.hydra_admin.clone()),
        ]);
        running = Some(programs);
    }
    let _program = Program::start(example, &settings).await;
    let home = format!("http://127.0.0.1:{shop}/");
    let ada = Stranger::new();

    browser.open(&home).await;
    browser.leave_by("a[href='/sign-in']").await;
    browser.arrives("the login page", |url| url.path() == "/login").await;
    browser.leave_by(&id("signup-link")).await;
    browser.fill(&field("traits.email"), &ada.email).await;
    browser.fill(&field("password"), &ada.password).await;
    browser.leave_by(&button("method", "password")).await;
    browser.arrives("the consent page", |url| url.path() == "/oauth2/consent").await;
    inspect(browser, ledger, "consent").await;
    browser.leave_by(&button("decision", "accept")).await;
    browser.arrives("the shop", |url| url.as_str() == home).await;
    let greeting = browser.text().await;
    assert!(greeting.contains(&format!("hello, {}", ada.email)), "{greeting}");

    browser.leave_by("form[action='/sign-out'] button").await;
    browser.arrives("the logout page", |url| url.path() == "/oauth2/logout").await;
    inspect(browser, ledger, "logout").await;
    browser.leave_by(&button("decision", "accept")).await;
    browser.arrives("the shop", |url| url.as_str() == home).await;
    let _ = browser.sees("a[href='/sign-in']").await;

    // The provider asks again who the user is, and the user denies.
    browser.leave_by("a[href='/sign-in']").await;
    browser.fill(&field("identifier"), &ada.email).await;
    browser.fill(&field("password"), &ada.password).await;
    browser.leave_by(&button("method", "password")).await;
    browser.leave_by(&button("decision", "reject")).await;
    browser.arrives("the shop", |url| url.path() == "/callback").await;
    assert!(browser.text().await.contains("access_denied"));

    for (page, name) in [
        ("/oauth2/error?error=invalid_request&error_description=The%20client%20is%20unknown.", "error"),
        ("/oauth2/device?device_challenge=x&user_code=ABCDEFGH", "device"),
        ("/oauth2/device/success", "device, connected"),
    ] {
        browser.open(&format!("http://localhost:{provider}{page}")).await;
        inspect(browser, ledger, name).await;
    }
    drop(running);
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("its address").port()
}
