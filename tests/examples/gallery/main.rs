//! Serves every page in every state, language, direction and colour scheme, from recorded flows: `just gallery`.
//!
//! `/` shows the pages side by side in frames: one page in all languages, or all pages in one language. A page alone is at
//! `/SCHEME/LANGUAGE/PAGE`, for example `/dark/ar/26.2.0-settings`. With a folder as argument, writes a picture of some pages with
//! `chromium` instead, for the guide.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "an example that cannot continue ends"
)]

mod pictures;

use axum::{
    Router,
    extract::Path,
    http::{StatusCode, Uri, header},
    response::{Html, IntoResponse as _, Response},
    routing::get,
};
use kratos_tests::gallery::{in_one_scheme, names, pages, theme};
use kratos_ui::{Language, Languages, assets};
use tokio::net::TcpListener;

const SCHEMES: [&str; 2] = ["light", "dark"];

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let router = Router::new()
        .route("/", get(index))
        .route("/{scheme}/{language}/{page}", get(page))
        .route("/{scheme}/assets/{name}", get(asset))
        .route("/pictures/{name}", get(pictures::sheet));
    let folder = std::env::args().nth(1);
    let listener = TcpListener::bind(if folder.is_some() { "127.0.0.1:0" } else { "127.0.0.1:4455" }).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let serve = axum::serve(listener, router).into_future();
    match folder {
        Some(folder) => {
            let server = tokio::spawn(serve);
            tokio::task::spawn_blocking(move || pictures::take(&url, folder.as_ref())).await??;
            server.abort();
            Ok(())
        }
        None => {
            println!("# gallery: {url}");
            serve.await
        }
    }
}

async fn page(Path((scheme, language, name)): Path<(String, String, String)>) -> Response {
    let language = Language::ALL.iter().find(|known| known.tag() == language);
    let (true, Some(language)) = (SCHEMES.contains(&scheme.as_str()), language) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let theme =
        theme().with_languages(Languages::new(*language)).with_assets_at(&format!("/{scheme}/assets"));
    let Some((_, page)) = pages(&theme, |known| known == name).pop() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // Here alone the page may be in a frame.
    let policy = page.content_security_policy().replace("frame-ancestors 'none'", "frame-ancestors 'self'");
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(page.into_html())).into_response()
}

/// A file of the pages; the stylesheet has one colour scheme only, whatever the browser prefers.
async fn asset(Path((scheme, name)): Path<(String, String)>) -> Response {
    let Some(asset) = assets::Asset::find(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let body = in_one_scheme(asset.body, scheme == "dark");
    ([(header::CONTENT_TYPE, asset.content_type)], body).into_response()
}

/// The frames: one page in all languages (`?page=NAME`), or all pages in one (`?language=TAG`).
async fn index(uri: Uri) -> Html<String> {
    let query = uri.query().unwrap_or_default();
    let asked = |name: &str| {
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    };
    let all = names();
    let tags: Vec<&str> = Language::ALL.iter().map(|language| language.tag()).collect();
    let of_page = asked("page").filter(|page| all.contains(page));
    let language = asked("language").filter(|language| tags.contains(&language.as_str()));
    let language = language.unwrap_or_else(|| "en".to_owned());
    let shown: Vec<(String, String)> = match &of_page {
        Some(page) => tags.iter().map(|tag| ((*tag).to_owned(), page.clone())).collect(),
        None => all.iter().map(|page| (language.clone(), page.clone())).collect(),
    };
    let mut html = String::from(
        "<!doctype html><meta charset=utf-8><title>Gallery</title><style>body{font:1rem system-ui;margin:1rem}nav a{margin-inline-end:.75rem}\
         figure{display:inline-block;margin:.5rem}iframe{width:24rem;height:44rem;border:1px solid #888}iframe+iframe{margin-inline-start:.5rem}</style>",
    );
    let link = |query: &str, text: &str| format!("<a href=\"?{query}\">{text}</a> ");
    html += &format!(
        "<nav>{}</nav>",
        tags.iter().map(|tag| link(&format!("language={tag}"), tag)).collect::<String>()
    );
    html += &format!(
        "<details><summary>One page in all languages</summary><nav>{}</nav></details>",
        all.iter().map(|page| link(&format!("page={page}"), page)).collect::<String>()
    );
    for (language, page) in shown {
        let frames = SCHEMES.map(|scheme| {
            format!("<iframe loading=lazy title=\"{page}, {language}, {scheme}\" src=\"/{scheme}/{language}/{page}\"></iframe>")
        });
        html += &format!("<figure><figcaption>{page}, {language}</figcaption>{}</figure>", frames.concat());
    }
    Html(html)
}
