//! The types that render pages, and the intermediate values.

use http::Request;
use kratos_core::model::flow::{FlowError, LoginFlow, SettingsFlow};
use kratos_ui::{
    Catalog, English, Nonce, PageRenderer, RefusedRequest, Routes, Theme, assets, view::Content,
};

use crate::{
    models,
    shown::{debugged, secret},
};

pub fn views_and_pages() {
    let theme = Theme::new().with_texts(Catalog::new("de"));
    debugged(&theme);
    let settings: SettingsFlow = serde_json::from_value(models::settings_flow()).unwrap();
    let view = theme.view(&settings);
    debugged(&view);
    debugged(&view.links);
    for section in &view.sections {
        debugged(&section.contents);
        for content in &section.contents {
            if let Content::Text(block) = content {
                debugged(&block.lines);
            }
        }
        for form in &section.forms {
            form.fields.iter().for_each(|field| debugged(&field.control));
            form.buttons.iter().for_each(|button| debugged(&button.action));
        }
    }
    debugged(&theme.fragment(&view));
    debugged(&theme.page(&settings));
    let login: LoginFlow = serde_json::from_value(models::login_flow()).unwrap();
    debugged(&theme.view(&login));
    let error: FlowError = serde_json::from_value(models::flow_error()).unwrap();
    debugged(&theme.error_view(&error));
    debugged(&theme.error_page(&error));
    debugged(&theme.page_routes());
    let next = format!("https://auth.example/login?return_to={}", secret("nextstep"));
    let refused = RefusedRequest::new(401, "session_inactive".into()).with_next_step(&next).with_back(&next);
    debugged(&refused);
    debugged(&theme.refusal_view(&refused));
    debugged(&theme.render_with_nonce(&view, &Nonce::new("MARKEDnonce12345").unwrap()));
}

/// The values that handlers get.
pub fn flows_of_pages() {
    macro_rules! arguments {
        ($($name:ident from $json:expr),* $(,)?) => {
            $({
                let flow: kratos_core::model::flow::$name = serde_json::from_value($json).unwrap();
                debugged(&kratos_axum::$name(flow.clone()));
                debugged(&kratos_actix::$name(flow));
            })*
        };
    }
    arguments! {
        FlowError from models::flow_error(),
        LoginFlow from models::login_flow(),
        RecoveryFlow from models::settings_flow(),
        RegistrationFlow from models::login_flow(),
        SettingsFlow from models::settings_flow(),
        VerificationFlow from models::settings_flow(),
    }
}

pub fn configuration() {
    let nonce = Nonce::new(&format!("{}aaaaaaaaaaaa", secret("nonce").replace('-', ""))).unwrap();
    debugged(&nonce);
    debugged(&Catalog::new("de").with_label("email", "E-Mail"));
    debugged(&English);
    debugged(&Routes::new().with_error_page("/oops"));
    debugged(&assets::SCRIPT);
    let renderer = PageRenderer::<Request<()>>::new(Theme::new());
    debugged(&renderer.with_theme_for(|_| None).with_view(|_, _| ()));
    let kratos = kratos_core::Kratos::new("http://127.0.0.1:9").unwrap();
    debugged(&kratos_axum::ui::Pages::new(&kratos, Theme::new()));
    debugged(&kratos_actix::ui::Pages::new(&kratos, Theme::new()));
}
