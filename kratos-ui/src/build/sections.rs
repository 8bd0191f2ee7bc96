//! From what each method needs to forms: one for each method, and one for those that share visible fields.

use kratos_core::{flow::ui::NodeGroup, model::QuietText};

use super::{
    Config,
    bags::Bag,
    order::{is_shared, is_single_sign_on, rank},
};
use crate::{
    Phrase,
    view::{Button, ButtonAction, ButtonLook, Control, Field, Form, Hidden, PageKind, Section},
};

pub(super) struct Composer<'a> {
    pub(super) config: &'a Config<'a>,
    pub(super) kind: PageKind,
    pub(super) action: QuietText,
    /// Names that Kratos' script looks up in the whole document, so that only the first form may have them.
    claimed: Vec<String>,
    /// What every form sends: the CSRF token, and what earlier steps asked.
    base: Vec<Hidden>,
}

impl<'a> Composer<'a> {
    pub(super) fn new(config: &'a Config<'a>, kind: PageKind, action: QuietText) -> Self {
        Self { config, kind, action, claimed: Vec::new(), base: Vec::new() }
    }

    pub(super) fn compose(mut self, mut bags: Vec<Bag>) -> Vec<Section> {
        let preferred = self.config.order(self.kind);
        bags.sort_by_key(|bag| rank(self.kind, &bag.group, preferred));
        self.take_base(&mut bags);

        let shares = bags.iter().any(|bag| is_shared(&bag.group) && !bag.fields.is_empty());
        let (main, others): (Vec<Bag>, Vec<Bag>) =
            bags.into_iter().partition(|bag| shares && self.joins(bag));
        let main = Some(main).filter(|main| !main.is_empty());
        let own = others.into_iter().filter(|bag| bag.is_visible() || bag.starts_by_itself());
        let mut parts: Vec<Vec<Bag>> = main.into_iter().chain(own.map(|bag| vec![bag])).collect();
        parts.sort_by_key(|part| part.first().map(|bag| rank(self.kind, &bag.group, preferred)));
        // What a script starts by itself comes last: nobody sees it.
        parts.sort_by_key(|part| !part.iter().any(Bag::is_visible));

        let primary = primary_part(self.kind, &parts);
        parts
            .into_iter()
            .enumerate()
            .map(|(index, part)| self.section(part, Some(index) == primary))
            .collect()
    }

    /// Hidden values without a method of their own go with every form.
    fn take_base(&mut self, bags: &mut [Bag]) {
        for bag in bags {
            let everywhere = matches!(bag.group, NodeGroup::Default | NodeGroup::IdentifierFirst)
                || (!bag.is_visible() && !bag.starts_by_itself());
            if everywhere {
                let (base, own) = bag
                    .hidden
                    .drain(..)
                    .partition(|hidden| hidden.name != "method" && !is_unique(&hidden.name));
                self.base.extend::<Vec<Hidden>>(base);
                bag.hidden = own;
            }
        }
    }

    /// Whether a method belongs into the form with the shared fields.
    fn joins(&self, bag: &Bag) -> bool {
        if self.kind == PageKind::Settings {
            return false;
        }
        match &bag.group {
            NodeGroup::Profile => bag.has_method() || !bag.fields.is_empty(),
            NodeGroup::Passkey => self.kind == PageKind::Registration || bag.has_method(),
            NodeGroup::Totp | NodeGroup::LookupSecret => false,
            NodeGroup::Other(_) => bag.has_method(),
            group => !is_single_sign_on(group),
        }
    }

    fn section(&mut self, part: Vec<Bag>, primary: bool) -> Section {
        let primary = primary || self.kind == PageKind::Settings;
        let mut items = Vec::new();
        let mut fields = Vec::new();
        let mut containers = Vec::new();
        let mut hidden = Vec::new();
        let mut triggers = Vec::new();
        let mut methods: Vec<Button> = Vec::new();
        let mut others: Vec<Button> = Vec::new();
        let groups: Vec<NodeGroup> = part.iter().map(|bag| bag.group.clone()).collect();
        for bag in part {
            items.extend(bag.items);
            fields.extend(bag.fields);
            containers.extend(bag.containers);
            hidden.extend(bag.hidden);
            triggers.extend(bag.triggers);
            let (method, other) =
                bag.submits.into_iter().partition::<Vec<_>, _>(|button| button.name == "method");
            methods.extend(method);
            others.extend(other);
        }
        let group = methods.first().map(|button| button.group.clone());
        let group = group.or_else(|| groups.first().cloned()).unwrap_or(NodeGroup::Default);

        let many = groups.len() > 1;
        settle_fields(&mut fields, &group, many);
        // Buttons such as “resend” or “remove” need no field, and must not send what was left half filled in.
        let has_main = !methods.is_empty() || !triggers.is_empty();
        let (mut here, apart) = if has_main { (Vec::new(), others) } else { (others, Vec::new()) };
        settle_submits(&mut methods, primary);
        if methods.is_empty() && !fields.is_empty() {
            settle_submits(&mut here, primary);
        }
        let mut buttons = methods;
        buttons.extend(here);
        if buttons.is_empty() && triggers.is_empty() && !fields.is_empty() {
            buttons.push(self.plain_submit(&group, primary));
        }
        if primary && self.kind != PageKind::Settings && buttons.is_empty() {
            triggers.iter_mut().take(1).for_each(|trigger| trigger.look = ButtonLook::Primary);
        }
        buttons.extend(triggers);

        let mut forms = Vec::new();
        let back = self.action_form(&hidden, apart);
        let form = Form {
            action: self.action.clone(),
            test_id: self.test_id(&groups),
            hidden: self.hidden_of_form(hidden, buttons.iter().any(|button| button.name == "method")),
            fields,
            containers,
            buttons,
        };
        let starts = form.hidden.iter().any(|hidden| hidden.on_load.is_some());
        if !form.is_invisible() || starts {
            forms.push(form);
        }
        forms.extend(back);
        Section { title: self.title(&group), group, primary, items, forms }
    }

    /// A form for the buttons that send nothing else.
    fn action_form(&self, hidden: &[Hidden], buttons: Vec<Button>) -> Option<Form> {
        if buttons.is_empty() {
            return None;
        }
        let copied = hidden.iter().filter(|hidden| !is_unique(&hidden.name)).cloned();
        Some(Form {
            action: self.action.clone(),
            test_id: None,
            hidden: self.base.iter().cloned().chain(copied).collect(),
            fields: Vec::new(),
            containers: Vec::new(),
            buttons,
        })
    }

    /// What a form sends unseen. Where a button names the method, the hidden field of that name would be a
    /// second one.
    fn hidden_of_form(&mut self, own: Vec<Hidden>, button_has_method: bool) -> Vec<Hidden> {
        let mut all = self.base.clone();
        for hidden in own {
            if hidden.name == "method" && button_has_method {
                continue;
            }
            if is_unique(&hidden.name) {
                if self.claimed.contains(&hidden.name) {
                    continue;
                }
                self.claimed.push(hidden.name.clone());
            }
            all.push(hidden);
        }
        all
    }

    fn plain_submit(&self, group: &NodeGroup, primary: bool) -> Button {
        Button {
            name: String::new(),
            value: QuietText::default(),
            label: self.config.words.phrase(Phrase::Submit),
            group: group.clone(),
            action: ButtonAction::Submit { validate: true },
            look: if primary { ButtonLook::Primary } else { ButtonLook::Secondary },
            disabled: false,
            messages: Vec::new(),
        }
    }

    fn title(&self, group: &NodeGroup) -> Option<String> {
        if self.kind != PageKind::Settings {
            return None;
        }
        let phrase = match group {
            NodeGroup::Profile | NodeGroup::Default => Phrase::SectionProfile,
            NodeGroup::Password => Phrase::SectionPassword,
            NodeGroup::Oidc => Phrase::SectionOidc,
            NodeGroup::Saml => Phrase::SectionSaml,
            NodeGroup::Totp => Phrase::SectionTotp,
            NodeGroup::Passkey => Phrase::SectionPasskey,
            NodeGroup::Webauthn => Phrase::SectionWebauthn,
            NodeGroup::LookupSecret => Phrase::SectionLookupSecret,
            _ => Phrase::SectionOther,
        };
        Some(self.config.words.phrase(phrase))
    }

    /// The test ids of Ory's reference pages (`@ory/elements-markup` 0.9.0).
    fn test_id(&self, groups: &[NodeGroup]) -> Option<String> {
        let flow = self.kind.flow_name();
        let [group] = groups else { return Some(format!("{flow}-flow")) };
        Some(match group {
            group if self.kind == PageKind::Settings => format!("{}-settings-card", group.as_str()),
            NodeGroup::Oidc | NodeGroup::Saml | NodeGroup::Code | NodeGroup::Profile => {
                format!("{flow}-flow-{}", group.as_str())
            }
            NodeGroup::Passkey | NodeGroup::Totp => format!("{}-flow", group.as_str()),
            NodeGroup::Webauthn if self.kind == PageKind::SecondFactor => "webauthn-flow".to_owned(),
            NodeGroup::Webauthn => "passwordless-flow".to_owned(),
            NodeGroup::LookupSecret => "lookup-secret-flow".to_owned(),
            _ => format!("{flow}-flow"),
        })
    }
}

/// The part that the page is for; settings are for all of theirs.
fn primary_part(kind: PageKind, parts: &[Vec<Bag>]) -> Option<usize> {
    let starts = |part: &Vec<Bag>| {
        part.iter().any(|bag| {
            let fills_in = !bag.fields.is_empty() || !bag.items.is_empty();
            // A security key is as good a second factor as a code.
            let key = kind == PageKind::SecondFactor && !bag.triggers.is_empty();
            let back = bag.submits.iter().all(|button| button.look == ButtonLook::Quiet);
            fills_in || key || (!is_single_sign_on(&bag.group) && !bag.submits.is_empty() && !back)
        })
    };
    parts.iter().position(starts).or(Some(0))
}

/// Kratos' `webauthn.js` finds these by name, in the first form of the document that has them.
fn is_unique(name: &str) -> bool {
    name.starts_with("passkey_") || name.starts_with("webauthn_")
}

/// Shared fields first, then passwords, then checkboxes. In a form of several methods the browser insists on
/// the fields of the first one only: the others' buttons do not check, and Enter presses the first.
fn settle_fields(fields: &mut [Field], first: &NodeGroup, many: bool) {
    fields.sort_by_key(|field| match &field.control {
        Control::Checkbox { .. } => 3,
        Control::Input { kind: "password", .. } => 2,
        _ if is_shared(&field.group) => 0,
        _ => 1,
    });
    if many {
        for field in fields {
            field.required &= is_shared(&field.group) || field.group == *first;
        }
    }
}

/// The first button counts: it looks like it, and the browser checks the fields for it.
fn settle_submits(buttons: &mut [Button], primary: bool) {
    if let Some(first) = buttons.first_mut() {
        first.action = ButtonAction::Submit { validate: true };
        if primary && first.look == ButtonLook::Secondary {
            first.look = ButtonLook::Primary;
        }
    }
}
