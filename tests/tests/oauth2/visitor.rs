//! A browser without scripts.

use kratos_tests::http::{Jar, client};
use scraper::{ElementRef, Html, Selector};
use url::Url;

use crate::{
    party::{CALLBACK, GOODBYE},
    place::Place,
    user::User,
};

const REDIRECTS: usize = 14;

pub(crate) struct Visitor<'a> {
    pub(crate) place: &'a Place,
    pub(crate) jar: Jar,
    pub(crate) at: Url,
    pub(crate) status: u16,
    pub(crate) headers: http::HeaderMap,
    pub(crate) html: String,
    /// `Accept-Language`.
    pub(crate) language: &'static str,
}

impl<'a> Visitor<'a> {
    pub(crate) fn new(place: &'a Place) -> Self {
        let at = Url::parse(&place.app.url).unwrap();
        Self {
            place,
            jar: Jar::default(),
            at,
            status: 0,
            headers: http::HeaderMap::new(),
            html: String::new(),
            language: "",
        }
    }

    /// Opens a page and follows its redirects, up to a page or the relying party.
    pub(crate) async fn open(&mut self, url: &str) -> &mut Self {
        self.go(url, None).await;
        self
    }

    /// Presses a button, with some fields filled in. `value` `false` unchecks a box, `true` checks it.
    pub(crate) async fn press(&mut self, button: &str, fill: &[(&str, &str)]) -> &mut Self {
        let (action, fields) = self.form(button, fill);
        self.go(&action, Some(fields)).await;
        self
    }

    /// Posts a form as it is given.
    pub(crate) async fn post(&mut self, url: &str, fields: Vec<(String, String)>) -> &mut Self {
        self.go(url, Some(fields)).await;
        self
    }

    async fn go(&mut self, to: &str, mut form: Option<Vec<(String, String)>>) {
        let mut to = self.at.join(to).unwrap();
        for _ in 0..REDIRECTS {
            if [CALLBACK, GOODBYE].iter().any(|end| to.as_str().starts_with(end)) {
                (self.at, self.status, self.html) = (to, 0, String::new());
                return;
            }
            let request = match form.take() {
                Some(fields) => {
                    let origin = self.at.origin().ascii_serialization();
                    client().post(to.clone()).form(&fields).header("origin", origin)
                }
                None => client().get(to.clone()),
            };
            let request = request.header("accept", "text/html").header("sec-fetch-mode", "navigate");
            let request = request.header("accept-language", self.language);
            let answer = self.jar.send(request).await;
            self.at = to;
            let Some(location) = answer.header("location") else {
                self.status = answer.status.as_u16();
                self.html = String::from_utf8_lossy(&answer.body).into_owned();
                self.headers = answer.headers;
                return;
            };
            to = self.at.join(location).unwrap();
        }
        panic!("too many redirects, to {to}");
    }

    /// The action and the fields of the form with this button.
    pub(crate) fn form(&self, button: &str, fill: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
        let page = Html::parse_document(&self.html);
        let wanted = selector(&format!("button[value='{button}']"));
        let form = page.select(&selector("form")).find(|form| form.select(&wanted).next().is_some());
        let form = form
            .unwrap_or_else(|| panic!("no button {button} at {} ({}): {}", self.at, self.status, self.html));
        let mut fields = Vec::new();
        for input in form.select(&selector("input[name]")) {
            let attribute = |name| input.value().attr(name);
            let name = attribute("name").unwrap_or_default();
            if attribute("disabled").is_some() {
                continue;
            }
            let filled = fill.iter().find(|(field, _)| *field == name).map(|(_, value)| *value);
            if attribute("type") == Some("checkbox") {
                let is_checked = filled.map_or(attribute("checked").is_some(), |filled| filled == "true");
                if is_checked {
                    fields.push((name.to_owned(), "true".to_owned()));
                }
                continue;
            }
            let is_hidden_box = attribute("type") == Some("hidden") && attribute("value") == Some("false");
            let value = if is_hidden_box { None } else { filled };
            fields.push((name.to_owned(), value.or(attribute("value")).unwrap_or_default().to_owned()));
        }
        for (field, _) in fill {
            let is_there =
                form.select(&selector("input[name]")).any(|input| input.value().attr("name") == Some(field));
            assert!(is_there, "no field {field} at {}: {}", self.at, self.html);
        }
        let name =
            form.select(&wanted).next().and_then(|button| button.value().attr("name")).unwrap_or_default();
        fields.push((name.to_owned(), button.to_owned()));
        (form.value().attr("action").unwrap_or_default().to_owned(), fields)
    }

    /// Follows a link, or submits the form of a link, by its test id.
    pub(crate) async fn follow(&mut self, test_id: &str) -> &mut Self {
        let (to, is_form) = {
            let page = Html::parse_document(&self.html);
            let wanted = selector(&format!("[data-testid='{test_id}']"));
            let link = page.select(&wanted).next();
            let link = link.unwrap_or_else(|| panic!("no link {test_id} at {}: {}", self.at, self.html));
            match link.value().attr("href") {
                Some(href) => (href.to_owned(), false),
                None => {
                    let form =
                        link.ancestors().filter_map(ElementRef::wrap).find(|it| it.value().name() == "form");
                    (form.unwrap().value().attr("action").unwrap().to_owned(), true)
                }
            }
        };
        let form = is_form.then(Vec::new);
        self.go(&to, form).await;
        self
    }

    /// Signs in at the login page.
    pub(crate) async fn sign_in(&mut self, user: &User) -> &mut Self {
        self.expect("/login");
        // A refresh knows the identifier.
        let knows = self.html.contains("type=\"hidden\" name=\"identifier\"");
        let both = [("identifier", user.email.as_str()), ("password", user.password.as_str())];
        let fill = if knows { &both[1..] } else { &both[..] };
        self.press("password", fill).await
    }

    /// Asserts the path of the page.
    #[track_caller]
    pub(crate) fn expect(&mut self, path: &str) -> &mut Self {
        assert_eq!(self.at.path(), path, "at {} ({}): {}", self.at, self.status, self.html);
        self
    }

    #[track_caller]
    pub(crate) fn shows(&mut self, text: &str) -> &mut Self {
        assert!(self.html.contains(text), "no {text:?} at {}: {}", self.at, self.html);
        self
    }

    /// The parameters that the relying party received.
    #[track_caller]
    pub(crate) fn received(&self, name: &str) -> String {
        assert!(
            self.at.as_str().starts_with(CALLBACK),
            "not at the client but {} ({}): {}",
            self.at,
            self.status,
            self.html
        );
        let mut pairs = self.at.query_pairs();
        let found = pairs.find(|(known, _)| known == name);
        found.unwrap_or_else(|| panic!("no {name} in {}", self.at)).1.into_owned()
    }

    /// The status of whoami.
    pub(crate) async fn whoami(&mut self) -> u16 {
        let request = client().get(format!("{}/sessions/whoami", self.place.kratos_public));
        self.jar.send(request.header("accept", "application/json")).await.status.as_u16()
    }
}

pub(crate) fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}
