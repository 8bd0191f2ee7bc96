//! Builds views from flows, errors and refusals.

mod contents;
mod error;
mod facts;
mod fields;
mod links;
mod methods;
mod order;
mod refusal;
mod sections;

use std::collections::HashMap;

use kratos_model::{QuietText, flow::ui::NodeGroup};

pub(crate) use error::error_view;
use facts::Facts;
pub use facts::PageFlow;
pub use refusal::RefusedRequest;
pub(crate) use refusal::refusal_view;

use crate::{
    routes::Routes,
    texts::{Phrase, Words},
    urls::web_url,
    view::{Form, Message, PageKind, View},
};
use links::Links;
use methods::SortedNodes;
use sections::Composer;

/// The parts of the theme that a view depends on.
#[derive(Clone, Copy)]
pub(crate) struct Config<'a> {
    pub(crate) words: Words<'a>,
    pub(crate) routes: &'a Routes,
    pub(crate) order: &'a HashMap<PageKind, Vec<NodeGroup>>,
    pub(crate) script_origins: &'a [String],
    pub(crate) scripts_at: Option<&'a str>,
}

impl Config<'_> {
    fn order(&self, kind: PageKind) -> &[NodeGroup] {
        self.order.get(&kind).map_or(&[], Vec::as_slice)
    }
}

/// The id of the message that login requires a verified address (Kratos 26.2.0, text/id.go).
const ADDRESS_NOT_VERIFIED: i64 = 4_000_010;

pub(crate) fn flow_view(config: &Config<'_>, facts: &Facts<'_>) -> View {
    let Facts { kind, ui, is_done, return_to, kept } = facts;
    let kind = *kind;
    let words = config.words;
    let (title, subtitle) = headings(kind);
    let mut view = View::new(kind, words.phrase(title));
    view.return_to = return_to.map(Into::into);
    view.subtitle = subtitle.map(|subtitle| words.phrase(subtitle));
    view.messages = ui.messages.iter().map(|text| methods::message(config, text)).collect();

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
    if kind.flow_name() == "login" {
        let hidden = sorted.methods.iter().flat_map(|method| &method.hidden);
        let mut known = hidden.filter(|hidden| hidden.name == "identifier" && !hidden.value.is_empty());
        view.identifier = known.next().map(|hidden| hidden.value.clone());
    }
    match web_url(&ui.action) {
        Some(action) => {
            view.scripts = sorted.scripts;
            view.sections = Composer::new(config, kind, action).compose(sorted.methods);
        }
        None => view.messages.push(Message::error(words.phrase(Phrase::Unusable))),
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
    view.links = links.of(kind, stuck, unverified, view.identifier.is_some());
    view
}

fn headings(kind: PageKind) -> (Phrase, Option<Phrase>) {
    match kind {
        PageKind::Login | PageKind::Custom => (Phrase::LoginTitle, None),
        PageKind::Refresh => (Phrase::RefreshTitle, None),
        PageKind::SecondFactor => (Phrase::SecondFactorTitle, Some(Phrase::SecondFactorSubtitle)),
        PageKind::Registration => (Phrase::RegistrationTitle, None),
        PageKind::Recovery => (Phrase::RecoveryTitle, None),
        PageKind::Verification => (Phrase::VerificationTitle, None),
        PageKind::Settings => (Phrase::SettingsTitle, None),
        PageKind::Error => (Phrase::ErrorTitle, None),
    }
}
