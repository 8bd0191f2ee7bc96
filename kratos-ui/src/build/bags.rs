//! From nodes, in whatever order Kratos sent them, to what each method needs.

use kratos_core::flow::ui::{
    Attributes, InputAttributes, InputType, NodeGroup, ScriptAttributes, UiNode, UiText,
};

use super::{Config, fields, items};
use crate::{
    safe::{web_origin, web_url},
    view::{Button, Container, Field, Hidden, Item, Message, PageKind, Script, Severity},
};

/// What a method needs.
#[derive(Debug)]
pub(super) struct Bag {
    pub(super) group: NodeGroup,
    pub(super) hidden: Vec<Hidden>,
    pub(super) items: Vec<Item>,
    pub(super) fields: Vec<Field>,
    pub(super) containers: Vec<Container>,
    pub(super) submits: Vec<Button>,
    pub(super) triggers: Vec<Button>,
}

impl Bag {
    fn new(group: NodeGroup) -> Self {
        Self {
            group,
            hidden: Vec::new(),
            items: Vec::new(),
            fields: Vec::new(),
            containers: Vec::new(),
            submits: Vec::new(),
            triggers: Vec::new(),
        }
    }

    /// Whether a person sees anything of it.
    pub(super) fn is_visible(&self) -> bool {
        !self.items.is_empty()
            || !self.fields.is_empty()
            || !self.containers.is_empty()
            || !self.submits.is_empty()
            || !self.triggers.is_empty()
    }

    /// Whether a script does something with it as soon as the page is there.
    pub(super) fn starts_by_itself(&self) -> bool {
        self.hidden.iter().any(|hidden| hidden.on_load.is_some())
    }

    /// Whether it has a button that names its method.
    pub(super) fn has_method(&self) -> bool {
        self.submits.iter().any(|button| button.name == "method")
    }
}

/// All nodes of a flow, sorted out.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    pub(super) bags: Vec<Bag>,
    pub(super) messages: Vec<Message>,
    pub(super) scripts: Vec<Script>,
    pub(super) skipped: Vec<String>,
}

impl Sorted {
    pub(super) fn new(config: &Config<'_>, kind: PageKind, action: &str, nodes: &[UiNode]) -> Self {
        let mut sorted = Self::default();
        // Messages of fields that may come later.
        let mut strays: Vec<(&str, Message)> = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            let messages = node.messages.iter().map(|text| message(config, text)).collect::<Vec<_>>();
            match &node.attributes {
                Attributes::Script(script) => {
                    match allowed_script(config, action, script) {
                        Some(script) => sorted.scripts.push(script),
                        None => sorted.skipped.push(format!("script of another origin in {}", node.group)),
                    }
                    sorted.messages.extend(messages);
                }
                Attributes::Input(input) if only_carries_messages(node, input, nodes) => {
                    strays.extend(messages.into_iter().map(|message| (input.name.as_str(), message)));
                }
                Attributes::Input(input) => sorted.input(config, kind, index, node, input, messages),
                Attributes::Text(text) => {
                    sorted.read_only(kind, node, messages).push(items::text(config, node, text));
                }
                Attributes::Anchor(anchor) => {
                    sorted.read_only(kind, node, messages).push(items::anchor(config, node, anchor));
                }
                Attributes::Image(image) => match items::image(config, node, image) {
                    Some(image) => sorted.read_only(kind, node, messages).push(image),
                    None => sorted.skip(node, messages),
                },
                Attributes::Div(div) => {
                    let container = items::container(div);
                    sorted.bag(kind, &node.group, true).containers.push(container);
                    sorted.messages.extend(messages);
                }
                _ => sorted.skip(node, messages),
            }
        }
        for (name, message) in strays {
            let mut fields = sorted.bags.iter_mut().flat_map(|bag| &mut bag.fields);
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
        index: usize,
        node: &UiNode,
        input: &InputAttributes,
        messages: Vec<Message>,
    ) {
        match &input.kind {
            Some(InputType::Hidden) => {
                self.bag(kind, &node.group, false).hidden.push(fields::hidden(input));
                self.messages.extend(messages);
            }
            Some(InputType::Submit) => {
                let button = fields::submit(config, node, input, messages);
                self.bag(kind, &node.group, true).submits.push(button);
            }
            Some(InputType::Button) => match fields::trigger(config, node, input) {
                Some(mut button) => {
                    button.messages = messages;
                    self.bag(kind, &node.group, true).triggers.push(button);
                }
                None => self.skip(node, messages),
            },
            _ => {
                let field = fields::field(config, kind, index, node, input, messages);
                self.bag(kind, &node.group, true).fields.push(field);
            }
        }
    }

    fn read_only(&mut self, kind: PageKind, node: &UiNode, messages: Vec<Message>) -> &mut Vec<Item> {
        self.messages.extend(messages);
        &mut self.bag(kind, &node.group, true).items
    }

    fn skip(&mut self, node: &UiNode, messages: Vec<Message>) {
        self.skipped.push(format!("{} in {}", node.kind, node.group));
        self.messages.extend(messages);
    }

    /// The bag of a group, which is made when it is missing.
    fn bag(&mut self, kind: PageKind, group: &NodeGroup, visible: bool) -> &mut Bag {
        let group = match group {
            NodeGroup::Other(name) if name.is_empty() => &NodeGroup::Default,
            group => group,
        };
        // Settings have no fields that are shared: what has no method belongs to the profile.
        let group = match group {
            NodeGroup::Default if visible && kind == PageKind::Settings => &NodeGroup::Profile,
            group => group,
        };
        let place = match self.bags.iter().position(|bag| bag.group == *group) {
            Some(place) => place,
            None => {
                self.bags.push(Bag::new(group.clone()));
                self.bags.len() - 1
            }
        };
        #[allow(clippy::indexing_slicing, reason = "the place was found or made just before")]
        &mut self.bags[place]
    }
}

pub(super) fn message(config: &Config<'_>, text: &UiText) -> Message {
    Message {
        id: text.id,
        text: config.words.message(text).into(),
        severity: Severity::from(text.kind.as_ref()),
    }
}

/// Kratos makes up a text field without a label where a message is about a field that the form has not (26.2.0
/// `ui/container`, `AddMessage`). It may even be called `password`, so it is never shown.
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
    // A trait without a title has no label either, but no second node of its name.
    !input.name.starts_with("traits.")
        || nodes.iter().filter_map(UiNode::input).filter(|other| other.name == input.name).count() > 1
}

/// Kratos' own script comes from where the form is sent to. Anything else has to be allowed.
fn allowed_script(config: &Config<'_>, action: &str, script: &ScriptAttributes) -> Option<Script> {
    web_url(&script.src)?;
    let origin = web_origin(&script.src)?;
    let of_kratos = web_origin(action).is_some_and(|kratos| kratos == origin);
    if !of_kratos && !config.script_origins.contains(&origin) {
        return None;
    }
    if !matches!(script.kind.as_str(), "" | "text/javascript" | "application/javascript") {
        return None;
    }
    let src = match config.scripts_at {
        // The same file through the application: the hash still has to fit.
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
