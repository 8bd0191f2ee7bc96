//! The language of a page, and what stays in English.

#![cfg(feature = "languages")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test helpers"
)]

mod support;

use kratos_model::flow::{LoginFlow, SettingsFlow};
use kratos_ui::{Catalog, English, Language, Languages, Phrase, RefusedRequest, Texts, Theme};
use serde_json::{Value, json};
use support::nodes::{hidden, input, login, submit, with};

#[test]
fn what_only_kratos_says_is_marked_as_english() {
    let nodes = [
        with(
            input("default", "identifier", "text", json!(""), "Name"),
            "/messages",
            json!([
                {"id": 4000005, "text": "The password can not be used because it is too weak.", "type": "error"},
                {"id": 4999999, "text": "A newer message.", "type": "error"},
                {"id": 77, "text": "Nachricht der Anwendung", "type": "error"},
            ]),
        ),
        with(
            submit("password", "method", "password"),
            "/meta/label",
            json!({"id": 1019999, "text": "A newer label", "type": "info"}),
        ),
    ];
    let theme = Theme::new().with_languages(Languages::new(Language::German));
    let html = theme.render(&support::view_as(&theme, "login", &login(&nodes))).into_html();
    for expected in [
        ">Dieses Passwort kann nicht verwendet werden. <span lang=\"en\" dir=\"ltr\">it is too weak</span></p>",
        "><span lang=\"en\" dir=\"ltr\">A newer message.</span></p>",
        ">Nachricht der Anwendung</p>",
        " lang=\"en\">A newer label</button>",
        ">Name</label>",
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
    // Kratos' own English, and English of this crate, need no mark.
    for theme in [Theme::new(), Theme::new().with_languages(Languages::all())] {
        let html = theme.render(&support::view_as(&theme, "login", &login(&nodes))).into_html();
        assert!(html.contains(">A newer message.</p>") && html.contains(">A newer label</button>"), "{html}");
    }
}

#[test]
fn the_language_is_chosen_by_the_application_the_flow_and_the_request() {
    let languages = Languages::all().with_trait("language");
    let theme = Theme::new().with_languages(languages).with_accept_language("de-AT,en;q=0.5");
    let mut flow = login(&[submit("password", "method", "password")]);
    let login_lang = |theme: &Theme, flow: &Value| {
        theme.view(&serde_json::from_value::<LoginFlow>(flow.clone()).unwrap()).lang
    };
    assert_eq!(login_lang(&theme, &flow), "de", "Accept-Language");
    flow["request_url"] = json!("https://auth.example/self-service/login/browser?ui_locales=en");
    assert_eq!(login_lang(&theme, &flow), "en", "ui_locales of the URL");
    flow["oauth2_login_request"] = json!({"oidc_context": {"ui_locales": ["xx", "de"]}});
    assert_eq!(login_lang(&theme, &flow), "de", "ui_locales of the OAuth 2 client");
    flow["identity"] =
        json!({"id": "9f425a8d-7efc-4768-8f23-7647a74fdf13", "schema_id": "x", "traits": {"language": "en"}});
    let settings: SettingsFlow = serde_json::from_value(flow.clone()).unwrap();
    assert_eq!(theme.view(&settings).lang, "en", "the identity's trait");

    let none = Theme::new().with_languages(Languages::new(Language::German)).with_accept_language("xx");
    assert_eq!(login_lang(&none, &login(&[])), "de", "the fallback");
    let refused = RefusedRequest::new(401, "session_inactive".into());
    assert_eq!(theme.refusal_view(&refused).messages[0].text.as_str(), "Sie sind nicht angemeldet.");
}

#[test]
fn texts_of_the_application_take_precedence_in_their_language() {
    let languages = Languages::new(Language::English)
        .with(Language::German)
        .with_texts(Catalog::new("de").with_phrase(Phrase::LoginTitle, "Einloggen"))
        .with_texts(Catalog::new("he").with_dir("rtl").with_message(1010001, "כניסה"));
    let flow = login(&[
        hidden("default", "x", "y"),
        with(
            submit("password", "method", "password"),
            "/meta/label",
            json!({"id": 1010001, "text": "Sign in"}),
        ),
        with(
            submit("code", "method", "code"),
            "/meta/label",
            json!({"id": 1010015, "text": "Send sign in code"}),
        ),
    ]);
    let page = |accepted: &str| {
        let theme = Theme::new().with_languages(languages.clone()).with_accept_language(accepted);
        theme.render(&support::view_as(&theme, "login", &flow)).into_html()
    };
    let german = page("de");
    assert!(german.contains("<h1>Einloggen</h1>") && german.contains(">Anmelden</button>"), "{german}");
    assert!(page("en").contains("<h1>Sign in</h1>"));
    let hebrew = page("he-IL");
    for expected in
        ["<html lang=\"he\" dir=\"rtl\">", ">כניסה</button>", " lang=\"en\">Send sign in code</button>"]
    {
        assert!(hebrew.contains(expected), "{expected} in {hebrew}");
    }
    assert_eq!(English.lang(), "en");
}
