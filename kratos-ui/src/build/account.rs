//! Builds the pages about the user's account: sessions and devices, and deleting it.

use std::{
    fmt::Write as _,
    net::SocketAddr,
    time::{Duration, SystemTime},
};

use kratos_model::{Session, Timestamp, flow::ui::NodeGroup};

use super::{
    Config, device,
    links::{Links, Situation},
};
use crate::{
    texts::Phrase,
    view::{Button, ButtonStyle, Content, Control, Field, Form, Message, PageKind, Section, TextBlock, View},
};

/// The sessions of a user: the request's, and the others.
#[derive(Clone, Copy, Debug)]
pub struct UserSessions<'a> {
    current: &'a Session,
    others: &'a [Session],
    now: Option<SystemTime>,
}

impl<'a> UserSessions<'a> {
    /// Names the session of the request and the user's other sessions.
    #[must_use]
    pub fn new(current: &'a Session, others: &'a [Session]) -> Self {
        Self { current, others, now: None }
    }

    /// Says how long ago each sign-in was. Default: the page shows the times alone.
    #[must_use]
    pub fn with_now(mut self, now: SystemTime) -> Self {
        self.now = Some(now);
        self
    }
}

pub(crate) fn sessions_view(config: &Config<'_>, sessions: &UserSessions<'_>) -> View {
    let words = config.words;
    let mut view = View::new(PageKind::Sessions, words.phrase(Phrase::DevicesTitle), config.texts);
    view.sections.push(session(config, sessions, sessions.current, Some(Phrase::ThisDevice)));
    for other in sessions.others {
        let mut section = session(config, sessions, other, None);
        // With the device's name: the page has a button for each, and one for the session of the request.
        let device = section.title.as_deref().unwrap_or_default();
        let label = words.phrase(Phrase::SignOutDevice).replace("{device}", device);
        let button = Button::submit(label).with_style(ButtonStyle::Danger);
        section.forms.push(form(&other.id.to_string(), "revoke", button));
        view.sections.push(section);
    }
    match sessions.others {
        [] => view.nothing_to_do = Some(words.phrase(Phrase::NoOtherDevice)),
        [_] => {}
        _ => {
            let button = Button::submit(words.phrase(Phrase::SignOutOthers)).with_style(ButtonStyle::Danger);
            let mut section = Section::new(NodeGroup::Default);
            section.primary = true;
            section.forms.push(form("others", "revoke-others", button));
            view.sections.push(section);
        }
    }
    view.links =
        Links { routes: config.routes, words, kept: &[] }.of(PageKind::Sessions, Situation::default());
    view
}

/// A form that posts to the page itself.
fn form(which: &str, test_id: &str, button: Button) -> Form {
    let mut form = Form::new(&format!("?revoke={which}"));
    form.test_id = Some(test_id.to_owned());
    form.buttons.push(button);
    form
}

fn session(
    config: &Config<'_>,
    sessions: &UserSessions<'_>,
    session: &Session,
    mark: Option<Phrase>,
) -> Section {
    let words = config.words;
    // The last one used the session last.
    let device = session.devices.last();
    let line = |phrase| TextBlock::paragraph(words.phrase(phrase));
    let mut lines: Vec<TextBlock> = mark.map(line).into_iter().collect();
    lines.extend(session.authenticated_at.map(|time| signed_in(config, time, sessions.now)));
    let given = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let place = device.and_then(|device| {
        let (place, address) = (given(device.location.as_deref()), given(device.ip_address.as_deref()));
        // Without the port.
        let address =
            address.map(|it| it.parse::<SocketAddr>().map_or(it, |address| address.ip().to_string()));
        match (place, address) {
            (Some(place), Some(address)) => Some(format!("{place} ({address})")),
            (place, address) => place.or(address),
        }
    });
    lines
        .extend(place.map(|place| {
            TextBlock::paragraph(words.phrase(Phrase::SignedInFrom).replace("{place}", &place))
        }));
    if session.has_second_factor() {
        lines.push(line(Phrase::TwoFactors));
    }
    let mut section = Section::new(NodeGroup::Default);
    section.primary = true;
    section.title = Some(device::name(config, device.and_then(|device| device.user_agent.as_deref())));
    section.contents = lines.into_iter().map(Content::Text).collect();
    section
}

/// Says when a session began, and how long ago.
fn signed_in(config: &Config<'_>, time: Timestamp, now: Option<SystemTime>) -> TextBlock {
    let words = config.words;
    let text = words.phrase(Phrase::SignedInOn).replace("{time}", &words.date_time(time));
    let since_epoch = |now: SystemTime| now.duration_since(SystemTime::UNIX_EPOCH).ok();
    let age = now.and_then(since_epoch).and_then(|now| {
        // A clock that is behind says “just now”.
        let began = Duration::from_secs(time.unix_timestamp().try_into().ok()?);
        words.time_ago(now.saturating_sub(began))
    });
    let mut block = TextBlock::paragraph(text);
    block.age = age;
    let mut written = String::new();
    // Fails for a year of five digits.
    block.time = write!(written, "{time}").is_ok().then_some(written);
    block
}

pub(crate) fn deletion_view(config: &Config<'_>, has_failed: bool) -> View {
    let words = config.words;
    let mut view = View::new(PageKind::DeleteAccount, words.phrase(Phrase::DeleteTitle), config.texts);
    if has_failed {
        view.messages.push(Message::error(words.phrase(Phrase::DeleteFailed)));
    }
    // The browser demands the check mark, so that no stray click deletes; the form itself is what the user decides.
    let control = Control::Checkbox { checked: false, sends_false: false };
    let mut confirm = Field::new("confirm", words.phrase(Phrase::DeleteConfirm), control);
    confirm.required = true;
    let mut form = Form::new("?");
    form.test_id = Some("delete-account".to_owned());
    form.fields.push(confirm);
    form.buttons.push(Button::submit(words.phrase(Phrase::DeleteButton)).with_style(ButtonStyle::Danger));
    let mut section = Section::new(NodeGroup::Default);
    section.primary = true;
    section.contents.push(Content::Text(TextBlock::paragraph(words.phrase(Phrase::DeleteWarning))));
    section.forms.push(form);
    view.sections.push(section);
    view.links =
        Links { routes: config.routes, words, kept: &[] }.of(PageKind::DeleteAccount, Situation::default());
    view
}
