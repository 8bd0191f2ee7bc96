//! The pages of Kratos' flows as leptos components, the same on the server and in the browser.

mod fields;
mod page;
mod shown;

pub use page::FlowPage;
pub use shown::Shown;

/// Takes over the page that the server rendered.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn hydrate() {
    use leptos::prelude::*;
    use leptos::wasm_bindgen::JsCast;

    let element = |id: &str| document().get_element_by_id(id);
    let shown = element("shown").and_then(|json| json.text_content());
    let shown = shown.and_then(|json| serde_json::from_str::<Shown>(&json).ok());
    let root = element("page").and_then(|page| page.dyn_into::<leptos::web_sys::HtmlElement>().ok());
    // Without either, the page stays as the server rendered it.
    if let (Some(shown), Some(root)) = (shown, root) {
        let view = shown.view();
        leptos::mount::hydrate_from(root, move || view! { <FlowPage view /> }).forget();
    }
}
