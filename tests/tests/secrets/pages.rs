//! The types that render pages, and the intermediate values.

use http::Request;
use kratos_core::model::{
    Identity, IdentitySchema, RawJson, Session,
    flow::{FlowError, LoginFlow, SettingsFlow},
};
use kratos_core::pages::{AccountDeleter, AccountDeletion};
use kratos_ui::{
    Catalog, English, Html, Nonce, PageParts, PageRenderer, PartRenderer, RefusedRequest, Routes, Theme,
    UserSessions, View, assets, view::Content,
};
use serde_json::json;

use crate::{
    models,
    shown::{debugged, secret},
};

pub fn views_and_pages() {
    let theme = Theme::new().with_texts(Catalog::new("de"));
    debugged(&theme);
    debugged(&kratos_ui::Languages::all());
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

struct Shown;

impl PageParts for Shown {
    fn header(&self, _: &View, page: &PartRenderer<'_>) -> Option<Html> {
        debugged(page);
        None
    }
}

struct Nothing;

impl AccountDeletion for Nothing {
    async fn delete_account(&self, _: &Identity) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        Ok(())
    }
}

/// The pages about the account, and traits that a form cannot hold.
pub fn account() {
    let session =
        json!({"id": "cd0e1dd9-9e1c-4948-8b0b-0b0b0b0b0b0b", "tokenized": secret("jwt"), "devices": [{}]});
    let session: Session = serde_json::from_value(session).unwrap();
    let theme = Theme::new().with_parts(Shown);
    let sessions = UserSessions::new(&session, std::slice::from_ref(&session));
    debugged(&sessions);
    debugged(&theme.render(&theme.sessions_view(&sessions)));
    debugged(&AccountDeleter::new(Nothing));
    let schema = json!({"properties": {"traits": {"type": "object", "properties": {"pin": {"type": ["string", "null"]}, "name": {"type": "string"}}}}});
    debugged(&IdentitySchema::unsupported_in(&schema));
    let flow = json!({"id": "cd0e1dd9-9e1c-4948-8b0b-0b0b0b0b0b0b", "request_url": "https://auth.example/",
    "identity": {"id": "cd0e1dd9-9e1c-4948-8b0b-0b0b0b0b0b0c", "traits": {"pin": secret("trait")}},
    "ui": {"action": "https://auth.example/x", "method": "POST", "nodes": [
        {"type": "input", "group": "profile", "attributes": {"node_type": "input", "name": "traits.name", "type": "text"}},
        {"type": "input", "group": "profile", "attributes": {"node_type": "input", "name": "method", "type": "submit", "value": "profile"}},
    ]}});
    let flow: SettingsFlow = serde_json::from_value(flow).unwrap();
    let theme = Theme::new().with_identity_schema(&RawJson::from_value(&schema).unwrap());
    let view = theme.view(&flow);
    let kept = view.forms().find_map(|form| form.keeps.as_ref()).expect("traits to keep");
    assert!(kept.json.as_str().contains("trait"));
    debugged(kept);
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
