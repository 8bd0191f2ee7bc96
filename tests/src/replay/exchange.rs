//! Recorded exchanges.

use serde::Deserialize;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// A recorded request and its response.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The file's name without its extension.
    pub name: String,
    /// The request's method.
    pub method: String,
    /// The request's path without query and without the `/admin` of newer servers.
    pub path: String,
    /// The response's status.
    pub status: u16,
    /// The response's headers.
    pub headers: Vec<(String, String)>,
    /// The response's body: JSON or text.
    pub body: Value,
}

#[derive(Deserialize)]
struct File {
    request: Request,
    response: Response,
}

#[derive(Deserialize)]
struct Request {
    method: String,
    url: String,
}

#[derive(Deserialize)]
struct Response {
    status: u16,
    headers: Vec<(String, String)>,
    body: Value,
}

impl Exchange {
    /// Parses an exchange.
    ///
    /// # Errors
    /// If the text does not have the layout of an exchange.
    pub fn parse(name: &str, text: &str) -> Result<Self, String> {
        let file: File = serde_json::from_str(text).map_err(|error| format!("{name}: {error}"))?;
        let url = url::Url::parse(&file.request.url).map_err(|error| format!("{name}: {error}"))?;
        let path = url.path().strip_prefix("/admin").filter(|path| path.starts_with('/'));
        Ok(Self {
            name: name.to_owned(),
            method: file.request.method,
            path: path.unwrap_or(url.path()).to_owned(),
            status: file.response.status,
            headers: file.response.headers,
            body: file.response.body,
        })
    }

    /// A header of the response.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// `GET /identities/{id} 200`.
    #[must_use]
    pub fn operation(&self) -> String {
        let part = |part| if uuid::Uuid::try_parse(part).is_ok() { "{id}" } else { part };
        let path: Vec<_> = self.path.split('/').map(part).collect();
        format!("{} {} {}", self.method, path.join("/"), self.status)
    }
}

/// Reads the exchanges of a directory by version: one directory per version, one file per exchange.
///
/// # Errors
/// If the directory cannot be read, has no version, or a version has no exchange or an invalid file.
pub fn versions(folder: &Path) -> Result<Vec<(String, Vec<Exchange>)>, String> {
    let told = |path: &Path, what: &dyn std::fmt::Display| format!("{}: {what}", path.display());
    let list = |path: &Path| {
        let entries = fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let mut entries: Vec<_> =
            entries.map_err(|error| told(path, &error))?.iter().map(fs::DirEntry::path).collect();
        entries.sort();
        Ok::<_, String>(entries)
    };
    let mut versions = Vec::new();
    for version in list(folder)?.into_iter().filter(|path| path.is_dir()) {
        let mut exchanges = Vec::new();
        for file in
            list(&version)?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "json"))
        {
            let text = fs::read_to_string(&file).map_err(|error| told(&file, &error))?;
            let name = file.file_stem().unwrap_or_default().to_string_lossy();
            exchanges.push(Exchange::parse(&name, &text).map_err(|error| told(&version, &error))?);
        }
        // These hold requests of Kratos, which other suites read.
        if version.ends_with("hooks") || version.ends_with("events") {
            continue;
        }
        if exchanges.is_empty() {
            return Err(told(&version, &"no exchange"));
        }
        versions.push((version.file_name().unwrap_or_default().to_string_lossy().into_owned(), exchanges));
    }
    if versions.is_empty() {
        return Err(told(folder, &"no version"));
    }
    Ok(versions)
}
