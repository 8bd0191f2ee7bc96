//! Builds views from flows, errors and refusals.

mod account;
mod captcha;
mod contents;
mod device;
mod error;
mod facts;
mod fields;
mod form_page;
mod keep;
mod links;
mod lists;
mod logos;
mod methods;
mod order;
mod overview;
mod provider;
mod refusal;
mod scripts;
mod sections;
mod separate;
mod shapes;

use std::{collections::HashMap, sync::Arc};

use kratos_model::{QuietText, flow::ui::NodeGroup};

pub use account::UserSessions;
pub(crate) use account::{deletion_view, sessions_view};
pub(crate) use captcha::ORIGIN as TURNSTILE_ORIGIN;
pub(crate) use error::error_view;
use facts::Facts;
pub(crate) use facts::LanguageSources;
pub use facts::PageFlow;
pub use form_page::FormPage;
use provider::client_of;
pub use refusal::RefusedRequest;
pub(crate) use refusal::refusal_view;
pub(crate) use shapes::TraitShapes;

use crate::{
    html::Html,
    routes::Routes,
    texts::{Phrase, Texts, Words},
    urls::web_url,
    view::{ButtonStyle, Field, Form, Message, PageKind, View},
};
use links::{Links, Situation};
use methods::{MethodNodes, SortedNodes};
use sections::Composer;

/// The parts of the theme that a view depends on.
#[derive(Clone, Copy)]
pub(crate) struct Config<'a> {
    pub(crate) texts: &'a Arc<dyn Texts>,
    pub(crate) words: Words<'a>,
    pub(crate) routes: &'a Routes,
    pub(crate) order: &'a HashMap<PageKind, Vec<NodeGroup>>,
    pub(crate) script_origins: &'a [String],
    pub(crate) scripts_at: Option<&'a str>,
    pub(crate) shapes: &'a TraitShapes,
    pub(crate) logos: &'a HashMap<String, Html>,
    pub(crate) form_per_method: bool,
}

impl Config<'_> {
    fn order(&self, kind: PageKind) -> &[NodeGroup] {
        self.order.get(&kind).map_or(&[], Vec::as_slice)
    }
}

/// The id of the message that login requires a verified address (Kratos 26.2.0, text/id.go).
const ADDRESS_NOT_VERIFIED: i64 = 4_000_010;

pub(crate) fn flow_view(config: &Config<'_>, facts: &Facts<'_>) -> View {
    let Facts { kind, ui, is_done, return_to, kept, provider, sources } = facts;
    let kind = *kind;
    let words = config.words;
    let (title, subtitle) = headings(kind);
    let mut view = View::new(kind, words.phrase(title), config.texts);
    let client = return_to.and_then(client_of);
    view.targets = return_to.map(Into::into).into_iter().chain(client).chain(provider.targets()).collect();
    view.has_unnamed_target = facts.has_unnamed_provider();
    view.subtitle = subtitle.map(|subtitle| words.phrase(subtitle));
    view.messages = ui.messages.iter().map(|text| methods::message(config, text, false)).collect();

    let sorted = SortedNodes::new(config, kind, &ui.action, &ui.nodes);
    view.messages.extend(sorted.messages);
    // 0.6 sends some messages twice.
    let mut seen: Vec<(i64, QuietText)> = Vec::new();
    view.messages.retain(|message| {
        let key = (message.id, message.text.clone());
        let is_new = !seen.contains(&key);
        seen.push(key);
        is_new
    });
    view.skipped = sorted.skipped;
    let user = known_user(kind, &sorted.methods);
    view.identifier = match kind {
        PageKind::Settings => None,
        _ => user.clone(),
    };
    let code = sorted.methods.iter().flat_map(|method| &method.fields).find(|field| field.name == "code");
    if code.is_some() && view.identifier.is_some() {
        view.identifier_label = Some(words.phrase(Phrase::CodeSentTo));
    }
    match web_url(&ui.action) {
        Some(action) => {
            view.scripts = sorted.scripts;
            view.sections = Composer::new(config, kind, action).compose(sorted.methods);
        }
        None => view.messages.push(Message::error(words.phrase(Phrase::Unusable))),
    }

    overview::explain_code(config, &mut view);
    overview::name_user(config, &mut view, user.as_ref());
    keep::keep(config, kind, &ui.nodes, sources.traits, &mut view.sections);
    if kind == PageKind::Settings {
        overview::settle(config, &mut view);
    }
    let visible = |form: &Form| !form.is_invisible();
    let stuck = !view
        .sections
        .iter()
        .any(|section| !section.contents.is_empty() || section.forms.iter().any(visible));
    if stuck && !is_done {
        let phrase = match kind {
            PageKind::SecondFactor => Phrase::NoSecondFactor,
            _ => Phrase::NothingToDo,
        };
        view.nothing_to_do = Some(words.phrase(phrase));
    }
    let unverified = view.messages.iter().any(|message| message.id == ADDRESS_NOT_VERIFIED);
    let links = Links { routes: config.routes, words, kept };
    let has_password = view.forms().flat_map(|form| &form.fields).any(Field::is_password);
    let asks_first = view.sections.iter().any(|section| section.group == NodeGroup::IdentifierFirst);
    let situation = Situation {
        stuck,
        unverified,
        identified: kind.flow_name() == "login" && view.identifier.is_some(),
        // Kratos sends the browser to verification from the flow that created or changed the address.
        signed_in: ["/self-service/registration/", "/self-service/settings/"]
            .iter()
            .any(|path| sources.request_url.contains(path)),
        by_password: has_password || asks_first,
    };
    view.links = links.of(kind, situation);
    view
}

/// Returns the identifier or address of the user that a page knows and does not ask for.
fn known_user(kind: PageKind, methods: &[MethodNodes]) -> Option<QuietText> {
    let hidden =
        || methods.iter().flat_map(|method| &method.hidden).filter(|hidden| !hidden.value.is_empty());
    let named = |name: &str| hidden().find(|hidden| hidden.name == name).map(|hidden| hidden.value.clone());
    let is_address = |value: &QuietText| value.as_str().contains('@');
    match kind {
        PageKind::Login | PageKind::Refresh | PageKind::SecondFactor => named("identifier"),
        // The second step: an earlier one took the traits.
        PageKind::Registration => {
            let mut traits = hidden().filter(|hidden| hidden.name.starts_with("traits."));
            traits.find(|hidden| is_address(&hidden.value)).map(|hidden| hidden.value.clone())
        }
        // The value of “resend”.
        PageKind::Recovery | PageKind::Verification => {
            let mut buttons = methods.iter().flat_map(|method| &method.submits);
            // After 26.2 the button of a parked change is named by the channel.
            let is_resend = |name: &str| matches!(name, "email" | "sms");
            let resend = buttons.find(|button| is_resend(&button.name) && button.style == ButtonStyle::Quiet);
            resend.map(|button| button.value.clone()).filter(|value| !value.is_empty())
        }
        PageKind::Settings => {
            let mut fields = methods.iter().flat_map(|method| &method.fields);
            fields.find_map(|field| field.address().cloned())
        }
        PageKind::Consent
        | PageKind::Logout
        | PageKind::Device
        | PageKind::Error
        | PageKind::Sessions
        | PageKind::DeleteAccount
        | PageKind::Custom => None,
    }
}

fn headings(kind: PageKind) -> (Phrase, Option<Phrase>) {
    match kind {
        PageKind::Login | PageKind::Custom => (Phrase::LoginTitle, None),
        PageKind::Consent => (Phrase::ConsentTitle, None),
        PageKind::Logout => (Phrase::SignOut, None),
        PageKind::Device => (Phrase::DeviceTitle, None),
        PageKind::Sessions => (Phrase::DevicesTitle, None),
        PageKind::DeleteAccount => (Phrase::DeleteTitle, None),
        PageKind::Refresh => (Phrase::RefreshTitle, None),
        PageKind::SecondFactor => (Phrase::SecondFactorTitle, Some(Phrase::SecondFactorSubtitle)),
        PageKind::Registration => (Phrase::RegistrationTitle, None),
        PageKind::Recovery => (Phrase::RecoveryTitle, None),
        PageKind::Verification => (Phrase::VerificationTitle, None),
        PageKind::Settings => (Phrase::SettingsTitle, None),
        PageKind::Error => (Phrase::ErrorTitle, None),
    }
}
