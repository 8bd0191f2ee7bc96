//! Renders a login page with another template engine, here minijinja: the view implements `Serialize`.
//!
//! With askama, maud, leptos and dioxus, use the public fields of the view.

use kratos_model::flow::LoginFlow;
use kratos_ui::Theme;
use minijinja::{AutoEscape, Environment, context, value::Serde};

const TEMPLATE: &str = r#"
<h1>{{ view.title }}</h1>
{% for message in view.messages %}<p class="{{ message.severity }}">{{ message.text }}</p>{% endfor %}
{% for section in view.sections %}{% for form in section.forms %}
<form method="post" action="{{ form.action }}">
  {% for it in form.hidden %}<input type="hidden" name="{{ it.name }}" value="{{ it.value }}">{% endfor %}
  {% for field in form.fields %}
  <label>{{ field.label }}
    <input name="{{ field.name }}" type="{{ field.control.kind }}" value="{{ field.control.value or '' }}">
  </label>
  {% for message in field.messages %}<em>{{ message.text }}</em>{% endfor %}
  {% endfor %}
  {% for button in form.buttons if button.action.action == "submit" %}
  <button name="{{ button.name }}" value="{{ button.value }}">{{ button.label }}</button>
  {% endfor %}
</form>
{% endfor %}{% endfor %}
"#;

#[allow(clippy::print_stdout, reason = "the example prints its output")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let flow: LoginFlow = serde_json::from_str(include_str!("../tests/flows/26.2.0/login-wrong.json"))?;
    let view = Theme::new().view(&flow);

    let mut engine = Environment::new();
    // The view is not escaped. minijinja escapes by file name unless a callback decides.
    engine.set_auto_escape_callback(|_| AutoEscape::Html);
    engine.add_template("login", TEMPLATE)?;
    println!("{}", engine.get_template("login")?.render(context! { view => Serde(&view) })?);
    Ok(())
}
