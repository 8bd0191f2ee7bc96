//! Gives each method a form of its own, in which the shared fields are repeated.

use kratos_model::flow::ui::NodeGroup;

use super::{methods::MethodNodes, order::is_shared};
use crate::view::{Field, PageKind};

/// Returns the parts that become forms: one for each method that submits. Every part has the shared fields; only the first has
/// the shared texts, the captcha and the shared hidden inputs, which other forms get elsewhere.
pub(super) fn separate(kind: PageKind, methods: Vec<MethodNodes>) -> Vec<Vec<MethodNodes>> {
    let fields: Vec<Field> = methods.iter().flat_map(|method| shared_fields(kind, method)).cloned().collect();
    let (shared, own): (Vec<_>, Vec<_>) = methods.into_iter().partition(|method| is_shared(&method.group));
    let own = own.into_iter().filter(|method| method.is_visible() || method.starts_by_itself());
    let mut parts: Vec<Vec<MethodNodes>> = own.map(|method| vec![method]).collect();
    let submits = shared.iter().any(|method| !method.submits.is_empty());
    match parts.first_mut() {
        Some(first) if !submits => first.extend(shared),
        _ => parts.insert(0, shared),
    }
    for (index, part) in parts.iter_mut().enumerate() {
        let known: Vec<&str> =
            part.iter().flat_map(|method| &method.fields).map(|field| field.name.as_str()).collect();
        let missing = fields.iter().filter(|field| !known.contains(&field.name.as_str()));
        let mut repeated = MethodNodes::new(NodeGroup::Default);
        repeated.fields = missing.map(|field| repeat(field, index)).collect();
        part.extend(Some(repeated).filter(MethodNodes::is_visible));
    }
    parts
}

/// Returns the fields that every method needs. Before 1.0, Kratos put the traits of a registration into the group of a method.
fn shared_fields(kind: PageKind, method: &MethodNodes) -> impl Iterator<Item = &Field> {
    let all = is_shared(&method.group);
    let is_trait = move |field: &&Field| kind == PageKind::Registration && field.name.starts_with("traits.");
    method.fields.iter().filter(move |field| all || is_trait(field))
}

/// Copies a field into another form, with an id of its own.
fn repeat(field: &Field, form: usize) -> Field {
    Field { id: format!("form-{form}-{}", field.id), group: NodeGroup::Default, ..field.clone() }
}
