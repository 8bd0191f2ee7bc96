//! What the pages' own script does, in pages that no server made.

use std::collections::HashMap;

use kratos_core::model::RawJson;
use kratos_ui::{Language, Languages, Theme};
use serde_json::{Value, json};

use crate::served::{Served, serve};
use crate::webdriver::Browser;
use kratos_tests::gallery::{pages, theme, view};

fn input(group: &str, name: &str, kind: &str, value: &Value) -> Value {
    json!({"type": "input", "group": group, "messages": [], "meta": {"label": {"id": 1_070_002, "text": name, "type": "info"}},
        "attributes": {"node_type": "input", "name": name, "type": kind, "value": value}})
}

fn flow(kind: &str, nodes: &[Value], traits: &Value) -> Value {
    json!({"id": "cd0e1dd9-9e1c-4948-8b0b-0b0b0b0b0b0b", "type": "browser", "state": "show_form",
        "request_url": format!("http://localhost/self-service/{kind}/browser"),
        "identity": {"id": "cd0e1dd9-9e1c-4948-8b0b-0b0b0b0b0b0c", "traits": traits},
        "ui": {"action": "http://localhost/x", "method": "POST", "nodes": nodes}})
}

async fn open(browser: &Browser, theme: &Theme, kind: &str, flow: &Value) {
    let page = Served::new(&theme.render(&view(theme, kind, flow)));
    let origin = serve(HashMap::from([("page".to_owned(), page)])).await;
    browser.open(&format!("{origin}/page")).await;
    browser.is_whole().await;
}

pub(crate) async fn run(browser: &Browser) {
    keeps(browser).await;
    shows(browser).await;
    is_busy(browser).await;
    hides_headings(browser).await;
    keeps_ages_whole(browser).await;
    answers(browser).await;
}

/// A form that would lose traits posts all of them, changed as the user changed them.
async fn keeps(browser: &Browser) {
    let schema = json!({"properties": {"traits": {"type": "object", "additionalProperties": false, "properties": {
        "name": {"type": "string"}, "age": {"type": "integer"}, "news": {"type": "boolean"}, "empty": {"type": "string"},
        "tags": {"type": "array", "items": {"type": "string"}}, "nest": {"type": "object", "properties": {"level": {"type": "integer", "enum": [1, 2]}}},
        "contacts": {"type": "array", "items": {"type": "object"}}, "nick": {"type": ["string", "null"]}}}}});
    let theme = Theme::new().with_identity_schema(&RawJson::from_value(&schema).expect("a schema"));
    let traits = json!({"name": "Ada", "age": 36, "news": true, "empty": "x", "tags": ["a", "b"], "nest": {"level": 2},
        "contacts": [{"name": "Bob"}], "nick": null});
    let nodes = [
        input("profile", "traits.name", "text", &json!("Ada")),
        input("profile", "traits.age", "number", &json!(36)),
        input("profile", "traits.news", "checkbox", &json!(true)),
        input("profile", "traits.empty", "text", &json!("x")),
        input("profile", "traits.tags", "text", &json!(null)),
        input("profile", "traits.tags.0", "text", &json!("a")),
        input("profile", "traits.tags.1", "text", &json!("b")),
        input("profile", "traits.nest.level", "number", &json!(2)),
        input("profile", "traits.contacts.0.name", "text", &json!("Bob")),
        input("profile", "method", "submit", &json!("profile")),
    ];
    open(browser, &theme, "settings", &flow("settings", &nodes, &traits)).await;
    let posted = |change: &str| {
        format!("const form = document.querySelector('[data-kratos-keeps]').form; {change}
            const data = new FormData(form); return [JSON.parse(data.get('traits')), [...data.keys()].join()];")
    };
    assert_eq!(browser.run(&posted("")).await, json!([traits, "traits"]), "unchanged");
    let change = "form.elements['traits.name'].value = 'Eve'; form.elements['traits.empty'].value = '';
        form.elements['traits.age'].value = '37'; form.querySelector('[type=checkbox][value=a]').checked = false;
        form.querySelector('[data-kratos-add]').value = 'c'; form.elements['traits.nest.level'].value = '1';
        form.querySelector('[type=checkbox][name=\"traits.news\"]').checked = false;";
    let mut expected = traits.clone();
    for (name, value) in
        [("name", json!("Eve")), ("age", json!(37)), ("news", json!(false)), ("tags", json!(["b", "c"]))]
    {
        expected[name] = value;
    }
    expected["nest"]["level"] = json!(1);
    expected.as_object_mut().expect("an object").shift_remove("empty");
    assert_eq!(browser.run(&posted(change)).await[0], expected, "changed");
}

async fn shows(browser: &Browser) {
    let nodes = [
        input("default", "identifier", "text", &json!("")),
        input("password", "password", "password", &json!(null)),
        input("password", "method", "submit", &json!("password")),
    ];
    open(browser, &Theme::new(), "login", &flow("login", &nodes, &json!({}))).await;
    let state = "const field = document.querySelector('[name=password]');
        return [field.type, document.querySelector('[data-kratos-show]').ariaPressed];";
    assert_eq!(browser.run(state).await, json!(["password", "false"]));
    browser.click("[data-kratos-show]").await;
    assert_eq!(browser.run(state).await, json!(["text", "true"]));
    browser.click("[data-kratos-show]").await;
    assert_eq!(browser.run(state).await, json!(["password", "false"]));
    browser.click("[data-kratos-show]").await;
    let submit = "const form = document.querySelector('form'); form.addEventListener('submit', (event) => event.preventDefault());
        form.elements.identifier.value = form.elements.password.value = 'x'; form.requestSubmit();";
    browser.run(submit).await;
    assert_eq!(browser.run(state).await, json!(["password", "false"]), "hidden before it is sent");
}

/// The pressed button is busy while its form is sent; not one whose form stayed here, and not when the page comes back.
async fn is_busy(browser: &Browser) {
    let nodes = [
        input("default", "identifier", "text", &json!("ada")),
        input("password", "password", "password", &json!(null)),
        input("password", "method", "submit", &json!("password")),
        input("code", "method", "submit", &json!("code")),
    ];
    open(browser, &Theme::new(), "login", &flow("login", &nodes, &json!({}))).await;
    let run = "const form = document.querySelector('form'), [first, second] = form.querySelectorAll('button[type=submit]');
        const busy = () => [first, second].map((button) => button.getAttribute('aria-busy'));
        const frame = document.createElement('iframe'); frame.name = form.target = 'away'; document.body.append(frame);
        const stay = (event) => event.preventDefault();
        form.addEventListener('submit', stay); form.requestSubmit(second); const stayed = busy();
        form.removeEventListener('submit', stay); form.requestSubmit(second); const sent = busy();
        window.dispatchEvent(new Event('pageshow')); return [stayed, sent, busy()];";
    assert_eq!(browser.run(run).await, json!([[null, null], [null, "true"], [null, null]]));
}

/// A browser without keys shows no heading that has nothing below it, and no entry for it in the index.
async fn hides_headings(browser: &Browser) {
    const PAGE: &str = "26.2.0-settings-all";
    let pages = pages(&theme(), |name| name == PAGE);
    let origin = serve(pages.iter().map(|(name, page)| (name.clone(), Served::new(page))).collect()).await;
    let shown = "const shown = (selector) => [...document.querySelectorAll(selector)]
            .filter((part) => part.checkVisibility()).map((part) => part.textContent);
        return [shown('nav a'), shown('section h2')];";
    let without = ["Profile", "Password", "Social sign-in", "Authenticator app", "Backup codes"];
    let mut with = without.to_vec();
    with.splice(3..3, ["Passkeys", "Security keys"]);
    let source = json!({"source": "delete window.PublicKeyCredential"});
    let added = browser.devtools("Page.addScriptToEvaluateOnNewDocument", source).await;
    browser.open(&format!("{origin}/{PAGE}")).await;
    browser.is_whole().await;
    assert_eq!(browser.run(shown).await, json!([without, without]), "without keys");
    browser.devtools("Page.removeScriptToEvaluateOnNewDocument", added).await;
    browser.open(&format!("{origin}/{PAGE}")).await;
    browser.is_whole().await;
    assert_eq!(browser.run(shown).await, json!([with, with]), "with keys");
}

/// How long ago a sign-in was stays on one line, however wide the page is.
async fn keeps_ages_whole(browser: &Browser) {
    for language in [Language::Arabic, Language::English, Language::Japanese] {
        let theme = theme().with_languages(Languages::new(language));
        let pages = pages(&theme, |name| name == "sessions");
        let origin =
            serve(pages.iter().map(|(name, page)| (name.clone(), Served::new(page))).collect()).await;
        browser.open(&format!("{origin}/sessions")).await;
        browser.is_whole().await;
        let lines = "const card = document.querySelector('.kratos'), lines = new Set();
            for (let width = 240; width < 600; width += 5) {
                card.style.maxWidth = width + 'px';
                for (const age of document.querySelectorAll('time .age')) lines.add(age.getClientRects().length);
            }
            return [...lines];";
        assert_eq!(browser.run(lines).await, json!([1]), "{}", language.tag());
    }
}

/// Turnstile's answer goes into every form, and its end takes it away.
async fn answers(browser: &Browser) {
    let nodes = [
        input("default", "identifier", "text", &json!("")),
        input("password", "method", "submit", &json!("password")),
        input("oidc", "provider", "submit", &json!("github")),
        input(
            "captcha",
            "captcha_turnstile_options",
            "text",
            &json!({"sitekey": "0x4AAA", "action": "login"}),
        ),
    ];
    open(browser, &Theme::new(), "login", &flow("login", &nodes, &json!({}))).await;
    let stub = "window.turnstile = {render: (place, given) => { window.given = {...given, place: place.className}; given.callback('token'); }};
        document.querySelector('script[data-ory-script]').dispatchEvent(new Event('load'));
        const values = () => [...document.getElementsByName('transient_payload.captcha_turnstile_response')].map((field) => field.value);
        const first = values(); window.given['expired-callback']();
        return [first, values(), window.given.sitekey, window.given.action, window.given.place, window.given['response-field']];";
    let expected = json!([["token", "token"], ["", ""], "0x4AAA", "login", "captcha", false]);
    assert_eq!(browser.run(stub).await, expected);
    let _ = browser.log("browser").await;
}
