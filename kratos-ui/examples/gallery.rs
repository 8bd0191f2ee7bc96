//! Renders recorded flows into a directory: `cargo run -p kratos-ui --example gallery -- DIR`.
//! Serve the directory at the root of a host; the pages load `/kratos-ui/…`.

#[path = "../tests/support/mod.rs"]
mod support;

use std::{env, fs, path::PathBuf, time::Instant};

use kratos_model::flow::FlowError;
use kratos_ui::{Html, Page, Theme, assets};

#[allow(clippy::print_stdout, reason = "the example prints its output")]
fn main() -> std::io::Result<()> {
    let dir = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "target/kratos-ui-gallery".to_owned()));
    fs::create_dir_all(dir.join("kratos-ui"))?;
    for asset in assets::ASSETS {
        fs::write(dir.join("kratos-ui").join(asset.name), asset.body)?;
    }
    let theme = Theme::new().with_name("Acme");
    let mut index = String::from("<ul>");
    let mut write = |name: &str, page: &Page| {
        index.push_str(&format!("<li><a href=\"{name}.html\">{name}</a> {} bytes</li>", page.html().len()));
        fs::write(dir.join(format!("{name}.csp")), page.content_security_policy())?;
        fs::write(dir.join(format!("{name}.html")), page.html())
    };
    for flow in support::all() {
        let page = theme.render(&flow.view(&theme));
        write(&format!("{}-{}", flow.release, flow.name), &page)?;
    }
    let hostile = support::nodes::hostile();
    write("hostile", &theme.render(&support::view_as(&theme, "login", &hostile)))?;
    let error = r#"{"id":"stub:500","error":{"code":500,"status":"Internal Server Error","message":"This is a stub error."}}"#;
    let error: FlowError = serde_json::from_str(error)?;
    write("error", &theme.error_page(&error))?;
    index.push_str("</ul>");
    let page = theme.custom_page("Gallery", &Html::trusted(index));
    fs::write(dir.join("index.html"), page.html())?;

    // A rough figure; see benches/ for measurements.
    for name in ["login", "settings"] {
        let recorded = support::flow("26.2.0", name);
        let json = recorded.json.to_string();
        let rounds = 2_000_u32;
        let mut bytes = 0;
        let start = Instant::now();
        match name {
            "login" => {
                let flow: kratos_model::flow::LoginFlow = serde_json::from_str(&json)?;
                (0..rounds).for_each(|_| bytes = theme.page(&flow).html().len());
            }
            _ => {
                let flow: kratos_model::flow::SettingsFlow = serde_json::from_str(&json)?;
                (0..rounds).for_each(|_| bytes = theme.page(&flow).html().len());
            }
        }
        println!("{name}: {:?} for a page of {bytes} bytes", start.elapsed() / rounds);
    }
    println!("{}", dir.display());
    Ok(())
}
