//! Renders malicious flows: nothing in them executes, with the page's policy and without it, so that escaping alone is
//! tested too.

use std::collections::HashMap;

use kratos_ui::Theme;
use serde_json::{Value, json};

use crate::served::{Served, serve};
use crate::webdriver::Browser;
use kratos_tests::gallery::view;

// The hand-written flows of kratos-ui's own tests.
#[path = "../../../kratos-ui/tests/support/nodes.rs"]
mod nodes;

use nodes::{SCRIPT, hidden, hostile, input, login, submit, with};

/// Runs before the page's content and reports whether any of it executed.
const WATCH: &str =
    "window.ran = []; for (const name of ['alert', 'prompt', 'confirm', 'eval', 'print', 'open'])
    window[name] = (text) => { window.ran.push(name + ' ' + text); };";

/// Uses everything on the page that a user might: hovers, focuses, clicks. Forms and links to the web stay on the
/// page.
const TOUCH: &str = "
    const done = arguments[arguments.length - 1];
    document.addEventListener('submit', (event) => event.preventDefault(), true);
    document.addEventListener('click', (event) => {
        const link = event.target.closest && event.target.closest('a');
        if (link && /^https?:$/.test(link.protocol)) event.preventDefault();
    });
    for (const element of document.querySelectorAll('*')) {
        for (const kind of ['load', 'error', 'mouseover', 'focus', 'toggle', 'animationstart', 'input', 'change'])
            element.dispatchEvent(new Event(kind));
        if (element.click && element.tagName !== 'HTML') element.click();
    }
    setTimeout(() => done(window.ran), 50);";

fn flows() -> Vec<(&'static str, Value)> {
    let anchor = |href: &str| json!({"type": "a", "group": "code", "attributes": {"id": "continue", "href": href, "title": {"text": "Go"}}});
    let image =
        |id: &str, src: &str| json!({"type": "img", "group": "totp", "attributes": {"id": id, "src": src}});
    let script = |src: &str| json!({"type": "script", "group": "webauthn", "attributes": {"id": "s", "src": src, "type": "text/javascript", "async": true, "nonce": "x"}});
    let trigger = |name: &str| json!({"type": "input", "group": "passkey", "attributes": {"name": "t", "type": "button", "value": "alert(1)", "onclick": "alert(1)", "onload": "alert(1)", "onclickTrigger": name, "onloadTrigger": name}, "meta": {"label": {"text": "Key"}}});
    let mut without_token = hostile();
    without_token["ui"]["nodes"].as_array_mut().expect("nodes").remove(0);
    let mut bad_action = login(&[
        input("password", "password", "password", json!("x"), "Password"),
        submit("password", "method", "password"),
    ]);
    bad_action["ui"]["action"] = json!("javascript:alert(1)");
    let huge = SCRIPT.repeat(2_000);
    let mut many: Vec<Value> =
        (0..500).map(|n| input("default", &format!("traits.n{n}"), "text", json!(SCRIPT), SCRIPT)).collect();
    many.push(input("default", "traits.huge", "text", json!(huge), &huge));
    many.push(submit("password", "method", "password"));
    let links = [
        "javascript:alert(1)",
        " JAVASCRIPT:alert(1)",
        "java\nscript:alert(1)",
        "\u{1}javascript:alert(1)",
        "javascript://x/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:alert(1)",
        "https://app.example/\" onclick=\"alert(1)",
    ];
    let mut return_to = login(&[submit("password", "method", "password")]);
    return_to["return_to"] = json!("javascript:alert(1)//\"><script>alert(1)</script>");
    return_to["request_url"] = json!(
        "https://auth.example/self-service/login/browser?return_to=javascript:alert(1)&login_challenge=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    );
    vec![
        ("every-text", hostile()),
        ("links", login(&links.map(anchor))),
        (
            "images",
            login(&[
                image("totp_qr", "javascript:alert(1)"),
                image(
                    "totp_qr",
                    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
                ),
                image("totp_qr", "x\" onerror=\"alert(1)"),
                image("other", "data:text/html,<script>alert(1)</script>"),
            ]),
        ),
        (
            "scripts",
            login(&[
                script("data:text/javascript,alert(1)"),
                script("/stranger.js"),
                script("javascript:alert(1)"),
                trigger("alert"),
                trigger("constructor"),
                trigger("eval"),
                trigger("oryPasskeyLogin"),
            ]),
        ),
        ("action", bad_action),
        (
            "unknown",
            login(&[
                json!({"type": SCRIPT, "group": SCRIPT, "attributes": {"onclick": "alert(1)"}}),
                json!({"type": "canvas", "attributes": {"onload": "alert(1)"}}),
                json!({"type": "input", "attributes": null}),
                json!({}),
                hidden("x", "onfocus", "alert(1)"),
                input("new", "a\" autofocus onfocus=alert(1) x=\"", "telepathy", json!("x"), "L"),
                with(
                    submit("new", "method", "x"),
                    "/attributes/name",
                    json!("\" formaction=\"javascript:alert(1)"),
                ),
            ]),
        ),
        ("without-token", without_token),
        ("five-hundred", login(&many)),
        ("return-to", return_to),
    ]
}

/// Opens each flow with its policy and without; nothing in it executes.
pub(crate) async fn nothing_executes(browser: &Browser) {
    let theme = Theme::new().with_kratos_scripts_at("");
    let mut pages = HashMap::new();
    for (name, flow) in flows() {
        let page = Served::new(&theme.render(&view(&theme, "login", &flow)));
        pages.insert(format!("{name}-open"), page.clone().without_policy());
        pages.insert(name.to_owned(), page);
    }
    // The control: the same content from an application that does not escape it.
    let careless =
        format!("<!doctype html><title>t</title><p>{SCRIPT}</p><a href=\"javascript:alert(2)\">Go</a>");
    let policy = theme.render(&view(&theme, "login", &hostile())).content_security_policy().to_owned();
    let careless = Served { html: careless, headers: vec![("content-type", "text/html".to_owned())] };
    pages.insert("careless".to_owned(), careless.clone());
    let mut strict = careless;
    strict.headers.push(("content-security-policy", policy));
    pages.insert("careless-strict".to_owned(), strict);
    let origin = serve(pages).await;

    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": WATCH})).await;
    let ran = async |name: &str| {
        browser.open(&format!("{origin}/{name}")).await;
        let ran = browser.run_until_called(TOUCH).await;
        ran.as_array().unwrap_or_else(|| panic!("{name}: the page was not watched: {ran}")).clone()
    };
    let noticed = ran("careless").await;
    assert!(
        noticed.contains(&json!("alert 1")) && noticed.contains(&json!("alert 2")),
        "not detected: {noticed:?}"
    );
    assert_eq!(ran("careless-strict").await, Vec::<Value>::new(), "the policy alone stops it");
    for (name, flow) in flows() {
        for name in [name.to_owned(), format!("{name}-open")] {
            assert_eq!(ran(&name).await, Vec::<Value>::new(), "{name}");
            let _ = browser.sees("h1").await;
        }
        let shown = browser.text().await;
        let wanted = flow.to_string().contains("onload=alert(1)>{{7*7}}");
        assert!(
            !wanted || name == "unknown" || shown.contains(SCRIPT.trim()),
            "{name} does not show the words: {shown:.500}"
        );
    }
    let rendered = browser.run("return document.querySelectorAll('h1').length").await;
    assert_eq!(rendered, json!(1));
}
