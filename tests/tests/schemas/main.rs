//! Every shape of trait that Kratos draws, filled in and saved by the pages' forms: the identity has what was entered, and a form
//! that is saved unchanged changes nothing. On the testkit and on each program of `KRATOS_PROGRAM`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a failed step fails the test, and the summary is printed"
)]

mod browser;
mod odd;
mod shapes;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use browser::{Browser, Entered};
use kratos_core::model::RawJson;
use kratos_testkit::TestKratos;
use kratos_tests::{
    http::{Jar, client},
    program::{Program, programs},
};
use kratos_ui::Theme;
use serde_json::{Value, json};

/// A Kratos with the schema of all shapes, each required or each optional.
struct Server {
    public_url: String,
    admin_url: String,
    required: bool,
    _testkit: Option<TestKratos>,
    _program: Option<Program>,
}

impl Server {
    async fn testkit(required: bool) -> Self {
        Self::testkit_with(required, shapes::schema(required)).await
    }

    async fn testkit_with(required: bool, schema: Value) -> Self {
        let server = TestKratos::builder()
            .with_schema("shapes", schema)
            .with_one_step_registration()
            .with_app_url("http://127.0.0.1:4455")
            .start()
            .await
            .unwrap();
        let (public_url, admin_url) = (server.public_url().to_owned(), server.admin_url().to_owned());
        Self { public_url, admin_url, required, _testkit: Some(server), _program: None }
    }

    async fn real(path: &Path, required: bool) -> Self {
        Self::real_with(path, required, &shapes::schema(false)).await
    }

    async fn real_with(path: &Path, required: bool, optional: &Value) -> Self {
        let config = include_str!("kratos.yml");
        let config = if required {
            config.replace("schema_id: optional", "schema_id: required")
        } else {
            config.to_owned()
        };
        let (optional, all) = (optional.to_string(), shapes::schema(true).to_string());
        let files = [("kratos.yml", config.as_str()), ("optional.json", &optional), ("required.json", &all)];
        let program = Program::start(path, &files).await;
        let (public_url, admin_url) = (program.public_url.clone(), program.admin_url.clone());
        Self { public_url, admin_url, required, _testkit: None, _program: Some(program) }
    }

    async fn traits(&self, email: &str) -> Value {
        let url = format!("{}/admin/identities?credentials_identifier={email}", self.admin_url);
        let found: Value = client().get(url).send().await.unwrap().json().await.unwrap();
        found[0]["traits"].clone()
    }
}

/// The cells that a server passed: fields, each with and without a script, and so on.
async fn table(server: &Server) -> usize {
    let schema = RawJson::from_value(&shapes::schema(server.required)).unwrap();
    let knows = Theme::new().with_identity_schema(&schema);
    let mut cells = 0;
    for scripts in [true, false] {
        cells += filled(server, &knows, scripts).await;
    }
    if !server.required {
        for theme in [&knows, &Theme::new()] {
            cells += kept(server, theme).await;
        }
        cells += emptied(server, &knows).await;
        cells += added_without_script(server, &knows).await;
        condition(server, &knows).await;
        cells += 1;
    }
    cells
}

async fn register(browser: &mut Browser<'_>, email: &str, mut entered: Entered) -> Vec<String> {
    entered.insert("traits.email".to_owned(), vec![email.to_owned()]);
    entered.insert("password".to_owned(), vec!["Zx9!kqwv-77-lamp".to_owned()]);
    let page = browser.open("registration").await;
    browser.submit("registration", &page, "password", &entered).await
}

fn browser<'a>(server: &'a Server, theme: &'a Theme, scripts: bool) -> Browser<'a> {
    Browser { public_url: &server.public_url, theme, scripts, jar: Jar::default() }
}

fn email() -> String {
    format!("{}@example.org", uuid::Uuid::new_v4().simple())
}

/// Fills every control of the registration, and saves the settings unchanged.
async fn filled(server: &Server, theme: &Theme, scripts: bool) -> usize {
    let mut browser = browser(server, theme, scripts);
    let email = email();
    let mut entered = Entered::new();
    let mut stored = Vec::new();
    for (name, shape) in shapes::fields() {
        let is_list = shape.stored.is_array() && shape.name != "days";
        // Without a script a required list takes one value, and an optional one is filled in the settings.
        if is_list && !scripts && (!server.required || shape.name == "several") {
            continue;
        }
        let count = if is_list && !scripts { 1 } else { shape.enter.len() };
        entered.insert(name.clone(), shape.enter.iter().take(count).map(|&value| value.to_owned()).collect());
        let value = match shape.stored {
            Value::Array(items) => Value::Array(items.into_iter().take(count).collect()),
            value => value,
        };
        stored.push((name, value));
    }
    if server.required && !scripts {
        // Two entries at once need a script or the settings: Kratos says that one is too few.
        return 0;
    }
    let messages = register(&mut browser, &email, entered).await;
    assert!(messages.is_empty(), "registration, scripts {scripts}: {messages:#?}");
    let expected = shapes::traits(&email, &stored);
    assert_same(&server.traits(&email).await, &expected, "registered");
    let page = browser.open("settings").await;
    let messages = browser.submit("settings", &page, "profile", &Entered::new()).await;
    assert!(messages.is_empty(), "settings, unchanged: {messages:#?}");
    assert_same(&server.traits(&email).await, &expected, "saved unchanged");
    2 * stored.len()
}

/// Saves another trait on pages with and without the schema: every other one stays as it is.
async fn kept(server: &Server, theme: &Theme) -> usize {
    let schema = RawJson::from_value(&shapes::schema(server.required)).unwrap();
    let knows = Theme::new().with_identity_schema(&schema);
    let mut browser = browser(server, &knows, true);
    let email = email();
    let fields = shapes::fields();
    let entered = fields
        .iter()
        .map(|(name, shape)| (name.clone(), shape.enter.iter().map(|&value| value.to_owned()).collect()));
    let messages = register(&mut browser, &email, entered.collect()).await;
    assert!(messages.is_empty(), "{messages:#?}");
    browser.theme = theme;
    browser.scripts = false;
    let page = browser.open("settings").await;
    let changed = Entered::from([("traits.extra".to_owned(), vec!["changed".to_owned()])]);
    let messages = browser.submit("settings", &page, "profile", &changed).await;
    assert!(messages.is_empty(), "{messages:#?}");
    let mut stored: Vec<_> = fields.into_iter().map(|(name, shape)| (name, shape.stored)).collect();
    stored.push(("traits.extra".to_owned(), json!("changed")));
    assert_same(&server.traits(&email).await, &shapes::traits(&email, &stored), "another trait saved");
    stored.len()
}

/// Leaves every optional control empty: nothing is stored for it, and saving that changes nothing.
async fn emptied(server: &Server, theme: &Theme) -> usize {
    let mut browser = browser(server, theme, false);
    let email = email();
    let messages = register(&mut browser, &email, Entered::new()).await;
    assert!(messages.is_empty(), "{messages:#?}");
    let expected = shapes::traits(&email, &[]);
    assert_same(&server.traits(&email).await, &expected, "nothing entered");
    let page = browser.open("settings").await;
    let messages = browser.submit("settings", &page, "profile", &Entered::new()).await;
    assert!(messages.is_empty(), "{messages:#?}");
    assert_same(&server.traits(&email).await, &expected, "nothing saved");
    2 * shapes::fields().len()
}

/// Adds entries one by one, as a browser without scripts does.
async fn added_without_script(server: &Server, theme: &Theme) -> usize {
    let mut browser = browser(server, theme, false);
    let email = email();
    assert!(register(&mut browser, &email, Entered::new()).await.is_empty());
    let mut stored = Vec::new();
    for (name, value) in
        [("traits.tags", "first"), ("traits.tags", "second"), ("traits.nest.nest.mails", "c@d.org")]
    {
        let page = browser.open("settings").await;
        let messages = browser.add_without_script(&page, name, value).await;
        assert!(messages.is_empty(), "{name}: {messages:#?}");
        stored.push((name.to_owned(), value));
    }
    let expected = [
        ("traits.tags".to_owned(), json!(["first", "second"])),
        ("traits.nest.nest.mails".to_owned(), json!(["c@d.org"])),
    ];
    assert_same(&server.traits(&email).await, &shapes::traits(&email, &expected), "added without a script");
    stored.len()
}

/// A condition of the schema (if/then): Kratos' message is shown at the field that is missing.
async fn condition(server: &Server, theme: &Theme) {
    let mut browser = browser(server, theme, false);
    let mut entered = Entered::from([("traits.plain".to_owned(), vec!["long".to_owned()])]);
    let messages = register(&mut browser, &email(), entered.clone()).await;
    assert!(messages.iter().any(|message| message.starts_with("traits.extra:")), "{messages:#?}");
    entered.insert("traits.extra".to_owned(), vec!["x".to_owned()]);
    assert!(register(&mut browser, &email(), entered).await.is_empty());
}

/// Compares traits. Kratos adds the objects of a schema, empty (Kratos 26.2.0, x/decoderx).
fn assert_same(found: &Value, expected: &Value, step: &str) {
    let (found, expected) = (without_empty(found), without_empty(expected));
    assert_eq!(found, expected, "{step}: {found:#}\nexpected {expected:#}");
}

fn without_empty(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let inner = map.iter().map(|(name, value)| (name.clone(), without_empty(value)));
            Value::Object(inner.filter(|(_, value)| *value != json!({})).collect())
        }
        other => other.clone(),
    }
}

fn main() -> ExitCode {
    // The table is one test; `cargo test -- --list` and filters are not needed.
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let shapes = shapes::shapes().len();
    let programs = programs();
    runtime.block_on(async {
        let names =
            programs.iter().map(|path| path.file_name().unwrap_or_default().to_string_lossy().into_owned());
        let names: Vec<String> = std::iter::once("testkit".to_owned()).chain(names).collect();
        for (index, name) in names.iter().enumerate() {
            let mut cells = 0;
            for required in [false, true] {
                let server = match index.checked_sub(1).and_then(|index| programs.get(index)) {
                    Some(path) => Server::real(path, required).await,
                    None => Server::testkit(required).await,
                };
                cells += table(&server).await;
            }
            let path = index.checked_sub(1).and_then(|index| programs.get(index)).map(PathBuf::as_path);
            let odd = odd::kept(path).await;
            println!("{name}: {odd} shapes that forms cannot hold are named by `check` and kept");
            println!(
                "{name}: {shapes} shapes of traits at {} depths, {cells} cells, 0 differ",
                shapes::DEPTH + 1
            );
        }
    });
    if programs.is_empty() {
        println!("schemas: NOT RUN on a real Kratos: KRATOS_PROGRAM names none");
    }
    println!("test result: ok. {} passed; 0 failed", programs.len() + 1);
    ExitCode::SUCCESS
}
