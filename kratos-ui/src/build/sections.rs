//! Builds the forms: one for each method, and one for the methods that share visible fields.

use kratos_model::{QuietText, flow::ui::NodeGroup};

use super::{
    Config, lists,
    methods::MethodNodes,
    order::{is_shared, is_single_sign_on, rank},
    separate::separate,
};
use crate::{
    Phrase,
    view::{Button, ButtonAction, ButtonStyle, Control, Field, Form, HiddenField, PageKind, Section},
};

pub(super) struct Composer<'a> {
    pub(super) config: &'a Config<'a>,
    pub(super) kind: PageKind,
    pub(super) action: QuietText,
    /// Names that Kratos' script looks up in the whole document; only the first form may contain them.
    claimed: Vec<String>,
    /// Hidden inputs of every form: the CSRF token and the values of earlier steps.
    base: Vec<HiddenField>,
}

impl<'a> Composer<'a> {
    pub(super) fn new(config: &'a Config<'a>, kind: PageKind, action: QuietText) -> Self {
        Self { config, kind, action, claimed: Vec::new(), base: Vec::new() }
    }

    pub(super) fn compose(mut self, mut methods: Vec<MethodNodes>) -> Vec<Section> {
        let preferred = self.config.order(self.kind);
        methods.sort_by_key(|method| rank(self.kind, &method.group, preferred));
        self.take_base(&mut methods);

        let shares = methods.iter().any(|method| is_shared(&method.group) && !method.fields.is_empty());
        let (main, others): (Vec<MethodNodes>, Vec<MethodNodes>) =
            methods.into_iter().partition(|method| shares && self.joins(method));
        let main = match main.is_empty() {
            true => Vec::new(),
            false if self.config.form_per_method => separate(main),
            false => vec![main],
        };
        let repeats = main.len() > 1;
        let own = others.into_iter().filter(|method| method.is_visible() || method.starts_by_itself());
        let mut parts: Vec<Vec<MethodNodes>> =
            main.into_iter().chain(own.map(|method| vec![method])).collect();
        parts.sort_by_key(|part| part.first().map(|method| rank(self.kind, &method.group, preferred)));
        // Invisible parts, which a script starts, come last.
        parts.sort_by_key(|part| !part.iter().any(MethodNodes::is_visible));

        let primary = primary_part(self.kind, &parts);
        let mut sections: Vec<Section> = parts
            .into_iter()
            .enumerate()
            .map(|(index, part)| self.section(part, Some(index) == primary))
            .collect();
        if repeats {
            sections.iter_mut().flat_map(|section| &mut section.forms).for_each(name_by_button);
        }
        sections
    }

    /// Moves the hidden inputs that belong to no single method into every form.
    fn take_base(&mut self, methods: &mut [MethodNodes]) {
        for method in methods {
            let everywhere = matches!(method.group, NodeGroup::Default | NodeGroup::IdentifierFirst)
                || (!method.is_visible() && !method.starts_by_itself());
            if everywhere {
                let (base, own) = method
                    .hidden
                    .drain(..)
                    .partition(|hidden| hidden.name != "method" && !is_unique(&hidden.name));
                self.base.extend::<Vec<HiddenField>>(base);
                method.hidden = own;
            } else if method.group == NodeGroup::Captcha {
                // Kratos requires the answer of whatever method signs in.
                self.base.append(&mut method.hidden);
            }
        }
    }

    /// Returns whether a method joins the form with the shared fields.
    fn joins(&self, method: &MethodNodes) -> bool {
        if self.kind == PageKind::Settings {
            return false;
        }
        match &method.group {
            NodeGroup::Profile => method.has_method() || !method.fields.is_empty(),
            NodeGroup::Passkey => self.kind == PageKind::Registration || method.has_method(),
            NodeGroup::Totp | NodeGroup::LookupSecret => false,
            NodeGroup::Deviceauthn | NodeGroup::Other(_) => method.has_method(),
            group => !is_single_sign_on(group),
        }
    }

    fn section(&mut self, part: Vec<MethodNodes>, primary: bool) -> Section {
        let primary = primary || self.kind == PageKind::Settings;
        let mut contents = Vec::new();
        let mut fields = Vec::new();
        let mut containers = Vec::new();
        let mut hidden = Vec::new();
        let mut triggers = Vec::new();
        let mut method_buttons: Vec<Button> = Vec::new();
        let mut others: Vec<Button> = Vec::new();
        let groups: Vec<NodeGroup> = part.iter().map(|method| method.group.clone()).collect();
        for method in part {
            contents.extend(method.contents);
            fields.extend(method.fields);
            containers.extend(method.containers);
            hidden.extend(method.hidden);
            triggers.extend(method.triggers);
            let (own, other) =
                method.submits.into_iter().partition::<Vec<_>, _>(|button| button.name == "method");
            method_buttons.extend(own);
            others.extend(other);
        }
        let group = method_buttons.first().map(|button| button.group.clone());
        let group = group.or_else(|| groups.first().cloned()).unwrap_or(NodeGroup::Default);

        let many = groups.len() > 1;
        arrange_fields(&mut fields, &group, many);
        // Buttons such as “resend” or “remove” must not submit half-filled fields.
        let has_main = !method_buttons.is_empty() || !triggers.is_empty();
        let (mut here, apart) = if has_main { (Vec::new(), others) } else { (others, Vec::new()) };
        promote_first_submit(&mut method_buttons, primary);
        // The addresses to which a code can be sent are actions, and not ways back.
        let chooses = here.first().is_some_and(|button| button.name == "address");
        if method_buttons.is_empty() && (!fields.is_empty() || chooses) {
            promote_first_submit(&mut here, primary);
        }
        let mut buttons = method_buttons;
        buttons.extend(here);
        if buttons.is_empty() && triggers.is_empty() && !fields.is_empty() {
            buttons.push(self.plain_submit(&group, primary));
        }
        if primary && self.kind != PageKind::Settings && buttons.is_empty() {
            triggers.iter_mut().take(1).for_each(|trigger| trigger.style = ButtonStyle::Primary);
        }
        buttons.extend(triggers);

        let mut forms = Vec::new();
        let back = self.action_form(&hidden, apart);
        let form = Form {
            action: self.action.clone(),
            test_id: self.test_id(&groups),
            field_test_ids: self.field_test_ids(&groups),
            label: None,
            username: None,
            keeps: None,
            hidden: self.hidden_of_form(hidden, buttons.iter().any(|button| button.name == "method")),
            fields,
            containers,
            buttons,
            without_script: false,
        };
        let additions = if self.kind == PageKind::Settings {
            lists::addition_forms(self.config, &form)
        } else {
            Vec::new()
        };
        let starts = form.hidden.iter().any(|hidden| hidden.on_load.is_some());
        if !form.is_invisible() || starts {
            forms.push(form);
        }
        forms.extend(additions);
        forms.extend(back);
        Section { title: self.title(&group), group, primary, contents, forms }
    }

    /// Builds a form for buttons that need no fields.
    fn action_form(&self, hidden: &[HiddenField], buttons: Vec<Button>) -> Option<Form> {
        if buttons.is_empty() {
            return None;
        }
        let copied = hidden.iter().filter(|hidden| !is_unique(&hidden.name)).cloned();
        Some(Form {
            action: self.action.clone(),
            test_id: None,
            field_test_ids: Vec::new(),
            label: None,
            hidden: self.base.iter().cloned().chain(copied).collect(),
            username: None,
            keeps: None,
            fields: Vec::new(),
            containers: Vec::new(),
            buttons,
            without_script: false,
        })
    }

    /// Returns the hidden inputs of a form, without `method` if a button already submits it.
    fn hidden_of_form(&mut self, own: Vec<HiddenField>, button_has_method: bool) -> Vec<HiddenField> {
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
            label_lang: None,
            logo: None,
            group: group.clone(),
            action: ButtonAction::Submit { validate: true },
            style: if primary { ButtonStyle::Primary } else { ButtonStyle::Secondary },
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
            // Of Kratos' development branch.
            NodeGroup::Other(name) if **name == *"deviceauthn" => Phrase::SectionDeviceauthn,
            _ => Phrase::SectionOther,
        };
        Some(self.config.words.phrase(phrase))
    }

    /// Returns the test id of Ory's reference pages (`@ory/elements-markup` 0.9.0).
    fn test_id(&self, groups: &[NodeGroup]) -> Option<String> {
        let flow = self.kind.flow_name();
        let named: Vec<_> = groups.iter().filter(|group| !is_shared(group)).collect();
        let has = |group: &NodeGroup| named.contains(&group);
        let group = match named.as_slice() {
            [group] => group,
            // The reference pages have a form for each method. The one for passkeys is looked up as a form.
            _ if has(&NodeGroup::Passkey) && !has(&NodeGroup::Password) => &NodeGroup::Passkey,
            _ => match groups {
                [group] => group,
                _ => return Some(format!("{flow}-flow")),
            },
        };
        Some(self.test_id_of(group))
    }

    /// Returns the test ids that the fields have on Ory's reference pages, besides that of their form.
    fn field_test_ids(&self, groups: &[NodeGroup]) -> Vec<String> {
        let form = self.test_id(groups);
        let named = groups.iter().filter(|group| !is_shared(group));
        let ids = named.map(|group| self.test_id_of(group)).filter(|id| Some(id) != form.as_ref());
        let others: Vec<_> = ids.filter(|id| *id != format!("{}-flow", self.kind.flow_name())).collect();
        if self.kind == PageKind::Settings { Vec::new() } else { others }
    }

    fn test_id_of(&self, group: &NodeGroup) -> String {
        let flow = self.kind.flow_name();
        match group {
            group if self.kind == PageKind::Settings => format!("{}-settings-card", group.as_str()),
            NodeGroup::Oidc | NodeGroup::Saml | NodeGroup::Code | NodeGroup::Profile => {
                format!("{flow}-flow-{}", group.as_str())
            }
            NodeGroup::Passkey | NodeGroup::Totp => format!("{}-flow", group.as_str()),
            NodeGroup::Webauthn if self.kind == PageKind::SecondFactor => "webauthn-flow".to_owned(),
            NodeGroup::Webauthn => "passwordless-flow".to_owned(),
            NodeGroup::LookupSecret => "lookup-secret-flow".to_owned(),
            _ => format!("{flow}-flow"),
        }
    }
}

/// Returns the index of the main part. On settings pages every part is a main one.
fn primary_part(kind: PageKind, parts: &[Vec<MethodNodes>]) -> Option<usize> {
    let starts = |part: &Vec<MethodNodes>| {
        part.iter().any(|method| {
            let fills_in = !method.fields.is_empty() || !method.contents.is_empty();
            // A security key is a second factor without a field.
            let key = kind == PageKind::SecondFactor && !method.triggers.is_empty();
            let back = method.submits.iter().all(|button| button.style == ButtonStyle::Quiet);
            fills_in || key || (!is_single_sign_on(&method.group) && !method.submits.is_empty() && !back)
        })
    };
    parts.iter().position(starts).or(Some(0))
}

/// Returns whether Kratos' `webauthn.js` finds the input by name, in the first form that contains it.
fn is_unique(name: &str) -> bool {
    name.starts_with("passkey_") || name.starts_with("webauthn_")
}

/// Sorts the fields: shared ones first, then passwords, then checkboxes. In a form of several methods only the shared
/// fields and those of the first method stay required, since the Enter key presses the first method's button.
fn arrange_fields(fields: &mut [Field], first: &NodeGroup, many: bool) {
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

/// Names a form with fields after its first button, to tell it from others with the same fields.
fn name_by_button(form: &mut Form) {
    if !form.fields.is_empty() {
        form.label = form.buttons.first().map(|button| button.label.clone());
    }
}

/// Makes the first button the main one: it has the primary style, and the browser validates the fields for it.
fn promote_first_submit(buttons: &mut [Button], primary: bool) {
    if let Some(first) = buttons.first_mut() {
        first.action = ButtonAction::Submit { validate: true };
        if primary && first.style == ButtonStyle::Secondary {
            first.style = ButtonStyle::Primary;
        }
    }
}
