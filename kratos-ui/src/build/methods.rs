//! Groups the nodes of a flow by method.

use kratos_model::flow::ui::{
    Attributes, InputAttributes, InputType, NodeGroup, ScriptAttributes, UiNode, UiText,
};

use super::{Config, captcha, contents, fields, lists};
use crate::{
    urls::{web_origin, web_url},
    view::{Button, Container, Content, Field, HiddenField, Message, PageKind, Script, Severity},
};

/// The nodes of a method.
#[derive(Debug)]
pub(super) struct MethodNodes {
    pub(super) group: NodeGroup,
    pub(super) hidden: Vec<HiddenField>,
    pub(super) contents: Vec<Content>,
    pub(super) fields: Vec<Field>,
    pub(super) containers: Vec<Container>,
    pub(super) submits: Vec<Button>,
    pub(super) triggers: Vec<Button>,
}

impl MethodNodes {
    pub(super) fn new(group: NodeGroup) -> Self {
        Self {
            group,
            hidden: Vec::new(),
            contents: Vec::new(),
            fields: Vec::new(),
            containers: Vec::new(),
            submits: Vec::new(),
            triggers: Vec::new(),
        }
    }

    /// Returns whether the method has a visible element.
    pub(super) fn is_visible(&self) -> bool {
        !self.contents.is_empty()
            || !self.fields.is_empty()
            || !self.containers.is_empty()
            || !self.submits.is_empty()
            || !self.triggers.is_empty()
    }

    /// Returns whether a script starts the method when the page has loaded.
    pub(super) fn starts_by_itself(&self) -> bool {
        self.hidden.iter().any(|hidden| hidden.on_load.is_some())
    }

    /// Returns whether the method has a button named `method`.
    pub(super) fn has_method(&self) -> bool {
        self.submits.iter().any(|button| button.name == "method")
    }
}

/// All nodes of a flow, by method.
#[derive(Debug, Default)]
pub(super) struct SortedNodes {
    pub(super) methods: Vec<MethodNodes>,
    pub(super) messages: Vec<Message>,
    pub(super) scripts: Vec<Script>,
    pub(super) skipped: Vec<String>,
}

impl SortedNodes {
    pub(super) fn new(config: &Config<'_>, kind: PageKind, action: &str, nodes: &[UiNode]) -> Self {
        let mut sorted = Self::default();
        // Messages of fields that may follow.
        let mut pending: Vec<(&str, Message)> = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            let messages = node
                .messages
                .iter()
                .map(|text| message(config, text, node.input().is_some()))
                .collect::<Vec<_>>();
            match &node.attributes {
                Attributes::Script(script) => {
                    match allowed_script(config, action, script) {
                        Some(script) => sorted.scripts.push(script),
                        None => sorted.skipped.push(format!("script of another origin in {}", node.group)),
                    }
                    sorted.messages.extend(messages);
                }
                // Drawn with its list.
                Attributes::Input(input) if lists::list_of(input, nodes).is_some() => {
                    let list = lists::list_of(input, nodes).unwrap_or_default();
                    pending.extend(messages.into_iter().map(|message| (list, message)));
                }
                Attributes::Input(input) if only_carries_messages(node, input, nodes) => {
                    pending.extend(messages.into_iter().map(|message| (input.name.as_str(), message)));
                }
                Attributes::Input(input) => sorted.input(config, kind, (index, nodes), node, input, messages),
                Attributes::Text(text) => {
                    sorted.read_only(kind, node, messages).push(contents::text(config, node, text));
                }
                Attributes::Anchor(anchor) => {
                    sorted.read_only(kind, node, messages).push(contents::anchor(config, node, anchor));
                }
                Attributes::Image(image) => match contents::image(config, node, image) {
                    Some(image) => sorted.read_only(kind, node, messages).push(image),
                    None => sorted.skip(node, messages),
                },
                Attributes::Div(div) => {
                    let container = contents::container(div);
                    sorted.method(kind, &node.group, true).containers.push(container);
                    sorted.messages.extend(messages);
                }
                _ => sorted.skip(node, messages),
            }
        }
        for (name, message) in pending {
            let mut fields = sorted.methods.iter_mut().flat_map(|method| &mut method.fields);
            match fields.find(|field| field.name == name) {
                Some(field) => field.messages.push(message),
                None => sorted.messages.push(message),
            }
        }
        sorted
    }

    fn input(
        &mut self,
        config: &Config<'_>,
        kind: PageKind,
        place: (usize, &[UiNode]),
        node: &UiNode,
        input: &InputAttributes,
        messages: Vec<Message>,
    ) {
        let (_, nodes) = place;
        if let Some((container, field)) = captcha::container(config, input) {
            return self.captcha(kind, node, (container, field), nodes, messages);
        }
        match &input.kind {
            Some(InputType::Hidden) => {
                let hidden = lists::hidden(input, config.shapes.get(&input.name), nodes);
                let hidden = hidden.unwrap_or_else(|| vec![fields::hidden(input)]);
                self.method(kind, &node.group, false).hidden.extend(hidden);
                self.messages.extend(messages);
            }
            Some(InputType::Submit) => {
                let button = fields::submit(config, kind, node, input, messages);
                self.method(kind, &node.group, true).submits.push(button);
            }
            Some(InputType::Button) => match fields::trigger(config, node, input) {
                Some(mut button) => {
                    button.messages = messages;
                    self.method(kind, &node.group, true).triggers.push(button);
                }
                None => self.skip(node, messages),
            },
            // Kratos draws values that it cannot decode, so that a change of them would be lost.
            _ if kind == PageKind::Settings
                && input.name.starts_with("traits.")
                && config.shapes.of_form(nodes).is_some_and(|known| !known.contains(&input.name)) =>
            {
                self.skip(node, messages);
            }
            _ => {
                let field = fields::field(config, kind, place, node, input, messages);
                self.method(kind, &node.group, true).fields.push(field);
            }
        }
    }

    /// Adds the place of a captcha, its script, and the hidden field for its answer.
    fn captcha(
        &mut self,
        kind: PageKind,
        node: &UiNode,
        (container, field): (Container, String),
        nodes: &[UiNode],
        messages: Vec<Message>,
    ) {
        let script = captcha::script();
        if !self.scripts.iter().any(|known| known.src == script.src) {
            self.scripts.push(script);
        }
        let has_field = nodes.iter().filter_map(UiNode::input).any(|other| other.name == field);
        let method = self.method(kind, &node.group, true);
        method.containers.push(container);
        if !has_field {
            method.hidden.push(HiddenField { name: field, value: "".into(), on_load: None });
        }
        self.messages.extend(messages);
    }

    fn read_only(&mut self, kind: PageKind, node: &UiNode, messages: Vec<Message>) -> &mut Vec<Content> {
        self.messages.extend(messages);
        &mut self.method(kind, &node.group, true).contents
    }

    fn skip(&mut self, node: &UiNode, messages: Vec<Message>) {
        self.skipped.push(format!("{} in {}", node.kind, node.group));
        self.messages.extend(messages);
    }

    /// Returns the method of a group, and adds it if it is missing.
    fn method(&mut self, kind: PageKind, group: &NodeGroup, visible: bool) -> &mut MethodNodes {
        let group = match group {
            NodeGroup::Other(name) if name.is_empty() => &NodeGroup::Default,
            group => group,
        };
        // Settings share no fields: nodes without a method belong to the profile.
        let group = match group {
            NodeGroup::Default if visible && kind == PageKind::Settings => &NodeGroup::Profile,
            group => group,
        };
        let place = match self.methods.iter().position(|method| method.group == *group) {
            Some(place) => place,
            None => {
                self.methods.push(MethodNodes::new(group.clone()));
                self.methods.len() - 1
            }
        };
        #[allow(clippy::indexing_slicing, reason = "the index was found or added just before")]
        &mut self.methods[place]
    }
}

pub(super) fn message(config: &Config<'_>, text: &UiText, below_field: bool) -> Message {
    let said = config.words.say(text, below_field);
    Message {
        id: text.id,
        text: said.text.into(),
        lang: said.lang,
        reason: said.reason.map(Into::into),
        severity: Severity::from(text.kind.as_ref()),
    }
}

/// Returns whether a node exists only to carry a message.
///
/// For a message about a field that the form lacks, Kratos adds a text input without a label (Kratos 26.2.0,
/// ui/container/container.go, `AddMessage`). Its name may be `password`, so the page never shows it.
fn only_carries_messages(node: &UiNode, input: &InputAttributes, nodes: &[UiNode]) -> bool {
    if node.messages.is_empty()
        || node.group != NodeGroup::Default
        || input.kind != Some(InputType::Text)
        || input.required
        || node.label().is_some()
        || input.value_text().is_some_and(|value| !value.is_empty())
    {
        return false;
    }
    // A trait without a title also has no label, but no second node has its name.
    !input.name.starts_with("traits.")
        || nodes.iter().filter_map(UiNode::input).filter(|other| other.name == input.name).count() > 1
}

/// Accepts scripts from the origin of the form's action, and from origins that the theme allows.
fn allowed_script(config: &Config<'_>, action: &str, script: &ScriptAttributes) -> Option<Script> {
    web_url(&script.src)?;
    let origin = web_origin(&script.src)?;
    let of_kratos = web_origin(action).is_some_and(|kratos| kratos == origin);
    // Loaded with the options that this crate's script needs.
    if origin == captcha::ORIGIN {
        return None;
    }
    if !of_kratos && !config.script_origins.contains(&origin) {
        return None;
    }
    if !matches!(script.kind.as_str(), "" | "text/javascript" | "application/javascript") {
        return None;
    }
    let src = match config.scripts_at {
        // The application serves the same file; the hash still applies.
        Some(base) if of_kratos => {
            let url = url::Url::parse(&script.src).ok()?;
            format!("{}{}", base.trim_end_matches('/'), url.path())
        }
        _ => script.src.clone(),
    };
    Some(Script {
        id: script.id.clone().unwrap_or_default(),
        src,
        integrity: script.integrity.clone(),
        crossorigin: script.crossorigin.clone(),
        referrerpolicy: script.referrerpolicy.clone(),
    })
}
