//! A browser without JavaScript on the pages.

use kratos_tests::{
    hooks::HookServer,
    http::{Jar, client},
};
use scraper::{ElementRef, Html, Selector};
use url::Url;

use crate::seen::Seen;

/// The limit of redirects in one step.
const REDIRECTS: usize = 10;
/// The id of "Your changes have been saved!".
const SAVED: i64 = 1_050_001;

pub(crate) struct Visitor<'a> {
    server: &'a HookServer,
    jar: Jar,
    at: Url,
    status: u16,
    html: String,
}

impl<'a> Visitor<'a> {
    pub(crate) fn new(server: &'a HookServer) -> Self {
        let at = Url::parse(&server.app_url).unwrap();
        Self { server, jar: Jar::default(), at, status: 0, html: String::new() }
    }

    /// Opens a page and follows its redirects.
    pub(crate) async fn open(&mut self, path: &str) {
        self.go(path, None).await;
    }

    /// Submits the form with the button of this method, with some of its fields filled in.
    pub(crate) async fn submit(&mut self, method: &str, fill: &[(&str, &str)]) {
        let (action, fields) = self.form(method, fill);
        self.go(&action, Some(&fields)).await;
    }

    /// Whether the page has a form with the button of this method.
    pub(crate) fn has(&self, method: &str) -> bool {
        Html::parse_document(&self.html).select(&button(method)).next().is_some()
    }

    async fn go(&mut self, to: &str, mut form: Option<&[(String, String)]>) {
        let mut to = self.at.join(to).unwrap();
        for _ in 0..REDIRECTS {
            let request = match form.take() {
                Some(fields) => client().post(to.clone()).form(fields).header("origin", &self.server.app_url),
                None => client().get(to.clone()),
            };
            let answer = self.jar.send(request.header("accept", "text/html")).await;
            self.at = to;
            let Some(location) = answer.header("location") else {
                self.status = answer.status.as_u16();
                self.html = String::from_utf8_lossy(&answer.body).into_owned();
                return;
            };
            to = self.at.join(location).unwrap();
        }
        panic!("too many redirects, to {to}");
    }

    fn form(&self, method: &str, fill: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
        let page = Html::parse_document(&self.html);
        let has_button = |form: &ElementRef<'_>| form.select(&button(method)).next().is_some();
        let form = page.select(&selector("form")).find(has_button);
        let form = form.unwrap_or_else(|| panic!("no button {method} at {}: {}", self.at, self.html));
        let mut fields = Vec::new();
        for input in form.select(&selector("input[name]")) {
            let attribute = |name| input.value().attr(name).unwrap_or_default().to_owned();
            let name = attribute("name");
            let filled = fill.iter().find(|(field, _)| *field == name).map(|(_, value)| (*value).to_owned());
            fields.push((name, filled.unwrap_or_else(|| attribute("value"))));
        }
        for (field, _) in fill {
            assert!(fields.iter().any(|(name, _)| name == field), "no field {field} at {}", self.at);
        }
        fields.push(("method".to_owned(), method.to_owned()));
        (form.value().attr("action").unwrap().to_owned(), fields)
    }

    /// Returns what the page shows.
    pub(crate) fn sees(&self) -> Seen {
        if !self.at.as_str().starts_with(&self.server.app_url) {
            panic!("left at {} with {}: {}", self.at, self.status, self.html);
        }
        match self.at.path() {
            "/" => return Seen::Done,
            "/error" => return Seen::ErrorPage(self.code()),
            _ => {}
        }
        let page = Html::parse_document(&self.html);
        let Some(message) = page.select(&selector("[data-testid^='ui/message/']")).next() else {
            return Seen::Error(self.status, 0);
        };
        let id = message.value().attr("data-testid").and_then(|id| id.rsplit('/').next()?.parse().ok());
        let field = message.ancestors().filter_map(ElementRef::wrap).find_map(|parent| {
            parent.value().attr("data-testid")?.strip_prefix("node/input/").map(str::to_owned)
        });
        match (field, id.unwrap_or_default()) {
            (None, SAVED) => Seen::Done,
            (field, id) => Seen::Message(field.unwrap_or_default(), id),
        }
    }

    /// Returns the code of the error that the error page shows in its details.
    fn code(&self) -> i64 {
        let page = Html::parse_document(&self.html);
        let details = page.select(&selector("[data-testid='code-box']")).next();
        let text: String = details.map(|it| it.text().collect()).unwrap_or_default();
        let details: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        details["errors"][0]["code"].as_i64().unwrap_or_else(|| panic!("no code at {}: {text}", self.at))
    }

    /// Whether the page shows this text.
    pub(crate) fn shows(&self, text: &str) -> bool {
        self.html.contains(text)
    }
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

fn button(method: &str) -> Selector {
    selector(&format!("button[name='method'][value='{method}']"))
}
