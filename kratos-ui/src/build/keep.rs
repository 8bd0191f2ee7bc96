//! Keeps the traits that a form cannot hold.
//!
//! Kratos replaces all traits by those that a form posts, and reads an object from the JSON that a field of its name holds
//! (Kratos 26.2.0, oryx/decoderx/http.go). An object without named properties is posted so, unseen. For everything else the
//! script posts all traits as one object, with what the user changed: the order of a form's fields is lost in Kratos, so that
//! `traits` beside `traits.email` could undo either.

use kratos_model::{RawJson, flow::ui::UiNode};
use serde_json::{Map, Value};

use super::{Config, shapes::TraitShapes};
use crate::{
    texts::Phrase,
    view::{Form, HiddenField, KeptTraits, PageKind, Section},
};

/// Adds to the form of the profile what keeps the traits that it has no fields for.
pub(super) fn keep(
    config: &Config<'_>,
    kind: PageKind,
    nodes: &[UiNode],
    traits: Option<&RawJson>,
    sections: &mut [Section],
) {
    if config.shapes.of_form(nodes).is_none() || !matches!(kind, PageKind::Settings | PageKind::Registration)
    {
        return;
    }
    let mut value = traits.map_or_else(|| Value::Object(Map::new()), RawJson::to_value);
    let mut lost = Lost { shapes: config.shapes, objects: Vec::new(), others: false };
    lost.search(&value, "traits");
    lost.others |= add_lists(config.shapes, &mut value);
    if lost.objects.is_empty() && !lost.others {
        return;
    }
    let is_of_traits = |form: &Form| {
        let names =
            form.fields.iter().map(|field| &field.name).chain(form.hidden.iter().map(|hidden| &hidden.name));
        let is_one = |name: &String| name.starts_with("traits.");
        let is_profile =
            form.buttons.iter().any(|button| button.name == "method" && button.value == "profile");
        (kind == PageKind::Settings && is_profile)
            || (kind == PageKind::Registration && names.into_iter().any(is_one))
    };
    for section in sections.iter_mut().filter(|_| lost.others) {
        section.forms.retain(|form| !form.without_script);
    }
    for form in sections.iter_mut().flat_map(|section| &mut section.forms).filter(|form| is_of_traits(form)) {
        if lost.others {
            form.keeps = Some(KeptTraits {
                json: value.to_string().into(),
                numbers: config.shapes.numbers(),
                booleans: config.shapes.booleans(),
                lists: config.shapes.lists(),
                without_script: config.words.phrase(Phrase::KeepNeedsScript),
            });
        } else {
            form.hidden.extend(lost.objects.iter().map(|(name, json)| HiddenField {
                name: name.clone(),
                value: json.as_str().into(),
                on_load: None,
            }));
        }
    }
}

/// Adds the lists of objects or lists that are missing, empty: Kratos would set them to an object. Returns whether there are any.
fn add_lists(shapes: &TraitShapes, traits: &mut Value) -> bool {
    let mut added = false;
    for name in shapes.nested_lists() {
        let mut at = &mut *traits;
        for part in name.split('.').skip(1) {
            let Value::Object(object) = at else { break };
            at = object.entry(part).or_insert(Value::Null);
            // A part that is missing becomes an object below, or the list.
            if at.is_null() {
                *at = Value::Object(Map::new());
                added = true;
            }
        }
        if at.as_object().is_some_and(Map::is_empty) {
            *at = Value::Array(Vec::new());
        }
    }
    added
}

/// The values that a form would lose.
struct Lost<'a> {
    shapes: &'a TraitShapes,
    /// The objects without named properties, and their JSON.
    objects: Vec<(String, String)>,
    /// Whether there are others.
    others: bool,
}

impl Lost<'_> {
    fn search(&mut self, value: &Value, name: &str) {
        match value {
            Value::Object(properties) if self.shapes.is_open_object(name) => {
                if !properties.is_empty() {
                    self.objects.push((name.to_owned(), value.to_string()));
                }
            }
            Value::Object(properties) if self.shapes.is_object(name) => {
                for (property, value) in properties {
                    self.search(value, &format!("{name}.{property}"));
                }
            }
            _ => self.others |= !self.shapes.is_supported(name),
        }
    }
}
