//! Gives each method a form of its own, in which the shared fields are repeated.

use kratos_model::flow::ui::NodeGroup;

use super::{methods::MethodNodes, order::is_shared};
use crate::view::Field;

/// Returns the parts that become forms: one for each method, and a first one if the shared fields have a button themselves. Every part
/// has the shared fields; the first alone has the shared texts and the captcha, whose answer goes into every form.
pub(super) fn separate(methods: Vec<MethodNodes>) -> Vec<Vec<MethodNodes>> {
    let (shared, own): (Vec<_>, Vec<_>) = methods.into_iter().partition(|method| is_shared(&method.group));
    let fields: Vec<Field> = shared.iter().flat_map(|method| &method.fields).cloned().collect();
    let own = own.into_iter().filter(|method| method.is_visible() || method.starts_by_itself());
    let mut parts: Vec<Vec<MethodNodes>> = own.map(|method| vec![method]).collect();
    let submits = shared.iter().any(|method| !method.submits.is_empty());
    match parts.first_mut() {
        Some(first) if !submits => first.extend(shared),
        _ => parts.insert(0, shared),
    }
    for (index, part) in parts.iter_mut().enumerate().skip(1) {
        let mut repeated = MethodNodes::new(NodeGroup::Default);
        repeated.fields = fields.iter().map(|field| repeat(field, index)).collect();
        part.push(repeated);
    }
    parts
}

/// Copies a field into another form, with an id of its own.
fn repeat(field: &Field, form: usize) -> Field {
    Field { id: format!("form-{form}-{}", field.id), ..field.clone() }
}
