//! Pictures of some pages, for the guide.

use std::{fs, io, process::Command};

use axum::{
    extract::Path,
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};

/// The name of a picture, and the pages in it, side by side: scheme, language and page.
const PICTURES: [(&str, [&str; 3]); 2] = [
    (
        "pages",
        ["light/en/26.2.0-login", "dark/de/26.2.0-registration-step2", "light/ar/26.2.0-verification-wrong"],
    ),
    ("account", ["light/en/sessions", "dark/ja/26.2.0-login-aal2", "light/fr/delete"]),
];

/// The page that is a picture: frames side by side.
pub(crate) async fn sheet(Path(name): Path<String>) -> Response {
    let Some((_, pages)) = PICTURES.iter().find(|(known, _)| *known == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let frames = pages.map(|page| format!("<iframe src=\"/{page}\"></iframe>")).concat();
    let style = "body{margin:0;display:flex;gap:16px;padding:16px;background:#ccd}iframe{width:360px;height:640px;border:0;border-radius:12px}";
    Html(format!("<!doctype html><meta charset=utf-8><style>{style}</style>{frames}")).into_response()
}

/// Writes each picture as `NAME.png` into a folder.
pub(crate) fn take(url: &str, folder: &std::path::Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, _) in PICTURES {
        let picture = folder.join(format!("{name}.png"));
        let taken = Command::new("chromium")
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--window-size=1144,672",
            ])
            .arg("--virtual-time-budget=5000")
            .arg(format!("--screenshot={}", picture.display()))
            .arg(format!("{url}/pictures/{name}"))
            .output()?;
        if !taken.status.success() || !picture.exists() {
            return Err(io::Error::other(String::from_utf8_lossy(&taken.stderr).into_owned()));
        }
        println!("{}", picture.display());
    }
    Ok(())
}
