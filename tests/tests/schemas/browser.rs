//! A browser with the pages of kratos-ui: it fills the controls that it finds, and submits those that are successful.

use std::collections::BTreeMap;

use kratos_core::model::flow::{RegistrationFlow, SettingsFlow};
use kratos_tests::http::{Answer, Jar, client};
use kratos_ui::Theme;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

/// What a user enters, by field.
pub(crate) type Entered = BTreeMap<String, Vec<String>>;

pub(crate) struct Browser<'a> {
    pub(crate) public_url: &'a str,
    pub(crate) theme: &'a Theme,
    /// Whether the pages' script runs.
    pub(crate) scripts: bool,
    pub(crate) jar: Jar,
}

impl Browser<'_> {
    /// Opens a new page of a flow and returns its HTML.
    pub(crate) async fn open(&mut self, kind: &str) -> String {
        let url = format!("{}/self-service/{kind}/browser", self.public_url);
        let answer = self.jar.send(client().get(url).header("accept", "application/json")).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        self.page(kind, &answer.json())
    }

    fn page(&self, kind: &str, flow: &Value) -> String {
        let page = match kind {
            "registration" => {
                self.theme.page(&serde_json::from_value::<RegistrationFlow>(flow.clone()).unwrap())
            }
            _ => self.theme.page(&serde_json::from_value::<SettingsFlow>(flow.clone()).unwrap()),
        };
        page.into_html()
    }

    /// Fills and submits the form of a method. Returns the messages of the page that follows; none if it succeeded.
    pub(crate) async fn submit(
        &mut self,
        kind: &str,
        html: &str,
        method: &str,
        entered: &Entered,
    ) -> Vec<String> {
        let (action, fields) = form(html, method, entered, self.scripts);
        self.post(kind, &action, &fields).await
    }

    /// Fills and submits the form that adds an entry to a list without a script.
    pub(crate) async fn add_without_script(&mut self, html: &str, list: &str, entry: &str) -> Vec<String> {
        let document = Html::parse_document(html);
        let noscript = Selector::parse("noscript").unwrap();
        let inner = document.select(&noscript).map(|noscript| noscript.text().collect::<String>());
        let inner = inner.chain(document.select(&noscript).map(|noscript| noscript.inner_html()));
        let form_html = inner
            .filter(|inner| inner.contains("<form"))
            .find(|inner| {
                let inner = Html::parse_fragment(inner);
                let input = Selector::parse(&format!("input[name='{list}'][required]")).unwrap();
                inner.select(&input).next().is_some()
            })
            .unwrap_or_else(|| panic!("no form adds to {list}"));
        let document = Html::parse_fragment(&form_html);
        let form = document.select(&Selector::parse("form").unwrap()).next().unwrap();
        let controls = Selector::parse("input, button").unwrap();
        let fields: Vec<_> = form
            .select(&controls)
            .map(|control| {
                let is_new = control.attr("name") == Some(list) && control.attr("type") != Some("hidden");
                let value = if is_new { entry } else { control.attr("value").unwrap_or_default() };
                (control.attr("name").unwrap_or_default().to_owned(), value.to_owned())
            })
            .collect();
        let action = form.attr("action").unwrap().to_owned();
        self.post("settings", &action, &fields).await
    }

    async fn post(&mut self, kind: &str, action: &str, fields: &[(String, String)]) -> Vec<String> {
        let request = client().post(action).header("accept", "text/html").form(fields);
        let answer: Answer = self.jar.send(request).await;
        assert!(matches!(answer.status.as_u16(), 302 | 303), "{answer:?}");
        let location = url::Url::parse(answer.location()).unwrap();
        let Some((_, flow)) = location.query_pairs().find(|(name, _)| name == "flow") else {
            return Vec::new();
        };
        let url = format!("{}/self-service/{kind}/flows?id={flow}", self.public_url);
        let answer = self.jar.send(client().get(url).header("accept", "application/json")).await;
        let flow = answer.json();
        if flow["state"] == "success" {
            return Vec::new();
        }
        let of_nodes = flow["ui"]["nodes"].as_array().into_iter().flatten().flat_map(|node| {
            let name = node["attributes"]["name"].as_str().unwrap_or_default().to_owned();
            node["messages"]
                .as_array()
                .into_iter()
                .flatten()
                .map(move |message| format!("{name}: {}", message["text"]))
        });
        let of_page = flow["ui"]["messages"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|message| message["text"].to_string());
        let mut messages: Vec<String> = of_nodes.chain(of_page).collect();
        if messages.is_empty() {
            messages.push(format!("neither success nor a message: {}", flow["state"]));
        }
        messages
    }
}

/// Returns the action and the successful controls of the form that submits a method.
fn form(html: &str, method: &str, entered: &Entered, scripts: bool) -> (String, Vec<(String, String)>) {
    let document = Html::parse_document(html);
    let button = Selector::parse(&format!("button[name='method'][value='{method}']")).unwrap();
    let forms = Selector::parse("form").unwrap();
    let form = document
        .select(&forms)
        .find(|form| form.select(&button).next().is_some())
        .unwrap_or_else(|| panic!("no form for {method}"));
    let keeps = Selector::parse("input[data-kratos-keeps]").unwrap();
    let keeps = form.select(&keeps).next();
    assert!(scripts || keeps.is_none(), "without a script the form is not shown");
    let mut fields = vec![("method".to_owned(), method.to_owned())];
    for control in form.select(&Selector::parse("input, select").unwrap()) {
        let Some(name) = control.attr("name") else { continue };
        let values = entered.get(name).map_or(&[][..], Vec::as_slice);
        let is_added = control.attr("data-kratos-add").is_some();
        if control.attr("disabled").is_some() && !(is_added && scripts) {
            continue;
        }
        let mut push = |value: &str| fields.push((name.to_owned(), value.to_owned()));
        let own = control.attr("value").unwrap_or_default();
        let is_list = control
            .parent()
            .and_then(ElementRef::wrap)
            .is_some_and(|parent| parent.value().name() == "fieldset");
        match control.attr("type") {
            _ if control.value().name() == "select" => push(chosen(control, values)),
            Some("hidden") => push(own),
            Some("checkbox") => {
                if control.attr("checked").is_some() || values.iter().any(|value| value == own) {
                    push(own);
                }
            }
            // A list's input: the script adds another one once it is filled, and leaves out what is empty.
            _ if is_list => {
                assert!(scripts || values.len() <= 1, "{name}: one value without a script");
                let is_required = control.attr("required").is_some();
                if values.is_empty() && !scripts {
                    assert!(!is_required, "{name}: a browser requires a value");
                    push("");
                }
                values.iter().for_each(|value| push(value));
            }
            _ => push(values.first().map_or(own, String::as_str)),
        }
    }
    if let Some(keeps) = keeps {
        fields = kept(keeps.attr("value").unwrap(), keeps.attr("data-numbers").unwrap(), &fields);
    }
    (form.attr("action").unwrap().to_owned(), fields)
}

/// Posts all traits as one value, as the pages' script does.
fn kept(json: &str, numbers: &str, fields: &[(String, String)]) -> Vec<(String, String)> {
    let mut traits: Value = serde_json::from_str(json).unwrap();
    let (changed, mut others): (Vec<_>, Vec<_>) =
        fields.iter().cloned().partition(|(name, _)| name.starts_with("traits."));
    for (name, text) in changed {
        let (path, last) = name.rsplit_once('.').unwrap();
        let at = path.split('.').skip(1).fold(&mut traits, |at, part| &mut at[part]);
        match text.as_str() {
            "" => {
                at.as_object_mut().unwrap().shift_remove(last);
            }
            text if numbers.split(' ').any(|number| number == name) => {
                at[last] = serde_json::from_str(text).unwrap();
            }
            text => at[last] = text.into(),
        }
    }
    others.push(("traits".to_owned(), traits.to_string()));
    others
}

fn chosen<'a>(select: ElementRef<'a>, values: &'a [String]) -> &'a str {
    let options = Selector::parse("option").unwrap();
    let options: Vec<_> = select.select(&options).collect();
    if let Some(wanted) = values.first() {
        assert!(options.iter().any(|option| option.attr("value") == Some(wanted)), "{wanted} is not offered");
        return wanted;
    }
    let selected = options.iter().find(|option| option.attr("selected").is_some()).or(options.first());
    selected.and_then(|option| option.value().attr("value")).unwrap_or_default()
}
