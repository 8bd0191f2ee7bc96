//! Snapshots of pages, theme settings, and links between pages.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test helpers"
)]

mod support;

use kratos_model::flow::{LoginFlow, RecoveryFlow, VerificationFlow, ui::NodeGroup};
use kratos_ui::{
    Catalog, Html, Nonce, Phrase, RefusedRequest, Routes, Theme, assets,
    view::{ButtonStyle, LinkKind, PageKind, View},
};
use serde_json::json;
use support::nodes::{hidden, input, login, submit, with};

/// Puts each tag on its own line, for readable differences.
fn lines(theme: &Theme, view: &View) -> String {
    let page = theme.render_with_nonce(view, &Nonce::new("n").unwrap());
    let body = page.html().split_once("<body>").unwrap().1.split_once("</body>").unwrap().0;
    body.replace("><", ">\n<")
}

fn groups(view: &View) -> Vec<&str> {
    view.sections.iter().map(|section| section.group.as_str()).collect()
}

fn unified_login() -> serde_json::Value {
    login(&[
        submit("oidc", "provider", "google"),
        submit("code", "method", "code"),
        with(
            input("default", "identifier", "text", json!("a@b"), "E-Mail"),
            "/messages",
            json!([{"id": 4000001, "text": "Too short.", "type": "error"}]),
        ),
        submit("password", "method", "password"),
        input("password", "password", "password", json!("x"), "Password"),
        hidden("passkey", "passkey_challenge", "{}"),
        json!({"type": "input", "group": "passkey", "attributes": {"name": "passkey_login_trigger", "type": "button", "value": "", "onclickTrigger": "oryPasskeyLogin"}, "meta": {"label": {"id": 1010021, "text": "Sign in with passkey"}}}),
    ])
}

#[test]
fn a_login_page() {
    let theme = Theme::new().with_name("Acme");
    insta::assert_snapshot!(lines(&theme, &support::view_as(&theme, "login", &unified_login())));
}

#[test]
fn a_settings_page() {
    let theme = Theme::new();
    let flow = login(&[
        input("profile", "traits.newsletter", "checkbox", json!(true), "Newsletter"),
        input("default", "traits.age", "number", json!(30), "Age"),
        json!({"type": "input", "group": "profile", "attributes": {"name": "traits.tier", "type": "text", "value": "b", "options": [{"value": "a"}, {"value": "b", "label": {"text": "Best"}}]}}),
        submit("profile", "method", "profile"),
        submit("totp", "totp_unlink", "true"),
        submit("oidc", "link", "google"),
        submit("oidc", "unlink", "github"),
    ]);
    insta::assert_snapshot!(lines(&theme, &support::view_as(&theme, "settings", &flow)));
}

#[test]
fn a_page_for_a_code() {
    let theme = Theme::new();
    let flow = support::flow("26.2.0", "recovery-sent");
    let mut view = flow.view(&theme);
    for form in view.sections.iter_mut().flat_map(|section| &mut section.forms) {
        form.action = "https://auth.example/self-service/recovery?flow=1".into();
        form.hidden
            .iter_mut()
            .filter(|hidden| hidden.name == "csrf_token")
            .for_each(|csrf| csrf.value = "csrf".into());
        form.buttons
            .iter_mut()
            .filter(|button| button.name == "email")
            .for_each(|email| email.value = "a@b".into());
    }
    insta::assert_snapshot!(lines(&theme, &view));
}

#[test]
fn the_first_button_is_the_primary_one() {
    let view = support::view_as(&Theme::new(), "login", &unified_login());
    assert_eq!(groups(&view), ["password", "passkey", "oidc"]);
    let main = &view.sections[0].forms[0];
    let buttons: Vec<_> = main.buttons.iter().map(|button| (button.value.as_str(), button.style)).collect();
    assert_eq!(buttons, [("password", ButtonStyle::Primary), ("code", ButtonStyle::Secondary)]);
    let names: Vec<_> = main.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["identifier", "password"]);
}

#[test]
fn a_theme_sets_the_order_of_methods() {
    let theme = Theme::new().with_order(PageKind::Login, [NodeGroup::Oidc, NodeGroup::Code]);
    let view = support::view_as(&theme, "login", &unified_login());
    assert_eq!(groups(&view), ["oidc", "code", "passkey"]);
    assert_eq!(
        view.sections[1].forms[0].buttons[0].value, "code",
        "the form's first button follows the order"
    );
    assert!(view.sections[1].primary, "the main section stays primary");
}

#[test]
fn a_view_can_be_changed_before_it_is_rendered() {
    let theme = Theme::new();
    let mut view = support::view_as(&theme, "login", &unified_login());
    view.sections.retain(|section| section.group != NodeGroup::Oidc);
    view.title = "Welcome back".to_owned();
    view.links.clear();
    let page = theme.render(&view);
    assert!(page.html().contains("<h1>Welcome back</h1>") && !page.html().contains("google"));
    let fragment = theme.fragment(&view);
    assert!(
        fragment.as_str().starts_with("<div class=\"kratos kratos-login\"")
            && page.html().contains(fragment.as_str())
    );
}

#[test]
fn texts_are_translated_by_id_with_the_values_of_the_context() {
    let german = Catalog::new("de")
        .with_message(1010002, "Mit {provider} anmelden")
        .with_label("identifier", "Benutzername")
        .with_phrase(Phrase::LoginTitle, "Anmelden");
    let flow = login(&[
        input("default", "identifier", "text", json!(""), "E-Mail"),
        with(
            submit("oidc", "provider", "google"),
            "/meta/label",
            json!({"id": 1010002, "text": "Sign in with google", "context": {"provider": "google"}}),
        ),
        with(
            submit("oidc", "provider", "github"),
            "/meta/label",
            json!({"id": 1010002, "text": "Sign in with github"}),
        ),
    ]);
    let theme = Theme::new().with_texts(german);
    let html = theme.render(&support::view_as(&theme, "login", &flow)).into_html();
    for expected in [
        "<html lang=\"de\"",
        "<h1>Anmelden</h1>",
        ">Mit google anmelden<",
        ">Sign in with github<",
        ">Benutzername<",
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
}

#[test]
fn links_preserve_parameters() {
    let theme = Theme::new()
        .with_routes(Routes::new().with(LinkKind::Registration, "/join?plan=a").without(LinkKind::Recovery));
    let mut flow = login(&[submit("password", "method", "password")]);
    flow["request_url"] = json!(
        "https://auth.example/self-service/login/browser?return_to=https%3A%2F%2Fapp%2Fa%3Fb%3D1%26c%3D2&login_challenge=ch%26x&aal=aal1"
    );
    let href = |flow: &serde_json::Value, kind: &str, link: LinkKind| {
        let view = support::view_as(&theme, kind, flow);
        view.links.iter().find(|known| known.kind == link).map(|link| link.href.as_str().to_owned())
    };
    let kept = "return_to=https%3A%2F%2Fapp%2Fa%3Fb%3D1%26c%3D2&login_challenge=ch%26x";
    assert_eq!(href(&flow, "login", LinkKind::Registration), Some(format!("/join?plan=a&{kept}")));
    assert_eq!(href(&flow, "login", LinkKind::Recovery), None, "the page is removed");
    for kind in ["registration", "recovery", "verification"] {
        assert_eq!(href(&flow, kind, LinkKind::Login), Some(format!("/login?{kept}")), "{kind}");
    }
    // The flow's own fields take precedence over its request URL.
    flow["return_to"] = json!("https://app/other");
    let other = "/join?plan=a&return_to=https%3A%2F%2Fapp%2Fother&login_challenge=ch%26x";
    assert_eq!(href(&flow, "login", LinkKind::Registration).as_deref(), Some(other));
    flow["request_url"] = json!("");
    flow["return_to"] = json!(null);
    assert_eq!(href(&flow, "login", LinkKind::Registration).as_deref(), Some("/join?plan=a"));
}

#[test]
fn each_kind_of_login_has_its_own_links() {
    let kind = |flow: serde_json::Value| {
        let view = Theme::new().view(&serde_json::from_value::<LoginFlow>(flow).unwrap());
        let links = view.links.iter().map(|link| link.test_id).collect::<Vec<_>>().join(" ");
        (view.kind, links)
    };
    let mut flow = login(&[submit("password", "method", "password")]);
    assert_eq!(kind(flow.clone()), (PageKind::Login, "forgot-password-link signup-link".into()));
    flow["refresh"] = json!(true);
    assert_eq!(kind(flow.clone()), (PageKind::Refresh, "logout-link".into()));
    flow["requested_aal"] = json!("aal2");
    assert_eq!(kind(flow.clone()), (PageKind::SecondFactor, "logout-link".into()));
    let mut identified =
        login(&[hidden("identifier_first", "identifier", "a@b"), submit("password", "method", "password")]);
    assert_eq!(kind(identified.clone()), (PageKind::Login, "cancel-link forgot-password-link".into()));
    identified["ui"]["messages"] = json!([{"id": 4000010, "text": "Not verified.", "type": "error"}]);
    assert_eq!(kind(identified).1, "verification-link cancel-link forgot-password-link");
}

/// In the midst of an OAuth 2 login, signing out leads to the login of another user, not out of it.
#[test]
fn signing_out_in_mid_flow_keeps_the_login_challenge_and_where_the_user_was_going() {
    let mut flow = login(&[submit("password", "method", "password")]);
    flow["return_to"] = json!("https://app.example/a");
    flow["oauth2_login_challenge"] = json!("c&1");
    for (name, value) in [("refresh", json!(true)), ("requested_aal", json!("aal2"))] {
        flow[name] = value;
        let view = Theme::new().view(&serde_json::from_value::<LoginFlow>(flow.clone()).unwrap());
        let logout = view.links.iter().find(|link| link.kind == LinkKind::Logout).unwrap();
        assert_eq!(
            logout.href.as_str(),
            "/logout?return_to=https%3A%2F%2Fapp.example%2Fa&login_challenge=c%261",
            "{name}"
        );
    }
}

/// Chromium applies `form-action` to the redirect that follows a form.
#[test]
fn the_origin_that_a_flow_returns_to_joins_the_policy() {
    let mut flow = login(&[submit("password", "method", "password")]);
    let policy = |flow: &serde_json::Value, theme: &Theme| {
        let flow = serde_json::from_value::<LoginFlow>(flow.clone()).unwrap();
        theme.page(&flow).content_security_policy().to_owned()
    };
    let theme = Theme::new().with_form_targets(["https://app.example"]);
    assert!(!policy(&flow, &theme).contains("partner.example"));
    flow["return_to"] = json!("https://partner.example/a?b=c");
    let sent = policy(&flow, &theme);
    let targets = sent.split("form-action").nth(1).unwrap();
    assert!(
        targets.contains(" https://app.example") && targets.contains(" https://partner.example"),
        "{sent}"
    );
    assert!(!policy(&flow, &Theme::new()).contains("form-action"));
    // Only an origin, and only of the web.
    for (url, other) in
        [("https://a;script-src/", "a;"), ("javascript:alert(1)", "javascript"), ("/elsewhere", "elsewhere")]
    {
        flow["return_to"] = json!(url);
        let sent = policy(&flow, &theme);
        assert!(!sent.contains(other), "{sent}");
    }
}

#[test]
fn a_form_that_leads_to_a_provider_is_not_held_back() {
    let theme = Theme::new().with_form_targets([]);
    let mut flow = login(&[submit("password", "method", "password")]);
    // Recovery knows no challenge: it returns to the client's request.
    flow["return_to"] = json!(
        "https://hydra.example/oauth2/auth?client_id=shop&redirect_uri=https%3A%2F%2Fshop.example%2Fcb"
    );
    let recovery = serde_json::from_value::<RecoveryFlow>(flow.clone()).unwrap();
    let sent = theme.page(&recovery).content_security_policy().to_owned();
    let (_, targets) = sent.split_once("form-action").unwrap();
    assert!(
        targets.contains(" https://hydra.example") && targets.contains(" https://shop.example"),
        "{sent}"
    );
    // The verification after a registration knows the challenge and not whose it is.
    flow["return_to"] = json!(null);
    flow["request_url"] = json!("https://auth.example/self-service/registration/browser?login_challenge=c");
    let verification = serde_json::from_value::<VerificationFlow>(flow.clone()).unwrap();
    let sent = theme.page(&verification).content_security_policy().to_owned();
    assert!(!sent.contains("form-action") && sent.contains("frame-ancestors 'none'"), "{sent}");
    flow["request_url"] = json!("https://auth.example/self-service/verification/browser");
    let other = serde_json::from_value::<VerificationFlow>(flow).unwrap();
    assert!(theme.page(&other).content_security_policy().contains("form-action"));
}

/// Kratos checks `Origin` or `Referer` of forms over https; the flow's id must not reach another site.
#[test]
fn a_page_is_sent_with_its_security_headers() {
    let flow = serde_json::from_value::<LoginFlow>(login(&[])).unwrap();
    let page = Theme::new().page(&flow);
    let headers = page.headers();
    let header = |name| headers.iter().find(|(known, _)| *known == name).unwrap().1;
    assert_eq!(header("referrer-policy"), "strict-origin-when-cross-origin");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "private, no-store");
    assert_eq!(header("content-type"), "text/html; charset=utf-8");
    assert_eq!(header("content-security-policy"), page.content_security_policy());
}

#[test]
fn a_refusal_page_explains_and_links_on() {
    let theme = Theme::new();
    let refused = RefusedRequest::new(401, "session_inactive".into())
        .with_next_step("https://auth.example/self-service/login/browser?return_to=a&x=1")
        .with_back("/cart");
    let page = theme.refusal_page(&refused);
    for expected in [
        "<h1>Something went wrong</h1>",
        ">You are not signed in.</p>",
        "<a href=\"https://auth.example/self-service/login/browser?return_to=a&#38;x=1\" data-testid=\"next-link\">Sign in</a>",
        "<a href=\"/cart\" data-testid=\"back-link\">Back</a>",
        "<a href=\"/\" data-testid=\"home-link\">Home</a>",
    ] {
        assert!(page.html().contains(expected), "{expected} in {}", page.html());
    }
    assert!(!format!("{refused:?}").contains("return_to"));
    let plain = theme.refusal_view(&RefusedRequest::new(503, "session_unavailable".into()));
    assert_eq!(plain.links.iter().map(|link| link.kind).collect::<Vec<_>>(), [LinkKind::Home]);
}

#[test]
fn custom_pages_use_the_theme() {
    let page = Theme::new()
        .with_header(Html::trusted("<header>H</header>"))
        .with_footer(Html::trusted("<footer>F</footer>"))
        .with_stylesheet("https://cdn.example/a.css")
        .custom_page("<Home>", &Html::trusted("<p>Hello</p>"));
    for expected in [
        "<h1>&#60;Home&#62;</h1>",
        "<p>Hello</p>",
        "<header>H</header>",
        "<footer>F</footer>",
        "/kratos-ui/kratos-ui.css?v=",
    ] {
        assert!(page.html().contains(expected), "{expected} in {}", page.html());
    }
    assert!(page.content_security_policy().contains("style-src 'self' https://cdn.example;"));
    assert!(!page.html().contains("<script"));
    let bare = Theme::new().without_default_stylesheet().custom_page("x", &Html::default());
    assert!(!bare.html().contains("stylesheet"));
}

#[test]
fn assets_are_found_by_name() {
    for asset in assets::ASSETS {
        assert_eq!(assets::Asset::find(asset.name).map(|found| found.version), Some(asset.version));
    }
    assert!(assets::Asset::find("../Cargo.toml").is_none());
    assert!(!assets::SCRIPT.body.contains("eval") && !assets::SCRIPT.body.contains("innerHTML"));
}

#[test]
fn a_second_factor_by_security_key_alone_requires_a_script() {
    let theme = Theme::new();
    let view = support::flow("26.2.0", "login-aal2-webauthn").view(&theme);
    assert!(view.requires_script());
    assert_eq!(view.sections[0].forms[0].buttons[0].style, ButtonStyle::Primary);
    assert!(theme.render(&view).html().contains("<noscript>"));
    let login = support::flow("26.2.0", "login").view(&theme);
    assert!(login.uses_script() && !login.requires_script());
    assert!(!theme.render(&login).html().contains("<noscript>"));
}
