//! PageParts of the pages that the application replaces.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test helpers"
)]

mod support;

use kratos_ui::{
    Html, MessagePlace, PageParts, PartRenderer, Theme,
    view::{Button, Field, Form, Link, Message, View},
};

/// Marks each part, around this crate's version of it.
struct Marks;

fn marked(part: &str, inner: &Html) -> Option<Html> {
    Some(Html::trusted(format!("<!--{part}-->{inner}<!--/{part}-->")))
}

impl PageParts for Marks {
    fn header(&self, view: &View, page: &PartRenderer<'_>) -> Option<Html> {
        marked("header", &page.header(view))
    }

    fn form(&self, form: &Form, page: &PartRenderer<'_>) -> Option<Html> {
        marked("form", &page.form(form))
    }

    fn field(&self, field: &Field, page: &PartRenderer<'_>) -> Option<Html> {
        marked("field", &page.field(field))
    }

    fn button(&self, button: &Button, page: &PartRenderer<'_>) -> Option<Html> {
        marked("button", &page.button(button))
    }

    fn message(&self, message: &Message, place: MessagePlace, page: &PartRenderer<'_>) -> Option<Html> {
        marked("message", &page.message(message, place))
    }

    fn links(&self, links: &[Link], page: &PartRenderer<'_>) -> Option<Html> {
        marked("links", &page.links(links))
    }
}

fn without_nonce(html: &str) -> String {
    html.split("nonce=\"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest)).collect()
}

#[test]
fn each_part_is_replaced_on_every_page_and_the_rest_is_as_before() {
    let mut seen = [0; 6];
    for flow in support::all() {
        let ours = Theme::new();
        let view = flow.view(&ours);
        let plain = ours.render(&view).into_html();
        let html = Theme::new().with_parts(Marks).render(&view).into_html();
        let fields = view.forms().map(|form| form.fields.len()).sum::<usize>();
        let counts = ["header", "form", "field", "button", "message", "links"]
            .map(|part| html.matches(&format!("<!--{part}-->")).count());
        assert_eq!(counts[0], 1, "{}", flow.name);
        assert_eq!(counts[1], view.forms().count(), "{}", flow.name);
        assert_eq!(counts[2], fields, "{}", flow.name);
        assert_eq!(counts[3], view.forms().map(|form| form.buttons.len()).sum::<usize>(), "{}", flow.name);
        for (sum, count) in seen.iter_mut().zip(counts) {
            *sum += count;
        }
        let mut rest = html;
        for part in ["header", "form", "field", "button", "message", "links"] {
            rest = rest.replace(&format!("<!--{part}-->"), "").replace(&format!("<!--/{part}-->"), "");
        }
        let squeeze = |html: &str| without_nonce(html).split_whitespace().collect::<String>();
        assert_eq!(squeeze(&rest), squeeze(&plain), "{} {}", flow.release, flow.name);
    }
    assert!(seen.iter().all(|count| *count > 40), "{seen:?}");
}

/// A form of the application's own may use the other parts.
#[test]
fn a_form_of_the_application_has_the_fields_of_the_page() {
    struct Own;
    impl PageParts for Own {
        fn form(&self, form: &Form, page: &PartRenderer<'_>) -> Option<Html> {
            let fields: String = form.fields.iter().map(|field| page.field(field).into_string()).collect();
            Some(Html::trusted(format!("<form id=own>{fields}</form>")))
        }

        fn field(&self, field: &Field, _: &PartRenderer<'_>) -> Option<Html> {
            Some(Html::trusted(format!("<input id=own-{}>", field.id)))
        }
    }
    let theme = Theme::new().with_parts(Own);
    let html = theme.render(&support::flow("26.2.0", "login").view(&theme)).into_html();
    assert!(html.contains("<form id=own><input id=own-field-"), "{html}");
    assert!(!html.contains("data-testid=\"node/input/"), "{html}");
}
