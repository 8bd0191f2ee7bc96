//! Renders one flow: `render login < flow.json > page.html`.

#[path = "../tests/support/mod.rs"]
mod support;

use std::{env, error::Error, io};

use kratos_ui::Theme;

#[allow(clippy::print_stdout, reason = "the example prints its output")]
fn main() -> Result<(), Box<dyn Error>> {
    let kind = env::args()
        .nth(1)
        .ok_or("usage: render login|registration|settings|recovery|verification < flow.json")?;
    let flow = serde_json::from_reader(io::stdin())?;
    let theme = Theme::new();
    println!("{}", theme.render(&support::view_as(&theme, &kind, &flow)).html());
    Ok(())
}
